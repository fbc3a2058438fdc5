from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dedup.cells import Excerpts
from dedup.errors import ReportError
from dedup.report.columns import QUOTING, TABLES, Column, Type, settle, without_text

if TYPE_CHECKING:
    from dedup.report import Document

Table = dict[str, dict[str, list[object]]]


@pytest.fixture
def tables(document: Document) -> Table:
    return {
        name: {column: list(cells) for column, cells in columns.items()}
        for name, columns in document.tables.items()
    }


def test_settling_twice_changes_nothing(tables: Table) -> None:
    assert settle(settle(tables)) == settle(tables)


def test_cells_become_plain_python_values(tables: Table) -> None:
    tables["articles"]["words"] = [*np.array([1, 2, 3, 4], dtype=np.int32), 5.0]
    tables["articles"]["confidence"] = list(np.array([-0.0001, 0.12345, 1, 0, 0.5]))
    tables["articles"]["agencies"] = [["reuters", "ap", "ap"], None, (), (), ()]
    tables["articles"]["title"] = [None, "a", "b", "c", "d"]
    articles = settle(tables)["articles"]
    assert articles["words"] == [1, 2, 3, 4, 5]
    assert {type(cell) for cell in articles["words"]} == {int}
    assert [str(cell) for cell in articles["confidence"]] == ["0.0", "0.123", "1.0", "0.0", "0.5"]
    assert articles["agencies"][:2] == [("ap", "reuters"), ()]
    assert articles["title"][0] == ""


def test_numpy_columns_are_taken(tables: Table) -> None:
    before = settle(tables)["matches"]
    tables["matches"]["start"] = np.array(tables["matches"]["start"])  # type: ignore[assignment]
    assert settle(tables)["matches"] == before


def test_excerpts_are_cut_out_of_their_texts() -> None:
    cells = ["one two", "two", "", "three"]
    found = Excerpts(["one two", "three"], [0, 0, 0, 1], [0, 4, 7, 0], [7, 7, 7, 5])
    assert list(found) == cells
    assert [found[row] for row in range(-4, 4)] == cells * 2
    assert found[1:] == cells[1:]
    assert found[::-2] == cells[::-2]
    assert len(found) == 4
    assert found == cells
    assert cells == found
    assert found == Excerpts(cells, range(4), [0] * 4, [7] * 4)
    assert found != cells[1:]
    assert found != tuple(cells)
    assert found.index("three") == 3
    with pytest.raises(IndexError):
        found[4]


def test_excerpts_stay_as_they_are(tables: Table) -> None:
    texts = tables["paragraphs"]["text"]
    rows = len(texts)
    ends = [len(str(text)) for text in texts]
    found = Excerpts([str(text) for text in texts], range(rows), [0] * rows, ends)
    tables["paragraphs"]["text"] = found  # type: ignore[assignment]  # a sequence, no list
    assert settle(tables)["paragraphs"]["text"] is found
    tables["paragraphs"]["text"] = found[1:]  # type: ignore[assignment]  # the same
    with pytest.raises(ReportError, match="paragraphs lacks cells in its column text"):
        settle(tables)
    tables["paragraphs"]["text"] = texts
    tables["paragraphs"]["words"] = found  # type: ignore[assignment]  # the same
    with pytest.raises(ReportError, match="wrong cell in its column words"):
        settle(tables)


def test_reasons_keep_their_order(tables: Table) -> None:
    tables["articles"]["reasons"][0] = ("z first", "a second")
    assert settle(tables)["articles"]["reasons"][0] == ("z first", "a second")


def test_text_address_and_authors_may_be_absent(tables: Table) -> None:
    for name in ("text", "url", "authors"):
        del tables["articles"][name]
    articles = settle(tables)["articles"]
    assert articles["text"] == [""] * 5
    assert articles["authors"] == [()] * 5


@pytest.mark.parametrize(
    ("table", "column", "cells", "fault"),
    [
        ("articles", "words", [1], "lacks cells in its column words"),
        ("articles", "words", [1, 2, 3, 4, None], "a cell is empty"),
        ("articles", "words", [1, 2, 3, 4, "5"], "'5' is not a number"),
        ("articles", "words", [1, 2, 3, 4, float("inf")], "wrong cell in its column words"),
        ("articles", "agencies", ["ap", (), (), (), ()], "'ap' is not a list"),
        ("articles", "agencies", [3, (), (), (), ()], "3 is not a list"),
        ("articles", "mood", [1, 2, 3, 4, 5], "no column called mood"),
    ],
)
def test_faults_are_named(
    tables: Table, table: str, column: str, cells: list[object], fault: str
) -> None:
    tables[table][column] = cells
    with pytest.raises(ReportError, match=fault):
        settle(tables)


def test_missing_and_unknown_tables_are_named(tables: Table) -> None:
    with pytest.raises(ReportError, match="no table called moods"):
        settle({**tables, "moods": {}})
    del tables["stories"]
    with pytest.raises(ReportError, match="The table stories is missing"):
        settle(tables)


def test_a_missing_column_is_named(tables: Table) -> None:
    del tables["stories"]["origins"]
    with pytest.raises(ReportError, match="stories lacks cells in its column origins"):
        settle(tables)


def test_without_text_blanks_what_quotes_and_nothing_else(document: Document) -> None:
    blank = without_text(document.tables)
    for table in TABLES:
        for column, cells in document.tables[table].items():
            if QUOTING.get(table) == column:
                assert set(blank[table][column]) <= {""}
            else:
                assert blank[table][column] == cells
    assert copy.copy(document.tables["articles"]["text"])[0] != ""


def test_columns_are_declared_with_their_types() -> None:
    assert TABLES["articles"][0] == Column("article_id", Type.TEXT)
    assert Column("lag_seconds", Type.INTEGER, optional=True) in TABLES["matches"]
    assert sum(map(len, TABLES.values())) == 21 + 14 + 19 + 9 + 9 + 7
