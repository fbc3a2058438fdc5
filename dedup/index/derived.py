"""What was worked out before, kept beside the index so that it need not be worked out again.

Readings and comparisons are found by the content that they were made of, and each bears a
checksum: what does not fit is as if it were not there. The file may be deleted at any time.
"""

from __future__ import annotations

import sqlite3
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

from dedup.index.store import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    Kind = Literal["readings", "comparisons"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS made (by TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS readings (
  name BLOB PRIMARY KEY, data BLOB NOT NULL, sum BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS comparisons (
  name BLOB PRIMARY KEY, data BLOB NOT NULL, sum BLOB NOT NULL) WITHOUT ROWID;
"""
_SUM = 8  # bytes of a checksum
#: Names beyond which it is quicker to go through all.
_MANY = 4096
_ENDINGS = ("", "-wal", "-shm")


class Derived:
    """The file beside an index; no failure of it is anybody's business but its own."""

    def __init__(self, index: Path, made_by: str, *, write: bool) -> None:
        """Open it; what another version made, or what is damaged, is thrown away by a writer.

        Args:
            index: the index that it lies beside.
            made_by: names everything that readings and comparisons hang on beside their texts.
            write: whether anything may be kept.

        """
        self.path = index.with_name(f"{index.name}.derived")
        self._made_by = made_by
        self._write = write
        self._connection: sqlite3.Connection | None = None
        try:
            self._connection = self._open()
        except (sqlite3.Error, OSError):
            self._set_aside()

    def _open(self) -> sqlite3.Connection | None:
        if not self._write and not self.path.is_file():
            return None
        mode = "rwc" if self._write else "ro"
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}", uri=True, check_same_thread=False
        )
        try:
            if self._write:
                for setting in (*WRITTEN, "synchronous = NORMAL"):
                    connection.execute(f"PRAGMA {setting}")
                connection.executescript(_SCHEMA)
            made = [row[0] for row in connection.execute("SELECT by FROM made")]
            if made == [self._made_by]:
                return connection
            if self._write:
                for table in ("made", "readings", "comparisons"):
                    connection.execute(f"DELETE FROM {table}")
                connection.execute("INSERT INTO made VALUES (?)", (self._made_by,))
                connection.commit()
                return connection
        except BaseException:
            connection.close()
            raise
        connection.close()
        return None

    def _set_aside(self) -> None:
        """Throw away a file that is no good, and begin another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if not self._write:
            return
        try:
            for ending in _ENDINGS:
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            self._connection = self._open()
        except (sqlite3.Error, OSError):
            self._connection = None  # without it everything is worked out anew each time

    def all(self, kind: Kind) -> Iterator[tuple[bytes, bytes]]:
        """Yield what is kept of a kind, and is as it was kept: names and data."""
        if self._connection is None:
            return
        try:
            query = f"SELECT name, data, sum FROM {kind}"
            for name, data, checksum in self._connection.execute(query):
                if checksum == _sum(kind, name, data):
                    yield name, data
        except (sqlite3.Error, TypeError):
            self._set_aside()

    def one(self, kind: Kind, name: bytes) -> bytes | None:
        """Give what is kept under a name, if it is as it was kept."""
        for _, data in self.some(kind, [name]):
            return data
        return None

    def some(self, kind: Kind, names: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Yield what is kept under some names, and is as it was kept."""
        if len(names) > _MANY:
            wanted = set(names)
            yield from (row for row in self.all(kind) if row[0] in wanted)
            return
        query = f"SELECT data, sum FROM {kind} WHERE name = ?"
        for name in names:
            try:
                row = self._connection and self._connection.execute(query, (name,)).fetchone()
            except sqlite3.Error:
                self._set_aside()
                return
            if row and row[1] == _sum(kind, name, row[0]):
                yield name, row[0]

    def keep(self, kind: Kind, items: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep some more."""
        self._change(
            f"INSERT OR REPLACE INTO {kind} VALUES (?, ?, ?)",
            ((name, data, _sum(kind, name, data)) for name, data in items),
        )

    def forget(self, kind: Kind, names: Iterable[bytes]) -> None:
        """Take some out."""
        query = f"DELETE FROM {kind} WHERE name = ?"
        self._change(query, ((name,) for name in names))

    def _change(self, query: str, rows: Iterable[tuple[bytes, ...]]) -> None:
        if self._connection is None:
            return
        try:
            with self._connection:
                self._connection.executemany(query, rows)
        except sqlite3.Error:
            self._set_aside()

    def clear(self) -> None:
        """Throw everything away."""
        self._set_aside()

    def settle(self) -> None:
        """Bring the log home: what was taken out is gone from it."""
        if self._connection is not None:
            try:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.Error:
                self._set_aside()

    def compact(self) -> None:
        """Give back to the system what is no longer used."""
        if self._connection is not None:
            try:
                self._connection.execute("VACUUM")
            except sqlite3.Error:
                self._set_aside()
        self.settle()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _sum(kind: str, name: object, data: object) -> bytes:
    """The checksum of what is kept; of what was never kept by us, one that fits nothing."""
    if not isinstance(name, bytes) or not isinstance(data, bytes):
        return b""
    return blake2b(kind.encode() + name + data, digest_size=_SUM).digest()
