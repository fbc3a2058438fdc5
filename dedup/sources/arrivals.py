"""Files that arrive in a drop folder: each is taken when it is complete, and once.

A file that is renamed into the folder is complete at once; one that is written there grows. So a
file is taken when it has not changed between two looks, and again when it has changed since.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Skipped
from dedup.sources.reader import articles_of
from dedup.sources.walk import roots, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedup.records import Article
    from dedup.sources.opening import Source

#: How files are called that are still being written.
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", "~")


class Arrival(NamedTuple):
    """A file that was taken.

    Attributes:
        file: where it lies.
        stamp: what it was like: another one means another content.
        items: what was read in it.

    """

    file: str
    stamp: str
    items: list[Article | Skipped]


class Arrivals:
    """The files of one folder, and those below it."""

    def __init__(self, folder: Path, limit: int) -> None:
        """Take the folder.

        Args:
            folder: where files arrive.
            limit: the most bytes of an article.

        Raises:
            SourceError: where there is no such folder.

        """
        self._roots = roots([str(folder)])
        self._limit = limit
        self._seen: dict[str, str] = {}

    def look(self, known: Mapping[str, str]) -> Iterator[Arrival]:
        """Yield the files that are complete and not known as they are.

        Args:
            known: the stamps of the files that were taken before.

        """
        before, self._seen = self._seen, {}
        for source in walk(self._roots, None, self._limit):
            if isinstance(source, Skipped) or source.file.lower().endswith(_UNFINISHED):
                continue
            stamp = _stamp(source.file)
            self._seen[source.file] = stamp
            if stamp and stamp == before.get(source.file) and stamp != known.get(source.file):
                arrival = self._taken(source, stamp)
                if arrival is not None:
                    yield arrival

    def _taken(self, source: Source, stamp: str) -> Arrival | None:
        """Read a file; None where it was changed meanwhile."""
        items = list(articles_of(source, self._limit))
        return Arrival(source.file, stamp, items) if _stamp(source.file) == stamp else None


def _stamp(file: str) -> str:
    """What a file is like, empty where it is gone."""
    try:
        found = Path(file).stat()
    except OSError:
        return ""
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"
