"""An article read closely: its counted words as columns, ready to be laid beside another's.

Only words that tell the story are here (roles body and quote): a heading, promo, caption or credit
can never be reuse by itself, and a copied run goes on over one as if it were not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

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


class Bags(NamedTuple):
    """What the sentences of an article hold, stem by stem.

    Attributes:
        distinct: the stems, sorted.
        place: for each word the place of its stem among them.
        weights: of each stem, the least of its spellings'.
        counts: the sentence × stem counts that are not zero: rows, columns, counts.
        norms: the length of each sentence's TF-IDF vector, and of each two sentences' in a row.

    """

    distinct: NDArray[np.uint64]
    place: NDArray[np.int64]
    weights: NDArray[np.float32]
    counts: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]
    norms: tuple[NDArray[np.float64], NDArray[np.float64]]


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
    def bags(self) -> Bags:
        """What the sentences hold, stem by stem."""
        return (_described if pays(len(self)) else _bags)(self)

    @cached_property
    def trigrams(self) -> NDArray[np.uint64]:
        """One hash for each three stems in a row, shape ``[words - 2]``."""
        return trigrams(self.stem)

    @cached_property
    def sorted_trigrams(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """The trigram hashes in order, and where each stands."""
        order = np.argsort(self.trigrams, kind="stable")
        return self.trigrams[order], order

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


def _described(reading: Reading) -> Bags:
    """Count and weigh the stems of an article's sentences, one by one."""
    from dedup.verify import close_kernels

    order, lines = np.argsort(reading.stem), (reading.sentence, reading.indptr)
    return Bags(*close_kernels.described(reading.stem, order, reading.weight, lines))


def _bags(reading: Reading) -> Bags:
    """Count and weigh the stems of an article's sentences, all at once."""
    distinct, place = np.unique(reading.stem, return_inverse=True)
    weights = np.full(len(distinct), np.inf, np.float32)
    np.minimum.at(weights, place, reading.weight)
    size, sentences = max(1, len(distinct)), len(reading.lengths)
    keys, count = np.unique(reading.sentence * size + place, return_counts=True)
    rows, columns, times = keys // size, keys % size, count.astype(float)
    value = times * weights[columns]
    square = np.bincount(rows, value * value, sentences).astype(float)
    shared = np.zeros(sentences)
    following = np.searchsorted(keys, keys + size)
    following[following == len(keys)] = 0
    same = keys[following] == keys + size
    np.add.at(shared, rows[same], value[same] * value[following[same]])
    double = square + np.append(square[1:], 0.0) + 2.0 * shared
    norms = np.sqrt(square), np.sqrt(double)
    return Bags(distinct, place, weights, (rows, columns, times), norms)


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
    spans = np.array([(n, *span) for n, span in sentences], np.int64).reshape(-1, 3)
    clauses = np.array(stock, np.int64).reshape(-1, 2)
    marks = (_marked if pays(len(words.start)) else _marks)(words, spans, clauses)
    row = marks.row
    return Reading(
        start=words.start[row],
        end=words.end[row],
        word=words.word[row],
        stem=words.stem[row],
        weight=words.weight[row],
        name=marks.name,
        number=marks.number,
        quoted=marks.quoted,
        stock=marks.stock,
        sentence=marks.sentence,
        indptr=marks.indptr,
        paragraph=marks.paragraph,
    )


class _Marks(NamedTuple):
    """Which words of an article count, by their rows, and what is to be said of each."""

    row: NDArray[np.int64]
    sentence: NDArray[np.int64]
    indptr: NDArray[np.int64]
    paragraph: NDArray[np.int64]
    name: NDArray[np.bool_]
    number: NDArray[np.bool_]
    quoted: NDArray[np.bool_]
    stock: NDArray[np.bool_]


def _marked(words: Words, spans: NDArray[np.int64], clauses: NDArray[np.int64]) -> _Marks:
    """Mark the words of the sentences, one by one."""
    from dedup.verify import close_kernels

    columns, bits = (words.start, words.weight, words.flags), (CAPITAL, NUMBER, QUOTED)
    return _Marks(*close_kernels.marked(columns, spans, clauses, bits))


def _marks(words: Words, spans: NDArray[np.int64], clauses: NDArray[np.int64]) -> _Marks:
    """Mark the words of the sentences, all at once."""
    first, last = np.searchsorted(words.start, spans[:, 1:].T)
    keep = np.flatnonzero(last > first)
    first, last = first[keep], last[keep]
    indptr = np.concatenate(([0], np.cumsum(last - first)))
    sentence = np.repeat(np.arange(len(keep)), last - first)
    row = np.arange(indptr[-1]) - indptr[sentence] + first[sentence]
    flags = words.flags[row]
    opens = np.zeros(len(row), bool)
    opens[indptr[:-1]] = True
    return _Marks(
        row=row,
        sentence=sentence,
        indptr=indptr,
        paragraph=spans[keep, 0],
        name=((flags & CAPITAL) > 0) & ~opens & (words.weight[row] > 0),
        number=(flags & NUMBER) > 0,
        quoted=(flags & QUOTED) > 0,
        stock=_inside(words.start[row], clauses),
    )


def _inside(at: NDArray[np.int32], spans: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the offsets lie in one of the spans (sorted, apart from each other)."""
    if not len(spans):
        return np.zeros(len(at), bool)
    begin, stop = spans.T
    place = np.searchsorted(begin, at, side="right") - 1
    inside: NDArray[np.bool_] = (place >= 0) & (at < stop[np.maximum(place, 0)])
    return inside
