"""How often each text has each word: the counts that TF-IDF weighs, as a sparse matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import pays

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Words = NDArray[np.uint64]
    Counts = tuple[Words, csr_matrix]

#: Slots for the words that are numbered: at most 2**20, to stay in the processor's caches.
_SLOT_BITS = 20

_HALF, _LOW = np.uint64(32), np.uint64(0xFFFF_FFFF)


def count_parts(parts: Iterable[tuple[Words, NDArray[np.int64]]]) -> Counts:
    """Count the words of runs that come some at a time; see `count_words`.

    What is worked out of each part is let go before the next; where there is no word at all there
    is one column without a count.
    """
    from scipy.sparse import csr_matrix

    found = [
        count_words(words, indptr)
        if len(words)
        else (words, csr_matrix((len(indptr) - 1, 0), dtype=float))
        for words, indptr in parts
    ]
    if len(found) == 1 and len(found[0][0]):
        return found[0]
    known = np.unique(np.concatenate([words for words, _ in found]))
    columns = [
        np.searchsorted(known, words).astype(np.int32)[counts.indices] for words, counts in found
    ]
    sizes = np.concatenate([np.diff(counts.indptr) for _, counts in found])
    times = np.concatenate([counts.data for _, counts in found])
    bounds = np.append(0, np.cumsum(sizes))
    shape = (len(sizes), max(1, len(known)))
    return known, csr_matrix((times, np.concatenate(columns), bounds), shape=shape)


def count_words(words: Words, indptr: NDArray[np.int64]) -> Counts:
    """Count the words of runs laid end to end.

    Returns the distinct words in ascending order, and a matrix with a row for each run and a column
    for each of these words; the columns of a row are in order.

    Args:
        words: word hashes, at least one.
        indptr: where each run begins in them.

    """
    return _compiled(words, indptr) if pays(len(words)) else _sorted(words, indptr)


def _sorted(words: Words, indptr: NDArray[np.int64]) -> Counts:
    """Count by sorting."""
    from scipy.sparse import csr_matrix

    known, column = _columns(words)
    # Run and column in one number: the same words of a run stand together once these are sorted.
    cells = np.repeat(np.arange(len(indptr) - 1, dtype=np.uint64) << _HALF, np.diff(indptr))
    cells |= column.astype(np.uint64)
    cells.sort()
    begin = np.flatnonzero(np.append(True, cells[1:] != cells[:-1]))
    times = np.diff(begin, append=len(cells)).astype(float)
    cells = cells[begin]
    bounds = np.searchsorted(cells, np.arange(len(indptr), dtype=np.uint64) << _HALF)
    shape = (len(indptr) - 1, len(known))
    return known, csr_matrix((times, (cells & _LOW).astype(np.int32), bounds), shape=shape)


def _columns(words: Words) -> tuple[Words, NDArray[np.int32]]:
    """The distinct words in ascending order, and the place of each word among them.

    Each word falls into a slot by its leading bits, and the last comer holds it: what is held is
    sorted and looked up once a slot, only what lost its slot once a word.
    """
    bits = min(len(words).bit_length(), _SLOT_BITS)
    slot = (words >> np.uint64(64 - bits)).astype(np.int32)
    holder = np.full(1 << bits, words[0])
    holder[slot] = words
    lost = np.flatnonzero(holder[slot] != words)
    held = np.flatnonzero(holder != words[0])
    known = np.unique(np.concatenate((words[:1], holder[held], words[lost])))
    rank = np.full(len(holder), np.searchsorted(known, words[0]), np.int32)
    rank[held] = np.searchsorted(known, holder[held])
    column = rank[slot]
    column[lost] = np.searchsorted(known, words[lost])
    return known, column


def _compiled(words: Words, indptr: NDArray[np.int64]) -> Counts:
    """Count one by one."""
    from scipy.sparse import csr_matrix

    from dedup.verify import vector_kernels

    column = np.empty(len(words), np.int32)
    distinct, bits = -1, min(len(words).bit_length() + 1, _SLOT_BITS)
    while distinct < 0:
        holder, name = np.empty(1 << bits, np.uint64), np.full(1 << bits, -1, np.int32)
        distinct = vector_kernels.number(words, bits, holder, name, column)
        bits += 2
    known = np.empty(distinct, np.uint64)
    known[name[name >= 0]] = holder[name >= 0]
    order = np.argsort(known)
    rank = np.empty(distinct, np.int32)
    rank[order] = np.arange(distinct, dtype=np.int32)
    times, bounds = np.empty(len(words)), np.zeros(len(indptr), np.int64)
    found = vector_kernels.count(column, indptr, np.zeros(distinct, np.int32), times, bounds)
    shape = (len(indptr) - 1, distinct)
    rows = csr_matrix((times[:found], rank[column[:found]], bounds), shape=shape)
    # Turned into columns and back, every row is in order.
    return known[order], rows.tocsc().tocsr()
