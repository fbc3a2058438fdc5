"""The ledger: for each paragraph, how it was reused, from where, and whether that is credited."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Kind, Reuse, Scope
from dedup.verdict.origins import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedup.verdict.origins import Origins
    from dedup.verdict.subject import Match, Subject

#: A paragraph is said to be reused from this share of its words on, or this many words.
SHARE, WORDS = 1 / 3, 20


_CLOSEST = (Reuse.VERBATIM, Reuse.EDITED, Reuse.PARAPHRASE)


class Entry(NamedTuple):
    """What the ledger says of paragraph ``n``; ``source`` is -1 where it took nothing."""

    n: int
    reuse: str = ""
    source: int = NONE
    source_n: int = 0
    score: float = 0.0
    direction: str = ""
    agencies: tuple[str, ...] = ()
    credit: str = ""


def ledger(origins: Origins, article: int) -> list[Entry]:
    """Enter an article's paragraphs that took something or say where something comes from.

    Of the others there is nothing to say; what is entered stands in the order of the text.
    """
    subject = origins.subjects[article]
    taken, named = _taken(origins, article), _named(subject)
    told = {row.n for row in subject.credits.attributions if row.scope is not Scope.ARTICLE}
    entries = []
    for n in sorted((taken.keys() | named.keys() | told) - {0}):
        entry, here = taken.get(n, Entry(n)), named.get(n, set())
        credit = "named" if here else "article" if _covered(subject, entry) else "none"
        agencies = tuple(sorted(here.union(entry.agencies)))
        entries.append(Entry(*entry[:-2], agencies=agencies, credit=credit))
    return entries


def _covered(subject: Subject, entry: Entry) -> bool:
    """Whether a credit for the whole article says where a paragraph comes from."""
    credited = set(subject.article_credits)
    return bool(credited) and (not entry.agencies or not credited.isdisjoint(entry.agencies))


def _named(subject: Subject) -> dict[int, set[str]]:
    """The agencies that each paragraph names as sources, photo credits apart."""
    found: dict[int, set[str]] = defaultdict(set)
    for row in subject.credits.attributions:
        if row.n and row.agency and row.is_agency and row.kind is not Kind.PHOTO:
            found[row.n].add(row.agency)
    return found


def _taken(origins: Origins, article: int) -> dict[int, Entry]:
    """The paragraphs that took something, or go back to an agency though they took nothing."""
    subject, runs = origins.subjects[article], origins.of(article).runs
    if not runs:
        return {}
    words: dict[int, dict[tuple[int, int], int]] = defaultdict(dict)
    for run in runs:
        for place, inside in subject.across(run.first, run.last):
            known = words[place]
            known[run.match, run.agency] = known.get((run.match, run.agency), 0) + inside
    matches = {run.match: origins.taken[article][run.match] for run in runs if run.match != NONE}
    pieces = {row: _Pieces(match) for row, match in matches.items()}
    start, end, first, last = subject.outline()
    entries = {}
    for place, found in words.items():
        n, least = place + 1, SHARE * (last[place] - first[place])
        agencies = tuple({origins.agencies[code] for _, code in found if code >= 0})
        row = _most(found, min(WORDS, least))
        if row != NONE:
            match, there = matches[row], pieces[row].opposite(start[place], end[place])
            entries[n] = Entry(
                n,
                pieces[row].closeness(start[place], end[place]),
                match.other,
                origins.subjects[match.other].paragraph_at(there),
                match.score,
                match.direction,
                agencies,
            )
        elif sum([count for (_, code), count in found.items() if code >= 0]) >= least:
            entries[n] = Entry(n, agencies=agencies)
    return entries


def _most(words: Mapping[tuple[int, int], int], least: float) -> int:
    """The match that most of a paragraph's words were taken by, NONE where too few were."""
    taken: dict[int, int] = {}
    for (row, _), count in words.items():
        if row != NONE:
            taken[row] = taken.get(row, 0) + count
    if not taken or sum(taken.values()) < least:
        return NONE
    return min(taken, key=lambda row: (-taken[row], row))


def closely(match: Match) -> float:
    """The share of a match, by its length, that follows word for word."""
    pieces = _Pieces(match)
    same = sum(
        last - first
        for first, last, (_, _, kind) in zip(pieces.first, pieces.last, pieces.anchors, strict=True)
        if kind is Reuse.VERBATIM
    )
    return same / (match.end - match.start)


class _Pieces:
    """The pieces of a match, in the order of the text that took."""

    def __init__(self, match: Match) -> None:
        self.match = match
        self.anchors = sorted(match.anchors)
        self.first = [first for first, _, _ in self.anchors]
        self.last = [*self.first[1:], match.end]

    def closeness(self, start: int, end: int) -> Reuse:
        """How closely most of what a paragraph shares follows; of two alike, the closer."""
        length: dict[Reuse, int] = {}
        begun = max(0, bisect_right(self.first, start) - 1)
        for row in range(begun, bisect_left(self.first, end)):
            inside = min(self.last[row], end) - max(self.first[row], start)
            if inside > 0:
                kind = self.anchors[row][2]
                length[kind] = length.get(kind, 0) + inside
        return min(
            length,
            key=lambda kind: (-length[kind], _CLOSEST.index(kind)),
            default=self.match.kind,
        )

    def opposite(self, start: int, end: int) -> int:
        """Where the source has what a paragraph's passage begins with."""
        row = bisect_left(self.first, start)
        if row == len(self.first) or self.first[row] >= end:
            row -= 1
        return self.anchors[row][1] if row >= 0 else self.match.other_start
