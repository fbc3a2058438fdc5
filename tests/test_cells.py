"""Columns whose cells are made when asked for are like lists of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.cells import Figures, Named, Sparse, Texts
from dedup.records import Article

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.cells import Made

NUMBERS = st.lists(st.integers(-3, 3), max_size=1200)
STEPS = st.integers(-4, 4).filter(bool)


def sparse(numbers: list[int]) -> Made[int]:
    rows = [row for row, number in enumerate(numbers) if number]
    return Sparse(len(numbers), 0, rows, [number for number in numbers if number])


def named(numbers: list[int]) -> Made[str]:
    return Named("abcdefg", np.array(numbers, np.int8) + 3)


def texts(numbers: list[int]) -> Made[str]:
    return Texts([Article(id="a", text=str(number)) if number else None for number in numbers])


@pytest.mark.parametrize(
    ("made", "cell"),
    [
        (sparse, int),
        (lambda numbers: Figures(np.array(numbers, np.int64)), int),
        (named, lambda number: "abcdefg"[number + 3]),
        (texts, lambda number: str(number or "")),
    ],
)
@given(NUMBERS, st.slices(1200), STEPS)
def test_they_are_like_lists(
    made: Callable[[list[int]], Made[object]],
    cell: Callable[[int], object],
    numbers: list[int],
    some: slice,
    step: int,
) -> None:
    column, cells = made(numbers), [*map(cell, numbers)]
    assert len(column) == len(cells)
    assert column == cells
    assert [*column] == cells
    assert column[some] == cells[some]
    assert column[::step] == cells[::step]
    assert {type(one) for one in column} == {type(one) for one in cells}
    if cells:
        assert column[-1] == cells[-1]
        assert column != [*cells, cells[0]]
    with pytest.raises(IndexError):
        column[len(cells)]


def test_sparse_cells_are_brought_to_their_type() -> None:
    column = Sparse(4, None, [1, 3], [2.25, 3.5]).settled(
        lambda cells: [None if cell is None else round(float(str(cell))) for cell in cells]
    )
    assert [*column] == [None, 2, None, 4]
