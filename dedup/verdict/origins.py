"""Where each word of an article goes back to: its direct source, and the agency at the chain's end.

An agency is at the end where the source is the agency's own article; else where the source took the
stretch from one; else where an article-level credit covers it: credit travels with the text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from dedup.records import Direction, Reuse, SignKind
from dedup.verdict.twins import twins

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.verdict.subject import Match, Subject

#: No source, no agency.
NONE = -1
#: Goes back to an agency, but the credit names none, or several.
UNNAMED = -2


class Run(NamedTuple):
    """Words in a row, ``first:last``, that go back to one match and one agency."""

    first: int
    last: int
    match: int
    agency: int


@dataclass(frozen=True, eq=False)
class Origin:
    """One article's words, each with where it goes back to; only words that count go anywhere.

    Attributes:
        runs: the words that go back to anything, in runs.
        agency: index of a word's agency among ``Origins.agencies``, or -1, ``[words]``.
        shown: whether that agency's own article is in the corpus and was reached, ``[words]``.

    """

    runs: tuple[Run, ...]
    agency: NDArray[np.int32]
    shown: NDArray[np.bool_]

    @cached_property
    def words(self) -> Mapping[tuple[int, int], int]:
        """How many words go back to each match and agency."""
        found = Counter[tuple[int, int]]()
        for first, last, match, agency in self.runs:
            found[match, agency] += last - first
        return found

    @cached_property
    def reached(self) -> bool:
        """Whether any agency's own article was."""
        return bool(self.shown.any())


#: Words without end that go nowhere: any number of them takes no memory.
_NO_AGENCY = np.broadcast_to(np.int32(NONE), np.iinfo(np.int32).max)
_NOT_SHOWN = np.broadcast_to(np.False_, np.iinfo(np.int32).max)
#: The origin of words of which nothing is known.
_NOWHERE = Origin((), np.empty(0, np.int32), np.empty(0, bool))


@dataclass(frozen=True, eq=False)
class _Draft:
    """An origin that is being worked out: ``match`` is the row of the match that took a word."""

    match: NDArray[np.int32]
    agency: NDArray[np.int32]
    shown: NDArray[np.bool_]

    @classmethod
    def of(cls, words: int) -> Self:
        """Begin with nothing known of so many words."""
        nothing = np.full(words, NONE, np.int32)
        return cls(nothing, nothing.copy(), np.zeros(words, bool))

    def origin(self) -> Origin:
        """Hold what was found; of words that all go nowhere one value is enough."""
        match, agency = self.match, self.agency
        edge = np.ones(len(match) + 1, bool)
        edge[1:-1] = (match[1:] != match[:-1]) | (agency[1:] != agency[:-1])
        bounds = np.flatnonzero(edge)
        first, last = bounds[:-1], bounds[1:]
        columns = (first, last, match[first], agency[first])
        rows = zip(*[column.tolist() for column in columns], strict=True)
        return Origin(
            tuple([Run(*row) for row in rows if row[2:] != (NONE, NONE)]),
            agency if (agency != NONE).any() else _NO_AGENCY[: len(agency)],
            self.shown if self.shown.any() else _NOT_SHOWN[: len(agency)],
        )


class Origins:
    """Resolves the origins of the articles of one corpus, each once."""

    def __init__(self, subjects: Sequence[Subject], matches: Sequence[Match]) -> None:
        """Sort each article's matches: those it took by, most telling source first."""
        self.subjects = subjects
        named = {agency for s in subjects if not s.silent for agency in s.article_credits}
        self.agencies = sorted({s.agency for s in subjects if s.agency} | named)
        self.index = {agency: i for i, agency in enumerate(self.agencies)}
        self.taken: list[list[Match]] = [[] for _ in subjects]
        self.given: list[list[Match]] = [[] for _ in subjects]
        for match in matches:
            self.taken[match.article].append(match)
            if match.direction is Direction.UNKNOWN:
                self.taken[match.other].append(match.turned())
            else:
                self.given[match.other].append(match.turned())
        for rows in self.taken:
            if len(rows) > 1:
                rows.sort(key=self._preference(rows))
        self.like = twins(subjects, self.taken, self.given)
        self._known: dict[int, Origin] = {}
        self._begun: set[int] = set()

    def share(self, article: int) -> bool:
        """Whether an article shares a passage with any other."""
        return bool(self.taken[article] or self.given[article])

    def _preference(
        self, rows: Sequence[Match]
    ) -> Callable[[Match], tuple[bool, bool, int, float, str, int]]:
        """Sort key: known direction, then the source it shares most with, then the earliest.

        What is told in other words could be told from several agencies' reports of one event; an
        article that names one of these was told by that one.
        """
        named = self.subjects[rows[0].article].named
        heard = {m.other for m in rows if self.subjects[m.other].agency in named}
        shared = Counter[int]()
        for match in rows:
            shared[match.other] += match.words
        when = {m.other: w.earliest if (w := self.subjects[m.other].when) else np.inf for m in rows}

        def key(match: Match) -> tuple[bool, bool, int, float, str, int]:
            return (
                match.direction is Direction.UNKNOWN,
                bool(heard) and match.other not in heard and match.kind is Reuse.PARAPHRASE,
                -shared[match.other],
                when[match.other],
                self.subjects[match.other].id,
                match.start,
            )

        return key

    def of(self, article: int) -> Origin:
        """Resolve one article's words; what it took from is resolved before it."""
        if not self.share(article):
            return _NOWHERE
        article = self.like[article]
        todo = [] if article in self._known else [article]
        while todo:
            row = todo[-1]
            waiting = [] if row in self._begun else self._sources(row)
            self._begun.add(row)
            if waiting:
                todo.extend(waiting)
                continue
            todo.pop()
            if row not in self._known:
                self._known[row] = self._resolve(row)
        return self._known[article]

    def _sources(self, article: int) -> list[int]:
        """The articles it surely took from that nobody has asked about yet."""
        sources = {self.like[m.other] for m in self.taken[article] if m.direction is Direction.FROM}
        return sorted(sources - self._begun)

    def _resolve(self, article: int) -> Origin:
        """Lay each word to the best of the matches that took it, and follow that.

        What was told in other words was told by one source: scraps of a passage that others have
        told most of go back to whom the rest does.
        """
        subject = self.subjects[article]
        if not self.taken[article] and not self._named_by_takers(article):
            words = len(subject.at)
            return Origin((), _NO_AGENCY[:words], _NOT_SHOWN[:words])
        out = _Draft.of(len(subject.at))
        for row, match in enumerate(self.taken[article]):
            free = _free(subject, match, out.match)
            if not len(free):
                continue
            out.match[free] = row
            if match.kind is Reuse.PARAPHRASE and 2 * len(free) < match.words:
                code, shown = _most(out, subject.inside(match.start, match.end))
                out.agency[free], out.shown[free] = code, shown
            else:
                self._follow(subject, match, free, out)
        self._credit_of_others(article, out)
        self._contradicted(article, out)
        return out.origin()

    def _named_by_takers(self, article: int) -> bool:
        """Whether one that took from an article says whose text it is."""
        return any(self.subjects[match.other].full_credits for match in self.given[article])

    def _follow(
        self, subject: Subject, match: Match, words: NDArray[np.int64], out: _Draft
    ) -> None:
        """Set the agency of the words taken by one match."""
        source = self.subjects[match.other]
        known = match.direction is Direction.FROM
        if source.agency and (known or not subject.agency):
            out.agency[words] = self.index[source.agency]
            out.shown[words] = True
            return
        if not known and subject.has(SignKind.OWN_REPORTING) and not subject.article_credits:
            return
        origin = self._known.get(self.like[match.other]) if known else None
        seen = origin is not None and origin.reached
        out.agency[words] = self._by_credit(subject, source, known=known, seen=seen)
        if origin is None or all(agency == NONE for _, agency in origin.words):
            return
        for piece, there in _pieces(subject, match, words):
            code, shown = _most(origin, source.inside(*there))
            if code != NONE:
                out.agency[piece] = code
                out.shown[piece] = shown

    def _by_credit(self, subject: Subject, source: Subject, *, known: bool, seen: bool) -> int:
        """The agency that the credits of two articles give to what they share.

        The source's says it. Where nobody knows which of the two came first, an article that says
        itself whose text it is is believed before another that says otherwise. Where it was seen
        what the source has from an agency, "additional reporting by" it is about that, and the
        rest is the source's own.
        """
        if not known and subject.full_credits:
            return self._credited(subject)
        house = bool(source.outlet == subject.outlet != "")
        by_source = self._credited(source, full=seen or house)
        return self._credited(subject, full=seen) if by_source == NONE else by_source

    def _credited(self, subject: Subject, *, full: bool = False) -> int:
        """The agency that an article's credits give its text to.

        What two articles of one house share, or what was not found with an agency that was seen,
        may well be their own where the agency merely "contributed to this report": only a
        ``full`` credit says that it is the agency's.
        """
        named = subject.full_credits if full else subject.article_credits
        if len(named) == 1:
            return self.index[named[0]]
        if full and subject.article_credits:
            return NONE
        return UNNAMED if named or subject.credit_without_name else NONE

    def _credit_of_others(self, article: int, out: _Draft) -> None:
        """Words that a later article bears under a full credit go back to its agency too.

        So do those of an article of unknown order, and those of which a credit says only that they
        are some agency's; but never against a sign of own reporting.
        """
        subject = self.subjects[article]
        if subject.agency or subject.article_credits or subject.has(SignKind.OWN_REPORTING):
            return
        undated = [m for m in self.taken[article] if m.direction is Direction.UNKNOWN]
        for match in undated + self.given[article]:
            named = self.subjects[match.other].full_credits
            if len(named) == 1:
                out.agency[_free(subject, match, out.agency)] = self.index[named[0]]

    def _contradicted(self, article: int, out: _Draft) -> None:
        """Of credits that contradict each other, the one that most of the articles give holds.

        Each article speaks for the words that it shares; an agency that was seen is no credit.
        """
        subject = self.subjects[article]
        voices = [
            (self.index[named[0]], subject.inside(match.start, match.end))
            for match in self.taken[article] + self.given[article]
            if len(named := self.subjects[match.other].article_credits) == 1
        ]
        if len(subject.article_credits) == 1:
            voices.append((self.index[subject.article_credits[0]], slice(None)))
        if len({code for code, _ in voices}) <= 1:
            return
        count = np.zeros((len(self.agencies), len(subject.at)))
        for code, words in voices:
            count[code, words] += 1
        total = count.sum(axis=1, keepdims=True)
        count += total / (total.sum() + 1)  # of as many, the one that covers more of the article
        open_ = np.flatnonzero((out.agency >= 0) & ~out.shown)
        best = count[:, open_].argmax(axis=0)
        more = count[best, open_] > count[out.agency[open_], open_]
        out.agency[open_[more]] = best[more]


def _free(subject: Subject, match: Match, settled: NDArray[np.int32]) -> NDArray[np.int64]:
    """The words of a passage that count and are not yet settled."""
    inside = subject.inside(match.start, match.end)
    free = (settled[inside] < 0) & subject.counts[inside]
    words: NDArray[np.int64] = np.flatnonzero(free) + inside.start
    return words


def _pieces(
    subject: Subject, match: Match, words: NDArray[np.int64]
) -> list[tuple[NDArray[np.int64], tuple[int, int]]]:
    """Cut the words taken by a match at its anchors, each with its place in the source."""
    anchors = sorted(match.anchors)
    here = np.array([anchor[0] for anchor in anchors])
    there = [anchor[1] for anchor in anchors]
    place = np.maximum(np.searchsorted(here, subject.at[words], side="right") - 1, 0)
    out = []
    for row in np.unique(place).tolist():
        piece = words[place == row]
        length = int(subject.at[piece[-1]] - subject.at[piece[0]]) + 1
        end = min(match.other_end, there[row] + length)
        out.append((piece, (there[row], max(end, there[row] + 1))))
    return out


def _most(origin: Origin | _Draft, stretch: slice) -> tuple[int, bool]:
    """The agency that most words of a stretch go back to, if any, and whether it was shown."""
    codes = origin.agency[stretch]
    found, count = np.unique(codes[codes != NONE], return_counts=True)
    if not len(found) or int(count.sum()) * 2 < len(codes):
        return NONE, False
    code = int(found[count.argmax()])
    return code, bool(origin.shown[stretch][codes == code].any())
