"""The bench fills a real index and asks it, and the same of datasketch's LSH."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench import corpus
from bench.goals import goals
from bench.indexing import There, added, asked, fill, measured, read, theirs
from bench.page import render
from bench.setting import Made
from tests.bench.test_bench_desk import MACHINE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def made(tmp_path: Path) -> Made:
    file = tmp_path / "articles.jsonl"
    return Made(file, corpus.write(40, file, corpus.Bases()), 40)


def test_each_question_takes_a_paragraph_from_an_article_that_is_there(made: Made) -> None:
    there, questions = read(made.file)
    assert (len(there), len(questions)) == (30, 10)
    texts = {record["id"]: record["text"].split("\n\n") for record in there}
    for question in questions:
        assert set(question.text.split("\n\n")) & set(texts[question.source])


def test_both_are_measured_and_told(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "index" / "bench.dedup"
    fill(made, path)
    filled = path.stat().st_mtime_ns
    fill(made, path)
    assert path.stat().st_mtime_ns == filled  # it is there
    found = measured(made, path)
    own, other = found["ours"], found["theirs"]
    assert isinstance(own, dict)
    assert isinstance(other, dict)
    assert own.keys() > other.keys()
    assert 0 < own["check_ms"]["p50"] <= own["check_ms"]["p99"] <= own["check_ms"]["longest"]
    assert own["recall"] > max(0.5, other["recall"])
    result = {"command": "c", "machine": MACHINE, "versions": {}, "points": [made.said() | found]}
    page = render({"index": result})
    assert "| 40 | the index, batches of 100 |" in page
    assert "| 40 | MinHashLSH |" in page
    told = [goal for goal in goals() if goal.what.startswith("index: ")]
    assert [goal.read({"index": result}).articles for goal in told] == [40] * len(told)


def test_what_is_measured_in_a_process_can_be_measured_here(made: Made, tmp_path: Path) -> None:
    _, questions = read(made.file)
    few = There(made.file, 12)
    took = added(few, tmp_path / "few.dedup")
    assert took["disk_over_text"] > 1  # type: ignore[operator]
    answered = asked(few, questions[:2], tmp_path / "few.dedup")
    assert answered["recall"] in {0, 0.5, 1}
    assert theirs(few, questions[:2])["added_a_second"] > 0  # type: ignore[operator]
