"""Stories: how many independent origins the articles on one event really have."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Label, SignKind
from dedup.verdict.origins import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dedup.verdict.articles import Finding
    from dedup.verdict.origins import Origins
    from dedup.verdict.subject import Subject


_WIRE = frozenset({Label.WIRE_COPY, Label.REWRITTEN_WIRE})


class Story(NamedTuple):
    """One event's articles, by the contract's columns; ``first`` is an article's place or -1."""

    articles: tuple[int, ...]
    outlets: int
    origins: int
    unknown_origins: int
    agencies: tuple[str, ...]
    wire_in_corpus: bool
    first: int


def stories(
    events: Iterable[Sequence[int]], origins: Origins, findings: Sequence[Finding]
) -> list[Story]:
    """Count the roots of the articles on each event: agencies, first copies, own reporting."""
    firsts = _firsts(findings)
    return [_story(members, origins, findings, firsts) for members in events]


def _story(
    members: Sequence[int],
    origins: Origins,
    findings: Sequence[Finding],
    firsts: Mapping[int, Iterable[int]],
) -> Story:
    """Count the roots of the articles on one event."""
    roots: set[tuple[str, str]] = set()
    outlets: set[str] = set()
    agencies: set[str] = set()
    unknown = 0
    for article in members:
        subject, finding = origins.subjects[article], findings[article]
        found = _roots(subject, origins, finding, firsts.get(article, ()))
        roots |= found
        unknown += not found
        outlets.add(subject.outlet or subject.id)
        agencies.update(finding.agencies)
    return Story(
        articles=tuple(members),
        outlets=len(outlets),
        origins=len(roots),
        unknown_origins=unknown,
        agencies=tuple(sorted(agencies)),
        wire_in_corpus=any(origins.subjects[row].agency for row in members),
        first=_earliest(members, origins.subjects),
    )


def _earliest(members: Sequence[int], subjects: Sequence[Subject]) -> int:
    """The first of the articles whose time is known, or -1."""
    dated = [row for row in members if subjects[row].when is not None]
    return min(dated, key=lambda row: (subjects[row].when, subjects[row].id), default=NONE)


def _roots(
    subject: Subject, origins: Origins, finding: Finding, firsts: Iterable[int]
) -> set[tuple[str, str]]:
    """Where one article really comes from; empty where that is not known."""
    if subject.agency:
        return {("agency", subject.agency)}
    roots = {("agency", agency) for agency, _ in finding.agency_words}
    if finding.label in _WIRE:
        roots |= {("agency", agency) for agency in subject.article_credits}
        roots |= set() if roots else {("agency", agency) for agency in finding.credited}
    roots |= {_root(first, origins) for first in firsts}
    own = finding.label is Label.MIXED and subject.has(SignKind.OWN_REPORTING)
    if own or finding.label is Label.ORIGINAL:
        roots.add(("article", subject.id))
    return roots


def _root(article: int, origins: Origins) -> tuple[str, str]:
    """An article as a root: the agency whose own it is, else itself."""
    subject = origins.subjects[article]
    return ("agency", subject.agency) if subject.agency else ("article", subject.id)


def _firsts(findings: Sequence[Finding]) -> dict[int, set[int]]:
    """The first articles of the chains by which each one has what goes back to no agency.

    A first one hands itself down to those that took from it, and they to those that took from them.
    """
    takers: dict[int, list[int]] = defaultdict(list)
    later = set()
    for article, finding in enumerate(findings):
        for source in finding.plain:
            takers[source].append(article)
            later.add(article)
    firsts: dict[int, set[int]] = defaultdict(set)
    for first in takers.keys() - later:
        todo = [first]
        while todo:
            for taker in takers.get(todo.pop(), ()):
                if first not in firsts[taker]:
                    firsts[taker].add(first)
                    todo.append(taker)
    return firsts
