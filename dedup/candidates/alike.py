"""Items that a newcomer's are identical to or resemble, found by the bands of all others.

The groups in which a newcomer's items stand, and those that share a band with one of them, are put
in the order that they would have among all, so that every cap and star is what it would be there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates.buckets import changes, pointers, spans
from dedup.candidates.identical import Groups, group, totals
from dedup.candidates.lsh import band_keys
from dedup.candidates.pairs import DOCUMENT, KINDS, PARAGRAPH, article_items, paragraph_items
from dedup.candidates.posted import Posted, moved

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.candidates.pairs import Evidence

    Keys = NDArray[np.uint64]
    Places = NDArray[np.int32]

#: How the items of each kind are taken.
ITEMS = {DOCUMENT: article_items, PARAGRAPH: paragraph_items}
#: Where the number of a group stands below the name of a key.
NUMBER = np.uint64(0xFFFF_FFFF)


class Alike(NamedTuple):
    """Groups of identical items, and the groups that have each band of a signature."""

    total: Keys  #: of each group, sorted
    number: NDArray[np.int64]  #: of the group that has it
    groups: Groups
    bands: list[Posted]

    def names(self, totals_: Keys) -> NDArray[np.int64]:
        """Say what the groups of some items are called: by number, new ones by numbers to come."""
        size = len(self.total)
        fresh = size + np.arange(len(totals_))
        if not size:
            return fresh
        place = np.minimum(np.searchsorted(self.total, totals_), size - 1)
        return np.where(self.total[place] == totals_, self.number[place], fresh)

    def near(self, met: Places, own: NDArray[np.int64], rank: int) -> Near:
        """Bring in order the groups that a newcomer's items are of or meet.

        Args:
            met: what those are called that they meet.
            own: what those are called that they are of, in the order of its items.
            rank: the newcomer's place.

        """
        names = np.unique(np.append(met, own))
        old = names[names < len(self.total)]
        begin, end = self.groups.indptr[old], self.groups.indptr[old + 1]
        article = moved(self.groups.article[spans(begin, end - begin)], rank)
        holder = np.append(np.repeat(old, end - begin), own)
        article = np.append(article, np.full(len(own), rank, np.int32))
        order = np.lexsort((article, holder))
        holder, article = holder[order], article[order]
        once = changes(holder) | changes(article)
        holder, article = holder[once], article[once]
        starts = np.flatnonzero(changes(holder))
        within = names.copy()  # of one article, the groups stand in the order of their items
        within[np.searchsorted(names, own)] = np.arange(len(own))
        first = article[starts]
        within = np.where(first == rank, within, names)
        placed = np.lexsort((within, first))
        sizes = np.diff(np.append(starts, len(holder)))[placed]
        members = article[spans(starts[placed], sizes)].astype(np.int32)
        groups = Groups(np.arange(len(placed)), pointers(sizes), members)
        return Near(groups, names, np.argsort(placed), own)


class Near(NamedTuple):
    """The groups that a newcomer's items are of or meet, in the order of their firsts.

    Attributes:
        groups: with the newcomer in those that it is of.
        names: what each is called, sorted.
        number: its place among the groups.
        own: what those are called that the newcomer's items are of, in their order.

    """

    groups: Groups
    names: NDArray[np.int64]
    number: NDArray[np.int64]
    own: NDArray[np.int64]

    def bucketed(self, band: int, keys: Keys, place: NDArray[np.int64], met: Places) -> Keys:
        """Give the groups that have the newcomer's keys of one band, each above a key's name.

        Args:
            band: the band.
            keys: of the newcomer's items.
            place: of those that are met, the place of the key that they have.
            met: what these groups are called.

        """
        key = np.unique(keys, return_inverse=True)[1]
        names = np.append(met, self.own)
        number = self.number[np.searchsorted(self.names, names)].astype(np.uint64)
        named = np.append(key[place], key) + band * len(keys)
        bucketed: Keys = named.astype(np.uint64) << np.uint64(32) | number
        return bucketed


def alike(kind: int, evidence: Evidence) -> Alike:
    """Group the items of one kind, and post the bands of the groups."""
    items, chosen, article = ITEMS[kind](evidence)
    total = totals(items.words, items.indptr)[chosen]
    groups = group(total, article)
    total = total[groups.first]
    order = np.argsort(total, kind="stable")
    numbers = np.arange(len(total), dtype=np.int32)
    keys = band_keys(items, chosen[groups.first], KINDS[kind][1])
    return Alike(total[order], order, groups, [Posted.of(key, numbers) for key in keys])
