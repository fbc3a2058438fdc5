"""Locality-sensitive hashing: items that agree in a whole band (docs/engine.md, "Bands").

A band is r rows of the signature; two items of resemblance s share one of b bands with probability
1 - (1 - s**r)**b (Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, section 3.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates.buckets import Links, gather, link, union
from dedup.candidates.minhash import EMPTY
from dedup.compiling import pays
from dedup.tables import SignatureTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_MULTIPLIER, _HIGH = np.uint64(0xD6E8FEB86659FD93), np.uint64(32)

#: Values of a signature that lie in one line of the processor's cache: read once for all bands in
#: them.
_LINE = 16

#: Items whose keys are worked out at a time, so that they stay in the second-level cache.
_BLOCK = 1 << 14


class Banding(NamedTuple):
    """How a signature is cut: so many bands of so many rows."""

    bands: int
    rows: int


#: Articles: the knee lies at a resemblance of 0.42.
DOCUMENT_BANDING = Banding(bands=32, rows=4)

#: Paragraphs: what datasketch's ``MinHashLSH(threshold=0.3, num_perm=128)`` works out for itself;
#: a constant here, for working it out takes a second, and held to datasketch by a test.
PARAGRAPH_BANDING = Banding(bands=37, rows=3)


def resembling(signatures: SignatureTable, banding: Banding, cap: int) -> Links:
    """Return the pairs of items that share a band, a few bands at a time to bound the memory.

    A bucket of over ``cap`` items is linked as a star to its first. ``dropped`` adds up the bands,
    so a pair that two bands left out counts twice. Items without shingles pair with none.
    """
    value = signatures.value
    empty = np.flatnonzero(value[:, 0] == EMPTY)
    empty = empty[(value[empty] == EMPTY).all(axis=1)]
    filled = np.delete(np.arange(len(value), dtype=np.int32), empty)
    if len(empty):
        signatures = SignatureTable(value=value[filled])
    dropped = 0

    def by_band() -> Iterator[NDArray[np.uint64]]:
        nonlocal dropped
        at_once = max(1, _LINE // banding.rows)
        for first in range(0, banding.bands, at_once):
            bands = range(first, min(first + at_once, banding.bands))
            for keys in band_keys(signatures, banding, bands):
                links = link(gather(keys, filled), cap)
                dropped += links.dropped
                yield links.pairs

    pairs = union(by_band())
    return Links(pairs, dropped)


def band_keys(signatures: SignatureTable, banding: Banding, bands: range) -> NDArray[np.uint64]:
    """Return the keys of some bands, ``[bands, items]``: equal where all rows of the band are."""
    value, rows = signatures.value, banding.rows
    keys = np.zeros((len(bands), len(value)), np.uint64)
    if pays(keys.size):
        from dedup.candidates import kernels

        kernels.band_keys(value, bands.start * rows, rows, keys)
        return keys
    for first in range(0, len(value), _BLOCK):
        items = slice(first, first + _BLOCK)
        column = np.ascontiguousarray(value[items, bands.start * rows : bands.stop * rows].T)
        key = keys[:, items]
        for row in range(rows):
            key ^= column[row::rows]
            key *= _MULTIPLIER
            key ^= key >> _HIGH
    return keys
