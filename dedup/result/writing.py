"""A whole report in one edition: CSV tables, report.html, report.json."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.report.columns import TABLES
from dedup.report.document import fill_json
from dedup.report.edition import Edition
from dedup.report.page import fill_page
from dedup.report.table import fill_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dedup.report.document import Document


def write_report(folder: Path, document: Document, formats: Sequence[str]) -> list[Path]:
    """Write the files of these formats; all of them appear, or none.

    Raises:
        ReportError: where the folder cannot be written.

    """
    names: list[str] = []
    with Edition(folder) as edition:
        for form in dict.fromkeys(formats):
            names += _WRITERS[form](edition, document)
    return [folder / name for name in names]


def _write_tables(edition: Edition, document: Document) -> list[str]:
    for table, columns in TABLES.items():
        with edition.file(f"{table}.csv") as stream:
            fill_csv(stream, {c.name: document.tables[table][c.name] for c in columns})
    return [f"{table}.csv" for table in TABLES]


def _write_page(edition: Edition, document: Document) -> list[str]:
    with edition.file("report.html") as stream:
        fill_page(stream, document)
    return ["report.html"]


def _write_json(edition: Edition, document: Document) -> list[str]:
    with edition.file("report.json") as stream:
        fill_json(stream, document)
    return ["report.json"]


_WRITERS = {"csv": _write_tables, "html": _write_page, "json": _write_json}
