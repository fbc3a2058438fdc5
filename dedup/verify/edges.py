"""Where a passage really begins and ends: at the words that the other side bears out.

Sentences taken near each other, and clusters of like ones, reach from the first shared word to the
last. A sentence beside the copied one, a caption between, a paragraph that the other text has to
itself: they share a name or three words by chance, and are no part of what was taken.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dedup.verify.reading import SEED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.verify.following import Following
    from dedup.verify.likeness import Likeness
    from dedup.verify.passages import Piece
    from dedup.verify.reading import Reading
    from dedup.verify.runs import Seeds

    Mask = NDArray[np.bool_]

#: A word at an end of a passage that is not borne out counts so much against keeping it.
APART = 0.25
#: A sentence is one with what it follows from this cosine on, and all words that both have count.
ONE = 0.5


class Edges:
    """Cuts passages of two articles to what both bear out."""

    def __init__(self, like: Likeness, found: Seeds, follow: Following) -> None:
        """Take the articles, their common seeds and how the sentences follow each other."""
        self.like, self.found, self.follow = like, found, follow

    def cut(self, piece: Piece) -> Piece:
        """Cut a piece from both ends on both sides, until nothing is left to cut.

        What stays makes the most of it, words that are borne out counting for it and others against
        it (the maximal segment). A piece that rests on a whole article's being re-told stays.
        """
        before = None
        while piece != before and not piece.retold:
            before = piece
            here, there = piece.sides
            left, right = self._inside(here, there)
            known = self._known
            first, last = _segment(known[0][here], left - here.start)
            begin, stop = _segment(known[1][there], right - there.start)
            if last < first or stop < begin:
                return before
            first, last = _settled(self.like.a, here.start + first, here.start + last)
            begin, stop = _settled(self.like.b, there.start + begin, there.start + stop)
            piece = piece._replace(here=first, here_last=last, there=begin, there_last=stop)
        return piece

    @cached_property
    def _known(self) -> tuple[Mask, Mask]:
        """The words that sentences and what they clearly are one with both have, on either side."""
        like, follow = self.like, self.follow
        here, there = np.zeros(len(like.a), bool), np.zeros(len(like.b), bool)
        clear = (follow.score > 0) & (like.window[2] >= ONE) & (follow.tiled < 1)
        for i in np.flatnonzero(clear).tolist():
            row = slice(like.a.indptr[i], like.a.indptr[i + 1])
            place = slice(like.b.indptr[follow.first[i]], like.b.indptr[follow.last[i] + 1])
            held, known = like.held(row, place)
            here[row] |= held
            there[place] |= known
        return here, there

    def _inside(self, here: slice, there: slice) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The seeds that both sides hold whole."""
        inside = (self.found.here >= here.start) & (self.found.here <= here.stop - SEED)
        inside &= (self.found.there >= there.start) & (self.found.there <= there.stop - SEED)
        return self.found.here[inside], self.found.there[inside]


def _settled(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Leave out a word or two of a sentence that a stretch only reaches into: they are chance."""
    indptr, sentence = reading.indptr, reading.sentence
    stop = int(indptr[sentence[first] + 1])
    if stop <= last and stop - first < min(SEED, stop - indptr[sentence[first]]):
        first = stop
    begin = int(indptr[sentence[last]])
    if begin > first and last + 1 - begin < min(SEED, indptr[sentence[last] + 1] - begin):
        last = begin - 1
    return first, last


def _segment(known: Mask, seeds: NDArray[np.int64]) -> tuple[int, int]:
    """First and last word of the part of a stretch that is best borne out; (0, -1) if none is.

    Args:
        known: which of its words are borne out by their sentence.
        seeds: where in it runs pass that both sides have in common.

    """
    borne = known.copy()
    for step in range(SEED):
        borne[seeds + step] = True
    if not borne.any():
        return 0, -1
    value = np.concatenate((np.zeros(1), np.cumsum(np.where(borne, 1.0, -APART))))
    last = int((value[1:] - np.minimum.accumulate(value)[:-1]).argmax())
    first = last - int(value[last::-1].argmin())
    return first, last
