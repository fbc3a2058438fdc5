"""Columns whose cells are made where they are asked for.

A table of paragraphs has ten times as many rows as there are articles, most of them with nothing to
say in most columns: held cell by cell it would take more memory than the articles.
"""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from dedup.records import Article

Cell = TypeVar("Cell")

#: Cells that are made at a time.
_BLOCK = 512


class Made(Sequence[Cell], Generic[Cell]):
    """A column that is asked for its cells some rows at a time; else it is like a list."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]  # like a list's

    @abstractmethod
    def cells(self, first: int, last: int) -> list[Cell]:
        """Return the cells of the rows from ``first`` to one before ``last``."""

    @overload
    def __getitem__(self, row: int) -> Cell: ...
    @overload
    def __getitem__(self, row: slice) -> list[Cell]: ...
    def __getitem__(self, row: int | slice) -> Cell | list[Cell]:
        rows = range(len(self))[row]
        if isinstance(rows, int):
            return self.cells(rows, rows + 1)[0]
        if rows.step == 1:
            return self.cells(rows.start, max(rows.start, rows.stop))
        return [self[place] for place in rows]

    def __iter__(self) -> Iterator[Cell]:
        for first in range(0, len(self), _BLOCK):
            yield from self.cells(first, min(first + _BLOCK, len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (list, Made)) and list(self) == list(other)


class Figures(Made[int]):
    """Whole numbers, held in an array."""

    __slots__ = ("_array",)

    def __init__(self, array: NDArray[np.integer]) -> None:
        self._array = array

    def __len__(self) -> int:
        return len(self._array)

    def cells(self, first: int, last: int) -> list[int]:
        """Return the numbers of some rows."""
        numbers: list[int] = self._array[first:last].tolist()
        return numbers


class Named(Made[str]):
    """Names that come again: of each row the place in a list of all."""

    __slots__ = ("_names", "_places")

    def __init__(self, names: Sequence[str], places: NDArray[np.integer]) -> None:
        self._names, self._places = names, places

    def __len__(self) -> int:
        return len(self._places)

    def cells(self, first: int, last: int) -> list[str]:
        """Return the names of some rows."""
        return [self._names[place] for place in self._places[first:last].tolist()]


class Sparse(Made[Cell], Generic[Cell]):
    """Cells of which nearly all are alike.

    Args:
        size: how many rows there are.
        usual: what most cells hold.
        rows: those that hold something else, ascending.
        held: what they hold.

    """

    __slots__ = ("_held", "_rows", "_size", "_usual")

    def __init__(self, size: int, usual: Cell, rows: Sequence[int], held: Sequence[Cell]) -> None:
        self._size, self._usual, self._rows, self._held = size, usual, rows, held

    def __len__(self) -> int:
        return self._size

    def cells(self, first: int, last: int) -> list[Cell]:
        """Return the cells of some rows."""
        found = [self._usual] * (last - first)
        for place in range(bisect_left(self._rows, first), bisect_left(self._rows, last)):
            found[self._rows[place] - first] = self._held[place]
        return found

    def alike(self, first: int, last: int) -> bool:
        """Whether the cells of some rows are all alike."""
        return bisect_left(self._rows, first) == bisect_left(self._rows, last)

    def settled(self, settle: Callable[[Sequence[object]], Sequence[object]]) -> Sparse[object]:
        """Return the column with all cells brought to their type."""
        usual, *held = settle([self._usual, *self._held])
        return Sparse(self._size, usual, self._rows, held)


class Texts(Made[str]):
    """The texts of articles; of none, nothing."""

    __slots__ = ("_articles",)

    def __init__(self, articles: Sequence[Article | None]) -> None:
        self._articles = articles

    def __len__(self) -> int:
        return len(self._articles)

    def cells(self, first: int, last: int) -> list[str]:
        """Return the texts of some rows."""
        return [article.text if article else "" for article in self._articles[first:last]]


class Excerpts(Made[str]):
    """Stretches of texts, each cut out where it is asked for.

    Args:
        texts: of all articles.
        place: of each row, the place of its article's text.
        start: where it begins there.
        end: where it ends.

    """

    __slots__ = ("_end", "_place", "_start", "_texts")

    def __init__(
        self,
        texts: Sequence[str],
        place: Sequence[int],
        start: Sequence[int],
        end: Sequence[int],
    ) -> None:
        self._texts, self._place, self._start, self._end = texts, place, start, end

    def __len__(self) -> int:
        return len(self._place)

    def cells(self, first: int, last: int) -> list[str]:
        """Return the stretches of some rows; rows of one article follow one another."""
        rows = slice(first, last)
        found, known, text = [], -1, ""
        places = zip(self._place[rows], self._start[rows], self._end[rows], strict=True)
        for place, start, end in places:
            if place != known:
                known, text = place, self._texts[place]
            found.append(text[start:end])
        return found
