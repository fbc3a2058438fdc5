"""What each paragraph is on the page: headline, heading, body, quote, promo, caption, credit, box.

Body is what a paragraph is taken for unless its form says otherwise: calling copied text furniture
would hide it. Furniture is known by its words (`furniture`), by its place, and by standing without
an end mark where the rest of the page ends its sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Role
from dedup.text.first_look import all_places, look, with_signs
from dedup.text.furniture import (
    box_buttons,
    count_words,
    date_prefix,
    fold,
    furniture,
    is_byline,
    is_date_line,
)
from dedup.text.galleries import captions
from dedup.text.layout import CLOSERS, END_MARKS, ends_sentence

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from dedup.text.first_look import Look
    from dedup.text.layout import Place
    from dedup.text.quotes import Quoted

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
#: A label before a title, without a blank between; "12:30" and "http:" are none.
_LABEL = re.compile(
    r"(?=[\"“'‘]?[^\W\d_a-z])[^\n:]{1,80}[^\W\d_.!][\"”'’?]?:(?=[^\W_a-z]|[\"“'‘]\w)"
)
_LONGEST_TITLE = 160  # characters of what a label leads to
_TITLE_BLANKS = 3  # between the words of a title, at least
_ENDS_A_TITLE = frozenset("?!'’\"”")  # a full stop does not
#: An address for letters, how near it a paragraph ends and how long one is that asks for them.
_ADDRESS = re.compile(r"@(?<=\w@)[\w-]+(?:\.[\w-]+)+")
_AFTER_ADDRESS, _LONGEST_CALL = 40, 250
_BOX_TITLE = 200  # characters before a box's buttons
_WORD_SIZE = 5  # characters, where there may be no spaces to count words by


def roles(
    text: str, places: Sequence[Place], quoted: Quoted, seen: Look, title: str = ""
) -> list[Role]:
    """Return the role of each paragraph, in order.

    Args:
        text: the article's text.
        places: where its paragraphs stand.
        quoted: their quotations.
        seen: how it looks.
        title: its title, if known: a first paragraph that repeats it is the headline.

    """
    found = [Role.BODY] * len(places)
    unended = {
        number
        for number, (start, end) in enumerate(places)
        if text[end - 1] not in END_MARKS and not ends_sentence(text, start, end)
    }
    for number, spans in quoted.items():
        if _is_quotation(text, places[number], spans):
            found[number] = Role.QUOTE
    page = _Page(text, places, unended)
    for number in with_signs(seen, places):
        if page.size(number) <= _LONGEST_FURNITURE:
            found[number] = furniture(page.paragraph(number)) or found[number]
    _set(found, captions(text, places, unended), Role.CAPTION)
    _set(found, _links(page, found) | _addresses(page), Role.PROMO)
    _set(found, _listed(page, found), Role.PROMO)
    _set(found, _boxes(page, seen), Role.BOILERPLATE)
    marks = page.uses_end_marks()
    body = _read_top(page, found, title, marks=marks)
    if marks:
        _read_headings(page, found, body)
    return found


def _set(found: list[Role], numbers: Iterable[int], role: Role) -> None:
    """Give some paragraphs a role."""
    for number in numbers:
        found[number] = role


class _Page(NamedTuple):
    """A text, where its paragraphs stand, and which of them end in no end mark."""

    text: str
    places: Sequence[Place]
    unended: set[int]

    def paragraph(self, number: int) -> str:
        """Return the words of a paragraph."""
        start, end = self.places[number]
        return self.text[start:end]

    def size(self, number: int) -> int:
        """How many characters a paragraph has."""
        start, end = self.places[number]
        return end - start

    def uses_end_marks(self) -> bool:
        """Whether most paragraphs that should end in an end mark do: Thai, lists, poems do not."""
        long = [n for n, (start, end) in enumerate(self.places) if end - start > _LONG]
        long = long or list(range(len(self.places)))
        return 2 * len(self.unended.intersection(long)) <= len(long)


def _listed(page: _Page, found: Sequence[Role]) -> set[int]:
    """The titles under a label that stands alone and leads to them ("Read more:")."""
    listed: set[int] = set()
    leads = False
    if Role.PROMO not in found:
        return listed
    for number, (start, end) in enumerate(page.places):
        title = number in page.unended or page.text[end - 1] in _ENDS_A_TITLE
        if found[number] is Role.PROMO:
            leads = page.text[end - 1] == ":" or (leads and title)
            continue
        leads = leads and title and end - start <= _LONGEST_TITLE
        if leads and found[number] is Role.BODY:
            listed.add(number)
    return listed


def _addresses(page: _Page) -> set[int]:
    """The short paragraphs that end by telling the reader where to write."""
    found = set()
    for address in _ADDRESS.finditer(page.text) if "@" in page.text else ():
        number = bisect_right(page.places, (address.start(), len(page.text))) - 1
        near = page.places[number][1] - address.end() <= _AFTER_ADDRESS
        if near and page.size(number) <= _LONGEST_CALL:
            found.add(number)
    return found


def _links(page: _Page, found: Sequence[Role]) -> set[int]:
    """The paragraphs that are a label and the title of what it leads to, run together.

    Two elements of a page come out as one line, without the blank that a writer sets after a
    colon ("Fact check:What the mayor said about the bridge"). A label that comes again is a
    speaker's or a form's, and many such lines in a row are a list.
    """
    labels = {}
    for colon in all_places(page.text, ":") if ": " in page.text else ():
        if not page.text[colon + 1 : colon + 2].strip():
            continue
        number = bisect_right(page.places, (colon, len(page.text))) - 1
        start, end = page.places[number]
        ended = number not in page.unended and page.text[end - 1] not in _ENDS_A_TITLE
        if ended or end - start > _LONGEST_FURNITURE or found[number] is Role.QUOTE:
            continue
        label = _LABEL.match(page.text, start, end)
        if label and page.text.count(" ", label.end(), end) >= _TITLE_BLANKS:
            labels[number] = label[0]
    if not labels:
        return set()
    times = Counter(labels.values())
    return {
        number
        for number, label in labels.items()
        if times[label] == 1 and not _in_list(number, labels)
    }


def _in_list(number: int, labels: Container[int]) -> bool:
    """Whether a labelled line stands among so many that they are a list."""
    return any(
        all(row in labels for row in range(first, first + _LONGEST_LIST))
        for first in range(number - _LONGEST_LIST + 1, number + 1)
    )


def _boxes(page: _Page, seen: Look) -> Iterator[int]:
    """Yield the paragraphs that are a box with buttons to open and close it, or to vote."""
    for sign in seen.rare.keys() & _buttons().keys():
        button = _buttons()[sign]
        for at in seen.rare[sign]:
            number = bisect_right(page.places, (at, len(page.text))) - 1
            near = at - page.places[number][0] <= _BOX_TITLE
            if near and page.text.startswith(button, at):
                yield number


@cache
def _buttons() -> dict[bytes, str]:
    """The buttons of boxes, by how they look."""
    return {look(button): button for button in box_buttons()}


def _is_quotation(text: str, place: Place, spans: Sequence[Place]) -> bool:
    """Whether a paragraph is a direct quotation with no more than a short attribution."""
    start, end = place
    if text[start] not in _OPENING and text[end - 1] not in _CLOSING:
        return False
    inside = sum([max(text.count(" ", a, b) + 1, (b - a) // _WORD_SIZE) for a, b in spans])
    if inside < _SHORTEST_QUOTE or not _may_quote(text, start, end):
        return False
    edges = [start, *chain.from_iterable(spans), end]
    others = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    outside = len(_WORD.findall(" ".join(others)))
    return outside * _ATTRIBUTION_SHARE <= inside or (
        outside <= _ATTRIBUTION_WORDS and 2 * outside <= inside
    )


def _may_quote(text: str, start: int, end: int) -> bool:
    """Whether so little stands before or after the first quotation that the rest may be one."""
    mark, size = text[start], end - start
    room = max(_ATTRIBUTION_CHARACTERS, size // _ATTRIBUTION_SHARE)
    if mark not in _OPENING:
        return not _OPENING.isdisjoint(text[start : min(start + room + 1, end)])
    close = text.find(_CLOSED_BY.get(mark, mark), start + 1, end)
    again = text.find(mark, close + 1, end)
    return close < 0 or (again if again >= 0 else end) - close <= room + 1


def _read_top(page: _Page, found: list[Role], title: str, *, marks: bool) -> int:
    """Find headline, byline and date among the first paragraphs; return where the body begins."""
    known = _title_words(fold(title))
    headed = False
    last = max(0, min(_TOP, len(found) - 1))
    for number in range(last):
        if found[number] in {Role.PROMO, Role.CAPTION} or page.size(number) > _LONGEST_FURNITURE:
            continue
        paragraph, ended = page.paragraph(number), number not in page.unended
        prefix = date_prefix(paragraph)
        if (known and _repeats(paragraph, known, ended=ended)) or 0 < prefix < len(paragraph):
            found[number], headed = Role.HEADLINE, True
        elif ended:
            return number
        elif is_date_line(paragraph) or is_byline(paragraph):
            found[number] = Role.CREDIT
        elif marks and not headed and _may_head(paragraph, _HEADLINE_WORDS):
            found[number], headed = Role.HEADLINE, True
        else:
            return number
    return last


def _title_words(title: str) -> list[str]:
    return _WORD.findall(title.replace("'", ""))


def _repeats(paragraph: str, title: list[str], *, ended: bool) -> bool:
    """Whether a paragraph is the title, or, without an end mark, nearly."""
    if count_words(paragraph) > _HEADLINE_WORDS + len(title):
        return False
    low = fold(paragraph)
    first = _WORD.search(low)
    if ended and first and not title[0].startswith(first[0]):
        return False
    words = _title_words(low)
    if words == title or (len(words) >= _TITLE_BEGUN and words == title[: len(words)]):
        return True
    if ended or not words or len(words) > 2 * len(title):
        return False
    common = len(set(words) & set(title))
    return common >= _TITLE_SHARE * len(set(words)) and 2 * common >= len(set(title))


def _may_head(paragraph: str, most: int) -> bool:
    """Whether a line without an end mark may be a headline: short, a capital, not broken off."""
    if paragraph[0].islower() or count_words(paragraph) > most:
        return False
    return not paragraph.rstrip(CLOSERS).endswith(_UNFINISHED)


def _read_headings(page: _Page, found: list[Role], body: int) -> None:
    """Find headings from paragraph ``body`` on: short lines over paragraphs that end."""
    short = {n for n in page.unended if found[n] is Role.BODY and _is_short_line(page.paragraph(n))}
    run: list[int] = []
    for number in range(max(body, min(short)), len(found)) if short else ():
        if found[number] is not Role.BODY:
            continue
        if number in short:
            run.append(number)
            continue
        if number not in page.unended and len(run) < _LONGEST_LIST:
            for heading in run:
                found[heading] = Role.HEADING
        run = []


def _is_short_line(paragraph: str) -> bool:
    if paragraph.isupper():
        return _may_head(paragraph, _SHOUTED_WORDS)
    return len(paragraph) <= _HEADING_CHARACTERS and _may_head(paragraph, _HEADING_WORDS)
