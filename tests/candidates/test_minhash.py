from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from datasketch import LeanMinHash, MinHash
from hypothesis import given
from hypothesis import strategies as st

from dedup.candidates import minhash
from dedup.candidates.minhash import EMPTY, from_datasketch, sign, to_datasketch
from dedup.tables import ShingleTable
from dedup.text.shingles import shingle
from dedup.text.tokens import tokenize
from tests import oracles

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("back_end")

ITEMS = st.lists(st.lists(st.integers(0, (1 << 64) - 1), max_size=9), max_size=6)


def table(items: list[list[int]]) -> ShingleTable:
    hashes = np.array([value for item in items for value in item], np.uint64)
    return ShingleTable(indptr=np.cumsum([0, *map(len, items)]), hash=hashes)


def sketch(item: list[int], num_perm: int = 128) -> MinHash:
    """Let datasketch itself hash the low 32 bits of each shingle."""
    made = MinHash(num_perm, seed=1, hashfunc=lambda value: value & 0xFFFFFFFF, scheme="affine32")
    for value in item:
        made.update(value)
    return made


@given(ITEMS)
def test_a_row_is_datasketch_s(items: list[list[int]]) -> None:
    rows = sign(table(items)).value
    assert rows.shape == (len(items), 128)
    for row, item in zip(rows, items, strict=True):
        assert row.tolist() == sketch(item).hashvalues.tolist()


@given(ITEMS, st.data())
def test_some_items_are_signed_as_all_are(items: list[list[int]], data: st.DataObject) -> None:
    places = st.sets(st.integers(0, max(len(items) - 1, 0)), max_size=len(items))
    some = np.array(sorted(data.draw(places)), np.int64)
    whole = sign(table(items), 5).value
    assert sign(table(items), 5, some).value.tolist() == whole[some].tolist()


@pytest.mark.parametrize("num_perm", [1, 64, 256])
def test_rows_of_other_lengths_are_datasketch_s(num_perm: int) -> None:
    items = [[5, 1 << 40, 77], [9]]
    rows = sign(table(items), num_perm).value
    assert [row.tolist() for row in rows] == [
        sketch(item, num_perm).hashvalues.tolist() for item in items
    ]


def test_rows_of_real_text_are_datasketch_s_at_any_block_size(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tokenize([path.read_text("utf-8") for path in sorted(seeds.glob("*.txt"))])
    shingles = shingle(words.word, words.indptr, 5)
    whole = sign(shingles).value
    first = shingles.hash[: shingles.indptr[1]].tolist()
    assert whole[0].tolist() == sketch(first).hashvalues.tolist()
    monkeypatch.setattr(minhash, "_BLOCK", 1)
    assert (sign(shingles).value == whole).all()


def test_an_item_without_shingles_has_no_least_value() -> None:
    assert (sign(table([[], [1], []])).value[[0, 2]] == EMPTY).all()


def test_signatures_agree_as_far_as_the_sets_do() -> None:
    one, other = set(range(1000)), set(range(500, 1500))
    rows = sign(table([oracles.shingles(sorted(items), 1) for items in (one, other)])).value
    assert np.mean(rows[0] == rows[1]) == pytest.approx(oracles.jaccard(one, other), abs=0.1)


def test_datasketch_objects_come_and_go() -> None:
    items = [[1, 2, 3], [4]]
    signatures = sign(table(items))
    sketches = [to_datasketch(row) for row in signatures.value]
    assert sketches == [LeanMinHash(sketch(item)) for item in items]
    assert (from_datasketch(sketches).value == signatures.value).all()


def test_signatures_of_another_scheme_are_refused() -> None:
    legacy = LeanMinHash(MinHash(seed=1, scheme="legacy"))
    with pytest.raises(ValueError, match="scheme legacy, seed 1 do not compare"):
        from_datasketch([legacy])
    with pytest.raises(ValueError, match="seed 7"):
        from_datasketch([LeanMinHash(MinHash(seed=7, scheme="affine32"))])
