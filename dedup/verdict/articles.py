"""One article's verdict: the shares, the label, the agencies and the reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedup.records import Direction, Kind, Label, Relation, Reuse, SignKind
from dedup.verdict.evidence import Evidence, Shares, weigh
from dedup.verdict.explanation import Explanation
from dedup.verdict.origins import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.verdict.origins import Origins
    from dedup.verdict.subject import Subject

#: An agency is in the text from this share, or this many words, on.
AGENCY_SHARE, AGENCY_WORDS = 0.04, 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The verdict on one article, by the contract's columns."""

    label: Label
    confidence: float
    agencies: tuple[str, ...]
    credited: tuple[str, ...]
    uncredited: tuple[str, ...]
    shares: Shares
    derived_from: int
    relation: Relation
    reasons: tuple[str, ...]
    agency_words: tuple[tuple[str, int], ...]


class Judge:
    """Decides the articles of one corpus, given the origins of their words."""

    def __init__(
        self,
        subjects: Sequence[Subject],
        origins: Origins,
        neighbours: Sequence[frozenset[str]],
        names: Mapping[str, str],
    ) -> None:
        """Take the corpus.

        Args:
            subjects: the articles.
            origins: where their words go back to.
            neighbours: for each article, the agencies with an own article on the same story.
            names: catalogue id → name, for the reasons.

        """
        self.subjects = subjects
        self.origins = origins
        self.neighbours = neighbours
        self.names = names

    def decide(self, article: int) -> Finding:
        """Weigh one article."""
        subject = self.subjects[article]
        named = _named(subject)
        words = self._agency_words(article)
        in_text = {agency for agency, _ in words}
        free = subject.credit_without_name
        credited = tuple(sorted(named | ({subject.agency} - {""})))
        uncredited = () if free else tuple(sorted(in_text - set(credited)))
        shares = self._shares(article, uncredited)
        derived = self._derived_from(article)
        evidence = self._evidence(article, shares)
        label, confidence = weigh(evidence)
        return Finding(
            label=label,
            confidence=confidence,
            agencies=tuple(sorted(in_text | set(credited))),
            credited=credited,
            uncredited=uncredited,
            shares=shares,
            derived_from=derived,
            relation=self._relation(article, derived, label),
            reasons=Explanation(evidence, self.names).reasons(uncredited),
            agency_words=words,
        )

    def _evidence(self, article: int, shares: Shares) -> Evidence:
        """Lay out what speaks for the verdict."""
        return Evidence(
            subject=self.subjects[article],
            shares=shares,
            origins=self.origins,
            article=article,
            near=self.neighbours[article],
            house=frozenset(
                row.other
                for row in self.origins.taken[article]
                if self._same_outlet(article, row.other)
            ),
        )

    def _agency_words(self, article: int) -> tuple[tuple[str, int], ...]:
        """The agencies that enough of the words go back to, with how many."""
        subject, origin = self.subjects[article], self.origins.of(article)
        if subject.agency:
            return ()
        codes = origin.agency[(origin.agency >= 0) & subject.counts]
        least = min(AGENCY_WORDS, AGENCY_SHARE * subject.words)
        found = Counter(codes.tolist())
        return tuple(
            (self.origins.agencies[code], count)
            for code, count in sorted(found.items())
            if count >= least
        )

    def _shares(self, article: int, uncredited: tuple[str, ...]) -> Shares:
        """Count the words by where they go back to."""
        subject, origin = self.subjects[article], self.origins.of(article)
        rows = self.origins.taken[article]
        counts = subject.counts
        total = max(1, int(counts.sum()))
        taken = counts & (origin.match != NONE)
        wire = counts & (origin.agency != NONE)
        if subject.agency:
            wire &= taken & (origin.agency != self.origins.agencies.index(subject.agency))
        kinds = np.array([r.kind is Reuse.VERBATIM for r in rows] or [False])
        sure = np.array([r.direction is Direction.FROM for r in rows] or [False])
        house = np.array([self._same_outlet(article, r.other) for r in rows] or [False])
        agencies = np.array([bool(self.subjects[r.other].agency) for r in rows] or [False])
        row = np.maximum(origin.match, 0)
        own_earlier = taken & ~wire & house[row]
        foreign = taken & ~wire & ~house[row]
        lacking = np.isin(origin.agency, [self.origins.agencies.index(a) for a in uncredited])
        whole = max(1, len(subject.at))
        by_credit = not (subject.agency or origin.shown.any()) and bool(subject.article_credits())
        return Shares(
            copied=int(taken.sum()) / whole,
            wire=int((counts if by_credit else wire).sum()) / whole,
            uncredited=int((lacking & wire).sum()) / whole,
            agency=int(wire.sum()) / total,
            verbatim=int((wire & taken & kinds[row]).sum()) / total,
            outlet=int((foreign & sure[row]).sum()) / total,
            relayed=int((wire & taken & ~agencies[row] & ~house[row] & sure[row]).sum()) / total,
            earlier=int((own_earlier & sure[row]).sum()) / total,
            undecided=int((taken & ~wire & ~sure[row]).sum()) / total,
        )

    def _same_outlet(self, article: int, other: int) -> bool:
        """Whether two articles are one outlet's, or of unknown outlets with an update's signs."""
        a, b = self.subjects[article], self.subjects[other]
        if a.outlet and b.outlet:
            return a.outlet == b.outlet
        if a.outlet or b.outlet:
            return False
        return any(s.has(SignKind.UPDATE) or s.has(SignKind.LATER_VANTAGE) for s in (a, b))

    def _derived_from(self, article: int) -> int:
        """The article it took most words from directly, or -1."""
        origin = self.origins.of(article)
        taken = Counter[int]()
        rows = self.origins.taken[article]
        for row, count in Counter(origin.match[origin.match != NONE].tolist()).items():
            if rows[row].direction is Direction.FROM:
                taken[rows[row].other] += count
        if not taken:
            return NONE
        return min(taken, key=lambda other: (-taken[other], self.subjects[other].id))

    def _relation(self, article: int, derived: int, label: Label) -> Relation:
        """How the article stands to the one it took most from."""
        if derived != NONE and self._same_outlet(article, derived):
            return Relation.SAME_OUTLET_UPDATE
        if label in {Label.WIRE_COPY, Label.REWRITTEN_WIRE}:
            return Relation.WIRE
        if derived == NONE:
            return self._beside(article)
        if self.subjects[derived].agency:
            return Relation.WIRE
        both = self.subjects[article].outlet and self.subjects[derived].outlet
        return Relation.CROSS_OUTLET_COPY if both else Relation.NONE

    def _beside(self, article: int) -> Relation:
        """How an article stands to the one it shares most with, where neither took from the other.

        Both have it from one text that is not here, if they came at one moment or a credit says so.
        """
        rows = self.origins.taken[article]
        origin = self.origins.of(article)
        if not rows or self.subjects[rows[0].other].agency:
            return Relation.NONE
        if self._same_outlet(article, rows[0].other):
            return Relation.SAME_OUTLET_UPDATE
        when, other = self.subjects[article].when, self.subjects[rows[0].other].when
        at_once = when is not None and when == other and when.zoned
        by_credit = bool((origin.agency[origin.match != NONE] >= 0).any())
        return Relation.COMMON_SOURCE if at_once or by_credit else Relation.NONE


def _named(subject: Subject) -> frozenset[str]:
    """The agencies that an article names as sources, photo credits apart."""
    return frozenset(
        row.agency
        for row in subject.credits.attributions
        if row.agency and row.is_agency and row.kind is not Kind.PHOTO
    )
