from __future__ import annotations

import pytest

from bench.figures import figure, ratios, rounded


def test_a_figure_is_the_median_and_the_range() -> None:
    assert figure([3.0, 1.0, 10.0]) == (3.0, 1.0, 10.0)
    with pytest.raises(ValueError, match="no rounds"):
        figure([])


def test_ratios_are_taken_round_by_round() -> None:
    assert ratios([1.0, 2.0, 4.0], [2.0, 4.0, 4.0]) == (2.0, 1.0, 2.0)
    with pytest.raises(ValueError, match="zip"):
        ratios([1.0], [1.0, 2.0])


@pytest.mark.parametrize(("value", "shown"), [(1234.567, 1235.0), (0.00123456, 0.001235), (0, 0)])
def test_figures_have_four_digits(value: float, shown: float) -> None:
    assert rounded(value) == shown
