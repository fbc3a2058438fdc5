"""CSV tables: UTF-8, RFC 4180, safe to open in a spreadsheet.

Cells are formatted and quoted column by column: a column mostly holds one type and mostly needs
no quotes, and asking once for the whole of it is several times faster than asking at every cell.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TextIO

from dedup.report.edition import Edition

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from dedup.report.columns import Columns

#: A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = frozenset("=+-@\t\r")

#: Rows that are joined to one string at a time.
_BLOCK = 4096


def write_csv(path: Path, columns: Columns) -> None:
    """Write one table atomically: a header, then one line a row, each ended by CR LF.

    Text that a spreadsheet would take for a formula gets one ``'`` before it; numbers stay
    numbers, with three decimals if they are reals; booleans are ``true`` and ``false``; lists are
    joined with ``;`` (a ``;`` inside an item becomes a comma); None and NaN are empty.

    Raises:
        ReportError: where the file cannot be written.
        ValueError: where the columns differ in length.

    """
    with Edition(path.parent) as edition, edition.file(path.name) as stream:
        fill_csv(stream, columns)


def fill_csv(stream: TextIO, columns: Columns) -> None:
    """Write one table to an open stream (see `write_csv`)."""
    _write_lines(stream, zip(*[_quoted([_text(name)]) for name in columns], strict=True))
    cells = [_quoted(_formatted(column)) for column in columns.values()]
    if len(cells) == 1:  # a line with nothing on it would be no row at all
        cells = [[cell or '""' for cell in cells[0]]]
    _write_lines(stream, zip(*cells, strict=True))


def _write_lines(stream: TextIO, rows: Iterable[Sequence[str]]) -> None:
    lines = map(",".join, rows)
    while block := list(islice(lines, _BLOCK)):
        stream.write("\r\n".join(block) + "\r\n")


def _formatted(cells: Sequence[object]) -> list[str]:
    """The cells as text, not yet quoted."""
    plain: Sequence[object] = cells.tolist() if hasattr(cells, "tolist") else cells
    kinds = set(map(type, plain)) - {type(None)}
    if kinds == {str}:
        texts = ["" if cell is None else str(cell) for cell in plain]
        return [f"'{text}" if text[:1] in FORMULA else text for text in texts]
    if kinds == {int}:
        return ["" if cell is None else str(cell) for cell in plain]
    if kinds == {float}:
        return ["" if cell is None or cell != cell else f"{cell:z.3f}" for cell in plain]  # noqa: PLR0124
    return [_cell(cell) for cell in plain]


def _cell(cell: object) -> str:
    if cell is None or cell != cell:  # noqa: PLR0124 - only a NaN differs from itself
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell:z.3f}"
    if isinstance(cell, int):
        return str(cell)
    return _text(joined(cell) if isinstance(cell, (list, tuple)) else str(cell))


def _text(text: str) -> str:
    return f"'{text}" if text[:1] in FORMULA else text


def _quoted(cells: Sequence[str]) -> Sequence[str]:
    """Put quotes around the cells that need them (RFC 4180, section 2, rules 5 to 7)."""
    if not _needs_quotes("".join(cells)):
        return cells
    return [
        f'"{cell.replace(_QUOTE, _QUOTE * 2)}"' if _needs_quotes(cell) else cell for cell in cells
    ]


_QUOTE = '"'


def _needs_quotes(text: str) -> bool:
    return "," in text or _QUOTE in text or "\n" in text or "\r" in text


def joined(items: Sequence[object]) -> str:
    """A list as one cell; a ``;`` inside an item becomes a comma, so that it splits again."""
    return ";".join([str(item).replace(";", ",") for item in items])


def bare(cell: str) -> str:
    """A text cell as it was before `write_csv` made it safe."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell
