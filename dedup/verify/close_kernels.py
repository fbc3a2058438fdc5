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
def marked(
    columns: tuple[NDArray[np.int32], Weights, NDArray[np.uint8]],
    spans: Rows,
    clauses: Rows,
    bits: tuple[int, int, int],
) -> tuple[Rows, Rows, Rows, Rows, Flags, Flags, Flags, Flags]:
    """Mark the words of sentences; see `dedup.verify.reading.read`.

    Args:
        columns: where each word begins, its weight and its flags.
        spans: of each sentence, the number of its paragraph and its bounds.
        clauses: the bounds of the stock clauses.
        bits: the flags of a capital, of a number and of a quoted word.

    """
    start, weight, flags = columns
    capital, figure, said = bits
    size = len(start)
    row, sentence = np.empty(size, np.int64), np.empty(size, np.int64)
    name, number = np.empty(size, np.bool_), np.empty(size, np.bool_)
    quoted, stock = np.empty(size, np.bool_), np.empty(size, np.bool_)
    indptr, paragraph = np.zeros(len(spans) + 1, np.int64), np.empty(len(spans), np.int64)
    found = at = clause = word = 0
    for span in range(len(spans)):
        first = at
        while word < size and start[word] < spans[span, 1]:
            word += 1
        while word < size and start[word] < spans[span, 2]:
            row[at], sentence[at] = word, found
            name[at] = (flags[word] & capital) > 0 and at > first and weight[word] > 0
            number[at], quoted[at] = (flags[word] & figure) > 0, (flags[word] & said) > 0
            while clause < len(clauses) and clauses[clause, 1] <= start[word]:
                clause += 1
            stock[at] = clause < len(clauses) and clauses[clause, 0] <= start[word]
            word, at = word + 1, at + 1
        if at > first:
            paragraph[found] = spans[span, 0]
            found += 1
            indptr[found] = at
    return (
        *(row[:at], sentence[:at], indptr[: found + 1], paragraph[:found]),
        *(name[:at], number[:at], quoted[:at], stock[:at]),
    )


@kernel
def counted(
    sentence: Rows, indptr: Rows, place: Rows, distinct: int
) -> tuple[Rows, Rows, Measures]:
    """Count the stems of each sentence; see `dedup.verify.reading.Bags`."""
    begin = np.zeros(distinct + 1, np.int64)
    for stem in place:
        begin[stem + 1] += 1
    for stem in range(distinct):
        begin[stem + 1] += begin[stem]
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
    return rows[:found], column[:found], times[:found]


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
def numbered(stem: Hashes, order: Rows) -> tuple[Hashes, Rows]:
    """Give the distinct stems and the place of each word's, the order of the stems being known."""
    distinct, place = np.empty(len(stem), np.uint64), np.empty(len(stem), np.int64)
    found = 0
    for word in order:
        if not found or stem[word] != distinct[found - 1]:
            distinct[found] = stem[word]
            found += 1
        place[word] = found - 1
    return distinct[:found], place


@kernel
def described(
    stem: Hashes, order: Rows, weight: Weights, lines: tuple[Rows, Rows]
) -> tuple[Hashes, Rows, Weights, tuple[Rows, Rows, Measures], tuple[Measures, Measures]]:
    """Count and weigh the stems of sentences; see `dedup.verify.reading.Bags`.

    ``lines`` are the sentence of each word and where each sentence begins.
    """
    sentence, indptr = lines
    distinct, place = numbered(stem, order)
    least = np.empty(len(distinct), np.float32)
    for word in order:  # to begin with, of one of its spellings
        least[place[word]] = weight[word]
    for word in order:
        least[place[word]] = min(least[place[word]], weight[word])
    rows, columns, times = counted(sentence, indptr, place, len(distinct))
    value = np.empty(len(rows))
    for cell in range(len(rows)):
        value[cell] = times[cell] * least[columns[cell]]
    square, shared = squares(rows, columns, value, len(indptr) - 1)
    single, double = np.empty(len(square)), np.empty(len(square))
    for row in range(len(square)):
        after = square[row + 1] if row + 1 < len(square) else 0.0
        single[row] = np.sqrt(square[row])
        double[row] = np.sqrt(square[row] + after + 2.0 * shared[row])
    return distinct, place, least, (rows, columns, times), (single, double)


@kernel
def beside(stems: Hashes, others: Hashes) -> tuple[Rows, Rows, int]:
    """Number the stems that two vocabularies share; see `dedup.verify.likeness.likeness`."""
    left, right = np.empty(len(stems), np.int64), np.empty(len(others), np.int64)
    left[:], right[:] = -1, -1
    i = j = shared = 0
    while i < len(stems) and j < len(others):
        if stems[i] < others[j]:
            i += 1
        elif stems[i] > others[j]:
            j += 1
        else:
            left[i] = right[j] = shared
            i, j, shared = i + 1, j + 1, shared + 1
    return left, right, shared


@kernel
def laid_out(counts: tuple[Rows, Rows, Measures], column: Rows, out: Counts) -> None:
    """Fill in how often each shared stem stands in each sentence."""
    rows, columns, count = counts
    for cell in range(len(rows)):
        if column[columns[cell]] >= 0:
            out[rows[cell], column[columns[cell]]] = count[cell]


@kernel
def side_by_side(
    vocabularies: tuple[Hashes, Hashes],
    places: tuple[Rows, Rows],
    weights: tuple[Weights, Weights],
    cells: tuple[tuple[Rows, Rows, Measures], tuple[Rows, Rows, Measures]],
    sentences: tuple[int, int],
) -> tuple[Rows, Rows, Counts, Counts, Weights]:
    """Lay out what the sentences of two articles share; see `dedup.verify.likeness.Likeness`."""
    left, right, shared = beside(*vocabularies)
    weight = np.empty(shared, np.float32)
    for stem in range(len(left)):
        if left[stem] >= 0:
            weight[left[stem]] = weights[0][stem]
    for stem in range(len(right)):
        if right[stem] >= 0:
            weight[right[stem]] = min(weight[right[stem]], weights[1][stem])
    told = np.zeros((sentences[0], shared), np.float32)
    counts = np.zeros((sentences[1], shared), np.float32)
    laid_out(cells[0], left, told)
    laid_out(cells[1], right, counts)
    here, there = np.empty(len(places[0]), np.int64), np.empty(len(places[1]), np.int64)
    for word in range(len(here)):
        here[word] = left[places[0][word]]
    for word in range(len(there)):
        there[word] = right[places[1][word]]
    return here, there, told, counts, weight


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
