"""Common runs of all candidate pairs at once: the first look at what two articles share.

Most candidate pairs tell of one subject and share nothing. The runs of words that both have, on
their bare hashes, say which pairs are worth a close look, long before sentences, stems and
quotations are worked out (seed and extend, as in sequence alignment; Wise 1993 for text).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import pays
from dedup.tables import RunTable
from dedup.verify.reading import COMMON, SEED, trigrams
from dedup.verify.runs import Runs, Seeds, runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dedup.tables import BodyTable

    Places = NDArray[np.int32]

#: Pairs aligned at a time.
_BLOCK = 1 << 14


def align(body: BodyTable, left: Places, right: Places, *, threads: int = 1) -> RunTable:
    """Find the common runs of each pair: three words or more, as long as they go, that tell.

    A run in which no word tells anything (function words, names, figures) is left away.

    Args:
        body: the counted words of all articles.
        left: an article of each pair; fast where equal ones stand together.
        right: the other of each pair.
        threads: blocks of pairs worked on at a time by the compiled back end.

    Returns:
        The runs of each pair, ordered by ``there`` and then by ``here``: where they begin, counted
        in words of the left (``here``) and of the right article (``there``), and their length.

    """
    blocks = [slice(at, at + _BLOCK) for at in range(0, len(left), _BLOCK)]

    def compiled(block: slice) -> RunTable:
        from dedup.verify import kernels

        columns = kernels.align(body.word, body.telling, body.indptr, left[block], right[block])
        return RunTable(*columns)

    def plain(block: slice) -> RunTable:
        return _align(body, left[block], right[block])

    work = compiled if pays(len(body.word)) else plain
    if threads == 1:
        parts = list(map(work, blocks))
    else:
        with ThreadPoolExecutor(threads) as pool:
            parts = list(pool.map(work, blocks))
    return RunTable.concatenate(parts) if parts else work(slice(0, 0))


def _align(body: BodyTable, left: Places, right: Places) -> RunTable:
    """Find the common runs pair by pair, in NumPy."""
    gram = np.zeros(len(body.word), np.uint64)
    gram[: max(len(body.word) - SEED + 1, 0)] = trigrams(body.word)
    told = np.concatenate((np.zeros(1, np.int64), np.cumsum(body.telling, dtype=np.int64)))
    indptr = body.indptr
    found = [np.column_stack(rows) for rows in _each(gram, told, indptr, left, right)]
    bounds = np.cumsum([0] + [len(rows) for rows in found])
    rows = np.concatenate([np.zeros((0, 3), np.int32), *found])
    return RunTable(bounds, *(np.ascontiguousarray(column) for column in rows.T))


def _each(
    gram: NDArray[np.uint64],
    told: NDArray[np.int64],
    indptr: NDArray[np.int64],
    left: Places,
    right: Places,
) -> Iterator[tuple[Places, Places, Places]]:
    """Yield the runs of each pair."""
    known = -1
    for article, other in zip(left.tolist(), right.tolist(), strict=True):
        first, second = int(indptr[article]), int(indptr[other])
        if article != known:
            known = article
            own = gram[first : max(int(indptr[article + 1]) - SEED + 1, first)]
            order = np.argsort(own, kind="stable")
            grams = own[order]
        sought = gram[second : max(int(indptr[other + 1]) - SEED + 1, second)]
        low = np.searchsorted(grams, sought, side="left")
        count = np.searchsorted(grams, sought, side="right") - low
        count[count > COMMON] = 0
        there = np.repeat(np.arange(len(count)), count)
        here = order[np.repeat(low - np.cumsum(count) + count, count) + np.arange(len(there))]
        here, there, length = _joined(here, there)
        tells = told[first + here + length] > told[first + here]
        yield (
            here[tells].astype(np.int32),
            there[tells].astype(np.int32),
            length[tells].astype(np.int32),
        )


def _joined(here: NDArray[np.int64], there: NDArray[np.int64]) -> Runs:
    """Join the seeds that follow each other on one diagonal; by ``there``, then ``here``."""
    order = np.lexsort((here, there - here))
    found = runs(Seeds(here[order], there[order]))
    order = np.lexsort((found.here, found.there))
    return Runs(*(column[order] for column in found))
