"""Standing text: wording that belongs to nobody's article, for it stands in many or comes again.

The wording of news dies with the news. What third articles on other matters hold too, or what comes
again more than a month later in an article that shares nothing else, is a formula, a series'
description or a page's own text: two articles that print it took nothing from each other. In one
house a writer may go back to what he wrote long ago; that shows where he takes up a paragraph.
"""

from __future__ import annotations

import math
from functools import lru_cache
from hashlib import blake2b
from itertools import compress, islice
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

import numpy as np

from dedup import text
from dedup.pipeline.corpus import WORDS
from dedup.pipeline.furniture import without
from dedup.pipeline.reprints import SAME
from dedup.pipeline.wording import RUN, string, worded
from dedup.verify import Uniqueness, seeds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.pipeline import Engine
    from dedup.pipeline.comparing import Comparer, Found
    from dedup.pipeline.corpus import Corpus
    from dedup.pipeline.remembering import Remembered
    from dedup.pipeline.wording import Worded
    from dedup.verdict import Match
    from dedup.verify import Reading

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

#: Third articles on other matters that hold a wording which is nobody's.
OTHERS = 2
#: An article holds a wording if it holds this share of its word runs.
HELD = 0.5
#: News wording is no longer used after so many seconds (thirty days).
LASTS = 30 * 86_400
#: So many words of own wording in long runs an outlet takes up from its archive; where a match is
#: this share of the shorter article, somebody took up the article.
TAKEN_UP, HALF = 40, 0.5
#: Matches looked at one after the other, and pairs of articles that are held meanwhile.
_BATCH, _KEPT = 1024, 256
#: So many third articles are looked at, the earliest first.
ASKED = 12


class _Shared(NamedTuple):
    """A match between two articles: which they are, and its wording."""

    match: Match
    worded: Worded


def without_standing(
    comparer: Comparer,
    matches: Mapping[Match, Found],
    engine: Engine,
    held_by: HeldBy,
    remembered: Remembered | None = None,
) -> tuple[dict[Match, Found], int]:
    """Leave out what two articles share that is nobody's.

    Args:
        comparer: lays out the articles.
        matches: what they share.
        engine: what runs steps over batches.
        held_by: says of each string of words who holds it.
        remembered: what is known from before.

    Returns:
        The matches that remain, and how many were left out.

    """
    corpus = comparer.corpus
    articles = np.array([(m.article, m.other) for m in matches], np.intp).reshape(-1, 2)
    texts = _texts(corpus, matches)
    parts = texts[articles[:, 0]] != texts[articles[:, 1]]  # a whole article is no standing text
    parts &= corpus.strict(articles[:, 0], articles[:, 1])
    asked = dict(compress(matches.items(), parts.tolist()))
    search = _Search(comparer, texts)
    shared = _shared(search, asked, engine, remembered)
    held = held_by.holders(corpus, [item.worded.runs for item in shared])
    doubtful = [pair for pair in zip(shared, held, strict=True) if search.may_stand(*pair)]
    search.beyond = held_by.beyond
    stands = _by_batch(search.stands, doubtful, engine)
    dropped = {item.match for item, _ in compress(doubtful, stands)}
    return without(matches, dropped), len(dropped)


def _shared(
    search: _Search,
    matches: Mapping[Match, Found],
    engine: Engine,
    remembered: Remembered | None,
) -> list[_Shared]:
    """Give the wording of each match; what is remembered, or was seen, is not looked for again."""
    known: dict[Match, Worded] = {}
    if remembered:
        known = {m: told for m in matches if (told := remembered.wording(m))}
    fresh = {
        match: item.worded
        for match, item in matches.items()
        if match not in known and item.worded and match.article == item.article
    }
    unseen = [match for match in matches if match not in known and match not in fresh]
    fresh |= _by_batch(search.shared, unseen, engine)
    if remembered:
        for item in fresh.items():
            remembered.keep_wording(*item)
    known |= fresh
    return [_Shared(match, known[match]) for match in matches]


def _by_batch(
    ask: Callable[[Item], Outcome], items: Sequence[Item], engine: Engine
) -> list[Outcome]:
    """Ask about all items, batch by batch; who stands beside another is asked of one article."""

    def asked(batch: Sequence[Item]) -> list[Outcome]:
        return [*map(ask, batch)]

    batches = [items[first : first + _BATCH] for first in range(0, len(items), _BATCH)]
    return [found for part in engine.map_batches(asked, batches) for found in part]


def _texts(corpus: Corpus, matches: Mapping[Match, Found]) -> NDArray[np.int32]:
    """Number the texts: articles that are all but the same bear the number of one."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = np.diff(corpus.body.indptr)
    rows = np.array([(m.article, m.other, m.words) for m in matches], np.int64).reshape(-1, 3)
    same = rows[rows[:, 2] >= SAME * np.maximum(size[rows[:, 0]], size[rows[:, 1]])]
    joined = coo_array((np.ones(len(same), bool), (same[:, 0], same[:, 1])), (len(size),) * 2)
    numbers: NDArray[np.int32] = connected_components(joined, directed=False)[1]
    return numbers


class Holders(NamedTuple):
    """The articles that hold a string: the earliest few, and when the first and the last came.

    After the places of the articles that are walked come those of `HeldBy.beyond`.
    """

    earliest: list[int]
    first: float
    last: float


class HeldBy(Protocol):
    """Says of all articles who holds a string of words."""

    def holders(self, corpus: Corpus, wanted: Sequence[NDArray[np.uint64]]) -> Iterator[Holders]:
        """Yield for each string, given by its runs of words, who holds it."""

    @property
    def beyond(self) -> Comparer | None:
        """Lays out the holders that are not walked, where there are any."""


class _Search:
    """Looks at the matches of one corpus.

    Attributes:
        beyond: lays out articles that are not walked; None where all are.

    """

    def __init__(self, comparer: Comparer, texts: NDArray[np.int32]) -> None:
        self._own = comparer
        self.beyond: Comparer | None = None
        self.corpus = corpus = comparer.corpus
        self.texts = texts
        self.moments = moments(corpus)
        self._twins = corpus.twins
        self._known = lru_cache(_KEPT)(self._laid)

    def between(self, article: int, other: int) -> Uniqueness:
        """What an article shares with another, which need not be walked."""
        there = self._twins[other] if other < len(self.corpus) else other
        return self._known(self._twins[article], there)

    def _laid(self, article: int, other: int) -> Uniqueness:
        """Lay two articles beside each other."""
        a, b = self._reading(article), self._reading(other)
        return Uniqueness(a, b, seeds(a, b))

    def _reading(self, place: int) -> Reading:
        """Lay out an article."""
        past = place - len(self.corpus)
        if self.beyond is None or past < 0:
            return self._own.reading(place)
        return self.beyond.reading(past)

    def shared(self, match: Match) -> _Shared:
        """The wording of a match."""
        pair = self.between(match.article, match.other)
        return _Shared(match, *worded([string(pair, match[2:4], match[4:6])]))

    def may_stand(self, shared: _Shared, holders: Holders) -> bool:
        """Whether a match may be standing text, as far as can be told from who holds it when."""
        return len(self._thirds(shared, holders)) >= OTHERS or self._late(shared, holders)

    def stands(self, item: tuple[_Shared, Holders]) -> bool:
        """Whether a match is standing text."""
        shared, holders = item
        article, other = shared.match.article, shared.match.other
        alien = (
            self.between(article, third).unlike and self.between(other, third).unlike
            for third in self._thirds(shared, holders)
        )
        if len(list(islice(filter(None, alien), OTHERS))) == OTHERS:
            return True
        return self._dead(shared, holders) and not self._taken_up(shared.match, shared.worded)

    def _thirds(self, shared: _Shared, holders: Holders) -> list[int]:
        """Articles of other texts that hold it too."""
        both = shared.match[:2]
        texts, walked = self.texts[[*both]], len(self.texts)
        thirds = [third for third in holders.earliest if third not in both][:ASKED]
        return [n for n in thirds if n >= walked or self.texts[n] not in texts]

    def _late(self, shared: _Shared, holders: Holders) -> bool:
        """Whether a wording comes again when news no longer uses it."""
        moments = [m for m in self.moments[[*shared.match[:2]]].tolist() if not math.isnan(m)]
        first, last = min([holders.first, *moments]), max([holders.last, *moments])
        return bool(last - first > LASTS)

    def _dead(self, shared: _Shared, holders: Holders) -> bool:
        """Whether a wording comes again when news no longer uses it, and little else with it."""
        if not self._late(shared, holders):
            return False
        pair = self.between(shared.match.article, shared.match.other)
        return pair.unlike or pair.long <= shared.worded.long

    def _taken_up(self, match: Match, worded: Worded) -> bool:
        """Whether somebody goes back to an old article, or an outlet to a paragraph of its own."""
        size = np.diff(self.corpus.body.indptr)[[match.article, match.other]]
        here, there = (self.corpus.outlets[row] for row in match[:2])
        own = here == there != "" and worded.long >= TAKEN_UP
        return own or bool(match.words >= HALF * size.min())


def _holding(
    corpus: Corpus, sought: NDArray[np.uint64]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where runs of words stand: their places among those sought, each with an article."""
    runs, articles = [np.empty(0, np.intp)], [np.empty(0, np.intp)]
    for first, last in corpus.body.cuts(WORDS):
        own = corpus.body.of(first, last)
        grams = text.shingle(own.word, own.indptr, RUN)
        rows = text.held(grams.hash, sought)
        runs.append(np.searchsorted(sought, grams.hash[rows]))
        articles.append(np.searchsorted(grams.indptr, rows, side="right") - 1 + first)
    return np.concatenate(runs), np.concatenate(articles)


def moments(corpus: Corpus) -> NDArray[np.float64]:
    """The earliest moment that each article may be of, not a number where that is unknown."""
    return np.array([when.earliest if when else np.nan for when in corpus.whens], float)


def holders(corpus: Corpus, wanted: Sequence[NDArray[np.uint64]]) -> Iterator[Holders]:
    """Yield for each string of words the articles that hold it."""
    when = moments(corpus)
    sought = np.unique(np.concatenate([np.empty(0, np.uint64), *wanted]))
    gram, article = _holding(corpus, sought)
    key = np.unique(gram * len(corpus) + article)
    gram, article = key // max(1, len(corpus)), key % max(1, len(corpus))
    bounds = np.searchsorted(gram, np.arange(len(sought) + 1))
    known: dict[bytes, Holders] = {}
    for runs in wanted:
        name = blake2b(runs.tobytes(), digest_size=16).digest()
        if name not in known:
            places = np.searchsorted(sought, np.unique(runs)).tolist()
            holding = [article[bounds[place] : bounds[place + 1]] for place in places]
            held = np.concatenate([np.empty(0, np.int64), *holding])
            known[name] = told(held, len(places), when)
        yield known[name]


def told(held: NDArray[np.int64], runs: int, when: NDArray[np.float64]) -> Holders:
    """Say who holds a string of words.

    Args:
        held: the articles that hold its runs, each as often as it holds one.
        runs: how many it has.
        when: the moment that each article is of.

    """
    articles, count = np.unique(held, return_counts=True)
    rows = articles[count >= max(1, HELD * runs)]
    dated = when[rows][~np.isnan(when[rows])]
    first, last = dated.min(initial=math.inf), dated.max(initial=-math.inf)
    earliest = rows[: ASKED + 2].tolist()  # two of them may be the match's own
    return Holders(earliest, float(first), float(last))
