"""Buckets: items that share a key, and the pairs they make (docs/engine.md, "Buckets and caps").

Every channel ends here. A bucket up to its cap makes all its pairs; a larger one would make a
quadratic number, so it is linked as a star, and what the cap left out is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

#: Slots of the table that sets lonely keys aside before anything is sorted: at most 2**24.
_LEAST_SLOT_BITS, _MOST_SLOT_BITS = 8, 24


class Buckets(NamedTuple):
    """The items of bucket b are ``member[indptr[b]:indptr[b + 1]]``, ascending, distinct, several.

    ``place`` is where the member's key stood in what was gathered.
    """

    indptr: NDArray[np.int64]
    member: NDArray[np.int32]
    place: NDArray[np.int64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Members of each bucket."""
        return np.diff(self.indptr)


class Links(NamedTuple):
    """Pairs as `pack` makes them, and how many more a cap left out."""

    pairs: NDArray[np.uint64]
    dropped: int


def gather(keys: NDArray[np.uint64], items: NDArray[np.int32]) -> Buckets:
    """Return the buckets of two items or more.

    Args:
        keys: one key an entry.
        items: the item that has the key, in ascending order.

    """
    kept = _crowded(keys)
    place = kept[np.argsort(keys[kept], kind="stable")]
    key, member = keys[place], items[place]
    other_key = _changes(key)
    distinct = other_key | _changes(member)
    place, member = place[distinct], member[distinct]
    begin = np.append(np.flatnonzero(other_key[distinct]), len(member))
    shared = np.repeat(np.diff(begin) > 1, np.diff(begin))
    sizes = np.diff(begin)
    return Buckets(pointers(sizes[sizes > 1]), member[shared], place[shared])


def keep(buckets: Buckets, kept: NDArray[np.bool_]) -> Buckets:
    """Return some of the buckets."""
    rows = np.repeat(kept, buckets.sizes)
    return Buckets(pointers(buckets.sizes[kept]), buckets.member[rows], buckets.place[rows])


def link(buckets: Buckets, cap: int) -> Links:
    """Pair all members of each bucket up to ``cap``; beyond, each with the bucket's first."""
    sizes = buckets.sizes
    first_only = np.repeat(sizes > cap, sizes)
    rank = np.arange(len(buckets.member)) - np.repeat(buckets.indptr[:-1], sizes)
    partners = np.repeat(sizes, sizes) - 1 - rank
    partners[first_only & (rank > 0)] = 0
    left = np.repeat(np.arange(len(buckets.member)), partners)
    right = left + 1 + ranges(partners)
    big = sizes[sizes > cap]
    dropped = int((big * (big - 1) // 2 - (big - 1)).sum())
    return Links(pack(buckets.member[left], buckets.member[right]), dropped)


def pack(left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Return pairs as one integer each, the lesser item in the upper half."""
    lesser, greater = np.minimum(left, right), np.maximum(left, right)
    return (lesser.astype(np.uint64) << np.uint64(32)) | greater.astype(np.uint64)


def unpack(pairs: NDArray[np.uint64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the lesser and the greater item of each pair."""
    greater = (pairs & np.uint64(0xFFFF_FFFF)).astype(np.int32)
    return (pairs >> np.uint64(32)).astype(np.int32), greater


def slices(buckets: Buckets, entries: int) -> Iterator[Buckets]:
    """Yield runs of buckets that make about so many pairs, to bound the memory of `link`."""
    sizes = buckets.sizes
    run = np.cumsum(sizes * (sizes - 1) // 2) // entries
    for number in np.unique(run).tolist():
        first, last = np.searchsorted(run, [number, number + 1])
        rows = slice(buckets.indptr[first], buckets.indptr[last])
        indptr = buckets.indptr[first : last + 1] - buckets.indptr[first]
        yield Buckets(indptr, buckets.member[rows], buckets.place[rows])


def union(parts: Iterable[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """Return the distinct pairs of all parts, sorted, holding little more than the result."""
    pairs = np.empty(0, np.uint64)
    waiting: list[NDArray[np.uint64]] = []
    for part in parts:
        waiting.append(np.unique(part))
        if sum(map(len, waiting)) > len(pairs):
            pairs, waiting = np.unique(np.concatenate([pairs, *waiting])), []
    return np.unique(np.concatenate([pairs, *waiting]))


def pointers(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each of so many runs of these sizes begins, and where the last ends."""
    indptr = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=indptr[1:])
    return indptr


def ranges(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 0 … size - 1 for each size, end to end."""
    indptr = pointers(sizes)
    return np.arange(indptr[-1]) - np.repeat(indptr[:-1], sizes)


def _crowded(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return where the keys stand that may occur twice: the others need no sorting.

    Each key falls into a slot by its leading bits; a slot remembers its last comer, and is crowded
    if anyone finds another there.
    """
    wanted = (4 * len(keys)).bit_length()
    bits = min(max(wanted, _LEAST_SLOT_BITS), _MOST_SLOT_BITS)
    slot = (keys >> np.uint64(64 - bits)).astype(np.int32)
    last_comer = np.empty(1 << bits, np.int32)
    comers = np.arange(len(keys), dtype=np.int32)
    last_comer[slot] = comers
    crowded = np.zeros(1 << bits, bool)
    crowded[slot[last_comer[slot] != comers]] = True
    return np.flatnonzero(crowded[slot])


def _changes(values: NDArray[np.uint64] | NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which values differ from the one before; the first does."""
    changes = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes
