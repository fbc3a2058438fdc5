"""Tell a name from its look-alikes: “AP” the agency from the AP government of Andhra Pradesh.

Four questions, each answered by the text itself: does a word beside the name make it part of
another name (``not_after``, ``not_before``); does the text explain the letters otherwise (“the
Aam Aadmi Party (AAP)”); does it speak of another bearer of the letters (``unless``); does it say
that an everyday word is meant for an agency (``common``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dedup.attribution import names

if TYPE_CHECKING:
    from dedup.attribution.agency import Agency

_REACH = 80  #: how far before a name the words are looked at, in characters
_SHORTEST_ACRONYM = 3  #: two letters are the initials of too many places ("ASBURY PARK (AP)")
_PAUSE = re.compile(r"[\n.,:;()\[\]–—]")
_INITIAL = re.compile(r"(?<![^\W_])[^\W\d_]")
_OPENING, _CLOSING = frozenset("([/|©–—"), frozenset(")]/|")
_LINE_ENDS = frozenset(("", "\n", "\r"))
_CLOSES = _CLOSING | _LINE_ENDS | frozenset(",;:")
_AGENCY = r"[^\W_]*(?:agen(?:c|ț|z|tur)|agên|ajans|агенц|агентств|وكال|خبرگزار)[^\W_]*"
_AGENCY_BEFORE = re.compile(rf"(?<![^\W_]){_AGENCY}[,:]?\s*[“”\"«]?\Z", re.IGNORECASE)
_AGENCY_AFTER = re.compile(rf"[“”\"»]?,?\s*(?:[^\W_]+\s+){{0,2}}{_AGENCY}", re.IGNORECASE)


def beside(text: str, start: int, end: int, entry: Agency) -> bool:
    """Whether a word next to ``text[start:end]`` makes it part of the name of something else."""
    if entry.not_before and _followed(entry.not_before).match(text, end):
        return True
    before = text[max(0, start - _REACH) : start]
    return bool(entry.not_after) and _preceded(entry.not_after).search(before) is not None


def explained_otherwise(text: str, alias: str, bearers: tuple[str, ...]) -> bool:
    """Whether the text spells the letters out as a name that is none of ``bearers``.

    A name is spelt out where the initials of the phrase before “(AAP)” end in its letters.
    """
    if len(alias) < _SHORTEST_ACRONYM or f"({alias})" not in text:
        return False
    for place in re.finditer(re.escape(f"({alias})"), text):
        before = text[max(0, place.start() - _REACH) : place.start()]
        phrase = _PAUSE.split(before)[-1]
        initials = "".join(letter for letter in _INITIAL.findall(phrase) if letter.isupper())
        if initials.endswith(alias) and not any(bearer in before for bearer in bearers):
            return True
    return False


def other_subject(text: str, start: int, end: int, entry: Agency) -> bool:
    """Whether the text speaks of another bearer of the letters, and they stand in no brackets."""
    bearers = tuple(phrase for phrase in entry.unless if phrase in text)
    if not bearers:
        return False
    before = text[max(0, start - _REACH) : max(0, start - 1)]
    return not _in_brackets(text, start, end) or before.rstrip().endswith(bearers)


def vouched(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is in brackets, a line, or beside a word for a news agency."""
    before = text[max(0, start - _REACH) : start].rstrip(" \xa0")
    after = text[end : end + _REACH].lstrip(" \xa0")
    return (
        (before[-1:] in _OPENING and after[:1] in _CLOSES)
        or (before[-1:] in _LINE_ENDS and after[:1] in _LINE_ENDS)
        or _AGENCY_BEFORE.search(before) is not None
        or _AGENCY_AFTER.match(after) is not None
    )


def _in_brackets(text: str, start: int, end: int) -> bool:
    """Whether a bracket, slash, bar or dash touches the name, as in “(AP)” or “AP/Jane Doe”."""
    return text[start - 1 : start] in _OPENING or text[end : end + 1] in _CLOSING


@lru_cache(maxsize=1024)
def _followed(words: tuple[str, ...]) -> re.Pattern[str]:
    apart = "|".join(re.escape(word) for word in words if not names.is_spaceless(word[0]))
    joined = "|".join(re.escape(word) for word in words if names.is_spaceless(word[0]))
    branches = [rf"(?:['’]s?)?[\s/-]+(?:{apart})(?![^\W_])"] * bool(apart)
    return re.compile("|".join([*branches, *[joined] * bool(joined)]))


@lru_cache(maxsize=1024)
def _preceded(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, words))})[\s/-]+\Z")
