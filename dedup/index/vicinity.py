"""What all articles of an index tell of one that comes: whom it would meet, what it would be.

Made of a walk over all of them: the keys by which articles are found, what was learned, which pairs
were looked at. A newcomer is read with what they know, and the few articles that it can have to do
with are walked with it (`neighbourhood`), which takes milliseconds, not minutes.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup import text, times
from dedup.candidates import TOPIC, Lookup, Posted
from dedup.index.furnishing import Furnishing
from dedup.pipeline.corpus import Corpus, ParagraphColumns, is_news
from dedup.pipeline.learning import own_agency
from dedup.pipeline.outlets import Houses, printed
from dedup.pipeline.proposing import alike, cosines, evidence, within
from dedup.pipeline.standing import RUN, moments, told
from dedup.tables import QUOTED, TokenTable
from dedup.verdict import History, at_one_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from dedup.detector import Told
    from dedup.pipeline import Walked
    from dedup.pipeline.comparing import Pair
    from dedup.pipeline.corpus import Prepared
    from dedup.pipeline.standing import Holders
    from dedup.records import Article


class Newcomer(NamedTuple):
    """An article that comes, as it would be if it were there.

    Attributes:
        article: the article.
        alone: a corpus of it alone, with what was learned over all.
        rank: how many articles stand before it.
        stated: the runs of words that it quotes.
        partners: the places of the articles that it would be paired with.
        gone: rows of the pairs of others that are none with it.
        more: pairs of others that are about one event, as far as it shows, and how alike they are.
        certain: whether others are as they were, for all that is known.

    """

    article: Article
    alone: Corpus
    rank: int
    stated: NDArray[np.uint64]
    partners: NDArray[np.int64]
    gone: NDArray[np.int64]
    more: list[tuple[int, int, float]]
    certain: bool


class Links:
    """Pairs of articles, found from either side."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._linked: dict[int, set[int]] = defaultdict(set)
        for a, b in pairs:
            self._linked[a].add(b)
            self._linked[b].add(a)

    def around(self, places: Iterable[int]) -> set[int]:
        """Give some articles and all that are linked to them, by however many steps."""
        found = set(places)
        waiting = list(found)
        while waiting:
            fresh = self._linked.get(waiting.pop(), set()) - found
            found |= fresh
            waiting += fresh
        return found


class Vicinity:
    """All articles of an index, for those who come to be laid beside them."""

    def __init__(self, walked: Walked, told_: Told) -> None:
        """Sort what a walk over all articles gave.

        Args:
            walked: the walk.
            told_: what it was told.

        """
        self.walked, self.told = walked, told_
        corpus = self.corpus = walked.corpus
        self.places = {article.id: row for row, article in enumerate(corpus.articles)}
        self._order = [_when(article) for article in corpus.articles]
        self._aliases = told_.options.aliases
        self._houses = Houses(Counter(printed(a, self._aliases) for a in corpus.articles))
        self._furnishing = Furnishing(walked, told_.options.ignored)
        self._stated = text.stated(walked.read.tokens, corpus.news)
        self.moments = moments(corpus)
        self.lookup = Lookup(evidence(corpus))
        body = corpus.body
        grams = text.shingle(body.word, body.indptr, RUN)
        owner = np.repeat(np.arange(len(corpus), dtype=np.int32), np.diff(grams.indptr))
        self._grams = Posted.of(grams.hash, owner)
        self.pairs = _beside(walked.proposed.left, walked.proposed.right, len(corpus))
        left, right = walked.proposed.left.astype(np.int64), walked.proposed.right
        self._proposed = left * len(corpus) + right
        self.chosen: dict[int, list[Pair]] = defaultdict(list)
        for pair in walked.sifted.pairs:
            self.chosen[pair.left].append(pair)
            self.chosen[pair.right].append(pair)
        self.matched = Links((found.article, found.other) for found in walked.found)
        ids = [article.id for article in corpus.articles]
        self.events = History(ids, walked.decided.events)

    def meet(self, article: Article, reading: Prepared) -> Newcomer:
        """Learn of a newcomer what only all can tell, and find whom it would be paired with."""
        rank = bisect_left(self._order, _when(article))
        outlet = self._houses.newcomer(printed(article, self._aliases))
        furnished = self._furnishing.of(reading, outlet or "", rank)
        news = np.array([is_news(article)])
        tokens = reading.tokens
        stated = text.stated(tokens, news)
        flags = tokens.flags.copy()
        for known in (self._stated, stated):
            flags[text.quoted_as(tokens, news, known)] |= QUOTED
        alone = Corpus(
            articles=(article,),
            tokens=TokenTable(tokens.indptr, tokens.start, tokens.end, tokens.word, flags),
            paragraphs=furnished.paragraphs,
            credits=reading.credits,
            layouts=reading.layouts,
            languages=reading.languages,
            outlets=(outlet or "",),
            agencies=(own_agency(article, self.told.catalogue),),
        )
        new = stated[~_among(stated, self._stated)]
        met = self.lookup.meet(evidence(alone), rank)
        certain = outlet is not None and furnished.certain and self.lookup.told
        row, there = self._rows(met.gone)
        gone = row[there & (self.walked.proposed.channel[row] == TOPIC)]
        more = self._more(met.more[~self._rows(met.more)[1]])
        return Newcomer(article, alone, rank, new, met.places, gone, more, certain)

    def _rows(self, pairs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Give the rows of some pairs, and whether they were proposed."""
        if not len(self._proposed):
            return np.zeros(0, np.int64), np.zeros(len(pairs), bool)
        key = pairs[:, 0] * len(self.corpus) + pairs[:, 1]
        rows = np.minimum(np.searchsorted(self._proposed, key), len(self._proposed) - 1)
        return rows, self._proposed[rows] == key

    def _more(self, pairs: NDArray[np.int64]) -> list[tuple[int, int, float]]:
        """Give those of some pairs that may be about one event."""
        left, right = pairs.astype(np.int32).T
        near = within(self.corpus, left, right, self.told.options.window)
        left, right = left[near], right[near]
        found = alike(left, right, cosines(self.corpus, left, right)) if len(left) else []
        whens = self.corpus.whens
        return [row for row in found if at_one_time(whens[row[0]], whens[row[1]])]

    def sides(self, rows: NDArray[np.int64]) -> list[tuple[int, int]]:
        """Give the places of some pairs."""
        proposed = self.walked.proposed
        return [*zip(proposed.left[rows].tolist(), proposed.right[rows].tolist(), strict=True)]

    def paragraphs(self, place: int) -> ParagraphColumns:
        """The paragraphs of an article, with the roles that were learned."""
        columns = self.corpus.paragraphs
        rows, begin = columns.rows(place), self.corpus.tokens.indptr[place]
        return ParagraphColumns(
            article=np.zeros(rows.stop - rows.start, np.int32),
            start=columns.start[rows],
            end=columns.end[rows],
            role=columns.role[rows],
            first=columns.first[rows] - begin,
            last=columns.last[rows] - begin,
            counts=columns.counts[rows],
        )

    def holders(self, newcomer: Newcomer, runs: NDArray[np.uint64]) -> Holders:
        """Say who holds a string of words, the newcomer included; by place, it having its rank."""
        wanted = np.unique(runs)
        _, place = self._grams.find(wanted)
        own = newcomer.alone.body
        mine = np.isin(wanted, text.shingle(own.word, own.indptr, RUN).hash).sum()
        held = np.append(place + (place >= newcomer.rank), np.full(mine, newcomer.rank))
        when = np.insert(self.moments, newcomer.rank, moments(newcomer.alone))
        return told(held, len(wanted), when)


def _when(article: Article) -> tuple[float, str]:
    """What articles are ordered by: `pipeline.corpus.in_time`."""
    when = times.parse(article.published_at)
    return (when.earliest if when else math.inf, article.id)


def _among(hashes: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which of some hashes are among others, that are sorted."""
    if not len(known):
        return np.zeros(len(hashes), bool)
    place = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    among: NDArray[np.bool_] = known[place] == hashes
    return among


class Beside(NamedTuple):
    """The pairs of each article: its rows are ``indptr[a]:indptr[a + 1]``."""

    indptr: NDArray[np.int64]
    other: NDArray[np.int32]
    pair: NDArray[np.int64]  #: the row of the pair


def _beside(left: NDArray[np.int32], right: NDArray[np.int32], articles: int) -> Beside:
    here, there = np.append(left, right), np.append(right, left)
    order = np.argsort(here, kind="stable")
    indptr = np.append(0, np.cumsum(np.bincount(here, minlength=articles)))
    return Beside(indptr, there[order], np.tile(np.arange(len(left)), 2)[order])
