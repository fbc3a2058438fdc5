"""Where each word of an article goes back to: its direct source, and the agency at the chain's end.

An agency is at the end where the source is the agency's own article; else where the source took the
stretch from one; else where an article-level credit covers it: credit travels with the text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedup.records import Direction, SignKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from dedup.verdict.subject import Match, Subject

#: No source, no agency.
NONE = -1
#: Goes back to an agency, but the credit names none, or several.
UNNAMED = -2


@dataclass(frozen=True, eq=False)
class Origin:
    """One article's words, each with where it goes back to.

    Attributes:
        match: row of the article's match that a word was taken by, or -1, ``[words]``.
        agency: index of its agency among ``Origins.agencies``, or -1, ``[words]``.
        shown: whether that agency's own article is in the corpus and was reached, ``[words]``.

    """

    match: NDArray[np.int64]
    agency: NDArray[np.int64]
    shown: NDArray[np.bool_]


class Origins:
    """Resolves the origins of the articles of one corpus, each once."""

    def __init__(self, subjects: Sequence[Subject], matches: Sequence[Match]) -> None:
        """Sort each article's matches: those it took by, most telling source first."""
        self.subjects = subjects
        self.agencies = sorted(
            {s.agency for s in subjects if s.agency}
            | {a for s in subjects for a in s.article_credits()}
        )
        self._index = {agency: i for i, agency in enumerate(self.agencies)}
        self.taken: list[list[Match]] = [[] for _ in subjects]
        self.given: list[list[Match]] = [[] for _ in subjects]
        for match in matches:
            self.taken[match.article].append(match)
            if match.direction is Direction.UNKNOWN:
                self.taken[match.other].append(match.turned())
            else:
                self.given[match.other].append(match.turned())
        for rows in self.taken:
            rows.sort(key=self._preference(rows))
        self._known: dict[int, Origin] = {}
        self._begun: set[int] = set()

    def _preference(
        self, rows: Sequence[Match]
    ) -> Callable[[Match], tuple[bool, int, float, str, int]]:
        """Sort key: known direction, then the source it shares most with, then the earliest."""
        shared = Counter[int]()
        for match in rows:
            shared[match.other] += match.words
        when = {m.other: w.earliest if (w := self.subjects[m.other].when) else np.inf for m in rows}

        def key(match: Match) -> tuple[bool, int, float, str, int]:
            return (
                match.direction is Direction.UNKNOWN,
                -shared[match.other],
                when[match.other],
                self.subjects[match.other].id,
                match.start,
            )

        return key

    def of(self, article: int) -> Origin:
        """Resolve one article's words; what it took from is resolved before it."""
        todo = [article]
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
        return sorted(
            {
                match.other
                for match in self.taken[article]
                if match.direction is Direction.FROM and match.other not in self._begun
            }
        )

    def _resolve(self, article: int) -> Origin:
        """Lay each word to the best of the matches that took it, and follow that."""
        subject = self.subjects[article]
        size = len(subject.at)
        out = Origin(np.full(size, NONE), np.full(size, NONE), np.zeros(size, bool))
        rows = np.arange(size)
        for row, match in enumerate(self.taken[article]):
            stretch = rows[subject.inside(match.start, match.end)]
            free = stretch[(out.match[stretch] == NONE) & subject.counts[stretch]]
            out.match[free] = row
            self._follow(subject, match, free, out)
        self._credit_of_others(article, out)
        return out

    def _follow(
        self, subject: Subject, match: Match, words: NDArray[np.int64], out: Origin
    ) -> None:
        """Set the agency of the words taken by one match."""
        source = self.subjects[match.other]
        known = match.direction is Direction.FROM
        if source.agency and (known or not subject.agency):
            out.agency[words] = self._index[source.agency]
            out.shown[words] = True
            return
        if not known and subject.has(SignKind.OWN_REPORTING) and not subject.article_credits():
            return
        origin = self._known.get(match.other) if known else None
        for piece, there in _pieces(subject, match, words):
            code, shown = NONE, False
            if origin is not None:
                code, shown = _most(origin, source.inside(*there))
            if code == NONE:
                code = self._credited(source)
                code = self._credited(subject) if code == NONE else code
            out.agency[piece] = code
            out.shown[piece] = shown

    def _credited(self, subject: Subject) -> int:
        """The agency that an article's credits give its text to."""
        named = subject.article_credits()
        if len(named) == 1:
            return self._index[named[0]]
        return UNNAMED if named or subject.credit_without_name else NONE

    def _credit_of_others(self, article: int, out: Origin) -> None:
        """Words that a later article bears under a full credit go back to its agency too.

        So do those of an article of unknown order; but never against a sign of own reporting.
        """
        subject = self.subjects[article]
        if subject.agency or subject.article_credits() or subject.has(SignKind.OWN_REPORTING):
            return
        undated = [m for m in self.taken[article] if m.direction is Direction.UNKNOWN]
        for match in undated + self.given[article]:
            named = self.subjects[match.other].full_credits()
            if len(named) != 1:
                continue
            words = np.arange(len(subject.at))[subject.inside(match.start, match.end)]
            free = words[(out.agency[words] == NONE) & subject.counts[words]]
            out.agency[free] = self._index[named[0]]


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


def _most(origin: Origin, stretch: slice) -> tuple[int, bool]:
    """The agency that most words of a stretch go back to, if any, and whether it was shown."""
    codes = origin.agency[stretch]
    found, count = np.unique(codes[codes != NONE], return_counts=True)
    if not len(found) or int(count.sum()) * 2 < len(codes):
        return NONE, False
    code = int(found[count.argmax()])
    return code, bool(origin.shown[stretch][codes == code].any())
