"""What speaks for an article's verdict, and the verdict it gives (contract: verdict)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Kind, Label, SignKind
from dedup.verdict.subject import PRIVATE_SOURCES

if TYPE_CHECKING:
    from dedup.verdict.origins import Origins
    from dedup.verdict.subject import Subject

#: Contract: "at least four fifths", "at most a fifth".
MOST, LITTLE = 0.8, 0.2
#: Paragraphs that name one agency as the holder of private sources, and media named, that tell.
PRIVATE_PARAGRAPHS, SEVERAL_MEDIA = 2, 2
#: How sure a verdict is: about so many articles judged on like evidence were found right by who
#: read them (docs/accuracy.md). A source was seen, or own reporting beside an agency's that was
#: not taken over; much is shared; a source is known by its credit.
SEEN, SHARED, TRACED = 0.95, 0.9, 0.8
#: Own work shows; a credit covers the whole; a credit, or the like, covers a part.
OWN_WORK, FULL_CREDIT, PART_CREDIT = 0.9, 0.9, 0.85
#: Only one agency was told; a tagline leaves open how much; media are named; nothing is known.
TOLD_THEM, CREDIT, NAMED, NOTHING = 0.85, 0.7, 0.5, 0.5


class Shares(NamedTuple):
    """Shares of an article's words, 0 to 1; all but the first three of the counted words.

    ``relayed`` goes back to an agency by way of another outlet's article.
    """

    copied: float = 0.0
    wire: float = 0.0
    uncredited: float = 0.0
    agency: float = 0.0
    verbatim: float = 0.0
    outlet: float = 0.0
    relayed: float = 0.0
    earlier: float = 0.0
    undecided: float = 0.0

    @property
    def taken(self) -> float:
        """All that came from elsewhere."""
        return self.agency + self.outlet + self.earlier + self.undecided


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that speaks for one article's verdict.

    ``near`` are the agencies with an own article on its story, ``house`` the articles among its
    sources that are its own outlet's.
    """

    subject: Subject
    shares: Shares
    origins: Origins
    article: int
    near: frozenset[str]
    house: frozenset[int]

    @property
    def own(self) -> bool:
        """Whether the article shows reporting of its own."""
        return self.subject.has(SignKind.OWN_REPORTING)

    @property
    def retells_near(self) -> bool:
        """Whether it says it knows something from an agency at hand, and nothing of it is found.

        Who tells in words of his own what he read there leaves no more to be seen; where the
        sentence that it credits was found, a copy of others would have been.
        """
        return not (self.shares.agency or self.near.isdisjoint(media(self.subject)))

    @property
    def under_credit(self) -> bool:
        """Whether all of it is said to be an agency's, and nothing speaks against that.

        What other articles do not share of it is covered by its dateline, byline or copyright.
        """
        return bool(self.subject.full_credits) and not self.own and not self.subject.agency


def weigh(evidence: Evidence) -> tuple[Label, float]:
    """The verdict and how sure it is, 0 to 1."""
    shares = evidence.shares
    if shares.agency >= MOST:
        return _wire(evidence)
    if shares.outlet > shares.relayed and shares.outlet + shares.relayed >= MOST:
        return Label.COPY, SEEN
    if shares.taken > LITTLE:
        return _shared(evidence)
    if evidence.subject.agency:
        return Label.ORIGINAL, SEEN
    return _alone(evidence)


def _shared(evidence: Evidence) -> tuple[Label, float]:
    """More than a little goes back to others, and to none of them nearly all."""
    shares = evidence.shares
    if evidence.under_credit and shares.taken - shares.agency <= LITTLE:
        return _by_credit(evidence)
    if shares.agency + shares.outlet + shares.earlier > LITTLE:
        return Label.MIXED, SHARED
    if evidence.subject.agency:  # others share it, and nobody knows that it came from them
        return Label.ORIGINAL, TRACED
    label, confidence = _by_credit(evidence)
    return label, min(confidence, CREDIT)


def _wire(evidence: Evidence) -> tuple[Label, float]:
    """Nearly all goes back to agencies: copied or re-told."""
    shown = evidence.origins.of(evidence.article).reached
    verbatim = evidence.shares.verbatim * 2 >= evidence.shares.agency
    if verbatim and (shown or evidence.subject.credits_in_text()):
        return Label.WIRE_COPY, SEEN
    return Label.REWRITTEN_WIRE, SEEN if shown else TRACED


def _alone(evidence: Evidence) -> tuple[Label, float]:
    """Next to nothing is shared with anybody."""
    elsewhere = set(evidence.subject.article_credits) - evidence.near
    if evidence.subject.full_credits or elsewhere or evidence.subject.credit_without_name:
        return _by_credit(evidence)
    if evidence.own or (evidence.near and not evidence.retells_near):
        return Label.ORIGINAL, SEEN if evidence.own and evidence.near else OWN_WORK
    return _by_credit(evidence)


def _by_credit(evidence: Evidence) -> tuple[Label, float]:
    """No source in the corpus: what the credits say."""
    subject = evidence.subject
    full = subject.credits_in_text() or _syndicated(subject)
    if full or subject.article_credits or subject.credit_without_name:
        if evidence.own:
            return Label.MIXED, PART_CREDIT
        return (Label.WIRE_COPY, FULL_CREDIT) if full else (Label.REWRITTEN_WIRE, CREDIT)
    if evidence.own:
        if evidence.shares.taken > LITTLE:
            return Label.UNKNOWN, NOTHING
        return Label.ORIGINAL, OWN_WORK
    return _by_mention(subject)


def _by_mention(subject: Subject) -> tuple[Label, float]:
    """No credit covers the article: what it names in passing."""
    most = max(map(len, private(subject).values()), default=0)
    named = len(media(subject))
    if most >= PRIVATE_PARAGRAPHS and named == 1:
        return Label.REWRITTEN_WIRE, TOLD_THEM
    return (Label.MIXED, NAMED) if named >= SEVERAL_MEDIA else (Label.UNKNOWN, NOTHING)


def media(subject: Subject) -> dict[str, list[int]]:
    """The media that the text names, each with its paragraphs."""
    out: dict[str, list[int]] = {}
    for row in subject.in_text:
        out.setdefault(row.agency, []).append(row.n)
    return out


def private(subject: Subject) -> dict[str, list[int]]:
    """The agencies named as holders of private sources, each with its paragraphs."""
    out: dict[str, list[int]] = {}
    for row in subject.in_text:
        if row.is_agency and row.kind in PRIVATE_SOURCES and row.n not in out.get(row.agency, []):
            out.setdefault(row.agency, []).append(row.n)
    return out


def _syndicated(subject: Subject) -> bool:
    """Whether a syndication notice stands in the article, agency named or not."""
    return any(row.kind is Kind.SYNDICATION for row in subject.credits.attributions)
