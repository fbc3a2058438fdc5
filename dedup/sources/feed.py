"""RSS (0.9 to 2.0) and Atom: the entries of a feed, each with its full text (extra ``feeds``)."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from dedup.sources import newsfields
from dedup.sources.markup import child, children, flat, fragment, local, words
from dedup.sources.opening import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedup.records import Article
    from dedup.sources.markup import Element
    from dedup.sources.newsfields import Item
    from dedup.sources.record import Place

    Parts = Mapping[str, list[Element]]

#: What an element's name begins with here, by the beginning of its namespace.
_PREFIXES = (
    ("http://purl.org/rss/1.0/modules/content/", "content:"),
    ("http://purl.org/rss/1.0/modules/", "module:"),
    ("http://purl.org/rss/1.0/", ""),
    ("http://my.netscape.com/rdf/", ""),
    ("http://backend.userland.com/rss", ""),
    ("http://purl.org/dc/", "dc:"),
    ("http://search.yahoo.com/mrss", "media:"),
    ("http://www.w3.org/2005/Atom", "atom:"),
    ("http://purl.org/atom/ns", "atom:"),
    ("http://rssnamespace.org/feedburner/", "feedburner:"),
)
_TEXTS = ("content:encoded", "atom:content", "description", "atom:summary", "dc:description")
_DATES = (
    *("pubDate", "atom:published", "atom:issued", "dc:date", "dc:issued", "dc:created"),
    "atom:updated",
)
_RIGHTS = ("dc:rights", "atom:rights", "atom:copyright", "copyright", "media:copyright")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LONGEST_NAME = 300  # characters
_MAILED_BY = re.compile(r"\S+@\S+\s+\((.+)\)")


def entries(root: Element) -> list[Item]:
    """Return the readers of a feed's entries, in order; RSS 1.0 has them beside the channel."""
    channel = root if (inner := child(root, "channel")) is None else inner
    feed = _parts(channel)
    language = _language(channel, feed)
    beside = () if channel is root else children(root, "item", "entry")
    found = (*children(channel, "item", "entry"), *beside)
    return [partial(_read, entry, feed, language) for entry in found]


def _read(
    entry: Element, feed: Parts, language: str, row: Mapping[str, str], place: Place
) -> Iterator[Article]:
    """Yield the one article of an entry.

    Raises:
        RefusedError: where it has no text.

    """
    own = _parts(entry)
    text = next((text for name in _TEXTS for one in own.get(name, ()) if (text := _text(one))), "")
    if not text:
        message = "the entry has no text, only a title or a link"
        raise RefusedError(message)
    guid = _word(own, "guid", "atom:id")
    authors = [_person(one) for one in _every(own, "dc:creator", "author", "atom:author")]
    fields = {
        "id": newsfields.worldwide(guid),
        "text": text,
        "title": _line(own, "title", "atom:title"),
        "authors": authors or [_person(one) for one in _every(feed, "atom:author")],
        "publisher": _line(feed, "title", "atom:title"),
        "published_at": newsfields.first_date(*map(words, _every(own, *_DATES))),
        "url": _link(own) or newsfields.address(guid),
        "language": _language(entry, own) or language,
    }
    yield newsfields.article(fields, _evidence(own, feed, entry), row, place)


def _parts(element: Element) -> dict[str, list[Element]]:
    """Return an element's children by their names, those of known namespaces with a prefix."""
    parts: dict[str, list[Element]] = {}
    for inner in element:
        parts.setdefault(_name(inner), []).append(inner)
    return parts


def _name(element: Element) -> str:
    space = element.tag.rpartition("}")[0][1:]
    known = (prefix for start, prefix in _PREFIXES if space.startswith(start))
    return f"{next(known, 'other:') if space else ''}{local(element)}"


def _text(element: Element) -> str:
    """Return the text of an element that holds markup, escaped or not."""
    if element.get("src", ""):
        return ""  # the text lies elsewhere, and nothing is fetched
    if list(element):
        return flat(element)
    text = element.text or ""
    is_plain = _name(element).startswith("atom:") and element.get("type", "text") == "text"
    return text.strip() if is_plain else fragment(text)


def _evidence(own: Parts, feed: Parts, entry: Element) -> Iterator[tuple[str, str]]:
    for source in _every(own, "source", "atom:source"):
        inner = _parts(source)
        yield "feed.source", _line(inner, "atom:title") if inner else words(source)
        yield "feed.source.url", source.get("url", "") or _link(inner)
    for name in ("dc:source", "dc:publisher", "dc:contributor"):
        for one in own.get(name, ()):
            yield f"feed.{name}", words(one)
    for one in _every(own, "atom:contributor"):
        yield "feed.contributor", _person(one)
    for one in _every(own, *_RIGHTS) or _every(feed, *_RIGHTS):
        yield "feed.rights", words(one)
    for one in entry.iter():
        if _name(one) == "media:credit":
            yield "media.credit", words(one)


def _person(element: Element) -> str:
    """Return somebody's name, without the address that RSS puts before it."""
    name = words(next(iter(children(element, "name")), element))
    mailed = _MAILED_BY.fullmatch(name) if len(name) <= _LONGEST_NAME else None
    return mailed[1] if mailed else name


def _link(parts: Parts) -> str:
    """Return the address of the page that an entry stands for."""
    for link in _every(parts, "feedburner:origLink", "link", "atom:link"):
        if link.get("rel", "alternate") == "alternate" and (
            address := newsfields.address(link.get("href", "") or words(link))
        ):
            return address
    return ""


def _language(element: Element, parts: Parts) -> str:
    return _word(parts, "dc:language", "language") or element.get(_LANGUAGE, "")


def _line(parts: Parts, *names: str) -> str:
    """Return the first title of one of these names; it may hold escaped markup."""
    return " ".join(fragment(_word(parts, *names)).split())


def _word(parts: Parts, *names: str) -> str:
    return next(filter(None, map(words, _every(parts, *names))), "")


def _every(parts: Parts, *names: str) -> list[Element]:
    return [element for name in names for element in parts.get(name, ())]
