"""The loops that find and hash words; `dedup.text.kernels` says how such loops are written.

Each does one thing to a whole chunk of code points or words, so that the compiler can have it done
to many of them at a time; none has a branch that depends on where words end, which no processor
foresees. Eight marks, a byte each and 0 or 1, are one number where they are skipped or counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup import tables
from dedup.compiling import kernel
from dedup.text import characters, hashing
from dedup.text.kernels import mix

if TYPE_CHECKING:
    from dedup.text.kernels import Bits, Codes, Hashes, Mask, Offsets, Pointers

_BASE = np.uint64(hashing.BASE)
_NONE, _ONE = np.uint64(0), np.uint64(1)
_NUMBER, _SPACELESS = np.uint8(tables.NUMBER), np.uint8(tables.SPACELESS)
_WORD, _APOSTROPHE = np.uint8(characters.WORD), np.uint8(characters.APOSTROPHE)
_CLASS_BITS = np.uint32(characters.CLASS_BITS)
_MARK, _FEED = np.uint8(characters.MARK), np.uint8(characters.FEED)
_SCRIPT = np.uint8(characters.WORD | tables.SPACELESS)
_OF_FIRST = np.uint8(tables.CAPITAL | tables.SPACELESS)

#: Code points looked at in one go, and as many words as hardly ever begin, or end, among them.
_EIGHT, _MOST = 8, 3
#: Eight bytes of 1: times eight marks, the leading byte of the product is their sum.
_SUM = np.uint64(0x0101010101010101)
#: Times eight marks, the leading byte of the product has the first as its lowest bit, and so on.
_BITS = np.uint64(0x0102040810204080)
_LEADING = np.uint64(56)
_TOLD = np.uint64(tables.NUMBER | characters.FEED) * _SUM
#: Of each byte, which of its bits are set, ascending.
_SET = np.zeros((256, _EIGHT), np.uint8)
for _byte in range(256):
    _set = [bit for bit in range(_EIGHT) if _byte >> bit & 1]
    _SET[_byte, : len(_set)] = _set


@kernel
def look_up(codes: Codes, cells: Codes, classes: Bits) -> bool:
    """Look up the class bits of each code point, and put its lowered form in its place.

    Return whether all have a cell in the table.
    """
    for place in range(len(codes)):
        codes[place] = cells[codes[place]]
    least = ~np.uint32(0)
    for place in range(len(codes)):
        least = min(least, codes[place])
        classes[place] = codes[place]
        codes[place] >>= _CLASS_BITS
    return bool(least > 0)


@kernel
def having(classes: Bits, wanted: np.uint8) -> Pointers:
    """Say where code points stand that have any of the wanted class bits, hardly any of them."""
    eights, bits = classes.view(np.uint64), np.uint64(wanted) * _SUM
    room = 1
    for row in range(len(eights)):
        room += _EIGHT * int(eights[row] & bits != 0)
    places, found = np.empty(room, np.int64), 0
    for row in range(len(eights) if room > 1 else 0):
        if eights[row] & bits:
            for place in range(_EIGHT * row, _EIGHT * row + _EIGHT):
                places[found] = place
                found += classes[place] & wanted != 0
    return places[:found]


@kernel
def find_bounds(classes: Bits, begins: Mask, ends: Mask) -> None:
    """Find before which code points a word begins and before which one ends.

    The first and the last code point are of no word.
    """
    within = np.empty(len(classes), np.bool_)
    within[0] = within[-1] = begins[0] = ends[0] = False
    for place in range(1, len(classes) - 1):
        before, here, after = classes[place - 1], classes[place], classes[place + 1]
        spaced = (before & _SCRIPT == _WORD) & (after & _SCRIPT == _WORD)
        inner = (here & _APOSTROPHE != 0) & spaced
        within[place] = (here & _WORD != 0) | inner
    for place in range(1, len(classes)):
        before, here = classes[place - 1], classes[place]
        cut = ((before | here) & _SPACELESS != 0) & (here & _MARK == 0)
        bound = (within[place - 1] != within[place]) | cut
        begins[place] = within[place] & bound
        ends[place] = within[place - 1] & bound


@kernel
def count(marks: Hashes) -> int:
    """Count marks, which come eight at a time."""
    found = _NONE
    for row in range(len(marks)):
        found += marks[row] * _SUM >> _LEADING
    return int(found)


@kernel
def note_places(marks: Hashes, places: Offsets) -> None:
    """Note where marks stand, ascending.

    Of each eight so many places are noted as are hardly ever too few; the next eight write over
    those that were too many.

    Args:
        marks: eight at a time.
        places: the result, with room for eight more than there are.

    """
    found = _NONE
    for row in range(len(marks)):
        own = _SET[marks[row] * _BITS >> _LEADING]
        some = marks[row] * _SUM >> _LEADING
        for step in range(_MOST):
            places[found + np.uint64(step)] = _EIGHT * row + int(own[step])
        if some > _MOST:
            for step in range(_MOST, _EIGHT):
                places[found + np.uint64(step)] = _EIGHT * row + int(own[step])
        found += some


@kernel
def hash_words(codes: Codes, start: Offsets, end: Offsets, powers: Hashes, word: Hashes) -> None:
    """Hash the words between some places: the sum of code i times BASE**i, mixed.

    Args:
        codes: the lowered code points, as many more as a row of powers has.
        start: where each word begins.
        end: where it ends.
        powers: in row i the first i powers of BASE, and else 0: a word that has no row is long.
        word: the result.

    """
    for row in range(len(word)):
        first, size = np.uint64(start[row]), np.uint64(end[row] - start[row])
        total = _NONE
        if size < len(powers):
            own = powers[size]
            for step in range(len(own)):
                total += codes[first + np.uint64(step)] * own[step]
        else:
            power = _ONE
            for place in range(first, first + size):
                total += codes[place] * power
                power *= _BASE
        word[row] = total
    for row in range(len(word)):
        word[row] = mix(word[row])


@kernel
def flag_words(classes: Bits, start: Offsets, begins: Mask, flags: Bits, lines: Pointers) -> int:
    """Tell what each word takes over from its first character, and whether it holds a digit.

    Args:
        classes: the class bits of all code points.
        start: where each word begins.
        begins: before which code points one does.
        flags: the result.
        lines: another result: the row of the first word after each line feed, each row once, and
            room for one more.

    Returns:
        How many of these there are.

    """
    for row in range(len(start)):
        flags[row] = classes[np.uint64(start[row])] & _OF_FIRST
    kinds, begun = classes.view(np.uint64), begins.view(np.uint64)
    before, feeds = _NONE, 0
    for eight in range(len(kinds)):
        if kinds[eight] & _TOLD:
            following = before
            for place in range(_EIGHT * eight, _EIGHT * eight + _EIGHT):
                following += np.uint64(begins[place])
                if classes[place] & _NUMBER:
                    flags[following - _ONE] |= _NUMBER
                lines[feeds] = following
                other = feeds == 0 or lines[feeds - 1] != following
                feeds += other and classes[place] & _FEED != 0
        before += begun[eight] * _SUM >> _LEADING
    return feeds


@kernel
def find_words(classes: Bits) -> tuple[Offsets, Offsets, Bits, Pointers]:
    """Find the words of some texts end to end.

    Args:
        classes: the class bits of the code points, a multiple of eight.

    Returns:
        Where the words begin and end, their flags, and the row of the first after each line feed.

    """
    begins, ends = np.empty(len(classes), np.bool_), np.empty(len(classes), np.bool_)
    find_bounds(classes, begins, ends)
    found = count(begins.view(np.uint64))
    start, end = np.empty(found + _EIGHT, np.int32), np.empty(found + _EIGHT, np.int32)
    note_places(begins.view(np.uint64), start)
    note_places(ends.view(np.uint64), end)
    flags, lines = np.empty(found, np.uint8), np.empty(found + 2, np.int64)
    feeds = flag_words(classes, start[:found], begins, flags, lines)
    return start[:found], end[:found], flags, lines[:feeds]


@kernel
def place_words(
    begin: Pointers, spans: tuple[Offsets, Offsets], start: Offsets, end: Offsets
) -> Pointers:
    """Count the places of words from where their text begins; return the first row of each text.

    Args:
        begin: where each text begins, and where one after the last would.
        spans: where each word begins and ends, the texts standing end to end.
        start: where each begins in its text, the result.
        end: where it ends, the result.

    """
    indptr = np.searchsorted(spans[0], begin)
    for item in range(len(begin) - 1):
        own, origin = slice(indptr[item], indptr[item + 1]), np.int32(begin[item])
        firsts, lasts, first, last = spans[0][own], spans[1][own], start[own], end[own]
        for row in range(len(first)):
            first[row] = firsts[row] - origin
            last[row] = lasts[row] - origin
    return indptr


@kernel
def put_words(
    begin: Pointers,
    codes: Codes,
    spans: tuple[Offsets, Offsets],
    powers: Hashes,
    columns: tuple[Offsets, Offsets, Hashes],
) -> Pointers:
    """Put words in their place: where they begin and end, and their hash.

    Args:
        begin: where each text begins, and where one after the last would.
        codes: the lowered code points of the texts end to end.
        spans: where each word begins and ends among these.
        powers: as `hash_words` takes them.
        columns: the results.

    """
    start, end, word = columns
    hash_words(codes, spans[0], spans[1], powers, word)
    return place_words(begin, spans, start, end)
