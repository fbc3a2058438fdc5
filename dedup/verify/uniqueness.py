"""Uniqueness of wording: two writers do not find the same long string of words by themselves.

Reporters at one event are told the same words and state the same facts, in names, figures and set
phrases. What they do not do is hit on the same dozen words of their own in a row (Johnson 1997;
Coulthard 2004): such a string shows that one had the other's text before him. A quotation
that stands in it breaks no such string: both broke off at the same word. Where he did at one place
he may have elsewhere, so other passages of the pair then need less.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.compiling import pays
from dedup.records import Reuse
from dedup.verify.passages import grade
from dedup.verify.reading import SEED
from dedup.verify.runs import Seeds, longest, runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.verify.passages import Piece
    from dedup.verify.reading import Reading

    Places = NDArray[np.int64]

#: A string of so many words of the writer's own in a row, which tell so many nats, is unique.
STRING, WEIGHT = 11, 28.0
#: So many words, or this share of the shorter article if it is as long as a unique string, in long
#: runs show that one had the other; then so many words of the writer's own in a row do, if they
#: tell as much.
LONG, ESTABLISHED, ESTABLISHED_SHARE = 6, 40, 0.10
STRING_BESIDE = 3
#: Of two very long articles this share of the words stands in common runs by chance.
CHANCE = 0.02
#: Articles less alike than this, outside what they have in common, tell of different things; so
#: many words must be left of either for that to show.
UNLIKE, LEFT = 0.20, 40
#: Why a passage is refused.
SPEECH = "another's words"
WORDING = "too little own wording"
FORM = "a form filled in anew: like lines, other figures"
LIST = "a list of names"
#: What both sides share is such a list if more of it is names than this.
LISTED = 2 / 3
#: A clause has so many words in a row that are neither names nor figures.
CLAUSE = 4
#: A list is printed as it is.
WHOLE = 0.9
#: So many figures on either side, most of which the other lacks, are those of a form.
FIGURES = 2


class Common(NamedTuple):
    """Words that two stretches have in common runs, one row a word: rows of either article.

    ``run`` numbers the runs; no word stands in two.
    """

    here: Places
    there: Places
    run: Places


class Told(NamedTuple):
    """What two stretches share in words of the writer's own that are no label of a figure.

    Attributes:
        string: the most such words in one run.
        weight: what they tell, each stem once, in nats.
        words: how many there are.

    """

    string: int
    weight: float
    words: int


class Wording(NamedTuple):
    """What two stretches share that neither side has from anybody else.

    Attributes:
        string: the most words of the writer's own (no name, number or stock clause) in one run.
        weight: what the words of the runs tell, each stem once, in nats.
        told: the same without figures and what stands beside them.
        words: how many words the runs hold.
        long: how many of them stand in runs of ``LONG`` words or more.
        longest: the longest run: where it begins here, and its length.

    """

    string: int
    weight: float
    told: Told
    words: int
    long: int
    longest: tuple[int, int]


class Uniqueness:
    """The wording that two articles share, and what it shows of their passages."""

    def __init__(self, a: Reading, b: Reading, found: Seeds) -> None:
        """Take two articles and their common seeds."""
        self.a, self.b, self.found = a, b, found

    @property
    def possible(self) -> bool:
        """Whether any passage may be unique, or come in beside others; else `refusal` is sure."""
        return longest(self.found) >= STRING or self.established

    @cached_property
    def established(self) -> bool:
        """Whether the two share so much own wording that one had the other before him."""
        size = min(len(self.a), len(self.b))
        enough = min(ESTABLISHED, max(2 * STRING, ESTABLISHED_SHARE * size))
        return self.long >= max(enough, CHANCE * size)

    @cached_property
    def long(self) -> int:
        """How many words of own wording the two articles share in long runs."""
        return wording(self.a, self.b, self._long_runs).long

    @cached_property
    def unlike(self) -> bool:
        """Whether the two have nothing to do with each other but for their long common runs."""
        a, b, common = self.a, self.b, self._long_runs
        if min(len(a), len(b)) - len(common.here) < LEFT:
            return False
        left, right = _rest(a, common.here), _rest(b, common.there)
        stems, here, there = np.intersect1d(
            left[0], right[0], assume_unique=True, return_indices=True
        )
        product = float(left[1][here] @ right[1][there]) if len(stems) else 0.0
        lengths = float(np.linalg.norm(left[1]) * np.linalg.norm(right[1]))
        return product < UNLIKE * lengths

    @cached_property
    def _long_runs(self) -> Common:
        """The long common runs of the two articles."""
        whole = _everything(self.a), _everything(self.b)
        return common_runs(self.found, *whole, least=LONG)

    def inside(self, here: tuple[int, int], there: tuple[int, int]) -> Wording:
        """The wording that two stretches share, each given by its offsets."""
        rows = np.searchsorted(self.a.start, here), np.searchsorted(self.b.start, there)
        left, right = (slice(*side.tolist()) for side in rows)
        return wording(self.a, self.b, common_runs(self.found, left, right, least=SEED))

    def refusal(self, piece: Piece) -> str:
        """Why a passage is no reuse, by the rule's name; "" where it is."""
        shared = self._within(piece)
        own = wording(self.a, self.b, shared)
        if own.words < ESTABLISHED and self._filled_in(piece):
            return FORM
        if len(shared.here) and self._lists(piece, shared):
            return LIST
        if own.weight >= WEIGHT and (
            own.string >= STRING or (own.string >= STRING_BESIDE and self._beside(piece))
        ):
            return ""
        return SPEECH if 2 * own.words < len(shared.here) else WORDING

    def unique(self, told: Told) -> bool:
        """Whether own words that are no labels of figures show that one had the other's text."""
        least = STRING_BESIDE if self.established else STRING
        return told.weight >= WEIGHT and told.string >= least

    def _lists(self, piece: Piece, shared: Common) -> bool:
        """Whether what both sides share are names, or are set names and figures with their labels.

        Winners, results and crews are told without a clause: "Best actor: Jane Doe, 'Home'."
        """
        here = shared.here
        if self.a.name[here].mean() > LISTED:
            return True
        whole = piece.here_last - piece.here + 1
        return len(here) >= WHOLE * whole and not clauses(self.a)[here].any()

    def _beside(self, piece: Piece) -> bool:
        """Whether a passage may come in beside others: one that follows the other's words."""
        if not self.established:
            return False
        return grade(self.a, self.b, self.found, piece) is not Reuse.PARAPHRASE

    def _filled_in(self, piece: Piece) -> bool:
        """Whether a passage is that of a periodic report: most of its figures are others."""
        here, there = piece.sides
        if min(*map(np.count_nonzero, (self.a.number[here], self.b.number[there]))) < FIGURES:
            return False
        left, right = figures(self.a, here), figures(self.b, there)
        if min(len(left), len(right)) < FIGURES:
            return False
        return 2 * len(left & right) < min(len(left), len(right))

    def _within(self, piece: Piece) -> Common:
        return common_runs(self.found, *piece.sides, least=SEED)


def common_runs(found: Seeds, here: slice, there: slice, *, least: int) -> Common:
    """Lay two stretches beside each other in common runs, the longest first.

    A word stands in one run only, on either side; a run that a longer one cuts short still counts
    from ``least`` words on (greedy string tiling, Wise 1993).
    """
    if pays(len(found.here)):
        from dedup.verify import run_kernels

        piece = here.start, here.stop - 1, there.start, there.stop - 1
        return Common(*run_kernels.tiled((found.here, found.there), piece, SEED, least))
    inside = (found.here >= here.start) & (found.here <= here.stop - SEED)
    inside &= (found.there >= there.start) & (found.there <= there.stop - SEED)
    left, right, length = runs(Seeds(found.here[inside], found.there[inside]))
    given = np.zeros(here.stop, bool), np.zeros(there.stop, bool)
    rows: list[tuple[int, int, int]] = []
    for k in np.lexsort((right, left, -length)).tolist():
        if length[k] < least:
            break
        i, j, size = int(left[k]), int(right[k]), int(length[k])
        free = ~(given[0][i : i + size] | given[1][j : j + size])
        first = int(free.argmax())
        rest = free[first:]
        size = int(rest.argmin()) if not rest.all() else len(rest)
        if free[first] and size >= least:
            i, j = i + first, j + first
            given[0][i : i + size] = given[1][j : j + size] = True
            rows.append((i, j, size))
    return _laid_out(rows)


def _laid_out(rows: list[tuple[int, int, int]]) -> Common:
    """Give each word of the runs its row."""
    left, right, size = np.array(rows, np.int64).reshape(-1, 3).T
    run = np.repeat(np.arange(len(rows)), size)
    step = np.arange(len(run)) - np.repeat(np.cumsum(size) - size, size)
    return Common(left[run] + step, right[run] + step, run)


def wording(a: Reading, b: Reading, common: Common) -> Wording:
    """Weigh the common runs, cut where either side has somebody else's words."""
    return (_worded if pays(len(common.here)) else _wording)(a, b, common)


def _worded(a: Reading, b: Reading, common: Common) -> Wording:
    """Weigh word by word."""
    from dedup.verify import run_kernels

    bags = a.bags
    words, weights = run_kernels.worded(
        (common.here, common.there, common.run),
        (a.quoted, a.name, a.number, a.stock, a.telling, a.labels),
        (b.quoted, b.name, b.telling),
        (bags.place, a.weight, len(bags.distinct)),
        LONG,
    )
    string, bare, own, size, long, *longest = words
    return Wording(
        string=string,
        weight=weights[0],
        told=Told(bare, weights[1], own),
        words=size,
        long=long,
        longest=(longest[0], longest[1]),
    )


def _wording(a: Reading, b: Reading, common: Common) -> Wording:
    """Weigh all words at once."""
    free = ~(a.quoted[common.here] | b.quoted[common.there])
    here, there = common.here[free], common.there[free]
    if not len(here):
        return Wording(0, 0.0, Told(0, 0.0, 0), 0, 0, (0, 0))
    cut = (np.diff(common.run[free]) != 0) | (np.diff(here) != 1)
    part = np.concatenate((np.zeros(1, np.int64), np.cumsum(cut)))
    size = np.bincount(part)
    plain = ~(a.name[here] | a.number[here] | a.stock[here] | b.name[there])
    told, beside = a.telling[here] & b.telling[there], a.labels[here]
    string = np.cumsum(np.diff(common.run[free], prepend=common.run[free][:1]) != 0)
    first = int(size.argmax())
    return Wording(
        string=int(np.bincount(string, plain).max()),
        weight=_weight(a, here[told]),
        told=Told(
            int(np.bincount(string, plain & ~beside).max()),
            _weight(a, here[told & ~beside]),
            int((plain & ~beside).sum()),
        ),
        words=len(here),
        long=int(size[size >= LONG].sum()),
        longest=(int(here[np.searchsorted(part, first)]), int(size[first])),
    )


def _weight(reading: Reading, rows: Places) -> float:
    """What some words tell, each stem once, in nats."""
    _, once = np.unique(reading.stem[rows], return_index=True)
    return float(reading.weight[rows[once]].sum(dtype=float))


def figures(reading: Reading, stretch: slice) -> set[tuple[int, ...]]:
    """The figures of a stretch, each as its words: a point or a comma parts two of one figure."""
    rows = stretch.start + np.flatnonzero(reading.number[stretch])
    apart = (np.diff(rows) != 1) | (reading.start[rows[1:]] - reading.end[rows[:-1]] != 1)
    parts = np.split(reading.word[rows], np.flatnonzero(apart) + 1)
    return {tuple(part.tolist()) for part in parts if len(part)}


def clauses(reading: Reading) -> NDArray[np.bool_]:
    """Which words of an article stand in a clause, ``CLAUSE`` in a row no names and no figures."""
    plain = ~(reading.name | reading.number)
    broken = (np.diff(plain) != 0) | (np.diff(reading.sentence) != 0)
    ends = np.flatnonzero(np.append(broken, True))
    length = np.diff(ends, prepend=-1)
    told: NDArray[np.bool_] = np.repeat(plain[ends] & (length >= CLAUSE), length)
    return told


def _everything(reading: Reading) -> slice:
    return slice(0, len(reading))


def _rest(reading: Reading, taken: Places) -> tuple[NDArray[np.uint64], NDArray[np.float64]]:
    """The stems of an article outside some of its words, and what each weighs."""
    left = reading.weight > 0
    left[taken] = False
    stems, first = np.unique(reading.stem[left], return_index=True)
    return stems, reading.weight[left][first].astype(float)
