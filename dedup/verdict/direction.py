"""Who took from whom: by time where it tells, else by what the texts give away, else unknown.

Textual evidence (each a point; two more on one side than on the other decide): an agency's own
article is upstream of an outlet's; a later point of view ("earlier in the day") or an update's mark
on one side only; a credit that one side names and the other has worn down to "the agency".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.records import Direction, Kind, SignKind
from dedup.times import order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.verdict.subject import Match, Subject

#: Points of textual evidence from which a direction is said.
ENOUGH = 2


def direction(a: Subject, b: Subject, passages: Sequence[Match]) -> Direction:
    """Decide whether ``a`` took from ``b``.

    Args:
        a: the article the passages are seen from.
        b: the other one.
        passages: all passages they share, seen from ``a``.

    Returns:
        FROM where ``a`` took from ``b``, TO where ``b`` took from ``a``.

    """
    by_time = order(a.when, b.when)
    if by_time:
        return Direction.FROM if by_time > 0 else Direction.TO
    if bool(a.agency) != bool(b.agency):
        return Direction.FROM if b.agency else Direction.TO
    points = _later(a, passages) - _later(b, [match.turned() for match in passages])
    points += _worn(a, b, passages) - _worn(b, a, [match.turned() for match in passages])
    if abs(points) < ENOUGH:
        return Direction.UNKNOWN
    return Direction.FROM if points > 0 else Direction.TO


def _later(a: Subject, passages: Sequence[Match]) -> int:
    """Signs that ``a`` was written later: an update's mark, a later point of view in a passage."""
    points = int(a.has(SignKind.UPDATE))
    for sign in a.credits.signs:
        if sign.kind is SignKind.LATER_VANTAGE:
            points += any(_touches(a, sign.n, match) for match in passages)
    return points


def _touches(a: Subject, n: int, match: Match) -> bool:
    """Whether paragraph ``n`` lies in the passage or begins it."""
    start, end, _, _ = a.outline()
    return 0 < n <= len(start) and start[n - 1] < match.end and match.start < end[n - 1]


def _worn(a: Subject, b: Subject, passages: Sequence[Match]) -> int:
    """Credits that ``b`` names in a shared passage and ``a`` has as "the agency"."""
    points = 0
    for match in passages:
        here = _kinds(a, match.start, match.end)
        there = _kinds(b, match.other_start, match.other_end)
        points += here.count(Kind.ANAPHORA) > there.count(Kind.ANAPHORA) and len(there) >= len(here)
    return points


def _kinds(subject: Subject, start: int, end: int) -> list[Kind]:
    """The attributions to agencies inside a stretch."""
    return [
        row.kind
        for row in subject.credits.attributions
        if row.is_agency and start <= row.start < end
    ]
