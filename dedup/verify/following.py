"""Which sentences follow another article's: the edited-copy decision, sentence by sentence.

Most of the signal is the share of a sentence's words in common runs of three stems or more (as in
METER, Clough et al. 2002); cosine, new names and numbers, and the neighbours' runs decide the rest.
A quotation shared is no copy unless the narration round it came along; a sentence alone needs more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.verify.reading import SEED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.verify.likeness import Likeness
    from dedup.verify.reading import Reading
    from dedup.verify.runs import Seeds

#: Logistic regression on labelled sentences of news, each story scored by weights of the others.
TILED, COSINE, NEW, BESIDE, OVERALL, INTERCEPT = 7.86, 6.27, -0.677, 3.24, 1.47, -6.12
#: What a sentence needs more when nothing near it was taken from the same article.
ALONE = 1.5
#: Sentences within this many of each other are near.
NEAR = 2
#: From this share on a sentence is mostly quotation; from the lower one it may be.
QUOTED, PARTLY_QUOTED = 0.5, 0.25
#: Narration round a part-quotation is the other's own from this share of common runs on.
FRAME = 0.2
#: A sentence alone must be this unlikely to be met twice by chance: the weight, in nats, of its
#: telling words that stand in common runs. Set phrases ("margin of error") are not that rare.
RARE = 30.0
#: Sentences taken together need one with this share of words, and this many telling ones, in runs.
ANCHORED, TELLING = 0.3, 3
#: A sentence shares so many content words with its source, or most of its words run as there.
TOLD, MOSTLY = 3, 0.6
#: A sentence cannot come from a place this many times shorter.
ROOM = 3
#: So many like sentences with figures, most of all that are alike, are a form filled in.
FORM = 3
#: One figure in so many, at least, is another in a form filled in anew.
FILLED = 5


@dataclass(frozen=True, eq=False)
class Following:
    """How each sentence of an article follows the other; one row a sentence.

    Attributes:
        first, last: the other's sentences it is most like.
        tiled: share of its words in common runs with those sentences and their neighbours.
        frame: the same, of its telling words (not quoted, no names, numbers or function words).
        quoted: share of its words inside quotation marks.
        new: how many of its names and numbers are not there.
        score: log-odds that it was taken from there.
        taken: the decision.
        form: the likeness of the two articles is that of a form filled in anew.

    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    tiled: NDArray[np.float64]
    frame: NDArray[np.float64]
    quoted: NDArray[np.float64]
    new: NDArray[np.int64]
    score: NDArray[np.float64]
    taken: NDArray[np.bool_]
    form: bool


class Tally(NamedTuple):
    """How many words of each sentence are of a kind.

    Attributes:
        covered: in common runs with the place that the sentence is most like.
        quoted: somebody else's.
        narrated: in common runs and not quoted.
        telling: of the writer's own wording.
        held: telling ones in common runs.
        new: names and numbers that are not there.
        lacking: content words that are not there.
        told: content words that are there.
        figures: numbers.
        other: numbers that are not there.

    """

    covered: NDArray[np.int64]
    quoted: NDArray[np.int64]
    narrated: NDArray[np.int64]
    telling: NDArray[np.int64]
    held: NDArray[np.int64]
    new: NDArray[np.int64]
    lacking: NDArray[np.int64]
    told: NDArray[np.int64]
    figures: NDArray[np.int64]
    other: NDArray[np.int64]


class Scored(NamedTuple):
    """How closely each sentence follows, as far as it shows by itself; see `Following`."""

    tiled: NDArray[np.float64]
    frame: NDArray[np.float64]
    quoted: NDArray[np.float64]
    score: NDArray[np.float64]
    taken: NDArray[np.bool_]


def following(like: Likeness, found: Seeds) -> Following:
    """Decide for each sentence of ``like.a`` whether it was taken from ``like.b`` or edited."""
    first, last, _ = like.window
    counts, rare = _counted(like, found)
    words = Tally(*counts)
    scored = _scored(like, counts)
    form = _template(scored.taken, words)
    if form:
        scored = scored._replace(taken=np.zeros_like(scored.taken))
    return Following(
        first=first,
        last=last,
        tiled=scored.tiled,
        frame=scored.frame,
        quoted=scored.quoted,
        new=words.new,
        score=scored.score,
        taken=_settled(first, scored, (words.held, rare), compiled=like.compiled),
        form=form,
    )


def _counted(like: Likeness, found: Seeds) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Count the words of each sentence, a row a kind (see `Tally`), and weigh the rare ones.

    These are the telling ones in common runs; their weight is in nats.
    """
    a, (first, last, _) = like.a, like.window
    if like.compiled:
        from dedup.verify import following_kernels

        kinds = (a.quoted, a.telling, a.name, a.number), a.weight, a.indptr
        return following_kernels.counted(
            ((found.here, found.there), like.here, like.counts),
            (a.sentence, like.b.sentence),
            (first, last),
            kinds,
            SEED,
        )
    return _tallied(a, _covered(like, found, first, last), _absent(like, first, last))


def _scored(like: Likeness, counts: NDArray[np.int64]) -> Scored:
    """Score the sentences by the share of their words in runs, cosine, own detail, neighbours."""
    a, b = like.a, like.b
    first, last, cosine = like.window
    if like.compiled:
        from dedup.verify import following_kernels

        weights = (TILED, COSINE, NEW, BESIDE, OVERALL, INTERCEPT)
        limits = (TOLD, MOSTLY, ROOM)
        rows = (a.indptr, b.indptr)
        return Scored(*following_kernels.scored(counts, rows, like.window, weights, limits))
    words, lengths = Tally(*counts), a.lengths
    tiled, narrated = words.covered / lengths, words.narrated / lengths
    beside = np.zeros(len(tiled))
    beside[1:] += narrated[:-1]
    beside[:-1] += narrated[1:]
    overall = float(words.narrated.sum() / max(1, len(a) - int(words.quoted.sum())))
    score = TILED * tiled + COSINE * cosine + NEW * words.new + BESIDE * beside + OVERALL * overall
    score += INTERCEPT
    room = b.indptr[last + 1] - b.indptr[first]
    enough = (words.told >= TOLD) | (tiled >= MOSTLY)
    return Scored(
        tiled=tiled,
        frame=words.held / np.maximum(words.telling, 1),
        quoted=words.quoted / lengths,
        score=score,
        taken=(score > 0) & (room * ROOM >= lengths) & enough,
    )


def _tallied(
    a: Reading, covered: NDArray[np.bool_], absent: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Count and weigh, given which words stand in common runs and which are not there at all."""
    content, held = a.weight > 0, covered & a.telling
    kinds = (
        *(covered, a.quoted, covered & ~a.quoted, a.telling, held),
        *(absent & (a.name | a.number), absent & content, ~absent & content),
        *(a.number, a.number & absent),
    )
    counts = np.add.reduceat(np.vstack(kinds), a.indptr[:-1], axis=1, dtype=np.int64)
    rare = np.bincount(a.sentence, a.weight * held, len(a.lengths)).astype(float)
    return counts, rare


def _template(taken: NDArray[np.bool_], words: Tally) -> bool:
    """Whether the likeness is that of a form filled in anew: the same lines, other figures.

    Most lines of a form have figures in them. Who fills it in changes names and figures; an editor
    changes any word.
    """
    forms = taken & (words.figures > 0)
    if np.count_nonzero(forms) < max(FORM, np.count_nonzero(taken) / 2):
        return False
    filled_in = forms & (words.new > 0)
    if filled_in.sum() * 2 <= forms.sum():
        return False
    other = words.other[forms].sum() * FILLED > words.figures[forms].sum()
    return bool(other and words.new[forms].sum() * 2 >= words.lacking[forms].sum())


def _covered(
    like: Likeness, found: Seeds, first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which words of a stand in common runs with the window of their sentence, or beside it."""
    sentence = like.a.sentence[found.here]
    there = like.b.sentence[found.there]
    near = (there >= first[sentence] - 1) & (there <= last[sentence] + 1)
    out = np.zeros(len(like.a) + SEED, bool)
    for step in range(SEED):
        out[found.here[near] + step] = True
    return out[: len(like.a)]


def _absent(like: Likeness, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which words of a the window of their sentence, and its neighbours, lack."""
    upto = np.vstack((np.zeros(like.counts.shape[1]), np.cumsum(like.counts, axis=0)))
    low = np.maximum(first - 1, 0)[like.a.sentence]
    high = np.minimum(last + 2, len(like.b.lengths))[like.a.sentence]
    out = like.here < 0
    held = np.flatnonzero(~out)
    out[held] = upto[high[held], like.here[held]] == upto[low[held], like.here[held]]
    return out


def _settled(
    place: NDArray[np.int64],
    scored: Scored,
    counted: tuple[NDArray[np.int64], NDArray[np.float64]],
    *,
    compiled: bool,
) -> NDArray[np.bool_]:
    """Take back what is only a quotation or too little; fill a gap of one sentence.

    Sentences taken near each other, from places near each other, stand or fall together: one of
    them must be an anchor, alike in runs of words and in words that tell.

    Args:
        place: the other's sentence that each is most like.
        scored: how closely each follows.
        counted: its telling words in common runs, and what they weigh.
        compiled: whether the compiled back end works.

    """
    if compiled:
        from dedup.verify import following_kernels

        speech, limits = (QUOTED, PARTLY_QUOTED, FRAME), (NEAR, ANCHORED, TELLING, ALONE, RARE)
        return following_kernels.settled(place, scored, counted, speech, limits)
    (held, rare), tiled, first, taken = counted, scored.tiled, place.tolist(), scored.taken.tolist()
    partly = (scored.quoted >= PARTLY_QUOTED) & (scored.frame < FRAME)
    said = (scored.quoted >= QUOTED) | partly
    narrated = (scored.taken & ~said).tolist()
    for i in np.flatnonzero(scored.taken & said).tolist():
        taken[i] = bool(_near(first, narrated, i, NEAR + 1))
    anchor = (np.array(taken, bool) & (tiled >= ANCHORED) & (held >= TELLING)).tolist()
    for i in np.flatnonzero(taken).tolist():
        near = _near(first, taken, i, NEAR)
        if not near:
            taken[i] = anchor[i] and scored.score[i] >= ALONE and rare[i] >= RARE
        elif not anchor[i]:
            taken[i] = any(anchor[other] for other in near)
    settled = np.array(taken, bool)
    gap = np.zeros(len(taken), bool)
    gap[1:-1] = ~settled[1:-1] & settled[:-2] & settled[2:] & (tiled[1:-1] > 0)
    return settled | gap


def _near(first: Sequence[int], taken: Sequence[bool], i: int, reach: int) -> list[int]:
    """The other sentences near ``i`` that were taken from near the place ``i`` is most like."""
    around = range(max(0, i - reach), min(len(taken), i + reach + 1))
    return [
        other
        for other in around
        if taken[other] and other != i and abs(first[other] - first[i]) <= reach + 1
    ]
