"""XML: what its root element says that it is, read under limits (extra ``feeds``)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.records import Skipped
from dedup.sources import feed, newsml, newsml1, nitf, webpage
from dedup.sources.decode import decode
from dedup.sources.markup import local, xml
from dedup.sources.opening import MOST_UNPACKED, RefusedError, over, whole
from dedup.sources.record import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dedup.records import Article
    from dedup.sources.markup import Element
    from dedup.sources.newsfields import Item
    from dedup.sources.opening import Source

#: Documents that are one item, by their root element.
_SINGLE: dict[str, Callable[[Element, Mapping[str, str], Place], Iterator[Article]]] = {
    "nitf": nitf.read,
    "newsItem": newsml.read,
    **dict.fromkeys(newsml.OTHERS, newsml.read),
}
#: Documents that hold items: what gives their readers.
_MANY: dict[str, Callable[[Element], list[Item]]] = {
    "newsMessage": newsml.items,
    "NewsML": newsml1.items,
    **dict.fromkeys(("rss", "RDF", "feed"), feed.entries),
}
_HEAD = 8192  # bytes in which the root element begins
_ROOT = re.compile(
    rb"(?:\s++|<\?.{0,1000}?\?>|<!--.{0,3000}?-->|<!DOCTYPE[^<>\[]{0,500}>)*+<(?:[\w.-]+:)?([\w.-]+)",
    re.DOTALL | re.IGNORECASE,
)


def read(source: Source, limit: int) -> Iterator[Article | Skipped]:
    """Yield the articles of an XML document, numbered from 1 where it holds several items.

    Raises:
        RefusedError: where it cannot be read, or is of a kind that is not read.

    """
    data = whole(source, max(limit, MOST_UNPACKED))
    if root_name(data) == "html":
        yield webpage.page(data, source.row, Place(source.path, source.path, limit))
        return
    text, note = decode(data, markup=True)
    if not text.strip():
        message = "it is empty" if not text else "it is blank: nothing but white space"
        raise RefusedError(message)
    if len(data) > limit and root_name(text[:_HEAD].encode()) in _SINGLE:
        raise over(limit)
    root = xml(text)
    name = local(root)
    if name in _MANY:
        found: Iterator[Article | Skipped] = _many(_MANY[name](root), source, limit)
    elif name in _SINGLE:
        found = _SINGLE[name](root, source.row, Place(source.path, source.path, limit))
    else:
        message = f"XML of this kind ({name[:40]}) is not read"
        raise RefusedError(message)
    for item in found:
        yield item if not note or isinstance(item, Skipped) else _noted(item, note)


def root_name(head: bytes) -> str:
    """Return the name of the root element of what may be XML; empty where there is none."""
    found = _ROOT.match(head[:_HEAD])
    return found[1].decode("ascii", "replace") if found else ""


def is_feed(head: bytes) -> bool:
    """Whether what begins so is a feed or an item, by its root element."""
    name = root_name(head)
    return name in _SINGLE or name in _MANY


def _many(items: list[Item], source: Source, limit: int) -> Iterator[Article | Skipped]:
    for number, item in enumerate(items, 1):
        place = Place(source.path, f"{source.path}#{number}", limit)
        try:
            yield from item(source.row, place)
        except RefusedError as error:
            yield Skipped(source.path, str(number), str(error))
    if not items:
        message = "it holds no item"
        raise RefusedError(message)


def _noted(article: Article, note: str) -> Article:
    return replace(article, notes=(note, *article.notes))
