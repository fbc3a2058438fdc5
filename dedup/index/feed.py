"""The feed of changes, and the times by which articles grow old."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

from dedup import times
from dedup.errors import ConfigError
from dedup.index import codec
from dedup.index.answers import Change
from dedup.index.holdings import key, name_of

if TYPE_CHECKING:
    from dedup.index.answers import Row
    from dedup.index.holdings import Entry
    from dedup.index.store import Store

ADDED, CHANGED, REMOVED, EXPIRED = "added", "changed", "removed", "expired"
_AGE = re.compile(r"(\d+(?:\.\d+)?)([mhdw])")
_NOTHING = codec.squeeze(None)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def stamp() -> str:
    """The time as it is stored."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def moment(given: str | datetime) -> float:
    """Read a time, or an age that lies so far back, as epoch seconds.

    Raises:
        ConfigError: where no time can be read.

    """
    if isinstance(given, datetime):
        return (given if given.tzinfo else given.replace(tzinfo=UTC)).timestamp()
    if age := _AGE.fullmatch(given.strip()):
        return (datetime.now(UTC) - timedelta(**{_UNITS[age[2]]: float(age[1])})).timestamp()
    when = times.parse(given)
    if when is None:
        message = f"{given!r} is neither a time nor an age: give it like 2026-08-01 or 90d"
        raise ConfigError(message)
    return when.earliest


def aged(entry: Entry) -> float:
    """When an article was published, as epoch seconds; where that is unknown, when it was added."""
    when = times.parse(entry.article.published_at) or times.parse(entry.added_at)
    return when.earliest if when else 0.0


def write(
    store: Store, at: str, change: str, name: str, rows: tuple[Row | None, Row | None]
) -> None:
    """Put an entry at the end of the feed.

    Args:
        store: the record.
        at: when it happened.
        change: what happened.
        name: to which article.
        rows: its verdict before and its verdict now.

    """
    former, verdict = (codec.squeeze(row) if row else _NOTHING for row in rows)
    number = store.size("changes") + 1
    store.put("changes", number, at, key(name), change, former, verdict)


def blank(store: Store, name: str) -> None:
    """Take out of an article's entries what quotes it: the reasons of its verdicts."""
    for row in list(store.rows("changes", "WHERE id = ?", key(name))):
        rows = [codec.unsqueeze(cast("bytes", data)) for data in row[4:]]
        bare = [codec.squeeze(unquoting(cast("Row | None", given))) for given in rows]
        store.drop("changes", "WHERE number = ?", row[0])
        store.put("changes", *row[:4], *bare)


def unquoting(verdict: Row | None) -> Row | None:
    """A verdict without its reasons, which quote the article."""
    return verdict and {**verdict, "reasons": []}


def read(store: Store, since: str | int | datetime | None) -> list[Change]:
    """Read the feed, from an entry or a time on.

    Raises:
        ConfigError: where no time can be read in ``since``.
        IndexUnusableError: where the feed is damaged.

    """
    if isinstance(since, str) and since.strip().isdecimal():
        since = int(since)
    if since is None or isinstance(since, int):
        rows = store.rows("changes", "WHERE number > ? ORDER BY number", since or 0)
        return [_change(row) for row in rows]
    first = moment(since)
    entries = map(_change, store.rows("changes", "WHERE number > 0 ORDER BY number"))
    return [entry for entry in entries if datetime.fromisoformat(entry.at).timestamp() >= first]


def after(store: Store, number: int, most: int) -> list[Change]:
    """Read the feed from an entry on, so many entries at most.

    Raises:
        IndexUnusableError: where the feed is damaged.

    """
    where = "WHERE number > ? ORDER BY number LIMIT ?"
    return [_change(row) for row in store.rows("changes", where, number, most)]


def _change(row: tuple[object, ...]) -> Change:
    number, at, name, change, former, verdict = row
    return Change(
        number=cast("int", number),
        at=str(at),
        article_id=name_of(name),
        change=str(change),
        former=cast("Row | None", codec.unsqueeze(cast("bytes", former))),
        verdict=cast("Row | None", codec.unsqueeze(cast("bytes", verdict))),
    )
