from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from dedup.verify.reading import COMMON
from dedup.verify.runs import runs, seeds
from tests.verify import plain
from tests.verify.readings import bare, read_text

WORDS = st.lists(st.integers(1, 4), max_size=40)


def found(a: list[int], b: list[int]) -> list[tuple[int, int, int]]:
    joined = runs(seeds(bare([a]), bare([b])))
    rows = zip(*(column.tolist() for column in joined), strict=True)
    return [(int(here), int(there), int(length)) for here, there, length in rows]


@given(WORDS, WORDS)
@example([1, 2, 3] * 12, [1, 2, 3] * 12)
@example([], [1, 2, 3])
def test_runs_are_the_plain_ones(a: list[int], b: list[int]) -> None:
    joined = found(a, b)
    assert len(joined) == len(set(joined))
    assert set(joined) == plain.runs(a, b, COMMON)


@given(WORDS, WORDS)
def test_every_run_is_the_same_words_on_both_sides(a: list[int], b: list[int]) -> None:
    for here, there, length in found(a, b):
        assert a[here : here + length] == b[there : there + length]
        assert length >= 3


@given(st.lists(st.integers(1, 3), max_size=16), st.lists(st.integers(1, 3), max_size=16))
def test_runs_do_not_depend_on_the_side(a: list[int], b: list[int]) -> None:
    """As long as no trigram is common in either."""
    assert set(found(a, b)) == {(i, j, n) for j, i, n in found(b, a)} or any(
        side.count(side[i]) > COMMON for side in (a, b) for i in range(len(side))
    )


def test_a_phrase_of_the_language_seeds_nothing() -> None:
    phrase, filler = [1, 2, 3], iter(range(100, 200))
    often = [word for _ in range(COMMON + 1) for word in (*phrase, next(filler))]
    assert found(phrase, often) == []
    assert len(found(phrase, often[:-4])) == COMMON


def test_stems_run_where_words_differ() -> None:
    a = read_text("The boats were moving slowly.")
    b = read_text("The boat were moved slowly.")
    assert runs(seeds(a, b)).length.tolist() == [5]
