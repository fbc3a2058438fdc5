"""The compiled back end of word vectors: plain loops, equal to the NumPy back end bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray


@kernel
def number(
    words: NDArray[np.uint64],
    bits: int,
    holder: NDArray[np.uint64],
    name: NDArray[np.int32],
    column: NDArray[np.int32],
) -> int:
    """Number the distinct words as they come, and return how many; -1 where they are too many.

    ``holder`` are the words of an open-addressing table of ``2**bits`` slots, ``name`` their
    numbers, -1 where a slot is free. A word is looked for from its leading bits on.
    """
    shift, mask = np.uint64(64 - bits), (1 << bits) - 1
    distinct = 0
    for place in range(len(words)):
        word = words[place]
        slot = np.int64(word >> shift)
        while name[slot] >= 0 and holder[slot] != word:
            slot = (slot + 1) & mask
        if name[slot] < 0:
            if 2 * distinct > mask:
                return -1
            holder[slot] = word
            name[slot] = distinct
            distinct += 1
        column[place] = name[slot]
    return distinct


@kernel
def count(
    column: NDArray[np.int32],
    indptr: NDArray[np.int64],
    seen: NDArray[np.int32],
    times: NDArray[np.float64],
    bounds: NDArray[np.int64],
) -> int:
    """Leave of the columns of each run the distinct ones, and fill in how often they came.

    Returns how many are left in all; ``bounds`` is where those of each run begin, ``seen`` a zero
    for each column.
    """
    found = 0
    for run in range(len(indptr) - 1):
        first = found
        for place in range(indptr[run], indptr[run + 1]):
            one = column[place]
            column[found] = one
            found += seen[one] == 0
            seen[one] += 1
        for place in range(first, found):
            times[place] = seen[column[place]]
            seen[column[place]] = 0
        bounds[run + 1] = found
    return found


@kernel
def dot(
    indptr: NDArray[np.int32],
    indices: NDArray[np.int32],
    data: NDArray[np.float64],
    pairs: tuple[NDArray[np.int32], NDArray[np.int32]],
    row: NDArray[np.float64],
    product: NDArray[np.float64],
) -> None:
    """Fill in the inner product of each two rows of a matrix, added up by ascending column.

    ``row`` is a zero for each column; it becomes the left row while pairs share it.
    """
    left, right = pairs
    for pair in range(len(left)):
        if pair == 0 or left[pair] != left[pair - 1]:
            if pair > 0:
                for i in range(indptr[left[pair - 1]], indptr[left[pair - 1] + 1]):
                    row[indices[i]] = 0.0
            for i in range(indptr[left[pair]], indptr[left[pair] + 1]):
                row[indices[i]] = data[i]
        total = 0.0
        for i in range(indptr[right[pair]], indptr[right[pair] + 1]):
            total += row[indices[i]] * data[i]
        product[pair] = total
