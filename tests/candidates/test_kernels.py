"""The back ends give the same arrays, bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.candidates import postings, sign
from dedup.candidates.buckets import collect, gather, item_bits, link
from dedup.candidates.identical import totals
from dedup.candidates.items import Items
from dedup.candidates.lsh import Banding, band_keys
from dedup.candidates.postings import sharing
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


def itself(words: NDArray[np.uint64], indptr: NDArray[np.int64], _size: int) -> NDArray[np.uint64]:
    """Take words for shingles."""
    return words[indptr[0] : indptr[-1]].copy()


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


@given(ITEMS, st.integers(1, 9))
def test_signatures(items: list[list[int]], num_perm: int) -> None:
    same(lambda: [sign(shingles(items), num_perm).value])


@given(ITEMS, st.sampled_from([Banding(1, 6), Banding(2, 3), Banding(3, 2), Banding(17, 1)]))
def test_band_keys(items: list[list[int]], banding: Banding) -> None:
    table = shingles(items)
    made = Items(itself, table.hash, table.indptr, 1)
    same(lambda: [band_keys(made, np.arange(first, len(items), 2), banding) for first in (0, 1)])


@given(ITEMS)
def test_totals(items: list[list[int]]) -> None:
    table = shingles(items)
    same(lambda: [totals(table.hash, table.indptr)])


@given(ITEMS)
def test_postings(items: list[list[int]]) -> None:
    table = shingles(items)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "FEW", 9)
        same(lambda: [sharing(Items(itself, table.hash, table.indptr, 1)).pairs])


@given(st.lists(st.tuples(st.one_of(HASHES, st.integers(0, 5)), st.integers(0, 5))))
def test_buckets(entries: list[tuple[int, int]]) -> None:
    entries.sort(key=lambda entry: entry[1])
    keys = np.array([key for key, _ in entries], np.uint64)
    items = np.array([item for _, item in entries], np.int32)
    same(lambda: [*gather(keys, items)[0], gather(keys, items)[1]])
    same(lambda: [link(gather(keys, items)[0], cap).pairs for cap in (1, 3, 9)])
    low = item_bits(6)
    same(lambda: list(collect((keys & ~low) | items.astype(np.uint64), low)))


@given(ARTICLES)
def test_word_pairs(articles: list[list[int]]) -> None:
    same(lambda: list(in_a_row(*topics(articles))))


@given(ARTICLES)
def test_topics(articles: list[list[int]]) -> None:
    same(lambda: [np.array(column) for column in related(*topics(articles))])
