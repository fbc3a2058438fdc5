"""Where a paragraph speaks in somebody else's words: the spans of its direct quotations.

Double, single, low-high and angle marks are known. A quotation that a paragraph leaves open runs to
the paragraph's end, as newspapers print a speech over several paragraphs; a straight mark, which
does not say whether it opens or closes, does so only where the paragraph begins with it.
"""

from __future__ import annotations

import re

from dedup.records import Span

_PAIRS = {"“": "”", "«": "»", "»": "«", "„": "“", "「": "」", "『": "』", "‹": "›"}
# Begins with one set of characters, which lets the search run from mark to mark.
_OPENING = re.compile(
    r"""
    [“«»„「『‹"`'‘]
    (?:
        (?P<paired> (?<=[“«„「『‹]) | (?<=») (?<!\w») )
      | (?P<straight> (?<=") (?<!\w") (?=\w|[‘'\[(….]) )
      | (?P<double> (?<=`)` | (?<=')' )
      | (?P<single> (?<=['‘]) (?<!\w['‘]) (?=\w) )
    )
    """,
    re.VERBOSE,
)
_STRAIGHT_END = re.compile(r'"')
_DOUBLE_END = re.compile(r"''|``|\"")
_SINGLE_END = re.compile(r"['’](?<=[\w.,;:!?…]['’])(?!\w)")
_SHORTEST_SINGLE = 3  # words: shorter ones are scare quotes, contractions and possessives


def quotes(text: str, start: int, end: int) -> list[Span]:
    """Return the direct quotations of ``text[start:end]``, marks included, in order.

    Args:
        text: the article's text.
        start: where the paragraph begins, in code points.
        end: where it ends.

    """
    found: list[Span] = []
    at = start
    while (opening := _OPENING.search(text, at, end)) is not None:
        close = _close(text, opening, (start, end))
        if close is None:
            at = opening.end()
            continue
        found.append(Span(opening.start(), close))
        at = close
    return found


def _close(text: str, opening: re.Match[str], paragraph: tuple[int, int]) -> int | None:
    """Where the quotation that ``opening`` begins is closed; None where it is none after all."""
    start, end = paragraph
    inside, kind = opening.end(), opening.lastgroup
    if kind == "paired":
        at = text.find(_PAIRS[opening[0]], inside, end)
        return end if at < 0 else at + 1
    if kind == "single":
        mark = _SINGLE_END.search(text, inside, end)
        if mark is None or text.count(" ", inside, mark.start()) < _SHORTEST_SINGLE:
            return None
        return mark.end()
    mark = (_STRAIGHT_END if kind == "straight" else _DOUBLE_END).search(text, inside, end)
    if mark is not None:
        return mark.end()
    return end if opening.start() == start else None  # elsewhere it is an inch, or a slip
