"""The columns of a `TokenTable`, filled by several threads at once, a chunk of texts each."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import numpy as np

from dedup.tables import TokenTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

Item = TypeVar("Item")


class Rows(NamedTuple):
    """The columns of a `TokenTable`, or some rows of them."""

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    word: NDArray[np.uint64]
    flags: NDArray[np.uint8]

    @classmethod
    def made(cls, size: int) -> Rows:
        """Make room for so many words."""
        start, end = np.empty(size, np.int32), np.empty(size, np.int32)
        return cls(start, end, np.empty(size, np.uint64), np.empty(size, np.uint8))

    def some(self, own: slice) -> Rows:
        """Return some of the rows."""
        return Rows(self.start[own], self.end[own], self.word[own], self.flags[own])


class Placed(NamedTuple, Generic[Item]):
    """A chunk, the rows that it is to fill, and the number of the first of them."""

    chunk: Item
    rows: Rows
    first: int


class Filling(Generic[Item]):
    """The words of all texts, filled in from the front; room that is not filled takes no memory.

    Several threads may ask, for chunks in any order: a chunk gets its rows as soon as it is known
    how many words stand before it.

    Args:
        size: words that room is made for; where more come, all is copied once.

    """

    def __init__(self, size: int) -> None:
        self._rows = Rows.made(size)
        self._beyond: list[Rows] = []  # what there is no room for
        self._waiting: dict[int, tuple[Item, int]] = {}
        self._chunks = self.size = 0  #: words so far
        self._lock = Lock()

    def given(self, number: int, chunk: Item, size: int) -> list[Placed[Item]]:
        """Take a chunk of so many words, chunks being numbered; return which have rows now."""
        placed = []
        with self._lock:
            self._waiting[number] = chunk, size
            while self._chunks in self._waiting:
                chunk, size = self._waiting.pop(self._chunks)
                placed.append(Placed(chunk, self._next(size), self.size))
                self._chunks += 1
                self.size += size
        return placed

    def _next(self, size: int) -> Rows:
        """Return the next rows."""
        if self._beyond or self.size + size > len(self._rows.start):
            self._beyond.append(Rows.made(size))
            return self._beyond[-1]
        return self._rows.some(slice(self.size, self.size + size))

    def table(self, indptr: NDArray[np.int64]) -> TokenTable:
        """Give back the room that is left, and return the table of texts that begin in its rows."""
        filled = self.size - sum(len(rows.start) for rows in self._beyond)
        for column in self._rows:
            column.resize(filled, refcheck=False)
        columns = zip(self._rows, *self._beyond, strict=True)
        rows = map(np.concatenate, columns) if self._beyond else self._rows
        return TokenTable(indptr, *rows)
