"""Raw text → what is compared, with a map back to the raw offsets (docs/engine.md, "Folding").

Two stages. *Reading* undoes what publishing did to the spelling: HTML entities become their
character, invisible code points vanish, combining sequences are composed, ligatures are written
out. It changes the length of the text, is rare, and so keeps an offset map. *Lowering* replaces
one code point by one: it is a look-up in a table (`dedup.text.characters`).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import is_normalized, normalize

import numpy as np

from dedup.text.characters import (
    MARK,
    RARE,
    TRANSPARENT,
    encode,
    expands,
    having,
    look_up,
    settle,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Spot = tuple[int, int, str]

#: Also what was escaped twice: ``&amp;#8217;``.
_ENTITY = re.compile(
    r"&(?:amp;|#0{0,4}38;|#[xX]0{0,4}26;)*"
    r"(?:#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
)
_ESCAPED_AMPERSAND = re.compile(r"(?:amp;|#0*38;|#[xX]0*26;)+(?=.)")


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


def read(text: str) -> Reading | None:
    """Return the text as it is read, or nothing where that is the text as it stands."""
    classes, _ = look_up(encode(text))
    rare = np.flatnonzero(having(classes, RARE)).tolist()
    rare = [place for place in rare if text[place] != "&"]
    transparent = [(place, place + 1, "") for place in rare if TRANSPARENT.match(text[place])]
    places = np.arange(len(text) + 1, dtype=np.int32)
    raw = Reading(text, places[:-1], places[1:])
    visible = reading = _respell(raw, transparent)
    if "&" in text:
        reading = _respell(reading, _entities(reading.text))
    if reading is not visible or having(classes, MARK).any():
        reading = _respell(reading, _combinations(reading.text))
    if reading is not visible or len(rare) > len(transparent):
        reading = _respell(reading, _expansions(reading.text))
    return None if reading is raw else reading


def may_spell(text: str, place: int) -> bool:
    """Whether the ampersand at a place may begin an entity; most stand for themselves."""
    return _ENTITY.match(text, place) is not None


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
            yield match.start(), match.end(), TRANSPARENT.sub("", spelling)


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
        if len(composed) > 1 or expands(composed):
            composed = settle(cluster)
        if composed != cluster:
            yield first, last, composed


def _expansions(text: str) -> Iterable[Spot]:
    """Yield the ligatures and the like, written out."""
    for place in _places(text, RARE).tolist():
        if expands(text[place]):
            yield place, place + 1, settle(text[place])


def _places(text: str, wanted: int) -> NDArray[np.int64]:
    """Return where the code points of a class stand."""
    return np.flatnonzero(having(look_up(encode(text))[0], wanted))
