"""The compiled back end of the register: plain loops, equal to the NumPy back end bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

_THREE, _SEVEN, _ONE = np.uint64(3), np.uint64(7), np.uint64(1)
#: One past the greatest key; rows by which a guess that was mended is mostly off.
_ALL, _OFF = 2.0**64, 32


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
def guess(held: NDArray[np.uint64], key: np.uint64) -> int:
    """Return about where a key stands.

    Keys are spread evenly over all numbers, so that a key says about where it stands, and the one
    that stands there how far off that is (Peterson 1957).
    """
    size = len(held)
    place = min(int(key / _ALL * size), size - 1)
    off = (key - held[place]) / _ALL if key > held[place] else -((held[place] - key) / _ALL)
    return max(0, min(size - 1, place + int(off * size)))


@kernel
def first_of(held: NDArray[np.uint64], place: int, key: np.uint64) -> int:
    """Return the first row whose key is no less than ``key``, which stands about at a place.

    Of a mapped file a page is looked at, or two, and not one for each halving.
    """
    low, high, step = place, place, _OFF
    while low > 0 and held[low] >= key:
        low = max(0, low - step)
        step *= 2
    step = _OFF
    while high < len(held) and held[high] < key:
        high = min(len(held), high + step)
        step *= 2
    return bound(held, low, high, key)


@kernel
def rows(
    keys: NDArray[np.uint64],
    held: NDArray[np.uint64],
    noted: tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.uint64]],
    found: NDArray[np.int64],
) -> int:
    """Fill in what `dedup.index.sheet.Sheet.rows` says of some keys; return of how many.

    Memory is slow, and each look at it waits for none of the others as long as nothing hangs on
    what it finds: all keys are sieved, then all are guessed, then each is looked for.
    """
    cells, begin, shifts = noted
    left = 0
    for number in range(len(keys)):
        channel = keys[number] & _SEVEN
        cell = keys[number] >> shifts[channel]
        found[0, left] = number
        byte = np.uint64(cells[begin[channel] + np.int64(cell >> _THREE)])
        left += int((byte >> (cell & _SEVEN)) & _ONE)
    for place in range(left):
        found[1, place] = guess(held, keys[found[0, place]])
    for place in range(left):
        found[2, place] = np.int64(held[found[1, place]])  # it is near when it is looked at
    count = 0
    for place in range(left):
        number = found[0, place]
        key = keys[number]
        first = first_of(held, found[1, place], key)
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


@kernel
def note(
    keys: NDArray[np.uint64],
    shifts: NDArray[np.uint64],
    begin: NDArray[np.int64],
    cells: NDArray[np.uint8],
) -> None:
    """Note some keys in a sieve that was cleared before (`dedup.index.sieve.Sieve`)."""
    for place in range(len(keys)):
        channel = keys[place] & _SEVEN
        cell = keys[place] >> shifts[channel]
        cells[begin[channel] + np.int64(cell >> _THREE)] |= np.uint8(_ONE << (cell & _SEVEN))


@kernel
def earliest(
    runs: tuple[NDArray[np.int64], NDArray[np.int64]],
    place: NDArray[np.uint32],
    alive: NDArray[np.bool_],
    when: NDArray[np.float64],
    found: NDArray[np.int64],
) -> None:
    """Fill in what `dedup.index.sheet.Sheet.earliest` says of some runs of rows."""
    first, sizes = runs
    for run in range(len(first)):
        found[0, run], found[1, run] = 0, -1
        for row in range(first[run], first[run] + sizes[run]):
            own = place[row]
            if alive[own]:
                found[0, run] += 1
                if found[1, run] < 0 or when[own] < when[found[1, run]]:
                    found[1, run] = own
