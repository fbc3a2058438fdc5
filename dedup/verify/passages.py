"""From taken sentences and long runs to passages: trimmed, joined over short gaps, graded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.compiling import pays
from dedup.records import Reuse
from dedup.verify.following import RARE
from dedup.verify.reading import SEED
from dedup.verify.runs import runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.verify.following import Following
    from dedup.verify.likeness import Likeness
    from dedup.verify.reading import Reading
    from dedup.verify.runs import Seeds

#: Passages of one pair this many words apart on both sides are one.
GAP = 3
#: A passage of fewer words, on either side, says nothing by itself.
SHORTEST = 6
#: So long may a stretch be that was re-told between two taken ones.
RETOLD_GAP = 30
#: A run this long is a passage though its sentences are not, if its words are rare enough.
LONG_RUN = 14
#: "At most a couple of words differ", and in a long passage this share.
COUPLE, SLIP = 2, 0.04
#: Below this share of words in common runs a passage is re-told rather than edited.
EDITED = 0.35
#: From the first word of a seed to each of its words.
_STEPS = np.arange(SEED)


class Piece(NamedTuple):
    """A stretch of words taken: rows of the two readings, last included, and the log-odds.

    ``retold``: it rests on the article's being re-told as a whole, not on its own words.
    """

    here: int
    here_last: int
    there: int
    there_last: int
    score: float
    retold: bool = False

    @property
    def sides(self) -> tuple[slice, slice]:
        """The rows of the two readings."""
        return slice(self.here, self.here_last + 1), slice(self.there, self.there_last + 1)

    @property
    def words(self) -> int:
        """The words of its shorter side."""
        return min(self.here_last - self.here, self.there_last - self.there) + 1


#: A stretch from the first word of some pieces to their last, with the pieces.
Joined = tuple[Piece, list[Piece]]


class Anchor(NamedTuple):
    """Where a piece of a passage begins on either side (offsets), and how closely it follows."""

    here: int
    there: int
    kind: Reuse


class Passage(NamedTuple):
    """An aligned passage pair: offsets on both sides, how close, and how sure (0 to 1).

    ``anchors`` are the pieces it was joined from, in order.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    words: int
    kind: Reuse
    score: float
    anchors: tuple[Anchor, ...]


def pieces(like: Likeness, found: Seeds, follow: Following) -> Iterator[Piece]:
    """Yield the taken stretches: the long runs, longest first, then each taken sentence.

    A stretch stands in one run only, on either side (greedy string tiling, Wise 1993), so that an
    article which repeats itself is laid beside the other once, in step.
    """
    return (_compiled if like.compiled else _pieces)(like, found, follow)


def _compiled(like: Likeness, found: Seeds, follow: Following) -> Iterator[Piece]:
    """Yield the pieces, word by word."""
    from dedup.verify import piece_kernels, run_kernels

    a, b, seeds = like.a, like.b, (found.here, found.there)
    paragraphs = (a.sentence, a.paragraph), (b.sentence, b.paragraph)
    how = (SEED, LONG_RUN, RARE)
    rows, inside = run_kernels.copied(seeds, (a.weight, a.telling), paragraphs, how)
    for here, last, there, stop, length in rows.tolist():
        yield Piece(here, last, there, stop, length / LONG_RUN)
    sides = (a.sentence, a.indptr), (b.sentence, b.indptr)
    asked = follow.taken & ~np.logical_and.reduceat(inside, a.indptr[:-1])
    window = follow.first, follow.last, asked
    rows = piece_kernels.sentences(seeds, like.columns, window, sides, SEED)
    for here, last, there, stop, i in rows.tolist():
        yield Piece(here, last, there, stop, float(follow.score[i]))


def _pieces(like: Likeness, found: Seeds, follow: Following) -> Iterator[Piece]:
    """Yield the pieces, run by run and sentence by sentence."""
    a, b = like.a, like.b
    inside, given = np.zeros(len(a), bool), np.zeros(len(b), bool)
    joined = runs(found)
    long = joined.length >= LONG_RUN
    here, there, length = (column[long] for column in joined)
    for row in np.lexsort((there, here, -length)).tolist():
        stretch = slice(here[row], here[row] + length[row])
        place = slice(there[row], there[row] + length[row])
        if inside[stretch].any() or given[place].any():
            continue
        if a.weight[stretch][a.telling[stretch]].sum(dtype=float) >= RARE:
            inside[stretch] = given[place] = True
            yield from _by_paragraph(like, int(here[row]), int(there[row]), int(length[row]))
    yield from _sentences(like, found, follow, inside)


def _by_paragraph(like: Likeness, here: int, there: int, length: int) -> Iterator[Piece]:
    """Cut a run where a paragraph ends on either side: a passage keeps the place of each."""
    rows = np.arange(length)
    left = like.a.paragraph[like.a.sentence[here + rows]]
    right = like.b.paragraph[like.b.sentence[there + rows]]
    cuts = np.flatnonzero((np.diff(left) != 0) | (np.diff(right) != 0)) + 1
    for part in np.split(rows, cuts):
        first, last = int(part[0]), int(part[-1])
        if len(part) < min(SEED, length):
            continue  # "The" on both sides of a paragraph's end is chance
        yield Piece(here + first, here + last, there + first, there + last, length / LONG_RUN)


def _sentences(
    like: Likeness, found: Seeds, follow: Following, inside: NDArray[np.bool_]
) -> Iterator[Piece]:
    """Yield the taken sentences that are not all ``inside`` a run already."""
    if not follow.taken.any():
        return
    a, b = like.a, like.b
    shared = like.here >= 0
    by_sentence = np.argsort(a.sentence[found.here], kind="stable")
    bounds = np.searchsorted(a.sentence[found.here[by_sentence]], np.arange(len(a.lengths) + 1))
    for i in np.flatnonzero(follow.taken).tolist():
        rows = np.arange(a.indptr[i], a.indptr[i + 1])
        if inside[rows].all():
            continue
        seed = by_sentence[bounds[i] : bounds[i + 1]]
        there = found.there[seed]
        low, high = follow.first[i] - 1, follow.last[i] + 1
        near = (b.sentence[there] >= low) & (b.sentence[there] <= high)
        first, last = _extent(rows[shared[rows]], rows)
        begin, stop = _extent(there[near], _window(like, follow, i, rows))
        stop = min(stop + (SEED - 1 if near.any() else 0), len(b) - 1)
        yield Piece(first, last, begin, stop, float(follow.score[i]))


def _extent(found: NDArray[np.int64], whole: NDArray[np.int64]) -> tuple[int, int]:
    """First and last of what was found, or of the whole where nothing was."""
    rows = found if len(found) else whole
    return int(rows.min()), int(rows.max())


def _window(
    like: Likeness, follow: Following, i: int, rows: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The words of the window of sentence ``i`` that the sentence shares (all if none)."""
    first, stop = like.b.indptr[follow.first[i]], like.b.indptr[follow.last[i] + 1]
    window = np.arange(first, stop)
    _, held = like.held(slice(rows[0], rows[-1] + 1), slice(first, stop))
    return window[held] if held.any() else window


def join(found: Iterable[Piece]) -> list[Joined]:
    """Put pieces together that touch, or lie within a short gap, on both sides."""
    groups: list[tuple[list[int], list[Piece]]] = []
    for piece in sorted(found):
        for ends, parts in groups[-3:]:
            if _continues(ends, piece):
                parts.append(piece)
                _widen(ends, piece)
                break
        else:
            groups.append(([*piece[:4]], [piece]))
    return [(_whole(ends, parts), parts) for ends, parts in groups]


def _widen(ends: list[int], piece: Piece) -> None:
    """Widen a stretch to hold a piece that begins no earlier."""
    _, here_last, there, there_last, _, _ = piece
    ends[1] = max(ends[1], here_last)
    ends[2] = min(ends[2], there)
    ends[3] = max(ends[3], there_last)


def _whole(ends: list[int], parts: Sequence[Piece]) -> Piece:
    """The stretch that holds some pieces."""
    if len(parts) == 1:
        return parts[0]
    here, here_last, there, there_last = ends
    *_, scores, retold = zip(*parts, strict=True)
    return Piece(here, here_last, there, there_last, max(scores), any(retold))


def _overlap(part: Piece, piece: Piece) -> bool:
    """Whether two pieces have words of the article in common."""
    return part.here <= piece.here_last and piece.here <= part.here_last


def _trimmed(like: Likeness, piece: Piece) -> Piece:
    """Cut a piece to the first and the last word that both sides share."""
    if like.compiled:
        from dedup.verify import piece_kernels

        return Piece(*piece_kernels.trimmed(like.columns, piece[:4]), *piece[4:])
    held, found = map(np.flatnonzero, like.held(*piece.sides))
    if not len(held):
        return piece
    return Piece(
        piece.here + int(held[0]),
        piece.here + int(held[-1]),
        piece.there + int(found[0]),
        piece.there + int(found[-1]),
        piece.score,
        piece.retold,
    )


def _continues(ends: Sequence[int], piece: Piece) -> bool:
    """Whether a piece carries on where a stretch ends, on both sides.

    A short stretch that stands where the other has a stretch of its own of like length was re-told.
    """
    _, here_last, there, there_last = ends
    first, _, begin, stop, _, _ = piece
    gap, ahead = first - here_last - 1, begin - there_last - 1
    if stop < there - GAP - 1:
        return False
    if gap <= GAP and ahead <= GAP:
        return True
    less, more = (gap, ahead) if gap < ahead else (ahead, gap)
    return more <= RETOLD_GAP and less * 3 >= more


def grade(a: Reading, b: Reading, found: Seeds, piece: Piece) -> Reuse:
    """Say how closely a piece follows: words that differ, then words in common runs."""
    return grades(a, b, found, [piece])[0]


def grades(a: Reading, b: Reading, found: Seeds, pieces: Sequence[Piece]) -> list[Reuse]:
    """Say how closely each of some pieces follows."""
    if pays(len(found.here)):
        from dedup.verify import piece_kernels

        seeds, ends = (found.here, found.there), np.array([piece[:4] for piece in pieces])
        steps = piece_kernels.in_step(seeds, (a.word, b.word), ends, SEED).tolist()
    else:
        steps = [_in_step(a, b, found, piece) for piece in pieces]
    return [_grade(piece, *step) for piece, step in zip(pieces, steps, strict=True)]


def _grade(piece: Piece, same: int, again: int, covered: int) -> Reuse:
    """Say how closely a piece follows, by how many words are in step and in common runs."""
    size, other = piece.here_last - piece.here + 1, piece.there_last - piece.there + 1
    if max(size - same, other - again) <= max(COUPLE, SLIP * size):
        return Reuse.VERBATIM
    return Reuse.EDITED if covered / size >= EDITED else Reuse.PARAPHRASE


def _in_step(a: Reading, b: Reading, found: Seeds, piece: Piece) -> tuple[int, int, int]:
    """How many words of either side the other has in step, and how many are in common runs."""
    within = (found.here >= piece.here) & (found.here <= piece.here_last - SEED + 1)
    within &= (found.there >= piece.there) & (found.there <= piece.there_last - SEED + 1)
    left = found.here[within][:, np.newaxis] + _STEPS
    right = found.there[within][:, np.newaxis] + _STEPS
    here = np.zeros(piece.here_last - piece.here + 1, bool)
    there = np.zeros(piece.there_last - piece.there + 1, bool)
    covered = here.copy()
    covered[left - piece.here] = True
    same = a.word[left] == b.word[right]
    here[left[same] - piece.here] = True
    there[right[same] - piece.there] = True
    return int(here.sum()), int(there.sum()), int(covered.sum())


def stretches(
    like: Likeness, taken: Iterable[Piece], cut: Callable[[Piece], Piece]
) -> Iterator[Joined]:
    """Join the pieces; yield each whole that may be a passage, with the pieces that make it.

    ``cut`` narrows a whole to what both sides bear out; pieces outside that are joined anew. Where
    it leaves what lies between the pieces, each of them is looked at by itself.
    """
    groups = join(taken)[::-1]
    while groups:
        whole, group = groups.pop()
        whole = _trimmed(like, whole)
        piece = cut(whole)
        rest = [part for part in group if not _overlap(part, piece)] if piece != whole else []
        if len(rest) == len(group):
            groups.extend((part, [part]) for part in rest[::-1] if len(group) > 1)
            continue
        groups.extend(join(rest))
        if piece.words >= SHORTEST:
            yield piece, group


def passage(a: Reading, b: Reading, found: Seeds, piece: Piece, parts: Sequence[Piece]) -> Passage:
    """Give a whole its offsets, its grade and its confidence."""
    kind, *kinds = grades(a, b, found, [piece, *parts])
    anchors = [
        Anchor(
            int(a.start[max(part.here, piece.here)]),
            int(b.start[max(part.there, piece.there)]),
            one,
        )
        for part, one in zip(parts, kinds, strict=True)
    ]
    return Passage(
        *a.span(piece.here, piece.here_last),
        *b.span(piece.there, piece.there_last),
        piece.here_last - piece.here + 1,
        kind,
        float(1.0 / (1.0 + np.exp(-piece.score))),
        tuple(anchors),
    )
