"""Sums of what stands in tables, of some items at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import tables


@given(st.lists(st.lists(st.booleans(), max_size=9)), st.integers(0, 5), st.integers(1, 12))
def test_totals_are_those_of_each_item(
    items: list[list[bool]], before: int, at_a_time: int
) -> None:
    cells = np.array([True] * before + [cell for item in items for cell in item], bool)
    indptr = before + np.cumsum([0, *map(len, items)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "_CELLS", at_a_time)
        assert tables.totals(cells, indptr).tolist() == [*map(sum, items)]
