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

    from dedup.tables import Pointers, Words

_MODULUS = 1 << 64

#: Words that are hashed at a time: their columns stay in the second-level cache. Words of the items
#: whose shingles are told from what runs on into the next.
_RUN, _ITEMS = 1 << 14, 1 << 15


def shingle(words: Words, indptr: Pointers, n: int) -> ShingleTable:
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
    lengths = np.diff(indptr)
    before = np.zeros(len(indptr), np.int64)
    np.cumsum(np.maximum(lengths - (n - 1), np.minimum(lengths, 1)), out=before[1:])
    hashes = np.empty(before[-1], np.uint64)
    cuts = np.searchsorted(indptr, np.arange(indptr[0], indptr[-1], _ITEMS))
    for first, last in pairwise(np.unique(np.append(cuts, len(lengths))).tolist()):
        own = indptr[first : last + 1]
        hashes[before[first] : before[last]] = windows(words, own, n)[_whole(own, n)]
    return ShingleTable(indptr=before, hash=hashes)


def windows(words: Words, indptr: Pointers, n: int) -> Words:
    """Return the n-grams of each item where they begin: a hash for each of its words.

    The hashes at the last n - 1 words of an item, its first word apart, run on into the next one
    and mean nothing. Who can pass over them need not wait until they are sorted out.

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
    own = words[indptr[0] : indptr[-1]]
    hashes = np.empty(len(own), np.uint64)
    if pays(len(own)):
        from dedup.text import kernels

        kernels.windows(own, indptr, n, hashes)
        return hashes
    for first in range(0, len(own) - n + 1, _RUN):
        run = own[first : first + _RUN + n - 1]
        hashes[first : first + len(run) - n + 1] = mix(_polynomials(run, n))
    lengths = np.diff(indptr)
    short = np.flatnonzero((lengths > 0) & (lengths < n))
    begin, lengths = indptr[short] - indptr[0], lengths[short]
    for length in np.unique(lengths).tolist():
        rows = begin[lengths == length]
        whole = own[rows[:, np.newaxis] + np.arange(length)]
        hashes[rows] = mix(_polynomials(whole.T, length)[0])
    return hashes


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


def _polynomials(words: Words, n: int) -> Words:
    """Return the polynomial of every n words in a row, the first word having the highest power.

    That of 2m words is put together from those of m words, and so on down.
    """
    if n == 1:
        return words
    half = n // 2
    part = _polynomials(words, half)
    found = part[:-half] * np.uint64(pow(BASE, half, _MODULUS))
    found += part[half:]
    if n % 2:
        found = found[:-1] * np.uint64(BASE)
        found += words[n - 1 :]
    return found


def _whole(indptr: Pointers, n: int) -> NDArray[np.bool_]:
    """Return at which words of adjacent items a shingle begins."""
    whole = np.ones(indptr[-1] - indptr[0], bool)
    lengths, end = np.diff(indptr), indptr[1:] - indptr[0]
    for back in range(1, n):
        whole[end[lengths > back] - back] = False
    return whole
