"""The compiled back end of common runs: how they are laid, taken, ordered and weighed.

Plain loops, equal to the NumPy back end bit for bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Weights = NDArray[np.float32]
    Seeds = tuple[Rows, Rows]
    Stems = tuple[Rows, Weights, int]  # of each word, its place and weight; how many there are
    Sides = tuple[tuple[Rows, Rows], tuple[Rows, Rows]]
    Ends = tuple[int, int, int, int]  # first and last word on one side, and on the other


@kernel
def longest(seeds: Seeds, size: int) -> int:
    """How many words the longest common run of two articles has."""
    here, there = seeds
    best, run = 0, 0
    for seed in range(len(here)):
        if seed and here[seed] == here[seed - 1] + 1 and there[seed] == there[seed - 1] + 1:
            run += 1
        else:
            run = size
        best = max(best, run)
    return best


@kernel
def runs_inside(seeds: Seeds, piece: Ends, size: int) -> tuple[Rows, Rows, Rows]:
    """Join the seeds inside a piece that follow each other: runs, the longest first."""
    here, there = seeds
    first, last, begin, stop = piece
    left, right = np.empty(len(here), np.int64), np.empty(len(here), np.int64)
    length = np.empty(len(here), np.int64)
    runs, before, beyond = 0, -1, -1
    for seed in range(len(here)):
        i, j = here[seed], there[seed]
        if first <= i <= last - size + 1 and begin <= j <= stop - size + 1:
            if runs and i == before + 1 and j == beyond + 1:
                length[runs - 1] += 1
            else:
                left[runs], right[runs], length[runs] = i, j, size
                runs += 1
            before, beyond = i, j
    left, right, length = left[:runs], right[:runs], length[:runs]
    order = np.argsort(right, kind="mergesort")
    order = order[np.argsort(left[order], kind="mergesort")]
    order = order[np.argsort(-length[order], kind="mergesort")]
    return left[order], right[order], length[order]


@kernel
def tiled(seeds: Seeds, piece: Ends, size: int, least: int) -> tuple[Rows, Rows, Rows]:
    """Lay two stretches beside each other; see `dedup.verify.uniqueness.common_runs`."""
    first, last, begin, stop = piece
    left, right, length = runs_inside(seeds, piece, size)
    given, taken = np.zeros(last - first + 1, np.bool_), np.zeros(stop - begin + 1, np.bool_)
    rows, places = np.empty(last - first + 1, np.int64), np.empty(last - first + 1, np.int64)
    run, found, number = np.empty(last - first + 1, np.int64), 0, 0
    for k in range(len(left)):
        if length[k] < least:
            break
        i, j, room = left[k] - first, right[k] - begin, length[k]
        while room and (given[i] or taken[j]):
            i, j, room = i + 1, j + 1, room - 1
        free = 0
        while free < room and not (given[i + free] or taken[j + free]):
            free += 1
        if free >= least:
            for step in range(free):
                given[i + step] = taken[j + step] = True
                rows[found], places[found] = first + i + step, begin + j + step
                run[found] = number
                found += 1
            number += 1
    return rows[:found].copy(), places[:found].copy(), run[:found].copy()


@kernel
def by_paragraph(run: tuple[int, int, int], sides: Sides, size: int, rows: Rows) -> int:
    """Fill in the parts of a run, cut where a paragraph ends on either side; say how many."""
    i, j, words = run
    (sentence, paragraph), (other, beyond) = sides
    first = found = 0
    for step in range(1, words + 1):
        if (
            step == words
            or paragraph[sentence[i + step]] != paragraph[sentence[i + step - 1]]
            or beyond[other[j + step]] != beyond[other[j + step - 1]]
        ):
            if step - first >= size:
                rows[found, 0], rows[found, 1] = i + first, i + step - 1
                rows[found, 2], rows[found, 3] = j + first, j + step - 1
                rows[found, 4] = words
                found += 1
            first = step
    return found


@kernel
def copied(
    seeds: Seeds, told: tuple[Weights, Flags], sides: Sides, how: tuple[int, float, float]
) -> tuple[Rows, Flags]:
    """Choose the long runs that are taken; see `dedup.verify.passages.pieces`.

    Args:
        seeds: of the two articles.
        told: what each word weighs, and which are of the writer's own wording.
        sides: of either article, the sentence of each word and the paragraph of each sentence.
        how: words in a seed and in a long run, and what those of the latter weigh at least.

    Returns:
        The parts of the runs, paragraph by paragraph, each with the length of its run; and which
        words of the article stand in the runs.

    """
    weight, telling = told
    size, least, rare = how
    inside, given = np.zeros(len(weight), np.bool_), np.zeros(len(sides[1][0]), np.bool_)
    left, right, length = runs_inside(seeds, (0, len(inside) - 1, 0, len(given) - 1), size)
    rows, found = np.empty((len(inside), 5), np.int64), 0
    for k in range(len(left)):
        i, j, words = left[k], right[k], length[k]
        if words < least:
            break
        weighs, free = 0.0, True
        for step in range(words):
            free &= not (inside[i + step] or given[j + step])
            if telling[i + step]:
                weighs += np.float64(weight[i + step])
        if free and weighs >= rare:
            for step in range(words):
                inside[i + step] = given[j + step] = True
            found += by_paragraph((i, j, words), sides, size, rows[found:])
    return rows[:found], inside


@kernel
def chain(here: Rows, there: Rows) -> tuple[Rows, Rows, Rows]:
    """Choose runs that come in one order on both sides; see `dedup.verify.edges.Edges.divided`.

    Returns where each begins on either side, and its length, the last one first.
    """
    first, size = np.empty(len(here), np.int64), np.empty(len(here), np.int64)
    runs = 0
    for row in range(len(here)):
        if row and here[row] == here[row - 1] + 1 and there[row] == there[row - 1] + 1:
            size[runs - 1] += 1
        else:
            first[runs], size[runs] = row, 1
            runs += 1
    first, size = first[:runs], size[:runs]
    best, before = size.copy(), np.full(runs, -1, np.int64)
    for k in range(1, runs):
        for fits in range(k):
            if there[first[fits]] + size[fits] <= there[first[k]] and (
                before[k] < 0 or best[fits] > best[before[k]]
            ):
                before[k] = fits
        if before[k] >= 0:
            best[k] += best[before[k]]
    chosen, count = np.empty(runs, np.int64), 0
    k = int(best.argmax()) if runs else -1
    while k >= 0:
        chosen[count] = k
        k, count = before[k], count + 1
    rows = first[chosen[:count]]
    return here[rows], there[rows], size[chosen[:count]]


@kernel
def weighed(
    common: tuple[Rows, Rows], free: Flags, told: tuple[Flags, Flags, Flags], stems: Stems
) -> tuple[float, float]:
    """Weigh the telling words of common runs, each stem once: all, and those beside no figure."""
    here, there = common
    telling, other, labels = told
    place, weight, distinct = stems
    seen, alone = np.zeros(distinct, np.bool_), np.zeros(distinct, np.bool_)
    whole, bare = 0.0, 0.0
    for row in range(len(here)):
        i = here[row]
        if free[row] and telling[i] and other[there[row]]:
            if not seen[place[i]]:
                seen[place[i]] = True
                whole += np.float64(weight[i])
            if not labels[i] and not alone[place[i]]:
                alone[place[i]] = True
                bare += np.float64(weight[i])
    return whole, bare


@kernel
def strung(
    common: tuple[Rows, Rows], free: Flags, kinds: tuple[Flags, Flags, Flags], long: int
) -> tuple[int, int, int, int, int, int, int]:
    """Count the words of common runs, cut where a word is not free; strings are not cut there.

    Args:
        common: rows of the article, and the run of each.
        free: which words neither side has from anybody else.
        kinds: which words of the article are of own wording, which figures' labels, by its rows;
            and which of the common words have the other's name.
        long: words in a long run.

    Returns:
        How many words: of the longest string, and of the same without labels; of own wording
        without labels; in all; in long runs; and where the longest run begins, and its length.

    """
    here, run = common
    own, labels, named = kinds
    string = bare = told = words = far = first = size = 0
    plain = alone = begin = length = 0
    last = -1
    for row in range(len(here)):
        if not free[row]:
            continue
        other = last < 0 or run[row] != run[last]
        if other:
            plain, alone = 0, 0
        if other or here[row] != here[last] + 1:
            far += length if length >= long else 0
            begin, length = here[row], 0
        last, words, length = row, words + 1, length + 1
        if own[here[row]] and not named[row]:
            plain, alone = plain + 1, alone + (not labels[here[row]])
            told += not labels[here[row]]
        string, bare = max(string, plain), max(bare, alone)
        if length > size:
            first, size = begin, length
    return string, bare, told, words, far + (length if length >= long else 0), first, size


@kernel
def worded(
    common: tuple[Rows, Rows, Rows],
    left: tuple[Flags, Flags, Flags, Flags, Flags, Flags],
    right: tuple[Flags, Flags, Flags],
    stems: Stems,
    long: int,
) -> tuple[tuple[int, int, int, int, int, int, int], tuple[float, float]]:
    """Count and weigh the words of common runs; see `dedup.verify.uniqueness.wording`.

    Args:
        common: rows of either article, and the run of each.
        left: which words of the article are quoted, names, numbers, stock, telling, labels.
        right: which words of the other are quoted, names, telling.
        stems: the place of each word's stem among the article's, its weight, how many stems.
        long: words in a long run.

    """
    here, there, run = common
    quoted, name, number, stock, telling, labels = left
    free, named = np.empty(len(here), np.bool_), np.empty(len(here), np.bool_)
    own = np.empty(len(name), np.bool_)
    for word in range(len(name)):
        own[word] = not (name[word] or number[word] or stock[word])
    for row in range(len(here)):
        free[row] = not (quoted[here[row]] or right[0][there[row]])
        named[row] = right[1][there[row]]
    counts = strung((here, run), free, (own, labels, named), long)
    return counts, weighed((here, there), free, (telling, right[2], labels), stems)
