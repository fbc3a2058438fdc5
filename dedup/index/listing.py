"""Listing articles in the register: as they come, and all whom a reader finds not yet listed."""

from __future__ import annotations

import math
from itertools import islice
from typing import TYPE_CHECKING, cast

import numpy as np

from dedup import text, times
from dedup.candidates import Keyed, keyed, once
from dedup.errors import IndexUnusableError
from dedup.index.holdings import key, name_of
from dedup.index.register import FURNITURE, STATED
from dedup.index.sheet import Listed
from dedup.index.surroundings import Surroundings
from dedup.pipeline.corpus import is_news, together
from dedup.pipeline.outlets import printed
from dedup.pipeline.proposing import evidence
from dedup.pipeline.reading import prepare
from dedup.pipeline.remembering import apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.detector import Told
    from dedup.index.holdings import Entry, Holdings
    from dedup.index.register import Register
    from dedup.index.remembered import Beside, Remembered
    from dedup.index.store import Store
    from dedup.pipeline.corpus import Corpus, Prepared
    from dedup.records import Article

#: Articles that are listed at a time.
_AT_ONCE = 256


def readings(articles: Sequence[Article], memory: Remembered | Beside, told: Told) -> Prepared:
    """Read some articles; what is remembered is not read again."""
    known = {a.id: found for a in articles if (found := memory.reading(a)) is not None}
    unread = [article for article in articles if article.id not in known]
    if unread:
        for article, found in zip(unread, apart(prepare(unread, told.catalogue)), strict=True):
            memory.keep_reading(article, found)
            known[article.id] = found
    return together(known[article.id] for article in articles)


def keys_of(corpus: Corpus, read: Prepared) -> dict[int, Keyed]:
    """Give the keys of some articles, by channel."""
    columns = read.paragraphs
    keys = text.paragraph_keys(corpus.tokens, columns.first, columns.last)
    words = np.where(columns.counts, columns.last - columns.first, 0)
    told = (words > 0) & (keys != 0)
    furniture = told & ~corpus.paragraphs.counts
    paragraphs = Keyed(keys[told], columns.article[told].astype(np.int64), words[told])
    found = keyed(evidence(corpus), paragraphs)
    news = np.array([*map(is_news, corpus.articles)], bool)
    runs, begin, quoted = text.runs_said(read.tokens, news, (0, len(news)))
    article = np.searchsorted(read.tokens.indptr, begin[quoted], side="right") - 1
    return found | {
        FURNITURE: _weightless(keys[furniture], columns.article[furniture]),
        STATED: _weightless(runs[quoted], article),
    }


def _weightless(keys: NDArray[np.uint64], articles: NDArray[np.integer]) -> Keyed:
    """Give each article each of its keys once."""
    return once(keys, articles, np.ones(len(keys), np.int64))


def listed(article: Article, stamp: bytes, aliases: Mapping[str, str]) -> Listed:
    """Say what the register lists of an article."""
    return Listed(key(article.id), stamp, moment(article), printed(article, aliases))


def moment(article: Article) -> float:
    """Say when an article was published, infinity where that is unknown."""
    when = times.parse(article.published_at)
    return when.earliest if when else math.inf


def catch_up(
    register: Register, store: Store, held: Holdings, memory: Remembered, told: Told
) -> None:
    """List whatever came since the register was last looked at, and take out what went.

    Raises:
        IndexUnusableError: where the record is damaged.

    """
    if register.upto != store.size("changes"):
        since = store.rows("changes", "WHERE number > ?", register.upto)
        _renew(
            register,
            held,
            store,
            memory,
            told,
            dict.fromkeys(cast("bytes", row[2]) for row in since),
        )
    if register.total != store.total("articles"):
        register.clear()
        _renew(register, held, store, memory, told, [name for name, _ in store.sums("articles")])
    if register.total != store.total("articles"):
        message = f"{store.path} is damaged (rows of its table articles are lost): take a backup"
        raise IndexUnusableError(message)
    register.reached(store.size("changes"))


def _renew(
    register: Register,
    held: Holdings,
    store: Store,
    memory: Remembered,
    told: Told,
    names: Iterable[bytes],
) -> None:
    """List articles of some ids as they are now."""
    waiting = iter(names)
    while part := list(islice(waiting, _AT_ONCE)):
        register.drop(part)
        found = [(name, held.articles.get(name_of(name))) for name in part]
        there: list[Entry] = [entry for _, entry in found if entry is not None]
        memory.know((entry.article, entry.name) for entry in there)
        list_all(register, there, _stamps(store, there), memory, told)
        memory.settle()
        register.reached(register.upto)  # files that others have taken the place of go


def _stamps(store: Store, entries: Sequence[Entry]) -> dict[str, bytes]:
    return {e.article.id: store.sum_of("articles", key(e.article.id)) for e in entries}


def list_all(
    register: Register,
    entries: Sequence[Entry],
    stamps: Mapping[str, bytes],
    memory: Remembered,
    told: Told,
) -> None:
    """List some articles, learning what the register tells of them."""
    if not entries:
        return
    articles = [entry.article for entry in entries]
    aliases = told.options.aliases
    read = readings(articles, memory, told)
    counts = register.printed()
    counts.update(printed(article, aliases) for article in articles)
    among = Surroundings(register, counts, told, lambda _: ((), read))
    corpus = among.furnished(read, articles, told.catalogue, told.options)
    rows = [listed(article, stamps[article.id], aliases) for article in articles]
    register.put(rows, keys_of(corpus, read))
