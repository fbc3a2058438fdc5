"""The columns of every table, in the order in which they are written.

One place for names and types: the CSV files, report.json, its schema, the DataFrames and the page
all read them here. What each column means stands in ``report.schema.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from dedup.cells import Excerpts, Figures, Named, Sparse, Texts
from dedup.errors import ReportError

#: Table name → column name → cells, all columns of a table of one length.
Tables = Mapping[str, Mapping[str, Sequence[object]]]
Columns = Mapping[str, Sequence[object]]


class Type(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"  #: a string, empty where nothing is known
    INTEGER = "integer"
    REAL = "real"  #: three decimals
    BOOLEAN = "boolean"
    LIST = "list"  #: strings, sorted
    RANKED = "ranked"  #: strings in an order that means something


class Column(NamedTuple):
    """One column; an ``optional`` one may hold None (an empty cell)."""

    name: str
    type: Type
    optional: bool = False


def _columns(text: str) -> tuple[Column, ...]:
    """Read ``name:type`` words; a ``?`` marks an optional column, no type means text."""
    found = []
    for word in text.split():
        name, _, kind = word.partition(":")
        found.append(Column(name, Type(kind.rstrip("?") or "text"), kind.endswith("?")))
    return tuple(found)


#: The tables of a report: file name without ``.csv`` → its columns.
TABLES: Mapping[str, tuple[Column, ...]] = {
    "articles": _columns(
        "article_id path title publisher published_at language words:integer verdict "
        "confidence:real agencies:list credited_agencies:list uncredited_agencies:list "
        "copied_share:real wire_share:real uncredited_share:real own_share:real derived_from "
        "relation cluster_id story_id reasons:ranked"
    ),
    "paragraphs": _columns(
        "article_id n:integer start:integer end:integer role words:integer reuse source_id "
        "source_n:integer? score:real? direction agencies:list credit text"
    ),
    "matches": _columns(
        "article_id start:integer end:integer n_first:integer n_last:integer other_id "
        "other_start:integer other_end:integer other_n_first:integer other_n_last:integer "
        "words:integer kind score:real resemblance:real containment:real other_containment:real "
        "cosine:real direction lag_seconds:integer?"
    ),
    "attributions": _columns(
        "article_id n:integer? start:integer? end:integer? text agency kind scope is_agency:boolean"
    ),
    "stories": _columns(
        "story_id articles:integer outlets:integer origins:integer unknown_origins:integer "
        "agencies:list wire_in_corpus:boolean first_article_id first_published_at"
    ),
    "sources": _columns(
        "publisher agency articles:integer words:integer credited_words:integer "
        "uncredited_words:integer median_lag_seconds:integer?"
    ),
}

#: What report.json holds of an article beyond the columns of articles.csv.
ARTICLE_EXTRAS: tuple[Column, ...] = _columns("url authors:ranked text")

#: Columns that quote the articles themselves; ``--no-text`` leaves them out.
QUOTING: Mapping[str, str] = {"articles": "text", "paragraphs": "text", "attributions": "text"}


def json_columns(table: str) -> tuple[Column, ...]:
    """The columns that a table has in report.json."""
    return TABLES[table] + (ARTICLE_EXTRAS if table == "articles" else ())


def settle(tables: Tables) -> dict[str, dict[str, Sequence[object]]]:
    """Check every table against its columns and bring the cells to their plain Python types.

    Reals are rounded to three decimals here, once, so that CSV, JSON and DataFrames agree.
    ``url``, ``authors`` and ``text`` of the articles may be absent: they are then empty.

    Raises:
        ReportError: where a table or a column is missing, unknown, or of another length, or a
            cell is not of its column's type.

    """
    if unknown := sorted(set(tables) - set(TABLES)):
        message = f"The report has no table called {unknown[0]}."
        raise ReportError(message)
    return {name: _settle_table(name, tables.get(name)) for name in TABLES}


def _settle_table(name: str, columns: Columns | None) -> dict[str, Sequence[object]]:
    if columns is None:
        message = f"The table {name} is missing."
        raise ReportError(message)
    wanted = json_columns(name)
    if unknown := sorted(set(columns) - {column.name for column in wanted}):
        message = f"The table {name} has no column called {unknown[0]}."
        raise ReportError(message)
    rows = max(map(len, columns.values()), default=0)
    settled = {}
    for column in wanted:
        cells = columns.get(column.name)
        if cells is None and column in ARTICLE_EXTRAS:
            cells = [None] * rows
        if cells is None or len(cells) != rows:
            message = f"The table {name} lacks cells in its column {column.name}."
            raise ReportError(message)
        try:
            settled[column.name] = _settle_cells(column, cells)
        except (TypeError, ValueError, OverflowError) as error:
            message = f"The table {name} has a wrong cell in its column {column.name}: {error}."
            raise ReportError(message) from error
    return settled


def _settle_cells(column: Column, cells: Sequence[object]) -> Sequence[object]:
    if isinstance(cells, Sparse):
        return cells.settled(partial(_settle_cells, column))
    if isinstance(cells, _KNOWN.get(column.type, ())):
        return cells
    plain = cells.tolist() if hasattr(cells, "tolist") else list(cells)
    kinds = set(map(type, plain))
    if column.type is Type.TEXT:
        return plain if kinds <= {str} else [_text(cell) for cell in plain]
    if column.type in {Type.LIST, Type.RANKED}:
        items = _ranked if column.type is Type.RANKED else _sorted
        if kinds <= {tuple}:
            known = {cell: items(cell) for cell in set(plain)}
            return [known[cell] for cell in plain]
        return [items(cell) for cell in plain]
    return _settle_values(column, plain, kinds)


def _settle_values(
    column: Column, plain: list[object], kinds: set[type[object]]
) -> Sequence[object]:
    if not column.optional and type(None) in kinds:
        message = "a cell is empty"
        raise ValueError(message)
    if column.type is Type.BOOLEAN:
        return [None if cell is None else bool(cell) for cell in plain]
    if column.type is Type.INTEGER:
        return plain if kinds <= {int, type(None)} else [_integer(cell) for cell in plain]
    if kinds <= {float, type(None)}:
        rounded = {cell: _real(cell) for cell in set(plain)}
        return [rounded[cell] for cell in plain]
    return [_real(cell) for cell in plain]


#: The columns that hold cells of a type, whichever they are.
_KNOWN = {Type.TEXT: (Named, Texts, Excerpts), Type.INTEGER: (Figures,)}


def _ranked(cell: object) -> tuple[str, ...]:
    return tuple(_strings(cell))


def _sorted(cell: object) -> tuple[str, ...]:
    return tuple(sorted(set(_strings(cell))))


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _strings(cell: object) -> Iterable[str]:
    if cell is None:
        return ()
    if isinstance(cell, str) or not isinstance(cell, Iterable):
        message = f"{cell!r} is not a list"
        raise TypeError(message)
    return map(str, cell)


def _integer(cell: object) -> int | None:
    number = _number(cell)
    return None if number is None else round(number)


def _real(cell: object) -> float | None:
    number = _number(cell)
    return None if number is None else round(float(number), 3) + 0.0  # no negative zero


def _number(cell: object) -> int | float | None:
    if cell is None or cell != cell:  # noqa: PLR0124 - only a NaN differs from itself
        return None
    if isinstance(cell, int):
        return cell
    if isinstance(cell, str) or not hasattr(cell, "__float__"):
        message = f"{cell!r} is not a number"
        raise TypeError(message)
    return float(cell)


def without_text(tables: Tables) -> dict[str, Columns]:
    """The same tables with every quoting cell empty: offsets only."""
    blank: dict[str, Columns] = {}
    for name, columns in tables.items():
        quoting = QUOTING.get(name)
        blank[name] = {
            column: Sparse(len(cells), "", (), ()) if column == quoting else cells
            for column, cells in columns.items()
        }
    return blank
