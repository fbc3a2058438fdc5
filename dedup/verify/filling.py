"""What came along with what was taken: by itself it would show nothing.

A sentence in other words is as well an independent report of one fact; between sentences that were
taken, in an article most of which was, it is not. A quotation is anybody's who was there; set word
for word beside a sentence that was taken, it was taken with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.verify.following import QUOTED
from dedup.verify.passages import Piece, join
from dedup.verify.rewrite import LEAST_ORDER
from dedup.verify.uniqueness import STRING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.verify.following import Following
    from dedup.verify.likeness import Likeness

    Mask = NDArray[np.bool_]

#: An article of which so much is known to be taken from one other is that other's text.
MOSTLY = 0.6
#: A sentence tells what the other tells in one place from this share of its weight on.
TOLD = 0.4


def completed(
    like: Likeness, follow: Following, proven: list[tuple[Piece, list[Piece]]]
) -> list[tuple[Piece, list[Piece]]]:
    """Join proven passages, each with its pieces, to the sentences that came along with them."""
    rest = _along(like, follow, [piece for piece, _ in proven])
    if not rest:
        return proven
    parts = dict(proven) | {piece: [piece] for piece in rest}
    return [
        (whole, [part for piece in group for part in parts[piece]]) for whole, group in join(parts)
    ]


def _along(like: Likeness, follow: Following, proven: Sequence[Piece]) -> list[Piece]:
    """Find the sentences that came along with the proven pieces."""
    a = like.a
    taken = np.zeros(len(a), bool)
    for piece in proven:
        taken[piece.sides[0]] = True
    known = np.bincount(a.sentence, taken, len(a.lengths)) * 2 >= a.lengths
    if known.all():
        return []
    beside = _quoted(like, follow, known)
    if taken.sum() >= MOSTLY * len(a):
        beside |= _told(like, follow, known)
    return [_piece(like, follow, i) for i in np.flatnonzero(beside).tolist()]


def _quoted(like: Likeness, follow: Following, known: Mask) -> Mask:
    """The quotations, word for word as the other has them, next to a sentence that was taken.

    A few quoted words are anybody's all the same.
    """
    same = (follow.quoted >= QUOTED) & (follow.tiled == 1) & (like.a.lengths >= STRING) & ~known
    out = known.copy()
    for way in (1, -1):
        for i in np.flatnonzero(same)[::way].tolist():
            out[i] = out[max(0, i - 1) : i + 2].any()
    return out & ~known


def _told(like: Likeness, follow: Following, known: Mask) -> Mask:
    """The sentences that have no detail of their own, in an article that is mostly the other's.

    Nor a name nor a figure is there that the other article lacks, and what they tell stands there
    in one place, between the places of what was taken before and after.
    """
    a, b = like.a, like.b
    absent = (like.here < 0) & (a.name | a.number)
    out: Mask = (np.bincount(a.sentence, absent, len(a.lengths)) == 0) & ~known
    rows = np.flatnonzero(known)
    out[: rows[0]] = False  # a lead is everybody's, and each puts it in words of his own
    for i in np.flatnonzero(out).tolist():
        at = int(np.searchsorted(rows, i))
        low = follow.last[rows[at - 1]]
        high = follow.first[rows[at]] if at < len(rows) else len(b.lengths)
        in_order = low <= follow.first[i] <= follow.last[i] <= high
        piece = _piece(like, follow, i)
        held, _ = like.held(*piece.sides)
        weight = a.weight[piece.sides[0]]
        out[i] = in_order and bool(weight[held].sum() >= TOLD * weight.sum() > 0)
    return out


def _piece(like: Likeness, follow: Following, i: int) -> Piece:
    """A whole sentence beside the place that it is most like."""
    rows, place = like.a.indptr, like.b.indptr
    here, there = int(rows[i]), int(place[follow.first[i]])
    ends = int(rows[i + 1]) - 1, int(place[follow.last[i] + 1]) - 1
    return Piece(here, ends[0], there, ends[1], LEAST_ORDER, retold=True)
