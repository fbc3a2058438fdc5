"""Keys as the register has them: spread evenly over all numbers, those of one channel together."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from dedup.index.sieve import BITS, SHIFT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Numbers = NDArray[np.int64]
    #: Of some keys their numbers, the first row of each, and how many rows it has.
    Rows = tuple[Numbers, Numbers, Numbers]

#: What spreads keys over all numbers.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def name_keys(names: Sequence[bytes]) -> Keys:
    """Give the keys of some ids."""
    hashes = b"".join(blake2b(name, digest_size=8).digest() for name in names)
    return np.frombuffer(hashes, "<u8").astype(np.uint64)


def mixed(channel: int, keys: Keys) -> Keys:
    """Spread the keys of a channel over all numbers; the first bits name the channel."""
    spread: Keys = (keys * _SPREAD) >> BITS | np.uint64(channel) << SHIFT
    return spread


def in_order(channel: int, keys: Keys) -> tuple[Keys, Numbers]:
    """Give keys as a sheet has them, in its order, so that it is read once from end to end."""
    spread = mixed(channel, keys)
    order = np.argsort(spread)
    return spread[order], order


def added(rows: Sequence[Rows], keys: int) -> Numbers:
    """Add up how many rows some keys have on all sheets."""
    total = np.zeros(keys, np.int64)
    for key, _, size in rows:
        total[key] += size
    return total


def of_keys(rows: Sequence[Rows], chosen: NDArray[np.bool_]) -> list[Rows]:
    """Give the rows of some keys."""
    own = ((one, np.flatnonzero(chosen[one[0]])) for one in rows)
    return [(key[of], first[of], size[of]) for (key, first, size), of in own]
