"""Of the proposed pairs, those that are worth a close look: what they share in words, weighed.

An outlet repeats itself inside its paragraphs (headlines of other stories run into a name, an
author's note): a run that stands in several of its otherwise unlike articles promises nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup import verify
from dedup.pipeline.comparing import Pair
from dedup.pipeline.furniture import OTHERS, UNLIKE
from dedup.pipeline.proposing import SAME_EVENT
from dedup.pipeline.reprints import outnumbered
from dedup.spilling import column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.pipeline.corpus import Corpus
    from dedup.pipeline.proposing import Proposed
    from dedup.tables import RunTable
    from dedup.times import When

    Places = NDArray[np.int32]

#: News is re-told within so many seconds (four days).
_DAY = 86_400
_FRESH = 4 * _DAY
#: Words of a run that an outlet may be seen to repeat; shorter ones are its language.
_REPEATED = 8


class Sifted(NamedTuple):
    """What is to be looked at closely.

    Attributes:
        pairs: in an order in which articles recur soon.
        outnumbered: pairs left out that were as good, in crowds of articles all but the same.

    """

    pairs: list[Pair]
    outnumbered: int


def sift(corpus: Corpus, proposed: Proposed, threads: int) -> Sifted:
    """Choose the pairs that are worth a close look."""
    left, right = proposed.left, proposed.right
    body = corpus.body
    runs = verify.align(body, left, right, threads=threads)
    second = body.indptr[right]
    best = verify.stretches(runs, body.telling, second)
    house = _house(corpus, runs, left, right)
    repeated = _repeated(corpus, runs, house, left, right)
    if len(repeated):
        own = column(len(body.telling), np.int32)
        own[:] = body.telling
        own[repeated] = 0
        best = np.where(house, verify.stretches(runs, own, second), best)
    retell = _fresh(corpus, left, right) & (proposed.cosine >= SAME_EVENT)
    asked = np.flatnonzero(retell)
    here, there = left[asked], right[asked]
    either = np.concatenate((here, there)), np.concatenate((there, here))
    retell[asked] = verify.retellable(body, *either).reshape(2, -1).any(axis=0)
    strict = corpus.strict(left, right)
    news = corpus.news[left] | corpus.news[right]
    size = np.diff(body.indptr)
    together = verify.run_together(runs, np.minimum(size[left], size[right]), strict)
    bare = corpus.bare(left, right)  # what an author puts in other words leaves no runs
    promising = (best >= verify.STRETCH) & (~news | together) | retell | bare
    crowded = promising & outnumbered(left, right, verify.covered(runs), size)
    chosen = promising & ~crowded
    columns = [column[chosen] for column in (left, right, retell, strict, bare)]
    return Sifted(_side_by_side(columns, len(corpus)), int(crowded.sum()))


def all_of(corpus: Corpus, proposed: Proposed, _working: object = None) -> Sifted:
    """Take every proposed pair: for who wants to know why a pair is no reuse."""
    left, right = proposed.left, proposed.right
    strict, bare = corpus.strict(left, right), corpus.bare(left, right)
    columns = [left, right, _fresh(corpus, left, right), strict, bare]
    return Sifted(_side_by_side(columns, len(corpus)), 0)


def _fresh(corpus: Corpus, left: Places, right: Places) -> NDArray[np.bool_]:
    """Which pairs are close enough in time for one to be the other re-told."""
    moment = np.array([_moment(when) for when in corpus.whens], float)
    fresh: NDArray[np.bool_] = ~(np.abs(moment[left] - moment[right]) > _FRESH)
    return fresh


def _moment(when: When | None) -> float:
    """When an article was published, where that is known to the day."""
    return when.earliest if when and when.latest - when.earliest <= _DAY else np.nan


def _house(corpus: Corpus, runs: RunTable, left: Places, right: Places) -> NDArray[np.bool_]:
    """Which pairs are articles of one outlet that share little in all."""
    size = np.diff(corpus.body.indptr)
    few = verify.covered(runs) < UNLIKE * np.minimum(size[left], size[right])
    house: NDArray[np.bool_] = corpus.one_house(left, right) & few
    return house


def _repeated(
    corpus: Corpus, runs: RunTable, house: NDArray[np.bool_], left: Places, right: Places
) -> NDArray[np.int64]:
    """The rows of the words that stand in a run which an outlet repeats in unlike articles."""
    indptr = corpus.body.indptr
    pair = np.repeat(np.arange(len(left)), np.diff(runs.indptr))
    kept = np.flatnonzero(house[pair] & (runs.length >= _REPEATED))
    pair, length = pair[kept], runs.length[kept].astype(np.int64)
    first = np.concatenate(
        (indptr[left[pair]] + runs.here[kept], indptr[right[pair]] + runs.there[kept])
    )
    partner = np.concatenate((right[pair], left[pair]))
    length = np.concatenate((length, length))
    row = np.repeat(first - np.cumsum(length) + length, length) + np.arange(length.sum())
    seen = np.sort(row * len(corpus) + np.repeat(partner, length))
    seen = seen[np.append(True, np.diff(seen) != 0)[: len(seen)]]
    rows, others = np.unique(seen // len(corpus), return_counts=True)
    repeated: NDArray[np.int64] = rows[others >= OTHERS]
    return repeated


def _side_by_side(columns: Sequence[NDArray[np.generic]], articles: int) -> list[Pair]:
    """Order the pairs so that those of one article stand near each other.

    Reading an article closely costs as much as comparing it, and only so many readings are kept:
    the reverse Cuthill-McKee order (1969) of the pairs' graph brings its neighbours together.
    """
    left, right = columns[:2]
    if not len(left):
        return []
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import reverse_cuthill_mckee

    graph = csr_array((np.ones(len(left), bool), (left, right)), shape=(articles, articles))
    place = np.empty(articles, np.int64)
    place[reverse_cuthill_mckee(graph + graph.T, symmetric_mode=True)] = np.arange(articles)
    first, last = np.minimum(place[left], place[right]), np.maximum(place[left], place[right])
    order = np.lexsort((last, first))
    ordered = [column[order].tolist() for column in columns]
    return [Pair(*row) for row in zip(*ordered, strict=True)]
