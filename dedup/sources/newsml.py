"""NewsML-G2: news items, alone or many in a message, with NITF, XHTML or plain text inside.

Packages, concepts, plans and catalogues are no articles and are skipped (extra ``feeds``).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dedup.sources import newsfields, nitf
from dedup.sources.markup import child, children, flat, fragment, local, words
from dedup.sources.opening import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedup.records import Article
    from dedup.sources.markup import Element
    from dedup.sources.newsfields import Item
    from dedup.sources.record import Place

#: Items that are no articles, by their element.
OTHERS = {
    "packageItem": "it is a package of other items",
    "conceptItem": "it is a concept, no article",
    "knowledgeItem": "it is a list of concepts, no article",
    "planningItem": "it is a plan of coverage, no article",
    "catalogItem": "it is a catalogue of codes, no article",
}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_EVIDENCE = {
    "itemMeta": ("provider", "embargoed"),
    "contentMeta": ("infoSource", "creator", "dateline", "located"),
    "rightsInfo": ("copyrightHolder", "copyrightNotice", "usageTerms"),
}


def items(root: Element) -> list[Item]:
    """Return the readers of a news message's items, in order."""
    return [partial(read, item) for part in children(root, "itemSet") for item in part]


def read(item: Element, row: Mapping[str, str], place: Place) -> Iterator[Article]:
    """Yield the one article of a news item.

    Raises:
        RefusedError: where it is no news item, has no text, or must not be used.

    """
    if (name := local(item)) != "newsItem":
        raise RefusedError(OTHERS.get(name, f"items of this kind ({name[:40]}) are not read"))
    about, content = child(item, "itemMeta"), child(item, "contentMeta")
    newsfields.refuse_unusable(_code(child(about, "pubStatus")))
    told = _story(child(item, "contentSet"))
    if not told.text:
        raise newsfields.wordless(_code(child(about, "itemClass")))
    id_ = item.get("guid", "").strip()
    creators = [_name(one) for one in children(content, "creator")]
    dates = [words(child(about, name)) for name in ("versionCreated", "firstCreated")]
    fields = {
        "id": newsfields.worldwide(id_),
        "text": told.text,
        "title": words(child(content, "headline")) or told.title,
        "authors": [words(by) for by in children(content, "by")] or told.bylines or creators,
        "publisher": _name(child(about, "provider")) or newsfields.authority(id_),
        "published_at": newsfields.first_date(*dates, words(child(content, "contentCreated"))),
        "url": newsfields.address(id_),
        "language": _language(item, content),
        "credit": "; ".join(filter(None, map(words, children(content, "creditline")))),
    }
    yield newsfields.article(fields, (*_evidence(item), *told.evidence), row, place)


def _story(content: Element | None) -> nitf.Story:
    """Read the first of a content set's renditions that holds words."""
    for part in children(content, "inlineXML", "inlineData"):
        if local(part) == "inlineXML":
            told = _inline(part)
        elif part.get("encoding", ""):
            continue  # a picture or the like, in base64
        else:
            told = nitf.Story(fragment("".join(part.itertext())), "", (), ())
        if told.text:
            return told
    return nitf.Story("", "", (), ())


def _inline(part: Element) -> nitf.Story:
    """Read XML inside an item: NITF, XHTML, or elements of XHTML without its frame."""
    for inner in part:
        if local(inner) == "nitf":
            return nitf.story(inner)
        if local(inner) in {"html", "body", "div", "section", "article", "p"}:
            return nitf.Story(flat(part), "", (), ())
    return nitf.Story("" if list(part) else words(part), "", (), ())


def _evidence(item: Element) -> Iterator[tuple[str, str]]:
    for group, names in _EVIDENCE.items():
        for part in children(child(item, group), *names):
            yield f"newsml.{local(part)}", _name(part)
    yield "newsml.version", item.get("version", "")


def _name(party: Element | None) -> str:
    """Return what somebody or something is called: by a name, words, a literal, a code, a host."""
    if party is None:
        return ""
    name = words(child(party, "name")) or ("" if list(party) else words(party))
    if name or (name := party.get("literal", "").strip()):
        return name
    if code := party.get("qcode", ""):
        return code.partition(":")[2].strip()
    address = party.get("uri", "").strip()
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def _code(element: Element | None) -> str:
    return "" if element is None else element.get("qcode", "") or element.get("uri", "")


def _language(item: Element, content: Element | None) -> str:
    tag = child(content, "language")
    return (tag.get("tag", "") if tag is not None else "") or item.get(_LANGUAGE, "")
