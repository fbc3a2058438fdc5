"""A glance at the record of an index: what is stored of an article, looked up by its id.

Nothing is worked out and nothing but what is asked for is read, so that it takes no longer however
much the index holds. Each answer is of what is stored when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.index import feed
from dedup.index.holdings import Articles, Verdicts
from dedup.index.kept import Kept
from dedup.index.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dedup.index.answers import Change, Row
    from dedup.marks import Mark
    from dedup.records import Article


class Glance:
    """Looks single things up in the file of an index, which is opened for reading alone."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            IndexUnusableError: where it cannot be used.

        """
        self._store = Store(path, write=False)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    @property
    def generation(self) -> int:
        """How often the index was changed."""
        return self._store.generation

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return self._store.size("articles")

    @property
    def last(self) -> int:
        """The number of the last entry of the feed."""
        return self._store.size("changes")

    def changes(self, since: int, limit: int) -> list[Change]:
        """Give what came in the feed after an entry, so many entries at most."""
        return feed.after(self._store, since, limit)

    def article(self, name: str) -> Article | None:
        """Give an article, None where there is none of this id."""
        found = Articles(self._store).get(name)
        return None if found is None else found.article

    def verdict(self, name: str) -> Row | None:
        """Give the verdict on an article, None where there is none of this id."""
        found = Verdicts(self._store).get(name)
        return None if found is None else found.row

    def records(self) -> Iterator[tuple[Article, Row]]:
        """Yield all articles with the verdicts on them, by id."""
        said = Verdicts(self._store).entries(in_order=True)
        for name, entry in Articles(self._store).entries(in_order=True):
            yield entry.article, next(one.row for other, one in said if other == name)

    def marks(self) -> list[Mark]:
        """Give a reviewer's marks."""
        noted = self._store.meta("settings")
        return [] if noted is None else list(Kept.from_json(noted).labels)
