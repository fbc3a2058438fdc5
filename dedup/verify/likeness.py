"""Sentence against sentence: TF-IDF cosine and Dice of every sentence of two articles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import pays

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.verify.reading import Reading

    Places = NDArray[np.int64]
    Matrix = NDArray[np.floating]
    Weights = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Likeness:
    """What the sentences of two articles share.

    Attributes:
        here: for each word of a, the column of its stem among the shared ones, or -1.
        there: the same for b.
        told: how often each shared stem stands in each sentence of a, ``[sentences a, shared]``.
        counts: the same for b, ``[sentences b, shared]``.
        weights: what each shared stem tells, the lesser of both.
        compiled: whether the compiled back end works on the two.

    """

    a: Reading
    b: Reading
    here: Places
    there: Places
    told: Matrix
    counts: Matrix
    weights: NDArray[np.float32]
    compiled: bool

    @cached_property
    def dot(self) -> Matrix:
        """Inner products of the sentences' TF-IDF vectors, ``[sentences a, sentences b]``."""
        product: Matrix = (self.told * self.weights * self.weights) @ self.counts.T
        return product

    @property
    def columns(self) -> tuple[Places, Places, int]:
        """The column of each word's stem on either side, and how many stems are shared."""
        return self.here, self.there, len(self.weights)

    def held(self, here: slice, there: slice) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which words of a stretch of a, and of one of b, have a stem that the other has too."""
        if self.compiled:
            from dedup.verify import piece_kernels

            piece = here.start, here.stop - 1, there.start, there.stop - 1
            return piece_kernels.held(self.columns, piece)
        left, right = self.here[here], self.there[there]
        known = np.zeros((2, self.told.shape[1] + 1), bool)
        known[0, left] = known[1, right] = True
        known[:, -1] = False  # where what is not shared went
        return known[1, left], known[0, right]

    @property
    def cosine(self) -> Matrix:
        """Cosine of single sentences."""
        return self._nearest[0]

    def dice(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.float64]:
        """Dice coefficient of pairs of sentences (of a, of b) as sets of stems, ``[pairs]``.

        A stem counts once, function words too; the lengths are in words.
        """
        if self.compiled:
            from dedup.verify import close_kernels

            common = close_kernels.in_common(self.told, self.counts, rows, columns)
        else:
            common = ((self.told[rows] > 0) & (self.counts[columns] > 0)).sum(axis=1)
        sizes = self.a.lengths[rows] + self.b.lengths[columns]
        coefficient: NDArray[np.float64] = 2.0 * common / np.maximum(sizes, 1)
        return coefficient

    @property
    def window(self) -> tuple[Places, Places, NDArray[np.float64]]:
        """For each sentence of a, the sentence of b, or two in a row, that is most like it.

        Returns:
            First and last sentence of that window, and its cosine.

        """
        return self._nearest[1:]

    @cached_property
    def _nearest(self) -> tuple[Matrix, Places, Places, NDArray[np.float64]]:
        """The cosines of single sentences, and of each the window that is most like it."""
        norms, (single, double) = self.a.bags.norms[0], self.b.bags.norms
        if self.compiled:
            from dedup.verify import close_kernels

            return close_kernels.nearest(self.dot, norms, (single, double))
        bare: Matrix = self.dot / np.maximum(np.outer(norms, single), 1e-9)
        cosine = np.minimum(bare, 1.0)
        return cosine, *self._windows(cosine, np.outer(norms, double[:-1]))

    def _windows(self, single: Matrix, size: Matrix) -> tuple[Places, Places, NDArray[np.float64]]:
        """The window most like each sentence; ``size`` are the lengths of the double ones."""
        rows = np.arange(len(self.dot))
        one = single.argmax(axis=1)
        best = single[rows, one]
        if single.shape[1] == 1:
            return one, one, best
        double = self.dot[:, :-1] + self.dot[:, 1:]
        double = np.minimum(double / np.maximum(size, 1e-9), 1.0)
        two = double.argmax(axis=1)
        wider = double[rows, two] > best
        first = np.where(wider, two, one)
        return first, first + wider, np.maximum(best, double[rows, two])


def likeness(a: Reading, b: Reading) -> Likeness:
    """Compare every sentence of one article with every sentence of another."""
    compiled = pays(len(a))
    return Likeness(a, b, *(_compiled if compiled else _side_by_side)(a, b), compiled)


def _compiled(a: Reading, b: Reading) -> tuple[Places, Places, Matrix, Matrix, Weights]:
    """Lay the sentences of two articles beside each other, stem by stem."""
    from dedup.verify import close_kernels

    one, two = a.bags, b.bags
    return close_kernels.side_by_side(
        (one.distinct, two.distinct),
        (one.place, two.place),
        (one.weights, two.weights),
        (one.counts, two.counts),
        (len(a.indptr) - 1, len(b.indptr) - 1),
    )


def _side_by_side(a: Reading, b: Reading) -> tuple[Places, Places, Matrix, Matrix, Weights]:
    """Lay the sentences of two articles beside each other, all stems at once."""
    one, two = a.bags, b.bags
    left, right = _beside(one.distinct, two.distinct)
    weights = np.minimum(one.weights[left >= 0], two.weights[right >= 0])
    told, counts = _counts(a, left, len(weights)), _counts(b, right, len(weights))
    return left[one.place], right[two.place], told, counts, weights


def _beside(stems: NDArray[np.uint64], others: NDArray[np.uint64]) -> tuple[Places, Places]:
    """The column of each stem of two vocabularies among those that both hold, or -1."""
    at = np.searchsorted(others, stems)
    at[at == len(others)] = 0
    common = others[at] == stems
    left, right = np.full(len(stems), -1), np.full(len(others), -1)
    left[common] = np.arange(int(common.sum()))
    right[at[common]] = left[common]
    return left, right


def _counts(reading: Reading, column: NDArray[np.int64], shared: int) -> Matrix:
    """How often each shared stem stands in each sentence."""
    out = np.zeros((len(reading.lengths), shared), np.float32)
    rows, columns, count = reading.bags.counts
    kept = column[columns] >= 0
    out[rows[kept], column[columns[kept]]] = count[kept]
    return out
