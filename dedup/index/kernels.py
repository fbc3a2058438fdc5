"""The compiled back end of the register: plain loops, equal to the NumPy back end bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

_THREE, _SEVEN, _ONE = np.uint64(3), np.uint64(7), np.uint64(1)
#: What a channel is more than its place in a key, as `dedup.index.sieve` has it.
_SHIFT = np.uint64(61)
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
def guess(held: NDArray[np.uint64], low: int, high: int, key: np.uint64) -> int:
    """Return about where a key stands among those of its channel, from row ``low`` to ``high``.

    Keys are spread evenly over all numbers, so that a key says about where it stands, and the one
    that stands there how far off that is (Peterson 1957).
    """
    size, part = high - low, key << _THREE
    place = low + min(int(part / _ALL * size), size - 1)
    there = held[place] << _THREE
    off = (part - there) / _ALL if part > there else -((there - part) / _ALL)
    return max(low, min(high - 1, place + int(off * size)))


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
def sieved(
    keys: NDArray[np.uint64],
    noted: tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.uint64]],
    left: NDArray[np.int64],
) -> int:
    """Fill in the numbers of the keys that may be there; return how many they are."""
    cells, begin, shifts = noted
    count = 0
    for number in range(len(keys)):
        channel = keys[number] >> _SHIFT
        cell = (keys[number] << _THREE) >> shifts[channel]
        left[count] = number
        byte = np.uint64(cells[begin[channel] + np.int64(cell >> _THREE)])
        count += int((byte >> (cell & _SEVEN)) & _ONE)
    return count


@kernel
def rows(
    keys: NDArray[np.uint64],
    sheet: tuple[NDArray[np.uint64], NDArray[np.uint32], NDArray[np.int64]],
    noted: tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.uint64]],
    found: NDArray[np.int64],
) -> int:
    """Fill in what `dedup.index.sheet.Sheet.rows` says of some keys; return of how many.

    Memory is slow, and each look at it waits for none of the others as long as nothing hangs on
    what it finds: all keys are sieved, then all are guessed, then each is looked for.

    Args:
        keys: of one channel or of several.
        sheet: its keys, the first row of each, and where those of each channel begin.
        noted: its sieve.
        found: the number of a key, its first row, how many rows it has.

    """
    held, first, bounds = sheet
    left = sieved(keys, noted, found[0])
    for place in range(left):
        key = keys[found[0, place]]
        channel = key >> _SHIFT
        found[1, place] = guess(held, bounds[channel], bounds[channel + _ONE], key)
    for place in range(left):
        found[2, place] = np.int64(held[found[1, place]])  # it is near when it is looked at
    count = 0
    for place in range(left):
        key = keys[found[0, place]]
        row = first_of(held, found[1, place], key)
        found[0, count], found[1, count] = found[0, place], row
        count += int(row < len(held) and held[row] == key)
    for place in range(count):
        row = found[1, place]
        found[1, place] = np.int64(first[row])
        found[2, place] = np.int64(first[row + 1]) - found[1, place]
    return count


@kernel
def held(
    keys: NDArray[np.uint64],
    sheet: tuple[NDArray[np.uint64], NDArray[np.int64]],
    noted: tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.uint64]],
    known: NDArray[np.bool_],
) -> None:
    """Note which keys stand on a sheet, given by its keys and where those of each channel begin."""
    there, bounds = sheet
    cells, begin, shifts = noted
    for number in range(len(keys)):
        key = keys[number]
        channel = key >> _SHIFT
        cell = (key << _THREE) >> shifts[channel]
        byte = np.uint64(cells[begin[channel] + np.int64(cell >> _THREE)])
        if (byte >> (cell & _SEVEN)) & _ONE:
            row = first_of(there, guess(there, bounds[channel], bounds[channel + _ONE], key), key)
            known[number] |= row < len(there) and there[row] == key


@kernel
def note(
    keys: NDArray[np.uint64],
    shifts: NDArray[np.uint64],
    begin: NDArray[np.int64],
    cells: NDArray[np.uint8],
) -> None:
    """Note some keys in a sieve that was cleared before (`dedup.index.sieve.Sieve`)."""
    for place in range(len(keys)):
        channel = keys[place] >> _SHIFT
        cell = (keys[place] << _THREE) >> shifts[channel]
        cells[begin[channel] + np.int64(cell >> _THREE)] |= np.uint8(_ONE << (cell & _SEVEN))


@kernel
def earliest(
    runs: tuple[NDArray[np.int64], NDArray[np.int64]],
    place: NDArray[np.uint32],
    alive: NDArray[np.bool_],
    found: NDArray[np.int64],
) -> None:
    """Fill in what `dedup.index.sheet.Sheet.earliest` says of some runs of rows."""
    first, sizes = runs
    for run in range(len(first)):
        found[0, run], found[1, run] = 0, -1
        for row in range(first[run], first[run] + sizes[run]):
            if alive[place[row]]:
                found[0, run] += 1
                if found[1, run] < 0:
                    found[1, run] = place[row]


@kernel
def least(keys: NDArray[np.uint64], at: NDArray[np.int64], end: NDArray[np.int64]) -> int:
    """Return the sheet whose next key is the least, -1 where none has any more."""
    chosen = -1
    for part in range(len(at)):
        if at[part] < end[part] and (chosen < 0 or keys[at[part]] < keys[at[chosen]]):
            chosen = part
    return chosen


@kernel
def interleaved(
    place: NDArray[np.uint32],
    rows: NDArray[np.int64],
    gone: np.uint32,
    out: NDArray[np.uint32],
    count: int,
) -> int:
    """Put ascending rows of several sheets in one order, from ``count`` on; return where they end.

    Who is ``gone`` is left out; ``rows`` are where those of each sheet begin and end.
    """
    while True:
        first, chosen = gone, -1
        for part in range(len(rows)):
            while rows[part, 0] < rows[part, 1] and place[rows[part, 0]] == gone:
                rows[part, 0] += 1
            if rows[part, 0] < rows[part, 1] and place[rows[part, 0]] < first:
                first, chosen = place[rows[part, 0]], part
        if chosen < 0:
            return count
        out[count] = first
        count += 1
        rows[chosen, 0] += 1


@kernel
def together(
    sheets: tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.uint32]],
    begin: NDArray[np.int64],
    gone: np.uint32,
    out: tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.uint32]],
) -> tuple[int, int]:
    """Merge the keys of several sheets, which stand one after the other.

    Args:
        sheets: the keys of all, the first row of each, and who stands in each row.
        begin: where the keys of each sheet begin, and where the last one's end.
        gone: stands for who is there no longer.
        out: the keys, how many rows each has, and who stands in each.

    Returns:
        How many keys there are, and how many rows.

    """
    keys, first, place = sheets
    at, end = begin[:-1].copy(), begin[1:]
    rows = np.zeros((len(at), 2), np.int64)
    count = found = 0
    while True:
        chosen = least(keys, at, end)
        if chosen < 0:
            return count, found
        key = keys[at[chosen]]
        for part in range(len(at)):
            own = at[part] < end[part] and keys[at[part]] == key
            rows[part, 0] = first[at[part]] if own else 0
            rows[part, 1] = first[at[part] + 1] if own else 0
            at[part] += own
        before = found
        found = interleaved(place, rows, gone, out[2], before)
        out[0][count], out[1][count] = key, found - before
        count += found > before
