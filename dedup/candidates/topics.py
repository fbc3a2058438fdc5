"""Articles that tell of the same thing in other words (docs/engine.md, "Topics").

The evidence is two content words in a row, function words passed over, that few articles share:
names, figures, and the set phrases that a re-teller keeps where no sentence survives. A pair's
score is the weight of all it shares, so that a summary is not lost in a long source.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates.buckets import changes, distinct, gather, joined, keep, pack, ranges, spans
from dedup.compiling import pays

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.candidates.buckets import Buckets

#: A word of less weight (nats) tells nothing, and is passed over.
LEAST_WEIGHT = 4.0

#: A word pair in up to RARE articles pairs them all; in up to COMMON, each with the first of them,
#: so that a story copied a hundred times still meets its re-telling; beyond, it counts nothing.
RARE, COMMON = 12, 200

#: Two articles share at least this weight, and the pair is among the BEST of one of them: of those
#: before it, where its sources are, or of those after it.
LEAST_SCORE, BEST = 45, 5

#: Weights are counted in steps, as integers: sums do not depend on the order of their terms.
_STEPS = 16
#: The least score, in these steps.
SUFFICES = LEAST_SCORE * _STEPS

#: About as many things that pairs share are added up at a time, to bound the memory.
_ENTRIES = 1 << 23

#: Words whose pairs are gathered at a time, and that are looked at one after the other.
_KEYS, _WORDS = 1 << 24, 1 << 20

_MULTIPLIER, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)


class Topics(NamedTuple):
    """Pairs as `pack` makes them; what the caps left out."""

    pairs: NDArray[np.uint64]
    too_common: int  #: word pairs in more than COMMON articles
    outranked: int  #: pairs of articles that share enough, but have better ones on both sides


class Scores(NamedTuple):
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
    scores = _scores(keep(buckets, known), steps[known], len(indptr) - 1, SUFFICES)
    suffices = scores.score >= SUFFICES
    if not suffices.any():
        suffices[np.lexsort((scores.other, scores.article, -scores.score))[:1]] = True
    article, other, score = (column[suffices] for column in scores)
    best = among_the_best(article, other, score)
    pairs = distinct(pack(article[best], other[best]))
    return Topics(pairs, int((~known).sum()), int((~best).sum()))


def enough(scores: Scores) -> Scores:
    """Return the scores that suffice."""
    suffices = scores.score >= SUFFICES
    return Scores(*(column[suffices] for column in scores))


def least_steps(
    buckets: Buckets, place: NDArray[np.int64], steps: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Return what the key of each bucket weighs: the least of what it weighs anywhere.

    Args:
        buckets: made of some entries.
        place: the entry of each member.
        steps: what each entry weighs.

    """
    if not len(buckets.sizes):
        return np.empty(0, np.int32)
    return np.minimum.reduceat(steps[place], buckets.indptr[:-1])


def in_steps(nats: NDArray[np.float32]) -> NDArray[np.int32]:
    """Return weights in the steps in which they are summed."""
    return (nats * _STEPS).astype(np.int32)


def among_the_best(
    article: NDArray[np.int32], other: NDArray[np.int32], score: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Return which pairs are among the best of either article."""
    return _best(article, other, score) | _best(other, article, score)


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
    """Return the articles that hold each pair of content words in a row, and its weight.

    A range of keys at a time, so that no more of them are held than are looked at.
    """
    parts = 1 + len(words) // _KEYS
    edges = [(part << 64) // parts for part in range(parts + 1)]
    held, least = [], [np.empty(0, np.int32)]
    for low, high in pairwise(edges):
        keys, articles, nats = _between(words, indptr, weight, low, high - 1)
        buckets, place = gather(keys, articles)
        # The same words may weigh differently in two languages: the least counts.
        least.append(least_steps(buckets, place, in_steps(nats)))
        held.append(buckets)
    return joined(held), np.concatenate(least)


def _between(
    words: NDArray[np.uint64],
    indptr: NDArray[np.int64],
    weight: NDArray[np.float32],
    low: int,
    high: int,
) -> tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.float32]]:
    """Return, of each two content words in a row, those with a key from ``low`` to ``high``."""
    inner = np.searchsorted(indptr, np.arange(_WORDS, len(words), _WORDS)).tolist()
    found = [(np.empty(0, np.uint64), np.empty(0, np.int32), np.empty(0, np.float32))]
    for first, last in pairwise(sorted({0, *inner, len(indptr) - 1})):
        own = slice(indptr[first], indptr[last])
        keys, articles, nats = in_a_row(
            words[own], indptr[first : last + 1] - indptr[first], weight[own]
        )
        kept = (keys >= np.uint64(low)) & (keys <= np.uint64(high))
        found.append((keys[kept], articles[kept] + np.int32(first), nats[kept]))
    keys, articles, nats = (np.concatenate(column) for column in zip(*found, strict=True))
    return keys, articles, nats


def in_a_row(
    words: NDArray[np.uint64], indptr: NDArray[np.int64], weight: NDArray[np.float32]
) -> tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.float32]]:
    """Return the key, the article and the weight of each two content words in a row."""
    if pays(len(words)):
        from dedup.candidates import kernels

        keys, articles = np.empty(len(words), np.uint64), np.empty(len(words), np.int32)
        nats = np.empty(len(words), np.float32)
        found = kernels.in_a_row(words, indptr, weight, LEAST_WEIGHT, (keys, articles, nats))
        return keys[:found], articles[:found], nats[:found]
    content = np.flatnonzero(weight >= LEAST_WEIGHT)
    held = np.diff(np.searchsorted(content, indptr))
    article = np.repeat(np.arange(len(held), dtype=np.int32), held)
    within = article[1:] == article[:-1]
    word, nats = words[content], weight[content]
    keys = (word[:-1] * _MULTIPLIER + word[1:])[within]
    keys = (keys ^ (keys >> _SHIFT)) * _MULTIPLIER
    return keys, article[1:][within], (nats[:-1] + nats[1:])[within]


def _scores(buckets: Buckets, steps: NDArray[np.int32], articles: int, least: int) -> Scores:
    """Return what articles share with those before them: all that suffices, or the greatest.

    A pair of articles and the weight of one thing it shares lie in one number, so that all a pair
    shares stands together once the numbers are sorted.
    """
    wide, narrow = articles.bit_length(), int(steps.max(initial=0)).bit_length()
    blocks = 1 + _pairs(buckets) // _ENTRIES
    edges = np.linspace(0, articles, blocks + 1).astype(int).tolist()
    scores = []
    for first, last in pairwise(edges):
        shared = _shared(buckets, steps, (first, last), (np.uint64(wide), np.uint64(narrow)))
        shared.sort()
        pair, score = _sums(shared, narrow)
        kept = score >= min(least, score.max(initial=1))
        article, other = pair[kept] >> np.uint64(wide), pair[kept] & _low(wide)
        scores.append((article.astype(np.int32), other.astype(np.int32), score[kept]))
    return Scores(*map(np.concatenate, zip(*scores, strict=True)))


def _pairs(buckets: Buckets) -> int:
    """Return how many pairs of articles meet in all buckets."""
    sizes = buckets.sizes
    return int(np.where(sizes > RARE, sizes - 1, sizes * (sizes - 1) // 2).sum())


def _shared(
    buckets: Buckets,
    steps: NDArray[np.int32],
    articles: tuple[int, int],
    bits: tuple[np.uint64, np.uint64],
) -> NDArray[np.uint64]:
    """Return a number for each thing that some articles share with those before them.

    An article meets all that stand before it in the bucket of a rare word pair, in that of a common
    one the first alone. The number's parts are the article, the other, and the weight.
    """
    indptr, member, sizes = buckets.indptr, buckets.member, buckets.sizes
    weight = steps.astype(np.uint64)
    if pays(len(member)):
        from dedup.candidates import kernels

        shared = np.empty(_pairs(buckets), np.uint64)
        return shared[: kernels.meet((indptr, member, weight), RARE, articles, bits, shared)]
    begin = np.repeat(indptr[:-1], sizes)
    met = np.arange(len(member)) - begin
    met = np.minimum(met, np.repeat(np.where(sizes > RARE, 1, RARE), sizes))
    met[(member < articles[0]) | (member >= articles[1])] = 0
    other = member[spans(begin, met)].astype(np.uint64)
    shared = np.repeat(member, met).astype(np.uint64)
    shared = (shared << bits[0] | other) << bits[1]
    shared |= np.repeat(np.repeat(weight, sizes), met)
    return shared


def _sums(numbers: NDArray[np.uint64], narrow: int) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return the distinct upper parts of sorted numbers, and the sum of the lower parts of each."""
    if pays(len(numbers)):
        from dedup.candidates import kernels

        total = np.empty(len(numbers), np.int32)
        found = kernels.sums(numbers, narrow, total)
        return numbers[:found], total[:found]
    upper = numbers >> np.uint64(narrow)
    begin = np.flatnonzero(changes(upper))
    return upper[begin], np.add.reduceat(numbers & _low(narrow), begin).astype(np.int32)


def _low(bits: int) -> np.uint64:
    """Return a number of so many low bits."""
    return np.uint64((1 << bits) - 1)
