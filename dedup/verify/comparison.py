"""Two readings laid side by side: every passage that one took from the other."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.verify.borrowing import borrowed
from dedup.verify.clusters import clusters
from dedup.verify.edges import Edges
from dedup.verify.filling import completed
from dedup.verify.following import QUOTED, following
from dedup.verify.likeness import likeness
from dedup.verify.passages import Piece, passage, pieces, stretches
from dedup.verify.rewrite import COPIED, retelling, retold
from dedup.verify.runs import seeds
from dedup.verify.uniqueness import Uniqueness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dedup.verify.following import Following
    from dedup.verify.likeness import Likeness
    from dedup.verify.passages import Passage
    from dedup.verify.reading import Reading

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
    """What two articles share; offsets are those of the first article and of the other.

    ``shared`` tells of the wording of the passages, where there are any.
    """

    passages: tuple[Passage, ...]
    refusals: tuple[Refusal, ...]
    shared: Uniqueness | None = None


class _Asked(NamedTuple):
    """What is looked for: a re-telling too, only what is unique, in texts that report nothing.

    ``ordered``: the order is known.
    """

    retell: bool
    strict: bool
    bare: bool
    ordered: bool


class _View(NamedTuple):
    """What one article took, seen from its side.

    ``cut`` ends a piece where the other side stops bearing it out; ``door`` says why a stretch is
    no reuse. ``joined`` are the stretches of what was taken, where they are known.
    """

    like: Likeness
    follow: Following
    edges: Edges
    taken: list[Piece]
    cut: Callable[[Piece], Piece]
    door: Callable[[Piece], str]
    joined: Sequence[tuple[Piece, list[Piece]]] | None = None


def compare(  # noqa: PLR0913 - how to compare is said by name
    a: Reading,
    b: Reading,
    *,
    both: bool,
    retell: bool = True,
    strict: bool = False,
    bare: bool = False,
    explain: bool = False,
) -> Comparison:
    """Find the passages that ``a`` took from ``b``.

    Args:
        a: the later article.
        b: the earlier one.
        both: the order is not known: look both ways and keep the view that explains more.
        retell: an article as a whole may be re-told from the other, being news of one time.
        strict: each was reported by somebody who was there or was told, as far as one knows: only
            what two reporters do not find by themselves is reuse.
        bare: the two are nobody's reports but texts like any others, which two authors would not
            have written alike; neither order nor own detail is asked for then.
        explain: say of near misses which rule kept them from being reuse.

    """
    if not len(a) or not len(b):
        return Comparison((), ())
    asked = _Asked(retell, strict, bare, not both)
    shared = Uniqueness(a, b, seeds(a, b))
    if strict and not explain and _hopeless(shared, asked):
        return Comparison((), ())
    view = _view(shared, asked)
    taken = _seen_best(shared, view.taken, asked)
    kept, refusals = _told_apart(view, taken)
    if strict:
        kept = completed(view.like, view.follow, kept)
        kept = view.edges.divided(kept, view.door)
    found = [passage(a, b, shared.found, piece, parts) for piece, parts in kept]
    if not explain:
        return Comparison(tuple(found), (), shared)
    refused = [
        Refusal(*passage(a, b, shared.found, piece, [])[:4], rule)
        for piece, rule in refusals.items()
    ]
    refused.extend(_refusals(view, [*found, *refused]))
    return Comparison(tuple(found), tuple(sorted(refused)), shared)


def _told_apart(
    view: _View, taken: Sequence[Piece]
) -> tuple[list[tuple[Piece, list[Piece]]], dict[Piece, str]]:
    """The stretches that pass the door, each with its pieces, and those refused, with the rule."""
    kept, refused = [], {}
    joined = view.joined if taken is view.taken else None
    for piece, parts in stretches(view.like, taken, view.cut) if joined is None else joined:
        rule = view.door(piece)
        if rule:
            refused[piece] = rule
        else:
            kept.append((piece, parts))
    return kept, refused


def _hopeless(shared: Uniqueness, asked: _Asked) -> bool:
    """Whether no passage can be unique, nor either article be the other re-told."""
    if shared.possible:
        return False
    a, b = shared.a, shared.b
    sides = [(a, b)] if asked.ordered else [(a, b), (b, a)]
    told = (retelling(likeness(*side), ordered=asked.ordered) for side in sides if asked.retell)
    return not any(one.taken for one in told if one is not None)


def _seen_best(shared: Uniqueness, taken: list[Piece], asked: _Asked) -> list[Piece]:
    """The pieces from the side that explains more, where the order is not known.

    What two bare texts share is the same from either side; only a re-telling is not.
    """
    if asked.ordered or (asked.bare and (taken or not asked.retell)):
        return taken
    a, b = shared.a, shared.b
    backward = [_turn(piece) for piece in _view(Uniqueness(b, a, seeds(b, a)), asked).taken]
    return backward if _size(backward) > _size(taken) else taken


def _door(shared: Uniqueness, asked: _Asked) -> Callable[[Piece], str]:
    """What says why a stretch is no reuse, by the rule's name, or "".

    A stretch that rests on the article's being re-told as a whole has passed a rule of its own.
    """
    if not asked.strict:
        return lambda _: ""
    refusal = cache(shared.refusal)
    return lambda piece: "" if piece.retold else refusal(piece)


def _view(shared: Uniqueness, asked: _Asked) -> _View:
    """Gather the pieces that one article took from the other."""
    like, found = likeness(shared.a, shared.b), shared.found
    follow = following(like, found)
    edges, door = Edges(like, found, follow), _door(shared, asked)
    if follow.form:
        return _View(like, follow, edges, [], _as_is, door)
    if asked.bare:
        alike = [piece for piece in borrowed(like, found) if not _only_quoted(shared, piece)]
        alike = alike or _retold(like, [], asked) or []
        return _View(like, follow, edges, alike, _as_is, door)
    cut = cache(edges.cut) if asked.strict else _as_is
    copied = list(pieces(like, found, follow))
    joined = list(stretches(like, copied, cut))
    proven = [part for piece, parts in joined if not door(piece) for part in parts]
    told = _retold(like, proven, asked)
    if told is not None:
        return _View(like, follow, edges, [*proven, *told], cut, door)
    retold = clusters(like, follow)
    return _View(like, follow, edges, [*copied, *retold], cut, door, None if retold else joined)


def _only_quoted(shared: Uniqueness, piece: Piece) -> bool:
    """Whether a passage is what both quote somebody with.

    It is more where what stands between the quotations shows by itself that one had the other.
    """
    here, there = piece.sides
    said = min(shared.a.quoted[here].mean(), shared.b.quoted[there].mean())
    return bool(said >= QUOTED) and bool(shared.refusal(piece))


def _as_is(piece: Piece) -> Piece:
    """Where wording need not be unique, a passage is what is alike, to its last word."""
    return piece


def _retold(like: Likeness, proven: Sequence[Piece], asked: _Asked) -> list[Piece] | None:
    """The pieces of an article that is re-told as a whole; None where it is not."""
    if not asked.retell or _size(proven) >= COPIED * len(like.a):
        return None
    told = retelling(like, ordered=asked.ordered)
    return retold(like, told, proven) if told is not None and told.taken else None


def _turn(piece: Piece) -> Piece:
    """The same piece seen from the other side."""
    return Piece(
        piece.there, piece.there_last, piece.here, piece.here_last, piece.score, piece.retold
    )


def _size(found: Sequence[Piece]) -> int:
    """How many words the pieces hold, each counted once."""
    words, stop = 0, 0
    for piece in sorted(found):
        words += max(0, piece.here_last + 1 - max(stop, piece.here))
        stop = max(stop, piece.here_last + 1)
    return words


def _refusals(view: _View, known: Sequence[Passage | Refusal]) -> Iterator[Refusal]:
    """Yield the sentences that are alike but no part of a stretch that is known."""
    a, b, follow = view.like.a, view.like.b, view.follow
    cosine = view.like.window[2]
    for i in np.flatnonzero((cosine >= NEAR_MISS) | (follow.score > 0)).tolist():
        start, end = a.span(a.indptr[i], a.indptr[i + 1] - 1)
        if any(stretch.start < end and start < stretch.end for stretch in known):
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
