"""XML and HTML inside feeds: parsed without ever reaching out, and flattened to a story's text.

A feed comes from outside. Entities are never declared or resolved, nothing is fetched, and what is
too deep or too crowded with tags to be news is refused before it costs memory (extra ``feeds``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from dedup.errors import MissingExtra
from dedup.sources.opening import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_MOST_MARKS = 3_000_000  # tags and attributes of a document: each takes some 100 bytes once parsed
_MOST_TAGS = 500_000  # of a piece of HTML, where each takes up to 400 bytes
_DOCTYPE = "<!DOCTYPE"
_PROLOG = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
#: A bare reference to a standard's own DTD, which NITF and NewsML 1 call for. It is taken out and
#: never followed; a DOCTYPE that holds declarations is refused.
_REFERENCE = re.compile(
    r"""<!DOCTYPE\s+[\w:.-]+(?:\s+(?:SYSTEM|PUBLIC)\s+(?:"[^"<>]*"|'[^'<>]*')"""
    r"""(?:\s+(?:"[^"<>]*"|'[^'<>]*'))?)?\s*>""",
    re.IGNORECASE,
)
_NAMED = re.compile(r"&(\w{2,31});")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MARKUP = re.compile(r"</?[a-z!]|&#?\w{2,31};", re.IGNORECASE)
#: What is no part of a text, and tags with their attributes, as HTML's own parsers find their ends.
_HIDDEN = re.compile(
    r"<(script|style)\b.*?(?:</\1\b[^>]*+>|\Z)|<!--.*?(?:-->|\Z)|<[!?][^>]*+>?",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(
    r"""<(/?[a-z][\w.:-]*+)(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+(?:>|\Z)""", re.IGNORECASE
)
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_LONG_TAG = 100_000  # characters
_MOST_ATTRIBUTES = 20_000  # in one tag: the parser of HTML looks at each for each
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPACE_IN_LINE = re.compile(r"[ \t\f\r]+")
_AROUND_BREAK = re.compile(r" *\n *")
_BLOCKS = frozenset(
    """
    abstract address article aside blockquote block body body.content body.end bq byline center
    dateline dd details distributor div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hedline
    hl1 hl2 hr html li main nitf nitf-table note ol p pre section summary table tagline tbody tfoot
    thead tr ul figure media nav
    """.split()  # noqa: SIM905  # a list of so many words would stand one a line
)
_PARTS = {"br": "\n", "td": " ", "th": " "}
_LEFT_OUT = frozenset(
    """
    audio button canvas figure head iframe img input media nav noscript object script
    select style svg template textarea video
    """.split()  # noqa: SIM905
)


class Element(Protocol):
    """What is used of an lxml element."""

    tag: str
    text: str | None
    tail: str | None
    attrib: dict[str, str]

    def get(self, name: str, default: str) -> str:
        """Return an attribute."""

    def iter(self, *tags: str) -> Iterator[Element]:
        """Walk the elements below, itself the first."""

    def itertext(self) -> Iterator[str]:
        """Walk the pieces of text below."""

    def __iter__(self) -> Iterator[Element]:
        """Walk the children."""


def xml(text: str) -> Element:
    """Parse an XML document; return its root.

    HTML's names for characters (``&nbsp;``) are understood, as feeds use them without declaring
    them.

    Raises:
        RefusedError: where it declares entities, is not well-formed, nests too deeply or has too
            many tags.

    """
    etree = _etree()
    text = _without_doctype(text)
    if text.count("<") + text.count("=") > _MOST_MARKS:
        message = f"it has over {_MOST_MARKS:,} tags and attributes"
        raise RefusedError(message)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        data = _NAMED.sub(_character, text).lstrip().encode("utf-8", "replace")
        root: Element = etree.fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        said = str(error).partition(", line")[0].partition("\n")[0][:120].strip() or "no element"
        message = f"it is no well-formed XML: {said[:1].lower()}{said[1:]}"
        raise RefusedError(message) from error
    return root


def fragment(markup: str) -> str:
    """Return the text of a piece of HTML, or of NITF as a text; plain text stays as it is.

    Raises:
        RefusedError: where it has too many tags, or lxml is missing.

    """
    if not _MARKUP.search(markup):
        return markup.strip()
    etree = _etree()
    from lxml import html

    # without attributes, of which a hundred thousand in one tag would take the parser minutes
    bare = _TAG.sub(r"<\1>", _HIDDEN.sub("", markup))
    if bare.count("<") > _MOST_TAGS:
        message = f"its markup has over {_MOST_TAGS:,} tags"
        raise RefusedError(message)

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        data = bare.replace("\0", "").encode("utf-8", "replace")
        root: Element = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    return flat(next(root.iter("body.content"), root))


def is_crowded(markup: str) -> bool:
    """Whether a tag of a page has more attributes than a parser of HTML gets done with in time."""
    return len(markup) > _LONG_TAG and any(
        len(tag[0]) > _LONG_TAG
        and sum(map(_QUOTED.sub("", tag[0]).count, " \t\n\r\f/=")) > _MOST_ATTRIBUTES
        for tag in _TAG.finditer(_HIDDEN.sub("", markup))
    )


def flat(root: Element) -> str:
    """Return the text below an element, its paragraphs parted by blank lines.

    White space is that of the reader of a page: line breaks in the source count only in ``<pre>``.
    Pictures with their captions, scripts and forms are left out.
    """
    walk = _etree().iterwalk(root, events=("start", "end"))
    paragraphs: list[list[str]] = [[]]
    space = _SPACE
    for event, element in walk:
        name, begins = local(element), event == "start"
        if name in _BLOCKS:
            paragraphs.append([])
            space = _SPACE_IN_LINE if name == "pre" and begins else _SPACE
        elif begins and name in _PARTS:
            paragraphs[-1].append(_PARTS[name])
        if begins and name in _LEFT_OUT:
            walk.skip_subtree()
            continue
        piece = element.text if begins else element.tail if element is not root else ""
        if piece:
            paragraphs[-1].append(space.sub(" ", piece))
    lines = (_SPACE_IN_LINE.sub(" ", "".join(pieces)) for pieces in paragraphs)
    told = (_AROUND_BREAK.sub("\n", line).strip() for line in lines)
    return "\n\n".join(filter(None, told))


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element | None, *names: str) -> list[Element]:
    """Return the children with one of these names, in any namespace."""
    return [] if element is None else [child for child in element if local(child) in names]


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element that a path of names leads to, or None."""
    for name in path:
        element = next(iter(children(element, name)), None)
    return element


def words(element: Element | None) -> str:
    """Return all words in an element as one line; empty for None."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _without_doctype(text: str) -> str:
    """Return a document without the reference to its DTD.

    Raises:
        RefusedError: where its DOCTYPE is more than a reference.

    """
    start = _after_prolog(text, 0)
    if reference := _REFERENCE.match(text, start):
        text = text[:start] + text[reference.end() :]
        start = _after_prolog(text, start)
    if text[start : start + len(_DOCTYPE)].upper() == _DOCTYPE:
        message = "it has a DOCTYPE with declarations, which are refused in feeds"
        raise RefusedError(message)
    return text


def _after_prolog(text: str, start: int) -> int:
    prolog = _PROLOG.match(text, start)
    return prolog.end() if prolog else start


def _character(match: re.Match[str]) -> str:
    from html.entities import html5

    name = match[1]
    meant = "" if name in _XML_NAMES else html5.get(f"{name};", "")
    return match[0] if meant in {"", "&", "<"} else meant


def _etree() -> ModuleType:
    try:
        import lxml.etree
    except ImportError as error:
        raise RefusedError(str(MissingExtra("reading feeds", "feeds"))) from error
    etree: ModuleType = lxml.etree
    return etree
