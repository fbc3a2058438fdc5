"""Stories: how many independent origins the articles on one event really have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Direction, Label, SignKind
from dedup.verdict.origins import NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.verdict.articles import Finding
    from dedup.verdict.origins import Origins


class Story(NamedTuple):
    """One event's articles, by the contract's columns; ``first`` is an article's place or -1."""

    articles: tuple[int, ...]
    outlets: int
    origins: int
    unknown_origins: int
    agencies: tuple[str, ...]
    wire_in_corpus: bool
    first: int


def story(members: Sequence[int], origins: Origins, findings: Sequence[Finding]) -> Story:
    """Count the roots of a story's articles: agencies, first copies, own reporting."""
    subjects = origins.subjects
    roots: set[tuple[str, str]] = set()
    unknown = 0
    for article in members:
        found = _roots(article, origins, findings[article])
        roots |= found
        unknown += not found
    dated = [row for row in members if subjects[row].when is not None]
    return Story(
        articles=tuple(members),
        outlets=len({subjects[row].outlet or subjects[row].id for row in members}),
        origins=len(roots),
        unknown_origins=unknown,
        agencies=tuple(sorted({a for row in members for a in findings[row].agencies})),
        wire_in_corpus=any(subjects[row].agency for row in members),
        first=min(
            dated,
            key=lambda row: (subjects[row].when, subjects[row].id),
            default=NONE,
        ),
    )


def _roots(article: int, origins: Origins, finding: Finding) -> set[tuple[str, str]]:
    """Where one article really comes from; empty where that is not known."""
    subject = origins.subjects[article]
    if subject.agency:
        return {("agency", subject.agency)}
    roots = {("agency", agency) for agency, _ in finding.agency_words}
    if finding.label in {Label.WIRE_COPY, Label.REWRITTEN_WIRE}:
        roots |= {("agency", agency) for agency in subject.article_credits()}
        roots |= set() if roots else {("agency", agency) for agency in finding.credited}
    roots |= {_root(first, origins) for first in _firsts(article, origins)}
    own = subject.has(SignKind.OWN_REPORTING)
    if finding.label is Label.ORIGINAL or (finding.label is Label.MIXED and own):
        roots.add(("article", subject.id))
    return roots


def _root(article: int, origins: Origins) -> tuple[str, str]:
    """An article as a root: the agency whose own it is, else itself."""
    subject = origins.subjects[article]
    return ("agency", subject.agency) if subject.agency else ("article", subject.id)


def _firsts(article: int, origins: Origins) -> set[int]:
    """The first articles of the chains by which an article has what goes back to no agency."""
    seen, todo, out = {article}, [article], set()
    while todo:
        row = todo.pop()
        origin, rows = origins.of(row), origins.taken[row]
        plain = origin.match[(origin.match != NONE) & (origin.agency == NONE)]
        sources = {
            rows[place].other
            for place in set(plain.tolist())
            if rows[place].direction is Direction.FROM
        }
        if not sources and row != article:
            out.add(row)
        todo.extend(sources - seen)
        seen |= sources
    return out
