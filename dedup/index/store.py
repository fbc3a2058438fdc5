"""The record of truth: one SQLite file with every article, its former versions, verdicts and feed.

Each row bears a checksum, and the file the number of rows of each table and the sum of their
checksums: a row that is altered, lost or come up from nowhere is noticed before anything is said.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING, cast

from dedup.errors import IndexUnusableError
from dedup.index.making import FORMAT, MARK, create

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

#: The columns of each table of which totals are kept, the checksum apart.
_TABLES = {
    "articles": ("id", "version", "added_at", "record"),
    "history": ("id", "version", "added_at", "record"),
    "verdicts": ("id", "verdict"),
    "deliveries": ("file", "stamp"),
    "changes": ("number", "at", "id", "change", "former", "verdict"),
}
#: How files are written: a log that is brought home when it has so many pages, beside which so many
#: KiB of pages are held, for rows come in no order; what is taken out is overwritten.
WRITTEN = (
    "journal_mode = WAL",
    "wal_autocheckpoint = 4096",
    "cache_size = -8192",
    "secure_delete = ON",
)
_SUM = 16  # bytes of a checksum
#: Seconds that a connection waits for another to end what it is doing.
_PATIENCE = 10.0

Value = str | bytes | int


class Store:
    """The file of an index; every failure of it is an `IndexUnusableError` of one sentence."""

    def __init__(self, path: Path, *, write: bool) -> None:
        """Open the file; with ``write`` it is made where it is not there.

        Raises:
            IndexUnusableError: where it cannot be used.

        """
        self.path = path
        self.write = write
        self._totals: dict[str, tuple[int, int]] = {}
        with self._said():
            if write and not path.exists():
                create(path)
            self._connection = self._connect()
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _connect(self) -> sqlite3.Connection:
        """Connect; where nothing can be written beside the file, as to one that nobody writes."""
        if not self.path.is_file():
            message = f"there is no index at {self.path}"
            raise IndexUnusableError(message)
        mode = "rw" if self.write else "ro"
        if not self.write and not os.access(self.path.parent, os.W_OK) and not self._unsettled():
            mode = "ro&immutable=1"
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=_PATIENCE,
            check_same_thread=False,
        )
        connection.text_factory = _text
        return connection

    def _unsettled(self) -> bool:
        """Whether a log lies beside the file of what was written last."""
        log = self.path.with_name(f"{self.path.name}-wal")
        return log.exists() and log.stat().st_size > 0

    def _prepare(self) -> None:
        """Check what file it is, and set how it is written."""
        mark = self._one("PRAGMA application_id")[0]
        form = self._one("PRAGMA user_version")[0]
        if mark != MARK:
            message = f"{self.path} is not an index of dedup"
            raise IndexUnusableError(message)
        if form != FORMAT:
            message = (
                f"{self.path} has format {form!r}, and this version of dedup reads {FORMAT}: "
                + ("use a newer one" if cast("int", form) > FORMAT else "use an older one")
            )
            raise IndexUnusableError(message)
        if self.write:
            for setting in (*WRITTEN, "synchronous = FULL"):
                self._execute(f"PRAGMA {setting}")

    def close(self) -> None:
        """Let go of the file; what stands in the log is brought home by a writer."""
        with self._said():
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one state of the file throughout a block."""
        self._execute("BEGIN")
        try:
            yield
        finally:
            self._execute("ROLLBACK")

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Store all that a block changes at its end, for good, or nothing of it.

        Raises:
            IndexUnusableError: where the file cannot be written or is damaged.

        """
        self._execute("BEGIN IMMEDIATE")
        try:
            self._totals = self._read_totals()
            yield
            self.set_meta("totals", {k: [n, f"{x:x}"] for k, (n, x) in self._totals.items()})
            self._execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._execute("ROLLBACK")
            raise
        finally:
            self._totals = {}

    def meta(self, name: str) -> object:
        """Give what is noted under a name, None where nothing is.

        Raises:
            IndexUnusableError: where the note is damaged.

        """
        row = self._one("SELECT value, sum FROM meta WHERE name = ?", name)
        if not row:
            return None
        if row[1] != _sum("meta", (name, row[0])):
            how = f"the note {name!r} does not fit its checksum"
            raise self._damaged(how)
        return cast("object", json.loads(cast("bytes", row[0])))

    def set_meta(self, name: str, value: object) -> None:
        """Note something under a name."""
        data = json.dumps(value).encode()
        checksum = _sum("meta", (name, data))
        self._execute("INSERT OR REPLACE INTO meta VALUES (?, ?, ?)", name, data, checksum)

    def rows(self, table: str, where: str = "", *values: Value) -> Iterator[tuple[Value, ...]]:
        """Yield rows of a table as they were stored, without their checksums.

        Raises:
            IndexUnusableError: where one is damaged or, all being asked for, one is not there.

        """
        columns = ", ".join((*_TABLES[table], "sum"))
        seen, total = 0, 0
        with self._said():
            for row in self._execute(f"SELECT {columns} FROM {table} {where}", *values):
                if row[-1] != _sum(table, row[:-1]):
                    how = f"a row of its table {table} does not fit its checksum"
                    raise self._damaged(how)
                seen, total = seen + 1, total ^ int.from_bytes(row[-1], "little")
                yield row[:-1]
        if not where and (seen, total) != self._read_totals()[table]:
            how = f"rows of its table {table} are lost"
            raise self._damaged(how)

    def put(self, table: str, *values: Value) -> bytes:
        """Store a row, and give its checksum; one with the same key must not be there."""
        checksum = _sum(table, values)
        marks = ", ".join("?" * (len(values) + 1))
        self._execute(f"INSERT INTO {table} VALUES ({marks})", *values, checksum)
        self._count(table, 1, checksum)
        return checksum

    def drop(self, table: str, where: str, *values: Value) -> int:
        """Take rows out; say how many they were."""
        sums = [row[0] for row in self._execute(f"SELECT sum FROM {table} {where}", *values)]
        self._execute(f"DELETE FROM {table} {where}", *values)
        for checksum in sums:
            self._count(table, -1, checksum)
        return len(sums)

    def size(self, table: str) -> int:
        """Say how many rows a table has, those of a change under way included."""
        return (self._totals or self._read_totals())[table][0]

    def total(self, table: str) -> tuple[int, int]:
        """Say how many rows a table has, and the sum of their checksums."""
        return (self._totals or self._read_totals())[table]

    def sums(self, table: str) -> Iterator[tuple[bytes, bytes]]:
        """Yield the key and the checksum of each row of a table, as they stand there."""
        for row in self._execute(f"SELECT {_TABLES[table][0]}, sum FROM {table}"):
            yield row[0], row[1]

    def count(self, table: str) -> None:
        """See whether the rows of a table are as many as they were, with the checksums they had.

        Raises:
            IndexUnusableError: where they are not.

        """
        seen, total = 0, 0
        for _, checksum in self.sums(table):
            seen, total = seen + 1, total ^ int.from_bytes(checksum, "little")
        if (seen, total) != self.total(table):
            how = f"rows of its table {table} are lost"
            raise self._damaged(how)

    def sum_of(self, table: str, name: Value) -> bytes:
        """Give the checksum of the row of a table that has a key."""
        row = self._one(f"SELECT sum FROM {table} WHERE {_TABLES[table][0]} = ?", name)
        return cast("bytes", row[0])

    @property
    def generation(self) -> int:
        """How often it was changed."""
        return cast("int", self.meta("generation") or 0)

    def faults(self) -> list[str]:
        """Look through the whole file; say what is wrong, a sentence each."""
        try:
            with self.reading():
                found = [str(row[0]) for row in self._execute("PRAGMA integrity_check")]
                for table in _TABLES:
                    for _ in self.rows(table):
                        pass
        except IndexUnusableError as fault:
            return [str(fault)]
        return [] if found == ["ok"] else [f"{self.path}: {said}" for said in found]

    def compact(self) -> None:
        """Give back to the system what is no longer used, and bring the log home."""
        self._execute("VACUUM")
        self.settle()

    def settle(self) -> None:
        """Bring the log home as far as no reader needs it: what was taken out is gone from it."""
        self._execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _count(self, table: str, number: int, checksum: bytes) -> None:
        rows, total = self._totals[table]
        self._totals[table] = rows + number, total ^ int.from_bytes(checksum, "little")

    def _read_totals(self) -> dict[str, tuple[int, int]]:
        noted = cast("dict[str, list[object]] | None", self.meta("totals")) or {}
        known = {name: (cast("int", n), int(str(x), 16)) for name, (n, x) in noted.items()}
        return {table: known.get(table, (0, 0)) for table in _TABLES}

    def _execute(self, query: str, *values: Value) -> sqlite3.Cursor:
        try:
            return self._connection.execute(query, values)
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def _one(self, query: str, *values: Value) -> tuple[Value, ...]:
        try:
            return cast("tuple[Value, ...]", self._execute(query, *values).fetchone() or ())
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def _damaged(self, how: str) -> IndexUnusableError:
        return IndexUnusableError(f"{self.path} is damaged ({how}): take a backup of it")

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Say in one sentence what SQLite and the system say in many ways."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._failure(error) from error
        except OSError as error:
            message = f"{self.path} cannot be used: {(error.strerror or str(error)).lower()}"
            raise IndexUnusableError(message) from error

    def _failure(self, error: sqlite3.Error) -> IndexUnusableError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            message = f"{self.path} cannot grow: the disk is full, and nothing of this was stored"
        elif code == sqlite3.SQLITE_READONLY:
            message = f"{self.path} cannot be written: it is read-only"
        elif code == sqlite3.SQLITE_CANTOPEN:
            message = f"{self.path} cannot be opened"
        elif code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            message = f"{self.path} is busy: another process works on it"
        elif code == sqlite3.SQLITE_NOTADB:
            message = f"{self.path} is not an index of dedup"
        elif code == sqlite3.SQLITE_IOERR:
            message = f"{self.path} cannot be read or written: {error}"
        else:
            return self._damaged(str(error))
        return IndexUnusableError(message)


def _sum(table: str, values: Sequence[Value]) -> bytes:
    """The checksum of a row."""
    digest = blake2b(table.encode(), digest_size=_SUM)
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.digest()


def _text(data: bytes) -> str:
    """A damaged text is still a text: its row's checksum tells."""
    return data.decode("utf-8", "replace")
