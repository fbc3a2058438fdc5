"""Word hashes → hashes of word n-grams, item by item (docs/engine.md, "Shingles")."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.tables import ShingleTable
from dedup.text.tokens import BASE, mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MODULUS = 1 << 64


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
    first, last = int(indptr[0]), int(indptr[-1])
    words, begin = words[first:last], indptr[:-1] - first
    lengths = np.diff(indptr)
    hashes = np.empty(len(words), np.uint64)
    full = max(len(words) - n + 1, 0)
    hashes[:full] = _polynomial([words[place : place + full] for place in range(n)])
    kept = _uncrossed(begin, len(words), n)
    for length in range(1, n):
        short = begin[lengths == length]
        hashes[short] = _polynomial([words[short + place] for place in range(length)])
        kept[short] = True
    counts = np.where(lengths >= n, lengths - n + 1, lengths > 0)
    return ShingleTable(indptr=_pointers(counts), hash=mix(hashes[kept]))


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


def _polynomial(columns: list[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """Horner's rule over the words of a shingle, the first word first."""
    total = columns[0].copy()
    for column in columns[1:]:
        total *= np.uint64(BASE)
        total += column
    return total


def _uncrossed(begin: NDArray[np.int64], size: int, n: int) -> NDArray[np.bool_]:
    """Return which windows of n words lie within one item, by the word they begin at."""
    kept = np.ones(size, bool)
    kept[max(size - n + 1, 0) :] = False
    for back in range(1, n):
        crossing = begin[begin >= back] - back
        kept[crossing] = False
    return kept


def _pointers(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    indptr = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=indptr[1:])
    return indptr
