"""Buckets: items that share a key, and the pairs they make (docs/engine.md, "Buckets and caps").

Every channel ends here. A bucket up to its cap makes all its pairs; a larger one would make a
quadratic number, so it is linked as a star, and what the cap left out is counted.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.compiling import pays

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray


#: Pairs that wait until there are more, before any are put together.
_FEW = 1 << 17

#: Bits by which the cells that show whether a key stands alone are more than the keys.
_ROOM = 2


class Buckets(NamedTuple):
    """Members of bucket b: ``member[indptr[b]:indptr[b + 1]]``, ascending, distinct, several."""

    indptr: NDArray[np.int64]
    member: NDArray[np.int32]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Members of each bucket."""
        return np.diff(self.indptr)


class Links(NamedTuple):
    """Pairs as `pack` makes them, and how many more a cap left out."""

    pairs: NDArray[np.uint64]
    dropped: int


def item_bits(items: int) -> np.uint64:
    """Return the low bits that hold the numbers of so many items."""
    return np.uint64((1 << items.bit_length()) - 1)


def met(keys: NDArray[np.uint64], low: np.uint64) -> NDArray[np.uint64]:
    """Return the entries of items whose key another item may have too, for `collect`.

    Most keys stand alone. Those whose leading bits do show it without being sorted.

    Args:
        keys: of each item, one.
        low: as `item_bits` gives them.

    """
    bits = _ROOM + len(keys).bit_length()
    shift = np.uint64(64 - bits)
    if pays(len(keys)):
        from dedup.candidates import kernels

        packed = np.empty(len(keys), np.uint64)
        seen = np.zeros(1 << bits, np.uint8)
        return packed[: kernels.met(keys, (low, shift), seen, packed)]
    cell = (keys >> shift).view(np.int64)
    item = np.flatnonzero(np.bincount(cell, minlength=1)[cell] > 1)
    packed = keys[item] & ~low
    packed |= item.view(np.uint64)
    return packed


def collect(packed: NDArray[np.uint64], low: np.uint64) -> Buckets:
    """Return the buckets of two items or more, in ascending order of their keys.

    Args:
        packed: the leading bits of each entry's key above the ``low`` bits, which hold its item; it
            is sorted and spent.
        low: as `item_bits` gives them.

    """
    packed.sort()
    if pays(len(packed)):
        from dedup.candidates import kernels

        packed = packed[: kernels.keep_crowded(packed, low)]
        indptr, member = np.empty(len(packed) // 2 + 1, np.int64), np.empty(len(packed), np.int32)
        found, end = kernels.collect(packed, low, member, indptr)
        return Buckets(indptr[: found + 1], member[:end])
    packed = packed[_crowded(packed, low)]
    packed = packed[changes(packed)]
    begin = np.append(np.flatnonzero(changes(packed & ~low)), len(packed))
    buckets = Buckets(begin, (packed & low).astype(np.int32))
    return keep(buckets, buckets.sizes > 1)


def gather(keys: NDArray[np.uint64], items: NDArray[np.int32]) -> tuple[Buckets, NDArray[np.int64]]:
    """Return the buckets of two items or more, in ascending order of their keys.

    With each member comes the place of its entry.

    Args:
        keys: one key an entry.
        items: the item that has the key, in ascending order.

    """
    packed, low = _packed(keys)
    if pays(len(keys)):
        from dedup.candidates import kernels

        packed = packed[: kernels.keep_crowded(packed, low)]
        indptr, member = np.empty(len(packed) // 2 + 1, np.int64), np.empty(len(packed), np.int32)
        found, end = kernels.gather(packed, low, (keys, items), member, indptr)
        return Buckets(indptr[: found + 1], member[:end]), packed[:end].view(np.int64)
    place, key = _settled(packed[_crowded(packed, low)], low, keys)
    member = items[place]
    other_key = changes(key)
    once = other_key | changes(member)
    place, member = place[once], member[once]
    begin = np.append(np.flatnonzero(other_key[once]), len(member))
    sizes = np.diff(begin)
    shared = np.repeat(sizes > 1, sizes)
    return Buckets(pointers(sizes[sizes > 1]), member[shared]), place[shared]


def joined(parts: Iterable[Buckets]) -> Buckets:
    """Put the buckets of several ranges of keys end to end."""
    before = Buckets(np.zeros(1, np.int64), np.empty(0, np.int32))
    indptr, member = zip(before, *parts, strict=True)
    sizes = np.concatenate([np.diff(begin) for begin in indptr])
    return Buckets(pointers(sizes), np.concatenate(member))


def by_key(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the places of the keys in ascending order, equal ones as they stand."""
    place, _ = _settled(*_packed(keys), keys)
    return place


def keep(buckets: Buckets, kept: NDArray[np.bool_]) -> Buckets:
    """Return some of the buckets."""
    rows = np.repeat(kept, buckets.sizes)
    return Buckets(pointers(buckets.sizes[kept]), buckets.member[rows])


def link(buckets: Buckets, cap: int) -> Links:
    """Pair all members of each bucket up to ``cap``; beyond, each with the bucket's first."""
    sizes = buckets.sizes
    all_pairs = sizes * (sizes - 1) // 2
    made = np.where(sizes > cap, sizes - 1, all_pairs)
    dropped = int((all_pairs - made).sum())
    if pays(len(buckets.member)):
        from dedup.candidates import kernels

        pairs = np.empty(made.sum(), np.uint64)
        kernels.link(buckets.indptr, buckets.member, cap, pairs)
        return Links(pairs, dropped)
    first_only = np.repeat(sizes > cap, sizes)
    rank = np.arange(len(buckets.member)) - np.repeat(buckets.indptr[:-1], sizes)
    partners = np.repeat(sizes, sizes) - 1 - rank
    partners[first_only & (rank > 0)] = 0
    left = np.repeat(np.arange(len(buckets.member)), partners)
    right = left + 1 + ranges(partners)
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
    for own in runs(pointers(sizes * (sizes - 1) // 2), entries):
        indptr = buckets.indptr[own.start : own.stop + 1]
        yield Buckets(indptr - indptr[0], buckets.member[indptr[0] : indptr[-1]])


def union(parts: Iterable[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """Return the distinct pairs of all parts, sorted, holding little more than the result."""
    pairs = np.empty(0, np.uint64)
    waiting: list[NDArray[np.uint64]] = []
    for part in parts:
        waiting.append(part)
        if sum(map(len, waiting)) > max(len(pairs), _FEW):
            pairs, waiting = distinct(np.concatenate([pairs, *waiting])), []
    return distinct(np.concatenate([pairs, *waiting]))


def distinct(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return each value once, sorted."""
    ordered = np.sort(values)
    return ordered[changes(ordered)]


def pointers(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each of so many runs of these sizes begins, and where the last ends."""
    indptr = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=indptr[1:])
    return indptr


def ranges(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 0 … size - 1 for each size, end to end."""
    indptr = pointers(sizes)
    return np.arange(indptr[-1]) - np.repeat(indptr[:-1], sizes)


def spans(begin: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return begin … begin + size - 1 for each of these, end to end."""
    return np.repeat(begin, sizes) + ranges(sizes)


def runs(indptr: NDArray[np.int64], size: int) -> Iterator[slice]:
    """Yield the items in runs that hold about so much, at least one of them at a time."""
    cuts = np.searchsorted(indptr, np.arange(indptr[0], indptr[-1], size))
    for first, last in pairwise(sorted({0, *cuts.tolist(), len(indptr) - 1})):
        yield slice(first, last)


def changes(
    values: NDArray[np.uint64] | NDArray[np.int64] | NDArray[np.int32],
) -> NDArray[np.bool_]:
    """Return which values differ from the one before; the first does."""
    changes = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


def _packed(keys: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], np.uint64]:
    """Return the leading bits of each key with its place below them, sorted; and the low bits.

    Sorting numbers is much cheaper than sorting the places of numbers.
    """
    low = np.uint64((1 << len(keys).bit_length()) - 1)
    packed = keys & ~low
    packed |= np.arange(len(keys), dtype=np.uint64)
    packed.sort()
    return packed, low


def _crowded(packed: NDArray[np.uint64], low: np.uint64) -> NDArray[np.bool_]:
    """Return which entries have a neighbour with the same leading bits."""
    beside = np.zeros(len(packed) + 1, bool)
    np.less_equal(packed[1:] ^ packed[:-1], low, out=beside[1:-1])
    return beside[1:] | beside[:-1]


def _settled(
    packed: NDArray[np.uint64], low: np.uint64, keys: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return the places and keys of packed entries, in the order of the whole keys.

    Only where different keys begin alike is there anything left to sort.
    """
    place = (packed & low).astype(np.int64)
    key = keys[place]
    alike = packed[1:] ^ packed[:-1] <= low
    mixed = distinct(packed[1:][alike & (key[1:] != key[:-1])] & ~low)
    first = np.searchsorted(packed, mixed)
    sizes = np.searchsorted(packed, mixed | low, side="right") - first
    rows = spans(first, sizes)
    order = rows[np.argsort(key[rows], kind="stable")]
    place[rows], key[rows] = place[order], key[order]
    return place, key
