"""What the verdict room is told of an article and of a passage pair: no text, only findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.records import FURNITURE, Kind, Scope

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.records import Credits, Direction, Paragraph, Reuse, SignKind
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
        return self._replace(
            article=self.other,
            other=self.article,
            start=self.other_start,
            end=self.other_end,
            other_start=self.start,
            other_end=self.end,
            anchors=tuple((there, here, kind) for here, there, kind in self.anchors),
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class Subject:
    """One article as the verdict room sees it.

    Attributes:
        id: the article's id.
        outlet: its publisher's key, "" where unknown; equal keys are one outlet.
        publisher: its publisher as printed.
        when: its time, None where unknown.
        agency: the catalogue id of the news agency whose own article this is, else "".
        paragraphs: with their final roles.
        credits: what it says about where it comes from.
        at: where each of its words begins, shape ``[words]``.
        counts: which words tell the story (body and quotes), shape ``[words]``.

    """

    id: str
    outlet: str
    publisher: str
    when: When | None
    agency: str
    paragraphs: tuple[Paragraph, ...]
    credits: Credits
    at: NDArray[np.int32]
    counts: NDArray[np.bool_]

    @property
    def words(self) -> int:
        """How many words tell the story."""
        return int(self.counts.sum())

    def inside(self, start: int, end: int) -> slice:
        """The rows of the words of ``start:end``."""
        low, high = np.searchsorted(self.at, (start, end))
        return slice(int(low), int(high))

    def article_credits(self) -> tuple[str, ...]:
        """The agencies that its article-level credits name, sorted."""
        return self._named(None)

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

    @property
    def credit_without_name(self) -> bool:
        """Whether an article-level credit names no agency ("Agencies", a syndicated feed)."""
        return any(
            not row.agency and row.scope is Scope.ARTICLE and row.kind in _UNNAMED
            for row in self.credits.attributions
        )

    def has(self, kind: SignKind) -> bool:
        """Whether the article bears a sign."""
        return any(sign.kind is kind for sign in self.credits.signs)


_UNNAMED = frozenset({Kind.TAGLINE, Kind.SYNDICATION, Kind.BYLINE, Kind.END_MARK})
_CREDIT_FIELDS = ("agency=", "credit=", "jsonld.creditText=", "meta.syndication-source=")


def _says_credit(kind: Kind, text: str) -> bool:
    """Whether a metadata row is a credit line of the whole text."""
    return kind is Kind.METADATA and text.startswith(_CREDIT_FIELDS)


def counted(paragraphs: tuple[Paragraph, ...], at: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which words stand in paragraphs that tell the story, shape ``[words]``."""
    out = np.zeros(len(at), bool)
    for paragraph in paragraphs:
        if paragraph.role not in FURNITURE:
            low, high = np.searchsorted(at, (paragraph.start, paragraph.end))
            out[low:high] = True
    return out
