"""Passages re-told densely: clusters of like sentences on both sides.

After Sanchez-Perez, Sidorov & Gelbukh 2014 (PAN text alignment): seeds are sentence pairs alike by
cosine and by Dice; seeds near each other on both sides make a cluster; a cluster that is not alike
as a whole is split by narrowing the gap; what is too short to tell is dropped.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dedup.verify.following import QUOTED
from dedup.verify.passages import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.verify.following import Following
    from dedup.verify.likeness import Likeness
    from dedup.verify.reading import Reading

#: A sentence pair is a seed from these on.
SEED_COSINE, SEED_DICE = 0.33, 0.33
#: Sentences between two seeds of one cluster, at most; narrowed while the whole is not alike.
WIDEST = 4
#: A cluster's two sides are alike as wholes from this cosine on.
WHOLE = 0.40
#: Characters, on either side, below which likeness may be chance.
SHORTEST = 180
#: Fewer like sentences on either side may be one fact told twice.
FEWEST = 3
#: A cluster with more names, numbers and speech of its own than this was reported, not re-told.
OWN_DETAIL = 0.05
#: Share of a stretch's sentences that are alike, and of these, that follow the other's order.
DENSE, IN_ORDER = 0.5, 0.5


def clusters(like: Likeness, follow: Following) -> list[Piece]:
    """Find the densely re-told passages; they also bind together what is known of them."""
    alike = like.cosine > SEED_COSINE
    alike[follow.quoted >= QUOTED] = False
    rows, columns = np.nonzero(alike)
    if len(rows) < FEWEST:
        return []
    seeds = like.dice(rows, columns) > SEED_DICE
    found = [
        piece
        for group in _split(like, rows[seeds].tolist(), columns[seeds].tolist(), WIDEST)
        if (piece := _piece(like, *group)) is not None
    ]
    return best(found)


def _split(
    like: Likeness, rows: Sequence[int], columns: Sequence[int], gap: int
) -> Iterator[tuple[int, int, int, int, float]]:
    """Yield the bounds of the clusters that are alike as wholes, and how alike they are."""
    for group in near(rows, columns, gap):
        i, j = [rows[seed] for seed in group], [columns[seed] for seed in group]
        if len(set(i)) < FEWEST or len(set(j)) < FEWEST:
            continue
        bounds = min(i), max(i), min(j), max(j)
        if not _in_order(i, j):
            continue
        alike = _alike(like, *bounds)
        if alike >= WHOLE:
            yield *bounds, alike
        elif gap:
            yield from _split(like, i, j, gap - 1)


def near(rows: Sequence[int], columns: Sequence[int], gap: int) -> Iterator[Sequence[int]]:
    """Group seeds that lie within ``gap`` sentences of each other, by rows and columns in turn."""
    waiting: list[Sequence[int]] = [range(len(rows))]
    while waiting:
        group = waiting.pop()
        for side in (rows, columns):
            order = sorted(group, key=side.__getitem__)
            steps = enumerate(pairwise(order), start=1)
            cuts = [place for place, (one, two) in steps if side[two] - side[one] > gap + 1]
            if cuts:
                parts = pairwise((0, *cuts, len(order)))
                waiting.extend(reversed([order[first:last] for first, last in parts]))
                break
        else:
            yield group


def _in_order(rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether enough of the stretch is alike, and in the order of the other's telling.

    Two reports on one event are alike here and there; a re-telling goes along.
    """
    first: dict[int, int] = {}
    for seed, row in enumerate(rows):
        first.setdefault(row, seed)
    told = sorted(first)
    if len(told) < DENSE * (told[-1] - told[0] + 1):
        return False
    ends: list[int] = []
    for begin, stop in pairwise((*(first[row] for row in told), len(columns))):
        for column in sorted(columns[begin:stop], reverse=True):
            place = bisect_left(ends, column)
            ends[place : place + 1] = [column]
    return len(ends) >= IN_ORDER * len(told)


def _alike(like: Likeness, top: int, bottom: int, left: int, right: int) -> float:
    """Cosine of two stretches of sentences."""
    dot = like.dot[top : bottom + 1, left : right + 1].sum()
    return float(dot / max(_norm(like.a, top, bottom) * _norm(like.b, left, right), 1e-9))


def _norm(reading: Reading, first: int, last: int) -> float:
    """Length of the TF-IDF vector of sentences ``first`` to ``last``, last included."""
    rows, columns, count = reading.bags.counts
    inside = slice(*rows.searchsorted((first, last + 1)).tolist())
    total = np.bincount(columns[inside], count[inside], len(reading.bags.weights))
    return float(np.linalg.norm(total * reading.bags.weights))


def _piece(
    like: Likeness,
    top: int,
    bottom: int,
    left: int,
    right: int,
    alike: float,
) -> Piece | None:
    """The words of a cluster; None where it is too short on either side."""
    a, b = like.a, like.b
    here, here_last = int(a.indptr[top]), int(a.indptr[bottom + 1]) - 1
    there, there_last = int(b.indptr[left]), int(b.indptr[right + 1]) - 1
    size = int(a.end[here_last] - a.start[here])
    other = int(b.end[there_last] - b.start[there])
    if min(size, other) < SHORTEST or _own_detail(like, here, here_last + 1) > OWN_DETAIL:
        return None
    return Piece(here, here_last, there, there_last, 10.0 * (alike - WHOLE))


def _own_detail(like: Likeness, first: int, stop: int) -> float:
    """Share of a stretch's content words that are names, numbers or speech the other lacks."""
    a, stretch = like.a, slice(first, stop)
    detail = a.name[stretch] | a.number[stretch] | (a.quoted[stretch] & (a.weight[stretch] > 0))
    lacking = detail & (like.here[stretch] < 0)
    return float(lacking.sum() / max(1, int((a.weight[stretch] > 0).sum())))


def best(found: Sequence[Piece]) -> list[Piece]:
    """Of clusters that overlap, the most alike."""
    out: list[Piece] = []
    for piece in sorted(found, key=lambda p: (-p.score, p)):
        if all(_apart(piece, other) for other in out):
            out.append(piece)
    return sorted(out)


def _apart(one: Piece, two: Piece) -> bool:
    return one.here_last < two.here or two.here_last < one.here
