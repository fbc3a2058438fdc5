from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text import shingles
from dedup.text.shingles import sample, shingle, windows
from tests import oracles

if TYPE_CHECKING:
    from dedup.tables import ShingleTable

pytestmark = pytest.mark.usefixtures("back_end")

ITEMS = st.lists(st.lists(st.integers(0, (1 << 64) - 1), max_size=12), max_size=8)


def made(items: list[list[int]], n: int) -> ShingleTable:
    words = np.array([word for item in items for word in item], np.uint64)
    indptr = np.cumsum([0, *map(len, items)])
    return shingle(words, indptr, n)


def by_item(table: ShingleTable) -> list[list[int]]:
    cuts = zip(table.indptr[:-1], table.indptr[1:], strict=True)
    return [table.hash[first:last].tolist() for first, last in cuts]


@given(ITEMS, st.integers(1, 9))
def test_shingles_are_the_plain_ones(items: list[list[int]], n: int) -> None:
    assert by_item(made(items, n)) == [oracles.shingles(item, n) for item in items]


@given(ITEMS, st.integers(1, 9))
def test_runs_of_items_do_not_show(items: list[list[int]], n: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shingles, "_RUN", 4)
        patch.setattr(shingles, "_ITEMS", 9)
        assert by_item(made(items, n)) == [oracles.shingles(item, n) for item in items]


def test_items_may_begin_in_the_midst_of_the_words() -> None:
    words = np.arange(20, dtype=np.uint64)
    table = shingle(words, np.array([5, 9, 14]), 3)
    assert by_item(table) == [oracles.shingles(words[5:9].tolist(), 3),
                              oracles.shingles(words[9:14].tolist(), 3)]  # fmt: skip


@pytest.mark.parametrize("n", [1, 3, 6])
def test_many_words_are_hashed_as_few_are(n: int) -> None:
    words = np.arange(20_000, dtype=np.uint64) ** np.uint64(3)
    indptr = np.array([0, 9_000, 9_002, 20_000])
    assert by_item(shingle(words, indptr, n)) == [
        oracles.shingles(words[first:last].tolist(), n) for first, last in pairwise(indptr)
    ]


@given(ITEMS, st.integers(1, 9))
def test_windows_hold_each_shingle_at_its_first_word(items: list[list[int]], n: int) -> None:
    words = np.array([word for item in items for word in item], np.uint64)
    indptr = np.cumsum([0, *map(len, items)])
    hashes = windows(words, indptr, n)
    assert len(hashes) == len(words)
    for first, item in zip(indptr.tolist(), items, strict=False):
        own = oracles.shingles(item, n)
        assert hashes[first : first + len(own)].tolist() == own


def test_a_shingle_has_a_word() -> None:
    with pytest.raises(ValueError, match="at least one word, not 0"):
        made([[1, 2]], 0)


@given(ITEMS, st.integers(1, 5))
def test_sampling_keeps_the_least_hashes_of_every_item(items: list[list[int]], rate: int) -> None:
    table = made(items, 2)
    bound = (1 << 64) // rate
    kept = [[h for h in item if rate == 1 or h < bound] for item in by_item(table)]
    assert by_item(sample(table, rate)) == kept


def test_sampling_keeps_its_share() -> None:
    table = made([list(range(10_000))], 8)
    assert 2300 < len(sample(table, 4).hash) < 2700
