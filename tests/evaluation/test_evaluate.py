"""A report on disk scored from end to end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dedup.config import Config
from dedup.errors import ReportError, SourceError
from dedup.evaluation import evaluate
from dedup.report.columns import TABLES, Type
from dedup.result import Result

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dedup.evaluation import Figure

    Row = Mapping[str, object]

BLANK = {Type.TEXT: "", Type.INTEGER: 0, Type.REAL: 0.0, Type.BOOLEAN: True}


def result(**rows: list[Row]) -> Result:
    """Make a result of a few cells; the others are blank."""
    tables = {
        table: {
            column.name: [
                row.get(column.name, BLANK.get(column.type, ())) for row in rows.get(table, [])
            ]
            for column in columns
        }
        for table, columns in TABLES.items()
    }
    run = {"version": "0", "wire_in_corpus": True, "skipped": []}
    return Result(tables, run)


COPY = "One two three four five. Reuters said so."
SAID = result(
    articles=[
        {"article_id": "a", "verdict": "original"},
        {"article_id": "b", "verdict": "copy", "agencies": ("reuters",)},
    ],
    matches=[
        {
            "article_id": "b",
            "start": 0,
            "end": 24,
            "other_id": "a",
            "other_start": 0,
            "other_end": 24,
            "kind": "verbatim",
            "direction": "from",
        }
    ],
    attributions=[
        {"article_id": "b", "start": 25, "end": 37, "agency": "reuters", "kind": "told"},
        {"article_id": "b", "start": None, "end": None, "agency": "reuters", "kind": "metadata"},
    ],
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    SAID.write(tmp_path / "report", ("json",))
    return tmp_path / "report"


def values(figures: list[Figure]) -> dict[tuple[str, str], float]:
    return {(row.measure, row.figure): row.value for row in figures}


def test_a_report_against_marks(folder: Path, tmp_path: Path) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text(
        "article_id,start,end,other_id,agency,verdict,mark\n"
        "b,,,,,copy,right\n"
        "a,0,24,b,,,\n"
        "b,25,30,,Reuters,,wrong\n"
    )
    got = values(evaluate(labels, folder, Config()).figures)
    assert got["verdicts", "F1"] == 1
    assert got["matches", "recall"] == 1
    assert got["attributions", "precision"] == 0


def test_a_report_against_a_newsroom_set(folder: Path, tmp_path: Path) -> None:
    copied = {"text": COPY[:24], "kind": "verbatim", "sources": [{"id": "a", "n": 0}]}
    credit = {"text": "Reuters said", "agency": "AFP/Reuters", "form": "in-text"}
    said = {"text": COPY[25:], "kind": "original", "sources": []}
    blank = {"kind": "A", "credited_agencies": ["Reuters"], "uncredited_agencies": []}
    paragraphs = [
        {**copied, "agencies": [], "credits": []},
        {**said, "agencies": [], "credits": [credit]},
    ]
    labels = {"id": "b", "verdict": "copy", "paragraphs": paragraphs, **blank}
    (tmp_path / "truth.jsonl").write_text(json.dumps(labels))
    (tmp_path / "articles.jsonl").write_text(json.dumps({"id": "b", "text": COPY}))
    got = values(evaluate(tmp_path, folder, Config()).figures)
    assert got["copied words", "F1"] == 1
    assert got["source", "right"] == 1
    assert got["direction", "right"] == 1
    assert got["agencies", "F1"] == 1
    assert got["verdict", "accuracy"] == 1
    assert got["credit spans", "F1"] == 0  # the first agency of two is asked for
    assert got == values(evaluate(tmp_path / "truth.jsonl", folder, Config()).figures)


def test_a_folder_without_a_report(tmp_path: Path) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text("article_id,verdict\na,copy\n")
    with pytest.raises(ReportError, match="holds no report"):
        evaluate(labels, tmp_path, Config())


def test_without_a_report_the_articles_beside_are_scanned(tmp_path: Path) -> None:
    text = "A court in the northern town heard on Monday how the old bridge came to fall. " * 3
    rows = [{"id": name, "text": text} for name in "ab"]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)))
    labels = tmp_path / "labels.csv"
    labels.write_text("article_id,other_id\na,b\n")
    assert values(evaluate(labels, None, Config(workers=1)).figures)["matches", "recall"] == 1


def test_pairs_of_articles_with_their_passages(folder: Path, tmp_path: Path) -> None:
    span = {"susp_start": 0, "susp_len": 24, "src_start": 0, "src_len": 48}
    row = {"susp": "b", "src": "a", "spans": [span]}
    (tmp_path / "truth.jsonl").write_text(json.dumps(row))
    got = evaluate(tmp_path / "truth.jsonl", folder, Config())
    assert values(got.figures)["passages", "recall"] == pytest.approx(48 / 72)
    assert got == evaluate(tmp_path, folder, Config())
    assert got.faults == []


def test_labels_without_a_report_and_without_articles(tmp_path: Path) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text("article_id,verdict\na,copy\n")
    with pytest.raises(SourceError, match=r"holds no articles\.jsonl to scan"):
        evaluate(labels, None, Config())


def test_labels_without_a_mark(folder: Path, tmp_path: Path) -> None:
    labels = tmp_path / "LABELS.CSV"
    labels.write_text("article_id,verdict\n")
    with pytest.raises(ReportError, match="holds no marks"):
        evaluate(labels, folder, Config())
