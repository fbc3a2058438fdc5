"""Postings of sampled shingles: articles with a run in common (docs/engine.md, "Postings").

This finds the copied sentence in two long articles, to which document signatures are blind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates.buckets import collect, item_bits, keep, link, slices, spans
from dedup.compiling import pays

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.candidates.buckets import Buckets
    from dedup.candidates.items import Items
    from dedup.tables import ShingleTable

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
    parts = [(np.empty(0, np.uint64), np.empty(0, np.int64))]
    stopped = 0
    for share in range(shares):
        buckets = _posted(items, share, shares)
        rare = buckets.sizes <= STOP_SHINGLE
        stopped += int((~rare).sum())
        runs = slices(keep(buckets, rare), _ENTRIES)
        parts += [np.unique(link(run, CAP).pairs, return_counts=True) for run in runs]
    pairs, place = np.unique(np.concatenate([pair for pair, _ in parts]), return_inverse=True)
    shared = np.bincount(place, np.concatenate([count for _, count in parts]))
    return Sharing(pairs[shared >= LEAST_SHARED], stopped)


def _posted(items: Items, share: int, shares: int) -> Buckets:
    """Return the articles that post each of a share of the shingles.

    An entry is the leading bits of the hash above the article's number; bits in the middle tell
    which share it belongs to.
    """
    low = item_bits(len(items.indptr) - 1)
    packed = np.empty(5 * len(items.words) // (4 * RATE * shares), np.uint64)
    found = 0
    for first, shingles in items.blocks():
        if found + len(shingles.hash) >= len(packed):
            packed.resize(2 * (found + len(shingles.hash)), refcheck=False)
        wanted = low, np.uint64(first), np.uint64(shares - 1), np.uint64(share)
        found += _post(shingles, wanted, packed[found:])
    return collect(packed[:found], low)


def _post(
    shingles: ShingleTable,
    wanted: tuple[np.uint64, np.uint64, np.uint64, np.uint64],
    packed: NDArray[np.uint64],
) -> int:
    """Write down the entries of some articles, and return how many there are.

    Args:
        shingles: of the articles.
        wanted: the low bits of an entry, the first article, the bits of a share, the share.
        packed: the result, with room for an entry more than there are shingles.

    """
    if pays(len(shingles.hash)):
        from dedup.candidates import kernels

        return kernels.post(shingles.hash, shingles.indptr, (FEW, _BOUND), wanted, packed)
    low, first, bits, share = wanted
    chosen = posted(shingles)
    if bits:
        chosen &= (shingles.hash >> _MIDDLE) & bits == share
    place = np.flatnonzero(chosen)
    own = packed[: len(place)]
    np.bitwise_and(shingles.hash[place], ~low, out=own)
    held = np.diff(np.searchsorted(place, shingles.indptr))
    own |= np.repeat(np.arange(len(held), dtype=np.uint64) + first, held)
    return len(place)


def is_posted(hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return which shingles are posted of any article, however many it has."""
    chosen: NDArray[np.bool_] = hashes <= _BOUND
    return chosen


def posted(shingles: ShingleTable) -> NDArray[np.bool_]:
    """Return which shingles are posted."""
    chosen = is_posted(shingles.hash)
    counts = np.diff(shingles.indptr)
    few = counts < FEW
    chosen[spans(shingles.indptr[:-1][few], counts[few])] = True
    return chosen
