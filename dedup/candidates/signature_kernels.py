"""The compiled back end of signatures: plain loops, equal to the NumPy back end bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Values = NDArray[np.uint32]
    Spans = tuple[NDArray[np.int64], NDArray[np.int64]]  # where some items begin, and their sizes

#: Shingles that are permuted together: one reading of the permutations serves them all.
_TOGETHER = 8

#: Items whose keys are written together: runs of them, for memory is written in runs.
_TILE = 128

#: Numbers of 64 bits that processors work on at a time.
_LANES = 8

#: What nothing is greater than.
_GREATEST = np.uint32(0xFFFF_FFFF)


@kernel
def finalize(value: np.uint32) -> np.uint32:
    """MurmurHash3's 32-bit finalizer."""
    mixed = value ^ (value >> np.uint32(16))
    mixed = np.uint32(mixed * np.uint32(0x85EBCA6B))
    mixed ^= mixed >> np.uint32(13)
    mixed = np.uint32(mixed * np.uint32(0xC2B2AE35))
    return np.uint32(mixed ^ (mixed >> np.uint32(16)))


@kernel
def finalized(hashes: Hashes) -> Values:
    """The low 32 bits of hashes, mixed."""
    mixed = np.empty(len(hashes), np.uint32)
    for place in range(len(hashes)):
        mixed[place] = finalize(np.uint32(hashes[place]))
    return mixed


@kernel
def enough(own: Values, few: Values) -> Values:
    """Some values, and if they are few, the first of them so often that they are not."""
    if not 0 < len(own) < _TOGETHER:
        return own
    for place in range(_TOGETHER):
        few[place] = own[place % len(own)]
    return few


@kernel
def lower(own: Values, permutations: tuple[Values, Values], row: Values) -> None:
    """Lower a row to the least of some values under every permutation.

    The loop over the permutations is the inner one: it does the same to every number of a row. The
    last values may come twice, until so many are there as are permuted together.
    """
    factor, offset = permutations
    for first in range(0, len(own), _TOGETHER):
        begin = min(first, len(own) - _TOGETHER)
        some = own[begin : begin + _TOGETHER]
        for k in range(len(factor)):
            least = row[k]
            for i in range(_TOGETHER):
                least = min(least, np.uint32(np.uint32(factor[k] * some[i]) + offset[k]))
            row[k] = least


@kernel
def minima(
    shingle: Hashes,
    items: Spans,
    permutations: tuple[Values, Values],
    value: Values,
) -> None:
    """Lower each row of ``value`` to the least of its item's shingles under every permutation."""
    begin, sizes = items
    mixed, few = finalized(shingle), np.empty(_TOGETHER, np.uint32)
    for item in range(len(begin)):
        own = mixed[begin[item] : begin[item] + sizes[item]]
        lower(enough(own, few), permutations, value[item])


@kernel
def band_keys(
    shingle: Hashes,
    items: Spans,
    permutations: tuple[Values, Values],
    factor: Hashes,
    keys: Hashes,
    start: int,
) -> None:
    """Fill in the keys of the bands of some items; see `dedup.candidates.lsh.fill_keys`.

    The first permutation of each band comes first, then the second of each, and so on: what is done
    to one band is done to its neighbours too, and to what is beyond the last until processors,
    which work on several at a time, have enough.
    """
    begin, sizes = items
    bands = len(keys)
    wide = -(-bands // _LANES) * _LANES
    mixed, few = finalized(shingle), np.empty(_TOGETHER, np.uint32)
    values = np.zeros(len(permutations[0]) + wide, np.uint32)
    row, tile = values[: len(permutations[0])], np.empty((_TILE, wide), np.uint64)
    for first in range(0, len(begin), _TILE):
        some = min(_TILE, len(begin) - first)
        for item in range(first, first + some):
            row[:] = _GREATEST
            own = mixed[begin[item] : begin[item] + sizes[item]]
            lower(enough(own, few), permutations, row)
            key = tile[item - first]
            for band in range(wide):
                key[band] = factor[0] * np.uint64(values[band])
            for nth in range(1, len(factor)):
                value = values[nth * bands : nth * bands + wide]
                for band in range(wide):
                    key[band] += factor[nth] * np.uint64(value[band])
        for band in range(bands):
            own_keys = keys[band, start + first : start + first + some]
            for item in range(some):
                own_keys[item] = tile[item, band]
