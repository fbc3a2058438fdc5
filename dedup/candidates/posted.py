"""Keys kept sorted: which items have a key is found without going through them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates.buckets import by_key, changes, spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Places = NDArray[np.int32]

_NONE = np.uint64(0)


class Posted(NamedTuple):
    """Which items have which key: sorted by key, the items of one ascending and distinct."""

    key: Keys
    item: Places

    @classmethod
    def of(cls, keys: Keys, items: Places) -> Posted:
        """Sort what each item has; the items come ascending."""
        order = by_key(keys)
        key, item = keys[order], items[order]
        once = changes(key) | changes(item)
        return cls(key[once], item[once])

    def find(self, keys: Keys, low: np.uint64 = _NONE) -> tuple[NDArray[np.int64], Places]:
        """Give the entries of some keys: the place of each one's key, and the item.

        Args:
            keys: what is sought.
            low: bits by which keys need not agree; those that are sought lack them.

        """
        first = np.searchsorted(self.key, keys)
        sizes = np.searchsorted(self.key, keys | low, side="right") - first
        rows = spans(first, sizes)
        return np.repeat(np.arange(len(keys)), sizes), self.item[rows]


def moved(places: Places, rank: int) -> Places:
    """Make room for a newcomer among the places of articles."""
    return places + (places >= rank).astype(np.int32)
