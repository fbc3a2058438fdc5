"""Passages that an outlet repeats: found only when its articles lie side by side.

The learned boilerplate is whole paragraphs. What a site sets inside its paragraphs (headlines of
other stories run into a name, an author's note) shows as a passage that several of its articles
share while they share nothing else. Updates of one story share much, and are left alone.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.pipeline.comparing import Found
    from dedup.verdict import Match, Subject

#: Articles that share less than this of the shorter one's words are not versions of one story.
UNLIKE = 0.3
#: A passage that stands in so many other articles of the outlet is furniture.
OTHERS = 2


def without_furniture(
    described: Sequence[Subject], matches: Mapping[Match, Found]
) -> tuple[dict[Match, Found], int]:
    """Leave out what an outlet repeats in articles that are otherwise unlike.

    Returns:
        The matches that remain, and how many were left out.

    """
    house = _of_one_outlet(described, matches)
    places: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for match in house:
        places[match.article].append((match.start, match.end, match.other))
        places[match.other].append((match.other_start, match.other_end, match.article))
    arrays = {article: np.array(rows) for article, rows in places.items()}
    dropped = {
        match
        for match in house
        if _recurs(arrays[match.article], match.start, match.end)
        or _recurs(arrays[match.other], match.other_start, match.other_end)
    }
    return {m: item for m, item in matches.items() if m not in dropped}, len(dropped)


def _of_one_outlet(described: Sequence[Subject], matches: Mapping[Match, Found]) -> list[Match]:
    """The matches between articles of one outlet that share little in all."""
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for match in matches:
        shared[match.article, match.other] += match.words
    return [
        match
        for match in matches
        if (outlet := described[match.article].outlet)
        and outlet == described[match.other].outlet
        and shared[match.article, match.other]
        < UNLIKE * min(described[match.article].words, described[match.other].words)
    ]


def _recurs(places: NDArray[np.int64], start: int, end: int) -> bool:
    """Whether enough other articles share the middle of a stretch."""
    middle = (start + end) // 2
    inside = (places[:, 0] <= middle) & (middle < places[:, 1])
    return len(np.unique(places[inside, 2])) >= OTHERS
