"""Which keys a sheet may have: most that are sought and not there fall through (Bloom 1970).

A sieve is in parts, one for each channel that a key's first bits name: who asks of one channel, and
it is always one, looks at its part alone, which is small and soon near at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import pays
from dedup.spilling import column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]

#: Cells to each key, and the fewest.
_TO_EACH, _CELLS = 8, 64
#: The channels, the bits of a key that name one, and those below them.
CHANNELS, BITS = 8, np.uint64(3)
SHIFT = np.uint64(61)
#: Bytes from which a column of a sheet stands in a file while it is made.
SPILLED = 1 << 24
#: Keys that are noted at a time.
_AT_ONCE = 1 << 20


class Sieve:
    """Cells of all channels.

    Attributes:
        cells: a bit each.
        begin: in which byte those of each channel begin, the end of the last included.
        shifts: by how many bits a key of each channel is more than the number of its cell, what
            names the channel left out.

    """

    def __init__(self, cells: NDArray[np.uint8], begin: NDArray[np.int64]) -> None:
        self.cells, self.begin = cells, begin
        sizes = (8 * np.diff(begin)).tolist()
        self.shifts = np.array([65 - size.bit_length() for size in sizes], np.uint64)
        for column_of in (cells, begin):
            column_of.flags.writeable = False  # as in a file

    @classmethod
    def of(cls, keys: Keys) -> Sieve:
        """Note which leading bits some keys have."""
        counts = np.zeros(CHANNELS, np.int64)
        for at in range(0, len(keys), _AT_ONCE):
            channel = (keys[at : at + _AT_ONCE] >> SHIFT).astype(np.intp)
            counts += np.bincount(channel, minlength=CHANNELS)
        sizes = [max(_CELLS, 1 << (_TO_EACH * n).bit_length()) // 8 for n in counts.tolist()]
        begin = np.cumsum([0, *sizes])
        cells = column(int(begin[-1]), np.uint8, SPILLED)
        cells[:] = 0
        sieve = cls(cells[:], begin)
        if pays(len(keys)):
            from dedup.index import kernels

            kernels.note(keys, sieve.shifts, begin, cells)
            return sieve
        for at in range(0, len(keys), _AT_ONCE):
            byte, bit = sieve._cells(keys[at : at + _AT_ONCE])
            np.bitwise_or.at(cells, byte, bit)
        return sieve

    def passed(self, keys: Keys) -> NDArray[np.intp]:
        """Say which of some keys may be there."""
        byte, bit = self._cells(keys)
        return np.flatnonzero(self.cells[byte] & bit)

    def _cells(self, keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """Say in which byte the cells of some keys are, and which bit of it they are."""
        channel = (keys >> SHIFT).astype(np.intp)
        cell = ((keys << BITS) >> self.shifts[channel]).astype(np.int64)
        bit = np.left_shift(np.uint8(1), (cell & 7).astype(np.uint8))
        return self.begin[channel] + (cell >> 3), bit
