"""The wording of a match: the longest string of words that both sides have, and who may hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup import text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.verify import Uniqueness

#: Words of a run; who holds a string of words holds its runs.
RUN = 6
#: Of a string of so many runs or more, one in four tells who holds it.
LONG, RATE = 64, 4


class Worded(NamedTuple):
    """The longest string of words that a match has on both sides.

    Attributes:
        long: how many words of the match stand in long runs.
        runs: the string's runs of words, or some of them.

    """

    long: int
    runs: NDArray[np.uint64]


def worded(pair: Uniqueness, here: tuple[int, int], there: tuple[int, int]) -> Worded:
    """Give the wording that two stretches share, each given by its offsets."""
    wording = pair.inside(here, there)
    first, size = wording.longest
    if size < RUN:
        return Worded(wording.long, np.empty(0, np.uint64))
    string = pair.a.word[first : first + size]
    runs = text.shingle(string, np.array([0, size]), RUN)
    runs = runs if len(runs.hash) < LONG else text.sample(runs, RATE)
    return Worded(wording.long, runs.hash)
