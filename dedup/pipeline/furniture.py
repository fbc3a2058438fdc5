"""Passages that an outlet repeats: found only when its articles lie side by side.

The learned boilerplate is whole paragraphs. What a site sets inside its paragraphs (headlines of
other stories run into a name, an author's note) shows as a passage that several of its articles
share while they share nothing else. Updates of one story share much, and are left alone.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dedup.pipeline.crowding import Place, crowds
from dedup.pipeline.inserts import inserts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from dedup.pipeline.comparing import Comparer, Found
    from dedup.verdict import Match, Subject

#: Articles that share less than this of the shorter one's words are not versions of one story.
UNLIKE = 0.3
#: A passage that stands in so many other articles of the outlet is furniture.
OTHERS = 2


def without_furniture(
    comparer: Comparer,
    described: Sequence[Subject],
    matches: Mapping[Match, Found],
) -> tuple[dict[Match, Found], int]:
    """Leave out what an outlet repeats in articles that are otherwise unlike.

    Args:
        comparer: lays out the articles.
        described: the articles, as they are judged.
        matches: what they share.

    Returns:
        The matches that remain, and how many were left out.

    """
    house = _of_one_outlet(described, matches)
    here = [Place(m.article, m.start, m.end, m.other) for m in house]
    there = [Place(m.other, m.other_start, m.other_end, m.article) for m in house]
    recurs = crowds(here + there) >= OTHERS
    repeated = (recurs[: len(house)] | recurs[len(house) :]).tolist()
    dropped = {match for match, known in zip(house, repeated, strict=True) if known}
    dropped |= inserts(comparer, [match for match in house if match not in dropped])
    return without(matches, dropped), len(dropped)


def without(matches: Mapping[Match, Found], dropped: AbstractSet[Match]) -> dict[Match, Found]:
    """Leave some matches out; mostly there are none, and a match is long to look up."""
    if not dropped:
        return dict(matches)
    return {match: item for match, item in matches.items() if match not in dropped}


def _of_one_outlet(described: Sequence[Subject], matches: Mapping[Match, Found]) -> list[Match]:
    """The matches between articles of one outlet that share little in all."""
    house = [
        match
        for match in matches
        if (outlet := described[match.article].outlet) and outlet == described[match.other].outlet
    ]
    shared = Counter[tuple[int, int]]()
    for match in house:
        shared[match.article, match.other] += match.words
    return [
        match
        for match in house
        if shared[match.article, match.other]
        < UNLIKE * min(described[match.article].words, described[match.other].words)
    ]
