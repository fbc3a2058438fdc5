"""Many texts laid out at once: their code points end to end, their paragraphs as columns.

Most pages part long paragraphs by blank lines: these are laid out together, all others one by one.
What a paragraph begins and ends with is then looked up for the paragraphs of all texts in one go.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from dedup.text.characters import encode
from dedup.text.layout import (
    BLANK_LINES,
    CLOSERS,
    END_MARKS,
    NO_BREAKS,
    SPACE,
    WIDEST,
    breaks_oddly,
    is_long,
    lay_out,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.text.layout import Layout

    Codes = NDArray[np.uint32]
    Places = NDArray[np.int64]
    Mask = NDArray[np.bool_]
    Lines = tuple[Places, Places, Places]

Item = TypeVar("Item")

CODE_POINTS = 0x110000
_SHEET = 1 << 18  # code points laid out at a time: their columns stay in the second-level cache
_BREAK = ord("\n")
_LINES = 2  # lines, at least, between which there are breaks
_PARTED = 2  # line breaks that make one blank line
_TRIMMED = (
    8  # blanks passed over at either end of a line; where more are, its text is laid out alone
)
_TAIL = 8  # characters in which a paragraph's end mark is looked for


class Sheet(NamedTuple):
    """Texts end to end, each between line feeds, and their paragraphs; places are in ``codes``."""

    codes: Codes
    begin: Places  #: where each text begins, and where one after the last would
    layouts: Sequence[str]
    indptr: Places  #: where the paragraphs of each text begin among all, and the last one's end
    owner: Places  #: of each paragraph the number of its text
    start: Places
    end: Places

    @classmethod
    def of(cls, texts: tuple[Codes, Places, Sequence[str]], lines: Lines) -> Sheet:
        """Make a sheet of texts with their layouts, and of their paragraphs."""
        indptr, start, end = lines
        sizes = indptr[1:] - indptr[:-1]
        return cls(*texts, indptr, np.arange(len(sizes)).repeat(sizes), start, end)

    def numbers(self, rows: Places) -> list[Sequence[int]]:
        """Return the numbers of some paragraphs, from 0 in each text, text by text."""
        numbers = (rows - self.indptr[self.owner[rows]]).tolist()
        return divided(numbers, rows.searchsorted(self.indptr))

    def ended(self) -> Mask:
        """Return which paragraphs stop at an end mark, as `layout.ends_sentence` says of one."""
        closing, last = among(CLOSERS), self.end - 1
        low = np.maximum(self.start, self.end - _TAIL)
        left = np.flatnonzero(closing[self.codes[last]])
        while len(left):
            last[left] -= 1
            left = left[last[left] >= low[left]]
            left = left[closing[self.codes[last[left]]]]
        ended: Mask = among(END_MARKS)[self.codes[last]] & (last >= low)
        return ended


@cache
def among(characters: Iterable[str]) -> Mask:
    """Return, for every code point, whether it is one of some characters."""
    found = np.zeros(CODE_POINTS, bool)
    found[[ord(char) for char in characters]] = True
    return found


def divided(items: Sequence[Item], indptr: Places) -> list[Sequence[Item]]:
    """Divide what was found in all texts among them."""
    return [items[first:last] for first, last in pairwise(indptr.tolist())]


def cut(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Cut texts into sheets of some size: the first of each, and one past its last."""
    before = np.cumsum([0, *map(len, texts)])
    inner = np.searchsorted(before, np.arange(_SHEET, before[-1], _SHEET)).tolist()
    return list(pairwise(sorted({0, *inner, len(texts)})))


def lay_out_all(texts: Sequence[str]) -> Sheet:
    """Find the paragraphs of some texts, as `layout.lay_out` does of each."""
    codes = encode("\n".join(("", *texts, "")))
    begin = np.cumsum([1, *(len(text) + 1 for text in texts)])
    start, end, above = _lines(codes)
    indptr = np.searchsorted(start, begin)
    single = indptr[1:] - indptr[:-1] < _LINES
    parted = _parted_by_blank_lines(indptr, end - start, above)
    untrimmed = among(SPACE)[codes[start]] | among(SPACE)[codes[end - 1]]
    alike = single | parted
    alike[np.searchsorted(begin, start[untrimmed], side="right") - 1] = False
    layouts = [NO_BREAKS if alone else BLANK_LINES for alone in single.tolist()]
    alone = {
        item: lay_out(text)
        for item, (text, along, layout) in enumerate(
            zip(texts, alike.tolist(), layouts, strict=True)
        )
        if not along or breaks_oddly(text) or (layout is NO_BREAKS and is_long(text, 0, len(text)))
    }
    sheet = Sheet.of((codes, begin, layouts), (indptr, start, end))
    return _with_others(sheet, alone) if alone else sheet


def _lines(codes: Codes) -> Lines:
    """Return where the lines begin and end, without blanks, and how many breaks are above each."""
    breaks = np.flatnonzero(codes == _BREAK)
    start, end = breaks[:-1] + 1, breaks[1:].copy()
    blank = among(SPACE)
    for _ in range(_TRIMMED):
        led = np.flatnonzero(blank[codes[start]] & (start < end))
        trailed = np.flatnonzero(blank[codes[end - 1]] & (start < end))
        if not len(led) + len(trailed):
            break
        start[led] += 1
        end[trailed] -= 1
    row = np.flatnonzero(start < end)
    return start[row], end[row], np.diff(row, prepend=-1)


def _parted_by_blank_lines(indptr: Places, size: Places, above: Places) -> Mask:
    """Return which texts have only lines with a blank line between, some too wide to be wrapped."""
    alike = indptr[1:] - indptr[:-1] > 1
    inner = np.ones(len(size), bool)
    inner[indptr[:-1][alike]] = False
    first = indptr[:-1][alike]
    if len(first):
        close = np.add.reduceat(inner & (above < _PARTED), first)
        alike[alike] = (close == 0) & (np.maximum.reduceat(size, first) > WIDEST)
    return alike


def _with_others(sheet: Sheet, alone: Mapping[int, Layout]) -> Sheet:
    """Put the paragraphs of texts that were laid out alone in the place of their lines."""
    counts, layouts = np.diff(sheet.indptr), list(sheet.layouts)
    kept = np.ones(len(sheet.start), bool)
    for item, layout in alone.items():
        layouts[item], counts[item] = layout.name, len(layout.paragraphs)
        kept[sheet.indptr[item] : sheet.indptr[item + 1]] = False
    indptr = np.append(0, np.cumsum(counts))
    own = np.ones(indptr[-1], bool)
    start, end = np.empty((2, indptr[-1]), np.int64)
    for item, layout in alone.items():
        rows = slice(indptr[item], indptr[item + 1])
        own[rows] = False
        if layout.paragraphs:
            start[rows], end[rows] = np.array(layout.paragraphs).T + sheet.begin[item]
    start[own], end[own] = sheet.start[kept], sheet.end[kept]
    return Sheet.of((sheet.codes, sheet.begin, layouts), (indptr, start, end))
