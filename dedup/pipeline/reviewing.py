"""A reviewer's marks, honoured: what they say of matches, attributions and verdicts holds.

The order of the marks never matters. Where two contradict each other the careful one holds: what
is marked wrong is gone though another mark calls it right, of two directions none is said, of two
right verdicts none is taken. ``kind`` and ``direction`` do not narrow what a row on a match speaks
of: what a person has read stays read where a later version finds the passage edited, not verbatim.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.records import Attribution, Direction, Kind, Label, Scope
from dedup.verdict import Marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dedup.attribution import Catalogue
    from dedup.marks import Mark
    from dedup.pipeline.comparing import Found
    from dedup.pipeline.corpus import Corpus
    from dedup.verdict import Decided, Match

#: Attributions that cover the whole article; a photo's covers its paragraph, others a sentence.
_WHOLE = frozenset(
    {
        Kind.DATELINE,
        Kind.BYLINE,
        Kind.TAGLINE,
        Kind.SIGN_OFF,
        Kind.COPYRIGHT,
        Kind.SYNDICATION,
        Kind.END_MARK,
        Kind.REPUBLICATION,
    }
)
#: Nobody is known to have taken a passage.
_NOBODY = -1


class Review:
    """The marks on one corpus; it remembers which of them fitted anything."""

    def __init__(self, marks: Sequence[Mark], corpus: Corpus, catalogue: Catalogue) -> None:
        """Take the marks; those on articles that are not there stay unused."""
        self._marks = marks
        self._catalogue = catalogue
        self._corpus = corpus
        self._places = {article.id: row for row, article in enumerate(corpus.articles)}
        self._fitting: set[Mark] = set()
        self._on_matches = self._by_article(filter(_judges_matches, marks))
        self._on_attributions = self._by_article(filter(_judges_attributions, marks))
        self._on_verdicts = self._by_article(filter(_judges_verdicts, marks))

    def _by_article(self, marks: Iterable[Mark]) -> dict[int, list[Mark]]:
        """Sort marks by the places of their articles."""
        out: dict[int, list[Mark]] = defaultdict(list)
        for mark in marks:
            if mark.article_id in self._places:
                out[self._places[mark.article_id]].append(mark)
        return out

    def corpus(self) -> Corpus:
        """Give the corpus with its attributions as they were marked."""
        if not self._on_attributions:
            return self._corpus
        said = list(self._corpus.credits)
        for article, marks in self._on_attributions.items():
            kept = self._attributions(article, marks)
            said[article] = replace(said[article], attributions=kept)
        return replace(self._corpus, credits=tuple(said))

    def _attributions(self, article: int, marks: Sequence[Mark]) -> tuple[Attribution, ...]:
        """Add to an article's attributions what is marked right, then leave out what is wrong."""
        found = self._corpus.credits[article].attributions
        right = [mark for mark in marks if mark.mark == "right"]
        wrong = [mark for mark in marks if mark.mark == "wrong"]
        missed = [mark for mark in right if not any(self._names(mark, row) for row in found)]
        added = {row for mark in missed if (row := self._stated(article, mark))}
        rows = [*found, *added]
        kept = [row for row in rows if not any(self._names(mark, row) for mark in wrong)]
        self._fitting |= {m for m in wrong if any(self._names(m, row) for row in rows)}
        self._fitting |= {m for m in right if any(self._names(m, row) for row in kept)}
        placed = (row for row in kept if row.n)
        return (
            *(row for row in kept if not row.n),
            *sorted(placed, key=lambda row: (row.start, row.end, row.kind, row.agency)),
        )

    def _agency(self, mark: Mark) -> str:
        return self._catalogue.by_name(mark.agency)

    def _names(self, mark: Mark, row: Attribution) -> bool:
        """Whether an attribution is what a mark speaks of."""
        return (
            bool(row.agency)
            and row.agency == self._agency(mark)
            and mark.attribution in {"", row.kind}
            and mark.touches(row.start, row.end)
        )

    def _stated(self, article: int, mark: Mark) -> Attribution | None:
        """Make the attribution that a mark points at, if it points at words and a known agency."""
        agency, kind = self._agency(mark), Kind(mark.attribution or Kind.REPORT_VERB)
        text = self._corpus.articles[article].text
        if not agency or kind is Kind.METADATA or mark.start is None or mark.end is None:
            return None
        numbers = [p.n for p in self._corpus.paragraphs.of(article) if mark.touches(p.start, p.end)]
        if not numbers or not mark.start < mark.end <= len(text):
            return None
        return Attribution(
            numbers[0],
            mark.start,
            mark.end,
            text[mark.start : mark.end],
            agency,
            kind,
            _scope(kind),
            self._catalogue.agencies[agency].is_agency,
        )

    def matches(self, found: Mapping[Match, Found]) -> dict[Match, Found]:
        """Leave out the matches that are marked as none, and turn those marked with a direction."""
        if not self._on_matches:
            return dict(found)
        kept: dict[Match, Found] = {}
        takers: dict[Match, set[int]] = {}
        of_pair: dict[tuple[int, int], set[int]] = defaultdict(set)
        for match, item in found.items():
            marks = set(self._on(match))
            against = {mark for mark in marks if mark.mark != "right"}
            self._fitting |= against or marks
            if not against:
                kept[match] = item
                takers[match] = {self._taker(mark) for mark in marks if mark.direction}
                of_pair[_pair(match)] |= takers[match]
        return {
            self._turned(match, takers[match] or of_pair[_pair(match)]): item
            for match, item in kept.items()
        }

    def _turned(self, match: Match, takers: set[int]) -> Match:
        """Bring the one taker of a match first; of several, none is said to have taken it."""
        if not takers:
            return match
        (taker,) = takers if len(takers) == 1 else {_NOBODY}
        way = Direction.UNKNOWN if taker == _NOBODY else Direction.FROM
        articles = self._corpus.articles
        smaller = min(match.article, match.other, key=lambda article: articles[article].id)
        first = smaller if taker == _NOBODY else taker
        seen = match if match.article == first else match.turned()
        return seen._replace(direction=way)

    def _on(self, match: Match) -> Iterator[Mark]:
        """Give the marks that speak of a match, from either of its sides."""
        for side in (match, match.turned()):
            other = self._corpus.articles[side.other].id
            for mark in self._on_matches.get(side.article, ()):
                anybody = mark.mark == "ignore" and (mark.start is not None or not mark.other_id)
                if (anybody or mark.other_id == other) and mark.touches(side.start, side.end):
                    yield mark

    def _taker(self, mark: Mark) -> int:
        """The article that took, by the direction of a mark."""
        if mark.direction == Direction.UNKNOWN:
            return _NOBODY
        taker = mark.article_id if mark.direction == Direction.FROM else mark.other_id
        return self._places[taker]

    def verdicts(self) -> dict[int, Marked]:
        """Give what is said of verdicts, by the article's place."""
        out = {}
        for article, marks in self._on_verdicts.items():
            wrong = frozenset(Label(mark.verdict) for mark in marks if mark.mark == "wrong")
            right = {Label(mark.verdict) for mark in marks if mark.mark == "right"} - wrong
            out[article] = Marked(right.pop() if len(right) == 1 else None, wrong)
        return out

    def record(self, decided: Decided) -> dict[str, int]:
        """Count the marks that fitted something, and those that fitted nothing."""
        said = self.verdicts()
        for article, marks in self._on_verdicts.items():
            told = {"right": said[article].right, "wrong": decided.weighed[article]}
            self._fitting |= {mark for mark in marks if mark.verdict == told[mark.mark]}
        applied = sum(mark in self._fitting for mark in self._marks)
        return {"applied": applied, "unused": len(self._marks) - applied}


def _judges_matches(mark: Mark) -> bool:
    """Whether a row is about matches; one to be ignored may name a span alone."""
    named = mark.agency or mark.verdict
    return bool(mark.other_id) or (mark.mark == "ignore" and not named)


def _judges_attributions(mark: Mark) -> bool:
    return bool(mark.agency) and not mark.other_id and mark.mark != "ignore"


def _judges_verdicts(mark: Mark) -> bool:
    return bool(mark.verdict) and mark.mark != "ignore"


def _scope(kind: Kind) -> Scope:
    """How much of an article an attribution covers, by its form."""
    if kind in _WHOLE:
        return Scope.ARTICLE
    return Scope.PARAGRAPH if kind is Kind.PHOTO else Scope.SENTENCE


def _pair(match: Match) -> tuple[int, int]:
    return min(match.article, match.other), max(match.article, match.other)
