"""Where a paragraph speaks in somebody else's words: the spans of its direct quotations.

Double, single, low-high and angle marks are known. A quotation that a paragraph leaves open runs to
the paragraph's end, as newspapers print a speech over several paragraphs; a straight mark, which
does not say whether it opens or closes, does so only where the paragraph begins with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def quotes(text: str, start: int, end: int) -> Sequence[Span]:
    """Return the direct quotations of ``text[start:end]``, marks included, in order.

    Args:
        text: the article's text.
        start: where the paragraph begins, in code points.
        end: where it ends.

    """
    openings, known = _begun(text)
    first = bisect_left(openings, start)
    if first == len(openings) or openings[first] >= end:
        return []
    found = known.get((start, end))
    if found is None:
        last = bisect_left(openings, end, first)
        found = known[start, end] = _closed(text, openings[first:last], start, end)
    return found


class _Begun(NamedTuple):
    """Where quotations may begin in a text, in order, and those of the paragraphs asked about."""

    openings: list[int]
    known: dict[tuple[int, int], list[Span]]


@lru_cache(maxsize=512)  # the articles of a batch are asked about more than once
def _begun(text: str) -> _Begun:
    openings: list[int] = []
    for mark, opening in _OPENINGS.items():
        if mark in text:
            openings += [match.start() for match in opening.finditer(text)]
    openings.sort()
    return _Begun(openings, {})


def _closed(text: str, openings: list[int], start: int, end: int) -> list[Span]:
    """Return the quotations of a paragraph that begin at some of these places."""
    found: list[Span] = []
    at = start
    for opening in openings:
        if opening >= at:
            at, closed = _close(text, opening, (start, end))
            if closed:
                found.append(Span(opening, at))
    return found


def _close(text: str, opening: int, paragraph: tuple[int, int]) -> tuple[int, bool]:
    """Where to read on after ``opening``, and whether a quotation that begins there ends so."""
    start, end = paragraph
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
