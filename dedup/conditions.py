"""The language of ``--fail-on``: conditions on the columns of articles.csv.

A condition is ``column op value``; several are joined by ``and``. A value is a number, a bare word
or a quoted text. ``== !=`` compare the whole cell (of a list its joined text, ``ap;reuters``);
``~`` asks whether a list has the value, or a text contains it; ``< <= > >=`` compare numbers, and
``published_at`` as text.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NUMBERS = frozenset(
    {"words", "confidence", "copied_share", "wire_share", "uncredited_share", "own_share"}
)
LISTS = frozenset({"agencies", "credited_agencies", "uncredited_agencies"})
TEXTS = frozenset(
    {
        "article_id",
        "path",
        "title",
        "publisher",
        "published_at",
        "language",
        "verdict",
        "derived_from",
        "relation",
        "cluster_id",
        "story_id",
        "reasons",
    }
)
COLUMNS = NUMBERS | LISTS | TEXTS

#: What the order of two values (-1, 0, 1) must be.
_ORDER: Mapping[str, frozenset[int]] = {
    "==": frozenset({0}),
    "!=": frozenset({-1, 1}),
    ">=": frozenset({0, 1}),
    "<=": frozenset({-1, 0}),
    ">": frozenset({1}),
    "<": frozenset({-1}),
}

Value = TypeVar("Value", float, str)


class Condition(NamedTuple):
    """One ``column op value``."""

    column: str
    op: str
    value: str

    def holds(self, cell: object) -> bool:
        """Tell whether a cell of the column answers this condition; an empty number never does."""
        text = _text(cell)
        if self.op == "~":
            return self.value in (text.split(";") if self.column in LISTS else text)
        if self.column not in NUMBERS:
            return _order(text, self.value) in _ORDER[self.op]
        number = _number(text)
        return number is not None and _order(number, float(self.value)) in _ORDER[self.op]


def parse(expression: str) -> tuple[Condition, ...]:
    """Read an expression.

    Raises:
        ValueError: with one clear sentence, where it cannot be understood.

    """
    clause = re.compile(
        r"""\s*(?P<column>\w+)\s*(?P<op>==|!=|>=|<=|>|<|~)\s*"""
        r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>~!]+))\s*(?P<rest>and\b|$)"""
    )
    found = []
    at = 0
    while True:
        match = clause.match(expression, at)
        if not match:
            message = f"cannot read {expression[at:].strip()!r}: wanted 'column op value'"
            raise ValueError(message)
        value = match["double"] or match["single"] or match["bare"] or ""
        found.append(_checked(match["column"], match["op"], value))
        at = match.end()
        if not match["rest"]:
            return tuple(found)


def met(conditions: Sequence[Condition], columns: Mapping[str, Sequence[object]]) -> bool:
    """Tell whether any row of these columns answers all the conditions; without one, none does."""
    rows = zip(*(columns[condition.column] for condition in conditions), strict=True)
    return any(
        all(condition.holds(cell) for condition, cell in zip(conditions, row, strict=True))
        for row in rows
    )


def _checked(column: str, op: str, value: str) -> Condition:
    if column not in COLUMNS:
        message = f"articles.csv has no column {column!r}"
        raise ValueError(message)
    if column in NUMBERS and (op == "~" or _number(value) is None):
        message = f"{column} is a number: it cannot be compared by {op}{value}"
        raise ValueError(message)
    if column not in NUMBERS | {"published_at"} and op not in {"==", "!=", "~"}:
        message = f"{column} is a text: it is compared by ==, != or ~, not by {op}"
        raise ValueError(message)
    return Condition(column, op, value)


def _text(cell: object) -> str:
    return ";".join(map(str, cell)) if isinstance(cell, list | tuple) else str(cell)


def _order(left: Value, right: Value) -> int:
    return (left > right) - (left < right)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return None if math.isnan(number) else number
