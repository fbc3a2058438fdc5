"""Datelines: where and when a story was filed, and by which agency, before its first words.

``KABUL, Aug 15 (Reuters) -``, ``Hamburg (dpa) -``, ``(Bloomberg) --``, ``SYDNEY, AAP -``,
``МОСКВА, 3 марта. /ТАСС/``, ``【ワシントン共同】``, ``新华社北京9月12日电``. A dateline without an
agency says nothing about origin and is not read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dedup.attribution import lexicon
from dedup.attribution.page import lines
from dedup.attribution.phrases import Words, keys_of
from dedup.records import Kind, Scope

if TYPE_CHECKING:
    from dedup.attribution.page import Group, Page

_LONGEST_PLACE = 90
_MOST_WORDS = 14
_BRACKETS = {"(": ")", "[": "]", "/": "/", "（": "）", "【": "】", "［": "］"}
_DASH = re.compile(r"\s*[.:]?\s*(?:[-–—−:：]|--|\.(?=\s|$))|[】］）]")
#: A place in capitals, and what else a dateline names, up to the bracket before the agency; then
#: the bracket and the dash after it.
_FILED = re.compile(
    r"(?<!\w)[^\W\d_a-z][^\W\d_a-z]+(?:[ .'’-]+[^\W\d_a-z]{2,})*(?:, [^,()\n]{2,30}){0,2} \($"
)
_CLOSED_DASH = re.compile(r"\) ?(?:[-–—−]|--) ?(?=\S)")
_DASHES = tuple("-–—−")
_LONGEST_TITLE = 300  #: characters
_HAN_FILED = re.compile(
    r"[^\s。，]{0,16}?\d{1,2}月?\d{0,2}日[^\s。，]{0,8}?[电電]"
    r"|[^\s。，]{0,20}[电電讯訊](?=[\s)）】　])"
)
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CASELESS = re.compile(
    r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
#: The desk of an agency, as "dpa/lno" has one.
_DESK = re.compile(r"/[a-z]{2,4}")
_OPENING_MARKS = " \t\n\"'“„«*•#–—-.|"


def read_datelines(page: Page, groups: list[Group]) -> None:
    """Note the datelines at the beginnings of the first blocks."""
    head = page.head()
    named = [group.start for group in groups if group.start < head[-1].end]
    for block in head if named else ():
        if any(block.start <= start < block.end for start in named):
            for line in lines(page.text, block.start, block.end):
                _read_line(page, line, groups)


def _read_line(page: Page, line: tuple[int, int], groups: list[Group]) -> None:
    start, end = line
    inside = [group for group in groups if start <= group.start < end]
    free = page.free(inside)
    if not free:
        return
    if free[0] is not inside[0]:
        start = _past_photos(page, line, free[0])
    if start >= 0:
        opening = end - len(page.text[start:end].lstrip(_OPENING_MARKS))
        span = _dateline(page.text, opening, end, free[0])
        if span:
            _note(page, free[0], span)
            return
    _read_behind_title(page, line, free)


def _read_behind_title(page: Page, line: tuple[int, int], groups: list[Group]) -> None:
    """Read a dateline that a title or a byline runs into: "… wins a race LUCENA (AP) -- Divers"."""
    for group in groups:
        before = page.text[line[0] : group.start]
        if len(before) > _LONGEST_TITLE:
            return
        found = _FILED.search(before)
        if found and _CLOSED_DASH.match(page.text, group.end, line[1]):
            _note(page, group, (line[0] + found.start(), group.end + 1))
            return


def _past_photos(page: Page, line: tuple[int, int], group: Group) -> int:
    """Give where the photo credits before a name end, or -1: "(Photo: AP) SAO PAULO (AP) --"."""
    ends = [row.end for row in page.rows if line[0] <= row.start < row.end <= group.start]
    return max(ends, default=-1)


def _note(page: Page, group: Group, span: tuple[int, int]) -> None:
    last = len(group.mentions) - 1
    for k, mention in enumerate(group.mentions):
        page.used.add(mention.start)
        start = span[0] if k == 0 else mention.start
        end = span[1] if k == last else mention.end
        page.add((start, end), mention.agency, Kind.DATELINE, Scope.ARTICLE)


def _dateline(text: str, start: int, end: int, group: Group) -> tuple[int, int] | None:
    if group.start - start > _LONGEST_PLACE:
        return None
    if _HAN.match(text, group.start) and start >= group.start - 1:
        filed = _HAN_FILED.match(text, group.end)
        if filed:
            return start, filed.end()
    before = text[start : group.start].rstrip()
    opening = before[-1:]
    if opening in _BRACKETS and opening:
        return _bracketed(text, start, end, (start + len(before) - 1, group))
    closing = _BRACKETS.get(text[start])
    if closing and text.startswith(closing, group.end) and _place(text, start + 1, group.start):
        return start, group.end + 1
    return _unbracketed(text, (start, end), before, group)


def _unbracketed(
    text: str, line: tuple[int, int], before: str, group: Group
) -> tuple[int, int] | None:
    """Read "SYDNEY, AAP -", "SYDNEY, March 3 AAP -" and "МОСКВА, 3 мар - РИА Новости.".

    In small letters, "Tehran, IRNA –", it takes a dash; in a script that has none, a line's end.
    """
    place = before.rstrip(" ,-–—:.")
    set_apart = len(place) < len(before) or before[-1:].isdigit()
    if not (place and set_apart):
        return None
    if group.end == line[1] and _CASELESS.match(place) and _place(text, line[0], group.start):
        return line
    dash = _DASH.match(text, group.end)
    if not dash or dash.end() >= line[1]:
        return None
    if _capitals(place):
        return line[0], group.end
    spelled = before[-1] in ",." and dash[0].strip()[-1:] in _DASHES
    return (line[0], group.end) if spelled and _place(text, line[0], group.start) else None


def _bracketed(
    text: str, start: int, end: int, inside: tuple[int, Group]
) -> tuple[int, int] | None:
    opening, group = inside
    if text[opening] == "/" and opening > start and text[opening - 1].isalnum():
        return None
    closing = text.find(_BRACKETS[text[opening]], group.end, group.end + 30)
    place = text[start:opening].strip()
    if closing < 0 or not _place(text, start, opening):
        return None
    desk = _DESK.fullmatch(text, group.end, closing)
    if keys_of(text[group.end : closing]) and not desk:
        return None
    if not place:
        follows = _DASH.match(text, closing + 1) or _capitals(text[closing + 1 : closing + 6])
        return (start, closing + 1) if follows and closing + 1 < end else None
    follows = closing + 1 < end and bool(_capitals(place) or _DASH.match(text, closing + 1))
    stated = follows or desk or _dated(place) or _CASELESS.search(place)
    return (start, closing + 1) if stated else None


def _capitals(place: str) -> bool:
    head = place.partition(",")[0].partition("(")[0]
    letters = [c for c in head if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() or _CASELESS.match(c) for c in letters)


def _dated(place: str) -> bool:
    keys = keys_of(place)
    return any(key.isdigit() or key in lexicon.words("words", "times") for key in keys)


def _place(text: str, start: int, end: int) -> bool:
    """Whether a stretch reads as places and a date: capitalised words, figures, small particles."""
    if text.count(" ", start, end) >= _MOST_WORDS:
        return False
    found = Words(text, start, end)
    for key, (at, _) in zip(found.keys, found.spans(), strict=True):
        if not key[0].isalnum():
            if key in '!?;"“”':
                return False
            continue
        known = any(key in lexicon.words("words", name) for name in ("places", "months", "times"))
        if not (text[at].isupper() or key[0].isdigit() or known or _CASELESS.match(text, at)):
            return False
    return True
