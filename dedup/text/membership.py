"""Which of very many hashes are among a few known ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import pays

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Bits of a hash that say where to look first: few others have them.
_LOW_BITS = 24


def held(hashes: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Return the rows of the hashes that are among the known ones.

    Most on either side have no equal on the other, and show it by some of their bits (Bloom 1970).
    """
    rows = np.flatnonzero(_may_be_among(known, hashes))
    ordered = np.sort(known[_may_be_among(hashes[rows], known)])
    if not len(ordered):
        return np.empty(0, np.intp)
    sought = hashes[rows]
    place = np.minimum(np.searchsorted(ordered, sought), len(ordered) - 1)
    found: NDArray[np.intp] = rows[ordered[place] == sought]
    return found


def _may_be_among(known: NDArray[np.uint64], hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return which hashes have the low bits of a known one, or are in its sieve."""
    if pays(len(known) + len(hashes)):
        from dedup.text import kernels

        noted = np.ones(len(hashes), bool)
        kernels.keep_noted(hashes, noted, kernels.sieve_of(known, np.ones(len(known), bool)))
        return noted
    mask = np.uint64((1 << _LOW_BITS) - 1)
    seen = np.zeros(1 << _LOW_BITS, bool)
    seen[known & mask] = True
    among: NDArray[np.bool_] = seen[hashes & mask]
    return among
