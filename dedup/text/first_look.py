"""A first look over an article: which of its paragraphs may be furniture at all.

Most have none of the words that furniture begins with, calls on its reader with or names a picture
with. For this look a text is one byte a character: letters in lower case, white space a blank, all
that may end a sentence a full stop, other marks a comma.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dedup.text.furniture import CLOSER_ROOM, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dedup.text.layout import Place

#: Strings of which every caption that ends by naming its picture holds one.
CLOSING = (b"(", b"photo", b"getty")
_ENDS = ".!?…:|)&»*'"  # among them "?", which stands for any character that Latin-1 lacks
_LEAD_IN = b" .,("  # all that stands between words
_FIRST_WORD = re.compile(rb"[ .,(]*+([^ .,(]*+)")
_BEGUN = 3  # characters of its beginning by which most that is no furniture is told


class _Signs(NamedTuple):
    """What furniture begins with, and with what its sentences that call on the reader do."""

    openings: Mapping[bytes, tuple[bytes, ...]]  #: by first word
    begun: frozenset[bytes]  #: what they begin with, or are
    calls: re.Pattern[bytes]


def with_signs(page: bytes, places: Sequence[Place]) -> set[int]:
    """Return which paragraphs bear a sign of furniture; none of the others is any.

    Args:
        page: how the article's text looks.
        places: where its paragraphs stand.

    """
    signs = _signs()
    starts = [start for start, _ in places]
    found = {
        number
        for number, start in enumerate(starts)
        if (page[start : start + _BEGUN] in signs.begun or page[start] in _LEAD_IN)
        and (word := _FIRST_WORD.match(page, start))
        and (openings := signs.openings.get(word[1]))
        and page.startswith(openings, word.start(1))
    }
    for call in signs.calls.finditer(page):
        found.add(bisect_right(starts, call.start()) - 1)
    for closing in CLOSING:
        for at in all_places(page, closing):
            number = bisect_right(starts, at) - 1
            if places[number][1] - at <= CLOSER_ROOM:
                found.add(number)
    return found


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


def all_places(page: bytes, sign: bytes) -> Iterator[int]:
    """Yield where a sign stands on a page."""
    at = page.find(sign)
    while at >= 0:
        yield at
        at = page.find(sign, at + 1)


@cache
def _signs() -> _Signs:
    known = phrases()
    openings, calls = defaultdict(list), defaultdict(list)
    for phrase in map(look, (*known.openings, *known.calls)):
        word = _FIRST_WORD.match(phrase)
        openings[word[1] if word else b""].append(phrase)
    for phrase in map(look, known.calls):
        calls[phrase[:1]].append(re.escape(phrase[1:]))
    by_letter = b"|".join(letter + b"(?:%b)" % b"|".join(rest) for letter, rest in calls.items())
    return _Signs(
        {word: tuple(items) for word, items in openings.items()},
        frozenset(
            (phrase + mark)[:_BEGUN]
            for items in openings.values()
            for phrase in items
            for mark in (b"", b" ", b".", b",", b"(")
        ),
        re.compile(rb"\. ++[ .,(]{0,3}+(?:%b)" % by_letter),
    )
