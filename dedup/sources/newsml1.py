"""NewsML 1: news items in an envelope, each a tree of components (extra ``feeds``)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dedup.sources import newsfields, nitf
from dedup.sources.markup import child, children, flat, fragment, local, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedup.records import Article
    from dedup.sources.markup import Element
    from dedup.sources.newsfields import Item
    from dedup.sources.record import Place

#: Roles of the component that holds the story, as several agencies name them.
_MAIN = frozenset({"main", "body", "bodytext", "body text", "main text", "story", "text"})
_ASIDE = frozenset(
    {"headline", "contact", "logo", "caption", "stylesheet", "abstract", "summary", "supporting"}
)
_LINES = ("DateLine", "CopyrightLine", "RightsLine")
_PARTIES = ("Provider", "Source", "Creator")
_RIGHTS = ("CopyrightHolder", "RightsHolder", "UsageType", "Limitations")


def items(root: Element) -> list[Item]:
    """Return the readers of a document's news items, in order."""
    return [partial(_read, item) for item in children(root, "NewsItem")]


def _read(item: Element, row: Mapping[str, str], place: Place) -> Iterator[Article]:
    """Yield the one article of a news item.

    Raises:
        RefusedError: where it has no text, or must not be used.

    """
    managed = child(item, "NewsManagement")
    newsfields.refuse_unusable(_formal(child(managed, "Status")))
    told = _story(item)
    if not told.text:
        raise newsfields.wordless(_media(item))
    identity = child(item, "Identification", "NewsIdentifier")
    provider, day, own = (
        words(child(identity, name)) for name in ("ProviderId", "DateId", "NewsItemId")
    )
    dates = [words(child(managed, name)) for name in ("ThisRevisionCreated", "FirstCreated")]
    bylines = tuple(filter(None, (words(line) for line in item.iter("{*}ByLine"))))
    fields = {
        # without the revision, so that revisions are versions of one article
        "id": f"urn:newsml:{provider}:{day}:{own}" if provider and day and own else "",
        "text": told.text,
        "title": next((said for line in item.iter("{*}HeadLine") if (said := words(line))), "")
        or told.title,
        "authors": bylines or told.bylines or tuple(_parties(item, "Creator")),
        "publisher": next(_parties(item, "Provider"), "") or provider,
        "published_at": newsfields.first_date(*dates),
        "language": next((name for tag in item.iter("{*}Language") if (name := _formal(tag))), ""),
        "credit": "; ".join(dict.fromkeys(map(words, item.iter("{*}CreditLine")))),
    }
    yield newsfields.article(fields, (*_evidence(item, identity), *told.evidence), row, place)


def _story(item: Element) -> nitf.Story:
    """Read the content in the role of the story, else the longest that is not of another role."""
    best, weight = nitf.Story("", "", (), ()), (False, 0)
    for component in item.iter("{*}NewsComponent"):
        role = _formal(child(component, "Role")).lower()
        if role in _ASIDE:
            continue
        for content in children(component, "ContentItem"):
            told = _content(content)
            if told.text and (role in _MAIN, len(told.text)) > weight:
                best, weight = told, (role in _MAIN, len(told.text))
    return best


def _content(content: Element) -> nitf.Story:
    kind = f"{_formal(child(content, 'Format'))} {_formal(child(content, 'MimeType'))}".lower()
    data = child(content, "DataContent")
    if data is None or "css" in kind or child(content, "Encoding") is not None:
        return nitf.Story("", "", (), ())
    inner = list(data)
    if inner and local(inner[0]) == "nitf":
        return nitf.story(inner[0])
    return nitf.Story(flat(data) if inner else fragment(data.text or ""), "", (), ())


def _evidence(item: Element, identity: Element | None) -> Iterator[tuple[str, str]]:
    for name in _PARTIES:
        for party in _parties(item, name):
            yield f"newsml.{name}", party
    for name in (*_LINES, *_RIGHTS):
        for element in item.iter(f"{{*}}{name}"):
            yield f"newsml.{name}", words(element)
    for place in item.iter("{*}Location"):
        yield "newsml.located", ", ".join(part.get("Value", "") or words(part) for part in place)
    yield "newsml.version", words(child(identity, "RevisionId"))
    for change in item.iter("{*}StatusWillChange"):
        yield "newsml.embargo", words(child(change, "DateAndTime"))


def _parties(item: Element, name: str) -> Iterator[str]:
    """Yield the names of those in one role of the administrative metadata."""
    for about in item.iter("{*}AdministrativeMetadata"):
        for role in children(about, name):
            for party in children(role, "Party"):
                if said := _formal(party) or words(party):
                    yield said


def _media(item: Element) -> str:
    """Return what an item without text holds: its first medium that is no text."""
    for kind in item.iter("{*}MediaType"):
        named = _formal(kind).lower()
        if named and named != "text":
            return {"photo": "picture", "image": "picture"}.get(named, named)
    return ""


def _formal(element: Element | None) -> str:
    return "" if element is None else element.get("FormalName", "").strip()
