"""Two readings laid side by side: every passage that one took from the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.verify.clusters import clusters
from dedup.verify.following import QUOTED, following
from dedup.verify.likeness import likeness
from dedup.verify.passages import Piece, passages, pieces
from dedup.verify.rewrite import COPIED, retelling, retold
from dedup.verify.runs import seeds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.verify.following import Following
    from dedup.verify.likeness import Likeness
    from dedup.verify.passages import Passage
    from dedup.verify.reading import Reading
    from dedup.verify.runs import Seeds

#: A sentence this much like one of the other article is worth saying why it is not reuse.
NEAR_MISS = 0.3


class Refusal(NamedTuple):
    """A stretch that is alike and yet no reuse, with the rule that kept it from being one."""

    start: int
    end: int
    other_start: int
    other_end: int
    rule: str


class Comparison(NamedTuple):
    """What two articles share; offsets are those of the first article and of the other."""

    passages: tuple[Passage, ...]
    refusals: tuple[Refusal, ...]


class _Telling(NamedTuple):
    """Whether a re-telling is looked for, and whether the order is known."""

    possible: bool
    ordered: bool


class _View(NamedTuple):
    """What one article took, seen from its side."""

    like: Likeness
    found: Seeds
    follow: Following
    taken: list[Piece]


def compare(
    a: Reading, b: Reading, *, both: bool, retell: bool = True, explain: bool = False
) -> Comparison:
    """Find the passages that ``a`` took from ``b``.

    Args:
        a: the later article.
        b: the earlier one.
        both: the order is not known: look both ways and keep the view that explains more.
        retell: an article as a whole may be re-told from the other, being news of one time.
        explain: say of near misses which rule kept them from being reuse.

    """
    if not len(a) or not len(b):
        return Comparison((), ())
    told = _Telling(retell, not both)
    view = _view(a, b, told)
    taken = view.taken
    if both:
        backward = [_turn(piece) for piece in _view(b, a, told).taken]
        if _size(backward) > _size(taken):
            taken = backward
    found = tuple(passages(a, b, view.found, taken))
    return Comparison(found, tuple(_refusals(view, found)) if explain else ())


def _view(a: Reading, b: Reading, telling: _Telling) -> _View:
    """Gather the pieces that ``a`` took."""
    like, found = likeness(a, b), seeds(a, b)
    follow = following(like, found)
    taken: list[Piece] = []
    if not follow.form:
        taken.extend(pieces(like, found, follow))
        asked = telling.possible and _size(taken) < COPIED * len(a)
        told = retelling(like, ordered=telling.ordered) if asked else None
        if told is not None and told.taken:
            taken.extend(retold(like, told, taken))
        else:
            taken.extend(clusters(like, follow))
    return _View(like, found, follow, taken)


def _turn(piece: Piece) -> Piece:
    """The same piece seen from the other side."""
    return Piece(
        piece.there, piece.there_last, piece.here, piece.here_last, piece.score, piece.retold
    )


def _size(found: Sequence[Piece]) -> int:
    """How many words the pieces hold, each counted once."""
    held: set[int] = set()
    for piece in found:
        held.update(range(piece.here, piece.here_last + 1))
    return len(held)


def _refusals(view: _View, found: Sequence[Passage]) -> Iterator[Refusal]:
    """Yield the sentences that are alike but no part of a passage."""
    a, b, follow = view.like.a, view.like.b, view.follow
    cosine = view.like.window[2]
    for i in np.flatnonzero((cosine >= NEAR_MISS) | (follow.score > 0)).tolist():
        start, end = a.span(a.indptr[i], a.indptr[i + 1] - 1)
        if any(passage.start < end and start < passage.end for passage in found):
            continue
        there = b.span(b.indptr[follow.first[i]], b.indptr[follow.last[i] + 1] - 1)
        yield Refusal(start, end, *there, _rule(follow, i))


def _rule(follow: Following, i: int) -> str:
    """The rule that kept a sentence from being reuse."""
    if follow.form:
        return "a form filled in anew: like lines, other figures"
    if follow.quoted[i] >= QUOTED:
        return "a quotation that both report"
    if follow.score[i] > 0:
        return "too little by itself"
    return "the same fact in other words"
