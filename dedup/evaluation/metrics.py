"""The figures: what is counted in one article, and what is made of the sums.

Every measure is first counted article by article, so that intervals can be had by resampling
articles. ``CASES`` columns are true positives, false positives and false negatives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dedup.evaluation.bootstrap import Counts, Statistic, Values


class Measure(NamedTuple):
    """One thing that is scored: its counts, shape (articles, k), and the figures made of them."""

    name: str
    counts: Counts
    figures: Mapping[str, Statistic]
    #: Says what a figure rests on, given its name and the summed counts.
    basis: Callable[[str, Values], str]


def cases(name: str, counts: Sequence[Sequence[int]]) -> Measure:
    """Measure right, invented and missed cases: precision, recall, F1."""
    figures = {"precision": precision, "recall": recall, "F1": f1}
    return Measure(name, _table(counts, 3), figures, _of_cases)


def found(name: str, counts: Sequence[Sequence[int]]) -> Measure:
    """Measure right, invented and missed cases where only what is missed matters."""
    return Measure(name, _table(counts, 3), {"recall": recall}, _of_cases)


def shares(name: str, figures: Sequence[str], counts: Sequence[Sequence[int]]) -> Measure:
    """Measure what share of the sum each of the first columns has; the last may have no name."""
    width = max(len(figures) + 1, 2)
    named = {figure: _share(column) for column, figure in enumerate(figures)}
    return Measure(name, _table(counts, width), named, _of_all)


def confusion(name: str, labels: int, pairs: Sequence[tuple[int, int]]) -> Measure:
    """Measure labels: for each article the number of the right one and of the one given.

    A label given that is none of the right ones has the number ``labels``.
    """
    width = labels + 1
    flat = np.zeros((len(pairs), labels * width), dtype=np.int64)
    for article, (right, given) in enumerate(pairs):
        flat[article, right * width + given] = 1

    def square(sums: Values) -> Values:
        return sums.reshape(*sums.shape[:-1], labels, width)

    return Measure(
        name,
        flat,
        {"accuracy": lambda s: _accuracy(square(s)), "macro-F1": lambda s: _macro_f1(square(s))},
        _of_all,
    )


def precision(sums: Values) -> Values:
    """Share of what was said that is right; 1 where nothing was said."""
    return ratio(sums[..., 0], sums[..., 0] + sums[..., 1])


def recall(sums: Values) -> Values:
    """Share of what there is that was said; 1 where there is nothing."""
    return ratio(sums[..., 0], sums[..., 0] + sums[..., 2])


def f1(sums: Values) -> Values:
    """Harmonic mean of precision and recall."""
    p, r = precision(sums), recall(sums)
    return ratio(2 * p * r, p + r, 0.0)


def _of_cases(figure: str, sums: Values) -> str:
    right, invented, missed = (int(n) for n in sums)
    if figure == "precision":
        return f"{right:,} of {right + invented:,} said"
    return f"{right:,} of {right + missed:,} there" if figure == "recall" else ""


def _of_all(_figure: str, sums: Values) -> str:
    return f"of {int(sums.sum()):,}"


def _share(column: int) -> Statistic:
    return lambda sums: ratio(sums[..., column], sums.sum(axis=-1), 0.0)


def _accuracy(square: Values) -> Values:
    return ratio(np.trace(square, axis1=-2, axis2=-1), square.sum(axis=(-2, -1)), 0.0)


def _macro_f1(square: Values) -> Values:
    """Mean F1 of the labels that occur."""
    right = np.diagonal(square, axis1=-2, axis2=-1)
    there = square.sum(axis=-1)
    said = square.sum(axis=-2)[..., :-1]
    each = ratio(2 * right, there + said, 0.0)
    occurs = there > 0
    return ratio((each * occurs).sum(axis=-1), occurs.sum(axis=-1), 0.0)


def ratio(part: Values, whole: Values, empty: float = 1.0) -> Values:
    """Divide; where there is nothing to divide by give ``empty``."""
    made: Values = np.divide(part, whole, out=np.full(np.shape(part), empty), where=whole > 0)
    return made


def _table(counts: Sequence[Sequence[int]], width: int) -> Counts:
    return np.array(counts, dtype=np.int64).reshape(len(counts), width)
