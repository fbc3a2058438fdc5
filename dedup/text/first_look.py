"""A first look over articles: which of their paragraphs may be furniture at all.

Most have none of the words that furniture begins with, calls on its reader with or names a picture
with. For this look a text is one byte a character: letters in lower case, white space a blank, all
that may end a sentence a full stop, other marks a comma. Words that hardly an article has are
looked for in many articles and all at once, by their last letters (Karp & Rabin 1987).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, AnyStr, NamedTuple

import numpy as np

from dedup.compiling import pays
from dedup.text.furniture import CLOSER_ROOM, box_buttons, link_closers, phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.text.layout import Place

#: Most captions that end by naming their picture have one of these words.
_PICTURED = ("photo", "getty")
#: Of these one stands in every note on its writer in the middle of an article: it has several.
NOTED = ("contributor", "columnist", "Follow h")
_LAST, _BITS = 4, 16  # letters that a sign is looked for by, and bits of their hash
_SPREAD, _SPREAD_OTHERS = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)
_SHIFT = np.uint32(32 - _BITS)
_CHARACTERS = 6  # of a word
_PIECE = 1 << 15  # letters sifted at a time: what is noted of them stays in a cache
_ENDS = ".!?…:|)&»*'"  # among them "?", which stands for any character that Latin-1 lacks
_LEAD_IN = b" .,("  # all that stands between words
_FIRST_WORD = re.compile(rb"[ .,(]*+([^ .,(]*+)")
_SMALL = ord("a")  # from here on no letter of ASCII is a capital
_LED = 4  # characters before the first word that are passed over in one go
_BEGUN = 3  # characters of its beginning, and as many more, that tell most that is no furniture


class _Signs(NamedTuple):
    """What furniture begins with, and with what its sentences that call on the reader do."""

    openings: Mapping[bytes, tuple[bytes, ...]]  #: by first word
    begun: Mapping[bytes, tuple[bytes, ...]]  #: by their beginning, as they stand in a text
    calls: re.Pattern[bytes]


class Look(NamedTuple):
    """How an article looks, one byte a character, and where which rare signs stand in it."""

    page: bytes
    rare: Mapping[bytes, Sequence[int]]


def look_at(texts: Sequence[str]) -> list[Look]:
    """Look over some articles."""
    written = [_one_byte(text) for text in texts]
    pages = [text.translate(_looks()) for text in written]
    if pays(sum(map(len, pages)) // _CHARACTERS):
        return [*map(Look, pages, _sifted(pages, b"\n".join(written)))]
    return [*map(Look, pages, map(_signs_of, pages, written))]


def _signs_of(page: bytes, written: bytes) -> dict[bytes, list[int]]:
    """Return where the rare signs stand on a page."""
    found = {
        sign: [at for at in all_places(page, sign) if written.startswith(capitals, at)]
        for sign, capitals in _rare().items()
        if sign in page
    }
    return {sign: places for sign, places in found.items() if places}


def _sifted(pages: Sequence[bytes], written: bytes) -> list[dict[bytes, list[int]]]:
    """Return where the rare signs stand in each of some pages, which are written end to end."""
    from dedup.text import kernels

    whole = b"\n".join(pages)
    if len(whole) < _LAST:
        return [{} for _ in pages]
    rare, (lasts, table, shouted) = _rare(), _lasts()
    fours = np.ndarray((len(whole) - _LAST + 1,), "<u4", whole, strides=(1,))
    found = np.empty(_PIECE + 1, np.int64)
    ends = np.concatenate(
        [
            found[: kernels.sifted(fours[first : first + _PIECE], table, _SPREAD, found)]
            + (first + _LAST)
            for first in range(0, len(whole), _PIECE)
        ]
    )
    small = np.frombuffer(written, np.uint8)[ends - 1] >= _SMALL
    ends = ends[~(small & shouted[fours[ends - _LAST] * _SPREAD >> _SHIFT])]
    edges = np.cumsum([len(page) + 1 for page in pages])
    begin = [0, *edges.tolist()]
    signs: list[dict[bytes, list[int]]] = [{} for _ in pages]
    for end, own in zip(ends.tolist(), np.searchsorted(edges, ends).tolist(), strict=True):
        for sign in lasts.get(whole[end - _LAST : end], ()):
            at = end - len(sign)
            stands = at >= begin[own] and whole.startswith(sign, at)
            if stands and written.startswith(rare[sign], at):
                signs[own].setdefault(sign, []).append(at - begin[own])
    return signs


@cache
def _rare() -> dict[bytes, bytes]:
    """Return the signs that hardly an article has; of those in capitals also how they stand."""
    words = (*box_buttons(), *NOTED)
    shouted = {look(word): _one_byte(word) for word in link_closers()}
    return shouted | dict.fromkeys((*map(look, words), *closings()), b"")


@cache
def closings() -> frozenset[bytes]:
    """Return the signs of which every caption that ends by naming its picture has one."""
    others = [end for end in phrases().closers if not any(word in end for word in _PICTURED)]
    return frozenset(map(look, (*_PICTURED, *others)))


@cache
def _lasts() -> tuple[dict[bytes, list[bytes]], NDArray[np.uint8], NDArray[np.bool_]]:
    """Return the rare signs by their last letters, and tables of which hashes these have.

    The second table is of those that count in capitals alone.
    """
    lasts: dict[bytes, list[bytes]] = {}
    for sign in _rare():
        lasts.setdefault(sign[-_LAST:], []).append(sign)
    table, shouted = np.zeros(1 << _BITS, np.uint8), np.zeros(1 << _BITS, np.bool_)
    rows = np.frombuffer(b"".join(lasts), "<u4") * _SPREAD >> _SHIFT
    table[rows] = 1
    every = np.array([all(map(_rare().get, signs)) for signs in lasts.values()])
    shouted[rows] = True
    shouted[rows[~every]] = False
    return lasts, table, shouted


def may_begin(pages: Sequence[bytes], start: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which paragraphs may begin as furniture does; none of the others do.

    Args:
        pages: how some texts look.
        start: where their paragraphs begin, the texts standing end to end, each between two marks.

    """
    whole = np.frombuffer(b",".join((b"", *pages, b"," * (_LED + 2 * _BEGUN))), np.uint8)
    led = np.zeros(256, bool)
    led[list(_LEAD_IN)] = True
    begin = start.copy()
    for _ in range(_LED):
        begin += led[whole[begin]]
    short, long = _begun()
    three, six = _hashes(*(whole[begin + step].astype(np.uint32) for step in range(2 * _BEGUN)))
    found: NDArray[np.bool_] = short[three] | long[six]
    return found | led[whole[begin]]


def _hashes(*letters: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Hash the first three of six letters, and all of them."""
    three, others = (
        first | second << np.uint32(8) | third << np.uint32(16)
        for first, second, third in (letters[:_BEGUN], letters[_BEGUN:])
    )
    spread = three * _SPREAD
    return spread >> _SHIFT, (spread ^ others * _SPREAD_OTHERS) >> _SHIFT


def with_signs(seen: Look, places: Sequence[Place], begun: Iterable[int]) -> set[int]:
    """Return which paragraphs bear a sign of furniture; none of the others is any.

    Args:
        seen: how the article looks.
        places: where its paragraphs stand.
        begun: those that may begin as furniture does.

    """
    signs, page = _signs(), seen.page + b" "  # the last word ends, as all others do
    found = {number for number in begun if _begins(page, places[number][0])}
    for call in signs.calls.finditer(page):
        found.add(bisect_right(places, (call.start(), len(page))) - 1)
    for sign in closings().intersection(seen.rare):
        for at in seen.rare[sign]:
            number = bisect_right(places, (at, len(page))) - 1
            if places[number][1] - at <= CLOSER_ROOM:
                found.add(number)
    return found


def _begins(page: bytes, start: int) -> bool:
    """Whether a paragraph begins as furniture does."""
    if page[start] not in _LEAD_IN:
        begun = _signs().begun.get(page[start : start + _BEGUN])
        return begun is not None and page.startswith(begun, start)
    word = _FIRST_WORD.match(page, start)
    openings = _signs().openings.get(word[1]) if word else None
    return word is not None and openings is not None and page.startswith(openings, word.start(1))


@cache
def _begun() -> NDArray[np.bool_]:
    """Return which hashes the letters have that furniture begins with: where short, and long."""
    every = list(chain.from_iterable(_signs().begun.values()))
    letters = b"".join(phrase[: 2 * _BEGUN].ljust(2 * _BEGUN) for phrase in every)
    columns = np.frombuffer(letters, np.uint8).reshape(-1, 2 * _BEGUN).T.astype(np.uint32)
    three, six = _hashes(*columns)
    long = np.array([len(phrase) >= 2 * _BEGUN for phrase in every])
    tables = np.zeros((2, 1 << _BITS), bool)
    tables[0, three[~long]] = True
    tables[1, six[long]] = True
    return tables


def look(text: str) -> bytes:
    """Return how a text looks, one byte a character."""
    return _one_byte(text).translate(_looks())


def _one_byte(text: str) -> bytes:
    """Return a text as it is written, one byte a character: "?" for any that Latin-1 lacks."""
    return text.encode("latin-1", "replace")


@cache
def _looks() -> bytes:
    return "".join(map(_look_of, map(chr, range(256)))).encode("latin-1")


def _look_of(char: str) -> str:
    if char.isalnum():
        return char.lower()
    if char in _ENDS:
        return "."
    if char.isspace() and char != "\n":
        return " "
    return "(" if char == "(" else ","


def all_places(page: AnyStr, sign: AnyStr) -> Iterator[int]:
    """Yield where a sign stands on a page."""
    at = page.find(sign)
    while at >= 0:
        yield at
        at = page.find(sign, at + 1)


@cache
def _signs() -> _Signs:
    known = phrases()
    openings, begun, calls = defaultdict(list), defaultdict(set), defaultdict(list)
    for phrase in map(look, (*known.openings, *known.calls)):
        word = _FIRST_WORD.match(phrase)
        openings[word[1] if word else b""].append(phrase)
        marks = [b" ", b".", b",", b"("] if word and word.end() == len(phrase) else [b""]
        for mark in marks:
            begun[(phrase + mark)[:_BEGUN]].add(phrase + mark)
    for phrase in map(look, known.calls):
        calls[phrase[:1]].append(re.escape(phrase[1:]))
    by_letter = b"|".join(letter + b"(?:%b)" % b"|".join(rest) for letter, rest in calls.items())
    return _Signs(
        {word: tuple(items) for word, items in openings.items()},
        {letters: tuple(items) for letters, items in begun.items()},
        re.compile(rb"\. ++[ .,(]{0,3}+(?:%b)" % by_letter),
    )
