"""`Index`: articles come one by one for years, and each is judged beside all that are there."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from dedup.candidates import to_datasketch
from dedup.compiling import hurried
from dedup.detector import given_items, without_collector
from dedup.errors import IndexUnusableError, SourceError
from dedup.index import feed
from dedup.index.adding import add, add_all, follow
from dedup.index.deciding import relabel, revise, settle, without
from dedup.index.kept import Kept
from dedup.index.looking import faults, figures
from dedup.index.opening import opened
from dedup.index.revising import Plan
from dedup.index.sketching import resembling, signatures
from dedup.index.warming import warm
from dedup.records import Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    import numpy as np
    from datasketch import LeanMinHash
    from numpy.typing import NDArray

    from dedup.config import Config
    from dedup.index.adding import Batch
    from dedup.index.answers import Answer, Change, Revision
    from dedup.index.shelf import Shelf
    from dedup.marks import Mark
    from dedup.records import Article
    from dedup.result import Result

#: The id of a text that is only asked about; seconds that a writer waits for another one to end.
ASKED, WAIT = "-", 5.0


class Index:
    """An embedded index of articles: one file, one writer at a time, many readers.

    Whatever came in whatever order, its tables are those that one scan of what it holds gives.

    ::

        with dedup.Index.open("news.dedup") as index:
            revision = index.add(articles)
            answer = index.check(text)
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        record: str | Path | None = None,
        config: Config | None = None,
        create: bool = True,
        wait: float = WAIT,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> Self:
        """Open an index.

        Args:
            path: its file; it is made when the first article is added. Or the address of a store
                of candidates (``redis://host:6379/0``) that it shares with others.
            record: its file, where ``path`` is an address.
            config: the settings; those that its verdicts hang on are kept in it when it is made.
                An index that is there has its own, from which these may not differ.
            create: whether the file may be missing.
            wait: seconds that a change waits for another writer to end.
            progress: told (step, done, of) as the work goes on.

        Raises:
            IndexUnusableError: where it cannot be used.
            ConfigError: where it was made with other settings.

        """
        if record is not None or "://" in str(path):
            from dedup.index.sharing import shared

            return cls(shared(str(path), record, config, wait, progress, create=create))
        return cls(opened(Path(path), config, wait, progress, create=create))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.close()

    def __len__(self) -> int:
        """How many articles there are."""
        with self._shelf.seeing():
            return len(self._shelf.held.articles)

    def close(self) -> None:
        """Let go of the files, and of the right to write."""
        self._shelf.close()

    def add(self, articles: Batch) -> Revision:
        """Add articles, all at once, for good: when this returns they are stored.

        An id that is there is updated, its former version kept; the same content changes nothing.

        Args:
            articles: whatever `dedup.scan` takes.

        Raises:
            IndexUnusableError: where the index cannot be written; then nothing was added.
            SourceError: where a path is not there.

        """
        return add(self._shelf, articles)

    def add_all(self, batches: Iterable[Batch]) -> Iterator[Revision]:
        """Add batches one after another; each is stored for good before its revision is yielded.

        Another process reads the next meanwhile, which is fetched before (not with ``workers=1``).

        Args:
            batches: each is whatever `dedup.scan` takes.

        Raises:
            IndexUnusableError: where the index cannot be written; then nothing more was added.
            SourceError: where a path is not there.

        """
        return add_all(self._shelf, batches)

    def follow(self, folder: str | Path, *, every: float = 1.0) -> Iterator[Revision]:
        """Add what arrives in a drop folder, for ever.

        A file is taken when it is complete, and noted as taken in the same transaction as its
        articles, so that whoever begins again goes on where he was.

        Args:
            folder: where files arrive, in whatever form `dedup.scan` reads.
            every: seconds from one look to the next.

        Returns:
            What each few files brought about; where nothing arrived, a revision without anything.

        Raises:
            IndexUnusableError: where the index cannot be written.
            SourceError: where the folder is not there.

        """
        return follow(self._shelf, Path(folder), every)

    def check(
        self, article: str | Article | Mapping[str, object], deadline: float | None = None
    ) -> Answer:
        """Say what adding an article would say of it; nothing is stored.

        Args:
            article: a text, or a record; one with the id of an article that is there is asked about
                in its place.
            deadline: seconds within which an answer is wanted. It then rests on as many articles as
                there was time for, those with wording in common first; ``complete`` says whether
                that was all.

        Raises:
            SourceError: where it is no article.
            IndexUnusableError: where the index cannot be used.

        """
        until = None if deadline is None else time.monotonic() + deadline
        given = {"id": ASKED, "text": article} if isinstance(article, str) else article
        (asked,) = given_items([given], self._shelf.kept.config(), None)
        if isinstance(asked, Skipped):
            raise SourceError(asked.reason)
        with hurried(deadline), without_collector(), self._shelf.seeing():
            return self._shelf.asked(asked, until)

    def warm(self) -> None:
        """Load what answers need, so that none waits for it, in a process that answers for long.

        Where this machine never did that kernels are compiled, which may take a minute; while an
        answer has a deadline they never take over. What there is is frozen (`gc.freeze`).

        Raises:
            IndexUnusableError: where the index cannot be used.

        """
        warm(self._shelf, self.check)

    def remove(self, ids: str | Iterable[str]) -> Revision:
        """Take articles out, with all that was stored of them but their entries in the feed.

        Raises:
            IndexUnusableError: where the index cannot be written; then nothing was removed.

        """
        self._shelf.begin()
        names = [ids] if isinstance(ids, str) else ids
        return self._shelf.share(without(self._shelf, names, feed.REMOVED))

    def expire(self, *, before: str | datetime) -> Revision:
        """Take out what was published before a time; of what bears none, what was added before.

        Args:
            before: a date or a time, or an age (``90d``, ``12h``).

        Raises:
            ConfigError: where no time can be read in ``before``.
            IndexUnusableError: where the index cannot be written; then nothing was removed.

        """
        moment = feed.moment(before)
        self._shelf.begin()
        entries = self._shelf.held.articles.entries()
        old = sorted(name for name, entry in entries if feed.aged(entry) < moment)
        return self._shelf.share(without(self._shelf, old, feed.EXPIRED))

    def ids(self) -> list[str]:
        """Give the ids of the articles, sorted."""
        with self._shelf.seeing():
            return sorted(self._shelf.held.articles)

    def tables(self) -> Result:
        """Give the tables that one scan gives; who writes the index settles all verdicts by it."""
        if self._shelf.writing:
            settle(self._shelf)
        with self._shelf.seeing():
            return self._shelf.now().result

    def export(
        self,
        folder: str | Path,
        formats: Sequence[str] = ("csv", "html", "json"),
        *,
        language: str = "en",
        credit_line: str = "",
    ) -> list[Path]:
        """Write the tables into a folder as `dedup scan` does; ``parquet`` is a format too.

        ``language`` and ``credit_line`` are those of the page (`Result.write`).

        Returns:
            The files written.

        Raises:
            ReportError: where a format or a language is unknown, or the folder cannot be written.

        """
        return self.tables().write(folder, formats, language=language, credit_line=credit_line)

    def changes(self, since: str | int | datetime | None = None) -> list[Change]:
        """Give the feed of changes.

        Args:
            since: the number of an entry, to give what came after it, or a time, to give what came
                then and after; all where None.

        Raises:
            ConfigError: where no time can be read in ``since``.

        """
        with self._shelf.seeing():
            return feed.read(self._shelf.store, since) if self._shelf.store else []

    def stats(self) -> dict[str, object]:
        """Say how much there is, of what time, and how large the files are."""
        with self._shelf.seeing():
            return figures(self._shelf)

    def verify(self) -> list[str]:
        """Look for what is wrong, in the record and in what was worked out from it.

        Returns:
            A sentence for each fault; none where all is well.

        """
        try:
            self._shelf.look()
            return faults(self._shelf) or self._shelf.unshared()
        except IndexUnusableError as fault:
            return [str(fault)]

    def rebuild(self, config: Config | None = None) -> Revision:
        """Work everything out anew from the record, with other settings where some are given.

        Raises:
            IndexUnusableError: where the record is damaged, or nothing can be written.

        """
        self._shelf.begin()
        self._shelf.renew(Kept.of(config) if config else self._shelf.kept)
        revision = revise(self._shelf, Plan(self._shelf.held), renewed=True)
        return self._shelf.share(revision, anew=True)

    def marks(self) -> list[Mark]:
        """Give a reviewer's marks: those it was made or rebuilt with, and those of `mark`."""
        self._shelf.look()
        return list(self._shelf.kept.labels)

    def mark(self, marks: Iterable[Mark], *, withdrawn: Iterable[Mark] = ()) -> Revision:
        """Keep marks (rows of labels.csv), which every verdict then honours; withdraw others.

        Raises:
            IndexUnusableError: where the index cannot be written; then no mark was taken.

        """
        self._shelf.take()
        return relabel(self._shelf, marks, withdrawn)

    def compact(self) -> None:
        """Make the files as small as they can be; former versions and the feed stay.

        Raises:
            IndexUnusableError: where nothing can be written.

        """
        store = self._shelf.take()
        settle(self._shelf)
        self._shelf.tidy()
        store.compact()

    def signatures(self) -> dict[str, NDArray[np.uint32]]:
        """Give the MinHash signature of each article: rows that are equal to datasketch's."""
        with self._shelf.seeing():
            return signatures(self._shelf.now().walked.corpus)

    def to_datasketch(self) -> dict[str, LeanMinHash]:
        """Give the signature of each article as a datasketch object."""
        return {name: to_datasketch(row) for name, row in self.signatures().items()}

    def from_datasketch(
        self, sketches: Mapping[str, LeanMinHash], *, least: float = 0.5
    ) -> dict[str, list[tuple[str, float]]]:
        """Say which articles datasketch objects of others resemble, the likest first.

        Args:
            sketches: by name, of 128 permutations of five-word shingles, made as `to_datasketch`
                makes them.
            least: the resemblance from which an article is named.

        Raises:
            ConfigError: where a sketch was made in another way, so that it does not compare.

        """
        return resembling(self.signatures(), sketches, least)
