"""A whole report in one edition: CSV tables, report.html, report.json, Parquet tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.engine import Local
from dedup.errors import MissingExtra
from dedup.report.columns import TABLES
from dedup.report.document import fill_json
from dedup.report.edition import Edition
from dedup.report.page import fill_page
from dedup.report.table import fill_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dedup.report.document import Document
    from dedup.report.edition import Share


def write_report(
    folder: Path, document: Document, formats: Sequence[str], workers: int = 1
) -> list[Path]:
    """Write the files of these formats; all of them appear, or none.

    Args:
        folder: where they go.
        document: what is written.
        formats: the forms in which it is written.
        workers: processes that write, each one form at a time.

    Raises:
        ReportError: where the folder cannot be written.

    """
    names: list[str] = []
    with Edition(folder) as edition:

        def write(form: str) -> tuple[list[str], Share]:
            return _WRITERS[form](edition, document), edition.share

        for written, share in Local(workers).map_batches(write, list(dict.fromkeys(formats))):
            names += written
            edition.take(share)
    return [folder / name for name in names]


def _write_tables(edition: Edition, document: Document) -> list[str]:
    for table, columns in TABLES.items():
        with edition.file(f"{table}.csv") as stream:
            fill_csv(stream, {c.name: document.tables[table][c.name] for c in columns})
    return [f"{table}.csv" for table in TABLES]


def _write_page(edition: Edition, document: Document) -> list[str]:
    fill_page(edition, "report.html", document)
    return ["report.html"]


def _write_json(edition: Edition, document: Document) -> list[str]:
    with edition.file("report.json") as stream:
        fill_json(stream, document)
    return ["report.json"]


def _write_columns(edition: Edition, document: Document) -> list[str]:
    """Write each table as a Parquet file with the columns of its DataFrame.

    Raises:
        MissingExtra: where pyarrow is not installed.

    """
    from dedup.result.frames import frame

    for table in TABLES:
        with edition.file(f"{table}.parquet") as stream:
            try:
                frame(table, document.tables[table]).to_parquet(stream.buffer, index=False)
            except ImportError as error:
                what = "writing Parquet"
                raise MissingExtra(what, "parquet") from error
    return [f"{table}.parquet" for table in TABLES]


_WRITERS = {
    "csv": _write_tables,
    "html": _write_page,
    "json": _write_json,
    "parquet": _write_columns,
}
