"""Stock clauses: what every article says, so that two may say it and neither took it.

"On condition of anonymity because they were not authorised to speak", "did not respond to a request
for comment", "a margin of error of plus or minus 3 points": the list is data (stock.toml).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dedup.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A clause lies within this many characters of its key.
_REACH = 120


def stock_clauses(text: str) -> list[Span]:
    """Return the stock clauses of a text, in any of the languages listed, in order."""
    lowered = text.lower()
    near = sorted(at for key in _keys() for at in _places(lowered, key))
    out: list[Span] = []
    for at in near:
        if out and at < out[-1].end:
            continue
        begin = max(at - _REACH, out[-1].end if out else 0)
        found = _pattern().search(text, begin, at + _REACH)
        while found is not None and found.end() <= at:
            found = _pattern().search(text, found.end(), at + _REACH)
        if found is not None and found.start() <= at:
            out.append(Span(*found.span()))
    return out


def _places(lowered: str, key: str) -> Iterator[int]:
    """Yield where a key stands."""
    at = lowered.find(key)
    while at >= 0:
        yield at
        at = lowered.find(key, at + 1)


@cache
def _clauses() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("dedup.text") / "stock.toml").read_text(encoding="utf-8"))


@cache
def _keys() -> tuple[str, ...]:
    """The strings of which every clause holds one."""
    return tuple({key for table in _clauses().values() for key in table["keys"]})


@cache
def _pattern() -> re.Pattern[str]:
    """All clauses as one pattern."""
    clauses = [clause for table in _clauses().values() for clause in table["clauses"]]
    return re.compile(
        "|".join(rf"(?<!\w)(?:{clause})" for clause in clauses).replace(" ", r"\s+"),
        re.IGNORECASE,
    )
