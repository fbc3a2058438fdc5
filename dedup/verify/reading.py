"""An article read closely: its counted words as columns, ready to be laid beside another's.

Only words that tell the story are here (roles body and quote): a heading, promo, caption or credit
can never be reuse by itself, and a copied run goes on over one as if it were not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import pays
from dedup.tables import CAPITAL, NUMBER, QUOTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.records import Span

#: Odd multipliers that make one number of three stems (their order counts).
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
#: Stems in a seed of common runs.
SEED = 3
#: So many words on either side of a figure say what it is a figure of.
LABEL = 3
#: A trigram that stands this often in one article ("in the world") seeds nothing there.
COMMON = 8


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Words:
    """The words of an article as the text room gives them; one row a word."""

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    word: NDArray[np.uint64]
    stem: NDArray[np.uint64]
    weight: NDArray[np.float32]
    flags: NDArray[np.uint8]


@dataclass(frozen=True, eq=False, kw_only=True)
class Reading:
    """The counted words of one article and its sentences.

    Per word: ``start, end`` code-point offsets, ``word`` and ``stem`` hashes, ``weight`` (0 for a
    function word), ``name`` (capital inside a sentence), ``number``, ``quoted`` (somebody else's
    words), ``stock`` (in a stock clause), ``sentence`` its sentence's row. Per sentence: ``indptr``
    into the words, ``paragraph`` its paragraph's number.
    """

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    word: NDArray[np.uint64]
    stem: NDArray[np.uint64]
    weight: NDArray[np.float32]
    name: NDArray[np.bool_]
    number: NDArray[np.bool_]
    quoted: NDArray[np.bool_]
    stock: NDArray[np.bool_]
    sentence: NDArray[np.int64]
    indptr: NDArray[np.int64]
    paragraph: NDArray[np.int64]

    def __len__(self) -> int:
        """How many words count."""
        return len(self.word)

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """Words of each sentence."""
        return np.diff(self.indptr)

    @cached_property
    def telling(self) -> NDArray[np.bool_]:
        """Words that show the writer's own wording: no quotation, stock clause, name, "the"."""
        set_apart = self.quoted | self.stock | self.name | self.number
        return ~set_apart & (self.weight > 0)

    @cached_property
    def labels(self) -> NDArray[np.bool_]:
        """Figures with the words beside them: the unit, what is counted, what it was before."""
        out = self.number.copy()
        for step in range(1, LABEL + 1):
            out[step:] |= self.number[:-step]
            out[:-step] |= self.number[step:]
        return out

    @cached_property
    def vocabulary(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """The distinct stems, sorted, and for each word the place of its stem among them."""
        return np.unique(self.stem, return_inverse=True)

    @cached_property
    def trigrams(self) -> NDArray[np.uint64]:
        """One hash for each three stems in a row, shape ``[words - 2]``."""
        return trigrams(self.stem)

    @cached_property
    def sorted_trigrams(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """The trigram hashes in order, and where each stands."""
        order = np.argsort(self.trigrams, kind="stable")
        return self.trigrams[order], order

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """The weight of each distinct stem: the least of its spellings'."""
        stems, place = self.vocabulary
        if pays(len(self)):
            from dedup.verify import close_kernels

            return close_kernels.least(place, self.weight, len(stems))
        out = np.full(len(stems), np.inf, np.float32)
        np.minimum.at(out, place, self.weight)
        return out

    @cached_property
    def counts(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """The sentence × stem counts that are not zero: rows, columns, counts."""
        stems, place = self.vocabulary
        if pays(len(self)):
            from dedup.verify import close_kernels

            return close_kernels.counted(self.sentence, self.indptr, place, len(stems))
        keys, count = np.unique(self.sentence * len(stems) + place, return_counts=True)
        return keys // max(1, len(stems)), keys % max(1, len(stems)), count.astype(float)

    @cached_property
    def norms(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The length of each sentence's TF-IDF vector, and of each two sentences' in a row."""
        square, shared = self._squares()
        double = square + np.append(square[1:], 0.0) + 2.0 * shared
        return np.sqrt(square), np.sqrt(double)

    def _squares(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The square of each sentence's TF-IDF vector, and its product with the next one's."""
        rows, columns, count = self.counts
        value = count * self.weights[columns]
        size = len(self.lengths)
        if pays(len(self)):
            from dedup.verify import close_kernels

            return close_kernels.squares(rows, columns, value, size)
        square = np.bincount(rows, value * value, size).astype(float)
        shared = np.zeros(size)
        key = rows * len(self.weights) + columns
        following = np.searchsorted(key, key + len(self.weights))
        following[following == len(key)] = 0
        same = key[following] == key + len(self.weights)
        np.add.at(shared, rows[same], value[same] * value[following[same]])
        return square, shared

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The offsets from the first word's beginning to the last word's end."""
        return int(self.start[first]), int(self.end[last])

    def quotes(self, start: int, end: int) -> bool:
        """Whether somebody else's words stand in a stretch, given by its offsets."""
        return bool(self.quoted[slice(*np.searchsorted(self.start, (start, end)).tolist())].any())


def trigrams(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """One hash for each three words in a row, shape ``[words - 2]``."""
    if len(words) < SEED:
        return np.empty(0, np.uint64)
    return (words[:-2] * _FIRST + words[1:-1]) * _SECOND + words[2:]


def read(
    words: Words,
    sentences: Sequence[tuple[int, Span]],
    stock: Sequence[Span] = (),
) -> Reading:
    """Lay out an article's counted words.

    Args:
        words: all words of the article; flags say which are somebody else's.
        sentences: (paragraph number, span) of each sentence that counts, in the order of the text.
        stock: spans of the stock clauses, in the order of the text.

    """
    begin = np.array([span.start for _, span in sentences], np.int64)
    stop = np.array([span.end for _, span in sentences], np.int64)
    first, last = np.searchsorted(words.start, begin), np.searchsorted(words.start, stop)
    keep = np.flatnonzero(last > first)
    first, last = first[keep], last[keep]
    indptr = np.concatenate(([0], np.cumsum(last - first)))
    sentence = np.repeat(np.arange(len(keep)), last - first)
    row = np.arange(indptr[-1]) - indptr[sentence] + first[sentence]
    flags = words.flags[row]
    opens = np.zeros(len(row), bool)
    opens[indptr[:-1]] = True
    return Reading(
        start=words.start[row],
        end=words.end[row],
        word=words.word[row],
        stem=words.stem[row],
        weight=words.weight[row],
        name=((flags & CAPITAL) > 0) & ~opens & (words.weight[row] > 0),
        number=(flags & NUMBER) > 0,
        quoted=(flags & QUOTED) > 0,
        stock=_inside(words.start[row], stock),
        sentence=sentence,
        indptr=indptr,
        paragraph=np.array([sentences[i][0] for i in keep.tolist()], np.int64),
    )


def _inside(at: NDArray[np.int32], spans: Sequence[Span]) -> NDArray[np.bool_]:
    """Which of the offsets lie in one of the spans (sorted, apart from each other)."""
    if not spans:
        return np.zeros(len(at), bool)
    begin = np.array([span.start for span in spans])
    stop = np.array([span.end for span in spans])
    place = np.searchsorted(begin, at, side="right") - 1
    return (place >= 0) & (at < stop[np.maximum(place, 0)])
