from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.verify.likeness import likeness
from dedup.verify.rewrite import _SHUFFLES, _SOFTEN, _gain, _order, _shuffles, aligned
from tests.strategies import SENTENCES as NEWS
from tests.strategies import laid_out
from tests.verify import plain
from tests.verify.readings import bare, like

SENTENCES = st.lists(st.lists(st.integers(1, 7), min_size=1, max_size=4), min_size=1, max_size=5)


@given(SENTENCES, SENTENCES)
def test_gain_is_the_plain_one(a: list[list[int]], b: list[list[int]]) -> None:
    found = likeness(bare(a), bare(b))
    assert np.allclose(_gain(found), plain.gain(found.a, found.b), atol=1e-6)


@given(SENTENCES, SENTENCES)
def test_no_alignment_is_better(a: list[list[int]], b: list[list[int]]) -> None:
    found = likeness(bare(a), bare(b))
    pairs, gains = aligned(found), plain.gain(found.a, found.b)
    assert all(i < k and j < m for (i, j), (k, m) in itertools.pairwise(pairs))
    assert sum(gains[i][j] for i, j in pairs) == pytest.approx(plain.best_alignment(gains))


@given(SENTENCES, SENTENCES)
@settings(max_examples=30)
def test_order_is_the_gain_over_shuffles_in_deviations(
    a: list[list[int]], b: list[list[int]]
) -> None:
    found = likeness(bare(a), bare(b))
    gains = plain.gain(found.a, found.b)
    size = len(b)
    chance = [plain.monotone(gains, order.tolist()) for order in _shuffles(size)]
    beyond = plain.monotone(gains, range(size)) - float(np.mean(chance))
    assert _order(_gain(found)) == pytest.approx(
        beyond / (float(np.std(chance)) + _SOFTEN), abs=1e-6
    )


def test_shuffles_are_permutations_and_always_the_same() -> None:
    for size in (1, 2, 7):
        assert len(_shuffles(size)) == _SHUFFLES
        assert all(sorted(order.tolist()) == list(range(size)) for order in _shuffles(size))
    assert [o.tolist() for o in _shuffles(7)] == [o.tolist() for o in _shuffles.__wrapped__(7)]


def test_an_article_is_aligned_with_itself() -> None:
    text = laid_out(NEWS[:7], 2).text
    assert aligned(like(text, text)) == [(i, i) for i in range(7)]


def test_what_was_left_out_and_put_in_is_stepped_over() -> None:
    source, copy = NEWS[:7], (*NEWS[:2], NEWS[20], *NEWS[4:7])
    pairs = aligned(like(laid_out(copy, 3).text, laid_out(source, 3).text))
    assert {(0, 0), (1, 1), (3, 4), (4, 5), (5, 6)} <= set(pairs)


def test_one_order_tells_more_than_another() -> None:
    source = laid_out(NEWS[:9], 1).text
    along = _order(_gain(like(source, source)))
    backwards = _order(_gain(like(laid_out(NEWS[:9][::-1], 1).text, source)))
    assert along > 2
    assert backwards < 0
