"""Paragraphs that an outlet sets whole into articles on different things.

A reporter who takes up what he wrote before works it into the new story: into a sentence, beside
others, with something changed. What stands in two articles as whole paragraphs, word for word,
while the articles tell of different things and share nothing else, was put there by the page: a
word on its newsletter, its series, how its news is checked, a link to another story.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from dedup.pipeline.comparing import Comparer
from dedup.records import FURNITURE
from dedup.verify import Uniqueness, common_runs, seeds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.pipeline.corpus import Corpus
    from dedup.verdict import Match
    from dedup.verify import Reading

#: So large a share of the words of the paragraphs that a passage touches must be common.
FILLED = 0.8


def inserts(corpus: Corpus, house: Sequence[Match]) -> set[Match]:
    """Return which matches between articles of one outlet are paragraphs set into both.

    Args:
        corpus: the articles.
        house: the matches between articles of one outlet that share little in all.

    """
    pairs: dict[tuple[int, int], list[Match]] = defaultdict(list)
    for match in house:
        pairs[match.article, match.other].append(match)
    comparer = Comparer(corpus)
    out: set[Match] = set()
    for (article, other), matches in pairs.items():
        places = [
            (_paragraphs(corpus, article, m[2:4]), _paragraphs(corpus, other, m[4:6]))
            for m in matches
        ]
        if not all(
            _spans(m[2:4], here) and _spans(m[4:6], there)
            for m, (here, there) in zip(matches, places, strict=True)
        ):
            continue
        a, b = comparer.reading(article), comparer.reading(other)
        shared = Uniqueness(a, b, seeds(a, b))
        if shared.unlike and all(_filled(shared, here, there) for here, there in places):
            out.update(matches)
    return out


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
