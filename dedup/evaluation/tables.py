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
    basis: str  #: what it rests on, in words


class Fault(NamedTuple):
    """One thing that a report says and should not, or should say and does not."""

    measure: str
    article_id: str
    start: int | None  #: where it stands in the article; None where it is about the whole
    end: int | None
    said: str


def render_faults(rows: Iterable[Fault]) -> str:
    """Set faults one a line: what was asked, where, and what is wrong."""
    lines = []
    for row in rows:
        place = "" if row.start is None else f" {row.start}:{row.end}"
        lines.append(f"{row.measure}: {row.article_id}{place}  {row.said}")
    return "\n".join(lines)


def figures(measures: Iterable[Measure]) -> list[Figure]:
    """Work out every figure of the measures that have anything to measure."""
    rows = []
    for measure in measures:
        sums = measure.counts.sum(axis=0)
        for name, statistic in measure.figures.items() if sums.any() else ():
            value = float(statistic(sums.astype(float)))
            low, high = interval(measure.counts, statistic)
            counts = tuple(int(n) for n in sums)
            basis = measure.basis(name, sums)
            rows.append(Figure(measure.name, name, value, low, high, counts, basis))
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
            f"({row.low:.3f} to {row.high:.3f})  {row.basis}".rstrip()
        )
    return "\n".join(lines)
