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
    from dedup.text.pages import Page

#: Captions printed once may stand between two that are printed twice, so many together.
_BETWEEN = 2
#: Where fewer paragraphs than these are printed once, the page prints all it holds twice.
_ONCE = 3
_TAIL = 30  # characters in which a counter is looked for


def captions(page: Page) -> set[int]:
    """Return which paragraphs of a page are captions of a gallery."""
    return _doubled(page) | _counted(page)


def _doubled(page: Page) -> set[int]:
    """The paragraphs that stand twice in a row, and the few between such; no headline."""
    pairs = [
        number
        for number in page.level
        if page.paragraph(number) == page.paragraph(number + 1)
        and (number or page.paragraph(number)[-1] in END_MARKS)
    ]
    if not pairs or len(page.places) - 2 * len(pairs) < _ONCE:
        return set()
    found = {number for first in pairs for number in (first, first + 1)}
    for before, after in pairwise(pairs):
        if after - before - 2 <= _BETWEEN:
            found.update(range(before, after))
    return found


def _counted(page: Page) -> set[int]:
    """The paragraphs that end by counting the pictures."""
    found = set()
    for number in page.unended:
        start, end = page.places[number]
        if page.text[end - 1].isdigit() and counter().search(
            page.text, max(start, end - _TAIL), end
        ):
            found.add(number)
    return found
