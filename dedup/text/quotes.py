"""Where a paragraph speaks in somebody else's words: the spans of its direct quotations.

Double, single, low-high, high-high and angle marks are known, and a printer's mark that goes with a
typewriter's. A quotation that a paragraph leaves open runs to the paragraph's end, as newspapers
print a speech over several paragraphs; a straight mark, which does not say whether it opens or
closes, does so only where the paragraph begins with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from dedup.compiling import pays
from dedup.records import Span
from dedup.text.sheet import CODE_POINTS, among

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.text.layout import Place
    from dedup.text.sheet import Sheet

    #: The quotations of the paragraphs that have any, by their place among all.
    Quoted = Mapping[int, Sequence[Span]]

# German has „…“, Polish „…”, Swedish ”…” and »…», Arabic ”…“ as well.
_CLOSERS = dict(zip("“„”«»「『‹", ("”", "“”", "”“", "»", "«»", "」", "』", "›"), strict=True))
# Each begins with its mark, which lets the search run from mark to mark.
_OPENINGS = {
    **{mark: re.compile(mark) for mark in _CLOSERS},
    "”": re.compile(r"”(?<![\w.,;:!?…]”)(?=\w)"),
    "»": re.compile(r"»(?<!\w»)"),
    '"': re.compile(r"\"(?<!\w\")(?=\w|[‘'\[(….])"),
    "`": re.compile(r"`(?=`)"),
    "'": re.compile(r"'(?:(?=')|(?<!\w')(?=\w))"),
    "‘": re.compile(r"‘(?<!\w‘)(?=\w)"),
}
_STRAIGHT_END = re.compile(r'[^"“”]*+["”]|[^"]*+"')
# Closes a curly mark whose own is not at hand.
_SLIP = re.compile(r'[^"“]*+["“](?<=[\w.,;:!?…]["“])(?!\w)')
_DOUBLE_END = re.compile(r"''|``|\"")
_SINGLE_END = re.compile(r"['’](?<=[\w.,;:!?…]['’])(?!\w)")
_MARKS = "".join(_OPENINGS)
_FOLLOWING, _PRECEDING = "‘'[(….", ".,;:!?…"  # besides letters and digits
_CLOSING = "\"”“»«’'」』›"
_CLOSED_BY = {**_CLOSERS, "‘": "’"}
_WORD = re.compile(r"[^\W_]+")
_CHARACTERS = 6  # of a word, roughly


#: Makes a span of its two ends, the tuple's own way: a page has many.
_span: Final[Callable[[tuple[int, int]], Span]] = partial(tuple.__new__, Span)


class Limits(NamedTuple):
    """How much of what makes a quotation."""

    single: int = 3  #: words in single marks: shorter ones are scare quotes and possessives
    shortest: int = 4  #: words of a quotation that may be a paragraph's
    words: int = 4  #: of an attribution
    share: int = 6  #: of the quoted words, one in so many, that may be a longer attribution
    characters: int = 80  #: more than four words take
    word: int = 5  #: characters of a word, where there may be no spaces to count words by


_LIMITS = Limits()


class Quotations(NamedTuple):
    """The direct quotations of a text, and the paragraphs that are one, by their place."""

    quoted: Quoted
    wholly: Sequence[int]


def quotes(text: str, places: Sequence[tuple[int, int]]) -> Quoted:
    """Return the direct quotations of the paragraphs of a text, marks included, in order.

    Args:
        text: the article's text.
        places: where its paragraphs begin and end, in code points.

    """
    found: dict[int, list[Span]] = {}
    starts = [start for start, _ in places]
    number = start = end = at = 0
    for opening in _openings(text):
        if opening >= end:
            number = bisect_right(starts, opening) - 1
            start, end = places[number] if number >= 0 else (0, 0)
        if at <= opening < end:
            at, closed = _close(text, opening, start, end)
            if closed:
                found.setdefault(number, []).append(Span(opening, at))
    return found


def _openings(text: str) -> list[int]:
    """Return where quotations may begin in a text, in order."""
    openings = [
        match.start()
        for mark, opening in _OPENINGS.items()
        if mark in text
        for match in opening.finditer(text)
    ]
    openings.sort()
    return openings


def _close(text: str, opening: int, start: int, end: int) -> tuple[int, bool]:
    """Where to read on after ``opening``, and whether a quotation that begins there ends so.

    It stands in the paragraph ``text[start:end]``.
    """
    mark, inside = text[opening], opening + 1
    if mark in _CLOSERS:
        at = _first(text, _CLOSERS[mark], inside, end)
        slip = _SLIP.match(text, inside, end) if at < 0 else None
        return (slip.end() if slip else end if at < 0 else at + 1), True
    if inside == end:
        return end, False
    if mark == "‘" or (mark == "'" and text[inside] != "'"):
        close = _SINGLE_END.search(text, inside, end)
        if close is None or text.count(" ", inside, close.start()) < _LIMITS.single:
            return inside, False
        return close.end(), True
    if mark == '"':
        close = _STRAIGHT_END.match(text, inside, end)
    else:
        inside += 1
        close = _DOUBLE_END.search(text, inside, end)
    if close is not None:
        return close.end(), True
    left_open = opening == start  # elsewhere it is an inch, or a slip
    return (end if left_open else inside), left_open


def _first(text: str, marks: str, start: int, end: int) -> int:
    """Where one of some marks stands first in ``text[start:end]``, or -1."""
    places = [text.find(mark, start, end) for mark in marks]
    return min([place for place in places if place >= 0], default=-1)


def is_quotation(text: str, place: Place, spans: Sequence[Place]) -> bool:
    """Whether a paragraph is a direct quotation with no more than a short attribution.

    Args:
        text: the article's text.
        place: where the paragraph stands.
        spans: its quotations.

    """
    start, end = place
    if text[start] not in _MARKS and text[end - 1] not in _CLOSING:
        return False
    inside = sum([max(text.count(" ", a, b) + 1, (b - a) // _LIMITS.word) for a, b in spans])
    if inside < _LIMITS.shortest or not _may_quote(text, start, end):
        return False
    edges = [start, *chain.from_iterable(spans), end]
    others = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    outside = len(_WORD.findall(" ".join(others)))
    few = outside <= _LIMITS.words and 2 * outside <= inside
    return outside * _LIMITS.share <= inside or few


def _may_quote(text: str, start: int, end: int) -> bool:
    """Whether so little stands before or after the first quotation that the rest may be one."""
    mark, size = text[start], end - start
    room = max(_LIMITS.characters, size // _LIMITS.share)
    if mark not in _MARKS:
        return any(char in _MARKS for char in text[start : min(start + room + 1, end)])
    close = _first(text, _CLOSED_BY.get(mark, mark), start + 1, end)
    again = text.find(mark, close + 1, end)
    return close < 0 or (again if again >= 0 else end) - close <= room + 1


def quotations(
    sheet: Sheet, texts: Sequence[str], places: Sequence[Sequence[Place]]
) -> Iterator[Quotations]:
    """Yield the quotations of each text of a sheet.

    Args:
        sheet: how the texts are laid out.
        texts: the texts.
        places: where the paragraphs of each stand in it.

    """
    if pays(len(sheet.codes) // _CHARACTERS):
        yield from _compiled(sheet)
        return
    for text, own in zip(texts, places, strict=True):
        quoted = quotes(text, own)
        wholly = [n for n, spans in quoted.items() if is_quotation(text, own[n], spans)]
        yield Quotations(quoted, wholly)


def _compiled(sheet: Sheet) -> Iterator[Quotations]:
    """Find them in compiled loops."""
    from dedup.text import quote_kernels

    chars = sheet.codes, _table(), _pairs()
    row, start, end = (np.empty(len(sheet.codes), np.int32) for _ in range(3))
    wholly = np.empty(len(sheet.start), bool)
    paragraphs = sheet.start, sheet.end
    count = quote_kernels.quotations(chars, paragraphs, (row, start, end), wholly, _LIMITS)
    owner = sheet.owner[row[:count]]
    numbers = (row[:count] - sheet.indptr[owner]).tolist()
    starts = (start[:count] - sheet.begin[owner]).tolist()
    ends = (end[:count] - sheet.begin[owner]).tolist()
    bounds = np.searchsorted(owner, np.arange(len(sheet.layouts) + 1)).tolist()
    whole = sheet.numbers(np.flatnonzero(wholly))
    for first, last, own in zip(bounds, bounds[1:], whole, strict=False):
        quoted: dict[int, list[Span]] = {}
        spans = map(_span, zip(starts[first:last], ends[first:last], strict=True))
        for number, span in zip(numbers[first:last], spans, strict=True):
            quoted.setdefault(number, []).append(span)
        yield Quotations(quoted, own)


@cache
def _pairs() -> NDArray[np.uint32]:
    """Return the marks that open, each with one that closes and another, if there is."""
    triples = [(mark, closers[0], closers[-1]) for mark, closers in _CLOSERS.items()]
    return np.array([*chain(*triples)]).view(np.uint32)


@cache
def _table() -> NDArray[np.uint8]:
    """Return what every code point may be, as the bits of the loops."""
    from dedup.text.quote_kernels import BITS

    alnum = np.char.isalnum(np.arange(CODE_POINTS, dtype=np.uint32).view("<U1"))
    wordy = alnum | among("_")
    sets = (
        *(wordy, alnum, among(_MARKS), among(_CLOSING)),
        *(wordy | among(_FOLLOWING), wordy | among(_PRECEDING)),
    )
    table = np.zeros(CODE_POINTS, np.uint8)
    for bit, found in zip(BITS, sets, strict=True):
        table |= found * bit
    return table
