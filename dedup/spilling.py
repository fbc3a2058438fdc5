"""Columns that memory should not hold: from a size on they stand in a file without a name.

The words of a million articles take many gigabytes, of which a step looks at a few megabytes at a
time. What stands in a mapped file is the system's to keep in memory or not; the file is gone with
the last who uses it. It lies where the system keeps temporary files (``TMPDIR``).
"""

from __future__ import annotations

import mmap
import os
import tempfile
import weakref
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from dedup.errors import DedupError

if TYPE_CHECKING:
    from typing import BinaryIO

    from numpy.typing import DTypeLike, NDArray

Cell = TypeVar("Cell", bound=np.generic)

#: Bytes from which a column stands in a file.
LARGE = 1 << 27


def column(size: int, dtype: type[Cell], large: int | None = None) -> NDArray[Cell]:
    """Return a column to be filled, in memory or in a file.

    Args:
        size: how many cells it has.
        dtype: their type.
        large: bytes from which it stands in a file; ``LARGE`` where None.

    Raises:
        DedupError: where there is no room for the file.

    """
    room = size * np.dtype(dtype).itemsize
    if room < (LARGE if large is None else large):
        return np.empty(size, dtype)
    file = nameless()
    try:
        if hasattr(os, "posix_fallocate"):  # a hole in a file on a full disk would end the process
            os.posix_fallocate(file.fileno(), 0, room)
        else:
            file.truncate(room)
    except OSError as error:
        raise no_room(error) from error
    return _mapped(file, dtype)


def sums(cells: NDArray[Any]) -> NDArray[np.int64]:
    """Return 0, and the sum of the cells up to each, ``[cells + 1]``."""
    found = column(len(cells) + 1, np.int64)
    found[0] = 0
    np.cumsum(cells, out=found[1:])
    return found


def nameless() -> BinaryIO:
    """Return a file without a name; it is not buffered, so that processes may share it.

    Raises:
        DedupError: where none can be made.

    """
    try:
        return tempfile.TemporaryFile(prefix="dedup-", buffering=0)
    except OSError as error:
        raise no_room(error) from error


def no_room(error: OSError) -> DedupError:
    """Say that what memory should not hold cannot be kept on disk."""
    return DedupError(
        f"What is too large for memory cannot be kept in {tempfile.gettempdir()}: "
        f"{error.strerror}. TMPDIR names another folder."
    )


class Growing(Generic[Cell]):
    """A column that grows at its end.

    Args:
        expected: about how many cells will come at most, if that is known: they are put where they
            will stay. Memory that nothing is put into costs nothing.

    """

    def __init__(self, expected: int = 0) -> None:
        self._expected = expected
        self._room: NDArray[Cell] | None = None
        self._parts: list[NDArray[Cell]] = []
        self._dtype: DTypeLike = np.uint8
        self.size = 0  #: cells so far
        self._file: BinaryIO | None = None

    def extend(self, cells: NDArray[Cell]) -> None:
        """Put cells at the end.

        Raises:
            DedupError: where there is no room for them.

        """
        self._dtype = cells.dtype
        self.size += len(cells)
        if self._file is None:
            self._keep(cells)
            if self.size * cells.itemsize >= LARGE:
                self._file, parts = nameless(), self._parts
                self._parts, self._room = [], None
                weakref.finalize(self, self._file.close)
                for part in parts:
                    self._write(part)
        else:
            self._write(cells)

    def _keep(self, cells: NDArray[Cell]) -> None:
        """Keep cells in memory: in the room made for them, as long as there is some."""
        if self._expected and self._room is None and self._expected * cells.itemsize < LARGE:
            self._room = np.empty(self._expected, cells.dtype)
        if self._room is None or self.size > len(self._room) or len(self._parts) > 1:
            self._parts.append(cells)
            return
        self._room[self.size - len(cells) : self.size] = cells
        self._parts = [self._room[: self.size]]

    def column(self) -> NDArray[Cell]:
        """Return all cells; the column grows no more.

        Raises:
            ValueError: where nothing was ever put in.

        """
        if self._file is not None:
            return _mapped(self._file, self._dtype)
        return self._parts[0] if len(self._parts) == 1 else np.concatenate(self._parts)

    def _write(self, cells: NDArray[Cell]) -> None:
        """Write cells at the end of the file."""
        raw, done = np.ascontiguousarray(cells).view(np.uint8), 0
        try:
            while done < len(raw) and self._file:
                done += self._file.write(raw[done:].data)
        except OSError as error:
            raise no_room(error) from error


def _mapped(file: BinaryIO, dtype: DTypeLike) -> NDArray[Any]:
    """Return what a file holds; it stays open as long as the column is used."""
    with file:
        return np.frombuffer(mmap.mmap(file.fileno(), 0), dtype)
