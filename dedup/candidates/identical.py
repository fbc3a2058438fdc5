"""Items with the same shingles: found first, so that one of them stands for all in what follows.

A paragraph that a hundred thousand articles carry costs one signature and a star of links
(docs/engine.md, "Identical items").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates.buckets import Buckets, Links, keep, link, pack, pointers, ranges
from dedup.tables import ShingleTable

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Groups(NamedTuple):
    """Groups of identical items, in the order of their first items.

    The articles that hold an item of group g are ``article[indptr[g]:indptr[g + 1]]``, ascending
    and distinct; ``first`` is the number of its first item.
    """

    first: NDArray[np.int64]
    indptr: NDArray[np.int64]
    article: NDArray[np.int32]


def group(shingles: ShingleTable, items: NDArray[np.int64], article: NDArray[np.int32]) -> Groups:
    """Group items by their shingles, regardless of order.

    Args:
        shingles: the shingles of all items.
        items: which items take part, ascending, none without shingles.
        article: the article of each item, ascending.

    """
    if len(items) == 0:
        return Groups(items, pointers(items), article[:0])
    totals = np.add.reduceat(shingles.hash, shingles.indptr[:-1][np.diff(shingles.indptr) > 0])
    filled = np.cumsum(np.diff(shingles.indptr) > 0) - 1
    _, first, inverse = np.unique(totals[filled[items]], return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    number = rank[inverse]
    by_group = np.argsort(number, kind="stable")
    number, holder = number[by_group], article[items[by_group]]
    distinct = np.ones(len(number), bool)
    distinct[1:] = (number[1:] != number[:-1]) | (holder[1:] != holder[:-1])
    sizes = np.bincount(number[distinct], minlength=len(order))
    return Groups(items[first[order]], pointers(sizes), holder[distinct])


def link_groups(groups: Groups, cap: int) -> Links:
    """Pair the articles of each group: all up to ``cap`` of them, beyond as a star."""
    buckets = Buckets(groups.indptr, groups.article, np.arange(len(groups.article)))
    return link(keep(buckets, buckets.sizes > 1), cap)


def expand(groups: Groups, left: NDArray[np.int32], right: NDArray[np.int32], cap: int) -> Links:
    """Turn pairs of groups into pairs of articles.

    All articles of one group meet all of the other where that makes at most ``cap`` pairs; beyond,
    their first articles meet, to which their own groups tie the others. None meets itself.
    """
    sizes = np.diff(groups.indptr)
    many, few = sizes[left], sizes[right]
    makes = np.where(many * few <= cap, many * few, 1)
    pair, number = np.repeat(np.arange(len(left)), makes), ranges(makes)
    row, column = np.divmod(number, few[pair])
    one = groups.article[groups.indptr[left][pair] + row]
    other = groups.article[groups.indptr[right][pair] + column]
    dropped = int((many * few - makes).sum())
    return Links(pack(one, other)[one != other], dropped)


def select(shingles: ShingleTable, items: NDArray[np.int64]) -> ShingleTable:
    """Return the shingles of some items, which ascend."""
    sizes = np.diff(shingles.indptr)
    selected = np.zeros(len(sizes), bool)
    selected[items] = True
    return ShingleTable(
        indptr=pointers(sizes[items]), hash=shingles.hash[np.repeat(selected, sizes)]
    )
