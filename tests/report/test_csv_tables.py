from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.report import write_csv
from dedup.report.columns import TABLES
from dedup.report.table import FORMULA, bare, fill_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from dedup.report import Document
    from dedup.report.columns import Columns

# What UTF-8 can carry.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.one_of(st.integers(), st.floats(), st.booleans(), st.none())
LISTS = st.lists(TEXTS, max_size=3).map(tuple)
#: Some rows, which are then repeated until there are more of them than are formatted at a time.
ROWS = st.lists(
    st.tuples(st.sampled_from(["", "", "", "a", "b,", "=c"]), TEXTS, st.integers(), NUMBERS, LISTS),
    min_size=1,
    max_size=12,
)


def written(columns: Mapping[str, Sequence[object]]) -> str:
    stream = io.StringIO(newline="")
    fill_csv(stream, columns)
    return stream.getvalue()


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("table", TABLES)
def test_tables_of_the_seeds_stay_as_they_are(
    table: str, document: Document, golden: Callable[[str, bytes], None], tmp_path: Path
) -> None:
    columns = {column.name: document.tables[table][column.name] for column in TABLES[table]}
    write_csv(tmp_path / "table.csv", columns)
    golden(f"{table}.csv", (tmp_path / "table.csv").read_bytes())


def test_every_kind_of_cell_has_its_form() -> None:
    columns: Columns = {
        "text": ["a", "", None],
        "integer": [-3, 0, None],
        "real": [0.5, -0.0001, float("nan")],
        "flag": [True, False, None],
        "list": [("ap", "afp"), [], None],
        "mixed": ["=1", 2, 3.0],
    }
    assert written(columns).splitlines() == [
        "text,integer,real,flag,list,mixed",
        "a,-3,0.500,true,ap;afp,'=1",
        ",0,0.000,false,,2",
        ",,,,,3.000",
    ]


def test_numpy_columns_are_written_like_plain_ones() -> None:
    plain = {"a": [1, 2], "b": [0.25, 1.0], "c": [True, False]}
    arrays = {name: np.array(cells) for name, cells in plain.items()}
    assert written(arrays) == written(plain)  # type: ignore[arg-type]  # arrays are sequences here


def test_lines_end_with_carriage_return_and_line_feed() -> None:
    assert written({"a": ["x"], "b": [1]}) == "a,b\r\nx,1\r\n"


def test_an_empty_table_has_its_header() -> None:
    assert written({"a": [], "b": []}) == "a,b\r\n"


def test_an_item_cannot_split_its_list() -> None:
    assert written({"a": [("x;y", "z")]}) == 'a\r\n"x,y;z"\r\n'


@pytest.mark.parametrize("first", sorted(FORMULA))
def test_text_never_begins_a_formula(first: str) -> None:
    payload = f"{first}cmd|' /C calc'!A0"
    header, (cell,) = read(written({payload: [payload]}))
    assert header == ["'" + payload]
    assert cell == "'" + payload
    assert bare(cell) == payload


def test_negative_numbers_stay_numbers() -> None:
    assert written({"a": [-5], "b": [-0.5]}).splitlines()[1] == "-5,-0.500"


def test_columns_of_different_lengths_are_refused() -> None:
    for columns in ({"a": [1, 2], "b": [1]}, {"a": [], "b": [1]}):
        with pytest.raises(ValueError, match="shorter"):
            written(columns)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=8))
def test_text_survives_the_round_trip(rows: list[tuple[str, str]]) -> None:
    one, other = [row[0] for row in rows], [row[1] for row in rows]
    header, *lines = read(written({"one": one, "other": other}))
    assert header == ["one", "other"]
    for line, row in zip(lines, rows, strict=True):
        for cell, text in zip(line, row, strict=True):
            assert cell[:1] not in FORMULA
            assert cell == (f"'{text}" if text[:1] in FORMULA else text)


@given(ROWS, st.sampled_from([1, 60, 600]))
def test_a_row_is_written_alike_whatever_stands_around_it(
    rows: list[tuple[object, ...]], count: int
) -> None:
    header = "0,1,2,3,4\r\n"
    alone = [written({str(i): [cell] for i, cell in enumerate(row)}) for row in rows]
    columns = {str(i): list(cells) for i, cells in enumerate(zip(*rows * count, strict=True))}
    assert written(columns) == header + "".join(line.removeprefix(header) for line in alone * count)


@given(st.lists(TEXTS, max_size=5))
def test_a_single_column_keeps_its_empty_rows(cells: list[str]) -> None:
    lines = read(written({"only": cells}))[1:]
    assert len(lines) == len(cells)


@given(st.lists(st.tuples(st.integers(), TEXTS), max_size=8), st.sampled_from([1, 100]))
def test_quoting_is_that_of_the_csv_module(rows: list[tuple[int, str]], count: int) -> None:
    rows = rows * count
    safe = [(number, f"'{text}" if text[:1] in FORMULA else text) for number, text in rows]
    expected = io.StringIO(newline="")
    csv.writer(expected).writerows([("a", "b"), *safe])
    assert written({"a": [r[0] for r in rows], "b": [r[1] for r in rows]}) == expected.getvalue()
