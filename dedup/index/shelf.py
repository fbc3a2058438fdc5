"""The files of an index, what was read from them, and what is said of the articles that are there.

What is held in memory is what was last read: where the record has changed since, it is read again,
so that a reader always answers of one state that was committed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from dedup.detector import Told, judge
from dedup.errors import ConfigError
from dedup.index.answers import Answers
from dedup.index.derived import Derived
from dedup.index.holdings import NOTHING, load
from dedup.index.kept import Kept
from dedup.index.remembered import Remembered
from dedup.index.store import Store
from dedup.index.writer import Lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from dedup.config import Config
    from dedup.index.holdings import Holdings
    from dedup.pipeline.remembering import Memory
    from dedup.records import Article
    from dedup.result import Result


class Shelf:
    """An index's files, opened as far as is needed."""

    def __init__(
        self,
        path: Path,
        config: Config | None,
        wait: float,
        progress: Callable[[str, int, int], None] | None,
    ) -> None:
        self.path = path
        self._progress = progress
        self._workers = config.workers if config else 0
        self.store: Store | None = None
        self.held: Holdings = NOTHING
        self._wait = wait
        self._lock = Lock(path)
        self.kept = Kept.of(config) if config else Kept()
        self._asked = None if self.kept == Kept() else self.kept
        self._derived: Derived | None = None
        self._memory: Remembered | None = None
        self._found: tuple[Result, Answers] | None = None

    def close(self) -> None:
        """Let go of the files, and of the right to write."""
        for part in (self._derived, self.store):
            if part is not None:
                part.close()
        self.store = self._derived = self._memory = None
        self._lock.release()

    def look(self) -> None:
        """See what is there now.

        Raises:
            IndexUnusableError: where it cannot be used.
            ConfigError: where it was made with other settings than were asked for.

        """
        if self.store is None and self.path.exists():
            self.store = Store(self.path, write=False)
        if self.store is not None:
            with self.store.reading():
                if self._memory is not None and self.held.generation == self.store.generation:
                    return
                self._settings(self.store.meta("settings"))
                self.held = load(self.store)
        self._remember()

    def take(self) -> Store:
        """Become the one writer, and see what is there now.

        Raises:
            IndexUnusableError: where another writes, or nothing can be written.

        """
        if not self._lock.held:
            self._lock.acquire(self._wait)
            self._drop()
        if self.store is None:
            self.store = Store(self.path, write=True)
        self.look()
        return self.store

    def _drop(self) -> None:
        """Close what was opened for reading."""
        for part in (self._derived, self.store):
            if part is not None:
                part.close()
        self.store = self._derived = self._memory = None

    def _settings(self, noted: object) -> None:
        """Take the settings of the index; refuse others."""
        if noted is None:
            return
        kept = Kept.from_json(noted)
        if self._asked is not None and (unlike := kept.unlike(self._asked)):
            message = (
                f"{self.path} was made with other settings ({', '.join(unlike)}): leave them out, "
                "or rebuild it with the new ones"
            )
            raise ConfigError(message)
        self.kept = kept

    def _remember(self) -> None:
        """Take up what is kept beside the index."""
        if self._derived is None:
            write = self.store is not None and self.store.write
            self._derived = Derived(self.path, self.kept.made_by(), write=write)
        if self._memory is None:
            self._memory = Remembered(self._derived)
        self._memory.know((entry.article, entry.name) for entry in self.held.articles.values())
        self._found = None

    def renew(self, kept: Kept) -> None:
        """Throw away what was worked out, and take other settings."""
        self.kept = kept
        self._asked = None
        if self._derived is not None:
            self._derived.close()
        write = self.store is not None and self.store.write
        self._derived = Derived(self.path, kept.made_by(), write=write)
        self._derived.clear()
        self._memory = None
        self._remember()

    def changed(self, held: Holdings, found: tuple[Result, Answers]) -> None:
        """Take what was just stored for what is there now."""
        self.held, self._found = held, found

    @property
    def memory(self) -> Remembered:
        """What is remembered of the articles."""
        return cast("Remembered", self._memory)

    def judged(self, articles: Iterable[Article], memory: Memory | None) -> tuple[Result, Answers]:
        """Walk articles through the corridor."""
        told = Told(self.kept.config(self._workers), self.kept.catalogue(), self.kept.options())
        ordered = {article.id: article for article in sorted(articles, key=lambda a: a.id)}
        result = judge(list(ordered.values()), told, memory=memory, progress=self._progress)

        def words(name: str, start: int, end: int) -> int:
            reading = (memory or self.memory).reading(ordered[name])
            if reading is None:
                return 0
            first, last = np.searchsorted(reading.tokens.start, (start, end)).tolist()
            return int(last - first)

        return result, Answers(result, words)

    def now(self) -> tuple[Result, Answers]:
        """Give what is said of the articles that are there."""
        if self._found is None:
            articles = [entry.article for entry in self.held.articles.values()]
            self._found = self.judged(articles, self.memory)
        return self._found
