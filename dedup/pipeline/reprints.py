"""Crowds of articles that are all but the same: one text, reprinted by very many.

Every two of them are alike, and to lay each beside all its likes says nothing that its likest does
not say: the others are reached through it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.int32]

#: Two articles of which the longer holds this share in common runs are all but the same.
SAME = 0.9
#: Of over so many articles that are all but the same as one, so many before it are its sources.
CROWDS = ((20, 3), (200, 1))
LIMIT = "pairs of articles: all but the same in a crowd, others more so"


def outnumbered(
    left: Places, right: Places, covered: NDArray[np.int64], size: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which pairs may be left out, each article's likest before it being kept, ``[pairs]``.

    Args:
        left: the earlier article of each pair.
        right: the later one.
        covered: how many of its words stand in common runs.
        size: how many words each article has, ``[articles]``.

    """
    same = np.flatnonzero(covered >= SAME * np.maximum(size[left], size[right]))
    here, there = left[same], right[same]
    degree = np.bincount(here, minlength=len(size)) + np.bincount(there, minlength=len(size))
    crowd = np.maximum(degree[here], degree[there])
    order = np.lexsort((here, -covered[same], there))
    rank = np.empty(len(same), np.int64)
    rank[order] = np.arange(len(same)) - np.searchsorted(there[order], there[order])
    out = np.zeros(len(left), bool)
    for many, kept in CROWDS:
        out[same[(crowd > many) & (rank >= kept)]] = True
    return out
