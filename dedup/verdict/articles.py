"""One article's verdict: the shares, the label, the agencies and the reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Direction, Label, Relation, SignKind
from dedup.verdict.evidence import Evidence, Shares, weigh
from dedup.verdict.explanation import Explanation
from dedup.verdict.ledger import closely
from dedup.verdict.origins import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedup.verdict.origins import Origin, Origins
    from dedup.verdict.subject import Subject

#: An agency is in the text from this share, or this many words, on.
AGENCY_SHARE, AGENCY_WORDS = 0.04, 25
#: The shares of an article whose words go back to nobody.
_NOWHERE = Shares()


class Finding(NamedTuple):
    """The verdict on one article, by the contract's columns.

    ``plain`` are the articles that it surely took words from which go back to no agency.
    """

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
    plain: tuple[int, ...]


class Judge:
    """Decides the articles of one corpus, given the origins of their words."""

    def __init__(
        self,
        origins: Origins,
        neighbours: Mapping[int, frozenset[str]],
        names: Mapping[str, str],
    ) -> None:
        """Take the corpus.

        Args:
            origins: the articles, and where their words go back to.
            neighbours: for an article, the agencies with an own article on the same story.
            names: catalogue id → name, for the reasons.

        """
        self.subjects = origins.subjects
        self.origins = origins
        self.neighbours = neighbours
        self.names = names

    def decide(self, article: int) -> Finding:
        """Weigh one article."""
        subject, origin = self.subjects[article], self.origins.of(article)
        words = self._agency_words(subject, origin)
        in_text = {agency for agency, _ in words}
        credited = subject.named | ({subject.agency} - {""})
        free = subject.credit_without_name
        uncredited = () if free else tuple(sorted(in_text - credited))
        evidence = self._evidence(article, self._shares(article, origin, uncredited))
        label, confidence = weigh(evidence)
        derived = self._derived_from(article, origin)
        return Finding(
            label=label,
            confidence=confidence,
            agencies=tuple(sorted(in_text | credited)),
            credited=tuple(sorted(credited)),
            uncredited=uncredited,
            shares=evidence.shares,
            derived_from=derived,
            relation=self._relation(article, derived, label),
            reasons=Explanation(evidence, self.names).reasons(uncredited),
            agency_words=words,
            plain=self._plain(article, origin),
        )

    def _evidence(self, article: int, shares: Shares) -> Evidence:
        """Lay out what speaks for the verdict."""
        return Evidence(
            subject=self.subjects[article],
            shares=shares,
            origins=self.origins,
            article=article,
            near=self.neighbours.get(article, frozenset()),
            house=frozenset(
                row.other
                for row in self.origins.taken[article]
                if self._same_outlet(article, row.other)
            ),
        )

    def _agency_words(self, subject: Subject, origin: Origin) -> tuple[tuple[str, int], ...]:
        """The agencies that enough of the words go back to, with how many."""
        if subject.agency or not origin.words:
            return ()
        found = Counter[int]()
        for (_, code), count in origin.words.items():
            if code >= 0:
                found[code] += count
        least = min(AGENCY_WORDS, AGENCY_SHARE * subject.words)
        return tuple(
            (self.origins.agencies[code], count)
            for code, count in sorted(found.items())
            if count >= least
        )

    def _shares(self, article: int, origin: Origin, uncredited: tuple[str, ...]) -> Shares:
        """Count the words by where they go back to."""
        subject = self.subjects[article]
        by_credit = bool(subject.article_credits) and not (subject.agency or origin.reached)
        if not origin.words and not by_credit:
            return _NOWHERE
        count: defaultdict[str, float] = defaultdict(float)
        lacking = {self.origins.index[agency] for agency in uncredited}
        for (row, code), words in origin.words.items():
            for kind in self._kinds(article, row, code):
                count[kind] += words
                if kind == "agency" and row != NONE:
                    count["verbatim"] += words * closely(self.origins.taken[article][row])
            if code in lacking:
                count["uncredited"] += words
        whole, total = max(1, len(subject.at)), max(1, subject.words)
        return Shares(
            copied=count["copied"] / whole,
            wire=(subject.words if by_credit else count["agency"]) / whole,
            uncredited=count["uncredited"] / whole,
            agency=count["agency"] / total,
            verbatim=count["verbatim"] / total,
            outlet=count["outlet"] / total,
            relayed=count["relayed"] / total,
            earlier=count["earlier"] / total,
            undecided=count["undecided"] / total,
        )

    def _kinds(self, article: int, row: int, code: int) -> Iterator[str]:
        """Which shares the words count in that one match took and that go back to one agency."""
        agency = self.subjects[article].agency
        taken = row != NONE
        wire = code != NONE
        if agency:
            wire &= taken and code != self.origins.index[agency]
        if wire:
            yield "agency"
        if not taken:
            return
        yield "copied"
        match = self.origins.taken[article][row]
        house, sure = self._same_outlet(article, match.other), match.direction is Direction.FROM
        if not wire and not sure:
            yield "undecided"
        if not wire and sure:
            yield "earlier" if house else "outlet"
        if wire and sure and not house and not self.subjects[match.other].agency:
            yield "relayed"

    def _same_outlet(self, article: int, other: int) -> bool:
        """Whether two articles are one outlet's, or of unknown outlets with an update's signs."""
        a, b = self.subjects[article], self.subjects[other]
        if a.outlet and b.outlet:
            return a.outlet == b.outlet
        if a.outlet or b.outlet:
            return False
        return any(s.has(SignKind.UPDATE) or s.has(SignKind.LATER_VANTAGE) for s in (a, b))

    def _derived_from(self, article: int, origin: Origin) -> int:
        """The article it took most words from directly, or -1."""
        if not origin.words:
            return NONE
        rows = self.origins.taken[article]
        taken = Counter[int]()
        for (row, _), count in origin.words.items():
            if row != NONE and rows[row].direction is Direction.FROM:
                taken[rows[row].other] += count
        if not taken:
            return NONE
        return min(taken, key=lambda other: (-taken[other], self.subjects[other].id))

    def _plain(self, article: int, origin: Origin) -> tuple[int, ...]:
        """The articles that it surely took words from which go back to no agency."""
        rows = self.origins.taken[article]
        taken = [rows[row] for row, code in origin.words if row != NONE and code == NONE]
        return tuple({match.other for match in taken if match.direction is Direction.FROM})

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
        if not rows or self.subjects[rows[0].other].agency:
            return Relation.NONE
        if self._same_outlet(article, rows[0].other):
            return Relation.SAME_OUTLET_UPDATE
        when, other = self.subjects[article].when, self.subjects[rows[0].other].when
        at_once = when is not None and when == other and when.zoned
        words = self.origins.of(article).words
        by_credit = any(row != NONE and code >= 0 for row, code in words)
        return Relation.COMMON_SOURCE if at_once or by_credit else Relation.NONE
