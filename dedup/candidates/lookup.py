"""One article more: which of very many others it would be paired with, were it among them.

The keys of all articles are kept sorted. Those of the newcomer are looked up, and each channel runs
as ever, over the buckets in which the newcomer stands and nothing else: what it proposes for the
newcomer is what it would propose for it among all (docs/engine.md, "One article more").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates import topics
from dedup.candidates.alike import ITEMS, NUMBER, alike
from dedup.candidates.buckets import (
    by_key,
    collect,
    distinct,
    gather,
    item_bits,
    keep,
    link,
    pack,
    pointers,
    spans,
    unpack,
)
from dedup.candidates.identical import expand, link_groups, totals
from dedup.candidates.items import Items
from dedup.candidates.lsh import band_keys
from dedup.candidates.pairs import CAP, KINDS, RUN_WORDS
from dedup.candidates.posted import Posted, moved
from dedup.candidates.postings import CAP as PAIRED
from dedup.candidates.postings import LEAST_SHARED, STOP_SHINGLE, posted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.candidates.pairs import Evidence
    from dedup.candidates.topics import Scores

    Keys = NDArray[np.uint64]
    _Subject = tuple[Keys, NDArray[np.int64], NDArray[np.int64]]
    Places = NDArray[np.int32]


class Scored(NamedTuple):
    """The pairs of articles that share enough of what is rare, and how much: each from both sides.

    What article a shares with others are the rows ``indptr[a]:indptr[a + 1]``.
    """

    indptr: NDArray[np.int64]
    other: Places
    score: Places


class Met(NamedTuple):
    """Whom a newcomer would be paired with, and what else is otherwise with it.

    Attributes:
        places: those it would be paired with: first those with which it has wording in common, then
            those of a like subject alone.
        gone: pairs of others that their subject alone no longer makes, ``[pairs, 2]``.
        more: pairs of others that their subject makes and did not make, ``[pairs, 2]``.

    """

    places: NDArray[np.int64]
    gone: NDArray[np.int64]
    more: NDArray[np.int64]


class Lookup:
    """The keys of all articles, for those who come later to be laid beside them."""

    def __init__(self, evidence: Evidence) -> None:
        """Work out and sort all keys."""
        self._size = len(evidence.indptr) - 1
        self._runs = Posted.of(*run_keys(evidence))
        keys, articles, nats = topics.in_a_row(evidence.words, evidence.indptr, evidence.weight)
        order = by_key(keys)
        self._topics = Posted(keys[order], articles[order])
        self._steps = topics.in_steps(nats[order])
        buckets, place = gather(keys, articles)
        weight = topics.least_steps(buckets, place, topics.in_steps(nats))
        sums = topics.weighed(buckets, weight, self._size, least=topics.SUFFICES)
        self.scored = _both_ways(*topics.enough(sums), self._size)
        #: Whether any two share enough: where none do, the two that share most stand for all.
        self.told = len(self.scored.other) > 0
        self._alike = {kind: alike(kind, evidence) for kind in KINDS}

    def meet(self, newcomer: Evidence, rank: int) -> Met:
        """Say whom a newcomer would be paired with.

        Args:
            newcomer: the evidence of that one article.
            rank: how many articles stand before it.

        """
        likes = [self._with_likes(kind, newcomer, rank) for kind in KINDS]
        worded = _others(np.concatenate([self._with_runs(newcomer, rank), *likes]), rank)
        pairs, gone, more = self._with_topics(newcomer, rank)
        topical = _others(pairs, rank)
        return Met(np.append(worded, np.setdiff1d(topical, worded)), gone, more)

    def _with_runs(self, newcomer: Evidence, rank: int) -> Keys:
        """Pair a newcomer by runs of words in common."""
        low = item_bits(self._size + 1)
        own = distinct(run_keys(newcomer)[0] & ~low)
        place, item = self._runs.find(own, low)
        keys = np.append(own[place], own)
        items = np.append(moved(item, rank), np.full(len(own), rank)).astype(np.uint64)
        buckets = collect(keys | items, low)
        rare = keep(buckets, buckets.sizes <= STOP_SHINGLE)
        pairs, counts = np.unique(link(rare, PAIRED).pairs, return_counts=True)
        return _having(pairs[counts >= LEAST_SHARED], rank)

    def _with_topics(self, newcomer: Evidence, rank: int) -> _Subject:
        """Pair a newcomer by what is rare, among the best of either side; see `_best`."""
        own, _, nats = topics.in_a_row(newcomer.words, newcomer.indptr, newcomer.weight)
        own, first = np.unique(own, return_index=True)
        lines = np.searchsorted(self._topics.key, own)
        sizes = np.searchsorted(self._topics.key, own, side="right") - lines
        rows = spans(lines, sizes)
        items = np.append(moved(self._topics.item[rows], rank), np.full(len(own), rank))
        order = np.argsort(items, kind="stable")
        items = items[order].astype(np.int32)
        keys = np.append(np.repeat(own, sizes), own)[order]
        steps = np.append(self._steps[rows], topics.in_steps(nats[first]))[order]
        buckets, place = gather(keys, items)
        weight = topics.least_steps(buckets, place, steps)
        now = topics.weighed(buckets, weight, self._size + 1)
        others = items != rank
        without, place = gather(keys[others], items[others])
        weight = topics.least_steps(without, place, steps[others])
        former = topics.weighed(without, weight, self._size + 1)
        own_rows = (now.article == rank) | (now.other == rank)
        mine = topics.enough(topics.Scores(*(column[own_rows] for column in now)))
        theirs = topics.Scores(*(column[~own_rows] for column in now))
        return self._best(mine, _lost(former, theirs), rank)

    def _best(self, mine: Scores, lost: tuple[Keys, Places], rank: int) -> _Subject:
        """Choose the scores that are among the best of either article.

        Args:
            mine: what the newcomer shares with others, where that suffices.
            lost: pairs of others, and how much less they share for what the newcomer makes common.
            rank: its place.

        Returns:
            The newcomer's pairs; pairs of others that are no longer chosen; those that are now.

        """
        met = np.where(mine.article == rank, mine.other, mine.article)
        touched = np.unique(np.concatenate([met, *unpack(lost[0])])).astype(np.int32)
        sides = unpack(self._scores(touched, rank)[0])
        beside = np.unique(np.concatenate([touched, *sides]))
        pair, score = self._scores(beside, rank)
        earlier, later = unpack(pair)
        before = pair[topics.among_the_best(later, earlier, score)]
        if len(lost[0]):
            place = np.minimum(np.searchsorted(lost[0], pair), len(lost[0]) - 1)
            score = score - np.where(lost[0][place] == pair, lost[1][place], 0).astype(np.int32)
        known = topics.enough(topics.Scores(later, earlier, score))
        columns = [np.append(column, more) for column, more in zip(known, mine, strict=True)]
        chosen = topics.among_the_best(*columns)
        after = pack(columns[0][chosen], columns[1][chosen])
        own = _having(after, rank)
        gone = _of_any(np.setdiff1d(before, after), touched)
        more = _of_any(np.setdiff1d(np.setdiff1d(after, own), before), touched)
        return own, _sides(gone, rank), _sides(more, rank)

    def _scores(self, places: Places, rank: int) -> tuple[Keys, Places]:
        """What some articles share with others; by place, the newcomer having its rank."""
        old = places - (places > rank)
        first, last = self.scored.indptr[old], self.scored.indptr[old + 1]
        rows = spans(first, last - first)
        here = np.repeat(places, last - first)
        there = moved(self.scored.other[rows], rank)
        pair, once = np.unique(pack(here, there), return_index=True)
        return pair, self.scored.score[rows][once]

    def _with_likes(self, kind: int, newcomer: Evidence, rank: int) -> Keys:
        """Pair a newcomer by items that are identical to its own or resemble them."""
        known, banding = self._alike[kind], KINDS[kind][1]
        items, chosen, _ = ITEMS[kind](newcomer)
        total = totals(items.words, items.indptr)[chosen]
        first = np.sort(np.unique(total, return_index=True)[1])  # in the order of its items
        if not len(first):
            return np.empty(0, np.uint64)
        own = known.names(total[first])
        keys = band_keys(items, chosen[first], banding)
        low = item_bits(max(len(known.total), int(own.max()) + 1))
        found = [band.find(key & ~low, low) for band, key in zip(known.bands, keys, strict=True)]
        near = known.near(np.concatenate([names for _, names in found]), own, rank)
        packed = [
            near.bucketed(number, key & ~low, *met)
            for number, (key, met) in enumerate(zip(keys, found, strict=True))
        ]
        buckets = collect(np.concatenate(packed), NUMBER)
        left, right = unpack(distinct(link(buckets, CAP).pairs))
        expanded = expand(near.groups, left, right, CAP)
        return _having(np.append(expanded.pairs, link_groups(near.groups, CAP).pairs), rank)


def run_keys(evidence: Evidence) -> tuple[Keys, Places]:
    """The posted shingles of articles, each with its article."""
    items = Items(evidence.shingle, evidence.words, evidence.indptr, RUN_WORDS)
    keys, counts = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
    for _, shingles in items.blocks():
        place = np.flatnonzero(posted(shingles))
        keys.append(shingles.hash[place])
        counts.append(np.diff(np.searchsorted(place, shingles.indptr)))
    held = np.concatenate(counts)
    return np.concatenate(keys), np.repeat(np.arange(len(held), dtype=np.int32), held)


def _having(pairs: Keys, rank: int) -> Keys:
    """Those pairs that a newcomer is of."""
    left, right = unpack(pairs)
    having: Keys = pairs[(left == rank) | (right == rank)]
    return having


def _others(pairs: Keys, rank: int) -> NDArray[np.int64]:
    """The places of those that a newcomer is paired with, before it came."""
    left, right = unpack(pairs)
    others = np.unique(np.where(left == rank, right, left)).astype(np.int64)
    places: NDArray[np.int64] = others - (others > rank)
    return places


def _lost(former: Scores, now: Scores) -> tuple[Keys, Places]:
    """How much less pairs share now than formerly; the pairs sorted, each once."""
    pairs = np.append(pack(former.article, former.other), pack(now.article, now.other))
    score = np.append(former.score, -now.score)
    pair, place = np.unique(pairs, return_inverse=True)
    less = np.bincount(place, score, len(pair)).astype(np.int32)
    return pair[less != 0], less[less != 0]


def _of_any(pairs: Keys, places: Places) -> Keys:
    """Those pairs that some articles are of."""
    left, right = unpack(pairs)
    of_any: Keys = pairs[np.isin(left, places) | np.isin(right, places)]
    return of_any


def _sides(pairs: Keys, rank: int) -> NDArray[np.int64]:
    """The places of both articles of pairs of others, before the newcomer came."""
    places = np.stack(unpack(pairs), axis=1).astype(np.int64)
    sides: NDArray[np.int64] = places - (places > rank)
    return sides


def _both_ways(article: Places, other: Places, score: Places, articles: int) -> Scored:
    """Let each article have what it shares, whichever of two it is."""
    here, there = np.append(article, other), np.append(other, article)
    order = np.argsort(here, kind="stable")
    sizes = np.bincount(here, minlength=articles)
    return Scored(pointers(sizes), there[order], np.append(score, score)[order])
