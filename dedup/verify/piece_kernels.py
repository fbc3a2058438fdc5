"""The compiled back end of pieces: where they begin and end, how closely they follow.

Plain loops, equal to the NumPy back end bit for bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Rows = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Seeds = tuple[Rows, Rows]
    Sides = tuple[tuple[Rows, Rows], tuple[Rows, Rows]]
    Columns = tuple[Rows, Rows, int]  # of the stem of each word on either side, or -1; how many
    Ends = tuple[int, int, int, int]  # first and last word on one side, and on the other


@kernel
def held(columns: Columns, piece: Ends) -> tuple[Flags, Flags]:
    """Say which words of a piece have a stem that its other side has; see `Likeness.held`."""
    here, there, shared = columns
    first, last, begin, stop = piece
    ours, theirs = np.zeros(shared, np.bool_), np.zeros(shared, np.bool_)
    left, right = np.zeros(last - first + 1, np.bool_), np.zeros(stop - begin + 1, np.bool_)
    for word in range(first, last + 1):
        if here[word] >= 0:
            ours[here[word]] = True
    for word in range(begin, stop + 1):
        if there[word] >= 0:
            theirs[there[word]] = True
            right[word - begin] = ours[there[word]]
    for word in range(first, last + 1):
        if here[word] >= 0:
            left[word - first] = theirs[here[word]]
    return left, right


@kernel
def trimmed(columns: Columns, piece: Ends) -> Ends:
    """Cut a piece to the first and the last word that both sides share, if there are any."""
    first, last, begin, stop = piece
    left, right = held(columns, piece)
    while first <= last and not left[first - piece[0]]:
        first += 1
    if first > last:
        return piece
    while not left[last - piece[0]]:
        last -= 1
    while not right[begin - piece[2]]:
        begin += 1
    while not right[stop - piece[2]]:
        stop -= 1
    return first, last, begin, stop


@kernel
def places(
    seeds: Seeds, window: tuple[Rows, Rows], sides: tuple[Rows, Rows], size: int
) -> tuple[Rows, Rows]:
    """Say where the common runs of each sentence with its place begin and end; -1 if none do."""
    here, there = seeds
    first, last = window
    sentence, other = sides
    low, high = np.empty(len(first), np.int64), np.empty(len(first), np.int64)
    low[:], high[:] = len(other), -1
    for seed in range(len(here)):
        i, j = sentence[here[seed]], there[seed]
        if first[i] - 1 <= other[j] <= last[i] + 1:
            low[i], high[i] = min(low[i], j), max(high[i], j + size - 1)
    return low, high


@kernel
def extent(column: Rows, first: int, last: int) -> tuple[int, int]:
    """First and last word of a stretch whose stem is shared; of the stretch where none is."""
    begin, stop = first, last
    while begin < stop and column[begin] < 0:
        begin += 1
    while begin < stop and column[stop] < 0:
        stop -= 1
    return (begin, stop) if column[begin] >= 0 else (first, last)


@kernel
def sentences(
    seeds: Seeds,
    columns: Columns,
    window: tuple[Rows, Rows, Flags],
    sides: Sides,
    size: int,
) -> Rows:
    """Lay sentences beside their places; see `dedup.verify.passages.pieces`.

    Args:
        seeds: of the two articles.
        columns: of the two articles.
        window: first and last sentence that each is most like, and which are asked about.
        sides: of either article, the sentence of each word and where each sentence begins.
        size: words in a seed.

    Returns:
        First and last word on either side, and the sentence.

    """
    first, last, asked = window
    (sentence, rows), (other, bounds) = sides
    low, high = places(seeds, (first, last), (sentence, other), size)
    out, found = np.empty((len(first), 5), np.int64), 0
    for i in range(len(first)):
        if not asked[i]:
            continue
        if high[i] < 0:
            place = (rows[i], rows[i + 1] - 1, bounds[first[i]], bounds[last[i] + 1] - 1)
            low[i], high[i] = trimmed(columns, place)[2:]
        out[found, 0], out[found, 1] = extent(columns[0], rows[i], rows[i + 1] - 1)
        out[found, 2], out[found, 3] = low[i], min(high[i], len(other) - 1)
        out[found, 4] = i
        found += 1
    return out[:found]


@kernel
def in_step(
    seeds: Seeds,
    words: tuple[Hashes, Hashes],
    pieces: Rows,
    size: int,
) -> Rows:
    """Count the words of pieces, given by their ends; see `dedup.verify.passages.grade`.

    Returns of each those of either side that the other has in step, and those of the first in
    common runs.
    """
    here, there = seeds
    word, other = words
    out = np.zeros((len(pieces), 3), np.int64)
    for piece in range(len(pieces)):
        first, last, begin, stop = pieces[piece]
        same, again = np.zeros(last - first + 1, np.bool_), np.zeros(stop - begin + 1, np.bool_)
        covered = np.zeros(last - first + 1, np.bool_)
        for seed in range(len(here)):
            i, j = here[seed], there[seed]
            if first <= i <= last - size + 1 and begin <= j <= stop - size + 1:
                for step in range(size):
                    left, right = i + step - first, j + step - begin
                    out[piece, 2] += not covered[left]
                    covered[left] = True
                    if word[i + step] == other[j + step]:
                        out[piece, 0] += not same[left]
                        out[piece, 1] += not again[right]
                        same[left] = again[right] = True
    return out


@kernel
def segment(borne: Flags, apart: float) -> tuple[int, int]:
    """First and last of the maximal segment; see `dedup.verify.edges.Edges.cut`."""
    first, last, begin = 0, -1, 0
    value, low, best = 0.0, 0.0, 0.0
    for place in range(len(borne)):
        if value <= low:
            low, begin = value, place
        value += 1.0 if borne[place] else -apart
        if value - low > best:
            best, first, last = value - low, begin, place
    return first, last


@kernel
def narrowed(
    seeds: Seeds,
    known: tuple[Flags, Flags],
    piece: Ends,
    how: tuple[int, float],
) -> Ends:
    """Cut a piece to what both sides bear out; see `dedup.verify.edges.Edges.cut`."""
    here, there = seeds
    first, last, begin, stop = piece
    size, apart = how
    left, right = known[0][first : last + 1].copy(), known[1][begin : stop + 1].copy()
    for seed in range(len(here)):
        i, j = here[seed], there[seed]
        if first <= i <= last - size + 1 and begin <= j <= stop - size + 1:
            left[i - first : i - first + size] = True
            right[j - begin : j - begin + size] = True
    one, two = segment(left, apart), segment(right, apart)
    return first + one[0], first + one[1], begin + two[0], begin + two[1]


@kernel
def borne_out(
    columns: Columns, clear: Flags, window: tuple[Rows, Rows], sides: tuple[Rows, Rows]
) -> tuple[Flags, Flags]:
    """Say which words clear sentences and their places both have; see `dedup.verify.edges`."""
    first, last = window
    rows, places = sides
    here, there = np.zeros(len(columns[0]), np.bool_), np.zeros(len(columns[1]), np.bool_)
    for i in range(len(first)):
        if clear[i]:
            begin, stop = places[first[i]], places[last[i] + 1]
            left, right = held(columns, (rows[i], rows[i + 1] - 1, begin, stop - 1))
            for word in range(rows[i], rows[i + 1]):
                here[word] |= left[word - rows[i]]
            for word in range(begin, stop):
                there[word] |= right[word - begin]
    return here, there


@kernel
def settled(side: tuple[Rows, Rows], first: int, last: int, size: int) -> tuple[int, int]:
    """Leave out a word or two of a sentence that a stretch only reaches into; see `Edges.cut`."""
    sentence, rows = side
    stop = rows[sentence[first] + 1]
    if stop <= last and stop - first < min(size, stop - rows[sentence[first]]):
        first = stop
    begin = rows[sentence[last]]
    if begin > first and last + 1 - begin < min(size, rows[sentence[last] + 1] - begin):
        last = begin - 1
    return first, last


@kernel
def cut(
    seeds: Seeds, known: tuple[Flags, Flags], sides: Sides, piece: Ends, how: tuple[int, float]
) -> Ends:
    """Cut a piece from both ends until nothing is left to cut; see `dedup.verify.edges`."""
    before = (-1, -1, -1, -1)
    while piece != before:
        before = piece
        first, last, begin, stop = narrowed(seeds, known, piece, how)
        if last < first or stop < begin:
            return before
        first, last = settled(sides[0], first, last, how[0])
        begin, stop = settled(sides[1], begin, stop, how[0])
        piece = (first, last, begin, stop)
    return piece
