"""What each paragraph is on the page: headline, heading, body, quote, promo, caption, credit.

Body is what a paragraph is taken for unless its form says otherwise: calling copied text furniture
would hide it. Furniture is known by its words (`furniture`), by its place, and by standing without
an end mark where the rest of the page ends its sentences.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Role
from dedup.text.furniture import date_prefix, fold, furniture, is_byline, is_date_line
from dedup.text.layout import CLOSERS, ends_sentence
from dedup.text.quotes import quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.records import Span

_LONGEST_FURNITURE = 550  # characters
_LONG = 80  # characters: a paragraph of more should end in an end mark, if the page uses them
_HEADLINE_WORDS = 25
_HEADING_WORDS, _SHOUTED_WORDS = 12, 25
_HEADING_CHARACTERS = 90
_TOP = 6  # paragraphs in which headline, byline and date are looked for
_TITLE_SHARE = 0.85
_TITLE_BEGUN = 3  # words of a title, at least, that a paragraph repeats which breaks it off
_LONGEST_LIST = 3  # so many lines without end marks in a row are a list, no headings
_UNFINISHED = (",", ";", ":", "-", "–", "—", "…")
_OPENING = frozenset("\"“„«»‘'`「『‹")
_CLOSING = "\"”“»«’'」』›"
_CLOSED_BY = {"“": "”", "„": "“", "«": "»", "»": "«", "‘": "’", "「": "」", "『": "』", "‹": "›"}
_ATTRIBUTION_WORDS, _ATTRIBUTION_SHARE = 4, 6
_ATTRIBUTION_CHARACTERS = 80  # more than four words take
_SHORTEST_QUOTE = 4
_WORD = re.compile(r"[^\W_]+")
_WORD_SIZE = 5  # characters, where there may be no spaces to count words by
_SPACELESS_WORD = 16  # characters: longer words on average are no words but spaceless script


class _Look(NamedTuple):
    """What is asked of a paragraph again and again."""

    text: str
    low: str  #: folded; empty where the paragraph is too long to be furniture
    words: int
    ended: bool


def roles(text: str, paragraphs: Sequence[Span], title: str = "") -> list[Role]:
    """Return the role of each paragraph, in order.

    Args:
        text: the article's text.
        paragraphs: where its paragraphs stand.
        title: its title, if known: a first paragraph that repeats it is the headline.

    """
    looks = [_look(text, span) for span in paragraphs]
    found = [_role_alone(text, span, look) for span, look in zip(paragraphs, looks, strict=True)]
    marks = _uses_end_marks(looks)
    body = _read_top(looks, found, fold(title), marks=marks)
    if marks:
        _read_headings(looks, found, body)
    return found


def _look(text: str, span: Span) -> _Look:
    paragraph = text[span.start : span.end]
    size = span.end - span.start
    words = paragraph.count(" ") + 1
    if size > words * _SPACELESS_WORD:
        words = size // 2
    return _Look(
        paragraph,
        fold(paragraph) if size <= _LONGEST_FURNITURE else "",
        words,
        ends_sentence(text, span.start, span.end),
    )


def _role_alone(text: str, span: Span, look: _Look) -> Role:
    """Return the role that a paragraph has wherever it stands."""
    role = furniture(look.low, look.words) if look.low else None
    if role is not None:
        return role
    return Role.QUOTE if _may_quote(look.text) and _is_quotation(text, span) else Role.BODY


def _may_quote(paragraph: str) -> bool:
    """Whether so little stands before or after the first quotation that the rest may be one."""
    size = len(paragraph)
    room = max(_ATTRIBUTION_CHARACTERS, size // _ATTRIBUTION_SHARE)
    mark = paragraph[0]
    if mark not in _OPENING:
        return paragraph[-1] in _CLOSING and not _OPENING.isdisjoint(paragraph[: room + 1])
    close = paragraph.find(_CLOSED_BY.get(mark, mark), 1)
    again = paragraph.find(mark, close + 1)
    return close < 0 or (again if again >= 0 else size) - close <= room + 1


def _is_quotation(text: str, span: Span) -> bool:
    """Whether a paragraph is a direct quotation with no more than a short attribution."""
    spoken = quotes(text, span.start, span.end)
    inside = outside = 0
    at = span.start
    for start, end in (*spoken, (span.end, span.end)):
        outside += len(_WORD.findall(text, at, start))
        inside += max(text.count(" ", start, end) + (start < end), (end - start) // _WORD_SIZE)
        at = end
    if inside < _SHORTEST_QUOTE:
        return False
    return outside * _ATTRIBUTION_SHARE <= inside or (
        outside <= _ATTRIBUTION_WORDS and 2 * outside <= inside
    )


def _uses_end_marks(looks: Sequence[_Look]) -> bool:
    """Whether most paragraphs that should end in an end mark do: Thai, lists and poems do not."""
    long = [look for look in looks if len(look.text) > _LONG] or looks
    return 2 * sum(look.ended for look in long) >= len(long)


def _read_top(looks: Sequence[_Look], found: list[Role], title: str, *, marks: bool) -> int:
    """Find headline, byline and date among the first paragraphs; return where the body begins."""
    known = _title_words(title)
    headed = False
    last = max(0, min(_TOP, len(looks) - 1))
    for index, look in enumerate(looks[:last]):
        if found[index] in {Role.PROMO, Role.CAPTION} or not look.low:
            continue
        prefix = date_prefix(look.text)
        if (known and _repeats(look, known)) or 0 < prefix < len(look.text):
            found[index], headed = Role.HEADLINE, True
        elif look.ended:
            return index
        elif is_date_line(look.low) or is_byline(*look[:3]):
            found[index] = Role.CREDIT
        elif marks and not headed and _may_head(look, _HEADLINE_WORDS):
            found[index], headed = Role.HEADLINE, True
        else:
            return index
    return last


def _title_words(title: str) -> list[str]:
    return _WORD.findall(title.replace("'", ""))


def _repeats(look: _Look, title: list[str]) -> bool:
    """Whether a paragraph is the title, or, without an end mark, nearly."""
    if look.words > _HEADLINE_WORDS + len(title):
        return False
    words = _title_words(look.low)
    if words == title or (len(words) >= _TITLE_BEGUN and words == title[: len(words)]):
        return True
    if look.ended or not words or len(words) > 2 * len(title):
        return False
    common = len(set(words) & set(title))
    return common >= _TITLE_SHARE * len(set(words)) and 2 * common >= len(set(title))


def _may_head(look: _Look, most: int) -> bool:
    """Whether a paragraph has the form of a headline: short, unfinished by no mark, a capital."""
    if look.ended or look.words > most or look.text[0].islower():
        return False
    return not look.text.rstrip(CLOSERS).endswith(_UNFINISHED)


def _read_headings(looks: Sequence[_Look], found: list[Role], body: int) -> None:
    """Find headings from paragraph ``body`` on: short lines over paragraphs that end."""
    run: list[int] = []
    for index in range(body, len(looks)):
        if found[index] is not Role.BODY:
            continue
        if _is_short_line(looks[index]):
            run.append(index)
            continue
        if looks[index].ended and len(run) < _LONGEST_LIST:
            for heading in run:
                found[heading] = Role.HEADING
        run = []


def _is_short_line(look: _Look) -> bool:
    most = _SHOUTED_WORDS if look.text.isupper() else _HEADING_WORDS
    return _may_head(look, most) and (
        len(look.text) <= _HEADING_CHARACTERS or most > _HEADING_WORDS
    )
