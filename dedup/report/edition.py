"""Files that appear together: written under temporary names, flushed to disk, then renamed.

A reader sees each file either as it was or as it is now; an interruption or a full disk leaves
the old report and no stray file.
"""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager, suppress
from shutil import copyfileobj
from typing import TYPE_CHECKING, NamedTuple, Self, TextIO

from dedup.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

#: Bytes of a piece that are copied at a time.
_COPIED = 1 << 20


class Share(NamedTuple):
    """What one process has made of an edition: pages and their places, folders, what is retired."""

    pages: dict[Path, Path]
    made: list[Path]
    retired: list[Path]


class Edition:
    """A set of files of one folder, and of folders in it, that are published at once.

    ::

        with Edition(folder) as edition, edition.file("articles.csv") as stream:
            stream.write(...)
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mark = secrets.token_hex(4)
        self._pages: dict[Path, Path] = {}
        self._made: list[Path] = []
        self._retired: list[Path] = []

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
            if error is not None:
                self._drop()
        if isinstance(error, OSError):
            raise self._failure(error) from error

    @property
    def share(self) -> Share:
        """What was made of it so far, for a process that is to publish it."""
        return Share(self._pages, self._made, self._retired)

    def take(self, share: Share) -> None:
        """Take over what another process has made of this edition: forked from this one."""
        self._pages |= share.pages
        self._made += [folder for folder in share.made if folder not in self._made]
        self._retired += [file for file in share.retired if file not in self._retired]

    @contextmanager
    def file(self, name: str, piece: int = 0) -> Iterator[TextIO]:
        """Open one file of the set for writing, as UTF-8 with line ends left as they are.

        A file may be written in pieces, by several processes, that `join` puts together.
        """
        place = self._folder / name
        if not place.parent.is_dir():
            place.parent.mkdir()
            self._made.append(place.parent)
        page = place.with_name(f".{place.name}.{piece}.{self._mark}.part")
        self._pages[page] = place
        # A lone surrogate has no UTF-8 form: a "?" keeps every offset where it was.
        with page.open("x", encoding="utf-8", errors="replace", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())

    def join(self) -> None:
        """Put the pieces of each file together, in the order in which they were taken over."""
        first: dict[Path, Path] = {}
        for page, place in list(self._pages.items()):
            if first.setdefault(place, page) != page:
                with first[place].open("ab") as whole, page.open("rb") as piece:
                    copyfileobj(piece, whole, _COPIED)
                    whole.flush()
                    os.fsync(whole.fileno())
                page.unlink()
                del self._pages[page]

    def retire(self, folders: str, files: str) -> None:
        """Have these files of former editions' folders taken away once this one is out.

        Args:
            folders: which folders, as a pattern; those of this edition stay.
            files: which files in them; a folder in which others are stays with these.

        """
        ours = {place.parent for place in self._pages.values()}
        former = (folder for folder in self._folder.glob(folders) if folder not in ours)
        self._retired += [file for folder in former for file in folder.glob(files)]

    def _drop(self) -> None:
        """Leave nothing behind, not even what another process did not come to tell of."""
        folders = set(self._made)
        for depth in ("", "*/"):
            for page in self._folder.glob(f"{depth}.*.{self._mark}.part"):
                page.unlink(missing_ok=True)
                folders.add(page.parent)
        for folder in folders - {self._folder}:
            with suppress(OSError):  # not empty: it was there, or somebody put something in
                folder.rmdir()

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
        for folder in {place.parent for place in self._pages.values()} | {self._folder}:
            _sync_folder(folder)
        for file in self._retired:
            with suppress(OSError):  # what cannot be taken away does no harm
                file.unlink(missing_ok=True)
        for folder in {file.parent for file in self._retired}:
            with suppress(OSError):
                folder.rmdir()

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
