"""Where a passage really begins and ends: at the words that the other side bears out.

Sentences taken near each other, and clusters of like ones, reach from the first shared word to the
last. A sentence beside the copied one, a caption between, a paragraph that the other text has to
itself: they share a name or three words by chance, and are no part of what was taken.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import pays
from dedup.verify.filling import TOLD
from dedup.verify.passages import SHORTEST, Piece, join
from dedup.verify.reading import SEED
from dedup.verify.uniqueness import STRING, common_runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from dedup.verify.following import Following
    from dedup.verify.likeness import Likeness
    from dedup.verify.reading import Reading
    from dedup.verify.runs import Seeds
    from dedup.verify.uniqueness import Common

    Mask = NDArray[np.bool_]
    Rows = NDArray[np.int64]

#: A word at an end of a passage that is not borne out counts so much against keeping it.
APART = 0.25
#: So many words that only one side has, and so many times what the other has there, were put in.
PUT_IN, UNEQUAL = 20, 3
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
        if self.like.compiled:
            return self._cut(piece)
        before = None
        while piece != before and not piece.retold:
            before = piece
            first, last, begin, stop = self._borne_out(piece)
            if last < first or stop < begin:
                return before
            first, last = _settled(self.like.a, first, last)
            begin, stop = _settled(self.like.b, begin, stop)
            piece = piece._replace(here=first, here_last=last, there=begin, there_last=stop)
        return piece

    def _cut(self, piece: Piece) -> Piece:
        """Cut a piece, word by word."""
        if piece.retold:
            return piece
        from dedup.verify import piece_kernels

        a, b, seeds = self.like.a, self.like.b, (self.found.here, self.found.there)
        sides = (a.sentence, a.indptr), (b.sentence, b.indptr)
        ends = piece_kernels.cut(seeds, self._known, sides, piece[:4], (SEED, APART))
        return Piece(*ends, *piece[4:])

    def _borne_out(self, piece: Piece) -> tuple[int, int, int, int]:
        """First and last word of what is best borne out, on both sides; none if last is less."""
        known, (here, there) = self._known, piece.sides
        left, right = self._inside(here, there)
        first, last = _segment(known[0][here], left - here.start)
        begin, stop = _segment(known[1][there], right - there.start)
        return here.start + first, here.start + last, there.start + begin, there.start + stop

    @cached_property
    def _known(self) -> tuple[Mask, Mask]:
        """The words that sentences and what they clearly are one with both have, on either side."""
        like, follow = self.like, self.follow
        clear = (follow.score > 0) & (like.window[2] >= ONE) & (follow.tiled < 1)
        if like.compiled:
            from dedup.verify import piece_kernels

            window, rows = (follow.first, follow.last), (like.a.indptr, like.b.indptr)
            return piece_kernels.borne_out(like.columns, clear, window, rows)
        here, there = np.zeros(len(like.a), bool), np.zeros(len(like.b), bool)
        for i in np.flatnonzero(clear).tolist():
            row = slice(like.a.indptr[i], like.a.indptr[i + 1])
            place = slice(like.b.indptr[follow.first[i]], like.b.indptr[follow.last[i] + 1])
            held, known = like.held(row, place)
            here[row] |= held
            there[place] |= known
        return here, there

    def divided(
        self, proven: Iterable[tuple[Piece, list[Piece]]], door: Callable[[Piece], str]
    ) -> list[tuple[Piece, list[Piece]]]:
        """Divide passages, each with its pieces, where one side has a stretch to itself.

        A few words that come apart so are no passage. A piece that lies in none of the parts was
        moved: it is a passage of its own, if the ``door`` finds no reason against it.
        """
        out: list[tuple[Piece, list[Piece]]] = []
        for whole, pieces in proven:
            parts = [part for part in self._parts(whole) if part == whole or part.words >= SHORTEST]
            within = [[piece for piece in pieces if _meet(piece, part)] for part in parts]
            out += [(part, inside or [part]) for part, inside in zip(parts, within, strict=True)]
            met = set(chain.from_iterable(within))
            moved = join(piece for piece in pieces if piece not in met)
            out += [
                (piece, group)
                for piece, group in moved
                if piece.words >= SHORTEST and not door(piece)
            ]
        return out

    def _parts(self, piece: Piece) -> Iterator[Piece]:
        """Yield the parts of a passage: apart on one side, where they touch on the other.

        A stretch that was re-told has one of about its length beside it; what was put in has none.
        """
        if piece.retold:
            yield piece
            return
        followed, sides = self._followed, piece.sides
        if all(_hardly_more(mask[side]) for mask, side in zip(followed, sides, strict=True)):
            yield piece
            return
        whole = piece
        common = common_runs(self.found, *sides, least=SEED)
        here, there = (mask.copy() for mask in followed)
        here[common.here] = there[common.there] = True
        last = None
        for run in _in_order(common, piece):
            if last and self._comes_apart(last, run, here, there):
                part = piece._replace(here_last=last.here_last, there_last=last.there_last)
                yield self.cut(self._tidied(part))
                piece = piece._replace(here=run.here, there=run.there)
            last = run
        yield piece if piece == whole else self.cut(self._tidied(piece))

    def _comes_apart(self, last: Piece, run: Piece, here: Mask, there: Mask) -> bool:
        """Whether what stands between two runs was no part of what was taken."""
        between = slice(last.here_last + 1, run.here), slice(last.there_last + 1, run.there)
        ours, theirs = here[between[0]], there[between[1]]
        return _put_in(ours, theirs) or (
            min(len(ours), len(theirs)) >= STRING
            and not (ours.any() or theirs.any())
            and self._strange(*between)
        )

    def _strange(self, here: slice, there: slice) -> bool:
        """Whether two stretches tell of different things, by what the words tell they share."""
        sides = zip(
            (self.like.a, self.like.b), (here, there), self.like.held(here, there), strict=True
        )
        told = [(side.weight[rows], held) for side, rows, held in sides]
        return all(weight[held].sum() < TOLD * weight.sum() for weight, held in told)

    def _tidied(self, piece: Piece) -> Piece:
        """A piece without the word or two of a sentence that it only reaches into."""
        here, here_last = _settled(self.like.a, piece.here, piece.here_last)
        there, there_last = _settled(self.like.b, piece.there, piece.there_last)
        if here_last < here or there_last < there:
            return piece
        return piece._replace(here=here, here_last=here_last, there=there, there_last=there_last)

    @cached_property
    def _followed(self) -> tuple[Mask, Mask]:
        """The words of the taken sentences, and of the places that these are most like."""
        like, follow = self.like, self.follow
        here, there = follow.taken[like.a.sentence], np.zeros(len(like.b), bool)
        for i in np.flatnonzero(follow.taken).tolist():
            there[like.b.indptr[follow.first[i]] : like.b.indptr[follow.last[i] + 1]] = True
        return here, there

    def _inside(self, here: slice, there: slice) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The seeds that both sides hold whole."""
        inside = (self.found.here >= here.start) & (self.found.here <= here.stop - SEED)
        inside &= (self.found.there >= there.start) & (self.found.there <= there.stop - SEED)
        return self.found.here[inside], self.found.there[inside]


def _meet(one: Piece, other: Piece) -> bool:
    """Whether two pieces have words in common on both sides."""
    here = one.here <= other.here_last and other.here <= one.here_last
    return here and one.there <= other.there_last and other.there <= one.there_last


def _hardly_more(followed: Mask) -> bool:
    """Whether nothing can have been put into a stretch, by the words that follow the other's."""
    return len(followed) - int(np.count_nonzero(followed)) <= PUT_IN


def _put_in(ours: Mask, theirs: Mask) -> bool:
    """Whether of what stands between two runs one side has a stretch to itself.

    Given are the words that are borne out; many of them were moved, and stay.
    """
    less, more = sorted((int((~ours).sum()), int((~theirs).sum())))
    moved = max(int(ours.sum()), int(theirs.sum())) > PUT_IN
    return more > PUT_IN and less * UNEQUAL < more and not moved


def _in_order(common: Common, piece: Piece) -> list[Piece]:
    """The common runs of a piece that come in one order on both sides, most words in all."""
    order = np.argsort(common.here, kind="stable")
    here, there = common.here[order], common.there[order]
    if pays(len(here)):
        from dedup.verify import run_kernels

        chosen = run_kernels.chain(here, there)
    else:
        chosen = _chain(here, there)
    return [
        piece._replace(here=i, here_last=i + size - 1, there=j, there_last=j + size - 1)
        for i, j, size in zip(*(column[::-1].tolist() for column in chosen), strict=True)
    ]


def _chain(here: Rows, there: Rows) -> tuple[Rows, Rows, Rows]:
    """Choose the runs: where each begins on either side, and its length, the last one first."""
    breaks = np.flatnonzero((np.diff(here) != 1) | (np.diff(there) != 1)) + 1
    first = np.concatenate((np.zeros(1, np.int64), breaks))[: len(here)]
    size = np.diff(np.append(first, len(here)))
    best = size.copy()
    before = np.full(len(size), -1)
    for k in range(1, len(size)):
        fits = np.flatnonzero(there[first[:k]] + size[:k] <= there[first[k]])
        if len(fits):
            before[k] = fits[best[fits].argmax()]
            best[k] += best[before[k]]
    chosen = []
    k = int(best.argmax()) if len(best) else -1
    while k >= 0:
        chosen.append(k)
        k = int(before[k])
    return here[first[chosen]], there[first[chosen]], size[chosen]


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
