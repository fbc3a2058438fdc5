from __future__ import annotations

import pytest

from dedup.evaluation import Fault, found, marks
from dedup.marks import Mark
from dedup.records import Direction

REPORT = found.Report(
    said={"a": found.Said("wire_copy"), "b": found.Said("mixed")},
    passages={
        "a": [found.Passage(10, 50, "b", 0, 40, "verbatim", Direction.FROM)],
        "b": [found.Passage(0, 40, "a", 10, 50, "verbatim", Direction.TO)],
    },
    attributions={
        "a": [
            found.Named(5, 12, "reuters", "told", is_agency=True),
            found.Named(0, 0, "afp", "metadata", is_agency=True),
        ]
    },
)


def counts(*rows: Mark) -> dict[str, list[int]]:
    return {m.name: m.counts.sum(axis=0).tolist() for m in marks.measures(rows, REPORT)}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Mark("a", verdict="wire_copy"), [1, 0, 0]),
        (Mark("a", verdict="copy"), [0, 0, 1]),
        (Mark("a", verdict="wire_copy", mark="wrong"), [0, 1, 0]),
        (Mark("a", verdict="copy", mark="wrong"), [0, 0, 0]),
        (Mark("a", verdict="copy", mark="ignore"), [0, 0, 0]),
        (Mark("elsewhere", verdict="copy"), [0, 0, 1]),
    ],
)
def test_verdicts(row: Mark, expected: list[int]) -> None:
    assert counts(row)["verdicts"] == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Mark("a", other_id="b"), [1, 0, 0]),
        (Mark("b", other_id="a"), [1, 0, 0]),
        (Mark("a", 40, 60, "b"), [1, 0, 0]),
        (Mark("a", 50, 60, "b"), [0, 0, 1]),
        (Mark("a", 40, 60, "b", mark="wrong"), [0, 1, 0]),
        (Mark("a", other_id="b", kind="edited"), [0, 0, 1]),
        (Mark("a", other_id="b", kind="verbatim", direction="from"), [1, 0, 0]),
        (Mark("b", other_id="a", direction="from"), [0, 0, 1]),
        (Mark("a", other_id="c"), [0, 0, 1]),
    ],
)
def test_matches(row: Mark, expected: list[int]) -> None:
    assert counts(row)["matches"] == expected
    assert counts(row)["attributions"] == [0, 0, 0]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Mark("a", agency="reuters"), [1, 0, 0]),
        (Mark("a", 0, 6, agency="reuters", attribution="told"), [1, 0, 0]),
        (Mark("a", 0, 5, agency="reuters"), [0, 0, 1]),
        (Mark("a", agency="reuters", attribution="dateline"), [0, 0, 1]),
        (Mark("a", agency="ap", mark="wrong"), [0, 0, 0]),
        (Mark("a", 0, 6, attribution="told"), [1, 0, 0]),
        (Mark("a", 0, 6, attribution="dateline"), [0, 0, 1]),
        (Mark("a", agency="afp", attribution="metadata"), [1, 0, 0]),
        (Mark("a", 0, 6, agency="afp"), [0, 0, 1]),
    ],
)
def test_attributions(row: Mark, expected: list[int]) -> None:
    assert counts(row)["attributions"] == expected


def test_counts_are_kept_by_article() -> None:
    rows = [Mark("a", verdict="wire_copy"), Mark("b", verdict="mixed"), Mark("a", verdict="copy")]
    verdicts = marks.measures(rows, REPORT)[0]
    assert verdicts.counts.tolist() == [[1, 0, 1], [1, 0, 0]]


def test_articles_that_the_report_lacks_are_counted() -> None:
    rows = [Mark("a", verdict="copy"), Mark("a", other_id="b"), Mark("elsewhere", verdict="copy")]
    assert counts(*rows)["articles"] == [1, 1]
    assert "articles" not in counts(*rows[:2])


def test_what_is_wrong_is_named() -> None:
    rows = [
        Mark("a", verdict="wire_copy"),
        Mark("a", verdict="copy"),
        Mark("a", 10, 20, "b", mark="wrong"),
        Mark("a", agency="ap", mark="ignore"),
        Mark("a", agency="ap"),
    ]
    assert list(marks.faults(rows, REPORT)) == [
        Fault("verdicts", "a", None, None, "copy: marked right, not said"),
        Fault("matches", "a", 10, 20, "b: marked wrong, said"),
        Fault("attributions", "a", None, None, "ap: marked right, not said"),
    ]
