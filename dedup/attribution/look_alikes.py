"""Tell a name from its look-alikes: “AP” the agency from the AP government of Andhra Pradesh.

Four questions, each answered by the text itself: does a word beside the name make it part of
another name (``not_after``, ``not_before``); does the text explain the letters otherwise (“the
Aam Aadmi Party (AAP)”); does it speak of another bearer of the letters (``unless``); does it say
that an everyday word is meant for an agency (``common``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dedup.attribution import names

if TYPE_CHECKING:
    from dedup.attribution.agency import Agency

_REACH = 80  #: how far before a name the words are looked at, in characters
_SHORTEST_ACRONYM = 3  #: two letters are the initials of too many places ("ASBURY PARK (AP)")
_PAUSE = re.compile(r"[\n.,:;()\[\]–—]")
_INITIAL = re.compile(r"(?<![^\W_])[^\W\d_]")
#: What may stand between a name and the word beside it.
_JOINTS = frozenset("/-")
_JOINT = re.compile(r"(?:['’]s?)?[\s/-]+")
_OPENING, _CLOSING = frozenset("([（/|©–—"), frozenset(")]）/|")
_LINE_ENDS = frozenset(("", "\n", "\r"))
_CLOSES = _CLOSING | _LINE_ENDS | frozenset(",;:")
_AGENCY = r"[^\W_]*(?:agen(?:c|ț|z|tur)|agên|ajans|агенц|агентств|وكال|خبرگزار)[^\W_]*"
_IN_ADDRESS = frozenset("/.@-_=?&")
_ADDRESS = re.compile(r"(?:://|(?<!\w)www\.|\w@)[^\s@]*\Z")
_AGENCY_BEFORE = re.compile(rf"(?<![^\W_]){_AGENCY}[,:]?\s*[“”\"«]?\Z", re.IGNORECASE)
_AGENCY_AFTER = re.compile(rf"[“”\"»]?,?\s*(?:[^\W_]+\s+){{0,2}}{_AGENCY}", re.IGNORECASE)


def followed(text: str, end: int, words: tuple[str, ...]) -> bool:
    """Whether one of some words stands right after ``text[:end]``, or after its possessive."""
    joint = _JOINT.match(text, end)
    at = joint.end() if joint else end
    if not text.startswith(words, at) and not text.startswith(words, end):
        return False
    return any(
        text.startswith(word, end)
        if names.is_spaceless(word[0])
        else joint
        and text.startswith(word, at)
        and not text[at + len(word) : at + len(word) + 1].isalnum()
        for word in words
    )


def preceded(text: str, start: int, words: tuple[str, ...]) -> bool:
    """Whether one of some words stands right before ``text[start]``."""
    end = start
    while end and (text[end - 1] in _JOINTS or text[end - 1].isspace()):
        end -= 1
    if end == start or not text.endswith(words, 0, end):
        return False
    begins = (end - len(word) for word in words if text.endswith(word, 0, end))
    return any(not text[max(0, begin - 1) : begin].isalnum() for begin in begins)


def in_address(text: str, start: int) -> bool:
    """Whether a name is part of an address: "http://ap.example/", "desk@ap.example"."""
    if start == 0 or text[start - 1] not in _IN_ADDRESS:
        return False
    return _ADDRESS.search(text, max(0, start - _REACH), start) is not None


def spelt_out(text: str, start: int, alias: str) -> str:
    """Give what stands before “(AAP)” where its last words begin with these letters, or nothing."""
    bracketed = text[start - 1 : start] == "(" and text.startswith(f"{alias})", start)
    if not bracketed or len(alias) < _SHORTEST_ACRONYM:
        return ""
    before = text[max(0, start - 1 - _REACH) : start - 1]
    phrase = _PAUSE.split(before)[-1]
    initials = "".join(letter for letter in _INITIAL.findall(phrase) if letter.isupper())
    return before if initials.endswith(alias) else ""


def other_subject(text: str, start: int, end: int, entry: Agency) -> bool:
    """Whether the text speaks of another bearer of the letters, and they stand in no brackets."""
    if not entry.unless:
        return False
    before = text[max(0, start - _REACH) : max(0, start - 1)]
    if before.rstrip().endswith(entry.unless):
        return True
    return not _in_brackets(text, start, end) and any(phrase in text for phrase in entry.unless)


def vouched(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is in brackets, a line, or beside a word for a news agency."""
    before = text[max(0, start - _REACH) : start].rstrip(" \xa0")
    after = text[end : end + _REACH].lstrip(" \xa0")
    return (
        (before[-1:] in _OPENING and after[:1] in _CLOSES)
        or after[:1] == "】"  # a Japanese dateline: the place and the agency
        or (before[-1:] in _LINE_ENDS and after[:1] in _LINE_ENDS)
        or _AGENCY_BEFORE.search(before) is not None
        or _AGENCY_AFTER.match(after) is not None
    )


def _in_brackets(text: str, start: int, end: int) -> bool:
    """Whether a bracket, slash, bar or dash touches the name, as in “(AP)” or “AP/Jane Doe”."""
    return text[start - 1 : start] in _OPENING or text[end : end + 1] in _CLOSING
