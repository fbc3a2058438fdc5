"""Agencies' short names in small letters, joined at the end of a story: "(dpa/afp)", "red/dpa".

An agency that writes itself small ("dpa") must be among them: "oh/pa" are two editors. Elsewhere
"ap" is a syllable, and a name behind a slash tells whose a picture is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dedup.attribution.page import lines
from dedup.records import Kind, Role, Scope

if TYPE_CHECKING:
    from dedup.attribution.page import Group, Page

_JOINED = re.compile(r"(?<![\w/-])(?P<names>[a-z]{2,8}(?: ?[/,] ?[a-z]{2,8}\.?)+)\W{0,2}\Z")
_NAME = re.compile(r"[a-z]+")
#: At the end of a block, the characters in which the last joint stands, and all the names do.
_LAST_JOINT, _REACH = 13, 60
#: Longer words that are no agency's are no editor's initials either.
_INITIALS = 3


def read_small_names(page: Page, groups: list[Group]) -> None:
    """Note the agencies named so behind the last sentence, or in a line of their own."""
    for block in page.tail() if groups else ():
        last = page.text[max(block.start, block.end - _LAST_JOINT) : block.end]
        if "/" not in last and "," not in last:
            continue
        for start, end in lines(page.text, block.start, block.end)[-1:]:
            found = _JOINED.search(page.text, max(start, end - _REACH), end)
            if found and _stands_alone(page.text[start : found.start()]):
                whole = not page.text[start : found.start()].strip("([ –—-")
                if _read(page, found, groups) and whole and start == block.start:
                    page.roles[block.n] = Role.CREDIT


def _stands_alone(before: str) -> bool:
    """Whether nothing stands before the names, or a sentence that ends."""
    return before.rstrip().rstrip("([").rstrip()[-1:] in ("", *'.!?"”“»–—-')


def _read(page: Page, found: re.Match[str], groups: list[Group]) -> bool:
    """Note the agencies named; say whether all else that stands there is somebody's initials."""
    first, last = found.span("names")
    inside = [m.start for group in groups for m in group.mentions if first <= m.start < last]
    words = list(_NAME.finditer(page.text, first, last))
    known = [(word, page.catalogue.by_name(word[0])) for word in words]
    agencies = [
        (word, name) for word, name in known if name and page.catalogue.agencies[name].is_agency
    ]
    others = [word for word, name in known if (word, name) not in agencies]
    if not inside or any(len(word[0]) > _INITIALS for word in others):
        return False
    for place, (word, name) in enumerate(agencies):
        start = first if place == 0 else word.start()
        end = last if place == len(agencies) - 1 else word.end()
        kind = Kind.SIGN_OFF if others and word is words[0] else Kind.TAGLINE
        page.add((start, end), name, kind, Scope.ARTICLE)
    page.used.update(inside)
    return True
