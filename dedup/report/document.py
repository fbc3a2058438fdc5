"""report.json: everything that was found, as one JSON document, one row a line.

``report.schema.json`` (JSON Schema 2020-12) beside this module describes it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, TextIO, cast

from dedup.cells import Sparse
from dedup.report.columns import QUOTING, TABLES, Type, json_columns
from dedup.report.edition import Edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from dedup.report.columns import Tables

SCHEMA_VERSION = "1.0"

#: Rows that are written at a time: few enough to stay in a processor's cache.
_BLOCK = 512
#: By so many cells is judged whether a column repeats itself.
_PROBE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole report as plain columns (see `columns.settle`), ready to be written.

    ``text`` false leaves out everything that quotes the articles; offsets stay. ``language`` is
    that in which the page opens, ``credit_line`` the house's own (``{agency}`` is the name's
    place); the tables know neither.
    """

    run: Mapping[str, object]
    tables: Tables
    text: bool = True
    language: str = "en"
    credit_line: str = ""


def write_json(path: Path, document: Document) -> None:
    """Write report.json atomically, row by row.

    Raises:
        ReportError: where the file cannot be written.
        ValueError: where ``run`` holds a number that JSON has not (NaN, infinity).

    """
    with Edition(path.parent) as edition, edition.file(path.name) as stream:
        fill_json(stream, document)


def fill_json(stream: TextIO, document: Document) -> None:
    """Write the document to an open stream (see `write_json`)."""
    stream.write(f'{{"schema_version":"{SCHEMA_VERSION}",\n"run":{dumps(document.run)}')
    for table in TABLES:
        stream.write(f',\n"{table}":[')
        separator = "\n"
        for block in _blocks(document, table):
            stream.write(separator + block)
            separator = ",\n"
        stream.write("]")
    stream.write("}\n")


def _blocks(document: Document, table: str) -> Iterator[str]:
    """Yield the rows of a table, some at a time, each on a line of its own."""
    quoting, tables = QUOTING.get(table), document.tables[table]
    columns = [column for column in json_columns(table) if document.text or column.name != quoting]
    # Null stands for empty text, but an article's own text is text even where it is empty.
    empties = [column.type is Type.TEXT and column.name != quoting for column in columns]
    names = [column.name for column in columns]
    for first in range(0, len(tables[names[0]]), _BLOCK):
        rows = slice(first, first + _BLOCK)
        values = [
            _values(tables[name], rows, empty) for name, empty in zip(names, empties, strict=True)
        ]
        block = _laid_out(names, values)
        try:
            block.encode()
        except UnicodeEncodeError:
            told = zip(*([*map(json.loads, column)] for column in values), strict=True)
            block = ",\n".join(dumps(dict(zip(names, row, strict=True))) for row in told)
        yield block


def _laid_out(names: Sequence[str], values: Sequence[Sequence[str]]) -> str:
    """Put the values of columns together to objects, a line each."""
    rows, width = len(values[0]), 2 * len(names)
    parts = ["},\n"] * (rows * (width + 1))
    for place, (name, column) in enumerate(zip(names, values, strict=True)):
        parts[2 * place :: width + 1] = [f'{"," if place else "{"}"{name}":'] * rows
        parts[2 * place + 1 :: width + 1] = column
    parts[-1] = "}"
    return "".join(parts)


def _values(column: Sequence[object], rows: slice, empty: bool) -> list[str]:  # noqa: FBT001 - what "" stands for
    """Give some cells of a column as JSON; ``empty``: null stands for empty text."""
    cells = column[rows]
    if isinstance(column, Sparse) and column.alike(rows.start, rows.start + len(cells)):
        return _written(cells[:1], empty) * len(cells)
    return _written(cells, empty)


def _written(cells: Sequence[object], empty: bool) -> list[str]:  # noqa: FBT001 - as above
    """Give cells as JSON; they are mostly of one type, which is asked once."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        texts = cast("Sequence[str]", cells)
        if 2 * len(set(texts[:_PROBE])) <= _PROBE:
            known = {text: _quoted(text) for text in set(texts)}
            known |= {"": "null"} if empty else {}
            return [known[text] for text in texts]
        return [_quoted(text) if text or not empty else "null" for text in texts]
    if kinds <= {int, type(None)}:
        return ["null" if cell is None else str(cell) for cell in cells]
    return [
        "null" if cell is None else "[]" if cell == () else _ENCODER.encode(cell) for cell in cells
    ]


def dumps(value: object) -> str:
    """JSON on one line, readable in every script.

    A lone surrogate, which UTF-8 cannot carry, makes the whole value plain ASCII with escapes.
    """
    line = _ENCODER.encode(value)
    try:
        line.encode()
    except UnicodeEncodeError:
        return _ASCII.encode(value)
    return line


_quoted = json.encoder.encode_basestring
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_ASCII = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def schema() -> dict[str, object]:
    """The JSON Schema of report.json, as shipped."""
    text = resources.files("dedup.report").joinpath("report.schema.json").read_text("utf-8")
    loaded: dict[str, object] = json.loads(text)
    return loaded
