"""Which candidate pairs may share anything that counts as reuse: worth a close look, or not.

A passage shows in common runs that stand close together on both sides and hold words that tell; a
re-telling in an article whose names and quotations the other has nearly all. Both are seen from
bare hashes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import pays
from dedup.spilling import sums
from dedup.tables import CAPITAL, QUOTED, totals
from dedup.verify.rewrite import LEAST_WORDS, LONGER
from dedup.verify.uniqueness import ESTABLISHED, ESTABLISHED_SHARE, STRING

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
#: The share that words make of what is asked of stems.
NEARLY = 0.75
#: With a greater share of names and quoted words of its own than this an article is no re-telling:
#: more than that room allows, for words are not yet stems here.
OWN_DETAIL = 0.1


def stretches(runs: RunTable, telling: NDArray[np.int32], second: NDArray[np.int64]) -> Places:
    """Weigh the best stretch of each pair: common runs that lie close together on both sides.

    Args:
        runs: the common runs of the pairs.
        telling: what each word of all articles tells, in steps.
        second: where the right article of each pair begins in these words.

    Returns:
        What the heaviest stretch of enough words in common tells, in steps, ``[pairs]``.

    """
    told = sums(telling)
    pair = np.repeat(np.arange(len(second)), np.diff(runs.indptr))
    base = second[pair]
    end = runs.there + runs.length
    total = told[base + end] - told[base + runs.there]
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
        total[held] += told[base[more] + end[more]] - told[base[more] + from_]
        words[held] += end[more] - from_
        reached[held] = end[more]
    best = np.zeros(len(second), np.int64)
    np.maximum.at(best, pair, np.where(words >= WORDS, total, 0))
    return best.astype(np.int32)


def run_together(
    runs: RunTable, shorter: NDArray[np.int64], strict: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which pairs share runs as long as uniqueness of wording asks for, ``[pairs]``.

    One long run, or several that are no set phrases; somewhat shorter than it asks, for it joins
    words of one stem.

    Args:
        runs: the common runs of the pairs.
        shorter: how many words the shorter article of each pair has.
        strict: which pairs must share what two reporters do not find by themselves.

    """
    pairs = len(runs.indptr) - 1
    pair = np.repeat(np.arange(pairs), np.diff(runs.indptr))
    longest = np.zeros(pairs, np.int32)
    np.maximum.at(longest, pair, runs.length)
    held = np.bincount(pair, runs.length * (runs.length >= PHRASE), pairs)
    established = np.clip(ESTABLISHED_SHARE * shorter, STRING, ESTABLISHED)
    one = np.where(strict, NEARLY * STRING, LONG_RUN)
    several = np.where(strict, NEARLY * established, LONG_RUNS)
    together: NDArray[np.bool_] = (longest >= one) | (held >= several)
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
    """Whether each article has nearly no detail that the other lacks, and the sizes allow it.

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
    content = body.weight > 0
    named = np.flatnonzero(content & ((body.flags & CAPITAL) > 0))
    named = named[first_of(body.word[named], np.searchsorted(named, body.indptr))]
    quoted = np.flatnonzero(content & ((body.flags & QUOTED) > 0))
    detail = np.zeros(len(asked))
    for held, among in ((named, first_of(body.word, body.indptr) & content), (quoted, content)):
        still = np.flatnonzero(detail <= OWN_DETAIL)
        here, there = article[asked[still]], other[asked[still]]
        sought = body.word[held], np.searchsorted(held, body.indptr)
        whole = totals(among, body.indptr)
        detail[still] += _lacking(body, sought, here, there) / np.maximum(whole[here], 1)
    out[asked] = detail <= OWN_DETAIL
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
