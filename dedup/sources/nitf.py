"""NITF: one marked-up story, by itself or inside another standard's item (extra ``feeds``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dedup.sources import newsfields
from dedup.sources.markup import child, children, flat, local, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedup.records import Article
    from dedup.sources.markup import Element
    from dedup.sources.record import Place

#: A day with a zone, which ISO 8601 does not know.
_DAY = re.compile(r"(\d{8})(?:Z|[+-]\d{4})")


class Story(NamedTuple):
    """What a NITF document says to its readers."""

    text: str
    title: str
    bylines: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]


def read(root: Element, row: Mapping[str, str], place: Place) -> Iterator[Article]:
    """Yield the one article of a NITF document.

    Raises:
        RefusedError: where it has no text, or must not be used.

    """
    about = child(root, "head", "docdata")
    newsfields.refuse_unusable(_given(about, "management-status"))
    published, head = child(root, "head", "pubdata"), child(root, "body", "body.head")
    told = story(root)
    doc = child(about, "doc-id")
    source, id_ = _given(doc, "regsrc"), _given(doc, "id-string")
    dates = [_given(published, "date.publication")]
    dates += [_given(child(about, name), "norm") for name in ("date.issue", "date.release")]
    fields = {
        "id": newsfields.worldwide(id_) or (f"{source}:{id_}" if source and id_ else ""),
        "text": told.text,
        "title": told.title or words(child(root, "head", "title")),
        "authors": told.bylines,
        "publisher": _given(published, "name") or words(child(head, "distributor")),
        "published_at": newsfields.first_date(*(_DAY.sub(r"\1", date) for date in dates)),
        "url": newsfields.address(_given(published, "ex-ref")),
        "language": _language(root),
    }
    if not told.text:
        raise newsfields.wordless()
    yield newsfields.article(fields, (*told.evidence, *_evidence(about)), row, place)


def story(root: Element) -> Story:
    """Read the body of a NITF document: its text with the tagline, headline, bylines, credits."""
    head, end = child(root, "body", "body.head"), child(root, "body", "body.end")
    bodies = [child(root, "body", "body.content"), *children(end, "tagline")]
    text = "\n\n".join(filter(None, (flat(body) for body in bodies if body is not None)))
    evidence = [
        *(
            (f"nitf.{local(part)}", words(part))
            for part in children(head, "distributor", "dateline")
        ),
        *(("nitf.located", words(child(part, "location"))) for part in children(head, "dateline")),
        *(("nitf.rights", words(part)) for part in children(head, "rights")),
    ]
    return Story(
        text=text,
        title=words(child(head, "hedline", "hl1")),
        bylines=tuple(filter(None, map(words, children(head, "byline")))),
        evidence=tuple(evidence),
    )


def _evidence(about: Element | None) -> Iterator[tuple[str, str]]:
    """Yield what the document's data, which no reader sees, says of it."""
    yield "nitf.copyright", _given(child(about, "doc.copyright"), "holder")
    yield "nitf.source", _given(child(about, "doc-id"), "regsrc")
    yield "nitf.version", _given(child(about, "du-key"), "version")
    yield "nitf.release", _given(child(about, "date.release"), "norm")


def _language(root: Element) -> str:
    if language := root.get("baselang", ""):
        return language
    named = (
        element.get("{http://www.w3.org/XML/1998/namespace}lang", "") for element in root.iter()
    )
    return next(filter(None, named), "")


def _given(element: Element | None, name: str) -> str:
    return "" if element is None else element.get(name, "").strip()
