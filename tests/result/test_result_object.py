from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from dedup.errors import ReportError
from dedup.records import Article
from dedup.report.columns import TABLES
from dedup.result import Result

if TYPE_CHECKING:
    from pathlib import Path

Table = dict[str, dict[str, list[object]]]
FIRST = "000_71cf6c316d60b106.txt"


@pytest.mark.parametrize("table", TABLES)
def test_frames_have_the_columns_of_the_csv_files(result: Result, table: str) -> None:
    frame = getattr(result, table)
    assert list(frame.columns) == [column.name for column in TABLES[table]]
    assert len(frame) == len(result.tables[table][TABLES[table][0].name])


def test_frames_have_documented_types(result: Result) -> None:
    articles, paragraphs = result.articles, result.paragraphs
    assert articles.loc[0, "agencies"] == "afp;ap;reuters"
    assert articles.loc[0, "publisher"] == ""
    assert articles["words"].dtype == "int64"
    assert articles["copied_share"].dtype == "float64"
    assert paragraphs["source_n"].dtype == "Int64"
    assert paragraphs.loc[0, "source_n"] is pd.NA
    assert paragraphs["score"].isna()[0]
    assert result.attributions["is_agency"].dtype == "bool"
    assert result.matches["lag_seconds"].isna().all()


def test_frames_of_nothing_keep_their_types(result: Result) -> None:
    empty = Result({t: {c.name: [] for c in columns} for t, columns in TABLES.items()}, {})
    for table in TABLES:
        assert list(getattr(empty, table).dtypes) == list(getattr(result, table).dtypes)


def test_changing_a_frame_does_not_change_the_result(result: Result) -> None:
    articles = result.articles
    articles.loc[0, "verdict"] = "copy"
    assert result.articles.loc[0, "verdict"] == "mixed"
    result.run["version"] = "9"
    assert result.run["version"] == "0.1.0"


def test_a_lone_surrogate_does_not_break_a_frame(result: Result, tables: Table) -> None:
    tables["articles"]["title"][0] = "broken \ud800"
    assert Result(tables, result.run).articles.loc[0, "title"] == "broken ?"


def test_a_frame_is_built_once(result: Result) -> None:
    assert result.articles.equals(result.articles)
    assert result.articles is not result.articles


def test_texts_come_from_the_articles_where_they_are_given(result: Result, tables: Table) -> None:
    for name in ("text", "url", "authors"):
        del tables["articles"][name]
    article = Article(id=FIRST, text="Ghani left.", url="https://a.example/1", authors=("B", "A"))
    found = Result(tables, result.run, articles=[article]).tables["articles"]
    assert found["text"] == ["Ghani left.", "", "", "", ""]
    assert found["url"][0] == "https://a.example/1"
    assert found["authors"][0] == ("B", "A")


def test_paragraphs_are_cut_out_of_the_articles(result: Result, tables: Table) -> None:
    texts = dict(zip(*(tables["articles"][c] for c in ("article_id", "text")), strict=True))
    told = list(tables["paragraphs"].pop("text"))
    articles = [Article(id=str(name), text=str(text)) for name, text in texts.items()]
    found = Result(tables, result.run, articles=articles)
    assert list(found.tables["paragraphs"]["text"]) == told
    assert found.paragraphs.equals(result.paragraphs)
    without = Result(tables, result.run, articles=articles[1:]).tables["paragraphs"]["text"]
    assert set(without) > {""}


def test_write_makes_the_files_of_the_formats(result: Result, tmp_path: Path) -> None:
    made = result.write(tmp_path, formats=("json", "csv"))
    assert made[0] == tmp_path / "report.json"
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in made}
    assert len(made) == 7
    result.write(str(tmp_path), formats=("html",))
    assert (tmp_path / "report.html").is_file()


def test_the_same_result_is_written_in_the_same_bytes(result: Result, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        result.write(tmp_path / folder)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_without_text_nothing_is_quoted_in_any_format(result: Result, tmp_path: Path) -> None:
    result.write(tmp_path, text=False)
    for path in tmp_path.iterdir():
        text = path.read_text("utf-8")
        assert "reached Delhi from Kabul safely" not in text
        assert "With inputs from Associated" not in text
        assert "the head of the Afghan National" not in text
    assert result.paragraphs.loc[0, "text"] != ""


def test_a_run_without_near_misses_is_written_as_it_is(tables: Table, tmp_path: Path) -> None:
    Result(tables, {"version": "1"}).write(tmp_path, formats=("json",), text=False)
    assert '"run":{"version":"1"}' in (tmp_path / "report.json").read_text("utf-8")


def test_an_unknown_format_is_refused_before_anything_is_written(
    result: Result, tmp_path: Path
) -> None:
    with pytest.raises(ReportError, match="'pdf' is no report format"):
        result.write(tmp_path / "new", formats=("csv", "pdf"))
    assert not (tmp_path / "new").exists()


def test_the_representation_counts_the_rows(result: Result) -> None:
    assert repr(result).startswith("<Result: 5 articles, 90 paragraphs, ")


def test_writing_needs_no_pandas() -> None:
    code = "import dedup.result, dedup.report, sys; print({'pandas', 'jinja2'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
