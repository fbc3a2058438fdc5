from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.candidates import identical
from dedup.candidates.buckets import unpack
from dedup.candidates.identical import Groups, expand, group, link_groups, totals
from tests.oracles import mix

pytestmark = pytest.mark.usefixtures("back_end")

#: each item: the article that holds it, what it says
ITEMS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2)), max_size=25)


def said(items: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Give each item words of its own: in two orders, and one of them alone."""
    words = [[mix(3), mix(text), mix(2 - text)][: text + 1] for _, text in items]
    flat = np.array([word for item in words for word in item], np.uint64)
    return flat, np.cumsum([0, *map(len, words)])


def articles(groups: Groups) -> list[list[int]]:
    cuts = zip(groups.indptr[:-1], groups.indptr[1:], strict=True)
    return [groups.article[first:last].tolist() for first, last in cuts]


@given(ITEMS, st.sampled_from([1, 4, 1 << 15]))
def test_groups_are_the_items_that_say_the_same(items: list[tuple[int, int]], size: int) -> None:
    items = sorted(items)
    plain: dict[int, list[int]] = {}
    for place, (_, text) in enumerate(items):
        plain.setdefault(text, []).append(place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(identical, "_WORDS", size)
        total = totals(*said(items))
    found = group(total, np.array([article for article, _ in items], np.int32))
    assert found.first.tolist() == [places[0] for places in plain.values()]
    held = [sorted({items[place][0] for place in places}) for places in plain.values()]
    assert articles(found) == held


def test_up_to_the_cap_all_articles_of_a_group_pair_and_beyond_with_the_first() -> None:
    groups = Groups(
        np.arange(3), np.array([0, 3, 4, 8]), np.array([0, 1, 2, 5, 3, 4, 6, 7], np.int32)
    )
    links = link_groups(groups, 3)
    left, right = unpack(links.pairs)
    pairs = set(zip(left.tolist(), right.tolist(), strict=True))
    assert pairs == {(0, 1), (0, 2), (1, 2), (3, 4), (3, 6), (3, 7)}
    assert links.dropped == 3


@given(st.lists(st.sets(st.integers(0, 9), min_size=1), min_size=2, max_size=5), st.integers(1, 12))
def test_like_groups_meet(held: list[set[int]], cap: int) -> None:
    flat = [article for group in held for article in sorted(group)]
    pointers = np.cumsum([0, *map(len, held)])
    groups = Groups(np.arange(len(held)), pointers, np.array(flat, np.int32))
    left, right = np.triu_indices(len(held), 1)
    expected, dropped = set(), 0
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        every = list(product(sorted(held[one]), sorted(held[other])))
        met = every if len(every) <= cap else [(min(held[one]), min(held[other]))]
        expected |= {tuple(sorted(pair)) for pair in met if pair[0] != pair[1]}
        dropped += len(every) - len(met)
    links = expand(groups, left.astype(np.int32), right.astype(np.int32), cap)
    less, more = unpack(links.pairs)
    assert set(zip(less.tolist(), more.tolist(), strict=True)) == expected
    assert links.dropped == dropped
