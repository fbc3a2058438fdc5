"""From what a feed says of an item to an article: credits kept as evidence, versions, statuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from dedup import times
from dedup.records import Article, Field
from dedup.sources import record
from dedup.sources.decode import sound
from dedup.sources.opening import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedup.sources.record import Place

#: Reads one item of a document: takes the sidecar's row and the item's place.
Item = Callable[[Mapping[str, str], "Place"], Iterator[Article]]

#: IPTC's publishing statuses of what must not be used.
_UNUSABLE = frozenset({"canceled", "cancelled", "withheld"})
#: Who gives out an id, where the id itself says so: RFC 3085 (NewsML) and RFC 4151 (tag).
_AUTHORITY = re.compile(r"(?:urn:newsml:|tag:)([^:,]+\.[a-z]{2,})[:,]", re.IGNORECASE)
_GLOBAL = re.compile(r"(?:[a-z][a-z0-9+.-]*://|urn:|tag:)\S", re.IGNORECASE)
_WORDLESS = {
    "picture": "a picture",
    "graphic": "a graphic",
    "video": "a video",
    "audio": "a sound recording",
    "animation": "an animation",
    "composite": "a composite item",
    "event": "an event",
    "planning": "a planning item",
}


def article(
    fields: Mapping[str, object],
    evidence: Iterable[tuple[str, str]],
    row: Mapping[str, str],
    place: Place,
) -> Article:
    """Make an article of an item's fields; what it leaves empty the sidecar's ``row`` fills.

    Args:
        fields: as a record has them.
        evidence: what may say where the item comes from; empty values are dropped.
        row: what the sidecar says of the item's file.
        place: where the item stands.

    Raises:
        RefusedError: where it has no usable text.

    """
    given = {name: value for name, value in fields.items() if value}
    filled = {name: value for name, value in row.items() if name != "id"}
    made = record.article({**filled, **given}, place)
    kept = dict.fromkeys(
        Field(name, value) for name, raw in evidence if (value := " ".join(sound(raw).text.split()))
    )
    return replace(made, evidence=tuple(kept))


def refuse_unusable(status: str) -> None:
    """Refuse what its provider has taken back.

    Args:
        status: a publishing status, as a word or at the end of a code or an address.

    Raises:
        RefusedError: where it is one that forbids to use the item.

    """
    word = tail(status).lower()
    if word in _UNUSABLE:
        how = "withheld" if word == "withheld" else "canceled"
        message = f"its provider says that it is {how}"
        raise RefusedError(message)


def wordless(kind: str = "") -> RefusedError:
    """Return the refusal of an item that has no text.

    Args:
        kind: what it is, as a word or at the end of a code or an address.

    """
    what = _WORDLESS.get(tail(kind).lower())
    return RefusedError(f"it is {what} without a text" if what else "the item has no text")


def tail(code: str) -> str:
    """Return what stands last in a code or an address: ``stat:usable`` is ``usable``."""
    return re.split(r"[:/#]", code.strip().rstrip("/"))[-1]


def first_date(*dates: str) -> str:
    """Return the first that is a date; empty where none is."""
    return next((date for date in dates if times.parse(date)), "")


def authority(id_: str) -> str:
    """Return the domain of whoever gave an item its id; empty where the id does not say."""
    found = _AUTHORITY.match(id_.strip())
    return found[1] if found else ""


def worldwide(id_: str) -> str:
    """Return an id that no two feeds can share; empty for one that counts in its feed only."""
    return id_.strip() if _GLOBAL.match(id_.strip()) else ""


def address(id_: str) -> str:
    """Return an id that is a web address too; empty for any other."""
    return id_.strip() if id_.strip().lower().startswith(("http://", "https://")) else ""
