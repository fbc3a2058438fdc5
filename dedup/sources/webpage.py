"""Web pages: the story by trafilatura, and what the page's metadata says of it (extra ``html``).

Nothing is ever fetched. What may say where the story comes from is kept as ``Article.evidence``.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from dedup import times
from dedup.errors import MissingExtra
from dedup.records import Field
from dedup.sources import linkeddata
from dedup.sources.decode import decode
from dedup.sources.markup import is_crowded
from dedup.sources.opening import RefusedError, whole
from dedup.sources.record import Place, article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dedup.records import Article
    from dedup.sources.markup import Element
    from dedup.sources.opening import Source

#: ``<meta>`` names that may say where a story comes from.
_CREDITS = ("syndication-source", "original-source", "byl", "dc.source", "article:author")
_LARGEST_SPAN = 100  # columns or rows that a cell may span; the extractor builds as many cells
#: Languages of few characters, and so many make a story in them.
_DENSE, _SHORT_STORY = frozenset({"zh", "ja", "ko"}), "80"
_TO_ORIGINAL_DATE = {
    "original_date": True,
    "extensive_search": False,  # a date guessed from the running text would order the articles
    "max_date": "2999-12-31",  # never the clock: the same page must read the same tomorrow
}


class Page(NamedTuple):
    """What a page says about itself."""

    language: str
    meta: dict[str, str]
    canonical: str
    story: linkeddata.Story


def read(source: Source, limit: int) -> Iterator[Article]:
    """Yield the one article of a web page.

    Raises:
        RefusedError: where it cannot be used, or trafilatura is missing.

    """
    yield page(whole(source, limit), source.row, Place(source.path, source.path, limit))


def page(data: bytes, row: Mapping[str, str], place: Place, charset: str = "") -> Article:
    """Return the article of a web page; the sidecar's word goes before the page's.

    Args:
        data: the page.
        row: what is known of it from elsewhere.
        place: where it stands.
        charset: the encoding that its server named.

    Raises:
        RefusedError: where it cannot be used, or trafilatura is missing.

    """
    text, note = decode(data, markup=True, charset=charset)
    if not text.strip():
        message = "it is empty" if not text else "it is blank: nothing but white space"
        raise RefusedError(message)
    tree = _tree(text)
    about = _about(tree)
    told = _extracted(tree, about.language)
    fields = _fields(about, told) | dict(row)
    made = article({**fields, "text": told["text"]}, place)
    evidence = tuple(_evidence(about, made.url))
    return replace(made, evidence=evidence, notes=((note,) if note else ()) + made.notes)


def _tree(text: str) -> Element:
    """Parse a page; what is deeper than the parser's own limit it leaves out."""
    try:
        from lxml import etree, html
    except ImportError as error:
        raise RefusedError(str(MissingExtra("reading web pages", "html"))) from error
    if is_crowded(text):
        message = "a tag of the page has too many attributes"
        raise RefusedError(message)
    # bytes, for text with an XML declaration is refused; NUL would end the page for the parser
    data = text.replace("\0", "").encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        tree: Element = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        message = "it is no web page that can be parsed"
        raise RefusedError(message) from error
    for cell in tree.iter("td", "th"):
        for span in ("colspan", "rowspan"):
            value = cell.get(span, "").strip()
            if value and not (value.isdecimal() and int(value[:9]) <= _LARGEST_SPAN):
                del cell.attrib[span]
    return tree


def _extracted(tree: Element, language: str) -> dict[str, str]:
    """Return the story's text, title, author, date, url and site as trafilatura finds them.

    A page whose story it finds too short it takes as one piece, buttons and all: where a character
    tells as much as half a word, fewer of them make a story.

    Raises:
        RefusedError: where there is no story, or the extractor fails.

    """
    try:
        import trafilatura
        from trafilatura.settings import use_config
    except ImportError as error:
        raise RefusedError(str(MissingExtra("reading web pages", "html"))) from error
    _hush()
    settings: dict[str, Any] = {}
    if language[:2].lower() in _DENSE:
        settings["config"] = use_config()
        settings["config"]["DEFAULT"]["MIN_EXTRACTED_SIZE"] = _SHORT_STORY
    try:
        found = trafilatura.bare_extraction(
            tree,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dict(_TO_ORIGINAL_DATE),
            **settings,
        )
    except Exception as error:
        message = f"the page's story cannot be taken out ({type(error).__name__})"
        raise RefusedError(message) from error
    names = ("text", "title", "author", "date", "url", "sitename")
    told = {name: str(getattr(found, name, None) or "") for name in names}
    if not told["text"].strip():
        message = "no story was found on the page"
        raise RefusedError(message)
    return told


@cache
def _hush() -> None:
    """Keep the extractor's warnings off the terminal unless a program asked for logging."""
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).addHandler(logging.NullHandler())


def _about(tree: Element) -> Page:
    """Read the page's head: ``<meta>``, ``<link rel=canonical>``, JSON-LD."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property", "") or element.get("name", "")).strip().lower()
        if name and (content := element.get("content", "").strip()):
            meta.setdefault(name, content)
    canonical = next(
        (link.get("href", "").strip() for link in tree.iter("link") if _is_canonical(link)), ""
    )
    blocks = [
        script.text or ""
        for script in tree.iter("script")
        if "ld+json" in script.get("type", "").lower()
    ]
    title = meta.get("og:title") or next((e.text or "" for e in tree.iter("title")), "")
    urls = {canonical, meta.get("og:url", "")} - {""}
    language = next((element.get("lang", "") for element in tree.iter("html")), "")
    return Page(language, meta, canonical, linkeddata.story(blocks, title, urls))


def _is_canonical(link: Element) -> bool:
    return "canonical" in link.get("rel", "").lower().split()


def _fields(page: Page, told: dict[str, str]) -> dict[str, str]:
    """Return the fields of a record; where the page says a thing twice, the most exact word."""
    story, meta = page.story, page.meta
    dates = (story.published, meta.get("article:published_time", ""), told["date"])
    return {
        "title": story.headline or told["title"],
        "author": told["author"],
        "published_at": next((date for date in dates if times.parse(date)), ""),
        "publisher": story.publisher or meta.get("og:site_name", "") or told["sitename"],
        "url": meta.get("og:url", "") or story.url or told["url"],
        "language": page.language or meta.get("og:locale", ""),
    }


def _evidence(page: Page, url: str) -> Iterator[Field]:
    """Yield what may say where the story comes from."""
    yield from page.story.evidence
    for name in _CREDITS:
        if value := page.meta.get(name):
            yield Field(f"meta.{name}", value)
    if page.canonical and _is_elsewhere(page.canonical, (url, page.story.url)):
        yield Field("link.canonical", page.canonical)


def _is_elsewhere(canonical: str, own: Sequence[str]) -> bool:
    """Whether a page calls one on another site the original of itself."""
    there = _host(canonical)
    hosts = [host for host in map(_host, own) if host]
    return bool(there and hosts) and not any(
        f".{here}".endswith(f".{there}") or f".{there}".endswith(f".{here}") for here in hosts
    )


def _host(url: str) -> str:
    """Return the host that ``url`` names, without the part that tells a reader's device."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    for device in ("www.", "m.", "amp.", "mobile."):
        host = host.removeprefix(device)
    return host
