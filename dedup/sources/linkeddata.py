"""JSON-LD on a web page: the story's own entry, and what it says of where the story comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node = Mapping[str, object]

#: schema.org properties kept as evidence, beside ``author`` where that is an organization.
_CREDITS = (
    "creditText",
    "sourceOrganization",
    "provider",
    "isBasedOn",
    "copyrightHolder",
    "publisher",
    "dateline",
)
_STORIES = ("Article", "BlogPosting", "Report", "LiveBlogPosting")
_ORGANIZATIONS = ("Organization", "NewsMediaOrganization", "Corporation")
_DEEPEST = 4  # levels of @graph and lists


class Story(NamedTuple):
    """What the page's JSON-LD says of its story; empty where it has none."""

    headline: str = ""
    published: str = ""
    publisher: str = ""
    url: str = ""
    evidence: tuple[Field, ...] = ()


def story(blocks: Iterable[str], title: str, urls: set[str]) -> Story:
    """Read the entry of the page's own story.

    Of several that is the one with the page's title or address. Where none has, nothing is read: a
    teaser of another story may name another agency.

    Args:
        blocks: the contents of the page's JSON-LD scripts.
        title: the page's title.
        urls: the addresses that the page gives for itself.

    """
    nodes = [node for block in blocks for node in _stories(_parsed(block), _DEEPEST)]
    own = [node for node in nodes if _address(node) in urls or _is_titled(node, title)]
    chosen = own or (nodes if len(nodes) == 1 else [])
    if not chosen:
        return Story()
    node = chosen[0]
    return Story(
        headline=_word(node.get("headline")),
        published=_word(node.get("datePublished")),
        publisher=next(_names(node.get("publisher")), ""),
        url=_address(node),
        evidence=tuple(_evidence(node)),
    )


def _parsed(block: str) -> object:
    try:
        return json.loads(block, strict=False)  # pages are full of raw line ends in strings
    except (ValueError, RecursionError):
        return None


def _stories(value: object, depth: int) -> Iterator[Node]:
    """Yield the entries of stories at the top, in lists and in ``@graph``, but in no others."""
    if isinstance(value, list) and depth:
        for item in value:
            yield from _stories(item, depth - 1)
    elif isinstance(value, Mapping):
        if any(kind.endswith(_STORIES) for kind in _kinds(value)):
            yield value
        yield from _stories(value.get("@graph"), depth - 1)


def _evidence(node: Node) -> Iterator[Field]:
    for name in _CREDITS:
        for value in _names(node.get(name)):
            yield Field(f"jsonld.{name}", value)
    for author in _items(node.get("author")):
        if isinstance(author, Mapping) and any(k.endswith(_ORGANIZATIONS) for k in _kinds(author)):
            for value in _names(author):
                yield Field("jsonld.author", value)


def _kinds(node: Node) -> list[str]:
    return [kind for kind in _items(node.get("@type")) if isinstance(kind, str)]


def _names(value: object) -> Iterator[str]:
    """Yield the names of one thing or several: texts, or objects with a name or an address."""
    for item in _items(value):
        if isinstance(item, Mapping):
            keys = ("name", "headline", "url", "@id")
            name = next((word for key in keys if (word := _word(item.get(key)))), "")
        else:
            name = _word(item)
        if name:
            yield name


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _word(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _address(node: Node) -> str:
    """Return a story's own address."""
    page = node.get("mainEntityOfPage")
    inside = page.get("@id") or page.get("url") if isinstance(page, Mapping) else page
    return _word(node.get("url")) or _word(inside)


def _is_titled(node: Node, title: str) -> bool:
    headline = _word(node.get("headline")).casefold()
    return bool(headline) and title.strip().casefold().startswith(headline)
