from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.candidates.buckets import (
    by_key,
    collect,
    distinct,
    gather,
    item_bits,
    keep,
    link,
    pack,
    slices,
    union,
    unpack,
)
from tests import oracles

if TYPE_CHECKING:
    from dedup.candidates.buckets import Buckets

pytestmark = pytest.mark.usefixtures("back_end")

#: keys that differ in their leading bits, and keys that differ in their last
KEYS = st.one_of(st.integers(0, 12).map(oracles.mix), st.integers(0, 12))
ENTRIES = st.lists(st.tuples(KEYS, st.integers(0, 9)), max_size=60)


def gathered(entries: list[tuple[int, int]]) -> tuple[Buckets, list[int], list[int]]:
    ordered = sorted(entries, key=lambda entry: entry[1])
    keys = [key for key, _ in ordered]
    items = [item for _, item in ordered]
    return gather(np.array(keys, np.uint64), np.array(items, np.int32))[0], keys, items


def members(buckets: Buckets) -> list[list[int]]:
    cuts = zip(buckets.indptr[:-1], buckets.indptr[1:], strict=True)
    return [buckets.member[first:last].tolist() for first, last in cuts]


def counted(pairs: np.ndarray) -> Counter[tuple[int, int]]:
    left, right = unpack(pairs)
    return Counter(zip(left.tolist(), right.tolist(), strict=True))


@given(ENTRIES)
def test_buckets_are_the_plain_ones(entries: list[tuple[int, int]]) -> None:
    ordered = sorted(entries, key=lambda entry: entry[1])
    keys, items = [key for key, _ in ordered], [item for _, item in ordered]
    found, places = gather(np.array(keys, np.uint64), np.array(items, np.int32))
    plain = oracles.buckets(keys, items)
    assert members(found) == [plain[key] for key in sorted(plain)]
    for place, member in zip(places.tolist(), found.member.tolist(), strict=True):
        assert member == items[place]
        assert member in plain[keys[place]]


@given(ENTRIES)
def test_parted_buckets_are_the_plain_ones_of_leading_bits(entries: list[tuple[int, int]]) -> None:
    low = item_bits(10)
    keys, items = [key & ~int(low) for key, _ in entries], [item for _, item in entries]
    packed = np.array([key | item for key, item in zip(keys, items, strict=True)], np.uint64)
    plain = oracles.buckets(keys, items)
    assert members(collect(packed, low)) == [plain[key] for key in sorted(plain)]


@given(st.lists(KEYS))
def test_places_by_key(keys: list[int]) -> None:
    expected = sorted(range(len(keys)), key=lambda place: keys[place])
    assert by_key(np.array(keys, np.uint64)).tolist() == expected


@given(ENTRIES, st.integers(1, 10))
def test_links_and_what_the_cap_left_out(entries: list[tuple[int, int]], cap: int) -> None:
    found, keys, items = gathered(entries)
    pairs, dropped = oracles.linked(oracles.buckets(keys, items).values(), cap)
    links = link(found, cap)
    assert counted(links.pairs) == pairs
    assert links.dropped == dropped


@given(ENTRIES, st.integers(1, 20))
def test_slices_make_the_same_links(entries: list[tuple[int, int]], size: int) -> None:
    found, _, _ = gathered(entries)
    parts: Counter[tuple[int, int]] = Counter()
    for part in slices(found, size):
        parts += counted(link(part, 50).pairs)
    assert parts == counted(link(found, 50).pairs)


@given(ENTRIES)
def test_keeping_some(entries: list[tuple[int, int]]) -> None:
    found, _, _ = gathered(entries)
    pairs_only = keep(found, found.sizes == 2)
    assert members(pairs_only) == [bucket for bucket in members(found) if len(bucket) == 2]


@given(st.lists(st.lists(st.integers(0, 30)), max_size=6))
def test_union(parts: list[list[int]]) -> None:
    whole = union(np.array(part, np.uint64) for part in parts)
    assert whole.tolist() == sorted({value for part in parts for value in part})
    for part in parts:
        assert distinct(np.array(part, np.uint64)).tolist() == sorted(set(part))


def test_pairs_are_packed_the_lesser_first() -> None:
    pairs = pack(np.array([7, 2**31 - 1], np.int32), np.array([3, 0], np.int32))
    left, right = unpack(pairs)
    assert (left.tolist(), right.tolist()) == ([3, 0], [7, 2**31 - 1])
