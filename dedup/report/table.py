"""CSV tables: UTF-8, RFC 4180, safe to open in a spreadsheet.

Cells are formatted column by column, some hundred rows at a time: a column mostly holds one type,
is mostly empty or repeats itself, and to ask that of many cells at once is several times faster
than to ask at every cell.
"""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, TextIO, cast

from dedup.cells import Sparse
from dedup.report.edition import Edition

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dedup.report.columns import Columns

#: A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = frozenset("=+-@\t\r")

#: Rows that are formatted at a time: few enough to stay in a processor's cache.
_BLOCK = 512
#: By so many cells is judged whether a column repeats itself.
_PROBE = 8
_QUOTE = '"'
#: What stands behind a cell, and behind the last one of a row.
_NEXT, _LAST = ",", "\r\n"


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


def fill_csv(stream: TextIO, columns: Columns, share: tuple[int, int] = (0, 1)) -> None:
    """Write one table to an open stream (see `write_csv`).

    Args:
        stream: where it goes.
        columns: what is written.
        share: which of how many shares of the rows; the first one has the header.

    """
    plain = [cells.tolist() if hasattr(cells, "tolist") else cells for cells in columns.values()]
    rows = max(map(len, plain), default=0)
    if any(len(cells) < rows for cells in plain):
        message = "a column is shorter than another"
        raise ValueError(message)
    number, of = share
    if not number:
        stream.write(",".join(map(_written, columns)) + "\r\n")
    forms: dict[str, _Form] = {}
    begin, stop = rows * number // of, rows * (number + 1) // of
    for first in range(begin, stop, _BLOCK):
        last = min(first + _BLOCK, stop)
        block = [
            forms.setdefault(end, _Form(end)).written(cells[first:last])
            for cells, end in _ended(plain, first, last)
        ]
        if len(plain) == 1:  # a line with nothing on it would be no row at all
            block = [[line if line != _LAST else f'""{line}' for line in block[0]]]
        lines = [""] * (len(block) * len(block[0]))
        for place, cells in enumerate(block):
            lines[place :: len(block)] = cells
        stream.write("".join(lines))


def _ended(
    columns: Sequence[Sequence[object]], first: int, last: int
) -> list[tuple[Sequence[object], str]]:
    """Give the columns of some rows, each with what stands behind its cells.

    That is a comma or the end of the line, and all of the columns after it that hold one thing.
    """
    ended: list[tuple[Sequence[object], str]] = []
    end = _LAST
    for place in reversed(range(len(columns))):
        cells = columns[place]
        if place and isinstance(cells, Sparse) and cells.alike(first, last):
            end = f",{_cell(cells[first])}{end}"
        else:
            ended.append((cells, end))
            end = _NEXT
    return ended[::-1]


class _Form:
    """Gives cells the form in which they stand in the file, each with its ``end``."""

    def __init__(self, end: str) -> None:
        self.end = end
        self._figures = _Figures(end)

    def written(self, cells: Sequence[object]) -> list[str]:
        """Give the cells of one column their form."""
        kinds = set(map(type, cells))
        if kinds == {str}:
            return self._texts(cast("Sequence[str]", cells))
        if kinds <= {int, type(None)}:
            return [*map(self._figures.__getitem__, cast("Sequence[int]", cells))]
        end = self.end
        if kinds <= {float, type(None)}:
            known = {cell: f"{_cell(cell)}{end}" for cell in set(cells)}
            return [known[cell] for cell in cells]
        return [end if cell is _NO_ITEMS else f"{_cell(cell)}{end}" for cell in cells]

    def _texts(self, cells: Sequence[str]) -> list[str]:
        end, probe = self.end, cells[:_PROBE]
        if not any(probe):
            lines = [end] * len(cells)
            for row in compress(range(len(cells)), cells):
                lines[row] = _written(cells[row]) + end
            return lines
        if 2 * len(set(probe)) <= _PROBE:
            known = {text: _written(text) + end for text in set(cells)}
            return [known[text] for text in cells]
        safe = [_safe(text) if text < _BEYOND else text for text in cells]
        return [
            f'"{text.replace(_QUOTE, _QUOTE * 2)}"{end}'
            if _QUOTE in text
            else f'"{text}"{end}'
            if "," in text or "\n" in text or "\r" in text
            else text + end
            for text in safe
        ]


class _Figures(dict[int | None, str]):
    """Whole numbers in their form, each made when it is first met; no number is an empty cell."""

    def __init__(self, end: str) -> None:
        super().__init__({None: end})
        self._end = end

    def __missing__(self, number: int) -> str:
        self[number] = text = f"{number}{self._end}"
        return text


#: Most lists are empty.
_NO_ITEMS: tuple[object, ...] = ()
#: What begins with this letter or a later one is no formula.
_BEYOND = "A"


def _cell(cell: object) -> str:
    if cell is None or cell != cell:  # noqa: PLR0124 - only a NaN differs from itself
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell:z.3f}"
    if isinstance(cell, int):
        return str(cell)
    return _written(joined(cell) if isinstance(cell, (list, tuple)) else str(cell))


def _written(text: str) -> str:
    """A text in quotes if it needs them (RFC 4180, section 2, rules 5 to 7)."""
    text = _safe(text)
    if _QUOTE in text or "," in text or "\n" in text or "\r" in text:
        return f'"{text.replace(_QUOTE, _QUOTE * 2)}"'
    return text


def _safe(text: str) -> str:
    return f"'{text}" if text[:1] in FORMULA else text


def joined(items: Sequence[object]) -> str:
    """A list as one cell; a ``;`` inside an item becomes a comma, so that it splits again."""
    return ";".join([str(item).replace(";", ",") for item in items])


def bare(cell: str) -> str:
    """A text cell as it was before `write_csv` made it safe."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell
