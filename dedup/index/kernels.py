"""The compiled back end of the register: plain loops, equal to the NumPy back end bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

_THREE, _SEVEN, _ONE = np.uint64(3), np.uint64(7), np.uint64(1)


@kernel
def bound(held: NDArray[np.uint64], low: int, high: int, key: np.uint64) -> int:
    """Return the first row from ``low`` to ``high`` whose key is no less than ``key``."""
    while low < high:
        middle = (low + high) // 2
        if held[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def rows(
    keys: NDArray[np.uint64],
    held: NDArray[np.uint64],
    noted: tuple[NDArray[np.uint8], np.uint64],
    found: NDArray[np.int64],
) -> int:
    """Fill in what `dedup.index.sheet.Sheet.rows` says of some keys; return of how many."""
    sieve, shift = noted
    count = 0
    for number in range(len(keys)):
        key = keys[number]
        cell = key >> shift
        if not (np.uint64(sieve[cell >> _THREE]) >> (cell & _SEVEN)) & _ONE:
            continue
        first = bound(held, 0, len(held), key)
        if first == len(held) or held[first] != key:
            continue
        step = 1
        while first + step < len(held) and held[first + step] == key:
            step *= 2
        end = min(first + step, len(held))
        found[0, count], found[1, count] = number, first
        found[2, count] = bound(held, first + step // 2, end, key + _ONE) - first
        count += 1
    return count
