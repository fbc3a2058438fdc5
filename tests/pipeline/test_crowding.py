"""Passages over one another, counted and ranked as a person would: each against each."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.pipeline.crowding import Place, best_there, crowds
from dedup.records import Direction, Reuse
from dedup.verdict import Match

SPANS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda s: (s[0], s[0] + s[1]))
PLACES = st.lists(
    st.tuples(st.integers(0, 3), SPANS, st.integers(0, 4)).map(
        lambda p: Place(p[0], *p[1], p[2]),
    ),
    max_size=25,
)


def match(start: int, end: int, other: int = 1) -> Match:
    return Match(0, other, start, end, 0, 1, 9, Reuse.VERBATIM, 0.9, Direction.FROM, ())


def covers(start: int, end: int, of: tuple[int, int]) -> bool:
    return start <= sum(of) // 2 < end


@given(PLACES)
def test_a_crowd_is_all_articles_that_share_the_middle(places: list[Place]) -> None:
    expected = [
        len(
            {
                other.other
                for other in places
                if other.article == place.article
                and covers(other.start, other.end, (place.start, place.end))
            }
        )
        for place in places
    ]
    assert crowds(places).tolist() == expected


def test_passages_that_touch_are_not_over_one_another() -> None:
    assert crowds([Place(0, 0, 10, 1), Place(0, 10, 20, 2)]).tolist() == [1, 1]
    assert crowds([Place(0, 0, 10, 1), Place(0, 5, 10, 2)]).tolist() == [2, 2]


@given(st.lists(st.tuples(SPANS, st.integers(0, 3)), max_size=25))
def test_the_best_is_of_least_rank_among_those_over_the_middle(
    rows: list[tuple[tuple[int, int], int]],
) -> None:
    ranks = [(rank,) for _, rank in rows]
    expected = [
        min(
            (row for row, (other, _) in enumerate(rows) if covers(*other, span)),
            key=lambda row: (ranks[row], row),
        )
        for span, _ in rows
    ]
    assert best_there([match(*span) for span, _ in rows], ranks) == expected


@pytest.mark.parametrize("width", [10, 10_000])
def test_thousands_over_one_place_are_soon_counted(width: int) -> None:
    count = 20_000
    before = time.process_time()
    places = [Place(0, i % width, i % width + width, i) for i in range(count)]
    assert crowds(places).max() > count // 3
    best = best_there(
        [match(p.start, p.end, p.other) for p in places], [(-i,) for i in range(count)]
    )
    assert best[-1] == count - 1
    assert time.process_time() - before < 5
