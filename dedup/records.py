"""The nouns: frozen records that pass through the doors between rooms.

Every claim about an article carries a half-open ``start:end`` span in Unicode code points of the
article's text exactly as it was read; ``text[start:end]`` is the thing named.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a paragraph is on the page."""

    HEADLINE = "headline"
    HEADING = "heading"
    BODY = "body"
    QUOTE = "quote"
    PROMO = "promo"
    CAPTION = "caption"
    CREDIT = "credit"
    BOILERPLATE = "boilerplate"


#: Roles whose words are no part of what an article tells: they never decide a verdict.
FURNITURE = frozenset(
    {Role.HEADLINE, Role.HEADING, Role.PROMO, Role.CAPTION, Role.CREDIT, Role.BOILERPLATE}
)


class Reuse(StrEnum):
    """How closely a passage follows the one it was taken from."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    PARAPHRASE = "paraphrase"


class Direction(StrEnum):
    """Which way a passage went, seen from the article named first."""

    FROM = "from"
    TO = "to"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """The form of an attribution (contract: attributions.csv)."""

    DATELINE = "dateline"
    BYLINE = "byline"
    TAGLINE = "tagline"
    SIGN_OFF = "sign_off"
    COPYRIGHT = "copyright"
    SYNDICATION = "syndication"
    END_MARK = "end_mark"
    METADATA = "metadata"
    PHOTO = "photo"
    TOLD = "told"
    REPORT_VERB = "report_verb"
    ACCORDING_TO = "according_to"
    QUOTED_BY = "quoted_by"
    AGENCY_SOURCE = "agency_source"
    ANAPHORA = "anaphora"
    VAGUE = "vague"
    REPUBLICATION = "republication"


class Scope(StrEnum):
    """How much of the article an attribution covers."""

    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"


class Label(StrEnum):
    """The verdict on an article."""

    WIRE_COPY = "wire_copy"
    REWRITTEN_WIRE = "rewritten_wire"
    COPY = "copy"
    MIXED = "mixed"
    ORIGINAL = "original"
    UNKNOWN = "unknown"


class Relation(StrEnum):
    """How an article stands to the one it took most from."""

    WIRE = "wire"
    CROSS_OUTLET_COPY = "cross_outlet_copy"
    SAME_OUTLET_UPDATE = "same_outlet_update"
    COMMON_SOURCE = "common_source"
    NONE = ""


class SignKind(StrEnum):
    """What a sentence gives away about how its article was made."""

    OWN_REPORTING = "own_reporting"  #: "told this newspaper", "our reporter", a staff byline
    UPDATE = "update"  #: "UPDATE 1-", "(Updates with …)", "this story has been updated"
    LATER_VANTAGE = "later_vantage"  #: "earlier in the day": told from a later point of view


class Span(NamedTuple):
    """Half-open code-point offsets into an article's text."""

    start: int
    end: int


class Paragraph(NamedTuple):
    """One paragraph: its number from 1 in the order of the text, its place and its role."""

    n: int
    start: int
    end: int
    role: Role


class Field(NamedTuple):
    """A metadata field that may say where an article comes from, e.g. ``jsonld.creditText``."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One published text with what is known about it; empty strings mean "not given"."""

    id: str
    text: str
    path: str = ""
    title: str = ""
    publisher: str = ""
    published_at: str = ""
    url: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    credit: str = ""
    is_wire: bool | None = None
    agency: str = ""
    evidence: tuple[Field, ...] = ()  #: attribution evidence from the page or the feed
    notes: tuple[str, ...] = ()  #: what the reader had to guess or repair, one sentence each


class Skipped(NamedTuple):
    """An input that could not be used, and why, in one sentence."""

    path: str
    record: str  #: record number in a file of many, else empty
    reason: str


class Attribution(NamedTuple):
    """A place in the text, or in its metadata, that names where something comes from.

    ``n, start, end`` are 0 for ``Kind.METADATA``, whose ``text`` is ``field=value``. ``agency`` is
    a catalogue id, or empty where none is named ("Agencies", an unresolved "the agency said").
    """

    n: int
    start: int
    end: int
    text: str
    agency: str
    kind: Kind
    scope: Scope
    is_agency: bool


class Sign(NamedTuple):
    """A sentence that gives away how the article was made; ``n`` is 0 for one in the metadata."""

    n: int
    start: int
    end: int
    kind: SignKind


@dataclass(frozen=True, slots=True)
class Credits:
    """All that one article says about where it comes from."""

    attributions: tuple[Attribution, ...] = ()
    signs: tuple[Sign, ...] = ()
    roles: tuple[tuple[int, Role], ...] = ()  #: paragraph number → credit or caption, as found here
