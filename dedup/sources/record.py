"""From a record's fields to an article: every spelling of the known fields, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from dedup.records import Article
from dedup.sources.decode import Decoded, decode, sound
from dedup.sources.opening import RefusedError

#: The fields that are read, in the order in which they are looked for.
KNOWN = (
    "text",
    "id",
    "article_id",
    "title",
    "publisher",
    "published_at",
    "url",
    "language",
    "author",
    "authors",
    "byline",
    "credit",
    "is_wire",
    "agency",
)

_TRUE = {"true", "t", "yes", "y", "on", "1", "1.0"}
_FALSE = {"false", "f", "no", "n", "off", "0", "0.0"}
_SHOWN = 8  # names of fields that a reason lists


class Place(NamedTuple):
    """Where a record stands."""

    path: str  #: as shown in the report
    fallback: str  #: the article's id where the record has none
    limit: int  #: the most characters that a text may have


def article(fields: Mapping[str, object], place: Place) -> Article:
    """Make an article of a record; its text stays exactly as it is.

    Raises:
        RefusedError: where the record has no usable text.

    """
    get = fields.get
    text, note = _text(fields, place.limit)
    notes = [note] if note else []
    is_wire = get("is_wire")
    wire = is_wire if is_wire is None or is_wire is True or is_wire is False else _flag(is_wire)
    if wire is None and not _missing(is_wire):
        notes.append(f"is_wire is neither true nor false: {_plain(is_wire)[:40]!r}")

    def word(value: object) -> str:
        if value is None:
            return ""
        if type(value) is str and value.isascii():
            return value.strip()
        decoded = sound(value if type(value) is str else _plain(value), note)
        if decoded.note and decoded.note not in notes:
            notes.append(decoded.note)
        return decoded.text.strip()

    return Article(
        id=word(get("id")) or word(get("article_id")) or place.fallback,
        text=text,
        path=place.path,
        title=word(get("title")),
        publisher=word(get("publisher")),
        published_at=word(get("published_at")),
        url=word(get("url")),
        language=word(get("language")),
        authors=tuple(dict.fromkeys(filter(None, map(word, _authors(fields))))),
        credit=word(get("credit")),
        is_wire=wire,
        agency=word(get("agency")),
        notes=tuple(notes),
    )


def checked(text: str, limit: int) -> str:
    """Return ``text`` if it is one that can be read.

    Raises:
        RefusedError: where it is blank, or longer than ``limit`` characters.

    """
    if not text:
        message = "it is empty"
        raise RefusedError(message)
    if len(text) > limit:
        message = f"its text is over the limit of {limit:,} characters an article"
        raise RefusedError(message)
    if text.isspace():
        message = "it is blank: nothing but white space"
        raise RefusedError(message)
    return text


def listed(names: Iterable[object]) -> str:
    """Return the first names of fields or columns, for a reason."""
    every = [str(name)[:40] for name in names]
    return ", ".join(every[:_SHOWN]) + (" …" if len(every) > _SHOWN else "") or "none"


def _text(fields: Mapping[str, object], limit: int) -> Decoded:
    text = fields.get("text")
    if isinstance(text, bytes):
        text, note = decode(text)
        return Decoded(checked(text, limit), note)
    if isinstance(text, str):
        checked(text, limit)
        return sound(text)
    if _missing(text):
        message = f"the record has no text (its fields: {listed(fields)})"
        raise RefusedError(message)
    message = f"the record's text is no text but of type {type(text).__name__}"
    raise RefusedError(message)


def _authors(fields: Mapping[str, object]) -> Iterable[object]:
    """Yield every name in the three fields; ``;`` parts names as it does in our own tables."""
    for field in ("author", "authors", "byline"):
        value = fields.get(field)
        if value is None:
            continue
        if isinstance(value, str):
            yield from value.split(";") if ";" in value else (value,)
        elif isinstance(value, Iterable) and not isinstance(value, Mapping | bytes):
            yield from value
        else:
            yield value


def _plain(value: object) -> str:
    """Write a field's value as a word: numbers without a needless ``.0``, times in ISO 8601."""
    if _missing(value):
        return ""
    match value:
        case bool():
            word = str(value).lower()
        case float() if value.is_integer():
            word = str(int(value))
        case bytes():
            word = value.decode("utf-8", "surrogateescape")
        case {"name": str(name)}:  # as schema.org and several feeds write it
            word = name
        case Mapping():
            word = ""
        case list() | tuple():
            word = ";".join(_plain(item) for item in value)
        case datetime() | date():
            word = value.isoformat()
        case _:
            word = str(value)
    return word


def _flag(value: object) -> bool | None:
    """Read a truth value in any of its spellings; None for anything else."""
    word = _plain(value).strip().lower()
    return True if word in _TRUE else False if word in _FALSE else None


def _missing(value: object) -> bool:
    """Whether a cell holds nothing: None, NaN, or what pandas has for them."""
    if isinstance(value, str | bytes):
        return not value.strip()
    return (
        value is None
        or type(value).__name__ in {"NAType", "NaTType"}
        or (
            isinstance(value, float) and value != value  # noqa: PLR0124 - only NaN differs from itself
        )
    )
