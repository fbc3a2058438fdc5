"""The back ends give the same arrays, bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.candidates import sign
from dedup.candidates.buckets import gather
from dedup.candidates.lsh import Banding, band_keys
from dedup.candidates.topics import in_a_row, related
from dedup.tables import ShingleTable
from tests import oracles
from tests.back_ends import same

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Columns = list[NDArray[np.generic]]

pytestmark = pytest.mark.usefixtures("kernels")

HASHES = st.integers(0, (1 << 64) - 1)
ITEMS = st.lists(st.lists(st.one_of(HASHES, st.integers(0, 9)), max_size=20), max_size=5)
#: small words, of which 0 is a function word
ARTICLES = st.lists(st.lists(st.integers(0, 7), max_size=10), max_size=14)


def shingles(items: list[list[int]]) -> ShingleTable:
    hashes = np.array([value for item in items for value in item], np.uint64)
    return ShingleTable(indptr=np.cumsum([0, *map(len, items)]), hash=hashes)


def topics(
    articles: list[list[int]],
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.float32]]:
    flat = [word for article in articles for word in article]
    words = np.array([oracles.mix(word + 1) for word in flat], np.uint64)
    weight = np.array([0.0 if word == 0 else 3.3 + word for word in flat], np.float32)
    return words, np.cumsum([0, *map(len, articles)]), weight


@settings(deadline=None)
@given(ITEMS, st.integers(1, 9))
def test_signatures(items: list[list[int]], num_perm: int) -> None:
    same(lambda: [sign(shingles(items), num_perm).value])


@settings(deadline=None)
@given(ITEMS, st.sampled_from([(1, 6), (2, 3), (3, 2)]))
def test_band_keys(items: list[list[int]], banding: tuple[int, int]) -> None:
    signatures = sign(shingles(items), 6)
    same(lambda: [band_keys(signatures, Banding(*banding), range(banding[0] // 2, banding[0]))])


@given(st.lists(st.tuples(st.one_of(HASHES, st.integers(0, 5)), st.integers(0, 5))))
def test_buckets(entries: list[tuple[int, int]]) -> None:
    entries.sort(key=lambda entry: entry[1])
    keys = np.array([key for key, _ in entries], np.uint64)
    items = np.array([item for _, item in entries], np.int32)
    same(lambda: list(gather(keys, items)))


@given(ARTICLES)
def test_word_pairs(articles: list[list[int]]) -> None:
    same(lambda: list(in_a_row(*topics(articles))))


@given(ARTICLES)
def test_topics(articles: list[list[int]]) -> None:
    same(lambda: [np.array(column) for column in related(*topics(articles))])
