"""Items with the same shingles: found first, so that one of them stands for all in what follows.

A paragraph that a hundred thousand articles carry costs one signature and a star of links
(docs/engine.md, "Identical items").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates.buckets import (
    Buckets,
    Links,
    changes,
    gather,
    keep,
    link,
    pack,
    pointers,
    ranges,
    runs,
    spans,
)
from dedup.compiling import pays

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.tables import Pointers, Words

_NONE, _ONE = np.uint64(0), np.uint64(1)

#: About as many words are worked on at a time: they stay in the second-level cache.
_WORDS = 1 << 15


class Groups(NamedTuple):
    """Groups of identical items, in the order of their first items.

    The articles that hold an item of group g are ``article[indptr[g]:indptr[g + 1]]``, ascending
    and distinct; ``first`` is the number of its first item.
    """

    first: NDArray[np.int64]
    indptr: NDArray[np.int64]
    article: NDArray[np.int32]


def totals(words: Words, indptr: Pointers) -> Words:
    """Return a number for each item, equal where items are identical.

    It adds up the products of each two words in a row, the other of which is made odd, and past the
    last word stands 0 (docs/engine.md, "Identical items").

    Args:
        words: the words of all items.
        indptr: where each item begins in them, and the last ends.

    """
    total = np.empty(len(indptr) - 1, np.uint64)
    if pays(len(words)):
        from dedup.candidates import kernels

        kernels.totals(words, indptr, total)
        return total
    for items in runs(indptr, _WORDS):
        own = words[indptr[items.start] : indptr[items.stop]]
        bounds = indptr[items.start : items.stop + 1] - indptr[items.start]
        following = np.zeros_like(own)
        following[:-1] = own[1:]
        filled = np.flatnonzero(np.diff(bounds))
        following[bounds[1:][filled] - 1] = _NONE
        following |= _ONE
        following *= own
        total[items] = _NONE
        if len(filled):
            total[items.start + filled] = np.add.reduceat(following, bounds[filled])
    return total


def group(total: NDArray[np.uint64], article: NDArray[np.int32]) -> Groups:
    """Group items by the sums of their shingles.

    Args:
        total: what `totals` says of each item.
        article: the article of each item, ascending.

    """
    alike, _ = gather(total, np.arange(len(total), dtype=np.int32))
    leader, sizes = alike.member[alike.indptr[:-1]], alike.sizes
    leads = np.ones(len(total), bool)
    leads[alike.member] = False
    leads[leader] = True
    first = np.flatnonzero(leads)
    order = np.argsort(leader)
    owner = np.repeat(leader[order], sizes[order])
    holder = article[alike.member[spans(alike.indptr[order], sizes[order])]]
    distinct = changes(owner) | changes(holder)
    held = np.bincount(np.searchsorted(first, owner[distinct]), minlength=len(first))
    indptr = pointers(np.maximum(held, 1))
    several = np.repeat(held > 0, np.diff(indptr))
    articles = np.empty(indptr[-1], np.int32)
    articles[several] = holder[distinct]
    articles[~several] = article[first[held == 0]]
    return Groups(first, indptr, articles)


def link_groups(groups: Groups, cap: int) -> Links:
    """Pair the articles of each group: all up to ``cap`` of them, beyond as a star."""
    buckets = Buckets(groups.indptr, groups.article)
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
