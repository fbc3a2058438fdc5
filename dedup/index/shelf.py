"""The files of an index, what was read from them, and what is said of the articles that are there.

What is held in memory is what was last read: where the record has changed since, it is read again,
so that a reader always answers of one state that was committed.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from dedup.detector import Told, now, result_of, walked, without_collector
from dedup.errors import ConfigError
from dedup.index import codec
from dedup.index.ahead import Ahead
from dedup.index.answers import Answers, Found
from dedup.index.derived import Derived
from dedup.index.holdings import NOTHING, Entry, current, key, load
from dedup.index.kept import Kept
from dedup.index.listing import catch_up, listed
from dedup.index.nearby import ROOM, Nearby
from dedup.index.pace import Pace
from dedup.index.register import Register
from dedup.index.remembered import Remembered, content
from dedup.index.store import Store
from dedup.index.writer import Lock
from dedup.pipeline import Known
from dedup.records import Article
from dedup.sources import shelved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from dedup.config import Config
    from dedup.index.answers import Answer, Revision
    from dedup.index.holdings import Holdings
    from dedup.index.nearby import Weighed
    from dedup.index.remembered import Beside
    from dedup.index.revising import Plan
    from dedup.pipeline.remembering import Memory


class Shelf:
    """An index's files, opened as far as is needed.

    Attributes:
        few: up to so many articles all are walked whatever comes,
        half: and where all are no more than so many times those that come.
        readable: up to so many, a walk of all has all that is remembered of them in memory; more
            are walked as a scan walks them.

    """

    few, half, readable = 256, 2, 16_384

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
        self._found: Found | None = None
        self._register: Register | None = None
        self._ahead: Ahead | None = None
        self._pace = Pace()

    def close(self) -> None:
        """Let go of the files, and of the right to write."""
        if self._register is not None:
            self._register.save()
        self._drop()
        self._lock.release()

    def look(self) -> None:
        """See what is there now.

        Raises:
            IndexUnusableError: where it cannot be used.
            ConfigError: where it was made with other settings than were asked for.

        """
        with self.seeing():
            pass

    @contextmanager
    def seeing(self) -> Iterator[None]:
        """See one state of the index throughout a block."""
        if self.store is None and self.path.exists():
            self.store = Store(self.path, write=False)
        with self.store.reading() if self.store is not None else nullcontext():
            if self.store is None:
                self._remember()
            elif self._memory is None or self.held.generation != self.store.generation:
                self._settings(self.store.meta("settings"))
                self.held = (load if self._memory is None else current)(self.store)
                self._remember()
            yield

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

    @property
    def writing(self) -> bool:
        """Whether it is the one writer."""
        return self._lock.held

    def begin(self) -> Store:
        """Become the one writer, to change what is there.

        Raises:
            IndexUnusableError: where that cannot be done.

        """
        return self.take()

    def share(self, revision: Revision, *, anew: bool = False) -> Revision:  # noqa: ARG002 - it is its own
        """Give a change that was stored, when others know of it who are to know."""
        return revision

    def unshared(self) -> list[str]:
        """Say what others who are to know of it do not know rightly, a sentence each."""
        return []

    def _drop(self) -> None:
        """Close what was opened."""
        for part in (self._ahead, self._derived, self.store):
            if part is not None:
                part.close()
        self.store = self._derived = self._memory = self._register = self._ahead = None

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
        self._found = None

    def renew(self, kept: Kept) -> None:
        """Throw away what was worked out, and take other settings."""
        self.kept = kept
        self._asked = None
        for part in (self._ahead, self._derived):
            if part is not None:
                part.close()
        self._ahead = None
        write = self.store is not None and self.store.write
        self._derived = Derived(self.path, kept.made_by(), write=write)
        self._derived.clear()
        self.register.clear()
        self._memory = self._register = None
        self._remember()

    def relabel(self, kept: Kept) -> None:
        """Take other marks of a reviewer: nothing that is remembered hangs on them."""
        self.kept = kept
        self._asked = self._found = None

    def changed(self, plan: Plan, weighed: Weighed, stamps: Mapping[str, bytes]) -> None:
        """Take what was just stored for what is there now.

        Args:
            plan: what was changed.
            weighed: what was said of it.
            stamps: the checksums of the new versions.

        """
        store = cast("Store", self.store)
        self.held, self._found = current(store), weighed.found
        if self._register is None or not weighed.keys:
            return
        aliases = self.told.options.aliases
        fresh = [entry.article for entry in plan.fresh.values()]
        self._register.drop([key(name) for name in (*plan.gone, *plan.fresh)])
        rows = [listed(article, stamps[article.id], aliases) for article in fresh]
        if rows:
            self._register.put(rows, weighed.keys)
        self._register.reached(store.size("changes"))

    @property
    def register(self) -> Register:
        """The keys of the articles, of all of them."""
        if self._register is None:
            write = self.store is not None and self.store.write
            self._register = Register(self.path, self.kept.listed_by(), write=write)
        if self.store is not None:
            catch_up(self._register, self.store, self.held, self.memory, self.told)
        return self._register

    @property
    def ahead(self) -> Ahead:
        """Who reads what is to be added."""
        if self._ahead is None:
            told = self.told
            self._ahead = Ahead(told.config.processes, told.catalogue, self._lock.leave)
        return self._ahead

    @property
    def memory(self) -> Remembered:
        """What is remembered of the articles."""
        return cast("Remembered", self._memory)

    @property
    def told(self) -> Told:
        """What a walk is told."""
        kept = self.kept
        return Told(kept.config(self._workers), kept.catalogue(), kept.options())

    def judged(self, articles: Iterable[Article], memory: Memory | None) -> Found:
        """Walk articles through the corridor."""
        ordered = {article.id: article for article in sorted(articles, key=lambda a: a.id)}
        told, begun, known = self.told, now(), Known(memory)
        outcomes = walked(list(ordered.values()), told, self._progress, known)
        result = result_of(outcomes, list(ordered.values()), told, started=begun)
        return Found(result, Answers(result), outcomes.walked)

    def now(self) -> Found:
        """Give what is said of the articles that are there."""
        if self._found is None:
            entries = (entry for _, entry in self.held.articles.entries())
            self._found = self.walk(entries, len(self.held.articles))
        return self._found

    @property
    def recalled(self) -> bool:
        """Whether a walk of all that is there asks for what is remembered of them."""
        return len(self.held.articles) <= self.readable

    def walk(self, entries: Iterable[Entry], count: int) -> Found:
        """Walk all articles that are, or will be, there: very many as a scan walks them.

        What is remembered of an article spares reading it, and takes memory.
        """
        if count > self.readable:
            articles = shelved(entry.article for entry in entries)
            return self.judged((one for one in articles if isinstance(one, Article)), None)
        there = list(entries)
        self.memory.know((entry.article, entry.name) for entry in there)
        return self.judged([entry.article for entry in there], self.memory)

    def tidy(self) -> None:
        """Lose what a walk of all does not ask for, of what is kept beside the index."""
        self._found = None
        self.now()
        wanted = {entry.name for _, entry in self.held.articles.entries()}
        self.memory.tidy(wanted, walked=self.recalled)

    def answers(self, names: Sequence[str]) -> tuple[Answer, ...]:
        """Give what is said of some articles that are there."""
        if self._found is None and len(self.held.articles) > self.few:
            nearby = Nearby(self.held, self.register, self.memory, self.told)
            return nearby.weigh((), names).answers.of(names)
        return self.now().answers.of(names)

    def asked(self, article: Article, until: float | None) -> Answer:
        """Give what would be said of an article that comes.

        Args:
            article: the article.
            until: a moment of the clock at which an answer is wanted; None where nobody waits.

        """
        record = codec.article_bytes(article)
        memory = self.memory.beside(article, content(record))
        if len(self.held.articles) > self.few or not self._time_for_all(until):
            return self._nearby(Entry(article, content(record), ""), memory, until)
        self.now()
        others = (e.article for name, e in self.held.articles.entries() if name != article.id)
        return self.judged([*others, article], memory).answers.of([article.id])[0]

    def _time_for_all(self, until: float | None) -> bool:
        """Whether all articles, which were walked before, can be walked until then."""
        if until is None:
            return True
        room = self._pace.fits(until - time.monotonic())
        return self._found is not None and room >= len(self.held.articles)

    def _nearby(self, entry: Entry, memory: Beside, until: float | None) -> Answer:
        """Ask about an article among those whom it meets."""
        name, began = entry.article.id, time.monotonic()

        def room() -> float:
            return ROOM if until is None else self._pace.fits(until - time.monotonic())

        register = self.register
        with register.without([key(name)]):
            leaving = [name] if name in self.held.articles else []
            nearby = Nearby(self.held, register, memory, self.told, leaving)
            with without_collector():
                weighed = nearby.weigh([entry], room=room)
        self._pace.took(weighed.walked, time.monotonic() - began)
        (answer,) = weighed.answers.of([name])
        return replace(answer, complete=weighed.whole)
