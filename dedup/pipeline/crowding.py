"""Passages that lie over one another: how many articles share a place in a text, and which best.

A text that thousands carry has thousands of passages over one place: none is compared with each.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.verdict import Match


class Place(NamedTuple):
    """Where an article has a passage, and which article shares it."""

    article: int
    start: int
    end: int
    other: int


def crowds(places: Sequence[Place]) -> NDArray[np.int64]:
    """Count, for each passage, the articles that share its middle with the one that has it."""
    if not places:
        return np.empty(0, np.int64)
    article, start, end, other = np.array(places, np.int64).T
    reach = int(end.max()) + 1
    # What one other article shares becomes stretches that do not lie over one another; each pair
    # of articles has a range of offsets of its own.
    pair = np.unique(article * (int(other.max()) + 1) + other, return_inverse=True)[1]
    order = np.argsort(pair * reach + start)
    base, home = (pair * reach)[order], (article * reach)[order]
    first, last = base + start[order], np.maximum.accumulate(base + end[order])
    edge = np.ones(len(order) + 1, bool)
    edge[1:-1] = first[1:] > last[:-1]
    opened = np.sort((first - base + home)[edge[:-1]])
    closed = np.sort((last - base + home)[edge[1:]])
    middle = article * reach + (start + end) // 2
    counts: NDArray[np.int64] = opened.searchsorted(middle, "right")
    counts -= closed.searchsorted(middle, "right")
    return counts


def best_there(matches: Sequence[Match], rank: Sequence[tuple[object, ...]]) -> list[int]:
    """For each passage of an article, the one of the least rank that covers its middle.

    Args:
        matches: as the article sees them.
        rank: what each is ranked by; of equals the first is the best.

    """
    opening = sorted(range(len(matches)), key=lambda row: matches[row].start, reverse=True)
    middle = [(match.start + match.end) // 2 for match in matches]
    found = list(range(len(matches)))
    open_: list[tuple[tuple[object, ...], int]] = []
    for row in sorted(found, key=middle.__getitem__):
        while opening and matches[opening[-1]].start <= middle[row]:
            begun = opening.pop()
            heappush(open_, (rank[begun], begun))
        while matches[open_[0][1]].end <= middle[row]:
            heappop(open_)
        found[row] = open_[0][1]
    return found
