"""The compiled back end of verification: plain loops, equal to the NumPy back end bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import kernel
from dedup.verify.reading import COMMON, SEED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grams = NDArray[np.uint64]
    Places = NDArray[np.int32]

_FIBONACCI = np.uint64(0x9E3779B97F4A7C15)
_OTHER = np.uint64(0xC2B2AE3D27D4EB4F)
_HIGH = np.uint64(32)
_FIRST_ROWS = 1024
#: Slots for each item of a table: most that is looked up is not there, and then the first slot is
#: nearly always free.
_SPARE = 8


@kernel
def slots(items: int) -> int:
    """The slots of an open-addressing table for so many items: a power of two, most of it free."""
    size = 2
    while size < _SPARE * items:
        size *= 2
    return size


@kernel
def find(own: Grams, gram: np.uint64, table: Places) -> int:
    """The slot that holds a gram's first place in ``own``, or the free one that it would take."""
    mask = len(table) - 1
    slot = np.int64((gram * _FIBONACCI) >> _HIGH) & mask
    while table[slot] >= 0 and own[table[slot]] != gram:
        slot = (slot + 1) & mask
    return int(slot)


@kernel
def index(own: Grams, table: Places, following: Places, usual: NDArray[np.bool_]) -> None:
    """Chain the places of each gram of an article, least first.

    ``table`` takes each gram's first place, ``following`` the next place after each, -1 after the
    last; ``usual`` says which places hold a gram that is not too common to seed anything.
    """
    table[:] = -1
    usual[: len(own)] = True
    again = False
    for place in range(len(own) - 1, -1, -1):
        slot = find(own, own[place], table)
        again |= table[slot] >= 0
        following[place] = table[slot]
        table[slot] = place
    for first in range(len(own) if again else 0):
        if following[first] >= 0 and table[find(own, own[first], table)] == first:
            times, place = 0, first
            while place >= 0:
                times += 1
                place = following[place]
            place = first
            while times > COMMON and place >= 0:
                usual[place] = False
                place = following[place]


@kernel
def met(sought: Grams, table: Places, places: Places) -> int:
    """Fill in the places of the grams that may stand in a table, and return how many there are.

    There is no branch: most grams stand in no other article, and no processor can foresee which.
    """
    mask = np.uint64(len(table) - 1)
    found = 0
    for place in range(len(sought)):
        places[found] = place
        found += table[((sought[place] * _FIBONACCI) >> _HIGH) & mask] >= 0
    return found


@kernel
def seeds_from(own: Grams, sought: Grams, usual: NDArray[np.bool_], i: int, j: int) -> int:
    """How many seeds in step begin at two places."""
    run = 1
    while i + run < len(own) and j + run < len(sought):
        if own[i + run] != sought[j + run] or not usual[i + run]:
            break
        run += 1
    return run


@kernel
def runs_of(
    own: Grams,
    sought: Grams,
    chains: tuple[Places, Places, NDArray[np.bool_]],
    told: NDArray[np.int64],
    room: tuple[Places, Places],
) -> int:
    """Fill in the common runs of two articles that tell, and return how many there are.

    Args:
        own: the grams of the left article.
        sought: the grams of the right one.
        chains: the places of the left one's grams, as `index` fills them in.
        told: what the words up to each of the left article tell.
        room: for the places of all grams of the right one, and for all the runs that there may be.

    """
    table, following, usual = chains
    places, rows = room
    found = 0
    for j in places[: met(sought, table, places)]:
        i = table[find(own, sought[j], table)]
        while i >= 0 and usual[i]:
            if i == 0 or j == 0 or own[i - 1] != sought[j - 1] or not usual[i - 1]:
                run = seeds_from(own, sought, usual, i, j) + SEED - 1
                if told[i + run] > told[i]:
                    rows[found, 0], rows[found, 1], rows[found, 2] = i, j, run
                    found += 1
            i = following[i]
    return found


@kernel
def join(words: Grams, grams: Grams) -> Grams:
    """Fill in the grams of an article, and return as many as it has."""
    found = grams[: max(len(words) - SEED + 1, 0)]
    for place in range(len(found)):
        found[place] = (words[place] * _FIBONACCI + words[place + 1]) * _OTHER + words[place + 2]
    return found


@kernel
def align(
    word: Grams, telling: Places, indptr: NDArray[np.int64], left: Places, right: Places
) -> tuple[NDArray[np.int64], Places, Places, Places]:
    """Find the common runs of each pair; see `dedup.verify.alignment.align`."""
    longest = 0
    for pair in range(len(left)):
        for article in (left[pair], right[pair]):
            longest = max(longest, indptr[article + 1] - indptr[article])
    grams, others = np.empty(longest, np.uint64), np.empty(longest, np.uint64)
    told = np.zeros(longest + 1, np.int64)
    tables, following = np.empty(slots(longest), np.int32), np.empty(longest, np.int32)
    usual, places = np.empty(longest, np.bool_), np.empty(longest + 1, np.int32)
    bounds = np.zeros(len(left) + 1, np.int64)
    rows = np.empty((_FIRST_ROWS, 3), np.int32)
    found, known = 0, -1
    own, table = grams[:0], tables[:0]
    for pair in range(len(left)):
        if left[pair] != known:
            known = left[pair]
            first, last = indptr[known], indptr[known + 1]
            own = join(word[first:last], grams)
            for place in range(last - first):
                told[place + 1] = told[place] + telling[first + place]
            table = tables[: slots(len(own))]
            index(own, table, following, usual)
        sought = join(word[indptr[right[pair]] : indptr[right[pair] + 1]], others)
        while len(rows) < found + COMMON * len(sought):
            rows = np.concatenate((rows, np.empty_like(rows)))
        room = places, rows[found:]
        found += runs_of(own, sought, (table, following, usual), told, room)
        bounds[pair + 1] = found
    return bounds, rows[:found, 0].copy(), rows[:found, 1].copy(), rows[:found, 2].copy()


@kernel
def seeds(own: Grams, sought: Grams) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find the grams that two articles share; see `dedup.verify.runs.seeds`."""
    table, following = np.empty(slots(len(sought)), np.int32), np.empty(len(sought), np.int32)
    usual = np.empty(len(sought), np.bool_)
    index(sought, table, following, usual)
    first = np.empty(len(own), np.int32)
    begin = np.zeros(len(own) + len(sought) + 1, np.int64)  # of each diagonal, in the outcome
    for i in range(len(own)):
        j = table[find(sought, own[i], table)]
        first[i] = j if j >= 0 and usual[j] else -1
        j = first[i]
        while j >= 0:
            begin[len(own) + j - i] += 1
            j = following[j]
    begin = np.cumsum(begin)
    here, there = np.empty(begin[-1], np.int64), np.empty(begin[-1], np.int64)
    for i in range(len(own)):
        j = first[i]
        while j >= 0:
            row = begin[len(own) + j - i - 1]
            here[row], there[row] = i, j
            begin[len(own) + j - i - 1] += 1
            j = following[j]
    return here, there


@kernel
def first_of(word: Grams, indptr: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which words stand for the first time in their article; see `dedup.verify.promise`."""
    out = np.zeros(len(word), np.bool_)
    longest = 0
    for article in range(len(indptr) - 1):
        longest = max(longest, indptr[article + 1] - indptr[article])
    tables = np.empty(slots(longest), np.int32)
    for article in range(len(indptr) - 1):
        own = word[indptr[article] : indptr[article + 1]]
        table = tables[: slots(len(own))]
        table[:] = -1
        for place in range(len(own)):
            slot = find(own, own[place], table)
            if table[slot] < 0:
                table[slot] = place
                out[indptr[article] + place] = True
    return out


@kernel
def absent(own: Grams, table: Places, sought: Grams) -> int:
    """How many of the words sought stand nowhere in an article; the table is filled in anew."""
    table[:] = -1
    for place in range(len(own)):
        table[find(own, own[place], table)] = place
    missing = 0
    for word in sought:
        missing += table[find(own, word, table)] < 0
    return missing


@kernel
def lacking(
    names: tuple[Grams, NDArray[np.int64]],
    words: tuple[Grams, NDArray[np.int64]],
    article: Places,
    other: Places,
) -> NDArray[np.int64]:
    """How many names of each article stand nowhere in the other; ``other`` ascends."""
    name, bounds = names
    word, indptr = words
    out = np.zeros(len(article), np.int64)
    longest = 0
    for there in other:
        longest = max(longest, indptr[there + 1] - indptr[there])
    tables = np.empty(slots(longest), np.int32)
    for pair in range(len(article)):
        here, there = article[pair], other[pair]
        own = word[indptr[there] : indptr[there + 1]]
        table = tables[: slots(len(own))]
        out[pair] = absent(own, table, name[bounds[here] : bounds[here + 1]])
    return out


@kernel
def shared(words: Grams, others: Grams) -> tuple[int, int, int]:
    """How many distinct grams two runs of words have, and how many both; see `measures.overlap`."""
    own = join(words, np.empty(len(words), np.uint64))
    sought = join(others, np.empty(len(others), np.uint64))
    table, again = np.full(slots(len(own)), -1, np.int32), np.full(slots(len(sought)), -1, np.int32)
    distinct, different, common = 0, 0, 0
    for place in range(len(own)):
        slot = find(own, own[place], table)
        if table[slot] < 0:
            table[slot] = place
            distinct += 1
    for place in range(len(sought)):
        slot = find(sought, sought[place], again)
        if again[slot] < 0:
            again[slot] = place
            different += 1
            common += table[find(own, sought[place], table)] >= 0
    return distinct, different, common
