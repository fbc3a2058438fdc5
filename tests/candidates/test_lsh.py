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
    fill_keys,
    resembling,
)
from dedup.tables import ShingleTable, SignatureTable
from tests import oracles

pytestmark = pytest.mark.usefixtures("back_end")

ROWS = st.lists(st.lists(st.integers(0, 2), min_size=6, max_size=6), max_size=12)
TINY = Banding(bands=3, rows=2)


def keys_of(rows: list[list[int]]) -> np.ndarray:
    keys = np.zeros((TINY.bands, len(rows)), np.uint64)
    for first in range(0, len(rows), 5):
        value = np.array(rows[first : first + 5], np.uint32)
        fill_keys(SignatureTable(value=value), TINY.rows, keys, first)
    return keys


def itself(words: np.ndarray, indptr: np.ndarray, _size: int) -> ShingleTable:
    """Take words for shingles."""
    return ShingleTable(indptr=indptr - indptr[0], hash=words[indptr[0] : indptr[-1]].copy())


def pairs(packed: np.ndarray) -> set[tuple[int, int]]:
    left, right = unpack(packed)
    return set(zip(left.tolist(), right.tolist(), strict=True))


def test_paragraphs_are_banded_as_datasketch_bands_them() -> None:
    index = MinHashLSH(threshold=0.3, num_perm=128)
    assert (index.b, index.r) == PARAGRAPH_BANDING


def test_documents_use_the_whole_signature() -> None:
    assert DOCUMENT_BANDING.bands * DOCUMENT_BANDING.rows == 128


@given(ROWS)
def test_keys_are_those_of_the_page(rows: list[list[int]]) -> None:
    """A multilinear hash of the values of each band."""
    factor = 0xD6E8FEB86659FD93
    for item, row in enumerate(rows):
        for band in range(3):
            one, other = row[2 * band : 2 * band + 2]
            key = (one * factor + other * factor**2) % (1 << 64)
            assert int(keys_of(rows)[band, item]) == key


@given(ROWS)
def test_keys_are_equal_where_the_band_is(rows: list[list[int]]) -> None:
    for band in range(3):
        keys = keys_of(rows)[band].tolist()
        cut = [tuple(row[2 * band : 2 * band + 2]) for row in rows]
        assert len(set(zip(keys, cut, strict=True))) == len(set(keys)) == len(set(cut))


@given(ROWS, st.integers(2, 12))
def test_pairs_are_those_that_share_a_band(rows: list[list[int]], cap: int) -> None:
    groups = []
    for keys in keys_of(rows).tolist():
        groups += list(oracles.buckets(keys, range(len(rows))).values())
    plain, dropped = oracles.linked(groups, cap)
    links = resembling(keys_of(rows), cap)
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
    hashes = np.array([value for item in items for value in item], np.uint64)
    made = Items(itself, hashes, np.cumsum([0, *map(len, items)]), 1)
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
    links = resembling(keys_of([[1, 1, 2, 2, 3, 3]] * size), 20)
    assert pairs(links.pairs) == {(0, item) for item in range(1, size)}
    assert links.dropped == 3 * (size * (size - 1) // 2 - (size - 1))
