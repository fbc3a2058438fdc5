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
_SPREAD = np.uint32(0x9E3779B1)
_CHARACTERS = 6  # of a word
_PIECE = 1 << 15  # letters sifted at a time: what is noted of them stays in a cache
_ENDS = ".!?…:|)&»*'"  # among them "?", which stands for any character that Latin-1 lacks
_LEAD_IN = b" .,("  # all that stands between words
_FIRST_WORD = re.compile(rb"[ .,(]*+([^ .,(]*+)")
_LED = 4  # characters before the first word that are passed over in one go
_BEGUN = 3  # characters of its beginning by which most that is no furniture is told


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
    pages = [look(text) for text in texts]
    if pays(sum(map(len, pages)) // _CHARACTERS):
        return [*map(Look, pages, _sifted(pages))]
    return [
        Look(page, {sign: [*all_places(page, sign)] for sign in _rare() if sign in page})
        for page in pages
    ]


def _sifted(pages: Sequence[bytes]) -> list[dict[bytes, list[int]]]:
    """Return where the rare signs stand in each of some pages."""
    from dedup.text import kernels

    whole = b"\n".join(pages)
    if len(whole) < _LAST:
        return [{} for _ in pages]
    lasts, table = _lasts()
    fours = np.ndarray((len(whole) - _LAST + 1,), "<u4", whole, strides=(1,))
    found = np.empty(_PIECE + 1, np.int64)
    ends = np.concatenate(
        [
            found[: kernels.sifted(fours[first : first + _PIECE], table, _SPREAD, found)]
            + (first + _LAST)
            for first in range(0, len(whole), _PIECE)
        ]
    )
    edges = np.cumsum([len(page) + 1 for page in pages])
    begin = [0, *edges.tolist()]
    signs: list[dict[bytes, list[int]]] = [{} for _ in pages]
    for end, own in zip(ends.tolist(), np.searchsorted(edges, ends).tolist(), strict=True):
        for sign in lasts.get(whole[end - _LAST : end], ()):
            at = end - len(sign)
            if at >= begin[own] and whole.startswith(sign, at):
                signs[own].setdefault(sign, []).append(at - begin[own])
    return signs


@cache
def _rare() -> tuple[bytes, ...]:
    """Return the signs that hardly an article has."""
    words = (*box_buttons(), *link_closers(), *NOTED)
    return tuple(dict.fromkeys((*map(look, words), *closings())))


@cache
def closings() -> frozenset[bytes]:
    """Return the signs of which every caption that ends by naming its picture has one."""
    others = [end for end in phrases().closers if not any(word in end for word in _PICTURED)]
    return frozenset(map(look, (*_PICTURED, *others)))


@cache
def _lasts() -> tuple[dict[bytes, list[bytes]], NDArray[np.uint8]]:
    """Return the rare signs by their last letters, and a table of which hashes these have."""
    lasts: dict[bytes, list[bytes]] = {}
    for sign in _rare():
        lasts.setdefault(sign[-_LAST:], []).append(sign)
    table = np.zeros(1 << _BITS, np.uint8)
    table[np.frombuffer(b"".join(lasts), "<u4") * _SPREAD >> np.uint32(32 - _BITS)] = 1
    return lasts, table


def may_begin(pages: Sequence[bytes], start: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which paragraphs may begin as furniture does; none of the others do.

    Args:
        pages: how some texts look.
        start: where their paragraphs begin, the texts standing end to end, each between two marks.

    """
    whole = np.frombuffer(b",".join((b"", *pages, b"," * (_LED + _BEGUN))), np.uint8)
    led = np.zeros(256, bool)
    led[list(_LEAD_IN)] = True
    begin = start.copy()
    for _ in range(_LED):
        begin += led[whole[begin]]
    first, second, third = (whole[begin + step].astype(np.uint32) for step in range(_BEGUN))
    threes = first | second << np.uint32(8) | third << np.uint32(16)
    found: NDArray[np.bool_] = _begun()[threes * _SPREAD >> np.uint32(32 - _BITS)]
    return found | led[first]


def with_signs(seen: Look, places: Sequence[Place], begun: Iterable[int]) -> set[int]:
    """Return which paragraphs bear a sign of furniture; none of the others is any.

    Args:
        seen: how the article looks.
        places: where its paragraphs stand.
        begun: those that may begin as furniture does.

    """
    signs, page = _signs(), seen.page + b" "  # the last word ends, as all others do
    starts = [start for start, _ in places]
    found = {number for number in begun if _begins(page, starts[number])}
    for call in signs.calls.finditer(page):
        found.add(bisect_right(starts, call.start()) - 1)
    for sign in closings().intersection(seen.rare):
        for at in seen.rare[sign]:
            number = bisect_right(starts, at) - 1
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
    """Return which hashes the letters have that furniture may begin with."""
    fours = b"".join(begun.ljust(_LAST, b"\0") for begun in _signs().begun)
    table = np.zeros(1 << _BITS, bool)
    table[np.frombuffer(fours, "<u4") * _SPREAD >> np.uint32(32 - _BITS)] = True
    return table


def look(text: str) -> bytes:
    """Return how a text looks, one byte a character."""
    return text.encode("latin-1", "replace").translate(_looks())


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
