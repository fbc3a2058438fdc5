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
    by_key,
    changes,
    keep,
    link,
    pack,
    pointers,
    ranges,
    runs,
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
        ends = bounds[1:][np.diff(bounds) > 0] - 1
        following[ends] = _NONE
        following |= _ONE
        following *= own
        upto = np.zeros(len(own) + 1, np.uint64)
        np.cumsum(following, out=upto[1:])
        total[items] = np.diff(upto[bounds])
    return total


def group(total: NDArray[np.uint64], article: NDArray[np.int32]) -> Groups:
    """Group items by the sums of their shingles.

    Args:
        total: what `totals` says of each item.
        article: the article of each item, ascending.

    """
    if len(total) == 0:
        return Groups(np.empty(0, np.int64), np.zeros(1, np.int64), article)
    place = by_key(total)
    begin = np.flatnonzero(changes(total[place]))
    leader = place[begin]
    leads = np.zeros(len(total), bool)
    leads[leader] = True
    number = np.empty(len(total), np.int64)
    number[place] = np.repeat(np.cumsum(leads)[leader] - 1, np.diff(begin, append=len(place)))
    by_group = np.argsort(number, kind="stable")
    number, holder = number[by_group], article[by_group]
    distinct = changes(number) | changes(holder)
    sizes = np.bincount(number[distinct], minlength=len(leader))
    return Groups(np.flatnonzero(leads), pointers(sizes), holder[distinct])


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
