"""What each page of a sheet shows at once: how its paragraphs begin and end, where labels stand.

Worked out for the paragraphs of many texts in one go; most of them show nothing of note, and so
nothing more is asked about them one by one.
"""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.text.first_look import may_begin
from dedup.text.quotes import quotations
from dedup.text.sheet import among, divided
from dedup.text.speech import LONGEST_LABEL, LONGEST_NAME, SHORTEST_SPEAKER, TURNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.text.first_look import Look
    from dedup.text.layout import Place
    from dedup.text.quotes import Quotations
    from dedup.text.sheet import Mask, Places, Sheet

#: Characters of the longest piece of furniture, and of the shortest paragraph that, printed twice,
#: is a caption: "No." may well be said twice.
LONGEST_FURNITURE, SHORTEST_TWICE = 550, 30
#: What a title may end with; a full stop it does not.
ENDS_A_TITLE = "?!'’\"”"
_LONG = 80  # characters: a paragraph of more should end in an end mark, if the page uses them
_COLON = ord(":")
#: Of ASCII, what no label ends with and no title begins with: "12:30", "https:" are none.
_NO_LABEL = "".join(c for c in map(chr, range(128)) if not c.isalpha() and c not in "\"'?")
_NO_TITLE = "".join(
    c for c in map(chr, range(128)) if c.islower() or not (c.isalnum() or c in "\"'")
)


class Page(NamedTuple):
    """A text and its paragraphs, some of them by their numbers, from 0."""

    text: str
    places: Sequence[Place]
    seen: Look
    quotations: Quotations
    uses_end_marks: bool  #: whether most paragraphs do that should: Thai, lists, poems do not
    unended: Sequence[int]  #: those that stop at no end mark
    begun: Sequence[int]  #: those that may begin as furniture does
    level: Sequence[int]  #: those as long as the one after them, and long enough to come twice
    labelled: Sequence[int]  #: those that may be a label and a title run together
    introduces: bool  #: whether one may lead to what somebody says, or be a turn of a conversation

    def paragraph(self, number: int) -> str:
        """Return the words of a paragraph."""
        start, end = self.places[number]
        return self.text[start:end]

    def size(self, number: int) -> int:
        """How many characters a paragraph has."""
        start, end = self.places[number]
        return end - start


def pages_of(texts: Sequence[str], looks: Sequence[Look], sheet: Sheet) -> Iterator[Page]:
    """Yield the pages of a sheet, in order.

    Args:
        texts: the texts of the sheet.
        looks: how they look.
        sheet: how they are laid out.

    """
    size, ended, owner = sheet.end - sheet.start, sheet.ended(), sheet.owner
    first = sheet.start - sheet.begin[owner]
    places = [*zip(first.tolist(), (first + size).tolist(), strict=True)]
    level = (size[:-1] == size[1:]) & (size[1:] >= SHORTEST_TWICE) & (owner[:-1] == owner[1:])
    begun = may_begin([seen.page for seen in looks], sheet.start)
    own = divided(places, sheet.indptr)
    return map(
        Page,
        texts,
        own,
        looks,
        quotations(sheet, texts, own),
        _uses_end_marks(size, ended, sheet.indptr),
        sheet.numbers(np.flatnonzero(~ended)),
        sheet.numbers(np.flatnonzero(begun)),
        sheet.numbers(np.flatnonzero(level)),
        sheet.numbers(_labelled(sheet, size, ended)),
        _introduce(sheet, size, ended),
    )


def _uses_end_marks(size: Places, ended: Mask, indptr: Places) -> list[bool]:
    """Return which texts end most of their long paragraphs, or of all where none is long."""
    long = size > _LONG
    before = np.zeros((3, len(size) + 1), np.int64)
    for row, counted in zip(before, (long, long & ~ended, ~ended), strict=True):
        counted.cumsum(out=row[1:])
    longs, unended, every = before[:, indptr[1:]] - before[:, indptr[:-1]]
    some = longs > 0
    alone = 2 * every <= indptr[1:] - indptr[:-1]
    marks: list[bool] = np.where(some, 2 * unended <= longs, alone).tolist()
    return marks


def _introduce(sheet: Sheet, size: Places, ended: Mask) -> list[bool]:
    """Return which texts may say before a paragraph that it is what somebody says.

    They have one that ends in a colon or a comma, one that begins in capitals, as the names of
    speakers do, or several lines that may each name who speaks.
    """
    leads = among(",:")[sheet.codes[sheet.end - 1]]
    colon = np.flatnonzero(sheet.codes == _COLON)
    row = np.searchsorted(sheet.start, colon, side="right") - 1
    row = row[colon - sheet.start[row] <= LONGEST_LABEL]
    letters = np.minimum(sheet.start[row, None] + np.arange(SHORTEST_SPEAKER), len(sheet.codes) - 1)
    leads[row] |= ~among(ascii_lowercase)[sheet.codes[letters]].any(axis=1)
    before = np.zeros((2, len(size) + 1), np.int64)
    for row, counted in zip(before, (leads, (size <= LONGEST_NAME) & ~ended), strict=True):
        counted.cumsum(out=row[1:])
    leading, lines = before[:, sheet.indptr[1:]] - before[:, sheet.indptr[:-1]]
    introduces: list[bool] = ((leading > 0) | (lines >= TURNS)).tolist()
    return introduces


def _labelled(sheet: Sheet, size: Places, ended: Mask) -> Places:
    """Return the paragraphs that a label and a title may be: with a colon that fits between."""
    colon = np.flatnonzero(sheet.codes == _COLON)
    before, after = sheet.codes[colon - 1], sheet.codes[colon + 1]
    colon = colon[~(among(_NO_LABEL)[before] | among(_NO_TITLE)[after])]
    row = np.searchsorted(sheet.start, colon, side="right") - 1
    titled = ~ended | among(ENDS_A_TITLE)[sheet.codes[sheet.end - 1]]
    kept = (titled & (size <= LONGEST_FURNITURE))[row]
    row = row[kept]
    return row[np.append(True, row[1:] != row[:-1])] if len(row) else row
