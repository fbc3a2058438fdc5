"""Which candidate pairs may share anything that counts as reuse: worth a close look, or not.

A passage shows in common runs that stand close together on both sides and hold words that tell; a
re-telling in an article whose names the other has nearly all. Both are seen from bare hashes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import pays
from dedup.tables import CAPITAL
from dedup.verify.rewrite import LEAST_WORDS, LONGER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.tables import BodyTable, RunTable

    Places = NDArray[np.int32]

#: Runs within so many words on the right and the left side may be one passage.
WITHIN, WITHIN_LEFT = 60, 80
#: What the words of such a stretch must tell, in steps of 1/16 nat; a passage needs `RARE` nats on
#: its stems.
STRETCH = 25 * 16
#: A stretch of fewer words in common is a name or a phrase of the language.
WORDS = 7
#: A run of so many words, or so many words in runs that are longer than a set phrase.
LONG_RUN, LONG_RUNS, PHRASE = 7, 15, 5
#: With a greater share of unknown names than this an article is no re-telling: more than that room
#: allows, for words are not yet stems here.
NAMES = 0.08


def stretches(runs: RunTable, telling: NDArray[np.int32], second: NDArray[np.int64]) -> Places:
    """Weigh the best stretch of each pair: common runs that lie close together on both sides.

    Args:
        runs: the common runs of the pairs.
        telling: what each word of all articles tells, in steps.
        second: where the right article of each pair begins in these words.

    Returns:
        What the heaviest stretch of enough words in common tells, in steps, ``[pairs]``.

    """
    sums = np.concatenate((np.zeros(1, np.int64), np.cumsum(telling, dtype=np.int64)))
    pair = np.repeat(np.arange(len(second)), np.diff(runs.indptr))
    base = second[pair]
    end = runs.there + runs.length
    total = sums[base + end] - sums[base + runs.there]
    words = runs.length.astype(np.int64)
    anchor = np.arange(len(pair))
    reached = end.copy()
    for lag in range(1, len(pair)):
        anchor = anchor[anchor + lag < len(pair)]
        run = anchor + lag
        near = (pair[run] == pair[anchor]) & (runs.there[run] - runs.there[anchor] <= WITHIN)
        anchor, run = anchor[near], run[near]
        if not len(anchor):
            break
        beside = np.abs(runs.here[run] - runs.here[anchor]) <= WITHIN_LEFT
        beside &= end[run] > reached[anchor]
        held, more = anchor[beside], run[beside]
        from_ = np.maximum(runs.there[more], reached[held])
        total[held] += sums[base[more] + end[more]] - sums[base[more] + from_]
        words[held] += end[more] - from_
        reached[held] = end[more]
    best = np.zeros(len(second), np.int64)
    np.maximum.at(best, pair, np.where(words >= WORDS, total, 0))
    return best.astype(np.int32)


def run_together(runs: RunTable) -> NDArray[np.bool_]:
    """Which pairs share runs as long as uniqueness of wording asks for, ``[pairs]``.

    One long run, or several that are no set phrases; somewhat shorter than it asks, for it joins
    words of one stem.
    """
    pairs = len(runs.indptr) - 1
    pair = np.repeat(np.arange(pairs), np.diff(runs.indptr))
    longest = np.zeros(pairs, np.int32)
    np.maximum.at(longest, pair, runs.length)
    held = np.bincount(pair, runs.length * (runs.length >= PHRASE), pairs)
    together: NDArray[np.bool_] = (longest >= LONG_RUN) | (held >= LONG_RUNS)
    return together


def covered(runs: RunTable) -> NDArray[np.int64]:
    """How many words of the right article of each pair stand in common runs, ``[pairs]``."""
    pairs = len(runs.indptr) - 1
    pair = np.repeat(np.arange(pairs), np.diff(runs.indptr))
    apart = pair * (int((runs.there + runs.length).max(initial=0)) + 1)
    start, end = apart + runs.there, apart + runs.there + runs.length
    reached = np.maximum.accumulate(np.concatenate((np.zeros(1, np.int64), end)))[:-1]
    fresh = np.maximum(end - np.maximum(start, reached), 0)
    return np.bincount(pair, fresh, pairs).astype(np.int64)


def retellable(body: BodyTable, article: Places, other: Places) -> NDArray[np.bool_]:
    """Whether each article has nearly no name that the other lacks, and the sizes allow it.

    Args:
        body: the words of all articles.
        article: the one that may be re-told.
        other: the one it may be re-told from.

    """
    words = np.diff(body.indptr)
    out: NDArray[np.bool_] = (words[article] >= LEAST_WORDS) & (
        words[other] <= LONGER * words[article]
    )
    asked = np.flatnonzero(out)
    if not len(asked):
        return out
    asked = asked[np.argsort(other[asked], kind="stable")]
    article, other = article[asked], other[asked]
    named = np.flatnonzero(((body.flags & CAPITAL) > 0) & (body.weight > 0))
    name, names = body.word[named], np.searchsorted(named, body.indptr)
    distinct = first_of(name, names)
    names = np.concatenate((np.zeros(1, np.int64), np.cumsum(distinct, dtype=np.int64)))[names]
    content = np.zeros(len(body.word) + 1, np.int64)
    np.cumsum(first_of(body.word, body.indptr) & (body.weight > 0), out=content[1:])
    few = NAMES * np.diff(content[body.indptr])
    out[asked] = _lacking(body, (name[distinct], names), article, other) <= few[article]
    return out


def first_of(word: NDArray[np.uint64], indptr: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which words stand for the first time in their article, ``[words]``."""
    if pays(len(word)):
        from dedup.verify import kernels

        return kernels.first_of(word, indptr)
    out = np.zeros(len(word), bool)
    owner = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    order = np.lexsort((word, owner))
    fresh = np.ones(len(word), bool)
    fresh[1:] = np.diff(owner[order]) > 0
    fresh[1:] |= word[order[1:]] != word[order[:-1]]
    out[order[fresh]] = True
    return out


def _lacking(
    body: BodyTable,
    names: tuple[NDArray[np.uint64], NDArray[np.int64]],
    article: Places,
    other: Places,
) -> NDArray[np.int64]:
    """How many names of each article stand nowhere in the other; ``other`` ascends."""
    if pays(len(body.word)):
        from dedup.verify import kernels

        return kernels.lacking(names, (body.word, body.indptr), article, other)
    name, bounds = names
    out = np.zeros(len(article), np.int64)
    known, words = -1, body.word[:0]
    for pair, (here, there) in enumerate(zip(article.tolist(), other.tolist(), strict=True)):
        if there != known:
            known = there
            words = np.unique(body.word[body.indptr[there] : body.indptr[there + 1]])
        sought = name[bounds[here] : bounds[here + 1]]
        place = np.minimum(np.searchsorted(words, sought), len(words) - 1)
        out[pair] = (words[place] != sought).sum() if len(words) else len(sought)
    return out
