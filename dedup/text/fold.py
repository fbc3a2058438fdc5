"""Raw text → what is compared, with a map back to the raw offsets (docs/engine.md, "Folding").

Two stages. *Reading* undoes what publishing did to the spelling: HTML entities become their
character, invisible code points vanish, combining sequences are composed, ligatures are written
out. It changes the length of the text, is rare, and so keeps an offset map. *Lowering* replaces
one code point by one: case, full-width forms, typographic quotes, dashes and spaces. It is a
look-up in a table over all code points, whose pages of 256 are made when they are first met.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, is_normalized, normalize

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Spot = tuple[int, int, str]

#: What a code point is; the bits of the class table. RARE ones need reading, UNSEEN ones a page.
WORD, SPACELESS, DIGIT, UPPER, APOSTROPHE, RARE, MARK, UNSEEN = (1 << bit for bit in range(8))

_PAGE = 256
_CODE_POINTS = 0x110000

#: Straight, curly, full-width, modifier letter: between two letters they belong to the word.
_APOSTROPHES = "'\u2019\uff07\u02bc"

#: Controls but white space, format characters, variation selectors, fillers, tags.
_TRANSPARENT = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
#: Also what was escaped twice: ``&amp;#8217;``.
_ENTITY = re.compile(
    r"&(?:amp;|#0{0,4}38;|#[xX]0{0,4}26;)*"
    r"(?:#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
)
_ESCAPED_AMPERSAND = re.compile(r"(?:amp;|#0*38;|#[xX]0*26;)+(?=.)")

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


class Folded(NamedTuple):
    """Folded code points and, of each, the raw span ``start:end`` that it stands for."""

    codes: NDArray[np.uint32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]


class Reading(NamedTuple):
    """A text as it is read, and, of each of its code points, the raw span it stands for."""

    text: str
    start: NDArray[np.int32]
    end: NDArray[np.int32]


def fold(text: str) -> Folded:
    """Return the text as it is compared, with the raw span of each code point."""
    reading = read(text)
    codes = encode(text) if reading is None else encode(reading.text)
    _, lowered = look_up(codes)
    if reading is not None:
        return Folded(lowered, reading.start, reading.end)
    places = np.arange(len(codes) + 1, dtype=np.int32)
    return Folded(lowered, places[:-1], places[1:])


def encode(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def look_up(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Return the class bits and the lowered code point of each code point.

    ASCII goes through ``bytes.translate``, several times as fast as indexing an array; only the
    others are looked up in the table of all code points.
    """
    table = _table()
    low = bytearray(codes.astype(np.uint8))
    classes = np.frombuffer(low.translate(table.ascii_classes), np.uint8)
    lowered = np.frombuffer(low.translate(table.ascii_lowered), np.uint8).astype(np.uint32)
    beyond = np.flatnonzero(codes > 127)  # noqa: PLR2004 - the end of ASCII
    if len(beyond):
        strange = codes[beyond]
        table.prepare(strange)
        classes[beyond] = table.classes[strange]
        lowered[beyond] = table.lowered[strange]
    return classes, lowered


def having(classes: NDArray[np.uint8], wanted: int) -> NDArray[np.bool_]:
    """Return which class bits hold any of the wanted ones."""
    return (classes & np.uint8(wanted)).astype(bool)


def read(text: str) -> Reading | None:
    """Return the text as it is read, or nothing where that is the text as it stands."""
    places = np.arange(len(text) + 1, dtype=np.int32)
    reading = raw = Reading(text, places[:-1], places[1:])
    rare = {text[place] for place in _places(text, RARE)} - {"&"}
    transparent = set(filter(_TRANSPARENT.match, rare))
    if transparent:
        spots = ((match.start(), match.end(), "") for match in _TRANSPARENT.finditer(text))
        reading = _respell(reading, spots)
    if "&" in text:
        reading = _respell(reading, _entities(reading.text))
    if not reading.text.isascii():
        reading = _respell(reading, _combinations(reading.text))
    if rare - transparent or reading is not raw:
        reading = _respell(reading, _expansions(reading.text))
    return None if reading is raw else reading


def _respell(reading: Reading, spots: Iterable[Spot]) -> Reading:
    """Replace stretches; each new code point stands for all that its stretch stood for."""
    spots = list(spots)
    if not spots:
        return reading
    text, start, end = reading
    texts, starts, ends = [], [], []
    edges = [(0, 0, ""), *spots, (len(text), len(text), "")]
    for (_, kept, _), (first, last, spelling) in pairwise(edges):
        texts += [text[kept:first], spelling]
        starts.append(start[kept:first])
        ends.append(end[kept:first])
        if spelling:
            starts.append(np.repeat(start[first], len(spelling)))
            ends.append(np.repeat(end[last - 1], len(spelling)))
    return Reading("".join(texts), np.concatenate(starts), np.concatenate(ends))


def _entities(text: str) -> Iterable[Spot]:
    """Yield the HTML entities and what they spell; unknown names are left as they stand."""
    from html import unescape

    for match in _ENTITY.finditer(text):
        escaped = "&" + _ESCAPED_AMPERSAND.sub("", match[0][1:], count=1)
        spelling = unescape(escaped)
        if spelling != escaped and not spelling.endswith(";"):
            yield match.start(), match.end(), _TRANSPARENT.sub("", spelling)


def _combinations(text: str) -> Iterable[Spot]:
    """Yield the characters followed by marks, composed where composing changes anything."""
    marks = _places(text, MARK)
    if len(marks) == 0 or is_normalized("NFKC", text.casefold()):
        return
    runs = np.split(marks, np.flatnonzero(np.diff(marks) > 1) + 1)
    for run in runs:
        first, last = max(int(run[0]) - 1, 0), int(run[-1]) + 1
        cluster = text[first:last]
        composed = normalize("NFC", cluster)
        if len(composed) > 1 or _expands(composed):
            composed = _settle(cluster)
        if composed != cluster:
            yield first, last, composed


def _expansions(text: str) -> Iterable[Spot]:
    """Yield the ligatures and the like, written out."""
    for place in _places(text, RARE).tolist():
        if _expands(text[place]):
            yield place, place + 1, _settle(text[place])


def _places(text: str, wanted: int) -> NDArray[np.int64]:
    """Return where the code points of a class stand."""
    return np.flatnonzero(having(look_up(encode(text))[0], wanted))


def _settle(text: str) -> str:
    """Fold a few code points the slow way: case and compatibility forms, until nothing changes."""
    while (folded := normalize("NFKC", text.casefold())) != text:
        text = folded
    return text


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_" or category(char)[0] == "M"


def _expands(char: str) -> bool:
    """Whether a character of a word is written out as several of them."""
    settled = _settle(char)
    return len(settled) > 1 and _is_word(char) and all(map(_is_word, settled))


def _lower(char: str) -> str:
    """Return the one code point that a code point is compared as.

    What would become a mark or a conjoining letter stays: it would join its neighbour.
    """
    if char in _STRAIGHT:
        return _STRAIGHT[char]
    settled = _settle(char)
    if char.isspace() or len(settled) != 1 or _is_word(char) != _is_word(settled):
        return " " if category(char) == "Zs" else char
    joins = category(settled)[0] == "M" or ord(settled) in _JAMO
    return char if joins and category(char)[0] != "M" else _STRAIGHT.get(settled, settled)


def _classify(char: str) -> int:
    """Return the class bits of one code point."""
    if char == "&" or _TRANSPARENT.match(char):
        return RARE
    if char in _APOSTROPHES:
        return APOSTROPHE
    if not _is_word(char):
        return 0
    code = ord(char)
    digit = DIGIT * char.isdigit()
    upper = UPPER * (char.isupper() or char.istitle())
    mark = MARK * (category(char)[0] == "M" or code in _JAMO_FOLLOWING)
    within = bisect_right(_SPACELESS_STARTS, code) - 1
    spaceless = within >= 0 and code <= _SPACELESS_RANGES[within][1] and not char.isdecimal()
    return WORD | digit | upper | mark | SPACELESS * spaceless | RARE * _expands(char)


class _Table:
    """Class bits and lowered forms of all code points, made page by page."""

    def __init__(self) -> None:
        self.classes = np.full(_CODE_POINTS, UNSEEN, np.uint8)
        self.lowered = np.zeros(_CODE_POINTS, np.uint32)
        self._make(0)
        self.ascii_classes = self.classes[:_PAGE].tobytes()
        self.ascii_lowered = self.lowered[:_PAGE].astype(np.uint8).tobytes()

    def prepare(self, codes: NDArray[np.uint32]) -> None:
        """Make the pages of these code points."""
        unseen = codes[self.classes[codes] == UNSEEN]
        for page in np.unique(unseen // _PAGE).tolist():
            self._make(page)

    def _make(self, page: int) -> None:
        codes = range(page * _PAGE, (page + 1) * _PAGE)
        if page in _HAN_PAGES or page in _HANGUL_PAGES:
            self.classes[codes.start : codes.stop] = WORD | SPACELESS * (page in _HAN_PAGES)
            self.lowered[codes.start : codes.stop] = codes
            return
        self.classes[codes.start : codes.stop] = [_classify(chr(code)) for code in codes]
        self.lowered[codes.start : codes.stop] = [ord(_lower(chr(code))) for code in codes]


@cache
def _table() -> _Table:
    return _Table()
