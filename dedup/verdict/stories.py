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
    if finding.label is Label.COPY or finding.shares.outlet > 0.0:
        roots |= {("article", origins.subjects[_first(article, origins)].id)}
    own = subject.has(SignKind.OWN_REPORTING)
    if finding.label is Label.ORIGINAL or (finding.label is Label.MIXED and own):
        roots.add(("article", subject.id))
    return roots


def _first(article: int, origins: Origins) -> int:
    """The first article of the chain that this one stands in."""
    seen = {article}
    while True:
        rows = [m for m in origins.taken[article] if m.direction is Direction.FROM]
        if not rows or rows[0].other in seen:
            return article
        article = rows[0].other
        seen.add(article)
