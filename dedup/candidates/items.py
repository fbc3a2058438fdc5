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

    from dedup.tables import Pointers, ShingleTable, Words

#: About as many words are made shingles of at a time.
_WORDS = 1 << 16


class Items(NamedTuple):
    """Articles or paragraphs, one after the other, and how they are cut into shingles.

    Attributes:
        shingle: makes the shingles of items, as `dedup.text.shingle` does.
        words: the words of all items, ``[words]``.
        indptr: where each item begins in them, ``[items + 1]``.
        size: words in a shingle.

    """

    shingle: Callable[[Words, Pointers, int], ShingleTable]
    words: Words
    indptr: Pointers
    size: int

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Words of each item."""
        return np.diff(self.indptr)

    def blocks(self) -> Iterator[tuple[int, ShingleTable]]:
        """Yield the shingles of some items at a time, in order, and the first item's number."""
        for own in runs(self.indptr, _WORDS):
            bounds = self.indptr[own.start : own.stop + 1]
            yield own.start, self.shingle(self.words, bounds, self.size)
