"""An index that shares its candidates: its record is its own, whom it resembles elsewhere is known.

The record is the truth, and what is said of articles is said by it alone. The store follows its
feed: what a change brings is laid in after it was stored, and noted as laid in after that, so that
what was cut short is made good by the next change.
"""

from __future__ import annotations

import socket
import time
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dedup import candidates, text
from dedup.candidates.pairs import paragraph_items
from dedup.errors import ConfigError, IndexUnusableError
from dedup.index import feed
from dedup.index.banded import BANDS, ROWS
from dedup.index.elsewhere import CandidateStore
from dedup.index.kept import Kept
from dedup.index.opening import opened
from dedup.index.shelf import Shelf
from dedup.pipeline.corpus import Corpus
from dedup.pipeline.proposing import evidence
from dedup.pipeline.reading import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dedup.attribution import Catalogue
    from dedup.config import Config
    from dedup.index.answers import Answer, Revision
    from dedup.index.banded import Signed
    from dedup.index.store import Store
    from dedup.records import Article

    Progress = Callable[[str, int, int], None]

#: Articles that are laid in at a time.
_BATCH = 100


def shared(
    address: str,
    record: str | Path | None,
    config: Config | None,
    wait: float,
    progress: Progress | None,
    *,
    create: bool,
) -> Shelf:
    """Open the files of an index that shares its candidates; see `Index.open`.

    Args:
        address: of the server, as ``redis://host:6379/0``.
        record: the index's file.
        config: the settings.
        wait: seconds that a change waits for another writer to end.
        progress: told (step, done, of) as the work goes on.
        create: whether the file may be missing.

    Raises:
        ConfigError: where no file is named, or it was made with other settings.
        IndexUnusableError: where the index or the store cannot be used.

    """
    if record is None or "://" not in address:
        message = 'a store of candidates needs both: Index.open("redis://…", record="news.dedup")'
        raise ConfigError(message)
    store = _store(address, record)
    try:
        store.ready()
        kind = partial(SharedShelf, store=store)
        return opened(Path(record), config, wait, progress, create=create, kind=kind)
    except BaseException:
        store.close()
        raise


def withdraw(address: str, record: str | Path) -> None:
    """Take all of an index out of a store; the index stays as it is.

    Args:
        address: of the server.
        record: the index's file; or, of one that does not come back, its name in `Elsewhere`.

    Raises:
        IndexUnusableError: where the store cannot be written.

    """
    store = _store(address, record)
    try:
        store.ready()
        names = list(store.laid())
        for at in range(0, len(names), _BATCH):
            store.lay({}, names[at : at + _BATCH])
        store.forget()
    finally:
        store.close()


def _store(address: str, record: str | Path) -> CandidateStore:
    """Name the store of an index: an index is known by its machine and file."""
    named = isinstance(record, str) and ":" in record
    name = str(record) if named else f"{socket.gethostname()}:{Path(record).resolve()}"
    return CandidateStore(address, name, Kept().made_by())


class SharedShelf(Shelf):
    """The files of an index whose articles those who share the store hear of, as it does of theirs.

    Every change is stored in the record first. Where the store cannot be reached before, nothing is
    changed; where it goes away in between, `IndexUnusableError` says that the record has it.
    """

    def __init__(
        self,
        path: Path,
        config: Config | None,
        wait: float,
        progress: Progress | None,
        *,
        store: CandidateStore,
    ) -> None:
        """Join files and a store."""
        super().__init__(path, config, wait, progress)
        self._candidates = store

    def close(self) -> None:
        """Let go of the files and of the server."""
        super().close()
        self._candidates.close()

    def begin(self) -> Store:
        """Become the one writer, where the store can be reached."""
        self._candidates.ready()
        return super().begin()

    def share(self, revision: Revision, *, anew: bool = False) -> Revision:
        """Lay into the store what the feed tells of, up to its end.

        Args:
            revision: the change that was stored.
            anew: whether all is laid in, whatever was.

        Raises:
            IndexUnusableError: where that cannot be done.

        """
        try:
            until = self._candidates.until
            if anew or until > self._last:  # another file lay here
                names = dict.fromkeys((*self._candidates.laid(), *self.held.articles))
                self._lay(names, anew=True)
            elif self.store is not None:
                self._lay(dict.fromkeys(c.article_id for c in feed.read(self.store, until)))
        except IndexUnusableError as failure:
            message = f"{failure}; the index has the change, and the next one makes it known"
            raise IndexUnusableError(message) from failure
        return revision

    def asked(self, article: Article, until: float | None) -> Answer:
        """Give what would be said of an article, and which elsewhere share a paragraph with it.

        Where time is up by then the store is not asked, and ``elsewhere`` stays None.
        """
        answer = super().asked(article, until)
        if until is not None and time.monotonic() > until:
            return replace(answer, complete=False)
        (signed,) = paragraph_signatures([article], self.told.catalogue)
        places, settled = self._candidates.near(signed)
        return replace(answer, elsewhere=places, complete=answer.complete and settled)

    def unshared(self) -> list[str]:
        """Look through what lies in the store of this index."""
        try:
            laid = self._candidates.laid()
        except IndexUnusableError as fault:
            return [str(fault)]
        held = {name: self.held.articles[name].name.hex() for name in self.held.articles}
        unlike = sum(laid.get(name) != held.get(name) for name in {*laid, *held})
        name = self._candidates.name
        return [f"{name} differs from the index in {unlike} articles: rebuild it"] if unlike else []

    @property
    def _last(self) -> int:
        """The number of the last entry of the feed."""
        return self.store.size("changes") if self.store else 0

    def _lay(self, names: Iterable[str], *, anew: bool = False) -> None:
        """Lay articles in as they are now, and take those out that are gone."""
        waiting, catalogue = iter(names), self.told.catalogue
        while batch := list(islice(waiting, _BATCH)):
            entries = {name: self.held.articles.get(name) for name in batch}
            for name, content in zip(batch, self._candidates.contents(batch), strict=True):
                entry = entries[name]
                if not anew and content == (entry and entry.name.hex()):
                    del entries[name]  # only what is said of it is another
            held = {name: entry for name, entry in entries.items() if entry}
            signed = paragraph_signatures([e.article for e in held.values()], catalogue)
            known = {n: (e.name, s) for (n, e), s in zip(held.items(), signed, strict=True)}
            self._candidates.lay(known, [name for name in entries if name not in held])
        self._candidates.settle(self._last)


def paragraph_signatures(articles: Sequence[Article], catalogue: Catalogue) -> list[Signed]:
    """Sign the paragraphs of articles, each article read by itself.

    Args:
        articles: the articles.
        catalogue: the agencies.

    Returns:
        For each article a row a paragraph that is long enough to propose anybody.

    """
    if not articles:
        return []
    read = prepare(articles, catalogue)
    none = ("",) * len(articles)
    corpus = Corpus(
        articles=tuple(articles),
        tokens=read.tokens,
        paragraphs=read.paragraphs,
        credits=read.credits,
        layouts=read.layouts,
        languages=read.languages,
        outlets=none,
        agencies=none,
    )
    items, chosen, article = paragraph_items(evidence(corpus))
    shingles = text.shingle(items.words, items.indptr, items.size)
    value = candidates.sign(shingles, BANDS * ROWS, chosen).value
    cuts = np.searchsorted(article, np.arange(1, len(articles)))
    return np.split(value, cuts)
