"""A newsroom's day in numbers: articles of so many words, and who took which words from whom.

Every word is four characters wide and a space follows it, so that word ``i`` begins at ``5 * i``.
An article has five paragraphs of twenty words unless it is said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.records import (
    FURNITURE,
    Attribution,
    Credits,
    Direction,
    Kind,
    Paragraph,
    Reuse,
    Role,
    Scope,
    Sign,
    SignKind,
)
from dedup.times import When
from dedup.verdict import Entry, Match, Outline, Subject, decide

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.verdict import Decided, Marked
    from dedup.verdict.articles import Finding

#: Characters that a word takes up.
WIDTH = 5
FIVE_BY_TWENTY = (20,) * 5
NAMES = {"reuters": "Reuters", "ap": "Associated Press", "afp": "AFP", "pti": "PTI"}
HOUR = 3600.0


class Took(NamedTuple):
    """Words ``first`` to ``last`` of one article, beside those from ``there`` on of the other."""

    article: str
    other: str
    first: int
    last: int
    there: int
    kind: Reuse
    direction: Direction
    score: float
    anchors: tuple[tuple[int, int, Reuse], ...]


def paragraphs_of(sizes: Sequence[int], roles: Mapping[int, Role]) -> tuple[Paragraph, ...]:
    out, at = [], 0
    for n, size in enumerate(sizes, start=1):
        end = (at + size) * WIDTH - 1
        out.append(Paragraph(n, at * WIDTH, max(end, at * WIDTH), roles.get(n, Role.BODY)))
        at += size
    return tuple(out)


def outline_of(paragraphs: tuple[Paragraph, ...], at: NDArray[np.int32]) -> Outline:
    """Find the rows of the words of each paragraph."""
    first = [int((at < p.start).sum()) for p in paragraphs]
    last = [int((at < p.end).sum()) for p in paragraphs]
    return Outline([p.start for p in paragraphs], [p.end for p in paragraphs], first, last)


def paragraphs_in(subject: Subject) -> list[Paragraph]:
    """The paragraphs of an article's outline, which does not say their roles."""
    start, end, _, _ = subject.outline()
    return [
        Paragraph(n, *span, Role.BODY) for n, span in enumerate(zip(start, end, strict=True), 1)
    ]


def counted(paragraphs: Sequence[Paragraph], at: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which words stand in paragraphs that tell the story."""
    telling = [p for p in paragraphs if p.role not in FURNITURE]
    return np.array([any(p.start <= word < p.end for p in telling) for word in at.tolist()], bool)


def at_hour(hour: float | None, *, zoned: bool = True) -> When | None:
    """Make a time: so many hours after some midnight."""
    if hour is None:
        return None
    seconds = 1_600_000_000 + hour * HOUR
    return When(seconds, seconds, zoned)


def credit(
    agency: str,
    kind: Kind = Kind.DATELINE,
    n: int = 1,
    scope: Scope = Scope.ARTICLE,
    *,
    is_agency: bool = True,
    text: str = "",
) -> Attribution:
    """Make an attribution; where a paragraph is named, it stands in the paragraph's first word."""
    start = 20 * WIDTH * (n - 1) if n else 0
    words = text or f"by {agency or 'agencies'}"
    return Attribution(
        n, start, start + len(words) if n else 0, words, agency, kind, scope, is_agency
    )


def told(agency: str, n: int, kind: Kind = Kind.TOLD, *, is_agency: bool = True) -> Attribution:
    """Make an attribution in the running text: "told Reuters"."""
    return credit(agency, kind, n, Scope.SENTENCE, is_agency=is_agency, text=f"told {agency}")


def sign(kind: SignKind, n: int = 1) -> Sign:
    start = 20 * WIDTH * (n - 1)
    return Sign(n, start, start + 10, kind)


OWN = sign(SignKind.OWN_REPORTING, 2)


@dataclass
class Desk:
    """Collects articles and what they share, and asks for the verdicts."""

    subjects: dict[str, Subject] = field(default_factory=dict)
    shared: list[Took] = field(default_factory=list)
    alike: list[tuple[str, str, float]] = field(default_factory=list)

    def article(  # noqa: PLR0913 - an article has this many sides
        self,
        name: str,
        *,
        outlet: str | None = None,
        agency: str = "",
        hour: float | None = None,
        zoned: bool = True,
        sizes: Sequence[int] = FIVE_BY_TWENTY,
        roles: Mapping[int, Role] | None = None,
        says: Iterable[Attribution] = (),
        signs: Iterable[Sign] = (),
        text: int | None = None,
    ) -> str:
        """Take in an article; its outlet is named after it unless it is said otherwise.

        It is read like all that have the same number for a ``text``.
        """
        paragraphs = paragraphs_of(sizes, roles or {})
        at = np.arange(sum(sizes), dtype=np.int32) * WIDTH
        publisher = f"The {name}" if outlet is None else outlet
        counts = counted(paragraphs, at)
        self.subjects[name] = Subject(
            id=name,
            text=-1 - len(self.subjects) if text is None else text,
            outlet=publisher.casefold(),
            when=at_hour(hour, zoned=zoned),
            agency=agency,
            outline=lambda: outline_of(paragraphs, at),
            credits=Credits(attributions=tuple(says), signs=tuple(signs)),
            at=at,
            counts=counts,
            words=int(counts.sum()),
        )
        return name

    def took(  # noqa: PLR0913 - a passage has this many sides
        self,
        article: str,
        other: str,
        first: int = 0,
        last: int = 100,
        *,
        there: int | None = None,
        kind: Reuse = Reuse.VERBATIM,
        direction: Direction = Direction.FROM,
        score: float = 0.9,
        anchors: Sequence[tuple[int, int, Reuse]] = (),
    ) -> None:
        """Say that an article took words from another; anchors count in words too."""
        begin = first if there is None else there
        spots = anchors or ((first, begin, kind),)
        self.shared.append(
            Took(
                article,
                other,
                first,
                last,
                begin,
                kind,
                direction,
                score,
                tuple((here * WIDTH, place * WIDTH, how) for here, place, how in spots),
            )
        )

    def shares(self, article: str, other: str, first: int = 0, last: int = 100) -> None:
        """Say that two articles share words, and nobody knows who was first."""
        self.took(article, other, first, last, direction=Direction.UNKNOWN)

    def on_one_story(self, *names: str) -> None:
        """Say that articles tell of one event."""
        self.alike.extend((a, b, 0.5) for a in names for b in names if a < b)

    def in_order(self, ids: Sequence[str] | None = None) -> tuple[list[Subject], list[Match]]:
        """The articles, sorted by id or as told, and the matches by their places."""
        order = list(ids or sorted(self.subjects))
        place = {name: row for row, name in enumerate(order)}
        matches = [
            Match(
                place[t.article],
                place[t.other],
                t.first * WIDTH,
                t.last * WIDTH - 1,
                t.there * WIDTH,
                (t.there + t.last - t.first) * WIDTH - 1,
                t.last - t.first,
                t.kind,
                t.score,
                t.direction,
                t.anchors,
            )
            for t in self.shared
        ]
        return [self.subjects[name] for name in order], matches

    def decide(
        self, ids: Sequence[str] | None = None, marked: Mapping[str, Marked] | None = None
    ) -> Verdicts:
        """Decide the whole day."""
        subjects, matches = self.in_order(ids)
        place = {subject.id: row for row, subject in enumerate(subjects)}
        alike = [(place[a], place[b], score) for a, b, score in self.alike]
        said = {place[name]: mark for name, mark in (marked or {}).items()}
        decided = decide(subjects, matches, alike, NAMES, said)
        return Verdicts(place, [subject.id for subject in subjects], decided)


@dataclass(frozen=True)
class Verdicts:
    """The verdicts of a day, asked for by an article's name."""

    place: dict[str, int]
    ids: list[str]
    decided: Decided

    def __getitem__(self, name: str) -> Finding:
        return self.decided.findings[self.place[name]]

    def ledger(self, name: str) -> list[Entry]:
        """Every paragraph's line: what is entered of it, or nothing."""
        row = self.place[name]
        entered = {entry.n: entry for entry in self.decided.ledgers[row]}
        subject = self.decided.origins.subjects[row]
        return [entered.get(p.n, Entry(p.n)) for p in paragraphs_in(subject)]

    def source(self, name: str) -> str:
        """The article that this one is derived from, or nothing."""
        row = self[name].derived_from
        return self.ids[row] if row >= 0 else ""

    def cluster(self, name: str) -> str:
        return self.ids[self.decided.clusters[self.place[name]]]

    def story(self, name: str) -> str:
        return self.ids[self.decided.stories[self.place[name]]]
