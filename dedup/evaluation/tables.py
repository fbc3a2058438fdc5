"""Figures with their intervals, as rows and as a table to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dedup.evaluation.bootstrap import interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dedup.evaluation.metrics import Measure


class Figure(NamedTuple):
    """One figure: what it measures, its value and its 95 % interval."""

    measure: str
    figure: str
    value: float
    low: float
    high: float
    counts: tuple[int, ...]  #: the sums it is made of, in the measure's own columns


def figures(measures: Iterable[Measure]) -> list[Figure]:
    """Work out every figure of the measures that have anything to measure."""
    rows = []
    for measure in measures:
        sums = measure.counts.sum(axis=0)
        for name, statistic in measure.figures.items() if sums.any() else ():
            value = float(statistic(sums.astype(float)))
            low, high = interval(measure.counts, statistic)
            counts = tuple(int(n) for n in sums)
            rows.append(Figure(measure.name, name, value, low, high, counts))
    return rows


def render(rows: Sequence[Figure]) -> str:
    """Set figures as a table, one a line, a measure's name only once."""
    if not rows:
        return "Nothing that was labelled is in this report."
    width = max(len(row.measure) for row in rows)
    wide = max(len(row.figure) for row in rows)
    lines = []
    before = ""
    for row in rows:
        name = row.measure if row.measure != before else ""
        before = row.measure
        lines.append(
            f"{name:<{width}}  {row.figure:<{wide}}  {row.value:.3f}  "
            f"({row.low:.3f} to {row.high:.3f}){_cases(row)}"
        )
    return "\n".join(lines)


def _cases(row: Figure) -> str:
    """Say how many cases a figure rests on; a table of confusions is too long for a line."""
    if row.figure in {"precision", "recall", "F1"}:
        right, invented, missed = row.counts
        return {
            "precision": f"  {right:,} of {right + invented:,} said",
            "recall": f"  {right:,} of {right + missed:,} there",
        }.get(row.figure, "")
    return f"  of {sum(row.counts):,}"
