"""MinHash signatures (Broder 1997), bit for bit datasketch's (docs/engine.md, "Signatures").

The permutations are those of ``datasketch.MinHash(seed=1, scheme="affine32")``, drawn from the same
generator in the same order: a scan need not wait for datasketch to load, and a test holds every
row to real datasketch objects.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dedup.candidates.buckets import pointers, ranges, runs, spans
from dedup.compiling import pays
from dedup.tables import SignatureTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from datasketch import LeanMinHash
    from numpy.typing import NDArray

    from dedup.tables import Pointers, ShingleTable, Words

    Values = NDArray[np.uint32]

#: What must agree for two signatures to compare; an index keeps both.
SCHEME, SEED = "affine32", 1

#: The value of every permutation where an item has no shingle at all.
EMPTY = np.uint32(0xFFFF_FFFF)

#: Shingles from which an item is long; shingles in a piece of a short one.
_LONG, _PIECE = 256, 12

#: Shingles signed at a time, so that one permutation of them stays in the second-level cache.
_BLOCK = 1 << 16


def sign(
    shingles: ShingleTable, num_perm: int = 128, items: NDArray[np.int64] | None = None
) -> SignatureTable:
    """Return the signature of each item: per permutation the least value of its shingles.

    Args:
        shingles: the items' shingles; the low 32 bits of each hash are what datasketch hashes.
        num_perm: permutations, the length of a row.
        items: those to sign, ascending; all where None.

    """
    begin, sizes = shingles.indptr[:-1], np.diff(shingles.indptr)
    if items is not None:
        begin, sizes = begin[items], sizes[items]
    if pays(int(sizes.sum())):
        from dedup.candidates import signature_kernels

        value = np.full((len(begin), num_perm), EMPTY, np.uint32)
        signature_kernels.minima(shingles.hash, (begin, sizes), permutations(num_perm), value)
        return SignatureTable(value=value)
    value = np.empty((len(begin), num_perm), np.uint32)
    order = np.argsort(-sizes, kind="stable")
    value[order] = minima(shingles.hash, begin[order], sizes[order], permutations(num_perm)).T
    return SignatureTable(value=value)


def minima(
    hashes: Words, begin: Pointers, sizes: Pointers, permuted: tuple[Values, Values]
) -> Values:
    """Return the least value of each item's shingles, ``[permutations, items]``, in NumPy.

    Args:
        hashes: of shingles.
        begin: where those of each item begin.
        sizes: how many each has, the greatest number first.
        permuted: factor and offset of each permutation.

    """
    value = np.full((len(permuted[0]), len(begin)), EMPTY, np.uint32)
    for own in runs(pointers(sizes), _BLOCK):
        filled = sizes[own][sizes[own] > 0]
        items = slice(own.start, own.start + len(filled))
        if len(filled):
            least = _of_long if filled.mean() >= _LONG else _of_short
            value[:, items] = least(hashes, begin[items], filled, permuted)
    return value


def _of_long(
    hashes: Words, begin: Pointers, sizes: Pointers, permuted: tuple[Values, Values]
) -> Values:
    """Return the least values of items of many shingles, laid end to end."""
    mixed = _finalize(hashes[spans(begin, sizes)].astype(np.uint32))
    starts = pointers(sizes)[:-1]
    least = np.empty((len(permuted[0]), len(begin)), np.uint32)
    for number, own in enumerate(_permuted(mixed, permuted)):
        np.minimum.reduceat(own, starts, out=least[number])
    return least


def _of_short(
    hashes: Words, begin: Pointers, sizes: Pointers, permuted: tuple[Values, Values]
) -> Values:
    """Return the least values of items of few shingles: NumPy is slow from one item to the next.

    Items are cut into pieces of a few shingles, the last of which comes again until a piece is
    full. First come the first pieces of all, those of the longest item leading, then the second
    pieces of all that have two, and so on (jagged diagonals): what is done to one is done to its
    neighbours.
    """
    pieces = -(-sizes // _PIECE)
    having = np.cumsum(np.bincount(pieces)[:0:-1])[::-1]  # so many pieces or more: items
    item = ranges(having)
    place = begin[item] + np.repeat(np.arange(len(having)) * _PIECE, having)
    last = (begin + sizes - 1)[item]
    mixed = np.empty((_PIECE, len(item)), np.uint32)
    for step in range(_PIECE):
        mixed[step] = hashes[np.minimum(place + step, last)]
    of_pieces = np.empty((len(permuted[0]), len(item)), np.uint32)
    for number, own in enumerate(_permuted(_finalize(mixed), permuted)):
        np.minimum.reduce(own, axis=0, out=of_pieces[number])
    least, done = of_pieces[:, : len(sizes)], len(sizes)
    for items in having[1:].tolist():
        own = least[:, :items]
        np.minimum(own, of_pieces[:, done : done + items], out=own)
        done += items
    return least


def _permuted(mixed: Values, permuted: tuple[Values, Values]) -> Iterator[Values]:
    """Yield values under one permutation after the other, all in the same place."""
    own = np.empty_like(mixed)
    for factor, offset in zip(*permuted, strict=True):
        np.multiply(mixed, factor, out=own)
        own += offset
        yield own


def to_datasketch(row: NDArray[np.uint32]) -> LeanMinHash:
    """Return a signature as a datasketch object, for its indexes and storages."""
    from datasketch import LeanMinHash

    return LeanMinHash(seed=SEED, hashvalues=row, scheme=SCHEME)


def from_datasketch(sketches: Iterable[LeanMinHash]) -> SignatureTable:
    """Return the signatures that datasketch objects hold.

    Raises:
        ValueError: where one was made with another scheme or seed, so that it does not compare.

    """
    rows = []
    for sketch in sketches:
        if (sketch.scheme, sketch.seed) != (SCHEME, SEED):
            message = (
                f"signatures of scheme {sketch.scheme}, seed {sketch.seed} do not compare "
                f"with those of scheme {SCHEME}, seed {SEED}"
            )
            raise ValueError(message)
        rows.append(sketch.hashvalues)
    return SignatureTable(value=np.array(rows, np.uint32))


@cache
def permutations(num_perm: int) -> tuple[Values, Values]:
    """Return the odd factors and the offsets of the permutations h → a h + b mod 2**32.

    The old generator and the order of the draws are datasketch's.
    """
    generator = np.random.RandomState(SEED)
    factor = generator.randint(0, 1 << 31, num_perm, dtype=np.uint32)
    offset = generator.randint(0, 1 << 32, num_perm, dtype=np.uint32)
    return factor * np.uint32(2) + np.uint32(1), offset


def _finalize(values: Values) -> Values:
    """MurmurHash3's 32-bit finalizer, which datasketch applies before its permutations."""
    mixed = values ^ (values >> np.uint32(16))
    mixed *= np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed
