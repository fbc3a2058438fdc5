"""The wording of a match: the longest string of words that both sides have, and who may hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.verify import Uniqueness

#: Words of a run; who holds a string of words holds its runs.
RUN = 6
#: Of a string of so many runs or more, one in four tells who holds it.
LONG, RATE = 64, 4


class String(NamedTuple):
    """The longest string of words that a match has on both sides, and how many stand in long runs.

    Where it is too short for a run it is left out.
    """

    long: int
    words: NDArray[np.uint64]


class Worded(NamedTuple):
    """The wording of a match, by which others are asked for it.

    Attributes:
        long: how many words of the match stand in long runs.
        runs: the runs of words of its longest string, or some of them.

    """

    long: int
    runs: NDArray[np.uint64]


def string(pair: Uniqueness, here: tuple[int, int], there: tuple[int, int]) -> String:
    """Give the longest string of two stretches, each given by its offsets."""
    wording = pair.inside(here, there)
    first, size = wording.longest
    return String(wording.long, pair.a.word[first : first + size if size >= RUN else first])


def worded(strings: Sequence[String]) -> list[Worded]:
    """Cut strings into their runs, all at once."""
    words = [one.words for one in strings]
    indptr = np.cumsum([0, *map(len, words)])
    all_runs = text.shingle(np.concatenate([np.empty(0, np.uint64), *words]), indptr, RUN)
    some = text.sample(all_runs, RATE)
    out = []
    for row, one in enumerate(strings):
        chosen = all_runs if len(one.words) - RUN + 1 < LONG else some
        first, last = chosen.indptr[row : row + 2].tolist()
        out.append(Worded(one.long, chosen.hash[first:last]))
    return out
