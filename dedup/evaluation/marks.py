"""How a report stands to a reviewer's marks (labels.csv).

What a row says must be in the report where it is marked ``right``, and must not be where it is
marked ``wrong``; ``ignore`` is not scored. ``kind`` and ``direction`` of a match, and
``attribution`` (the kind of one; without an agency, of any), are asked for only where they are
given. What nobody marked is neither right nor wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dedup.evaluation import metrics
from dedup.evaluation.found import Said
from dedup.evaluation.tables import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.evaluation.found import Report
    from dedup.evaluation.metrics import Measure
    from dedup.marks import Mark

_KINDS = ("verdicts", "matches", "attributions")


class _Answer(NamedTuple):
    """What a row judges, and whether the report says it."""

    kind: str
    what: str
    said: bool


def measures(marks: Sequence[Mark], report: Report) -> list[Measure]:
    """Score the verdicts, matches and attributions that were judged.

    Articles that are marked but not in the report are counted too, if there are any: the labels
    may be another report's.
    """
    articles = sorted({mark.article_id for mark in marks})
    known = [(1, 0) if article in report.said else (0, 1) for article in articles]
    there = [metrics.shares("articles", ["in the report"], known)] if (0, 1) in known else []
    answers = [(mark, answer) for mark in marks for answer in _answers(mark, report)]
    return there + [
        metrics.cases(kind, _by_article([row for row in answers if row[1].kind == kind]))
        for kind in _KINDS
    ]


def faults(marks: Sequence[Mark], report: Report) -> Iterator[Fault]:
    """Yield what was marked right and is not said, and what was marked wrong and is."""
    for mark in marks:
        for kind, what, said in _answers(mark, report):
            if mark.mark != "ignore" and said != (mark.mark == "right"):
                words = f"{what}: marked {mark.mark}, {'said' if said else 'not said'}"
                yield Fault(kind, mark.article_id, mark.start, mark.end, words)


def _answers(mark: Mark, report: Report) -> Iterator[_Answer]:
    if mark.verdict:
        said = report.said.get(mark.article_id, Said()).verdict == mark.verdict
        yield _Answer("verdicts", mark.verdict, said)
    if mark.other_id:
        yield _Answer("matches", mark.other_id, _matched(mark, report))
    elif mark.agency or mark.attribution:
        what = mark.agency or mark.attribution
        yield _Answer("attributions", what, _attributed(mark, report))


def _by_article(rows: Sequence[tuple[Mark, _Answer]]) -> list[tuple[int, int, int]]:
    """Count per article: right and said, wrong and said, right and not said."""
    counts: dict[str, list[int]] = {}
    for mark, answer in rows:
        cases = counts.setdefault(mark.article_id, [0, 0, 0])
        if mark.mark != "ignore":
            right = mark.mark == "right"
            cases[0] += right and answer.said
            cases[1] += answer.said and not right
            cases[2] += right and not answer.said
    return [(a, b, c) for a, b, c in counts.values()]


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
        mark.agency in {"", named.agency}
        and mark.touches(named.start, named.end)
        and mark.attribution in {"", named.kind}
        for named in report.attributions.get(mark.article_id, [])
    )
