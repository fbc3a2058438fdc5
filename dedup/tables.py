"""Columns for the corridor: frozen groups of read-only NumPy arrays, ragged data as CSR.

``indptr[i]:indptr[i + 1]`` are the rows of item *i*. Arrays are made read-only and their lengths
checked once, when a table is made.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, Self, TypeVar

import numpy as np

from dedup.spilling import Growing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Words = NDArray[np.uint64]
    Offsets = NDArray[np.int32]
    Pointers = NDArray[np.int64]
    Flags = NDArray[np.uint8]

#: Bits of ``TokenTable.flags``; QUOTED are somebody else's words, which the writer only reports,
#: ASIDE those that the page sets into his sentences and that are no part of them.
CAPITAL, NUMBER, SPACELESS, QUOTED, ASIDE = 1, 2, 4, 8, 16


#: Cells that are added up at a time.
_CELLS = 1 << 19


class Table:
    """A frozen group of columns: read-only, all with one row count but the pointers."""

    def __post_init__(self) -> None:
        """Freeze the arrays and check that the columns agree.

        Raises:
            ValueError: where two columns differ in length, or the pointers do not span them.

        """
        sizes = set()
        for field in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            column = getattr(self, field.name)
            column.flags.writeable = False
            if field.name != "indptr":
                sizes.add(len(column))
            elif len(column) == 0 or column[0] != 0:
                message = f"{type(self).__name__}.indptr must begin with 0"
                raise ValueError(message)
        indptr = getattr(self, "indptr", None)
        if indptr is not None and sizes:
            sizes.add(int(indptr[-1]))
        if len(sizes) > 1:
            message = f"{type(self).__name__}: columns of lengths {sorted(sizes)}"
            raise ValueError(message)

    @classmethod
    def concatenate(cls, parts: Sequence[Self]) -> Self:
        """Put tables end to end; pointers are shifted."""
        pile = Pile(cls)
        for part in parts:
            pile.add(part)
        return pile.table()

    def of(self, first: int, last: int) -> Self:
        """Return the rows of some items, ``first`` to one before ``last``, without a copy."""
        indptr = self.indptr[first : last + 1]  # type: ignore[attr-defined]
        rows = slice(int(indptr[0]), int(indptr[-1]))
        columns = {
            field.name: indptr - indptr[0]
            if field.name == "indptr"
            else getattr(self, field.name)[rows]
            for field in fields(self)  # type: ignore[arg-type]
        }
        return type(self)(**columns)

    def cuts(self, rows: int) -> list[tuple[int, int]]:
        """Cut the items into blocks of about so many rows: the first of each, and one past."""
        indptr: Pointers = self.indptr  # type: ignore[attr-defined]
        items = len(indptr) - 1
        inner = np.searchsorted(indptr, np.arange(rows, indptr[-1], rows)).tolist()
        return list(pairwise(sorted({0, *inner, items}))) or [(0, 0)]


def totals(cells: NDArray[np.generic], indptr: Pointers) -> Pointers:
    """Return the sum of the cells of each item; items are adjacent.

    NumPy makes wide numbers of all that it adds up in one go: of some items at a time.
    """
    found = np.zeros(len(indptr) - 1, np.int64)
    filled = np.flatnonzero(np.diff(indptr))
    begin = indptr[filled]
    cuts = np.searchsorted(begin, np.arange(indptr[0], indptr[-1], _CELLS)).tolist()
    for first, last in pairwise(sorted({*cuts, len(filled)})):
        own, low = filled[first:last], begin[first]
        cell = cells[low : indptr[own[-1] + 1]]
        found[own] = np.add.reduceat(cell, begin[first:last] - low, dtype=np.int64)
    return found


Kind = TypeVar("Kind", bound=Table)


class Pile(Generic[Kind]):
    """Tables of one kind, put end to end as they come."""

    def __init__(self, kind: type[Kind], expected: int = 0) -> None:
        """Take the kind, and about how many rows will come at most, if that is known."""
        self._kind = kind
        self._names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
        self._columns: dict[str, Growing[np.generic]] = {
            name: Growing(0 if name == "indptr" else expected) for name in self._names
        }
        self.rows = 0  #: so far, where the tables have pointers

    def add(self, part: Kind) -> None:
        """Put a table at the end; its pointers are shifted."""
        for name in self._names:
            cells = getattr(part, name)
            if name == "indptr":
                first, self.rows = self.rows, self.rows + int(cells[-1])
                cells = cells + first if not self._columns[name].size else cells[1:] + first
            self._columns[name].extend(cells)

    def table(self) -> Kind:
        """Return all of them as one; nothing is added any more."""
        return self._kind(**{name: column.column() for name, column in self._columns.items()})


@dataclass(frozen=True, eq=False)
class TokenTable(Table):
    """The words of a run of articles, in the order of the text.

    ``start, end`` are code-point offsets in the article's own text; ``word`` is the hash of the
    folded word (docs/engine.md); ``flags`` are CAPITAL, NUMBER, SPACELESS, and, once the articles
    were read, QUOTED and ASIDE.
    """

    indptr: Pointers
    start: Offsets
    end: Offsets
    word: Words
    flags: Flags


@dataclass(frozen=True, eq=False)
class BodyTable(Table):
    """The words that tell the story (no headings, promos, captions, credits), article by article.

    ``weight`` is how much each word tells, in nats; ``telling`` the same in steps of 1/16, 0 where
    the wording is not the writer's own: names and figures.
    """

    indptr: Pointers
    word: Words
    weight: NDArray[np.float32]
    telling: Offsets
    flags: Flags


@dataclass(frozen=True, eq=False)
class RunTable(Table):
    """Runs of words that two articles have in common, pair by pair.

    ``here`` and ``there`` are where a run begins in the words of the left and the right article.
    """

    indptr: Pointers
    here: Offsets
    there: Offsets
    length: Offsets


@dataclass(frozen=True, eq=False)
class ShingleTable(Table):
    """Hashes of word n-grams, item by item (an item is an article or a paragraph)."""

    indptr: Pointers
    hash: Words


@dataclass(frozen=True, eq=False)
class SignatureTable(Table):
    """MinHash signatures, one row an item: ``value[n, num_perm]``, equal to datasketch's."""

    value: NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class PairTable(Table):
    """Candidate pairs, ``left < right``, sorted, unique; ``channel`` is a bit mask."""

    left: Offsets
    right: Offsets
    channel: Flags
