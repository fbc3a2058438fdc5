from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from datasketch import MinHashLSH
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.candidates.buckets import unpack
from dedup.candidates.items import Items
from dedup.candidates.lsh import (
    DOCUMENT_BANDING,
    PARAGRAPH_BANDING,
    Banding,
    band_keys,
    resembling,
)
from dedup.candidates.minhash import sign
from dedup.tables import ShingleTable
from tests import oracles

pytestmark = pytest.mark.usefixtures("back_end")

ITEMS = st.lists(st.lists(st.integers(0, 5).map(oracles.mix), min_size=1, max_size=20), max_size=12)
TINY = Banding(bands=3, rows=2)


def itself(words: np.ndarray, indptr: np.ndarray, _size: int) -> np.ndarray:
    """Take words for shingles."""
    return words[indptr[0] : indptr[-1]].copy()


def items_of(items: list[list[int]]) -> Items:
    words = np.array([value for item in items for value in item], np.uint64)
    return Items(itself, words, np.cumsum([0, *map(len, items)]), 1)


def keys_of(items: list[list[int]]) -> np.ndarray:
    return band_keys(items_of(items), np.arange(len(items)), TINY)


def rows_of(items: list[list[int]]) -> list[list[int]]:
    """The first of the signatures' values."""
    made = items_of(items)
    table = ShingleTable(indptr=made.indptr, hash=made.words)
    rows: list[list[int]] = sign(table).value[:, : TINY.bands * TINY.rows].tolist()
    return rows


def pairs(packed: np.ndarray) -> set[tuple[int, int]]:
    left, right = unpack(packed)
    return set(zip(left.tolist(), right.tolist(), strict=True))


def test_paragraphs_are_banded_as_datasketch_bands_them() -> None:
    index = MinHashLSH(threshold=0.3, num_perm=128)
    assert (index.b, index.r) == PARAGRAPH_BANDING


def test_documents_use_the_whole_signature() -> None:
    assert DOCUMENT_BANDING.bands * DOCUMENT_BANDING.rows == 128


@given(ITEMS)
def test_keys_are_those_of_the_page(items: list[list[int]]) -> None:
    """A multilinear hash of the values of each band."""
    factor, keys = 0xD6E8FEB86659FD93, keys_of(items)
    for item, row in enumerate(rows_of(items)):
        for band in range(3):
            one, other = row[2 * band : 2 * band + 2]
            key = (one * factor + other * factor**2) % (1 << 64)
            assert int(keys[band, item]) == key


@given(ITEMS)
def test_keys_are_equal_where_the_band_is(items: list[list[int]]) -> None:
    found, rows = keys_of(items), rows_of(items)
    for band in range(3):
        keys = found[band].tolist()
        cut = [tuple(row[2 * band : 2 * band + 2]) for row in rows]
        assert len(set(zip(keys, cut, strict=True))) == len(set(keys)) == len(set(cut))


@given(ITEMS, st.integers(2, 12))
def test_pairs_are_those_that_share_a_band(items: list[list[int]], cap: int) -> None:
    groups = []
    for keys in keys_of(items).tolist():
        groups += list(oracles.buckets(keys, range(len(items))).values())
    plain, dropped = oracles.linked(groups, cap)
    links = resembling(keys_of(items), cap)
    assert pairs(links.pairs) == set(plain)
    assert links.dropped == dropped


@settings(max_examples=10)
@given(st.integers(0, 1 << 40))
def test_sets_that_agree_for_the_most_part_are_found(seed: int) -> None:
    random = np.random.default_rng(seed)
    items = []
    for _ in range(20):
        base = random.integers(0, 1 << 63, 60).tolist()
        items += [base[:54], base[6:]]
    made = items_of(items)
    alike = {
        pair
        for pair in combinations(range(len(items)), 2)
        if oracles.jaccard(items[pair[0]], items[pair[1]]) >= 0.8
    }
    assert len(alike) == 20
    keys = band_keys(made, np.arange(len(items)), DOCUMENT_BANDING)
    assert alike <= pairs(resembling(keys, 20).pairs)
    some = band_keys(made, np.arange(0, len(items), 3), DOCUMENT_BANDING)
    assert (some == keys[:, ::3]).all()


@pytest.mark.parametrize("size", [30, 300])
def test_a_crowded_bucket_costs_one_pair_an_item(size: int) -> None:
    links = resembling(keys_of([[1, 2, 3]] * size), 20)
    assert pairs(links.pairs) == {(0, item) for item in range(1, size)}
    assert links.dropped == 3 * (size * (size - 1) // 2 - (size - 1))
