"""Passages that one author took from another: what two texts share that are nobody's reports.

Two reporters at one event are told the same words and state the same facts; two authors do not find
the same sentences by themselves, in whatever order. So between bare texts likeness is enough, and
what is a passage is settled as in text alignment (Sanchez-Perez, Sidorov & Gelbukh 2014; summaries:
Sanchez-Perez, Gelbukh & Sidorov 2015). What a sentence tells is weighed within the two texts, by
inverse sentence frequency: the words of a subject that both treat at length tell nothing there.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.verify.clusters import SEED_COSINE, SEED_DICE, SHORTEST, WHOLE, WIDEST, best, near
from dedup.verify.passages import Piece
from dedup.verify.uniqueness import common_runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.verify.likeness import Likeness
    from dedup.verify.reading import Reading
    from dedup.verify.runs import Seeds

    Places = NDArray[np.int64]
    Matrix = NDArray[np.floating]

#: A sentence beside a passage that is nearly a seed belongs to it.
BESIDE_COSINE, BESIDE_DICE = 0.26, 0.25
#: A text copied as it stands has runs of so many words, broken off for no more than so many; these
#: are the passages if they hold at least that share of what is alike.
RUN, BREAK, AS_IT_STANDS = 20, 12, 0.5
#: A summary draws on sentences this far apart, and is this many times shorter than its source.
SUMMARY_GAP, SHORTER = 24, 3
#: The log-odds of a passage that is copied as it stands, and of one just alike enough: so many are
#: right by the labels of text alignment (Platt 1999; docs/accuracy.md).
_SURE, _ALIKE = 7.0, 2.0


class Box(NamedTuple):
    """A stretch of sentences on either side, last included."""

    top: int
    bottom: int
    left: int
    right: int


class Sentences:
    """The sentences of two texts side by side, weighed within the two."""

    def __init__(self, like: Likeness) -> None:
        """Take what the sentences share."""
        self.like, self.a, self.b = like, like.a, like.b

    @cached_property
    def weights(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The inverse sentence frequency of each distinct stem of either text, in both texts."""
        here, there = (_spread(side) for side in (self.a, self.b))
        held_a = _columns(self.a, self.like.here)
        held_b = _columns(self.b, self.like.there)
        both = here[held_a] + there[held_b]
        here[held_a], there[held_b] = both, both
        sentences = len(self.a.lengths) + len(self.b.lengths)
        return np.log(sentences / here), np.log(sentences / there)

    @cached_property
    def dot(self) -> Matrix:
        """Inner products of the sentences' vectors, ``[sentences a, sentences b]``."""
        weight = self.weights[0][_columns(self.a, self.like.here)].astype(np.float32)
        product: Matrix = (self.like.told * weight * weight) @ self.like.counts.T
        return product

    @cached_property
    def cosine(self) -> Matrix:
        """Cosine of single sentences."""
        lengths = [
            np.sqrt(np.bincount(rows, (count * weight[columns]) ** 2, len(side.lengths)))
            for side, weight in zip((self.a, self.b), self.weights, strict=True)
            for rows, columns, count in (side.bags.counts,)
        ]
        angle: Matrix = self.dot / np.maximum(np.outer(*lengths), 1e-9)
        return angle

    def alike(self, cosine: float, dice: float, rows: slice, columns: slice) -> tuple[Places, ...]:
        """The pairs of sentences, of two stretches, that are alike by both measures."""
        here, there = np.nonzero(self.cosine[rows, columns] > cosine)
        here, there = here + rows.start, there + columns.start
        if len(here):
            enough = self.like.dice(here, there) > dice
            here, there = here[enough], there[enough]
        return here, there

    def whole(self, box: Box) -> float:
        """Cosine of two stretches as wholes."""
        dot = self.dot[box.top : box.bottom + 1, box.left : box.right + 1].sum()
        here = _length(self.a, self.weights[0], box.top, box.bottom)
        there = _length(self.b, self.weights[1], box.left, box.right)
        return float(dot / max(here * there, 1e-9))


def _columns(reading: Reading, shared: Places) -> Places:
    """The places, among a text's distinct stems, of those that the other has too, in its order."""
    place = reading.bags.place
    held = np.flatnonzero(shared >= 0)
    out = np.zeros(int(shared.max(initial=-1)) + 1, np.int64)
    out[shared[held]] = place[held]
    return out


def _spread(reading: Reading) -> NDArray[np.float64]:
    """In how many sentences each distinct stem stands."""
    _, columns, _ = reading.bags.counts
    return np.bincount(columns, minlength=len(reading.bags.distinct)).astype(float)


def _length(reading: Reading, weights: NDArray[np.float64], first: int, last: int) -> float:
    """Length of the vector of sentences ``first`` to ``last``, last included."""
    rows, columns, count = reading.bags.counts
    inside = slice(*np.searchsorted(rows, (first, last + 1)))
    total = np.bincount(columns[inside], count[inside], len(weights))
    return float(np.linalg.norm(total * weights))


def borrowed(like: Likeness, found: Seeds) -> list[Piece]:
    """Find the passages of two texts, whichever of them is the later."""
    both = Sentences(like)
    every = slice(0, len(like.a.lengths)), slice(0, len(like.b.lengths))
    rows, columns = (side.tolist() for side in both.alike(SEED_COSINE, SEED_DICE, *every))
    boxes = [_extended(both, box) for box in _boxes(both, rows, columns, WIDEST)]
    pieces = _pieces(both, boxes)
    copied = _as_it_stands(like, found)
    if copied and _size(copied) >= AS_IT_STANDS * _size([*copied, *pieces]):
        return copied
    summary = _pieces(both, list(_boxes(both, rows, columns, SUMMARY_GAP)))
    sizes = sorted(_characters(like, summary))
    return summary if sizes[0] * SHORTER < sizes[1] else pieces


def _boxes(both: Sentences, rows: Sequence[int], columns: Sequence[int], gap: int) -> Iterator[Box]:
    """Yield the bounds of the clusters of seeds that are alike as wholes.

    One that is not is split by narrowing the gap between its seeds.
    """
    if not rows:
        return
    for group in near(rows, columns, gap):
        i, j = [rows[seed] for seed in group], [columns[seed] for seed in group]
        box = Box(min(i), max(i), min(j), max(j))
        if both.whole(box) >= WHOLE:
            yield box
        elif gap:
            yield from _boxes(both, i, j, gap - 1)


def _extended(both: Sentences, box: Box) -> Box:
    """Let a cluster grow by the sentence before or after it, on either side."""
    rows = slice(max(0, box.top - 1), box.bottom + 2)
    columns = slice(max(0, box.left - 1), box.right + 2)
    here, there = both.alike(BESIDE_COSINE, BESIDE_DICE, rows, columns)
    top, bottom = min([box.top, *here.tolist()]), max([box.bottom, *here.tolist()])
    return Box(top, bottom, min([box.left, *there.tolist()]), max([box.right, *there.tolist()]))


def _pieces(both: Sentences, boxes: Sequence[Box]) -> list[Piece]:
    """The words of the clusters that are long enough on both sides to tell."""
    a, b = both.a, both.b
    pieces = [
        Piece(
            int(a.indptr[box.top]),
            int(a.indptr[box.bottom + 1]) - 1,
            int(b.indptr[box.left]),
            int(b.indptr[box.right + 1]) - 1,
            _ALIKE + 10.0 * (both.whole(box) - WHOLE),
        )
        for box in boxes
    ]
    return best([piece for piece in pieces if min(_characters(both.like, [piece])) >= SHORTEST])


def _as_it_stands(like: Likeness, found: Seeds) -> list[Piece]:
    """The long common runs, joined where little lies between them on both sides."""
    whole = slice(0, len(like.a)), slice(0, len(like.b))
    common = common_runs(found, *whole, least=RUN)
    _, first, size = np.unique(common.run, return_index=True, return_counts=True)
    runs = zip(common.here[first].tolist(), common.there[first].tolist(), size, strict=True)
    joined: list[Piece] = []
    for here, there, length in sorted(runs):
        piece = Piece(here, here + int(length) - 1, there, there + int(length) - 1, _SURE)
        last = joined[-1] if joined else None
        if last and _close(here - last.here_last) and _close(there - last.there_last):
            joined[-1] = last._replace(here_last=piece.here_last, there_last=piece.there_last)
        else:
            joined.append(piece)
    return joined


def _close(step: int) -> bool:
    return 0 < step <= BREAK + 1


def _size(pieces: Sequence[Piece]) -> int:
    """How many words the pieces hold, each counted once."""
    return len({row for piece in pieces for row in range(piece.here, piece.here_last + 1)})


def _characters(like: Likeness, pieces: Sequence[Piece]) -> tuple[int, int]:
    """How many characters the pieces span on either side."""
    a, b = like.a, like.b
    here = sum(int(a.end[piece.here_last] - a.start[piece.here]) for piece in pieces)
    return here, sum(int(b.end[piece.there_last] - b.start[piece.there]) for piece in pieces)
