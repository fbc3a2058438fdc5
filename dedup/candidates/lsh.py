"""Locality-sensitive hashing: items that agree in a whole band (docs/engine.md, "Bands").

A band is r rows of the signature; two items of resemblance s share one of b bands with probability
1 - (1 - s**r)**b (Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, section 3.4).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dedup.candidates.buckets import Links, collect, item_bits, link, met, union
from dedup.candidates.minhash import minima, permutations
from dedup.compiling import pays
from dedup.spilling import column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from dedup.candidates.items import Block, Items

    Hashes = NDArray[np.uint64]
    Each = Callable[..., Iterable[Any]]

_MULTIPLIER = 0xD6E8FEB86659FD93


class Banding(NamedTuple):
    """How a signature is cut: so many bands of so many rows."""

    bands: int
    rows: int


#: Articles: the knee lies at a resemblance of 0.42.
DOCUMENT_BANDING = Banding(bands=32, rows=4)

#: Paragraphs: what datasketch's ``MinHashLSH(threshold=0.3, num_perm=128)`` works out for itself;
#: a constant here, for working it out takes a second, and held to datasketch by a test.
PARAGRAPH_BANDING = Banding(bands=37, rows=3)

#: Values of a signature, of which bands take as many as they need.
_NUM_PERM = 128

#: Numbers of 32 bits that processors work on at a time.
_LANES = 16


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
            links = link(collect(met(key, low), low), cap)
            dropped += links.dropped
            yield links.pairs

    pairs = union(by_band())
    return Links(pairs, dropped)


def band_keys(
    items: Items, chosen: NDArray[np.int64], banding: Banding, each: Each = map
) -> Hashes:
    """Return the keys of some items in each band, ``[bands, items]``.

    Signatures are made of a block of items at a time and not kept: their keys are all that counts.

    Args:
        items: the items and their shingles.
        chosen: the numbers of those that are wanted, ascending; each has a shingle.
        banding: how their signatures are cut.
        each: does something to each of several things, some at a time, as `map` does.

    """
    keys = column(banding.bands * len(chosen), np.uint64).reshape(banding.bands, -1)

    def fill(run: slice) -> None:
        first, last = np.searchsorted(chosen, (run.start, run.stop)).tolist()
        if first < last:
            fill_keys(items.block(run), chosen[first:last] - run.start, banding, keys, first)

    for _ in each(fill, items.cuts()):
        pass
    return keys


def fill_keys(
    block: Block, chosen: NDArray[np.int64], banding: Banding, keys: Hashes, first: int
) -> None:
    """Work out the keys of some items of a block: equal where all values of the band are.

    Args:
        block: the shingles of some items.
        chosen: those that are wanted, ascending, by their place in the block.
        banding: how their signatures are cut.
        keys: the result, ``[bands, items]``.
        first: the number of the first of them in it.

    """
    bands, rows = banding
    factor = np.array([pow(_MULTIPLIER, row + 1, 1 << 64) for row in range(rows)], np.uint64)
    begin, sizes = block.indptr[chosen], block.sizes[chosen]
    if pays(int(sizes.sum())):
        from dedup.candidates import signature_kernels

        signature_kernels.band_keys(
            block.hash, (begin, sizes), _by_row(banding), factor, keys, first
        )
        return
    multiplier, offset = (numbers[: bands * rows] for numbers in permutations(_NUM_PERM))
    longest_first = np.argsort(-sizes, kind="stable")
    begin, sizes = begin[longest_first], sizes[longest_first]
    value = minima(block.hash, begin, sizes, (multiplier, offset))
    key = value[::rows] * factor[0]
    for row in range(1, rows):
        key += value[row::rows] * factor[row]
    keys[:, first + longest_first] = key


@cache
def _by_row(banding: Banding) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the permutations: the first of each band, then the second of each, and so on.

    The last stands more than once, until there are as many as processors work on at a time: what
    would be left over takes them longer.
    """
    bands, rows = banding
    place = np.arange(bands * rows).reshape(bands, rows).T.ravel()
    place = np.pad(place, (0, -len(place) % _LANES), mode="edge")
    factor, offset = permutations(_NUM_PERM)
    return factor[place], offset[place]
