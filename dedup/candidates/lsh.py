"""Locality-sensitive hashing: items that agree in a whole band (docs/engine.md, "Bands").

A band is r rows of the signature; two items of resemblance s share one of b bands with probability
1 - (1 - s**r)**b (Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, section 3.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates.buckets import Links, gather, link, union
from dedup.candidates.minhash import EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dedup.tables import SignatureTable

_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)


class Banding(NamedTuple):
    """How a signature is cut: so many bands of so many rows."""

    bands: int
    rows: int


#: Articles: the knee lies at a resemblance of 0.42.
DOCUMENT_BANDING = Banding(bands=32, rows=4)

#: Paragraphs: what datasketch's ``MinHashLSH(threshold=0.3, num_perm=128)`` works out for itself;
#: a constant here, for working it out takes a second, and held to datasketch by a test.
PARAGRAPH_BANDING = Banding(bands=37, rows=3)


def band_keys(signatures: SignatureTable, banding: Banding, band: int) -> NDArray[np.uint64]:
    """Return the key of one band of each item: equal where all rows of the band are."""
    first = band * banding.rows
    keys = np.zeros(len(signatures.value), np.uint64)
    for row in range(first, first + banding.rows):
        keys ^= signatures.value[:, row]
        keys *= _MULTIPLIER
        keys ^= keys >> np.uint64(32)
    return keys


def resembling(signatures: SignatureTable, banding: Banding, cap: int) -> Links:
    """Return the pairs of items that share a band, one band at a time to bound the memory.

    A bucket of over ``cap`` items is linked as a star to its first. ``dropped`` adds up the bands,
    so a pair that two bands left out counts twice. Items without shingles pair with none.
    """
    filled = np.flatnonzero((signatures.value != EMPTY).any(axis=1)).astype(np.int32)
    dropped = 0

    def by_band() -> Iterator[NDArray[np.uint64]]:
        nonlocal dropped
        for band in range(banding.bands):
            keys = band_keys(signatures, banding, band)[filled]
            links = link(gather(keys, filled), cap)
            dropped += links.dropped
            yield links.pairs

    pairs = union(by_band())
    return Links(pairs, dropped)
