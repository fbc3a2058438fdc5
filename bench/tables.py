"""Tables of the page, and the figures in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Result = Mapping[str, Any]


def table(head: str, rows: Iterable[Sequence[str]]) -> str:
    """Make a table; the columns of its head are parted by bars."""
    columns = [column.strip() for column in head.split("|")]
    lines = ["| " + " | ".join(columns) + " |", "|---" + "|--:" * (len(columns) - 1) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines, ""])


def plain(value: float) -> str:
    """Show a figure with about three digits, thousands parted."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 0.1 else 3  # noqa: PLR2004
    return f"{value:,.{digits}f}"


def shown(figures: Result) -> str:
    """Show a median with its interval, where it has one."""
    if figures["low"] == figures["high"]:
        return plain(figures["median"])
    return f"{plain(figures['median'])} ({plain(figures['low'])}–{plain(figures['high'])})"
