"""Texts that memory should not hold: beyond so many they stand on a shelf, a file without a name.

An article on the shelf is like any other; its text is fetched whenever somebody asks for it.
"""

from __future__ import annotations

import os
import weakref
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any

from dedup.records import Article
from dedup.spilling import nameless, no_room

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from dedup.records import Skipped

#: Characters of all texts that memory holds; those that come after them stand on the shelf.
HELD = 1 << 26


def shelved(items: Iterable[Article | Skipped], held: int = HELD) -> Iterator[Article | Skipped]:
    """Yield what comes, the texts of articles beyond so many characters in all on the shelf.

    Raises:
        DedupError: where there is no room for them on disk.

    """
    characters, shelf = 0, None
    for item in items:
        if not isinstance(item, Article) or (characters := characters + len(item.text)) <= held:
            yield item
            continue
        shelf = shelf or _Shelf()
        yield _Shelved(item, shelf)


class _Shelf:
    """Texts one after the other in a file."""

    def __init__(self) -> None:
        self._file: BinaryIO = nameless()
        weakref.finalize(self, self._file.close)
        self._end = 0

    def put(self, text: str) -> tuple[int, int]:
        """Put a text at the end; return where it stands: its place and its size in bytes."""
        raw, place = text.encode("utf-8", "surrogatepass"), self._end
        try:
            while self._end < place + len(raw):
                rest = raw[self._end - place :]
                self._end += os.pwrite(self._file.fileno(), rest, self._end)
        except OSError as error:
            raise no_room(error) from error
        return place, len(raw)

    def fetch(self, place: int, size: int) -> str:
        """Return the text that stands in a place."""
        raw = os.pread(self._file.fileno(), size, place)
        return raw.decode("utf-8", "surrogatepass")


class _Shelved(Article):
    """An article whose text stands on a shelf."""

    __slots__ = ("_place", "_shelf", "_size")
    _shelf: _Shelf
    _place: int
    _size: int

    def __init__(self, article: Article, shelf: _Shelf) -> None:
        place, size = shelf.put(article.text)
        held = {field.name: getattr(article, field.name) for field in fields(Article)}
        del held["text"]
        for name, value in {**held, "_shelf": shelf, "_place": place, "_size": size}.items():
            object.__setattr__(self, name, value)  # once, as a frozen dataclass does

    @property
    def text(self) -> str:
        """The text, fetched."""
        return self._shelf.fetch(self._place, self._size)

    def __reduce__(self) -> tuple[partial[Article], tuple[()]]:
        """Take the text along to another process."""
        given: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(Article)}
        return partial(Article, **given), ()
