"""A change of an index: what it will hold, and how that is stored, all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from dedup.index import codec, feed, following
from dedup.index.answers import moved
from dedup.index.holdings import Entry, key, said_bytes
from dedup.index.remembered import content
from dedup.records import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dedup.index.answers import Said
    from dedup.index.holdings import Holdings
    from dedup.index.store import Store
    from dedup.records import Skipped
    from dedup.sources import Arrival


@dataclass(slots=True)
class Plan:
    """What is to change, and what will be there then.

    Attributes:
        held: what is there now.
        at: when it happens.
        fresh: the articles that will be there in another version, or that are not there yet.
        order: the ids that were given, in their order, each once.
        versions: the new versions of articles, in the order in which they came.
        gone: the ids that are taken out, and why.
        arrivals: files of a drop folder that these articles came in.
        before: the ids that are there now and will be in another version.

    """

    held: Holdings
    at: str = field(default_factory=feed.stamp)
    fresh: dict[str, Entry] = field(default_factory=dict)
    order: dict[str, None] = field(default_factory=dict)
    versions: list[tuple[Entry, bytes]] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    arrivals: list[Arrival] = field(default_factory=list)
    before: set[str] = field(default_factory=set)

    def entry(self, name: str) -> Entry | None:
        """Give an article that will be there; None where it will not."""
        if name in self.gone:
            return None
        return self.fresh.get(name) or self.held.articles.get(name)

    def entries(self) -> Iterator[Entry]:
        """Yield all articles that will be there."""
        for name, entry in self.held.articles.entries():
            if name not in self.gone and name not in self.fresh:
                yield entry
        yield from self.fresh.values()

    def __len__(self) -> int:
        """How many articles will be there."""
        came = len(self.fresh) - len(self.before)
        return len(self.held.articles) + came - len(self.gone)

    def add(self, article: Article, record: bytes | None = None) -> None:
        """Add an article, or another version of one; the same content again changes nothing.

        Args:
            article: the article.
            record: the same as bytes, where they are known.

        """
        self.order[article.id] = None
        known = self.entry(article.id)
        if known is not None and _told(known.article) == _told(article):
            return
        if known is not None and article.id not in self.fresh:
            self.before.add(article.id)
        record = record or codec.article_bytes(article)
        entry = Entry(article, content(record), self.at)
        self.fresh[article.id] = entry
        self.versions.append((entry, record))

    def take(
        self, items: Iterable[Article | Skipped], records: Iterable[bytes] = ()
    ) -> tuple[Skipped, ...]:
        """Add all that are articles; give the others.

        Args:
            items: what came.
            records: the articles among them as bytes, where they are known.

        """
        skipped, known = [], iter(records)
        for item in items:
            if isinstance(item, Article):
                self.add(item, next(known, None))
            else:
                skipped.append(item)
        return tuple(skipped)

    def remove(self, name: str, why: str) -> None:
        """Take an article out that is there."""
        self.gone[name] = why

    @property
    def changes(self) -> bool:
        """Whether other articles will be there, or other versions."""
        return bool(self.versions or self.gone)

    @property
    def empty(self) -> bool:
        """Whether nothing is to be stored."""
        return not (self.changes or self.arrivals)


def _told(article: Article) -> Article:
    """An article as far as it is told: where its file lies is no part of it."""
    return replace(article, path="", notes=())


def commit(
    store: Store,
    plan: Plan,
    before: Mapping[str, Said],
    said: Mapping[str, Said],
    notes: Mapping[str, object],
) -> dict[str, bytes]:
    """Store a change, what is said now, and its entries in the feed.

    Args:
        store: the record.
        plan: what changes.
        before: what was said, as `former` gives it.
        said: of the articles that were decided.
        notes: what is noted beside them, by name.

    Returns:
        The checksum of each new version, by id.

    Raises:
        IndexUnusableError: where it cannot be stored; then all is as before.

    """
    with store.changing():
        for name in plan.gone:
            feed.blank(store, name)
            for table in ("articles", "history", "verdicts"):
                store.drop(table, "WHERE id = ?", key(name))
        there = {*plan.before}
        stamps = {
            e.article.id: _put_version(store, e, record, there) for e, record in plan.versions
        }
        for name, one in said.items():
            if name in before and before[name] != one:
                store.drop("verdicts", "WHERE id = ?", key(name))
            if before.get(name) != one:
                store.put("verdicts", key(name), said_bytes(one))
        _tell(store, plan, before, said)
        following.note(store, plan.arrivals)
        for name, value in notes.items():
            store.set_meta(name, value)
        store.set_meta("generation", plan.held.generation + 1)
    return stamps


def former(plan: Plan, names: Iterable[str], read: Mapping[str, Said]) -> dict[str, Said]:
    """Give what was said before of some articles, and of those that are taken out.

    Args:
        plan: what changes.
        names: the ids.
        read: what was said of some articles, where it was read already.

    """
    known = plan.held.verdicts
    wanted = {*names, *plan.gone} - (plan.fresh.keys() - plan.before)
    before = {name: read[name] for name in wanted if name in read}
    wanted -= before.keys()
    if 2 * len(wanted) > len(known):
        rest = (row for row in known.entries() if row[0] in wanted)
    else:
        rest = ((name, one) for name in wanted if (one := known.get(name)) is not None)
    return before | dict(rest)


def _put_version(store: Store, entry: Entry, record: bytes, there: set[str]) -> bytes:
    """Store a version of an article; the one before goes to its history. Return its checksum.

    Args:
        store: the record.
        entry: the version.
        record: the same as bytes.
        there: the ids that have a version; this one is added.

    """
    name, version = key(entry.article.id), 1
    rows = store.rows("articles", "WHERE id = ?", name) if entry.article.id in there else ()
    there.add(entry.article.id)
    for before in list(rows):
        store.drop("articles", "WHERE id = ?", name)
        store.put("history", *before)
        version = cast("int", before[1]) + 1
    return store.put("articles", name, version, entry.added_at, record)


def _tell(store: Store, plan: Plan, before: Mapping[str, Said], said: Mapping[str, Said]) -> None:
    """Tell the feed: what went, what came, and whose verdict is another one by that."""
    rows = {name: one.row for name, one in before.items()}
    for name, why in plan.gone.items():
        feed.write(store, plan.at, why, name, (feed.unquoting(rows.get(name)), None))
    for name in plan.fresh:
        what = feed.CHANGED if name in rows else feed.ADDED
        feed.write(store, plan.at, what, name, (rows.get(name), said[name].row))
    for name in moved(before, said):
        if name not in plan.fresh:
            feed.write(store, plan.at, feed.CHANGED, name, (rows[name], said[name].row))
