"""One writer at a time: a lock beside the index that the system drops when a process ends.

SQLite before 3.51.3 may damage a file in WAL mode where two connections write or checkpoint at one
moment; with one writer, and readers that only read, that cannot come about.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import time
from typing import TYPE_CHECKING

from dedup.errors import IndexUnusableError

if TYPE_CHECKING:
    from pathlib import Path

#: Seconds between two tries.
_PAUSE = 0.02
_NUMBER = 32  # bytes of the number of the process that holds a lock


class Lock:
    """The right to write into an index, held until `release`."""

    def __init__(self, index: Path) -> None:
        """Name the file beside the index that is locked; nothing is locked yet."""
        self._index = index
        self._path = index.with_name(f"{index.name}.lock")
        self._handle = -1

    @property
    def held(self) -> bool:
        """Whether it is held here."""
        return self._handle >= 0

    def acquire(self, wait: float) -> None:
        """Take the lock.

        Args:
            wait: seconds to wait for another writer to end.

        Raises:
            IndexUnusableError: where another writer holds it, or nothing can be written there.

        """
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            message = f"{self._index} cannot be written: {(error.strerror or str(error)).lower()}"
            raise IndexUnusableError(message) from error
        try:
            self._wait(handle, wait)
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle

    def _wait(self, handle: int, wait: float) -> None:
        """Try until the time is over."""
        until = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
                    message = f"{self._index} cannot be locked: {error.strerror}"
                    raise IndexUnusableError(message) from error
                if time.monotonic() >= until:
                    raise self._busy(handle) from error
                time.sleep(_PAUSE)
            else:
                return

    def _busy(self, handle: int) -> IndexUnusableError:
        """Say who holds the lock."""
        holder = os.pread(handle, _NUMBER, 0).decode("ascii", "replace").strip()
        by = f" (process {holder})" if holder.isdecimal() else ""
        return IndexUnusableError(
            f"{self._index} is being written by another process{by}: try again when it is done"
        )

    def leave(self) -> None:
        """Let go of it in a process that was forked: the one that took it goes on holding it."""
        os.close(self._handle)

    def release(self) -> None:
        """Give the lock back; the file stays, for whoever waits has it open."""
        if self.held:
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = -1
