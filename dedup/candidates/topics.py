"""Articles that tell of the same thing in other words (docs/engine.md, "Topics").

The evidence is two content words in a row, function words passed over, that few articles share:
names, figures, and the set phrases that a re-teller keeps where no sentence survives. A pair's
score is the weight of all it shares, so that a summary is not lost in a long source.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates.buckets import gather, keep, pack, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dedup.candidates.buckets import Buckets

#: A word of less weight (nats) tells nothing, and is passed over.
LEAST_WEIGHT = 4.0

#: A word pair in up to RARE articles pairs them all; in up to COMMON, each with the first of them,
#: so that a story copied a hundred times still meets its re-telling; beyond, it counts nothing.
RARE, COMMON = 12, 200

#: Two articles share at least this weight, and the pair is among the BEST of one of them.
LEAST_SCORE, BEST = 45, 5

#: Weights are counted in steps, as integers: sums do not depend on the order of their terms.
_STEPS = 16

#: The scores are worked out for one share of the articles after another.
_BLOCKS = 16

_MULTIPLIER, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)


class Topics(NamedTuple):
    """Pairs as `pack` makes them; what the caps left out."""

    pairs: NDArray[np.uint64]
    too_common: int  #: word pairs in more than COMMON articles
    outranked: int  #: pairs of articles that share enough, but have better ones on both sides


class _Scores(NamedTuple):
    """The weight in steps that an article shares with another."""

    article: NDArray[np.int32]
    other: NDArray[np.int32]
    score: NDArray[np.int32]


def related(
    words: NDArray[np.uint64], indptr: NDArray[np.int64], weight: NDArray[np.float32]
) -> Topics:
    """Return the pairs of articles that share much of what is rare.

    Where no pair shares enough, the one that shares most is returned alone, so that there is a
    nearest pair to name.

    Args:
        words: word hashes, ``[words]``.
        indptr: where each article begins in them, ``[articles + 1]``.
        weight: how much each word tells, in nats; 0 for function words.

    """
    buckets, steps = _word_pairs(words, indptr, weight)
    known = buckets.sizes <= COMMON
    blocks = list(_scores(keep(buckets, known), steps[known], len(indptr) - 1))
    scores = _Scores(*(np.concatenate(column) for column in zip(*blocks, strict=True)))
    enough = scores.score >= LEAST_SCORE * _STEPS
    if not enough.any():
        enough[np.argsort(-scores.score, kind="stable")[:1]] = True
    article, other, score = (column[enough] for column in scores)
    best = _best(article, other, score) | _best(other, article, score)
    pairs = np.unique(pack(article[best], other[best]))
    return Topics(pairs, int((~known).sum()), int((~best).sum()))


def _best(
    article: NDArray[np.int32], other: NDArray[np.int32], score: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Return which pairs are among the BEST of their article; of equals, the lesser other."""
    order = np.lexsort((other, -score, article))
    counts = np.bincount(article)
    best = np.empty(len(article), bool)
    best[order] = ranges(counts) < BEST
    return best


def _word_pairs(
    words: NDArray[np.uint64], indptr: NDArray[np.int64], weight: NDArray[np.float32]
) -> tuple[Buckets, NDArray[np.int32]]:
    """Return the articles that hold each pair of content words in a row, and its weight."""
    content = np.flatnonzero(weight >= LEAST_WEIGHT)
    begin = np.searchsorted(content, indptr)
    articles = np.repeat(np.arange(len(indptr) - 1, dtype=np.int32), np.diff(begin))
    first = np.flatnonzero(articles[1:] == articles[:-1])
    keys = words[content[first]] * _MULTIPLIER + words[content[first + 1]]
    keys = (keys ^ (keys >> _SHIFT)) * _MULTIPLIER
    buckets = gather(keys, articles[first])
    place = first[buckets.place]
    both = weight[content[place]] + weight[content[place + 1]]
    # The same words may weigh differently in two languages: the least counts.
    least = np.minimum.reduceat(both, buckets.indptr[:-1]) if len(both) else both
    return buckets, (least * _STEPS).astype(np.int32)


def _scores(buckets: Buckets, steps: NDArray[np.int32], articles: int) -> Iterator[_Scores]:
    """Yield what each article shares with those before it: all that suffices, or the greatest.

    A common word pair meets its first article alone, which stands before all others.
    """
    from scipy.sparse import csr_array

    sizes = buckets.sizes
    columns = np.repeat(np.arange(len(sizes)), sizes)
    met = np.repeat(sizes <= RARE, sizes) | (ranges(sizes) == 0)
    shape = (articles, len(sizes))
    weighed = csr_array((np.repeat(steps, sizes), (buckets.member, columns)), shape=shape)
    ones = np.ones(int(met.sum()), np.int32)
    meeting = csr_array((ones, (columns[met], buckets.member[met])), shape=shape[::-1])
    edges = np.linspace(0, articles, _BLOCKS + 1).astype(int).tolist()
    for first, last in pairwise(edges):
        shared = weighed[first:last] @ meeting[:, :last]
        article = np.repeat(np.arange(first, last), np.diff(shared.indptr))
        score = np.where(shared.indices < article, shared.data, 0)
        kept = score >= min(LEAST_SCORE * _STEPS, max(score.max(initial=0), 1))
        yield _Scores(
            article[kept].astype(np.int32), shared.indices[kept].astype(np.int32), score[kept]
        )
