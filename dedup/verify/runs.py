"""Common runs: where two articles use the same stems in the same order (seed and extend).

A seed is a stem 3-gram that both hold; seeds in step on one diagonal are one run. This is greedy
string tiling's raw material (Wise 1993; Clough et al. 2002 use it for news) without its marking:
a stretch that stands twice on one side is seen twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.compiling import pays
from dedup.verify.reading import COMMON, SEED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.verify.reading import Reading

_NONE = np.uint64(0)  #: stands past the last trigram


class Seeds(NamedTuple):
    """Positions of the shared 3-grams' first stems, ordered by diagonal and then by ``here``."""

    here: NDArray[np.int64]
    there: NDArray[np.int64]


class Runs(NamedTuple):
    """Maximal common runs: where each begins on either side, and its length in words."""

    here: NDArray[np.int64]
    there: NDArray[np.int64]
    length: NDArray[np.int64]


def seeds(a: Reading, b: Reading) -> Seeds:
    """Find the stem 3-grams that two articles share; O((n + m) log m)."""
    if pays(len(a) + len(b)):
        from dedup.verify import kernels

        return Seeds(*kernels.seeds(a.trigrams, b.trigrams))
    known, place = b.sorted_trigrams
    low = np.searchsorted(known, a.trigrams)
    held = np.flatnonzero(np.append(known, _NONE)[low] == a.trigrams)
    low = low[held]
    count = np.searchsorted(known, a.trigrams[held], side="right") - low
    count[count > COMMON] = 0
    here = np.repeat(held, count)
    nth = np.arange(len(here)) - np.repeat(np.cumsum(count) - count, count)
    there = place[np.repeat(low, count) + nth]
    order = np.lexsort((here, there - here))
    return Seeds(here[order], there[order])


def longest(found: Seeds) -> int:
    """How many words the longest common run has."""
    if pays(len(found.here)):
        from dedup.verify import run_kernels

        return run_kernels.longest((found.here, found.there), SEED)
    return int(runs(found).length.max(initial=0))


def runs(found: Seeds) -> Runs:
    """Join the seeds that follow each other on one diagonal."""
    here, there = found
    if len(here) == 0:
        return Runs(here, there, here)
    new = np.ones(len(here), bool)
    new[1:] = (np.diff(here) != 1) | (np.diff(there) != 1)
    first = np.flatnonzero(new)
    length = np.diff(np.append(first, len(here))) + SEED - 1
    return Runs(here[first], there[first], length)
