"""A reviewer's marks: labels.csv, written by the report, read by ``scan --labels`` and `evaluate`.

Each row judges one thing. A row with ``other_id`` judges a match, one with ``agency`` an
attribution, one with ``verdict`` the verdict on its article. ``mark`` is ``right`` (or empty: what
the row says is so), ``wrong`` (it is not so) or ``ignore`` (it is not to count). Where ``start,
end`` are empty the row is about the whole article, else about what touches them. ``kind`` is that
of a match, ``attribution`` the kind of one.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

from dedup.errors import ReportError
from dedup.records import Direction, Kind, Label, Reuse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: What each column may hold beside nothing; the others hold ids and offsets.
_WORDS: dict[str, tuple[str, ...]] = {
    "kind": tuple(Reuse),
    "direction": tuple(Direction),
    "attribution": tuple(Kind),
    "verdict": tuple(Label),
    "mark": ("right", "wrong", "ignore"),
}
#: A cell that a spreadsheet would take for a formula was written with a quote before it.
_FORMULA = ("'=", "'+", "'-", "'@", "'\t", "'\r")


class Mark(NamedTuple):
    """One row of labels.csv; empty strings and None mean "not given"."""

    article_id: str
    start: int | None = None
    end: int | None = None
    other_id: str = ""
    kind: str = ""
    direction: str = ""
    agency: str = ""
    attribution: str = ""
    verdict: str = ""
    mark: str = "right"

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a span of the article is what the row is about."""
        if self.start is None or self.end is None:
            return True
        return start < self.end and end > self.start


def read_marks(path: Path) -> list[Mark]:
    """Read a labels.csv.

    Raises:
        ReportError: where it cannot be read, or a row lacks its article or holds an unknown word
            or offset.

    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, strict=True)
            columns = table.fieldnames or ()
            rows = list(table)
    except (OSError, UnicodeDecodeError, csv.Error) as failure:
        message = f"cannot read the labels {path}: {failure}"
        raise ReportError(message) from failure
    if "article_id" not in columns:
        message = f"{path} has no column article_id; is it comma-separated, with a header?"
        raise ReportError(message)
    marks = []
    for n, row in enumerate(rows, 1):
        try:
            marks.append(mark_of(row))
        except ValueError as fault:
            message = f"{path}, row {n}: {fault}"
            raise ReportError(message) from fault
    return marks


def mark_of(row: Mapping[str, str | None]) -> Mark:
    """Make a mark of a row of labels.csv.

    Raises:
        ValueError: saying what is wrong with the row.

    """
    cells = {name: _bare((row.get(name) or "").strip()) for name in Mark._fields}
    cells["mark"] = cells["mark"] or "right"
    if not cells["article_id"]:
        message = "it needs an article_id"
        raise ValueError(message)
    for name, words in _WORDS.items():
        if cells[name] and cells[name] not in words:
            message = f"{name} must be of {', '.join(words)}, not {cells[name]!r}"
            raise ValueError(message)
    start, end = _span(cells.pop("start"), cells.pop("end"))
    return Mark(start=start, end=end, **cells)


def _span(start: str, end: str) -> tuple[int, int] | tuple[None, None]:
    """Read the two offsets of a row; a table that has been through pandas writes them as 12.0."""
    if not start and not end:
        return None, None
    first, last = start.removesuffix(".0"), end.removesuffix(".0")
    if not (first.isdecimal() and last.isdecimal() and int(first) < int(last)):
        message = "start and end are both whole numbers, the first the lesser, or both empty"
        raise ValueError(message)
    return int(first), int(last)


def _bare(cell: str) -> str:
    """Give a cell as it was before it was made safe for spreadsheets."""
    return cell[1:] if cell.startswith(_FORMULA) else cell
