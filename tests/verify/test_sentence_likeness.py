from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.verify.likeness import likeness
from tests.strategies import articles
from tests.verify import plain
from tests.verify.readings import bare, like

SENTENCES = st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=6), min_size=1, max_size=5)


@given(SENTENCES, SENTENCES)
def test_cosine_and_dice_are_the_plain_ones(a: list[list[int]], b: list[list[int]]) -> None:
    found = likeness(bare(a), bare(b))
    weight = dict.fromkeys(range(1, 10), 9.0)
    for i, one in enumerate(a):
        for j, two in enumerate(b):
            angle = plain.cosine(plain.vector(one, weight), plain.vector(two, weight))
            assert found.cosine[i, j] == pytest.approx(angle, abs=1e-5)
            coefficient = found.dice(np.array([i]), np.array([j]))
            assert coefficient == pytest.approx(plain.dice(one, two), abs=1e-6)


@given(articles(), articles())
@settings(max_examples=25)
def test_cosine_of_real_sentences(a: str, b: str) -> None:
    """A stem that both have weighs the less of what it weighs in either."""
    found = like(a, b)
    mine, theirs = plain.weights(found.a), plain.weights(found.b)
    for i, one in enumerate(plain.sentences(found.a)):
        for j, two in enumerate(plain.sentences(found.b)):
            product = sum(
                one.count(word) * two.count(word) * min(mine[word], theirs[word]) ** 2
                for word in set(one) & set(two)
            )
            lengths = plain.length(plain.vector(one, mine)) * plain.length(
                plain.vector(two, theirs)
            )
            assert found.cosine[i, j] == pytest.approx(product / max(lengths, 1e-9), abs=1e-4)


def test_no_sentences_are_more_than_alike() -> None:
    assert like("Stating it again.", "State it again.").cosine.max() <= 1.0 + 1e-6


@given(SENTENCES, SENTENCES)
def test_likeness_does_not_depend_on_the_side(a: list[list[int]], b: list[list[int]]) -> None:
    one, two = likeness(bare(a), bare(b)), likeness(bare(b), bare(a))
    assert np.allclose(one.cosine, two.cosine.T, atol=1e-6)
    rows, columns = (place.ravel() for place in np.indices(one.cosine.shape))
    assert (one.dice(rows, columns) == two.dice(columns, rows)).all()


@given(SENTENCES, SENTENCES)
def test_the_window_is_the_best_of_one_sentence_and_two(
    a: list[list[int]], b: list[list[int]]
) -> None:
    found = likeness(bare(a), bare(b))
    weight = dict.fromkeys(range(1, 10), 9.0)
    first, last, cosine = found.window
    windows = [(j, j + wide) for wide in (0, 1) for j in range(len(b) - wide)]
    for i, one in enumerate(a):
        told = {
            (j, k): plain.cosine(
                plain.vector(one, weight),
                plain.vector([w for s in b[j : k + 1] for w in s], weight),
            )
            for j, k in windows
        }
        assert cosine[i] == pytest.approx(max(told.values()), abs=1e-5)
        assert told[int(first[i]), int(last[i])] == pytest.approx(max(told.values()), abs=1e-5)


def test_here_points_at_the_columns_of_the_shared_stems() -> None:
    found = likeness(bare([[4, 5], [6]]), bare([[6, 6], [4, 7]]))
    assert found.here.tolist() == [0, -1, 1]
    assert found.counts.tolist() == [[0, 2], [1, 0]]


def test_function_words_are_shared_but_tell_nothing() -> None:
    found = like("It was on the table.", "It was in the garden.")
    assert found.dot[0, 0] == 0.0
    assert found.dice(np.array([0]), np.array([0]))[0] == 2 * 3 / (5 + 5)
