"""The program as it is started by people: one command, files on disk, the same bytes each time."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

import dedup
from dedup.report.document import schema

if TYPE_CHECKING:
    from pathlib import Path

TABLES = ("articles", "paragraphs", "matches", "attributions", "stories", "sources")
HEADERS = {
    "articles": "article_id,path,title,publisher,published_at,language,words,verdict,confidence,"
    "agencies,credited_agencies,uncredited_agencies,copied_share,wire_share,uncredited_share,"
    "own_share,derived_from,relation,cluster_id,story_id,reasons",
    "paragraphs": "article_id,n,start,end,role,words,reuse,source_id,source_n,score,direction,"
    "agencies,credit,text",
    "matches": "article_id,start,end,n_first,n_last,other_id,other_start,other_end,other_n_first,"
    "other_n_last,words,kind,score,resemblance,containment,other_containment,cosine,direction,"
    "lag_seconds",
    "attributions": "article_id,n,start,end,text,agency,kind,scope,is_agency",
    "stories": "story_id,articles,outlets,origins,unknown_origins,agencies,wire_in_corpus,"
    "first_article_id,first_published_at",
    "sources": "publisher,agency,articles,words,credited_words,uncredited_words,median_lag_seconds",
}


def run(
    *arguments: str | Path, seed: str = "0", folder: Path, text: str | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DEDUP_")}
    environment |= {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-m", "dedup", *map(str, arguments)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        input=text,
    )


@pytest.fixture(scope="module")
def inputs(root: Path) -> list[Path]:
    return [root / "seeds", root / "tests" / "data" / "newsroom" / "articles.jsonl"]


@pytest.fixture(scope="module")
def report(inputs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the seeds and the newsroom, made by the command."""
    folder = tmp_path_factory.mktemp("report")
    done = run("scan", *inputs, "--out", "reports", "--workers", "1", folder=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    return folder / "reports"


def document(report: Path) -> dict[str, list[dict[str, object]]]:
    """The tables of report.json."""
    return {name: rows for name, rows in loaded(report).items() if name in TABLES}


def run_of(report: Path) -> dict[str, object]:
    """What report.json says of its run, but for the clock."""
    return {k: v for k, v in loaded(report)["run"].items() if k not in {"started_at", "seconds"}}


def loaded(report: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((report / "report.json").read_text("utf-8"))
    return found


def test_a_report_is_eight_files(report: Path) -> None:
    named = {f"{table}.csv" for table in TABLES} | {"report.html", "report.json"}
    assert {path.name for path in report.iterdir()} == named


@pytest.mark.parametrize("table", TABLES)
def test_tables_have_the_columns_of_the_contract(report: Path, table: str) -> None:
    header, *lines = (report / f"{table}.csv").read_text("utf-8").splitlines()
    assert header == HEADERS[table]
    assert lines


def test_the_document_holds_to_its_schema_and_its_offsets_to_its_texts(report: Path) -> None:
    Draft202012Validator(schema()).validate(loaded(report))
    said = document(report)
    texts = {row["article_id"]: str(row["text"]) for row in said["articles"]}
    assert len(texts) == 121
    for table in ("paragraphs", "attributions"):
        for row in said[table]:
            if row["start"] is not None:
                start, end = int(str(row["start"])), int(str(row["end"]))
                assert texts[row["article_id"]][start:end] == row["text"]


def test_the_tables_and_the_document_say_the_same(report: Path) -> None:
    said = document(report)
    for table in TABLES:
        with (report / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        assert len(lines) == len(said[table]) > 0
        for line, row in zip(lines, said[table], strict=True):
            for name in ("article_id", "verdict", "kind", "story_id", "n", "words"):
                if name in line:
                    assert line[name] == ("" if row[name] is None else str(row[name]))


def test_another_hash_seed_order_and_process_count_change_no_byte(
    report: Path, inputs: list[Path], tmp_path: Path
) -> None:
    done = run(
        "scan", *inputs[::-1], "--out", "again", "--workers", "2", seed="4321", folder=tmp_path
    )
    assert done.returncode == 0, done.stderr
    again = tmp_path / "again"
    for table in TABLES:
        assert (again / f"{table}.csv").read_bytes() == (report / f"{table}.csv").read_bytes()
    assert (document(again), run_of(again)) == (document(report), run_of(report))


def test_the_library_says_what_the_command_says(report: Path, inputs: list[Path]) -> None:
    assert dedup.scan(inputs).tables == dedup.read_report(report).tables


def test_a_folder_that_holds_its_own_report_is_read_without_it(tmp_path: Path, seeds: Path) -> None:
    for path in seeds.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    dedup.scan(seeds).write(tmp_path / "reports")
    done = run("scan", ".", "--format", "json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert run_of(tmp_path / "reports")["inputs"] == {"articles": 5, "skipped": 0}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--fail-on", "verdict==mixed"], 1),
        (["--fail-on", "nonsense>1"], 2),
        (["--engine", "spark"], 2),
        (["--window", "soon"], 2),
    ],
)
def test_exit_codes_are_those_of_the_contract(
    tmp_path: Path, seeds: Path, arguments: list[str], code: int
) -> None:
    done = run("scan", seeds, "--format", "csv", *arguments, folder=tmp_path)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_skipped_input_is_said_and_strict_about(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.jsonl").write_text('{"id": "x"}\n{"id": "y", "text": "One word."}\n')
    done = run("scan", "in", "--strict", folder=tmp_path)
    assert done.returncode == 3
    assert "bad.jsonl" in done.stdout + done.stderr
    (skipped,) = loaded(tmp_path / "reports")["run"]["skipped"]
    assert skipped["path"] == "bad.jsonl"


def test_a_path_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    done = run("scan", "nowhere", folder=tmp_path)
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "reports").exists()


def test_standard_input_is_an_input(tmp_path: Path) -> None:
    done = run("scan", "-", "--format", "json", folder=tmp_path, text="Some words about a town.")
    assert done.returncode == 0, done.stderr
    (article,) = document(tmp_path / "reports")["articles"]
    assert (article["article_id"], article["text"]) == ("-", "Some words about a town.")
