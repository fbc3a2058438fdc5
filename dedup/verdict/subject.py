"""What the verdict room is told of an article and of a passage pair: no text, only findings."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.records import Kind, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from dedup.records import Attribution, Credits, Direction, Reuse, SignKind
    from dedup.times import When

#: Credits that say the text is the agency's, not only that it went into it.
FULL_CREDITS = frozenset(
    {Kind.DATELINE, Kind.BYLINE, Kind.SIGN_OFF, Kind.COPYRIGHT, Kind.SYNDICATION, Kind.END_MARK}
)
#: Attributions by which an article lays claim to an agency's own interviews.
PRIVATE_SOURCES = frozenset({Kind.TOLD, Kind.AGENCY_SOURCE})


class Match(NamedTuple):
    """One aligned passage pair between two subjects, by their places in the list.

    ``article`` is the side that took, where the direction is known. ``anchors`` are the
    pieces inside it: where each begins here and there, and how closely it follows.
    """

    article: int
    other: int
    start: int
    end: int
    other_start: int
    other_end: int
    words: int
    kind: Reuse
    score: float
    direction: Direction
    anchors: tuple[tuple[int, int, Reuse], ...]

    def turned(self) -> Match:
        """The same pair seen from the other side; a direction that is known stays as it is."""
        return Match(
            self.other,
            self.article,
            self.other_start,
            self.other_end,
            self.start,
            self.end,
            self.words,
            self.kind,
            self.score,
            self.direction,
            tuple([(there, here, kind) for here, there, kind in self.anchors]),
        )


class Outline(NamedTuple):
    """An article's paragraphs in the order of the text; the first is number 1.

    ``start`` and ``end`` are their offsets in the text; ``first`` and ``last`` the rows of the
    first word of each, and one past the last.
    """

    start: list[int]
    end: list[int]
    first: list[int]
    last: list[int]


@dataclass(frozen=True, eq=False, kw_only=True)
class Subject:
    """One article as the verdict room sees it.

    Most articles of a corpus share nothing and say nothing of their sources: what is worked out
    about one is worked out when it is first asked for.

    Attributes:
        id: the article's id.
        text: the place of the first article that is read just like it, mostly itself.
        outlet: its publisher's key, "" where unknown; equal keys are one outlet.
        when: its time, None where unknown.
        agency: the catalogue id of the news agency whose own article this is, else "".
        outline: gives its paragraphs; most articles are never asked for them.
        credits: what it says about where it comes from.
        at: where each of its words begins, shape ``[words]``.
        counts: which words tell the story (body and quotes), shape ``[words]``.
        words: how many words tell the story.

    """

    id: str
    text: int
    outlet: str
    when: When | None
    agency: str
    outline: Callable[[], Outline]
    credits: Credits
    at: NDArray[np.int32]
    counts: NDArray[np.bool_]
    words: int

    @property
    def silent(self) -> bool:
        """Whether nothing in the article itself speaks of where its words come from."""
        said = self.credits
        return not (
            said.signs
            or self.agency
            or any(row.kind is not Kind.PHOTO for row in said.attributions)
        )

    def inside(self, start: int, end: int) -> slice:
        """The rows of the words of ``start:end``."""
        low, high = self.at.searchsorted(np.array((start, end), self.at.dtype)).tolist()
        return slice(low, high)

    def across(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Yield the places of the paragraphs that rows of words stand in, with how many in each."""
        _, _, first, last = self.outline()
        for place in range(bisect_right(last, low), bisect_left(first, high)):
            inside = min(last[place], high) - max(first[place], low)
            if inside > 0:
                yield place, inside

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph that an offset lies in, 0 where it lies in none."""
        start, end, _, _ = self.outline()
        place = bisect_right(start, offset)
        return place if place and offset < end[place - 1] else 0

    @cached_property
    def named(self) -> frozenset[str]:
        """The agencies that it names as sources, photo credits apart."""
        return frozenset(
            row.agency
            for row in self.credits.attributions
            if row.agency and row.is_agency and row.kind is not Kind.PHOTO
        )

    @cached_property
    def article_credits(self) -> tuple[str, ...]:
        """The agencies that its article-level credits name, sorted."""
        return self._named(None)

    @cached_property
    def full_credits(self) -> tuple[str, ...]:
        """The agencies whose text it says it is: by dateline, byline, sign-off, copyright."""
        return self._named(FULL_CREDITS)

    def credits_in_text(self) -> tuple[str, ...]:
        """Of the full credits, those that stand in the text itself."""
        found = {
            row.agency
            for row in self.credits.attributions
            if row.agency and row.is_agency and row.kind in FULL_CREDITS and row.n
        }
        return tuple(sorted(found))

    def _named(self, kinds: frozenset[Kind] | None) -> tuple[str, ...]:
        found = {
            row.agency
            for row in self.credits.attributions
            if row.agency
            and row.is_agency
            and row.scope is Scope.ARTICLE
            and row.kind is not Kind.PHOTO
            and (kinds is None or row.kind in kinds or _says_credit(row.kind, row.text))
        }
        return tuple(sorted(found))

    @cached_property
    def credit_without_name(self) -> bool:
        """Whether an article-level credit names no agency ("Agencies", a syndicated feed)."""
        return any(
            not row.agency and row.scope is Scope.ARTICLE and row.kind in _UNNAMED
            for row in self.credits.attributions
        )

    @cached_property
    def in_text(self) -> list[Attribution]:
        """Attributions that name a medium in the running text, not itself."""
        return [
            row
            for row in self.credits.attributions
            if row.agency
            and row.scope is not Scope.ARTICLE
            and row.kind is not Kind.PHOTO
            and row.agency != self.agency
        ]

    def has(self, kind: SignKind) -> bool:
        """Whether the article bears a sign."""
        return any(sign.kind is kind for sign in self.credits.signs)


_UNNAMED = frozenset({Kind.TAGLINE, Kind.SYNDICATION, Kind.BYLINE, Kind.END_MARK})
_WRITERS = re.compile(
    r"\b(?:writer|reporter|correspondent|journalist|photographer|researcher)s?\b"
    r"|\b(?:reported|written|produced|[Rr]eport) by\b"
)
_CREDIT_FIELDS = ("agency=", "credit=", "jsonld.creditText=", "meta.syndication-source=")


def _says_credit(kind: Kind, text: str) -> bool:
    """Whether a row is a credit of the whole text, though its kind alone would not say so.

    A field of the metadata, or its only author; a tagline that names an agency's own writers, or
    by which it reported the story: it is the agency's story then.
    """
    if kind is Kind.TAGLINE:
        return _WRITERS.search(text) is not None
    if kind is not Kind.METADATA:
        return False
    return text.startswith(_CREDIT_FIELDS) or (text.startswith("author=") and "," not in text)
