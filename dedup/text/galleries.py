"""Captions of picture galleries, known by what a page does with them and no writer would.

A gallery prints each caption twice, as what the picture shows and under it, or ends it by counting
the pictures ("Caption 3 of 12"). Prose never says a paragraph twice in a row.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dedup.text.furniture import counter
from dedup.text.layout import END_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dedup.text.layout import Place

#: Characters of a paragraph that, printed twice, is a caption; "No." may well be said twice.
_SHORTEST = 30
#: Captions printed once may stand between two that are printed twice, so many together.
_BETWEEN = 2
#: Where fewer paragraphs than these are printed once, the page prints all it holds twice.
_ONCE = 3
_TAIL = 30  # characters in which a counter is looked for


def captions(text: str, places: Sequence[Place], unended: Iterable[int]) -> set[int]:
    """Return which paragraphs are captions of a gallery.

    Args:
        text: the article's text.
        places: where its paragraphs stand.
        unended: those that end in no end mark.

    """
    return _doubled(text, places) | _counted(text, places, unended)


def _doubled(text: str, places: Sequence[Place]) -> set[int]:
    """The paragraphs that stand twice in a row, and the few between such; no headline."""
    pairs = [
        number
        for number, ((start, end), (again, until)) in enumerate(pairwise(places))
        if end - start == until - again >= _SHORTEST
        and text[start:end] == text[again:until]
        and (number or text[end - 1] in END_MARKS)
    ]
    if not pairs or len(places) - 2 * len(pairs) < _ONCE:
        return set()
    found = {number for first in pairs for number in (first, first + 1)}
    for before, after in pairwise(pairs):
        if after - before - 2 <= _BETWEEN:
            found.update(range(before, after))
    return found


def _counted(text: str, places: Sequence[Place], unended: Iterable[int]) -> set[int]:
    """The paragraphs that end by counting the pictures."""
    found = set()
    for number in unended:
        start, end = places[number]
        if text[end - 1].isdigit() and counter().search(text, max(start, end - _TAIL), end):
            found.add(number)
    return found
