"""Where a paragraph speaks in somebody else's words: the spans of its direct quotations.

Double, single, low-high and angle marks are known. A quotation that a paragraph leaves open runs to
the paragraph's end, as newspapers print a speech over several paragraphs; a straight mark, which
does not say whether it opens or closes, does so only where the paragraph begins with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from dedup.records import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    #: The quotations of the paragraphs that have any, by their place among all.
    Quoted = Mapping[int, Sequence[Span]]

_PAIRS = {"“": "”", "«": "»", "»": "«", "„": "“", "「": "」", "『": "』", "‹": "›"}
# Each begins with its mark, which lets the search run from mark to mark.
_OPENINGS = {
    **{mark: re.compile(mark) for mark in _PAIRS},
    "»": re.compile(r"»(?<!\w»)"),
    '"': re.compile(r"\"(?<!\w\")(?=\w|[‘'\[(….])"),
    "`": re.compile(r"`(?=`)"),
    "'": re.compile(r"'(?:(?=')|(?<!\w')(?=\w))"),
    "‘": re.compile(r"‘(?<!\w‘)(?=\w)"),
}
_STRAIGHT_END = re.compile(r'"')
_DOUBLE_END = re.compile(r"''|``|\"")
_SINGLE_END = re.compile(r"['’](?<=[\w.,;:!?…]['’])(?!\w)")
_SHORTEST_SINGLE = 3  # words: shorter ones are scare quotes, contractions and possessives


def quotes(text: str, places: Sequence[tuple[int, int]]) -> Quoted:
    """Return the direct quotations of the paragraphs of a text, marks included, in order.

    Args:
        text: the article's text.
        places: where its paragraphs begin and end, in code points.

    """
    found: dict[int, list[Span]] = {}
    starts = [start for start, _ in places]
    number = start = end = at = 0
    for opening in _openings(text):
        if opening >= end:
            number = bisect_right(starts, opening) - 1
            start, end = places[number] if number >= 0 else (0, 0)
        if at <= opening < end:
            at, closed = _close(text, opening, start, end)
            if closed:
                found.setdefault(number, []).append(Span(opening, at))
    return found


def _openings(text: str) -> list[int]:
    """Return where quotations may begin in a text, in order."""
    openings = [
        match.start()
        for mark, opening in _OPENINGS.items()
        if mark in text
        for match in opening.finditer(text)
    ]
    openings.sort()
    return openings


def _close(text: str, opening: int, start: int, end: int) -> tuple[int, bool]:
    """Where to read on after ``opening``, and whether a quotation that begins there ends so.

    It stands in the paragraph ``text[start:end]``.
    """
    mark, inside = text[opening], opening + 1
    if mark in _PAIRS:
        at = text.find(_PAIRS[mark], inside, end)
        return (end if at < 0 else at + 1), True
    if inside == end:
        return end, False
    if mark == "‘" or (mark == "'" and text[inside] != "'"):
        close = _SINGLE_END.search(text, inside, end)
        if close is None or text.count(" ", inside, close.start()) < _SHORTEST_SINGLE:
            return inside, False
        return close.end(), True
    inside += mark != '"'
    close = (_STRAIGHT_END if mark == '"' else _DOUBLE_END).search(text, inside, end)
    if close is not None:
        return close.end(), True
    left_open = opening == start  # elsewhere it is an inch, or a slip
    return (end if left_open else inside), left_open
