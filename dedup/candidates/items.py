"""The items that a channel compares, and their shingles, a block of items at a time.

The shingles of a corpus take as much memory as its words, and each is looked at once: made where
they are looked at, and thrown away, they take next to none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates.buckets import runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from dedup.tables import Pointers, Words

    Windows = Callable[[Words, Pointers, int], Words]

#: About as many words are made shingles of at a time.
_WORDS = 1 << 16


class Block(NamedTuple):
    """The shingles of some items.

    Attributes:
        first: the number of the first item.
        hash: a hash for each word of the items; the first of each item are its shingles.
        indptr: where the words of each item begin, and those of the last end.
        sizes: how many shingles each item has.

    """

    first: int
    hash: Words
    indptr: Pointers
    sizes: NDArray[np.int64]


class Items(NamedTuple):
    """Articles or paragraphs, one after the other, and how they are cut into shingles.

    Attributes:
        windows: hashes the runs of words of items, as `dedup.text.windows` does.
        words: the words of all items, ``[words]``.
        indptr: where each item begins in them, ``[items + 1]``.
        size: words in a shingle.

    """

    windows: Windows
    words: Words
    indptr: Pointers
    size: int

    def cuts(self) -> Iterator[slice]:
        """Yield runs of items whose shingles are made at a time."""
        return runs(self.indptr, _WORDS)

    def block(self, own: slice) -> Block:
        """Return the shingles of a run of items."""
        bounds = self.indptr[own.start : own.stop + 1]
        lengths = np.diff(bounds)
        sizes = np.maximum(lengths - (self.size - 1), np.minimum(lengths, 1))
        hashes = self.windows(self.words, bounds, self.size)
        return Block(own.start, hashes, bounds - bounds[0], sizes)

    def blocks(self) -> Iterator[Block]:
        """Yield the shingles of some items at a time, in order."""
        return map(self.block, self.cuts())
