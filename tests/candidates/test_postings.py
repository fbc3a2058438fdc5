from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.candidates import items as items_module
from dedup.candidates import postings as module
from dedup.candidates.buckets import unpack
from dedup.candidates.items import Items
from dedup.candidates.pairs import RUN_WORDS
from dedup.candidates.postings import CAP, FEW, RATE, STOP_SHINGLE, sharing
from dedup.text.shingles import windows
from dedup.text.tokens import word_hash
from tests import oracles

if TYPE_CHECKING:
    from dedup.candidates.postings import Sharing

pytestmark = pytest.mark.usefixtures("back_end")

ARTICLES = st.lists(st.lists(st.integers(1, 25), max_size=12), max_size=40)


def table(items: list[list[int]]) -> Items:
    """Take numbers for shingles."""
    hashes = [oracles.mix(value) for item in items for value in item]
    indptr = np.cumsum([0, *map(len, items)])
    return Items(itself, np.array(hashes, np.uint64), indptr, 1)


def itself(words: np.ndarray, indptr: np.ndarray, _size: int) -> np.ndarray:
    return words[indptr[0] : indptr[-1]].copy()


def pairs(found: Sharing) -> set[tuple[int, int]]:
    left, right = unpack(found.pairs)
    return set(zip(left.tolist(), right.tolist(), strict=True))


def plain(items: list[list[int]], cap: int, stop: int) -> tuple[set[tuple[int, int]], int]:
    keys = [value for item in items for value in item]
    holders = [place for place, item in enumerate(items) for _ in item]
    groups = oracles.buckets(keys, holders).values()
    counts, _ = oracles.linked([group for group in groups if len(group) <= stop], cap)
    stopped = sum(len(group) > stop for group in groups)
    return {pair for pair, count in counts.items() if count >= 2}, stopped


@given(ARTICLES, st.sampled_from([(3, 6), (20, 50)]), st.sampled_from([1, 7, 1 << 16]))
def test_pairs_are_those_that_share_two_rare_shingles(
    items: list[list[int]], caps: tuple[int, int], size: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CAP", caps[0])
        patch.setattr(module, "STOP_SHINGLE", caps[1])
        patch.setattr(module, "_ENTRIES", 5)
        patch.setattr(items_module, "_WORDS", size)
        patch.setattr(module, "_WORDS", 40 * size)
        found = sharing(table(items))
    assert (pairs(found), found.stopped) == plain(items, *caps)


def test_a_stock_phrase_proposes_nobody() -> None:
    few, many = [[1, 2]] * STOP_SHINGLE, [[1, 2]] * (STOP_SHINGLE + 1)
    assert pairs(sharing(table(few))) == {(0, other) for other in range(1, STOP_SHINGLE)}
    assert len(pairs(sharing(table(few[:CAP])))) == CAP * (CAP - 1) // 2
    assert (pairs(sharing(table(many))), sharing(table(many)).stopped) == (set(), 2)


def test_of_a_long_article_one_shingle_in_four_is_posted() -> None:
    long = list(range(1, 2000))
    posted = [value for value in long if oracles.mix(value) < (1 << 64) // RATE]
    assert len(posted) < 600
    assert pairs(sharing(table([long, posted[:1], posted[:2]]))) == {(0, 2)}
    missing = [value for value in long if value not in set(posted)]
    assert pairs(sharing(table([long, missing[:FEW]]))) == set()


@given(st.integers(0, 24), st.integers(7, 20), st.integers(0, 24))
def test_a_run_of_seven_words_joins_two_briefs(before: int, run: int, after: int) -> None:
    words = iter(word_hash([f"word{n}" for n in range(200)]).tolist())

    def fresh(size: int) -> list[int]:
        return [next(words) for _ in range(size)]

    common = fresh(run)
    one, other = fresh(before) + common + fresh(after), fresh(after) + common + fresh(before)
    joined = np.array(one + other, np.uint64)
    indptr = np.array([0, len(one), len(one) + len(other)])
    found = sharing(Items(windows, joined, indptr, RUN_WORDS))
    assert pairs(found) == {(0, 1)}


def test_counts_add_up_over_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [[1, 2, 3], [3, 2, 9], [1, 9]]
    whole = sharing(table(items))
    monkeypatch.setattr(module, "_ENTRIES", 1)
    assert Counter(pairs(sharing(table(items)))) == Counter(pairs(whole)) == Counter({(0, 1): 1})
