"""In a crowd of articles that are all but the same, each keeps its likest."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.pipeline import reprints
from dedup.pipeline.reprints import outnumbered


def kept(pairs: list[tuple[int, int]], covered: list[int], size: list[int]) -> set[tuple[int, int]]:
    left, right = np.array(pairs, np.int32).reshape(-1, 2).T
    out = outnumbered(left, right, np.array(covered), np.array(size, np.int64))
    return {pair for pair, beyond in zip(pairs, out.tolist(), strict=True) if not beyond}


def everybody(articles: int) -> list[tuple[int, int]]:
    return list(combinations(range(articles), 2))


@pytest.mark.parametrize("articles", [2, 12, 21])
def test_few_reprints_are_all_laid_beside_each_other(articles: int) -> None:
    pairs = everybody(articles)
    assert kept(pairs, [100] * len(pairs), [100] * articles) == set(pairs)


@pytest.mark.parametrize(("articles", "most"), [(22, 3), (201, 3), (202, 1)])
def test_in_a_crowd_each_keeps_the_earliest_of_its_likest(articles: int, most: int) -> None:
    pairs = everybody(articles)
    found = kept(pairs, [100] * len(pairs), [100] * articles)
    assert found == {(a, b) for a, b in pairs if a < most}


def test_the_likest_comes_before_the_earliest() -> None:
    pairs = everybody(30)
    covered = [100 if other - one == 1 else 95 for one, other in pairs]
    found = kept(pairs, covered, [100] * 30)
    assert {(one, one + 1) for one in range(29)} <= found


def test_what_is_merely_alike_is_left_alone() -> None:
    pairs = everybody(30)
    assert kept(pairs, [89] * len(pairs), [100] * 30) == set(pairs)
    assert kept(pairs, [100] * len(pairs), [100] * 15 + [120] * 15) >= {
        (one, other) for one, other in pairs if one < 15 <= other
    }


@given(
    st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=200),
    st.lists(st.integers(0, 100), min_size=200, max_size=200),
)
def test_nobody_in_a_crowd_loses_all(drawn: list[tuple[int, int]], covered: list[int]) -> None:
    pairs = sorted({(a, b) for a, b in drawn if a < b})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reprints, "CROWDS", ((3, 2), (6, 1)))
        found = kept(pairs, covered[: len(pairs)], [100] * 30)
    assert {other for _, other in found} == {other for _, other in pairs}
