"""CSV and TSV: one record a row, read in chunks by pandas, whatever parts the columns."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from dedup.records import Skipped
from dedup.sources.decode import as_utf8
from dedup.sources.jsonlines import ROOM, numbered
from dedup.sources.opening import CHUNK, RefusedError, chunks
from dedup.sources.record import KNOWN, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dedup.records import Article
    from dedup.sources.opening import Source

_SEPARATORS = ",;\t|"
_ROWS = 64  # rows at a time; then one by one, to save what stands before a broken row


def read(source: Source, limit: int) -> Iterator[Article | Skipped]:
    """Yield the articles of a table, numbered from 1.

    Raises:
        RefusedError: where it cannot be read at all, or has no column ``text``.

    """
    number = 0
    try:
        for fields in rows(source, limit, needed="text"):
            number += 1
            yield numbered(fields, number, source, limit)
    except RefusedError as error:
        if not number:
            raise
        yield Skipped(source.path, str(number + 1), f"{error}; the rest of the file was not read")
    if not number:
        message = "it holds no record"
        raise RefusedError(message)


def rows(source: Source, limit: int, needed: str) -> Iterator[dict[str, str]]:
    """Yield a table's rows: the known columns and the one that is ``needed``, cells as they are.

    Args:
        source: the file.
        limit: the most bytes that an article may have.
        needed: the name of a column without which the table is of no use.

    Raises:
        RefusedError: where the column is missing, or the table cannot be read on.

    """
    separator = _separator(source, needed)
    done = 0
    for size in (_ROWS, 1):
        try:
            for frame in _frames(source, separator, size, needed, limit):
                names = [str(name).strip().lower() for name in frame.columns]
                cells = zip(*(frame[name].tolist() for name in frame.columns), strict=True)
                for number, row in zip(frame.index, cells, strict=True):
                    if number >= done:
                        done = number + 1
                        yield dict(zip(names, row, strict=True))
        except RefusedError:
            if size == 1:
                raise
        else:
            return


def _frames(
    source: Source, separator: str, size: int, needed: str, limit: int
) -> Iterator[pd.DataFrame]:
    """Yield a table ``size`` rows at a time, every cell as text.

    Raises:
        RefusedError: where a quotation mark is never closed, or the file cannot be read on.

    """
    import pandas as pd

    wanted = {*KNOWN, needed}
    stream = _Stream(as_utf8(chunks(source)), size * ROOM * limit + CHUNK)  # pandas reads ahead
    try:
        with pd.read_csv(
            stream,
            sep=separator,
            dtype=object,
            na_filter=False,
            index_col=False,
            usecols=lambda name: name.strip().lower() in wanted,  # so that rows may be ragged too
            encoding="utf-8",
            encoding_errors="surrogateescape",
            chunksize=size,
        ) as frames:
            for frame in frames:
                stream.rest = stream.most
                yield frame
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        said = str(error).rpartition("C error: ")[2].strip().lower()
        message = f"the table is broken: {said}"
        raise RefusedError(message) from error


def _separator(source: Source, needed: str) -> str:
    """Return what parts the columns: that which gives the one that is needed.

    Raises:
        RefusedError: where nothing does.

    """
    head = next(as_utf8(chunks(source)), b"").lstrip(b"\r\n")
    line = head.partition(b"\n")[0].decode("utf-8", "replace").strip()
    if not line:
        message = "it is empty"
        raise RefusedError(message)
    names: list[str] = []
    for separator in _SEPARATORS:
        found = [name.strip(' \t\r"').lower() for name in line.split(separator)]
        if needed in found:
            return separator
        names = max(names, found, key=len)
    message = f"it has no column {needed!r} (its columns: {listed(names)})"
    raise RefusedError(message)


class _Stream(io.RawIOBase):
    """Chunks as a file for pandas, which would swallow all that follows an open quotation mark."""

    def __init__(self, parts: Iterator[bytes], most: int) -> None:
        self._parts = parts
        self._held = memoryview(b"")
        self.most = self.rest = most  #: bytes that a run of rows may have; what is left of them

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # pandas hands in no other
        """Fill ``buffer``; return how many bytes, 0 at the end.

        Raises:
            RefusedError: where one run of rows is too long.

        """
        while not self._held:
            try:
                self._held = memoryview(next(self._parts))
            except StopIteration:
                return 0
        view = memoryview(buffer)
        count = min(len(view), len(self._held))
        view[:count], self._held = self._held[:count], self._held[count:]
        self.rest -= count
        if self.rest < 0:
            message = "a row is over the limit: perhaps a quotation mark is never closed"
            raise RefusedError(message)
        return count
