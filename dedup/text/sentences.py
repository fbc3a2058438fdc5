"""Where sentences end: their marks, abbreviations that carry one too, quotes that close after.

One pass over the candidates, each judged by the word before the mark and the one after it; the
word lists are in ``sentences.toml``. Thai, Lao and Khmer write no end marks: there a paragraph is
one sentence.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from dedup.records import Span

# Begins with one set of characters, which lets the search run from mark to mark; only the first of
# a row of marks may begin, and nothing is given back, so that no input takes quadratic time.
_CANDIDATE = re.compile(
    r"""
    [.!?…‽؟۔।॥。！？]
    (?:
        (?<=[。！？]) (?<![。！？]{2}) [。！？]*+ (?P<shut>[」』”’）】》]*)
      | (?<![.!?…‽؟۔।॥]{2}) [.!?…‽؟۔।॥]*+
        (?:[\u00a0\u202f\ ]?»|["”’'“‘)\]}›*_])*+ (?=[\s\u200b-\u200d\u2060\ufeff])
    )
    (?P<space>[\s\u200b-\u200d\u2060\ufeff]*)
    """,
    re.VERBOSE,
)
_OPENING = "\"“„«‹‘'([{¿¡»*_–—-"
_NEXT_WORD = re.compile(r"\w+(?:['’]\w+)?")
_LONGEST_WORD = 24  # characters before a full stop in which its word is looked for
_DAY_DIGITS = 2


class _Words(NamedTuple):
    """The lists of ``sentences.toml``, all languages together."""

    titles: frozenset[str]
    numbered: frozenset[str]
    others: frozenset[str]
    starters: frozenset[str]
    ordinals: frozenset[str]


@cache
def _words() -> _Words:
    lists = tomllib.loads(
        resources.files(__package__).joinpath("sentences.toml").read_text("utf-8")
    )
    return _Words(
        *(
            frozenset(word for words in lists[name].values() for word in words)
            for name in _Words._fields
        )
    )


@cache
def _abbreviations() -> frozenset[str]:
    words = _words()
    return words.titles | words.numbered | words.others


def sentences(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of ``text[start:end]``: tight, in order, covering all but white space.

    Args:
        text: the article's text.
        start: where the paragraph begins, in code points.
        end: where it ends.

    """
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    abbreviations = _abbreviations()
    found: list[Span] = []
    begin = start
    for candidate in _CANDIDATE.finditer(text, start, end):
        close, after = candidate.span("space")
        if after == end:
            break
        word = text[text.rfind(" ", begin, close) + 1 : close - 1]
        # Most end so: a word, a mark, a capital letter; only an abbreviation asks for more.
        plain = word.isalpha() and len(word) > 1 and text[after].isupper()
        if (plain and word not in abbreviations) or _ends(text, begin, candidate):
            found.append(Span(begin, close))
            begin = after
    if begin < end:
        found.append(Span(begin, end))
    return found


def _ends(text: str, begin: int, candidate: re.Match[str]) -> bool:
    """Whether the sentence that began at ``begin`` ends at this mark."""
    shut = candidate["shut"]
    if shut is not None:  # 「…。」と述べた: a quotation inside its sentence
        return not shut or bool(candidate["space"])
    stop, after = candidate.span()
    if _starts_low(text, after):
        return False
    if text[stop] != "." or candidate.start("space") > stop + 1:
        return True
    return _full_stop_ends(text, begin, stop, after)


def _starts_low(text: str, at: int) -> bool:
    """Whether what stands at ``at`` goes on in lower case, its opening marks left out."""
    if text[at] in _OPENING:
        ahead = text[at : at + 4].lstrip(_OPENING)
        return ahead[:1].islower()
    return text[at].islower()


def _full_stop_ends(text: str, begin: int, stop: int, after: int) -> bool:
    """Whether a single full stop ends a sentence: not after an initial, a title, an ordinal."""
    before = text[max(begin, stop - _LONGEST_WORD) : stop].split()
    word = before[-1].replace("’", "'").rpartition("'")[2].lstrip(_OPENING) if before else ""
    words = _words()
    if word in words.titles:
        return False
    if text[after].isdigit() and word in words.numbered:
        return False
    if word.isdigit():
        return _number_ends(word, before, stop - begin)
    if len(word) == 1 or "." in word or word in words.others:
        following = _NEXT_WORD.match(text, after)
        return following is not None and following[0].lower().replace("’", "'") in words.starters
    return True


def _number_ends(word: str, before: list[str], length: int) -> bool:
    """Whether a number with a full stop ends its sentence: "2019." does, "am 3." does not."""
    if len(word) > _DAY_DIGITS:
        return True
    if length == len(word):
        return False
    return len(before) < _DAY_DIGITS or before[-2].lower() not in _words().ordinals
