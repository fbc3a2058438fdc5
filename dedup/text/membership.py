"""Which of very many hashes are among a few known ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import pays

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A sieve has so many cells at least; where it is to know many hashes, so many to each.
_CELLS, _TO_EACH = 1 << 24, 8


class Sieve:
    """Tells of most hashes that they are not among some known ones, by some of their bits.

    Of those that are it never says so (Bloom 1970).

    Args:
        known: the hashes, ``[known]``.

    """

    def __init__(self, known: NDArray[np.uint64]) -> None:
        cells = max(_CELLS, 1 << (_TO_EACH * len(known)).bit_length())
        self._compiled = pays(len(known))
        if self._compiled:
            from dedup.text import kernels

            self._noted = kernels.sieve_of(known, np.zeros(cells // 64 * 2, np.uint64))
        else:
            self._mask = np.uint64(cells - 1)
            self._seen = np.zeros(cells, bool)
            self._seen[known & self._mask] = True

    def may_hold(self, hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Return which hashes may be among the known ones."""
        if self._compiled:
            from dedup.text import kernels

            found = np.empty(len(hashes), bool)
            kernels.noted(hashes, self._noted, found)
            return found
        among: NDArray[np.bool_] = self._seen[hashes & self._mask]
        return among


def held(hashes: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Return the rows of the hashes that are among the known ones.

    Most on either side have no equal on the other, and a sieve of the other side shows it.
    """
    rows = np.flatnonzero(Sieve(known).may_hold(hashes))
    sought = hashes[rows]
    ordered = np.sort(known[Sieve(sought).may_hold(known)])
    if not len(ordered):
        return np.empty(0, np.intp)
    place = np.minimum(np.searchsorted(ordered, sought), len(ordered) - 1)
    found: NDArray[np.intp] = rows[ordered[place] == sought]
    return found
