"""Reading a report back: from report.json, or from the CSV tables where there is none."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.errors import ReportError
from dedup.report.columns import TABLES, Type, json_columns
from dedup.report.document import SCHEMA_VERSION
from dedup.report.table import bare
from dedup.result.result import Result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.report.columns import Column, Columns


def read_report(folder: str | Path) -> Result:
    """Give back the `Result` that was written to a folder.

    report.json holds all of it. The CSV tables alone give the tables back without the articles'
    texts and with an empty ``run``; a text that itself began with ``'=`` (or ``'+``, ``'-``,
    ``'@``) loses that quote there.

    Raises:
        ReportError: where the folder holds no report, or one that cannot be read.

    """
    place = Path(folder)
    document = place / "report.json"
    try:
        if document.is_file():
            return _from_json(document)
        if all((place / f"{table}.csv").is_file() for table in TABLES):
            return Result({table: _read_table(place, table) for table in TABLES}, {})
    except OSError as error:
        message = f"The report in {place} cannot be read: {error.strerror or error}."
        raise ReportError(message) from error
    except (ValueError, csv.Error, RecursionError) as error:
        message = f"The report in {place} is damaged: {error}."
        raise ReportError(message) from error
    message = f"{place} holds no report: neither report.json nor the CSV tables are there."
    raise ReportError(message)


def _from_json(path: Path) -> Result:
    document = json.loads(path.read_text("utf-8"))
    version = document.get("schema_version") if isinstance(document, dict) else None
    if str(version).split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        message = f"{path} is not a report of schema version {SCHEMA_VERSION}."
        raise ReportError(message)
    run = document.get("run")
    if not isinstance(run, dict):
        message = f"{path} lacks the record of its run."
        raise ReportError(message)
    tables = {table: _columns(table, document.get(table)) for table in TABLES}
    return Result(tables, run)


def _columns(table: str, rows: object) -> Columns:
    """Turn a list of row objects into columns; quoting columns may have been left out."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        message = f"The report's {table} are not a list of rows."
        raise ReportError(message)
    return {c.name: [row.get(c.name) for row in rows] for c in json_columns(table)}


def _read_table(folder: Path, table: str) -> Columns:
    csv.field_size_limit(sys.maxsize)  # a paragraph may be longer than the module expects
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        header, *lines = csv.reader(stream)
    expected = [column.name for column in TABLES[table]]
    if header != expected or any(len(line) != len(expected) for line in lines):
        message = f"{table}.csv does not have the columns of a report."
        raise ReportError(message)
    cells = zip(*lines, strict=True) if lines else [()] * len(expected)
    return {
        column.name: _parsed(column, cell)
        for column, cell in zip(TABLES[table], cells, strict=True)
    }


def _parsed(column: Column, cells: Sequence[str]) -> list[object]:
    if column.type is Type.TEXT:
        return [bare(cell) for cell in cells]
    if column.type in {Type.LIST, Type.RANKED}:
        return [bare(cell).split(";") if cell else [] for cell in cells]
    if column.type is Type.BOOLEAN:
        return [_TRUTH[cell] if cell in _TRUTH else _truth(cell) for cell in cells]
    number = int if column.type is Type.INTEGER else float
    return [number(cell) if cell else None for cell in cells]


_TRUTH: Mapping[str, bool] = {"true": True, "false": False}


def _truth(cell: str) -> bool:
    message = f"{cell!r} is neither true nor false"
    raise ValueError(message)
