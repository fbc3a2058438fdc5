"""``dedup index`` as a user runs it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, cast

import pytest
from click.testing import CliRunner

from dedup import Article, Index
from dedup.cli import front
from tests.strategies import SENTENCES

if TYPE_CHECKING:
    from pathlib import Path

BODY, OTHER = ("\n\n".join(" ".join(SENTENCES[i : i + 3]) for i in (k, k + 3)) for k in (0, 6))
WIRE = {"id": "wire", "text": BODY, "publisher": "Reuters", "is_wire": True, "agency": "reuters"}
WIRE["published_at"] = "2021-08-15T08:00:00Z"
REPRINT = {"id": "reprint", "text": BODY, "publisher": "The Post"}
REPRINT["published_at"] = "2021-08-15T10:00:00Z"


class Done(NamedTuple):
    code: int
    rows: list[dict[str, object]]
    said: str


def dedup(*arguments: object) -> Done:
    """Run a command; give its exit code, its JSON lines and what it said beside."""
    runner = CliRunner(env={"DEDUP_WORKERS": "1"})
    done = runner.invoke(front, [str(argument) for argument in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    rows = [] if done.stdout.startswith("{\n") else [json.loads(line) for line in lines]
    return Done(done.exit_code, rows, done.output)


def matches(row: dict[str, object]) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", row["matches"])


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "news.dedup"


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.jsonl"
    path.write_text("\n".join(map(json.dumps, (WIRE, {"id": "empty"}, REPRINT))))
    return path


def test_adding_prints_the_rows_in_the_order_of_the_input(index: Path, feed: Path) -> None:
    done = dedup("index", "add", index, feed)
    assert done.code == 0
    assert [row["article_id"] for row in done.rows] == ["wire", "reprint"]
    assert done.rows[1]["verdict"] == "wire_copy"
    assert [match["direction"] for match in matches(done.rows[1])] == ["from"]
    assert "Skipped" in done.said
    assert "Added 2 articles; 0 other verdicts changed." in done.said
    assert dedup("index", "add", index, feed, "--strict", "--quiet").code == 3


def test_a_whole_life(index: Path, feed: Path, tmp_path: Path) -> None:
    dedup("index", "add", index, feed)
    asked = tmp_path / "asked.txt"
    asked.write_text(BODY)
    (row,) = dedup("index", "check", index, asked).rows
    assert row["article_id"] == "asked.txt"
    assert row["copied_share"] == 1
    assert dedup("index", "check", index, feed, "--strict").code == 3
    assert "Removed 1 articles; 1 other" in dedup("index", "remove", index, "wire", "x").said
    assert [row["change"] for row in dedup("index", "changes", index, "--since", "2").rows] == [
        "removed",
        "changed",
    ]
    assert "nothing is wrong" in dedup("index", "verify", index).said
    assert json.loads(dedup("index", "stats", index).said)["articles"] == 1
    assert "Rebuilt" in dedup("index", "rebuild", index, "--window", "7d").said
    assert dedup("index", "compact", index).code == 0
    out = tmp_path / "out"
    assert dedup("index", "export", index, "--out", out, "--format", "csv,parquet").code == 0
    assert len(list(out.iterdir())) == 12
    assert "Expired 1" in dedup("index", "expire", index, "--before", "2022-01-01").said


def test_what_cannot_be_used_ends_with_4_and_one_sentence(index: Path, feed: Path) -> None:
    for command in ("check", "remove", "stats", "verify", "changes", "rebuild", "compact"):
        done = dedup("index", command, index, *([feed] if command in {"check", "remove"} else []))
        assert (done.code, done.said) == (4, f"Error: there is no index at {index}\n")
    with Index.open(index) as writer:
        writer.add([Article(id="a", text=OTHER)])
        done = dedup("index", "add", index, feed, "--wait", "0")
        assert done.code == 4
        assert "is being written by another process" in done.said
    index.write_bytes(index.read_bytes()[:5000])
    done = dedup("index", "verify", index)
    assert (done.code, done.said.count("\n")) == (4, 1)


def test_other_settings_are_refused(index: Path, feed: Path) -> None:
    dedup("index", "add", index, feed)
    done = dedup("index", "add", index, feed, "--window", "7d")
    assert done.code == 2
    assert "made with other settings (window)" in done.said


def test_an_unknown_form_is_refused(index: Path, feed: Path, tmp_path: Path) -> None:
    dedup("index", "add", index, feed)
    done = dedup("index", "export", index, "--out", tmp_path / "out", "--format", "pdf")
    assert done.code == 2
    assert "'pdf' is no report format" in done.said
