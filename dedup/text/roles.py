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
from typing import TYPE_CHECKING

from dedup.records import Role
from dedup.text.first_look import look, with_signs
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
from dedup.text.layout import CLOSERS
from dedup.text.pages import ENDS_A_TITLE, LONGEST_FURNITURE

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from dedup.text.pages import Page

_HEADLINE_WORDS = 25
_HEADING_WORDS, _SHOUTED_WORDS = 12, 25
_HEADING_CHARACTERS = 90
_TOP = 6  # paragraphs in which headline, byline and date are looked for
_TITLE_SHARE = 0.85
_TITLE_BEGUN = 3  # words of a title, at least, that a paragraph repeats which breaks it off
_LONGEST_LIST = 3  # so many lines without end marks in a row are a list, no headings
_UNFINISHED = (",", ";", ":", "-", "–", "—", "…")
_WORD = re.compile(r"[^\W_]+")
#: A label before a title, without a blank between; "12:30" and "http:" are none.
_LABEL = re.compile(
    r"(?=[\"“'‘]?[^\W\d_a-z])[^\n:]{1,80}[^\W\d_.!][\"”'’?]?:(?=[^\W_a-z]|[\"“'‘]\w)"
)
_LONGEST_TITLE = 160  # characters of what a label leads to
_TITLE_BLANKS = 3  # between the words of a title, at least
#: An address for letters, how near it a paragraph ends and how long one is that asks for them.
_ADDRESS = re.compile(r"@(?<=\w@)[\w-]+(?:\.[\w-]+)+")
_AFTER_ADDRESS, _LONGEST_CALL = 40, 250
_BOX_TITLE = 200  # characters before a box's buttons


def roles(page: Page, title: str = "") -> dict[int, Role]:
    """Return the role of each paragraph that is not body, by its number, from 0.

    Args:
        page: the article's text and its paragraphs.
        title: its title, if known: a first paragraph that repeats it is the headline.

    """
    found: dict[int, Role] = dict.fromkeys(page.quotations.wholly, Role.QUOTE)
    for number in with_signs(page.seen, page.places, page.begun):
        role = furniture(page.paragraph(number)) if page.size(number) <= LONGEST_FURNITURE else None
        if role:
            found[number] = role
    found |= dict.fromkeys(captions(page), Role.CAPTION)
    found |= dict.fromkeys(_links(page, found) | _addresses(page), Role.PROMO)
    found |= dict.fromkeys(_listed(page, found), Role.PROMO)
    found |= dict.fromkeys(_boxes(page), Role.BOILERPLATE)
    body = _read_top(page, found, title)
    if page.uses_end_marks:
        _read_headings(page, found, body)
    return found


def _listed(page: Page, found: Mapping[int, Role]) -> set[int]:
    """The titles under a label that stands alone and leads to them ("Read more:")."""
    listed: set[int] = set()
    promos = [number for number, role in found.items() if role is Role.PROMO]
    if not promos:
        return listed
    unended, leads = set(page.unended), False
    first = min(promos)
    for number, (start, end) in enumerate(page.places[first:], first):
        title = number in unended or page.text[end - 1] in ENDS_A_TITLE
        if found.get(number) is Role.PROMO:
            leads = page.text[end - 1] == ":" or (leads and title)
            continue
        leads = leads and title and end - start <= _LONGEST_TITLE
        if leads and number not in found:
            listed.add(number)
    return listed


def _addresses(page: Page) -> set[int]:
    """The short paragraphs that end by telling the reader where to write."""
    found = set()
    for address in _ADDRESS.finditer(page.text) if "@" in page.text else ():
        number = bisect_right(page.places, (address.start(), len(page.text))) - 1
        near = page.places[number][1] - address.end() <= _AFTER_ADDRESS
        if near and page.size(number) <= _LONGEST_CALL:
            found.add(number)
    return found


def _links(page: Page, found: Mapping[int, Role]) -> set[int]:
    """The paragraphs that are a label and the title of what it leads to, run together.

    Two elements of a page come out as one line, without the blank that a writer sets after a
    colon ("Fact check:What the mayor said about the bridge"). A label that comes again is a
    speaker's or a form's, and many such lines in a row are a list.
    """
    labels = {}
    for number in page.labelled if page.labelled and ": " in page.text else ():
        start, end = page.places[number]
        label = None if found.get(number) is Role.QUOTE else _LABEL.match(page.text, start, end)
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


def _boxes(page: Page) -> Iterator[int]:
    """Yield the paragraphs that are a box with buttons to open and close it, or to vote."""
    for sign in page.seen.rare:
        button = _buttons().get(sign)
        for at in page.seen.rare[sign] if button else ():
            number = bisect_right(page.places, (at, len(page.text))) - 1
            near = at - page.places[number][0] <= _BOX_TITLE
            if button and near and page.text.startswith(button, at):
                yield number


@cache
def _buttons() -> dict[bytes, str]:
    """The buttons of boxes, by how they look."""
    return {look(button): button for button in box_buttons()}


def _read_top(page: Page, found: dict[int, Role], title: str) -> int:
    """Find headline, byline and date among the first paragraphs; return where the body begins."""
    headed, known = False, None
    last = max(0, min(_TOP, len(page.places) - 1))
    for number in range(last):
        role = found.get(number)
        if role in {Role.PROMO, Role.CAPTION} or page.size(number) > LONGEST_FURNITURE:
            continue
        paragraph, ended = page.paragraph(number), number not in page.unended
        prefix = date_prefix(paragraph)
        if ended and not prefix and not _begin_alike(paragraph, title):
            return number
        known = _title_words(fold(title)) if known is None else known
        if (known and _repeats(paragraph, known, ended=ended)) or 0 < prefix < len(paragraph):
            found[number], headed = Role.HEADLINE, True
        elif ended:
            return number
        elif is_date_line(paragraph) or is_byline(paragraph):
            found[number] = Role.CREDIT
        elif page.uses_end_marks and not headed and _may_head(paragraph, _HEADLINE_WORDS):
            found[number], headed = Role.HEADLINE, True
        else:
            return number
    return last


def _begin_alike(paragraph: str, title: str) -> bool:
    """Whether the first words of a paragraph and of a title begin with the same letter."""
    one, other = _WORD.search(paragraph), _WORD.search(title)
    return one is not None and other is not None and _first(one[0]) == _first(other[0])


def _first(word: str) -> str:
    """The first letter of a word, in lower case."""
    return word[0].lower()[0]


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


def _read_headings(page: Page, found: dict[int, Role], body: int) -> None:
    """Find headings from paragraph ``body`` on: short lines over paragraphs that end."""
    short = {n for n in page.unended if n not in found and _is_short_line(page.paragraph(n))}
    unended, run = set(page.unended), list[int]()
    for number in range(max(body, min(short)), len(page.places)) if short else ():
        if number in found:
            continue
        if number in short:
            run.append(number)
            continue
        if number not in unended and len(run) < _LONGEST_LIST:
            for heading in run:
                found[heading] = Role.HEADING
        run = []


def _is_short_line(paragraph: str) -> bool:
    if paragraph.isupper():
        return _may_head(paragraph, _SHOUTED_WORDS)
    return len(paragraph) <= _HEADING_CHARACTERS and _may_head(paragraph, _HEADING_WORDS)
