"""What each code point is, and what it is compared as (docs/engine.md, "Folding" and "Words").

A table over all code points says both: class bits, and the one code point that stands for it after
case, full-width forms, typographic quotes, dashes and spaces are levelled. Its pages of 256 are
made when they are first met.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import category, normalize

import numpy as np

from dedup.tables import CAPITAL, NUMBER, SPACELESS

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What a code point is: the bits of the class table. The first three are those that a word takes
#: over as its flags. RARE ones need reading (`dedup.text.fold`); a line ends with a FEED.
WORD, APOSTROPHE, RARE, MARK, FEED = (1 << bit for bit in range(3, 8))

#: The lowered form of a code point stands above so many bits in its cell of the table.
CLASS_BITS = 8

_PAGE = 256
_CODE_POINTS = 0x110000

#: Straight, curly, full-width, modifier letter: between two letters they belong to the word.
_APOSTROPHES = "'\u2019\uff07\u02bc"

#: Controls but white space, format characters, variation selectors, fillers, tags.
TRANSPARENT = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

_STRAIGHT = (
    dict.fromkeys(_APOSTROPHES + "\u2018\u201a\u201b\u2039\u203a\u2032", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
)

#: First and last code point of the scripts that are written without spaces between words.
_SPACELESS_RANGES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # Han radicals
    (0x3005, 0x3007),  # Han iteration and closing marks, zero
    (0x3021, 0x3029),  # Hangzhou numerals
    (0x3038, 0x303B),  # the same
    (0x3041, 0x30FF),  # Hiragana, Katakana
    (0x31F0, 0x31FF),  # Katakana extensions
    (0x3400, 0x4DBF),  # Han extension A
    (0x4E00, 0x9FFF),  # Han
    (0xA9E0, 0xA9FF),  # Myanmar extension B
    (0xAA60, 0xAA7F),  # Myanmar extension A
    (0xF900, 0xFAFF),  # Han compatibility
    (0xFF66, 0xFF9F),  # half-width Katakana
    (0x1AFF0, 0x1B16F),  # Kana supplements
    (0x20000, 0x3FFFF),  # Han extensions
)
_SPACELESS_STARTS = [first for first, _ in _SPACELESS_RANGES]

#: Pages of which every code point is a plain letter: made at once.
_HAN_PAGES, _HANGUL_PAGES = range(0x4E, 0xA0), range(0xAC, 0xD7)

#: Conjoining vowels and final consonants of Hangul: they compose with what stands before them.
_JAMO_FOLLOWING = range(0x1161, 0x1200)
_JAMO = range(0x1100, 0x1200)


def encode(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text, lone surrogates included."""
    return np.array([text]).view(np.uint32)[: len(text)]  # a NumPy string is never shorter than 1


def look_up(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Return the class bits and the lowered code point of each code point.

    ASCII goes through ``bytes.translate``, several times as fast as indexing an array, and its
    capitals stand 32 before their small letters; only the others are looked up in the table of all
    code points.
    """
    known = table()
    low = codes.astype(np.uint8)
    classes = np.frombuffer(bytearray(low.tobytes().translate(known.ascii_classes)), np.uint8)
    low += (classes & np.uint8(CAPITAL)) * np.uint8(32)
    lowered = low.astype(np.uint32)
    beyond = np.flatnonzero(codes > 127)  # noqa: PLR2004 - the end of ASCII
    if len(beyond):
        strange = codes[beyond]
        cells = known.cells[strange]
        if not cells.all():
            known.prepare(strange)
            cells = known.cells[strange]
        classes[beyond] = cells.astype(np.uint8)
        lowered[beyond] = cells >> np.uint32(CLASS_BITS)
    return classes, lowered


def having(classes: NDArray[np.uint8], wanted: int | np.uint8) -> NDArray[np.bool_]:
    """Return which class bits hold any of the wanted ones."""
    found: NDArray[np.bool_] = (classes & np.uint8(wanted)) != 0
    return found


def settle(text: str) -> str:
    """Fold a few code points the slow way: case and compatibility forms, until nothing changes."""
    while (folded := normalize("NFKC", text.casefold())) != text:
        text = folded
    return text


def expands(char: str) -> bool:
    """Whether a character of a word is written out as several of them."""
    settled = settle(char)
    return len(settled) > 1 and _is_word(char) and all(map(_is_word, settled))


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_" or category(char)[0] == "M"


def _lower(char: str) -> str:
    """Return the one code point that a code point is compared as.

    What would become a mark or a conjoining letter stays: it would join its neighbour.
    """
    if char in _STRAIGHT:
        return _STRAIGHT[char]
    settled = settle(char)
    if char.isspace() or len(settled) != 1 or _is_word(char) != _is_word(settled):
        return " " if category(char) == "Zs" else char
    joins = category(settled)[0] == "M" or ord(settled) in _JAMO
    return char if joins and category(char)[0] != "M" else _STRAIGHT.get(settled, settled)


def _classify(char: str) -> int:
    """Return the class bits of one code point."""
    if char == "&" or TRANSPARENT.match(char):
        return RARE
    if char in _APOSTROPHES:
        return APOSTROPHE
    if not _is_word(char):
        return FEED * (char == "\n")
    code = ord(char)
    number = NUMBER * char.isdigit()
    capital = CAPITAL * (char.isupper() or char.istitle())
    mark = MARK * (category(char)[0] == "M" or code in _JAMO_FOLLOWING)
    within = bisect_right(_SPACELESS_STARTS, code) - 1
    spaceless = within >= 0 and code <= _SPACELESS_RANGES[within][1] and not char.isdecimal()
    return WORD | number | capital | mark | SPACELESS * spaceless | RARE * expands(char)


class Table:
    """Class bits and lowered forms of all code points, made page by page.

    A cell is the lowered form above the class bits, so that no other thread finds one of the two
    without the other, and 0 where the page was not made yet.
    """

    def __init__(self) -> None:
        self.cells = np.zeros(_CODE_POINTS, np.uint32)
        self._make(0)
        self.ascii_classes = self.cells[:_PAGE].astype(np.uint8).tobytes()

    def prepare(self, codes: NDArray[np.uint32]) -> None:
        """Make the pages of these code points, where they are not there yet."""
        unseen = codes[self.cells[codes] == 0]
        for page in np.unique(unseen // _PAGE).tolist():
            self._make(page)

    def _make(self, page: int) -> None:
        """Make a page."""
        codes = range(page * _PAGE, (page + 1) * _PAGE)
        own = slice(codes.start, codes.stop)
        if page in _HAN_PAGES or page in _HANGUL_PAGES:
            bits = WORD | SPACELESS * (page in _HAN_PAGES)
            self.cells[own] = [code << CLASS_BITS | bits for code in codes]
            return
        chars = map(chr, codes)
        self.cells[own] = [ord(_lower(char)) << CLASS_BITS | _classify(char) for char in chars]


@cache
def table() -> Table:
    """Return the one table of this process."""
    return Table()
