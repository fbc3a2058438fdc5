"""What speaks for an article's verdict, and the verdict it gives (contract: verdict)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.records import Kind, Label, SignKind
from dedup.verdict.subject import PRIVATE_SOURCES

if TYPE_CHECKING:
    from dedup.verdict.origins import Origins
    from dedup.verdict.subject import Subject

#: Contract: "at least four fifths", "at most a fifth".
MOST, LITTLE = 0.8, 0.2
#: Paragraphs that name one agency as the holder of private sources, and media named, that tell.
PRIVATE_PARAGRAPHS, SEVERAL_MEDIA = 2, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
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


def weigh(evidence: Evidence) -> tuple[Label, float]:
    """The verdict and how sure it is, 0 to 1."""
    shares = evidence.shares
    if shares.agency >= MOST:
        return _wire(evidence)
    if shares.outlet > shares.relayed and shares.outlet + shares.relayed >= MOST:
        return Label.COPY, 0.95
    sure = shares.agency + shares.outlet + shares.earlier
    if sure > LITTLE:
        return Label.MIXED, 0.9
    if shares.taken > LITTLE:
        label, confidence = _by_credit(evidence)
        return label, min(confidence, 0.7)
    if evidence.subject.agency:
        return Label.ORIGINAL, 0.95
    return _alone(evidence)


def _wire(evidence: Evidence) -> tuple[Label, float]:
    """Nearly all goes back to agencies: copied or re-told."""
    shown = evidence.origins.of(evidence.article).reached
    verbatim = evidence.shares.verbatim * 2 >= evidence.shares.agency
    if verbatim and (shown or evidence.subject.credits_in_text()):
        return Label.WIRE_COPY, 0.95
    return Label.REWRITTEN_WIRE, 0.95 if shown else 0.8


def _alone(evidence: Evidence) -> tuple[Label, float]:
    """Next to nothing is shared with anybody."""
    elsewhere = set(evidence.subject.article_credits) - evidence.near
    if evidence.subject.full_credits or elsewhere or evidence.subject.credit_without_name:
        return _by_credit(evidence)
    if evidence.own:
        return Label.ORIGINAL, 0.9 if evidence.near else 0.8
    if evidence.near:
        return Label.ORIGINAL, 0.8
    return _by_credit(evidence)


def _by_credit(evidence: Evidence) -> tuple[Label, float]:
    """No source in the corpus: what the credits say."""
    subject = evidence.subject
    full = subject.credits_in_text() or _syndicated(subject)
    if full or subject.article_credits or subject.credit_without_name:
        if evidence.own:
            return Label.MIXED, 0.6
        return (Label.WIRE_COPY, 0.85) if full else (Label.REWRITTEN_WIRE, 0.7)
    if evidence.own:
        return (Label.UNKNOWN, 0.5) if evidence.shares.taken > LITTLE else (Label.ORIGINAL, 0.8)
    most = max(map(len, private(subject).values()), default=0)
    named = len(media(subject))
    if most >= PRIVATE_PARAGRAPHS and named == 1:
        return Label.REWRITTEN_WIRE, 0.65
    if named >= SEVERAL_MEDIA:
        return Label.MIXED, 0.6
    return Label.UNKNOWN, 0.5


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
