"""Paragraphs that an outlet sets whole into articles on different things.

A reporter who takes up what he wrote before works it into the new story: into a sentence, beside
others, with something changed. What stands in two articles as whole paragraphs, word for word,
while the articles tell of different things and share nothing else, was put there by the page: a
word on its newsletter, its series, how its news is checked, a link to another story.

So was what comes again, word for word and as whole paragraphs, at the same place of an article that
is a week younger: a column's frame, a call for readers' letters. A reporter sets what he takes up
where the new story has use for it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from dedup.records import FURNITURE, Reuse
from dedup.times import lag_seconds
from dedup.verify import Uniqueness, common_runs, seeds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.pipeline.comparing import Comparer
    from dedup.pipeline.corpus import Corpus
    from dedup.verdict import Match
    from dedup.verify import Reading

#: So large a share of the words of the paragraphs that a passage touches must be common.
FILLED = 0.8
#: Seconds from one week's column to the next, a day less; and how far, as a share of an article,
#: the same place may lie from itself in articles of unlike length.
APART, SAME_PLACE = 6 * 86_400, 0.05


def inserts(comparer: Comparer, house: Sequence[Match]) -> set[Match]:
    """Return which matches between articles of one outlet are paragraphs set into both.

    Args:
        comparer: lays out the articles.
        house: the matches between articles of one outlet that share little in all.

    """
    pairs: dict[tuple[int, int], list[Match]] = defaultdict(list)
    for match in house:
        pairs[match.article, match.other].append(match)
    corpus = comparer.corpus
    out: set[Match] = set()
    for (article, other), matches in pairs.items():
        lag = lag_seconds(corpus.whens[article], corpus.whens[other])
        if lag is not None and abs(lag) >= APART:
            out.update(match for match in matches if _stands(corpus, match))
        if _set_in(comparer, matches):
            out.update(matches)
    return out


def _stands(corpus: Corpus, match: Match) -> bool:
    """Whether a match is whole paragraphs, word for word, at the same place of both articles."""
    sides = (match.article, match.start, match.end), (match.other, match[4], match[5])
    if match.kind is not Reuse.VERBATIM:
        return False
    here, there = (start / len(corpus.articles[row].text) for row, start, _ in sides)
    return abs(here - there) <= SAME_PLACE and all(_whole(corpus, *side) for side in sides)


def _whole(corpus: Corpus, article: int, start: int, end: int) -> bool:
    """Whether most of a passage are paragraphs of which it takes most."""
    whole = 0
    for p in corpus.paragraphs.of(article):
        inside = min(p.end, end) - max(p.start, start)
        whole += inside if inside >= FILLED * (p.end - p.start) else 0
    return whole >= FILLED * (end - start)


def _set_in(comparer: Comparer, matches: Sequence[Match]) -> bool:
    """Whether all that two articles share are paragraphs set whole into both."""
    corpus = comparer.corpus
    article, other = matches[0].article, matches[0].other
    places = [
        (_paragraphs(corpus, article, m[2:4]), _paragraphs(corpus, other, m[4:6])) for m in matches
    ]
    if not all(
        _spans(m[2:4], here) and _spans(m[4:6], there)
        for m, (here, there) in zip(matches, places, strict=True)
    ):
        return False
    a, b = comparer.reading(article), comparer.reading(other)
    shared = Uniqueness(a, b, seeds(a, b))
    return shared.unlike and all(_filled(shared, here, there) for here, there in places)


def _paragraphs(corpus: Corpus, article: int, passage: tuple[int, int]) -> tuple[int, int]:
    """Where the paragraphs begin and end that a passage touches and that tell the story."""
    start, end = passage
    touched = [
        p
        for p in corpus.paragraphs.of(article)
        if p.start < end and start < p.end and p.role not in FURNITURE
    ]
    return (touched[0].start, touched[-1].end) if touched else passage


def _spans(passage: tuple[int, int], paragraphs: tuple[int, int]) -> bool:
    """Whether a passage takes up most of its paragraphs."""
    return passage[1] - passage[0] >= FILLED * (paragraphs[1] - paragraphs[0])


def _filled(shared: Uniqueness, here: tuple[int, int], there: tuple[int, int]) -> bool:
    """Whether nearly all words of some paragraphs are common to both sides."""
    left, right = _rows(shared.a, here), _rows(shared.b, there)
    common = common_runs(shared.found, left, right, least=1)
    longer: int = max(left.stop - left.start, right.stop - right.start)
    return len(common.here) >= FILLED * longer


def _rows(reading: Reading, place: tuple[int, int]) -> slice:
    return slice(*np.searchsorted(reading.start, place).tolist())
