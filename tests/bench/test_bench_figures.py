from __future__ import annotations

import pytest

from bench.corpus import Planted
from bench.figures import figure, ratios, rounded
from bench.race import contenders, recall


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


def test_recall_counts_the_planted_pairs_that_were_found() -> None:
    planted = [Planted("c1", "s1", "head"), Planted("c2", "s1", "head"), Planted("c3", "s", "tail")]
    found = {frozenset(("s1", "c1")), frozenset(("c1", "c2"))}
    assert recall(planted, found) == {"head": 0.5, "tail": 0.0}


def test_the_two_sides_take_turns() -> None:
    sides = [side.ours for side in contenders()]
    assert sides in ([True, False, True, False], [True, False, True])
