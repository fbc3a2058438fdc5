"""The compiled back end of the sieve: a plain loop, equal to the NumPy back end bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.attribution.hashing import GRAM, HEAD, NEXT, SHIFT
from dedup.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Fours = NDArray[np.uint32]
    Bits = NDArray[np.uint8]


@kernel
def sift(
    fours: Fours,
    next_fours: Fours,
    grams: NDArray[np.bool_],
    heads: Bits,
    places: NDArray[np.int64],
    sets: Bits,
) -> int:
    """Note where eight letters may hold a head, and the bits of its sets; give how often.

    Four letters in a row come as one number, and so do the next four. The tables are those of
    `Sieve`; ``places`` and ``sets``, the results, have room for every place.
    """
    count = 0
    for place in range(len(fours)):
        if grams[np.uint32(fours[place] * GRAM) >> SHIFT]:
            head = np.uint32(fours[place] * HEAD)
            both = np.uint32(head + np.uint32(next_fours[place] * NEXT))
            held = heads[0, head >> SHIFT] | heads[1, both >> SHIFT]
            if held:
                places[count] = place
                sets[count] = held
                count += 1
    return count
