"""Which of very many hashes are among a few known ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Bits of a hash that say where to look first: few others have them.
_LOW_BITS = 24


def held(hashes: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Return the rows of the hashes that are among the known ones.

    Most are not, and show it by their low bits (Bloom 1970, with one hash function).
    """
    if not len(known):
        return np.empty(0, np.intp)
    mask = np.uint64((1 << _LOW_BITS) - 1)
    bitmap = np.zeros(1 << _LOW_BITS, bool)
    bitmap[known & mask] = True
    rows = np.flatnonzero(bitmap[hashes & mask])
    ordered, sought = np.sort(known), hashes[rows]
    place = np.minimum(np.searchsorted(ordered, sought), len(ordered) - 1)
    found: NDArray[np.intp] = rows[ordered[place] == sought]
    return found
