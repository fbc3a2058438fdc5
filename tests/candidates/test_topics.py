from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.candidates import topics as module
from dedup.candidates.buckets import unpack
from dedup.candidates.topics import related
from tests import oracles

if TYPE_CHECKING:
    from dedup.candidates.topics import Topics

pytestmark = pytest.mark.usefixtures("back_end")

#: small words, of which 0 is a function word
ARTICLES = st.lists(st.lists(st.integers(0, 7), max_size=10), max_size=14)


def run(articles: list[list[int]]) -> Topics:
    flat = [word for article in articles for word in article]
    words = np.array([oracles.mix(word + 1) for word in flat], np.uint64)
    weight = np.array([0.0 if word == 0 else 5.0 + word for word in flat], np.float32)
    return related(words, np.cumsum([0, *map(len, articles)]), weight)


def pairs(found: Topics) -> set[tuple[int, int]]:
    left, right = unpack(found.pairs)
    return set(zip(left.tolist(), right.tolist(), strict=True))


def scores(articles: list[list[int]], rare: int, common: int) -> Counter[tuple[int, int]]:
    """Add up the weights of the word pairs two articles share."""
    holders = defaultdict(set)
    for place, article in enumerate(articles):
        content = [word for word in article if word]
        for pair in pairwise(content):
            holders[pair].add(place)
    total: Counter[tuple[int, int]] = Counter()
    for (one, other), places in holders.items():
        every = list(combinations(sorted(places), 2))
        met = every if len(places) <= rare else [pair for pair in every if pair[0] == min(places)]
        if len(places) <= common:
            total.update(dict.fromkeys(met, 10 + one + other))
    return total


def best(
    total: Counter[tuple[int, int]], least: int, most: int
) -> tuple[set[tuple[int, int]], int]:
    enough = {pair: score for pair, score in total.items() if score >= least}
    if not enough and total:
        nearest = min(total, key=lambda pair: (-total[pair], pair[::-1]))
        return {nearest}, 0
    kept = set()
    for article in {place for pair in enough for place in pair}:
        for side in (0, 1):  # those after it, those before it
            own = [pair for pair in enough if pair[side] == article]
            own.sort(key=lambda pair: (-enough[pair], pair))
            kept |= set(own[:most])
    return kept, len(enough) - len(kept)


@given(ARTICLES, st.sampled_from([(2, 4, 1), (3, 9, 2), (12, 200, 8)]), st.sampled_from([1, 5, 99]))
def test_pairs_are_the_best_by_shared_weight(
    articles: list[list[int]], caps: tuple[int, int, int], entries: int
) -> None:
    rare, common, most = caps
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "RARE", rare)
        patch.setattr(module, "COMMON", common)
        patch.setattr(module, "BEST", most)
        patch.setattr(module, "_ENTRIES", entries)
        found = run(articles)
    expected = best(scores(articles, rare, common), module.LEAST_SCORE, most)
    assert (pairs(found), found.outranked) == expected


@given(ARTICLES, st.integers(1, 9), st.integers(1, 9))
def test_however_few_are_gathered_at_a_time(
    articles: list[list[int]], keys: int, words: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LEAST_SCORE", 1)
        whole = run(articles)
        patch.setattr(module, "_KEYS", keys)
        patch.setattr(module, "_WORDS", words)
        found = run(articles)
    assert pairs(found) == pairs(whole)
    assert found[1:] == whole[1:]


def test_word_pairs_in_too_many_articles_are_counted() -> None:
    found = run([[1, 2]] * (module.COMMON + 1))
    assert (pairs(found), found.too_common) == (set(), 1)


def test_function_words_are_passed_over() -> None:
    story, retold = [1, 0, 2, 0, 3, 4, 0, 5, 6], [1, 2, 0, 0, 3, 0, 4, 5, 0, 6]
    assert pairs(run([story, [7, 7, 7], retold])) == {(0, 2)}


def test_where_little_is_shared_the_nearest_pair_is_named() -> None:
    assert pairs(run([[1, 2, 3], [4, 5], [2, 3], [1, 4, 5]])) == {(1, 3)}
    assert pairs(run([[1, 2], [3, 4]])) == set()


def test_no_articles() -> None:
    assert pairs(run([])) == set()


def test_a_word_weighs_what_it_weighs_least() -> None:
    words = np.array([oracles.mix(n) for n in (1, 2, 3, 1, 2, 3)], np.uint64)
    indptr = np.array([0, 3, 6])
    heavy = np.full(6, 13.0, np.float32)
    light = np.array([13, 13, 13, 5, 5, 5], np.float32)
    steps = [module._word_pairs(words, indptr, weight)[1].tolist() for weight in (heavy, light)]
    assert steps == [[26 * 16] * 2, [10 * 16] * 2]
