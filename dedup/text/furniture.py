"""Page furniture known by its words: promos, captions, bylines and date lines (furniture.toml).

Paragraphs are compared folded: lower case, straight apostrophes. Every rule asks where a phrase
stands, never only whether it occurs: news tells of newsletters, photographs and subscribers too.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from dedup.records import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CLOSER_ROOM = 90  # characters before the end in which a caption names its picture
_LEAD_IN = " \t\xa0\u202f\u200b»>›*•·●▪►▶→-–—|[(_#"
_TAIL = ":|»>…,.!"
_MARK = re.compile(r"[\s\xa0]*(?:[:|»>›▶►→…]|[)\]*_.]*$)|[\s\xa0]+[–—-][\s\xa0]")
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)?|@")
_LONGEST = {Role.PROMO: 80, Role.CAPTION: 70}  # words
_LONGEST_CREDITED = 90  # words of a caption that names its picture
_SPACELESS_WORD = 16  # characters: longer words on average are no words but spaceless script
_LONGEST_LINE = 12  # words that stand alone, once or several times
_CALLING_SHARE = 1 / 3  # of a paragraph's words, from the first call on
_LONGEST_BYLINE, _LONGEST_NAME, _LONGEST_POST = 14, 6, 9
_LONGEST_TIME = 6  # characters: "14h20", "21st", "1420"
_PREFIXED_DATE = re.compile(r"\s*date\s+\d{4}-\d\d-\d\d\b[\sT:\d]*")


class _Start(NamedTuple):
    """Words that a piece of furniture begins with; a label needs a mark after them."""

    phrase: str
    label: bool
    role: Role


class _Call(NamedTuple):
    """Words that ask the reader for something where one of ``following`` is in the sentence."""

    phrase: str
    following: tuple[str, ...]


class Writers(NamedTuple):
    """The words of a note on who wrote the article (``furniture.toml`` says what they are)."""

    posts: frozenset[str]
    verbs: frozenset[str]
    being: frozenset[str]
    past: frozenset[str]
    small: frozenset[str]
    signs: re.Pattern[str]


class _Lists(NamedTuple):
    """The lists of ``furniture.toml``, all languages together."""

    starts: Mapping[str, tuple[_Start, ...]]  #: by first word
    calls: Mapping[str, tuple[_Call, ...]]  #: by first word
    later_call: re.Pattern[str]
    lines: re.Pattern[str]
    closers: re.Pattern[str]
    bylines: Mapping[str, tuple[str, ...]]  #: by first word
    posts: frozenset[str]
    joints: frozenset[str]
    dates: frozenset[str]


class Phrases(NamedTuple):
    """The words by which promos and captions are known, all languages together."""

    openings: tuple[str, ...]
    calls: tuple[str, ...]
    closers: tuple[str, ...]


def phrases() -> Phrases:
    """Return what promos and captions begin with, call their reader with and end with."""
    data = _data()
    return Phrases(
        openings=(*(start.phrase for start in _starts(data)), *_all(data["lines"])),
        calls=tuple(data["calls"]),
        closers=tuple(_all(data["caption_closers"])),
    )


@cache
def counter() -> re.Pattern[str]:
    """Return how a gallery counts its pictures at the end of a caption: "Caption 3 of 12"."""
    words, joints = _data()["counters"]["words"], _data()["counters"]["joints"]
    pattern = rf"\b(?:{_any(words)})\s+\d{{1,3}}\s*(?:{_any(joints)})\s*\d{{1,3}}$"
    return re.compile(pattern, re.IGNORECASE)


@cache
def link_closers() -> tuple[str, ...]:
    """Return the words that end a list of links, each with the blank before it."""
    return tuple(f" {word}" for word in _all(_data()["link_closers"]))


@cache
def box_buttons() -> tuple[str, ...]:
    """Return the buttons at the head of a box."""
    return tuple(dict.fromkeys(_all(_data()["boxes"])))


@cache
def writers() -> Writers:
    """Return the words of a note on who wrote the article."""
    data = _data()["writers"]
    signs = "|".join(
        rf"(?<!\w){re.escape(sign)}" + (r"(?!\w)" if sign[-1].isalpha() else "")
        for sign in data["signs"]
    )
    listed = (frozenset(data[name]) for name in ("posts", "verbs", "being", "past", "small"))
    posts, verbs, being, past, small = listed
    return Writers(posts, verbs, being, past, small, re.compile(signs))


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, words))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("furniture.toml").read_text("utf-8"))


@cache
def _lists() -> _Lists:
    data = _data()
    starts, calls, bylines = defaultdict(list), defaultdict(list), defaultdict(list)
    for start in _starts(data):
        starts[_first_word(start.phrase)].append(start)
    for phrase, following in data["calls"].items():
        calls[_first_word(phrase)].append(_Call(phrase, tuple(following)))
    for phrase in sorted(data["bylines"]["openers"], key=len, reverse=True):
        bylines[_first_word(phrase)].append(phrase)
    words = "|".join(map(re.escape, calls))
    alone = sorted(map(re.escape, _all(data["lines"])), key=len, reverse=True)
    return _Lists(
        starts={word: tuple(items) for word, items in starts.items()},
        calls={word: tuple(items) for word, items in calls.items()},
        later_call=re.compile(rf"[.!?…:|)&»*] +\W{{0,3}}(?=(?P<word>{words})\b)"),
        lines=re.compile(rf"\W*(?:(?:{'|'.join(alone)})(?:\W+|$))+"),
        closers=re.compile("|".join(map(re.escape, _all(data["caption_closers"])))),
        bylines={word: tuple(items) for word, items in bylines.items()},
        posts=frozenset(data["bylines"]["posts"]),
        joints=frozenset(data["bylines"]["joints"]),
        dates=frozenset(data["dates"]["words"]),
    )


def _starts(data: Mapping[str, Mapping[str, list[str]]]) -> Iterator[_Start]:
    for lists, label, role in (
        (data["openers"], False, Role.PROMO),
        (data["caption_openers"], False, Role.CAPTION),
        (data["caption_labels"], True, Role.CAPTION),
        (data["labels"], True, Role.PROMO),
    ):
        for phrase in _all(lists):
            yield _Start(phrase, label, role)


def _all(lists: Mapping[str, list[str]]) -> list[str]:
    return [phrase for phrases in lists.values() for phrase in phrases]


def _first_word(text: str) -> str:
    return text[:40].split(None, 1)[0].split(":", 1)[0].rstrip(_TAIL) if text else ""


def fold(text: str) -> str:
    """Return the text as the word lists are written."""
    return text.lower().replace("’", "'")


def count_words(paragraph: str) -> int:
    """Return about how many words there are, also where they are written without spaces."""
    words = paragraph.count(" ") + 1
    return words if len(paragraph) <= words * _SPACELESS_WORD else len(paragraph) // 2


@lru_cache(maxsize=1 << 12)  # the same lines stand on every page of a site
def furniture(paragraph: str) -> Role | None:
    """Return promo or caption where a paragraph is one.

    A promo only leads elsewhere, or asks the reader for something; a caption says what a picture
    shows.
    """
    lists = _lists()
    low, words = fold(paragraph), count_words(paragraph)
    bare = low.lstrip(_LEAD_IN)
    first = _first_word(bare)
    for start in lists.starts.get(first, ()):
        if words <= _LONGEST[start.role] and _starts_with(bare, start):
            return start.role
    if words <= _LONGEST_LINE and lists.lines.fullmatch(low):
        return Role.PROMO
    if words <= _LONGEST[Role.PROMO] and _calls(low, bare, first, words):
        return Role.PROMO
    if words <= _LONGEST_CREDITED and lists.closers.search(low, max(0, len(low) - CLOSER_ROOM)):
        return Role.CAPTION
    return None


def _starts_with(bare: str, start: _Start) -> bool:
    if not _begins(bare, 0, start.phrase):
        return False
    return not start.label or _MARK.match(bare, len(start.phrase)) is not None


def _begins(text: str, at: int, phrase: str) -> bool:
    """Whether a phrase stands at ``at``, as whole words."""
    after = at + len(phrase)
    return text.startswith(phrase, at) and not (
        phrase[-1].isalnum() and text[after : after + 1].isalnum()
    )


def _calls(low: str, bare: str, first: str, words: int) -> bool:
    """Whether a sentence calls on the reader, early enough to be what the paragraph is for."""
    lists = _lists()
    if first in lists.calls and _calls_at(low, len(low) - len(bare), lists.calls[first]):
        return True
    for found in lists.later_call.finditer(low):
        if _calls_at(low, found.end(), lists.calls[found["word"]]):
            return len(low[found.end() :].split()) >= _CALLING_SHARE * words
    return False


def _calls_at(low: str, at: int, calls: tuple[_Call, ...]) -> bool:
    for phrase, following in calls:
        if _begins(low, at, phrase):
            rest = low[at + len(phrase) :].split(". ", 1)[0]
            single = set(_WORDS.findall(rest))
            if not following or any(
                word in (single if word.isalpha() else rest) for word in following
            ):
                return True
    return False


def is_date_line(paragraph: str) -> bool:
    """Whether a paragraph says when the article came out, and nothing else."""
    words = _WORDS.findall(fold(paragraph))
    dates = _lists().dates
    return any(word[0].isdigit() for word in words) and all(
        word in dates or (word[0].isdigit() and len(word) <= _LONGEST_TIME) for word in words
    )


def date_prefix(text: str) -> int:
    """Return the length of a leading ``date 2021-08-11``, 0 where there is none."""
    prefix = _PREFIXED_DATE.match(text)
    return prefix.end() if prefix else 0


def is_byline(paragraph: str) -> bool:
    """Whether a paragraph at the top, which ends in no mark, says who wrote the article."""
    low, words = fold(paragraph), count_words(paragraph)
    if words > _LONGEST_BYLINE:
        return False
    lists = _lists()
    for phrase in lists.bylines.get(_first_word(low), ()):
        if _begins(low, 0, phrase):
            preposition = phrase.rsplit(" ", 1)[-1].isalpha() and len(phrase) <= len("von")
            return not preposition or _is_name(paragraph[len(phrase) :].lstrip(" :|\xa0"))
    if not _names_only(paragraph):
        return False
    if words <= _LONGEST_POST and not lists.posts.isdisjoint(_WORDS.findall(low)):
        return True
    return words <= _LONGEST_NAME and (" | " in paragraph or ", " in paragraph)


def _is_name(text: str) -> bool:
    """Whether a name follows: "By the numbers" is a headline, "By Jane Smith in Paris" is none."""
    return not text[:1].islower() and _names_only(text)


def _names_only(text: str) -> bool:
    """Whether a text holds nothing but names, the words that join them, and posts."""
    lists = _lists()
    words = text.replace("(", " ").replace(")", " ").split()
    return bool(words) and all(
        not word[0].islower()
        or word in lists.joints
        or word.strip(".,:;") in lists.posts
        or word[1:2] in {"'", "’"}
        for word in words
    )
