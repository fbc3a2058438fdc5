"""A change of an index: what it will hold, and how that is stored, all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from dedup.index import codec, feed, following
from dedup.index.answers import moved
from dedup.index.holdings import Entry, Holdings, key
from dedup.index.remembered import content

if TYPE_CHECKING:
    from dedup.index.answers import Row
    from dedup.index.store import Store
    from dedup.records import Article
    from dedup.sources import Arrival


@dataclass(slots=True)
class Plan:
    """What is to change, and what will be there then.

    Attributes:
        held: what is there now.
        articles: what will be there.
        order: the ids that were given, in their order, each once.
        versions: the new versions of articles, in the order in which they came.
        gone: the ids that are taken out, and why.
        arrivals: files of a drop folder that these articles came in.

    """

    held: Holdings
    at: str = field(default_factory=feed.stamp)
    articles: dict[str, Entry] = field(default_factory=dict)
    order: dict[str, None] = field(default_factory=dict)
    versions: list[tuple[Entry, bytes]] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    arrivals: list[Arrival] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with what is there."""
        self.articles = dict(self.held.articles)

    def add(self, article: Article) -> None:
        """Add an article, or another version of one; the same content again changes nothing."""
        self.order[article.id] = None
        known = self.articles.get(article.id)
        if known is not None and _told(known.article) == _told(article):
            return
        record = codec.article_bytes(article)
        entry = Entry(article, content(record), self.at)
        self.articles[article.id] = entry
        self.versions.append((entry, record))

    def remove(self, name: str, why: str) -> None:
        """Take an article out."""
        del self.articles[name]
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


def commit(store: Store, plan: Plan, verdicts: dict[str, Row], settings: object) -> Holdings:
    """Store a change, the verdicts that it brings about, and its entries in the feed.

    Returns:
        What is there now.

    Raises:
        IndexUnusableError: where it cannot be stored; then all is as before.

    """
    before = plan.held.verdicts
    with store.changing():
        for name in plan.gone:
            feed.blank(store, name)
            for table in ("articles", "history", "verdicts"):
                store.drop(table, "WHERE id = ?", key(name))
        for entry, record in plan.versions:
            _put_version(store, entry, record)
        for name in _different(before, verdicts):
            store.drop("verdicts", "WHERE id = ?", key(name))
            store.put("verdicts", key(name), codec.squeeze(verdicts[name]))
        _tell(store, plan, verdicts)
        following.note(store, plan.arrivals)
        store.set_meta("settings", settings)
        store.set_meta("generation", plan.held.generation + 1)
    return Holdings(plan.held.generation + 1, plan.articles, verdicts)


def _different(before: object, now: dict[str, Row]) -> list[str]:
    """Name the articles whose verdict is not what was stored."""
    stored = cast("dict[str, Row]", before)
    return [name for name, row in now.items() if stored.get(name) != row]


def _put_version(store: Store, entry: Entry, record: bytes) -> None:
    """Store a version of an article; the one before goes to its history."""
    name, version = key(entry.article.id), 1
    for former in list(store.rows("articles", "WHERE id = ?", name)):
        store.drop("articles", "WHERE id = ?", name)
        store.put("history", *former)
        version = cast("int", former[1]) + 1
    store.put("articles", name, version, entry.added_at, record)


def _tell(store: Store, plan: Plan, verdicts: dict[str, Row]) -> None:
    """Tell the feed: what went, what came, and whose verdict is another one by that."""
    before = plan.held.verdicts
    for name, why in plan.gone.items():
        feed.write(store, plan.at, why, name, (feed.unquoting(before.get(name)), None))
    came = dict.fromkeys(entry.article.id for entry, _ in plan.versions)
    for name in came:
        what = feed.CHANGED if name in plan.held.articles else feed.ADDED
        feed.write(store, plan.at, what, name, (before.get(name), verdicts[name]))
    for name in moved(before, verdicts):
        if name not in came:
            feed.write(store, plan.at, feed.CHANGED, name, (before[name], verdicts[name]))
