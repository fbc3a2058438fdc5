"""Medians with their interval, and ratios of one round: the arithmetic of the tables."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS = 4


class Figure(NamedTuple):
    """A median over the rounds and the interval they span, lowest to highest."""

    median: float
    low: float
    high: float


def figure(values: Sequence[float]) -> Figure:
    """Summarise one value of every round.

    Raises:
        ValueError: where there is none.

    """
    if not values:
        message = "there is no median of no rounds"
        raise ValueError(message)
    return Figure(*(rounded(value) for value in (median(values), min(values), max(values))))


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Figure:
    """Summarise how many times theirs is ours, round by round: what varies with the hour cancels.

    Raises:
        ValueError: where the rounds do not match.

    """
    return figure([other / own for own, other in zip(ours, theirs, strict=True)])


def rounded(value: float) -> float:
    """Round to four significant digits, so that results are read and compared by eye."""
    return float(f"{value:.{_DIGITS}g}")
