"""report.json: everything that was found, as one JSON document, one row a line.

``report.schema.json`` (JSON Schema 2020-12) beside this module describes it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, TextIO

from dedup.report.columns import QUOTING, TABLES, Type, json_columns
from dedup.report.edition import Edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from dedup.report.columns import Column, Tables

SCHEMA_VERSION = "1.0"


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
        for row in rows(document, table):
            stream.write(separator + dumps(row))
            separator = ",\n"
        stream.write("]")
    stream.write("}\n")


def rows(document: Document, table: str) -> Iterator[dict[str, object]]:
    """The rows of one table as JSON values, with its columns in their order."""
    columns = [
        column
        for column in json_columns(table)
        if document.text or QUOTING.get(table) != column.name
    ]
    names = [column.name for column in columns]
    cells = [_values(table, column, document.tables[table][column.name]) for column in columns]
    for row in zip(*cells, strict=True):
        yield dict(zip(names, row, strict=True))


def _values(table: str, column: Column, cells: Sequence[object]) -> Sequence[object]:
    """Null stands for empty text, but an article's own text is text even where it is empty."""
    if column.type is Type.TEXT and QUOTING.get(table) != column.name:
        return [cell or None for cell in cells]
    return cells


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


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_ASCII = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def schema() -> dict[str, object]:
    """The JSON Schema of report.json, as shipped."""
    text = resources.files("dedup.report").joinpath("report.schema.json").read_text("utf-8")
    loaded: dict[str, object] = json.loads(text)
    return loaded
