"""What an index holds at one moment: its articles and what was said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from dedup.errors import IndexUnusableError
from dedup.index import codec
from dedup.index.remembered import content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedup.index.answers import Row
    from dedup.index.store import Store
    from dedup.records import Article


class Entry(NamedTuple):
    """One article as it is held: the last version of its id."""

    article: Article
    name: bytes  #: of its content
    added_at: str


class Holdings(NamedTuple):
    """The state of an index after so many changes."""

    generation: int
    articles: Mapping[str, Entry]
    verdicts: Mapping[str, Row]


NOTHING = Holdings(0, {}, {})


def key(name: str) -> bytes:
    """An id as it is stored: any string has a form."""
    return name.encode("utf-8", "surrogatepass")


def name_of(stored: object) -> str:
    """The id that `key` made a key of."""
    return cast("bytes", stored).decode("utf-8", "surrogatepass")


def load(store: Store) -> Holdings:
    """Read the whole record.

    Raises:
        IndexUnusableError: where anything of it is damaged.

    """
    try:
        articles = {}
        for name, _, added_at, record in store.rows("articles"):
            data = cast("bytes", record)
            entry = Entry(codec.article_of(data), content(data), str(added_at))
            articles[name_of(name)] = entry
        verdicts = {
            name_of(name): cast("Row", codec.unsqueeze(cast("bytes", verdict)))
            for name, verdict in store.rows("verdicts")
        }
    except (ValueError, TypeError, KeyError) as fault:
        message = f"{store.path} is damaged (a row makes no sense: {fault}): take a backup of it"
        raise IndexUnusableError(message) from fault
    return Holdings(store.generation, articles, verdicts)
