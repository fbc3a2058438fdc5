from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.errors import ReportError
from dedup.report.columns import ARTICLE_EXTRAS, TABLES, Type
from dedup.result import Result, read_report

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from dedup.report.columns import Column

TEXTS = st.text(max_size=12)


def cells(column: Column) -> SearchStrategy[object]:
    found: SearchStrategy[object] = {
        Type.TEXT: TEXTS,
        Type.INTEGER: st.integers(0, 10**6),
        Type.REAL: st.floats(0, 1),
        Type.BOOLEAN: st.booleans(),
        Type.LIST: st.lists(TEXTS, max_size=3),
        Type.RANKED: st.lists(TEXTS, max_size=3),
    }[column.type]
    return st.none() | found if column.optional else found


@st.composite
def results(draw: st.DrawFn) -> Result:
    tables: dict[str, dict[str, list[object]]] = {}
    for table, columns in TABLES.items():
        size = draw(st.integers(0, 2))
        wanted = columns + (ARTICLE_EXTRAS if table == "articles" else ())
        tables[table] = {
            column.name: draw(st.lists(cells(column), min_size=size, max_size=size))
            for column in wanted
        }
    run = draw(st.dictionaries(TEXTS, TEXTS | st.integers() | st.booleans(), max_size=3))
    return Result(tables, run)


@settings(max_examples=40)
@given(results())
def test_json_gives_back_the_very_same_result(result: Result) -> None:
    with tempfile.TemporaryDirectory() as folder:
        result.write(folder, formats=("json",))
        found = read_report(folder)
    assert found.tables == result.tables
    assert found.run == result.run


def test_the_tables_alone_give_back_the_frames(result: Result, tmp_path: Path) -> None:
    result.write(tmp_path, formats=("csv",))
    found = read_report(tmp_path)
    for table in TABLES:
        assert getattr(found, table).equals(getattr(result, table))
    assert found.run == {}
    assert set(found.tables["articles"]["text"]) == {""}


def test_json_goes_before_the_tables(result: Result, tmp_path: Path) -> None:
    result.write(str(tmp_path), formats=("csv", "json"))
    assert read_report(str(tmp_path)).run == result.run


def test_a_report_without_texts_reads_back(result: Result, tmp_path: Path) -> None:
    result.write(tmp_path, text=False)
    found = read_report(tmp_path)
    assert set(found.paragraphs["text"]) == {""}
    assert found.matches.equals(result.matches)


def test_formula_cells_read_back_as_they_were(result: Result, tmp_path: Path) -> None:
    tables = {name: dict(columns) for name, columns in result.tables.items()}
    titles = ["=1+1", "-5 degrees", "\tindented", "@home", "'quoted'"]
    tables["articles"]["title"] = titles
    Result(tables, {}).write(tmp_path, formats=("csv",))
    assert list(read_report(tmp_path).articles["title"]) == titles


def test_an_empty_folder_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="holds no report"):
        read_report(tmp_path)
    with pytest.raises(ReportError, match="holds no report"):
        read_report(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("{", "is damaged"),
        ("[]", "is not a report of schema version 1.0"),
        ('{"schema_version": "2.0"}', "is not a report of schema version 1.0"),
        ('{"schema_version": "1.0"}', "lacks the record of its run"),
        ('{"schema_version": "1.0", "run": {}}', "articles are not a list of rows"),
        ('{"schema_version": "1.0", "run": {}, "articles": [3]}', "not a list of rows"),
        ("[" * 100_000, "is damaged"),
    ],
)
def test_a_damaged_document_is_a_clear_error(content: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(content, "utf-8")
    with pytest.raises(ReportError, match=fault):
        read_report(tmp_path)


def test_bytes_that_are_no_text_are_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ReportError, match="is damaged"):
        read_report(tmp_path)


@pytest.mark.parametrize(
    ("table", "content", "fault"),
    [
        ("stories", "", "is damaged"),
        ("stories", "a,b\r\n1,2\r\n", "stories.csv does not have the columns"),
        ("sources", None, "does not have the columns"),
    ],
)
def test_a_damaged_table_is_a_clear_error(
    result: Result, tmp_path: Path, table: str, content: str | None, fault: str
) -> None:
    result.write(tmp_path, formats=("csv",))
    path = tmp_path / f"{table}.csv"
    path.write_text(content if content is not None else path.read_text("utf-8") + "x\r\n", "utf-8")
    with pytest.raises(ReportError, match=fault):
        read_report(tmp_path)


def test_a_cell_that_is_neither_true_nor_false_is_a_clear_error(
    result: Result, tmp_path: Path
) -> None:
    result.write(tmp_path, formats=("csv",))
    path = tmp_path / "attributions.csv"
    path.write_text(path.read_text("utf-8").replace("true", "perhaps", 1), "utf-8", newline="")
    with pytest.raises(ReportError, match="'perhaps' is neither true nor false"):
        read_report(tmp_path)


def test_a_report_that_cannot_be_opened_is_a_clear_error(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result.write(tmp_path, formats=("json",))

    def refuse(*_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(ReportError, match="cannot be read: Permission denied"):
        read_report(tmp_path)


def test_a_cell_of_the_wrong_kind_in_the_document_is_a_clear_error(
    result: Result, tmp_path: Path
) -> None:
    result.write(tmp_path, formats=("json",))
    path = tmp_path / "report.json"
    document = json.loads(path.read_text("utf-8"))
    document["articles"][0]["words"] = "many"
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(ReportError, match="articles has a wrong cell in its column words"):
        read_report(tmp_path)
