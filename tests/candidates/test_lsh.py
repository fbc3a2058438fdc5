from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from datasketch import MinHashLSH
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.candidates.buckets import unpack
from dedup.candidates.lsh import (
    DOCUMENT_BANDING,
    PARAGRAPH_BANDING,
    Banding,
    band_keys,
    resembling,
)
from dedup.candidates.minhash import EMPTY, sign
from dedup.tables import ShingleTable, SignatureTable
from tests import oracles

pytestmark = pytest.mark.usefixtures("back_end")

ROWS = st.lists(st.lists(st.integers(0, 2), min_size=6, max_size=6), max_size=12)
TINY = Banding(bands=3, rows=2)


def signatures(rows: list[list[int]]) -> SignatureTable:
    return SignatureTable(value=np.array(rows, np.uint32).reshape(-1, 6))


def pairs(packed: np.ndarray) -> set[tuple[int, int]]:
    left, right = unpack(packed)
    return set(zip(left.tolist(), right.tolist(), strict=True))


def test_paragraphs_are_banded_as_datasketch_bands_them() -> None:
    index = MinHashLSH(threshold=0.3, num_perm=128)
    assert (index.b, index.r) == PARAGRAPH_BANDING


def test_documents_use_the_whole_signature() -> None:
    assert DOCUMENT_BANDING.bands * DOCUMENT_BANDING.rows == 128


@given(ROWS)
def test_keys_are_equal_where_the_band_is(rows: list[list[int]]) -> None:
    for band in range(3):
        keys = band_keys(signatures(rows), TINY, range(band, band + 1))[0].tolist()
        cut = [tuple(row[2 * band : 2 * band + 2]) for row in rows]
        assert len(set(zip(keys, cut, strict=True))) == len(set(keys)) == len(set(cut))


@given(ROWS, st.integers(2, 12))
def test_pairs_are_those_that_share_a_band(rows: list[list[int]], cap: int) -> None:
    groups = []
    for keys in band_keys(signatures(rows), TINY, range(3)).tolist():
        groups += list(oracles.buckets(keys, range(len(rows))).values())
    plain, dropped = oracles.linked(groups, cap)
    links = resembling(signatures(rows), TINY, cap)
    assert pairs(links.pairs) == set(plain)
    assert links.dropped == dropped


def test_items_without_shingles_pair_with_none() -> None:
    rows = [[int(EMPTY)] * 6, [1] * 6, [int(EMPTY)] * 6, [1] * 6]
    assert pairs(resembling(signatures(rows), TINY, 20).pairs) == {(1, 3)}


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1 << 40))
def test_sets_that_agree_for_the_most_part_are_found(seed: int) -> None:
    random = np.random.default_rng(seed)
    items = []
    for _ in range(20):
        base = random.integers(0, 1 << 63, 60).tolist()
        items += [base[:54], base[6:]]
    hashes = np.array([value for item in items for value in item], np.uint64)
    table = ShingleTable(indptr=np.cumsum([0, *map(len, items)]), hash=hashes)
    alike = {
        pair
        for pair in combinations(range(len(items)), 2)
        if oracles.jaccard(items[pair[0]], items[pair[1]]) >= 0.8
    }
    assert len(alike) == 20
    for banding in (DOCUMENT_BANDING, PARAGRAPH_BANDING):
        assert alike <= pairs(resembling(sign(table), banding, 20).pairs)


@pytest.mark.parametrize("size", [30, 300])
def test_a_crowded_bucket_costs_one_pair_an_item(size: int) -> None:
    links = resembling(signatures([[1, 1, 2, 2, 3, 3]] * size), TINY, 20)
    assert pairs(links.pairs) == {(0, item) for item in range(1, size)}
    assert links.dropped == 3 * (size * (size - 1) // 2 - (size - 1))
