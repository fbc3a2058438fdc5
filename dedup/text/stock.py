"""Stock clauses: what every article says, so that two may say it and neither took it.

"On condition of anonymity because they were not authorised to speak", "did not respond to a request
for comment", "a margin of error of plus or minus 3 points": the list is data (stock.toml).

A clause is looked for only round one of its keys, and a key only where four of its letters stand:
all fours of a text are looked up in a table at once.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.compiling import pays
from dedup.records import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

#: A clause lies within this many characters of its key.
_REACH = 120
_WORD = 6  # letters in a word, roughly
_LETTER_BITS = 5  # the low bits of a code point: they tell letters apart, but not their case
_COMMON = " etaoinsrhldcumfpgwybvkxjqz"  # letters, the most common ones first


class _Key(NamedTuple):
    """A key, and which letter of it begins the four by which it is found."""

    spelling: str
    offset: int
    clauses: re.Pattern[str]  #: of its language


class _Listed(NamedTuple):
    """The keys by the four letters by which each is found."""

    known: NDArray[np.bool_]  #: which fours those are
    keys: Mapping[int, tuple[_Key, ...]]


def stock_clauses(text: str) -> list[Span]:
    """Return the stock clauses of a text, in any of the languages listed, in order."""
    out: list[Span] = []
    for at, clauses in _keys_in(text):
        done = out[-1].end if out else 0
        if at < done:
            continue
        found = clauses.search(text, max(at - _REACH, done), at + _REACH)
        while found is not None and found.end() <= at:
            found = clauses.search(text, found.end(), at + _REACH)
        if found is not None and found.start() <= at:
            out.append(Span(*found.span()))
    return out


def _keys_in(text: str) -> list[tuple[int, re.Pattern[str]]]:
    """Return where keys stand, in order, each with the clauses of its language."""
    listed, found = _listed(), []
    for place, four in zip(*_known_fours(text), strict=True):
        for key in listed.keys[four]:
            begin = place - key.offset
            if text[max(begin, 0) : begin + len(key.spelling)].lower() == key.spelling:
                found.append((begin, key.clauses))
    return sorted(found, key=lambda item: item[0])


def _known_fours(text: str) -> tuple[list[int], list[int]]:
    """Return where four characters stand by which a key is found, and their numbers."""
    known = _listed().known
    if pays(len(text) // _WORD):
        from dedup.text import kernels

        codes = _codes(text)
        places, fours = np.empty(len(codes), np.int64), np.empty(len(codes), np.uint32)
        count = kernels.fours(codes, known, places, fours)
        return places[:count].tolist(), fours[:count].tolist()
    fours = _fours(text)
    places = np.flatnonzero(known[fours])
    return places.tolist(), fours[places].tolist()


def _codes(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _fours(text: str) -> NDArray[np.uint32]:
    """Return a number for each four characters in a row."""
    codes = _codes(text)
    letter = codes & np.uint32((1 << _LETTER_BITS) - 1)
    pair = letter[:-1] << np.uint32(_LETTER_BITS) | letter[1:]
    return pair[:-2] << np.uint32(2 * _LETTER_BITS) | pair[2:]


@cache
def _listed() -> _Listed:
    lists = tomllib.loads(files("dedup.text").joinpath("stock.toml").read_text(encoding="utf-8"))
    keys: dict[int, tuple[_Key, ...]] = {}
    for table in lists.values():
        clauses = "|".join(table["clauses"]).replace(" ?", r"\s*").replace(" ", r"\s+")
        pattern = re.compile(rf"(?<!\w)(?:{clauses})", re.IGNORECASE)
        for key in table["keys"]:
            offset = max(range(len(key) - 3), key=lambda at: _rarity(key[at : at + 4]))
            four = int(_fours(key)[offset])
            keys[four] = (*keys.get(four, ()), _Key(key, offset, pattern))
    known = np.zeros(1 << 4 * _LETTER_BITS, bool)
    known[list(keys)] = True
    return _Listed(known, keys)


def _rarity(letters: str) -> int:
    return sum(map(_COMMON.find, letters))
