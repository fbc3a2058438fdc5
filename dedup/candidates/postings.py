"""Postings of sampled shingles: articles with a run in common (docs/engine.md, "Postings").

This finds the copied sentence in two long articles, to which document signatures are blind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates.buckets import (
    changes,
    collect,
    item_bits,
    keep,
    link,
    slices,
    spans,
    union,
)
from dedup.compiling import pays

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.candidates.buckets import Buckets
    from dedup.candidates.items import Block, Items
    from dedup.tables import Words

#: One shingle in so many is posted; of an article with few shingles all are.
RATE, FEW = 4, 64

#: A shingle in up to CAP articles pairs them all, in up to STOP_SHINGLE each with the first of
#: them; beyond, it is a stock phrase and counts nothing.
CAP, STOP_SHINGLE = 20, 200

#: A pair shares at least so many posted shingles.
LEAST_SHARED = 2

#: Words of which postings are held at a time, or as many more; the bits that part them begin here.
_WORDS, _MIDDLE = 1 << 27, np.uint64(40)

#: The greatest hash that is posted of any article.
_BOUND = np.uint64((1 << 64) // RATE - 1)

#: Pairs counted at a time.
_ENTRIES = 1 << 22


class Sharing(NamedTuple):
    """Pairs as `pack` makes them, and how many shingles were too common to count."""

    pairs: NDArray[np.uint64]
    stopped: int


def sharing(items: Items) -> Sharing:
    """Return the pairs of articles that share enough posted shingles.

    A share of the shingles at a time, so that no more of them are held than there is room for.
    """
    shares = 1 << (len(items.words) // _WORDS).bit_length()
    parts: list[tuple[NDArray[np.uint64], NDArray[np.int64]]] = []
    stopped = 0
    for share in range(shares):
        buckets = _posted(items, share, shares)
        rare = buckets.sizes <= STOP_SHINGLE
        stopped += int((~rare).sum())
        runs = slices(keep(buckets, rare), _ENTRIES)
        parts += [_counted(link(run, CAP).pairs) for run in runs]
    pairs = union(pair for pair, _ in parts)
    shared = np.zeros(len(pairs), np.int64)
    for pair, count in parts:
        shared[np.searchsorted(pairs, pair)] += count
    return Sharing(pairs[shared >= LEAST_SHARED], stopped)


def _counted(pairs: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the distinct pairs, and how often each is there; they are sorted in place."""
    pairs.sort()
    begin = np.flatnonzero(changes(pairs))
    return pairs[begin], np.diff(begin, append=len(pairs))


def _posted(items: Items, share: int, shares: int) -> Buckets:
    """Return the articles that post each of a share of the shingles.

    An entry is the leading bits of the hash above the article's number; bits in the middle tell
    which share it belongs to.
    """
    low = item_bits(len(items.indptr) - 1)
    bits, own = np.uint64(shares - 1), np.uint64(share)
    packed = np.empty(5 * len(items.words) // (4 * RATE * shares), np.uint64)
    found = 0
    for block in items.blocks():
        if found + len(block.hash) >= len(packed):
            packed.resize(2 * (found + len(block.hash)), refcheck=False)
        entries = packed[found:]
        entries = entries[: _post(block, low, entries)]
        if bits:
            kept = entries[(entries >> _MIDDLE) & bits == own]
            entries = entries[: len(kept)]
            entries[:] = kept
        found += len(entries)
    return collect(packed[:found], low)


def _post(block: Block, low: np.uint64, packed: Words) -> int:
    """Write down the entries of some articles, and return how many there are.

    Args:
        block: the shingles of the articles.
        low: the low bits of an entry.
        packed: the result, with room for an entry more than there are shingles.

    """
    first = np.uint64(block.first)
    if pays(len(block.hash)):
        from dedup.candidates import kernels

        items = block.indptr, block.sizes, first
        return kernels.post(block.hash, items, (FEW, _BOUND), low, packed)
    place = posted(block)
    own = packed[: len(place)]
    np.bitwise_and(block.hash[place], ~low, out=own)
    held = np.diff(np.searchsorted(place, block.indptr))
    own |= np.repeat(np.arange(len(held), dtype=np.uint64) + first, held)
    return len(place)


def is_posted(hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return which shingles are posted of any article, however many it has."""
    chosen: NDArray[np.bool_] = hashes <= _BOUND
    return chosen


def posted(block: Block) -> NDArray[np.int64]:
    """Return the places of the shingles that are posted."""
    chosen = is_posted(block.hash)
    begin, end = block.indptr[:-1], block.indptr[1:]
    few = block.sizes < FEW
    chosen[spans(begin[few], block.sizes[few])] = True
    last = begin + block.sizes
    chosen[spans(last, end - last)] = False
    return np.flatnonzero(chosen)
