"""The ledger: for each paragraph, how it was reused, from where, and whether that is credited."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.records import FURNITURE, Kind, Reuse, Scope
from dedup.verdict.origins import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.records import Paragraph
    from dedup.verdict.origins import Origins
    from dedup.verdict.subject import Match, Subject

#: A paragraph is said to be reused from this share of its words on, or this many words.
SHARE, WORDS = 1 / 3, 20


_CLOSEST = (Reuse.VERBATIM, Reuse.EDITED, Reuse.PARAPHRASE)


class Entry(NamedTuple):
    """One paragraph's line in the ledger; ``source`` is -1 where it took nothing."""

    paragraph: Paragraph
    words: int
    reuse: str
    source: int
    source_n: int
    score: float
    direction: str
    agencies: tuple[str, ...]
    credit: str


def ledger(origins: Origins, article: int, *, covered: bool) -> Iterator[Entry]:
    """Yield an article's paragraphs in order.

    Args:
        origins: where the words of the corpus go back to.
        article: the article's place.
        covered: whether an article-level credit names an agency.

    """
    subject = origins.subjects[article]
    named: dict[int, set[str]] = {}
    for row in subject.credits.attributions:
        if row.n and row.agency and row.is_agency and row.kind is not Kind.PHOTO:
            named.setdefault(row.n, set()).add(row.agency)
    quiet = not origins.taken[article] and not origins.given[article]
    attributed = {row.n for row in subject.credits.attributions if row.scope is not Scope.ARTICLE}
    ends = np.searchsorted(subject.at, [(p.start, p.end) for p in subject.paragraphs])
    for paragraph, (first, last) in zip(subject.paragraphs, ends.tolist(), strict=True):
        here = frozenset(named.get(paragraph.n, ()))
        match, agencies = (
            (None, here) if quiet else _reused(origins, article, paragraph, first, last)
        )
        agencies = agencies | here
        credit = ""
        if match is not None or agencies or paragraph.n in attributed:
            credit = "named" if here else "article" if covered else "none"
        yield Entry(
            paragraph,
            last - first,
            _closeness(match, paragraph) if match else "",
            match.other if match else NONE,
            _opposite(origins.subjects[match.other], match, paragraph) if match else 0,
            match.score if match else 0.0,
            match.direction if match else "",
            tuple(sorted(agencies)),
            credit,
        )


def _reused(
    origins: Origins, article: int, paragraph: Paragraph, first: int, last: int
) -> tuple[Match | None, frozenset[str]]:
    """The match that most of a paragraph's words were taken by, and the agencies they go to."""
    if paragraph.role in FURNITURE or first == last:
        return None, frozenset()
    origin = origins.of(article)
    codes = origin.agency[first:last]
    agencies = frozenset(origins.agencies[c] for c in np.unique(codes[codes >= 0]).tolist())
    rows = origin.match[first:last]
    taken = rows[rows != NONE]
    if len(taken) < min(WORDS, SHARE * (last - first)) or not len(taken):
        return None, agencies if len(codes[codes >= 0]) >= SHARE * (last - first) else frozenset()
    match = origins.taken[article][int(np.bincount(taken).argmax())]
    return match, agencies


def _closeness(match: Match, paragraph: Paragraph) -> Reuse:
    """How closely most of what a paragraph shares follows; of two alike, the closer."""
    anchors = sorted(match.anchors)
    ends = [here for here, _, _ in anchors[1:]] + [match.end]
    length: dict[Reuse, int] = {}
    for (here, _, kind), end in zip(anchors, ends, strict=True):
        inside = min(end, paragraph.end) - max(here, paragraph.start)
        if inside > 0:
            length[kind] = length.get(kind, 0) + inside
    return min(length, key=lambda kind: (-length[kind], _CLOSEST.index(kind)), default=match.kind)


def _opposite(source: Subject, match: Match, paragraph: Paragraph) -> int:
    """The number of the source's paragraph that a paragraph's passage begins in."""
    rows = sorted(match.anchors)
    inside = [there for here, there, _ in rows if paragraph.start <= here < paragraph.end]
    before = [there for here, there, _ in rows if here < paragraph.start]
    at = inside[0] if inside else before[-1] if before else match.other_start
    return next((p.n for p in source.paragraphs if p.start <= at < p.end), 0)
