"""Files that appear together: written under temporary names, flushed to disk, then renamed.

A reader sees each file either as it was or as it is now; an interruption or a full disk leaves
the old report and no stray file.
"""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self, TextIO

from dedup.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType


class Edition:
    """A set of files of one folder that are published at once.

    ::

        with Edition(folder) as edition, edition.file("articles.csv") as stream:
            stream.write(...)
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mark = secrets.token_hex(4)
        self._pages: dict[Path, Path] = {}

    def __enter__(self) -> Self:
        """Make the folder.

        Raises:
            ReportError: where it cannot be made.

        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._failure(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Publish the files, or drop them all where something failed.

        Raises:
            ReportError: where the disk refused, with its own word for it.

        """
        try:
            if error is None:
                self._publish()
        except OSError as refused:
            raise self._failure(refused) from refused
        finally:
            for page in self._pages:
                page.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise self._failure(error) from error

    @contextmanager
    def file(self, name: str) -> Iterator[TextIO]:
        """Open one file of the set for writing, as UTF-8 with line ends left as they are."""
        page = self._folder / f".{name}.{self._mark}.part"
        self._pages[page] = self._folder / name
        # A lone surrogate has no UTF-8 form: a "?" keeps every offset where it was.
        with page.open("x", encoding="utf-8", errors="replace", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())

    def _publish(self) -> None:
        try:
            self._rename()
        except KeyboardInterrupt:
            self._rename()  # finishing takes less than half a report would cost
            raise

    def _rename(self) -> None:
        for page, place in self._pages.items():
            if page.exists():
                page.replace(place)
        _sync_folder(self._folder)

    def _failure(self, error: OSError) -> ReportError:
        return ReportError(
            f"The report cannot be written to {self._folder}: {error.strerror or error}."
        )


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # pragma: no cover - Windows cannot open a folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
