"""Word hashes → hashes of word n-grams, item by item (docs/engine.md, "Shingles")."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import pays
from dedup.tables import ShingleTable
from dedup.text.hashing import BASE, mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MODULUS = 1 << 64

#: Words worked on at a time: their columns stay in the second-level cache.
_RUN = 1 << 15


def shingle(words: NDArray[np.uint64], indptr: NDArray[np.int64], n: int) -> ShingleTable:
    """Return the n-grams of each item, in the order of the text, repeats included.

    The j-th shingle of an item begins at its j-th word. An item of fewer than ``n`` words has one
    shingle of all its words, an empty item none.

    Args:
        words: word hashes, ``[words]``.
        indptr: where each item begins and the last ends, ``[items + 1]``; items are adjacent.
        n: words in a shingle, at least 1.

    Raises:
        ValueError: where ``n`` is less than 1.

    """
    if n < 1:
        message = f"a shingle has at least one word, not {n}"
        raise ValueError(message)
    lengths = np.diff(indptr)
    before = np.zeros(len(indptr), np.int64)
    np.cumsum(np.where(lengths >= n, lengths - n + 1, lengths > 0), out=before[1:])
    hashes = np.empty(before[-1], np.uint64)
    if pays(len(words)):
        from dedup.text import kernels

        kernels.shingle(words, indptr, n, hashes)
    else:
        cuts = np.searchsorted(indptr, np.arange(indptr[0], indptr[-1], _RUN))
        for first, last in pairwise(np.unique(np.append(cuts, len(lengths))).tolist()):
            hashes[before[first] : before[last]] = _shingle(words, indptr[first : last + 1], n)
    return ShingleTable(indptr=before, hash=hashes)


def sample(shingles: ShingleTable, rate: int) -> ShingleTable:
    """Keep the shingles whose hash is under 2**64 / rate: about one in ``rate``, in any text alike.

    Min-mod sampling: whether a shingle is kept depends on its words alone, so two texts that share
    it both keep it or both drop it.
    """
    if rate == 1:
        return shingles
    kept = shingles.hash < np.uint64(_MODULUS // rate)
    before = np.zeros(len(kept) + 1, np.int64)
    np.cumsum(kept, out=before[1:])
    return ShingleTable(indptr=before[shingles.indptr], hash=shingles.hash[kept])


def _shingle(words: NDArray[np.uint64], indptr: NDArray[np.int64], n: int) -> NDArray[np.uint64]:
    """Return the hashes of a run of items."""
    words, begin = words[indptr[0] : indptr[-1]], indptr[:-1] - indptr[0]
    lengths = np.diff(indptr)
    hashes = np.empty(len(words), np.uint64)
    hashes[: max(len(words) - n + 1, 0)] = _windows(words, n)
    kept = _uncrossed(begin, len(words), n)
    for length in range(1, n):
        short = begin[lengths == length]
        if len(short):
            hashes[short] = _windows(words, length)[short]
            kept[short] = True
    return mix(hashes[kept])


def _windows(words: NDArray[np.uint64], n: int) -> NDArray[np.uint64]:
    """Return the polynomial of every n words in a row, the first word having the highest power.

    That of 2m words is put together from those of m words, and so on down.
    """
    if n == 1:
        return words
    half = n // 2
    part = _windows(words, half)
    found = part[:-half] * np.uint64(pow(BASE, half, _MODULUS))
    found += part[half:]
    if n % 2:
        found = found[:-1] * np.uint64(BASE)
        found += words[n - 1 :]
    return found


def _uncrossed(begin: NDArray[np.int64], size: int, n: int) -> NDArray[np.bool_]:
    """Return which windows of n words lie within one item, by the word they begin at."""
    kept = np.ones(size, bool)
    kept[max(size - n + 1, 0) :] = False
    for back in range(1, n):
        crossing = begin[begin >= back] - back
        kept[crossing] = False
    return kept
