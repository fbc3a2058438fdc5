"""Sentence against sentence: TF-IDF cosine and Dice of every sentence of two articles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.verify.reading import Reading

    Matrix = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Likeness:
    """What the sentences of two articles share.

    Attributes:
        here: for each word of a, the column of its stem among the shared ones, or -1.
        told: how often each shared stem stands in each sentence of a, ``[sentences a, shared]``.
        counts: the same for b, ``[sentences b, shared]``.
        dot: inner products of the sentences' TF-IDF vectors, ``[sentences a, sentences b]``.

    """

    a: Reading
    b: Reading
    here: NDArray[np.int64]
    told: Matrix
    counts: Matrix
    dot: Matrix

    @cached_property
    def cosine(self) -> Matrix:
        """Cosine of single sentences."""
        bare: Matrix = self.dot / np.maximum(np.outer(self.a.norms[0], self.b.norms[0]), 1e-9)
        return np.minimum(bare, 1.0)

    def dice(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.float64]:
        """Dice coefficient of pairs of sentences (of a, of b) as sets of stems, ``[pairs]``.

        A stem counts once, function words too; the lengths are in words.
        """
        common = ((self.told[rows] > 0) & (self.counts[columns] > 0)).sum(axis=1)
        sizes = self.a.lengths[rows] + self.b.lengths[columns]
        coefficient: NDArray[np.float64] = 2.0 * common / np.maximum(sizes, 1)
        return coefficient

    @cached_property
    def window(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """For each sentence of a, the sentence of b, or two in a row, that is most like it.

        Returns:
            First and last sentence of that window, and its cosine.

        """
        rows = np.arange(len(self.dot))
        single = self.cosine
        one = single.argmax(axis=1)
        best = single[rows, one]
        if single.shape[1] == 1:
            return one, one, best
        double = self.dot[:, :-1] + self.dot[:, 1:]
        size = np.outer(self.a.norms[0], self.b.norms[1][:-1])
        double = np.minimum(double / np.maximum(size, 1e-9), 1.0)
        two = double.argmax(axis=1)
        wider = double[rows, two] > best
        first = np.where(wider, two, one)
        return first, first + wider, np.maximum(best, double[rows, two])


def likeness(a: Reading, b: Reading) -> Likeness:
    """Compare every sentence of one article with every sentence of another."""
    stems_a, place_a = a.vocabulary
    stems_b, _ = b.vocabulary
    at = np.searchsorted(stems_b, stems_a)
    at[at == len(stems_b)] = 0
    common = stems_b[at] == stems_a
    column_a = np.full(len(stems_a), -1)
    column_a[common] = np.arange(int(common.sum()))
    column_b = np.full(len(stems_b), -1)
    column_b[at[common]] = column_a[common]
    weights = np.minimum(a.weights[common], b.weights[at[common]])
    counts_a = _counts(a, column_a, len(weights))
    counts_b = _counts(b, column_b, len(weights))
    return Likeness(
        a=a,
        b=b,
        here=column_a[place_a],
        told=counts_a,
        counts=counts_b,
        dot=(counts_a * weights * weights) @ counts_b.T,
    )


def _counts(reading: Reading, column: NDArray[np.int64], shared: int) -> Matrix:
    """How often each shared stem stands in each sentence."""
    rows, columns, count = reading.counts
    out = np.zeros((len(reading.lengths), shared), np.float32)
    kept = column[columns] >= 0
    out[rows[kept], column[columns[kept]]] = count[kept]
    return out
