"""Direct quotations found by a compiled loop, equal to `dedup.text.quotes` bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import kernel

if TYPE_CHECKING:
    from dedup.text.kernels import Bits, Codes, Mask, Offsets, Pointers

    Chars = tuple[Codes, Bits, Codes]
    Limits = tuple[int, int, int, int, int, int]

#: What a code point may be, as bits: part of a word, a letter or digit, a mark that may open a
#: quotation, one that may close a quoted paragraph, what may follow a straight mark that opens, and
#: what may stand before a single one that closes.
BITS = WORDY, ALNUM, OPENS, CLOSES, FOLLOWS, PRECEDES = tuple(
    np.uint8(1 << bit) for bit in range(6)
)

_STRAIGHT, _SINGLE, _GRAVE = (np.uint32(ord(mark)) for mark in "\"'`")
_CURLED, _APOSTROPHE, _ANGLE, _LEFT, _RIGHT = (np.uint32(ord(mark)) for mark in "‘’»“”")
_BLANK = np.uint32(ord(" "))


@kernel
def opens(codes: Codes, table: Bits, at: int) -> bool:
    """Whether a quotation may begin at a mark that opens some."""
    mark, before, after = codes[at], table[codes[at - 1]], codes[at + 1]
    if mark == _GRAVE:
        return bool(after == _GRAVE)
    if mark == _STRAIGHT:
        return not before & WORDY and table[after] & FOLLOWS != 0
    if mark == _ANGLE:
        return not before & WORDY
    if mark == _RIGHT:
        return not before & PRECEDES and table[after] & WORDY != 0
    if mark in (_SINGLE, _CURLED):
        doubled = mark == _SINGLE and after == _SINGLE
        return doubled or (not before & WORDY and table[after] & WORDY != 0)
    return True


@kernel
def find(codes: Codes, mark: np.uint32, other: np.uint32, at: int, end: int) -> int:
    """Return where one of two marks stands first, or -1."""
    for place in range(at, end):
        if codes[place] in (mark, other):
            return place
    return -1


@kernel
def ends(codes: Codes, table: Bits, place: int, end: int) -> bool:
    """Whether a mark follows upon what was said, and no word upon it."""
    after = place + 1 < end and table[codes[place + 1]] & WORDY != 0
    return table[codes[place - 1]] & PRECEDES != 0 and not after


@kernel
def close_single(codes: Codes, table: Bits, at: int, end: int, least: int) -> int:
    """Return the end of a quotation in single marks that goes on at a place, or -1."""
    words = 0
    for place in range(at, end):
        mark = codes[place]
        words += mark == _BLANK
        if mark in (_SINGLE, _APOSTROPHE) and ends(codes, table, place, end):
            return place + 1 if words >= least else -1
    return -1


@kernel
def close_straight(codes: Codes, at: int, end: int) -> int:
    """Return the end of a quotation that a straight mark opened, or -1."""
    paired = False
    for place in range(at, end):
        mark = codes[place]
        if mark == _STRAIGHT or (mark == _RIGHT and not paired):
            return place + 1
        paired |= mark == _LEFT
    return -1


@kernel
def close_slip(codes: Codes, table: Bits, at: int, end: int) -> int:
    """Return where a mark of another kind closes a quotation, or -1."""
    place = find(codes, _STRAIGHT, _LEFT, at, end)
    return place + 1 if place >= 0 and ends(codes, table, place, end) else -1


@kernel
def close_double(codes: Codes, at: int, end: int) -> int:
    """Return the end of a quotation in two marks that goes on at a place, or -1."""
    for place in range(at, end):
        mark = codes[place]
        if mark == _STRAIGHT:
            return place + 1
        if mark in (_SINGLE, _GRAVE) and place + 1 < end and codes[place + 1] == mark:
            return place + 2
    return -1


@kernel
def partners(mark: np.uint32, closers: Codes) -> tuple[np.uint32, np.uint32]:
    """Return the marks that close what a mark opens, 0 where marks of its kind do not tell."""
    for place in range(0, len(closers), 3):
        if closers[place] == mark:
            return np.uint32(closers[place + 1]), np.uint32(closers[place + 2])
    return np.uint32(0), np.uint32(0)


@kernel
def close(
    chars: Chars, opening: int, paragraph: tuple[int, int], limits: Limits
) -> tuple[int, bool]:
    """Say where to read on after a mark that opens, and whether a quotation ends there."""
    codes, table, closers = chars
    start, end = paragraph
    mark, inside = codes[opening], opening + 1
    one, other = partners(mark, closers)
    if one:
        stop = find(codes, one, other, inside, end)
        stop = stop + 1 if stop >= 0 else close_slip(codes, table, inside, end)
        return (stop if stop >= 0 else end), True
    if inside == end:
        return end, False
    if mark == _CURLED or (mark == _SINGLE and codes[inside] != _SINGLE):
        stop = close_single(codes, table, inside, end, limits[0])
        return (stop if stop >= 0 else inside), stop >= 0
    if mark == _STRAIGHT:
        stop = close_straight(codes, inside, end)
    else:
        inside += 1
        stop = close_double(codes, inside, end)
    if stop >= 0:
        return stop, True
    return (end if opening == start else inside), opening == start


@kernel
def may_quote(chars: Chars, paragraph: tuple[int, int], limits: Limits) -> bool:
    """Whether so little stands before or after the first quotation that the rest may be one."""
    codes, table, closers = chars
    _, _, _, share, characters, _ = limits
    start, end = paragraph
    room = max(characters, (end - start) // share)
    if not table[codes[start]] & OPENS:
        for place in range(start, min(start + room + 1, end)):
            if table[codes[place]] & OPENS:
                return True
        return False
    mark = codes[start]
    one, other = partners(mark, closers)
    if not one:
        one = other = _APOSTROPHE if mark == _CURLED else mark
    stop = find(codes, one, other, start + 1, end)
    if stop < 0:
        return True
    again = find(codes, mark, mark, stop + 1, end)
    return (again if again >= 0 else end) - stop <= room + 1


@kernel
def words_in(codes: Codes, table: Bits, start: int, end: int) -> int:
    """Count the runs of letters and digits."""
    words, within = 0, False
    for place in range(start, end):
        letter = table[codes[place]] & ALNUM != 0
        words += letter and not within
        within = letter
    return words


@kernel
def is_quotation(
    chars: Chars, paragraph: tuple[int, int], spans: tuple[Offsets, Offsets], limits: Limits
) -> bool:
    """Whether a paragraph is a direct quotation with no more than a short attribution."""
    codes, table, _ = chars
    _, shortest, most, share, _, size = limits
    start, end = paragraph
    begins, ends = spans
    if not table[codes[start]] & OPENS and not table[codes[end - 1]] & CLOSES:
        return False
    inside, outside, last = 0, 0, start
    for number in range(len(begins)):
        words = 1
        for place in range(begins[number], ends[number]):
            words += codes[place] == _BLANK
        inside += max(words, (ends[number] - begins[number]) // size)
    if inside < shortest or not may_quote(chars, paragraph, limits):
        return False
    for number in range(len(begins)):
        outside += words_in(codes, table, last, begins[number])
        last = ends[number]
    outside += words_in(codes, table, last, end)
    few = outside <= most and 2 * outside <= inside
    return outside * share <= inside or few


@kernel
def quotations(
    chars: Chars,
    paragraphs: tuple[Pointers, Pointers],
    spans: tuple[Offsets, Offsets, Offsets],
    wholly: Mask,
    limits: Limits,
) -> int:
    """Find the quotations of some paragraphs; return how many there are.

    Args:
        chars: the code points; what each may be; the marks that open, each with two that close.
        paragraphs: where each begins and ends.
        spans: the results, paragraph, start and end, with room for every code point.
        wholly: the result, which paragraphs are a quotation.
        limits: see `quotes.Limits`.

    """
    codes, table, _ = chars
    starts, ends = paragraphs
    row, begin, stop = spans
    found = 0
    for number in range(len(starts)):
        paragraph = starts[number], ends[number]
        first, at = found, starts[number]
        while at < ends[number]:
            if not table[codes[at]] & OPENS or not opens(codes, table, at):
                at += 1
                continue
            row[found], begin[found] = number, at
            at, closed = close(chars, at, paragraph, limits)
            stop[found] = at
            found += closed
        own = begin[first:found], stop[first:found]
        wholly[number] = found > first and is_quotation(chars, paragraph, own, limits)
    return found
