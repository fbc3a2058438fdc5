"""Words of every article by what they are, for a list whose texts are not in the page.

The page counts words itself where it has the text (``counting.js``); of a large report its list
knows only these figures, from which it works out every share with something left out. A test
holds the two to each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from dedup.records import Direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.report.columns import Columns, Tables

    Starts = NDArray[np.int64]

#: Passages under so many words can be left out.
SHORTEST = (0, 10, 20, 40, 80)
FURNITURE = frozenset({"promo", "caption", "credit", "boilerplate"})
#: What stands within a passage as an outlet's own: it is not counted as shared.
NEVER_SHARED = FURNITURE | {"headline", "heading"}

#: Credits that name an agency.
_SAID = frozenset({"named", "article"})
#: Words that are not shared: quoted, or of the furniture; then those that are, by agency (not
#: named, named, not known), quoted or not.
_QUOTED, _FURNITURE, _SHARED, _CELLS = 0, 1, 2, 8
_SILENT, _NAMED, _OPEN = range(3)

_QUOTATION = re.compile(
    '“[^“”\n]{20,}”|«[^«»\n]{20,}»|„[^„“”\n]{20,}[“”]|「[^「」\n]{8,}」|"[^"\n]{20,}"'
)
#: Han, Hiragana, Katakana, Thai, Lao and Khmer: each character is a word.
_SINGLES = re.compile(
    "["
    "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff"
    "\uff66-\uff6f\uff71-\uff9d\u0e01-\u0e3a\u0e40-\u0e5b\u0e80-\u0eff\u1780-\u17ff\u19e0-\u19ff"
    "]"
)


class _Passage(NamedTuple):
    start: int
    end: int
    words: int


class _Paragraph(NamedTuple):
    start: int
    end: int
    agency: int
    furniture: bool
    counts: bool


def counts(tables: Tables) -> list[list[object]]:
    """Of each article its number of words, and its words by cell.

    The cells stand once for passages of any length, then for each of `SHORTEST` those without the
    shorter ones, 0 where these are the same as before. Zeros at the end are left out.
    """
    articles = tables["articles"]
    passages = _passages(tables["matches"])
    paragraphs = _paragraphs(tables["paragraphs"], articles)
    return [
        _counted(str(text), passages.get(str(name), ()), paragraphs.get(str(name), ()))
        for name, text in zip(articles["article_id"], articles["text"], strict=True)
    ]


def _passages(matches: Columns) -> Mapping[str, list[_Passage]]:
    """Of each article the passages that it took, or shares in unknown order."""
    found: dict[str, list[_Passage]] = defaultdict(list)
    for side in ("", "other_"):
        names = (f"{side or 'article_'}id", f"{side}start", f"{side}end", "words", "direction")
        for name, start, end, words, direction in zip(*(matches[n] for n in names), strict=True):
            if not side or direction != Direction.FROM:
                passage = _Passage(*(cast("int", cell) for cell in (start, end, words)))
                found[str(name)].append(passage)
    return found


def _paragraphs(paragraphs: Columns, articles: Columns) -> Mapping[str, list[_Paragraph]]:
    silent = dict(zip(articles["article_id"], articles["uncredited_agencies"], strict=True))
    found: dict[str, list[_Paragraph]] = defaultdict(list)
    names = ("article_id", "start", "end", "role", "agencies", "credit")
    for name, start, end, role, agencies, credit in zip(
        *(paragraphs[n] for n in names), strict=True
    ):
        held = agencies if isinstance(agencies, tuple | list) else ()
        agency = _NAMED if held or credit in _SAID else _OPEN
        unnamed = silent.get(name) if held else None
        if isinstance(unnamed, tuple | list) and not set(held).isdisjoint(unnamed):
            agency = _SILENT
        place = cast("int", start), cast("int", end)
        kinds = role in FURNITURE, role not in NEVER_SHARED
        found[str(name)].append(_Paragraph(*place, agency, *kinds))
    return found


def _counted(
    text: str, passages: Sequence[_Passage], paragraphs: Sequence[_Paragraph]
) -> list[object]:
    """Count the words of one article."""
    starts = beginnings(text)
    size = len(starts)
    quoted, furniture, known = (np.zeros(size, dtype=bool) for _ in range(3))
    for place in _within(starts, [found.span() for found in _QUOTATION.finditer(text)]):
        quoted[place] = True
    longest, agency = np.zeros(size, dtype=np.int64), np.full(size, _OPEN)
    places = _within(starts, [passage[:2] for passage in passages])
    for passage, place in zip(passages, places, strict=True):
        longest[place] = np.maximum(longest[place], passage.words)
    places = _within(starts, [paragraph[:2] for paragraph in paragraphs])
    for paragraph, place in zip(paragraphs, places, strict=True):
        furniture[place], known[place] = paragraph.furniture, True
        if passages:
            agency[place] = paragraph.agency
            longest[place] *= paragraph.counts
    alone = np.where(furniture, _FURNITURE, np.where(quoted, _QUOTED, _CELLS))
    alone[~known] = _CELLS
    if not passages:
        return [size, _cells(alone)]
    shared = np.where(known, _SHARED + agency + 3 * quoted, _CELLS)
    told: list[object] = [size]
    before: list[int] = []
    for shortest in SHORTEST:
        cells = _cells(np.where(longest >= max(1, shortest), shared, alone))
        told.append(0 if told[1:] and cells == before else cells)
        before = cells
    while told[-1] == 0 and len(told) > 2:  # noqa: PLR2004 - the number, and the first cells
        told.pop()
    return told


def _within(starts: Starts, stretches: Sequence[tuple[int, int]]) -> list[slice]:
    """The words that begin in each of some stretches."""
    edges = starts.searchsorted(np.array(stretches, np.int64).reshape(-1, 2))
    return [slice(first, last) for first, last in edges.tolist()]


def _cells(cell: NDArray[np.int64]) -> list[int]:
    """How many words each cell has, zeros at the end left out; the last cell is not counted."""
    found: list[int] = np.bincount(cell, minlength=_CELLS + 1)[:_CELLS].tolist()
    while found and not found[-1]:
        found.pop()
    return found


_PLAIN = re.compile(r"\w+(?:['’]\w+)*")
_APOSTROPHES = "'’"
#: Characters of which a table says what they are: those beyond are rare.
_PLANE = 1 << 16


def beginnings(text: str) -> Starts:
    """Where the words of a text begin, in code points (see `words_in`)."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    letters, others = _alphabet()
    if codes.max(initial=0) >= _PLANE or others[codes].any():
        return np.array([word.start() for word in words_in(text)], np.int64)
    inside = letters[codes]
    begins = inside.copy()
    begins[1:] &= ~inside[:-1]
    straight, curly = map(ord, _APOSTROPHES)
    inner = (codes[1:-1] == straight) | (codes[1:-1] == curly)
    begins[2:] &= ~(inner & inside[:-2])
    return np.flatnonzero(begins)


@cache
def _alphabet() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which characters a word is made of, and which the plain pattern may not know."""
    characters = [*map(chr, range(_PLANE))]
    others = [_is_mark(one) or _SINGLES.match(one) is not None for one in characters]
    return np.array([one.isalnum() or one == "_" for one in characters]), np.array(others)


#: The first character that the plain pattern may not know: no mark and no such script is before it.
_FIRST_RARE = "\u0300"


def words_in(text: str) -> Iterator[re.Match[str]]:
    """The words that the contract counts: marks are of a word, too, which Python does not know."""
    rare = {character for character in set(text) if character >= _FIRST_RARE}
    marks = "".join(sorted(filter(_is_mark, rare)))
    singles = "".join(sorted(filter(_SINGLES.match, rare)))
    return (_pattern(marks, singles) if marks or singles else _PLAIN).finditer(text)


@cache
def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


@lru_cache(maxsize=256)
def _pattern(marks: str, singles: str) -> re.Pattern[str]:
    """The pattern for a text that has these characters."""
    letter = f"[\\w{marks}]"
    if not singles:
        return re.compile(f"{letter}+(?:['’]{letter}+)*")
    letter = f"(?:(?![{singles}]){letter})"
    return re.compile(f"[{singles}]|{letter}+(?:['’]{letter}+)*")
