"""The compiled back end of the close look: plain loops, equal to the NumPy back end bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Rows = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Weights = NDArray[np.float32]
    Counts = NDArray[np.float32]
    Measures = NDArray[np.float64]


@kernel
def counted(
    sentence: Rows, indptr: Rows, place: Rows, distinct: int
) -> tuple[Rows, Rows, Measures]:
    """Count the stems of each sentence; see `dedup.verify.reading.Reading.counts`."""
    begin = np.zeros(distinct + 1, np.int64)
    for stem in place:
        begin[stem + 1] += 1
    begin = np.cumsum(begin)
    order = np.empty(len(place), np.int64)
    for at in range(len(place)):
        order[begin[place[at]]] = at
        begin[place[at]] += 1
    column, times = np.empty(len(place), np.int64), np.empty(len(place), np.float64)
    end = indptr[:-1].copy()
    for word in order:
        cell = end[sentence[word]]
        if cell > indptr[sentence[word]] and column[cell - 1] == place[word]:
            times[cell - 1] += 1.0
        else:
            column[cell], times[cell] = place[word], 1.0
            end[sentence[word]] += 1
    rows = np.empty(len(place), np.int64)
    found = 0
    for row in range(len(end)):
        for at in range(indptr[row], end[row]):
            rows[found], column[found], times[found] = row, column[at], times[at]
            found += 1
    return rows[:found].copy(), column[:found].copy(), times[:found].copy()


@kernel
def squares(
    rows: Rows, columns: Rows, value: Measures, sentences: int
) -> tuple[Measures, Measures]:
    """Square each sentence's vector, and multiply it by the next one's, added up by column."""
    square, shared = np.zeros(sentences), np.zeros(sentences)
    for cell in range(len(rows)):
        square[rows[cell]] += value[cell] * value[cell]
    following = 0
    for cell in range(len(rows)):
        row, column = rows[cell] + 1, columns[cell]
        while following < len(rows) and (
            rows[following] < row or (rows[following] == row and columns[following] < column)
        ):
            following += 1
        if following < len(rows) and rows[following] == row and columns[following] == column:
            shared[rows[cell]] += value[cell] * value[following]
    return square, shared


@kernel
def least(place: Rows, weight: Weights, distinct: int) -> Weights:
    """Give each distinct stem the least weight of its spellings."""
    out = np.full(distinct, np.inf, np.float32)
    for word in range(len(place)):
        out[place[word]] = min(out[place[word]], weight[word])
    return out


@kernel
def beside(stems: NDArray[np.uint64], others: NDArray[np.uint64]) -> tuple[Rows, Rows]:
    """Number the stems that two vocabularies share; see `dedup.verify.likeness.likeness`."""
    left, right = np.full(len(stems), -1, np.int64), np.full(len(others), -1, np.int64)
    i = j = shared = 0
    while i < len(stems) and j < len(others):
        if stems[i] < others[j]:
            i += 1
        elif stems[i] > others[j]:
            j += 1
        else:
            left[i] = right[j] = shared
            i, j, shared = i + 1, j + 1, shared + 1
    return left, right


@kernel
def laid_out(counts: tuple[Rows, Rows, Measures], column: Rows, out: Counts) -> None:
    """Fill in how often each shared stem stands in each sentence."""
    rows, columns, count = counts
    for cell in range(len(rows)):
        if column[columns[cell]] >= 0:
            out[rows[cell], column[columns[cell]]] = count[cell]


@kernel
def in_common(told: Counts, counts: Counts, rows: Rows, columns: Rows) -> Rows:
    """Count the stems that the sentences of each pair share."""
    out = np.zeros(len(rows), np.int64)
    for pair in range(len(rows)):
        left, right = told[rows[pair]], counts[columns[pair]]
        shared = 0
        for stem in range(len(left)):
            shared += (left[stem] > 0.0) & (right[stem] > 0.0)
        out[pair] = shared
    return out


@kernel
def nearest(
    dot: Counts, norms: Measures, others: tuple[Measures, Measures]
) -> tuple[Measures, Rows, Rows, Measures]:
    """Measure sentences against sentences; see `dedup.verify.likeness.Likeness`."""
    single, double = others
    size, columns = dot.shape
    cosine, best = np.empty((size, columns), np.float64), np.empty(size, np.float64)
    first, last = np.empty(size, np.int64), np.empty(size, np.int64)
    for i in range(size):
        one, two, wide = 0, 0, -1.0
        for j in range(columns):
            cosine[i, j] = min(dot[i, j] / max(norms[i] * single[j], 1e-9), 1.0)
            if cosine[i, j] > cosine[i, one]:
                one = j
        for j in range(columns - 1):
            both = (dot[i, j] + dot[i, j + 1]) / max(norms[i] * double[j], 1e-9)
            if min(both, 1.0) > wide:
                two, wide = j, min(both, 1.0)
        wider = wide > cosine[i, one]
        first[i] = two if wider else one
        last[i] = first[i] + wider
        best[i] = max(cosine[i, one], wide)
    return cosine, first, last, best


@kernel
def in_runs(
    seeds: tuple[Rows, Rows], sentences: tuple[Rows, Rows], window: tuple[Rows, Rows], size: int
) -> Flags:
    """Say which words stand in common runs; see `dedup.verify.following`."""
    sentence, other = sentences
    first, last = window
    here, there = seeds
    out = np.zeros(len(sentence) + size, np.bool_)
    for seed in range(len(here)):
        row, place = sentence[here[seed]], other[there[seed]]
        if first[row] - 1 <= place <= last[row] + 1:
            for step in range(size):
                out[here[seed] + step] = True
    return out[: len(sentence)]


@kernel
def absent(here: Rows, sentence: Rows, counts: Counts, window: tuple[Rows, Rows]) -> Flags:
    """Say which words the other lacks thereabouts; see `dedup.verify.following`."""
    first, last = window
    out = np.ones(len(here), np.bool_)
    for word in range(len(here)):
        if here[word] >= 0:
            row = sentence[word]
            for other in range(max(first[row] - 1, 0), min(last[row] + 2, len(counts))):
                if counts[other, here[word]] > 0.0:
                    out[word] = False
                    break
    return out


@kernel
def tallied(
    found: tuple[Flags, Flags],
    kinds: tuple[Flags, Flags, Flags, Flags],
    weight: Weights,
    rows: Rows,
) -> tuple[Rows, Measures]:
    """Count the words of each sentence by kind; see `dedup.verify.following.Tally`."""
    covered, lacking = found
    quoted, telling, name, number = kinds
    out, rare = np.zeros((10, len(rows) - 1), np.int64), np.zeros(len(rows) - 1)
    for row in range(len(rows) - 1):
        for word in range(rows[row], rows[row + 1]):
            held, content = covered[word] and telling[word], weight[word] > 0
            out[0, row] += covered[word]
            out[1, row] += quoted[word]
            out[2, row] += covered[word] and not quoted[word]
            out[3, row] += telling[word]
            out[4, row] += held
            out[5, row] += lacking[word] and (name[word] or number[word])
            out[6, row] += lacking[word] and content
            out[7, row] += not lacking[word] and content
            out[8, row] += number[word]
            out[9, row] += number[word] and lacking[word]
            if held:
                rare[row] += weight[word]
    return out, rare


@kernel
def in_step(
    seeds: tuple[Rows, Rows],
    words: tuple[Hashes, Hashes],
    piece: tuple[int, int, int, int],
    size: int,
) -> tuple[int, int, int]:
    """Count the words of a piece; see `dedup.verify.passages.grade`.

    Returns those of either side that the other has in step, and those of the first in common runs.
    """
    here, there = seeds
    word, other = words
    first, last, begin, stop = piece
    same, again = np.zeros(last - first + 1, np.bool_), np.zeros(stop - begin + 1, np.bool_)
    covered = np.zeros(last - first + 1, np.bool_)
    for seed in range(len(here)):
        i, j = here[seed], there[seed]
        if first <= i <= last - size + 1 and begin <= j <= stop - size + 1:
            for step in range(size):
                covered[i + step - first] = True
                if word[i + step] == other[j + step]:
                    same[i + step - first] = again[j + step - begin] = True
    return same.sum(), again.sum(), covered.sum()


@kernel
def tiled(
    seeds: tuple[Rows, Rows], piece: tuple[int, int, int, int], size: int, least: int
) -> tuple[Rows, Rows, Rows]:
    """Lay two stretches beside each other; see `dedup.verify.uniqueness.common_runs`."""
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
    order = np.argsort(right[:runs], kind="mergesort")
    order = order[np.argsort(left[order], kind="mergesort")]
    order = order[np.argsort(-length[order], kind="mergesort")]
    given, taken = np.zeros(last - first + 1, np.bool_), np.zeros(stop - begin + 1, np.bool_)
    rows, places = np.empty(last - first + 1, np.int64), np.empty(last - first + 1, np.int64)
    run, found, number = np.empty(last - first + 1, np.int64), 0, 0
    for k in order:
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
    seeds: tuple[Rows, Rows],
    known: tuple[Flags, Flags],
    piece: tuple[int, int, int, int],
    how: tuple[int, float],
) -> tuple[int, int, int, int]:
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
