"""A whole report in one edition: CSV tables, report.html, report.json, Parquet tables."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dedup.engine import Local
from dedup.errors import MissingExtra
from dedup.report.columns import TABLES
from dedup.report.document import fill_json
from dedup.report.edition import Edition
from dedup.report.page import fill_page
from dedup.report.table import fill_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from dedup.report.document import Document
    from dedup.report.edition import Share

    _Writer = Callable[[Edition, Document], list[str]]

#: Rows of a ledger with which tables are written in shares, by several processes at once: of more,
#: what each of them copies by reading it takes more memory than the time is worth.
_LONG = range(1 << 15, 1 << 21)


def write_report(
    folder: Path, document: Document, formats: Sequence[str], workers: int = 1
) -> list[Path]:
    """Write the files of these formats; all of them appear, or none.

    Args:
        folder: where they go.
        document: what is written.
        formats: the forms in which it is written.
        workers: processes that write, each one form at a time, or a share of long tables.

    Raises:
        ReportError: where the folder cannot be written.

    """
    shares = workers if len(document.tables["paragraphs"]["n"]) in _LONG else 1
    tasks: list[_Writer] = []
    for form in dict.fromkeys(formats):
        if form == "csv":
            tasks += [partial(_write_tables, share=(n, shares)) for n in range(shares)]
        else:
            tasks.append(_WRITERS[form])
    names: dict[str, None] = {}
    with Edition(folder) as edition:

        def write(task: _Writer) -> tuple[list[str], Share]:
            return task(edition, document), edition.share

        for written, share in Local(workers).map_batches(write, tasks):
            names |= dict.fromkeys(written)
            edition.take(share)
        edition.join()
    return [folder / name for name in names]


def _write_tables(edition: Edition, document: Document, share: tuple[int, int]) -> list[str]:
    """Write one of so many shares of each table."""
    for table, columns in TABLES.items():
        cells = {c.name: document.tables[table][c.name] for c in columns}
        with edition.file(f"{table}.csv", share[0]) as stream:
            fill_csv(stream, cells, share)
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


_WRITERS: dict[str, _Writer] = {
    "html": _write_page,
    "json": _write_json,
    "parquet": _write_columns,
}
