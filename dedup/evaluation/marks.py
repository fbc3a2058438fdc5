"""How a report stands to a reviewer's marks (labels.csv).

What a row says must be in the report where it is marked ``right``, and must not be where it is
marked ``wrong``; ``ignore`` is not scored. ``kind`` and ``direction`` of a match, and
``attribution`` (the kind of one), are asked for only where they are given. What nobody marked is
neither right nor wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.evaluation import metrics
from dedup.evaluation.found import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dedup.evaluation.found import Report
    from dedup.evaluation.metrics import Measure
    from dedup.marks import Mark


def measures(marks: Sequence[Mark], report: Report) -> list[Measure]:
    """Score the verdicts, matches and attributions that were judged."""
    verdicts = [mark for mark in marks if mark.verdict]
    matches = [mark for mark in marks if mark.other_id]
    attributions = [mark for mark in marks if mark.agency and not mark.other_id]
    return [
        metrics.cases("verdicts", _by_article(verdicts, lambda m: _verdict(m, report))),
        metrics.cases("matches", _by_article(matches, lambda m: _matched(m, report))),
        metrics.cases("attributions", _by_article(attributions, lambda m: _attributed(m, report))),
    ]


def _by_article(marks: Sequence[Mark], said: Callable[[Mark], bool]) -> list[tuple[int, int, int]]:
    """Count per article: right and said, wrong and said, right and not said."""
    counts: dict[str, list[int]] = {}
    for mark in marks:
        cases = counts.setdefault(mark.article_id, [0, 0, 0])
        if mark.mark != "ignore":
            right, there = mark.mark == "right", said(mark)
            cases[0] += right and there
            cases[1] += there and not right
            cases[2] += right and not there
    return [(a, b, c) for a, b, c in counts.values()]


def _verdict(mark: Mark, report: Report) -> bool:
    return report.said.get(mark.article_id, Said()).verdict == mark.verdict


def _matched(mark: Mark, report: Report) -> bool:
    return any(
        passage.other == mark.other_id
        and mark.touches(passage.start, passage.end)
        and mark.kind in {"", passage.kind}
        and mark.direction in {"", passage.way}
        for passage in report.passages.get(mark.article_id, [])
    )


def _attributed(mark: Mark, report: Report) -> bool:
    return any(
        named.agency == mark.agency
        and mark.touches(named.start, named.end)
        and mark.attribution in {"", named.kind}
        for named in report.attributions.get(mark.article_id, [])
    )
