"""What an index holds at one moment: its articles and what was said of each, read when asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, cast

from dedup.errors import IndexUnusableError
from dedup.index import codec
from dedup.index.answers import Said
from dedup.index.remembered import content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.index.answers import Row
    from dedup.index.store import Store, Value
    from dedup.records import Article

#: Under these names a stored verdict says which articles it was decided with.
_BESIDE, _ABOUT = "beside", "about"
#: Up to so many rows are all looked at when a record is opened; of more, their checksums.
_FEW = 4096


class Entry(NamedTuple):
    """One article as it is held: the last version of its id."""

    article: Article
    name: bytes  #: of its content
    added_at: str


class Articles(Mapping[str, Entry]):
    """The articles of a record, by id."""

    def __init__(self, store: Store | None) -> None:
        self._store = store

    def __getitem__(self, name: str) -> Entry:
        """Read an article; a `KeyError` where it is not there."""
        return _entry(self._store, *_one(self._store, "articles", name))

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return (name for name, _ in self.entries())

    def __len__(self) -> int:
        """How many there are."""
        return self._store.size("articles") if self._store else 0

    def entries(self, *, in_order: bool = False) -> Iterator[tuple[str, Entry]]:
        """Yield all articles with their ids, as they stand there or by id."""
        for row in _all(self._store, "articles", in_order=in_order):
            yield name_of(row[0]), _entry(self._store, *row)


class Verdicts(Mapping[str, "Said"]):
    """What was said of the articles of a record, by id."""

    def __init__(self, store: Store | None) -> None:
        self._store = store

    def __getitem__(self, name: str) -> Said:
        """Read what was said of an article; a `KeyError` where nothing was."""
        return _said(self._store, *_one(self._store, "verdicts", name))

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return (name for name, _ in self.entries())

    def __len__(self) -> int:
        """How many there are."""
        return self._store.size("verdicts") if self._store else 0

    def entries(self, *, in_order: bool = False) -> Iterator[tuple[str, Said]]:
        """Yield all that was said, with the ids, as it stands there or by id."""
        for row in _all(self._store, "verdicts", in_order=in_order):
            yield name_of(row[0]), _said(self._store, *row)


class Holdings(NamedTuple):
    """The state of an index after so many changes."""

    generation: int
    articles: Articles
    verdicts: Verdicts


NOTHING = Holdings(0, Articles(None), Verdicts(None))


def key(name: str) -> bytes:
    """An id as it is stored: any string has a form."""
    return name.encode("utf-8", "surrogatepass")


def name_of(stored: object) -> str:
    """The id that `key` made a key of."""
    return cast("bytes", stored).decode("utf-8", "surrogatepass")


def said_bytes(said: Said) -> bytes:
    """Return what was said of an article as bytes."""
    return codec.squeeze({**said.row, _BESIDE: said.beside, _ABOUT: said.about})


def load(store: Store) -> Holdings:
    """Take a record as it is now.

    Raises:
        IndexUnusableError: where rows of it are lost; where they are few, where any is altered.

    """
    for table in ("articles", "verdicts"):
        if store.size(table) > _FEW:
            store.count(table)
        else:
            for _ in store.rows(table):
                pass
    return current(store)


def current(store: Store) -> Holdings:
    """Take a record as it is now; what is read of it is looked at then."""
    return Holdings(store.generation, Articles(store), Verdicts(store))


def _all(store: Store | None, table: str, *, in_order: bool) -> Iterator[tuple[Value, ...]]:
    if store:
        yield from store.rows(table, "ORDER BY id" if in_order else "")


def _one(store: Store | None, table: str, name: str) -> tuple[Value, ...]:
    for row in store.rows(table, "WHERE id = ?", key(name)) if store else ():
        return row
    raise KeyError(name)


def _entry(store: Store | None, *row: Value) -> Entry:
    _, _, added_at, record = row
    data = cast("bytes", record)
    try:
        return Entry(codec.article_of(data), content(data), str(added_at))
    except (ValueError, TypeError, KeyError) as fault:
        raise _senseless(store, fault) from fault


def _said(store: Store | None, *row: Value) -> Said:
    try:
        found = cast("Row", codec.unsqueeze(cast("bytes", row[1])))
        beside, about = (tuple(cast("list[str]", found.pop(n, []))) for n in (_BESIDE, _ABOUT))
    except (ValueError, TypeError, AttributeError) as fault:
        raise _senseless(store, fault) from fault
    return Said(found, beside, about)


def _senseless(store: Store | None, fault: Exception) -> IndexUnusableError:
    where = store.path if store else ""
    message = f"{where} is damaged (a row makes no sense: {fault}): take a backup of it"
    return IndexUnusableError(message)
