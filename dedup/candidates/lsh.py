"""Locality-sensitive hashing: items that agree in a whole band (docs/engine.md, "Bands").

A band is r rows of the signature; two items of resemblance s share one of b bands with probability
1 - (1 - s**r)**b (Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, section 3.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates.buckets import Links, collect, item_bits, link, union
from dedup.candidates.minhash import sign
from dedup.compiling import pays

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from dedup.candidates.items import Items
    from dedup.tables import SignatureTable

    Hashes = NDArray[np.uint64]

_MULTIPLIER, _HIGH = np.uint64(0xD6E8FEB86659FD93), np.uint64(32)


class Banding(NamedTuple):
    """How a signature is cut: so many bands of so many rows."""

    bands: int
    rows: int


#: The knee lies at a resemblance of 0.42.
BANDING = Banding(bands=32, rows=4)


def resembling(keys: Iterable[Hashes], cap: int) -> Links:
    """Return the pairs of items that share a band.

    A bucket of over ``cap`` items is linked as a star to its first. ``dropped`` adds up the bands,
    so a pair that two bands left out counts twice.

    Args:
        keys: of each band, the key of every item.
        cap: items in a bucket that makes all its pairs.

    """
    dropped = 0

    def by_band() -> Iterator[Hashes]:
        nonlocal dropped
        for key in keys:
            low = item_bits(len(key))
            packed = key & ~low
            packed |= np.arange(len(key), dtype=np.uint64)
            links = link(collect(packed, low), cap)
            dropped += links.dropped
            yield links.pairs

    pairs = union(by_band())
    return Links(pairs, dropped)


def band_keys(items: Items, chosen: NDArray[np.int64], banding: Banding) -> Hashes:
    """Return the keys of some items in each band, ``[bands, items]``.

    Signatures are made of a block of items at a time and not kept: their keys are all that counts.

    Args:
        items: the items and their shingles.
        chosen: the numbers of those that are wanted, ascending; each has a shingle.
        banding: how their signatures are cut.

    """
    keys = np.empty((banding.bands, len(chosen)), np.uint64)
    for begin, shingles in items.blocks():
        own = slice(*np.searchsorted(chosen, (begin, begin + len(shingles.indptr) - 1)))
        signatures = sign(shingles, banding.bands * banding.rows, chosen[own] - begin)
        fill_keys(signatures, banding.rows, keys, own.start)
    return keys


def fill_keys(signatures: SignatureTable, rows: int, keys: Hashes, first: int) -> None:
    """Work out the keys of some items: equal where all ``rows`` values of the band are.

    Args:
        signatures: of the items.
        rows: values in a band.
        keys: the result, ``[bands, items]``.
        first: the number of the first item in it.

    """
    value = signatures.value
    if pays(value.size):
        from dedup.candidates import kernels

        kernels.band_keys(value, rows, keys, first)
        return
    column = np.ascontiguousarray(value.T)
    key = np.zeros((len(keys), len(value)), np.uint64)
    for row in range(rows):
        key ^= column[row::rows]
        key *= _MULTIPLIER
        key ^= key >> _HIGH
    keys[:, first : first + len(value)] = key
