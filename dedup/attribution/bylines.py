"""Bylines: who wrote the piece, and for which house."""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING

from dedup.attribution import lexicon
from dedup.attribution.outlets import outlet_names
from dedup.attribution.units import note
from dedup.records import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.attribution.page import Page
    from dedup.attribution.units import Unit

# All in words.
_LONGEST_STAFF_LINE = 40
_MOST_STAFF_NAMES = 12
_LONGEST_BYLINE = 14
_LONGEST_BARE_BYLINE = 4
_LONGEST_BEAT = 2
_SEPARATORS = tuple(",|/–—-(")
_SET_APART = frozenset(_SEPARATORS)
_BEHIND = [[mark] for mark in _SEPARATORS]
_NO_BYLINE_ENDS = frozenset(".!?:")


def read_byline(page: Page, unit: Unit) -> bool:
    """Read "By Jane Doe, Associated Press", "Jane Doe | AFP", "Jane Doe, staff reporter"."""
    if not is_byline(page, unit):
        return False
    note(page, unit.groups, unit.span, Kind.BYLINE)
    return True


def is_byline(page: Page, unit: Unit) -> bool:
    """Whether a line has the form of a byline."""
    if not unit.is_short or page.text[unit.end - 1] in _NO_BYLINE_ENDS:
        return False
    keys = unit.words.keys
    opens = unit.begins_with(lexicon.phrases("lines", "bylines"))
    if opens and not unit.groups and keys[opens[1] : opens[1] + 1] == ["the"]:
        return False  # "By the numbers"
    post = _post(keys)
    if not (opens or post or _ends_with_house(page, unit)):
        return False
    return _names_only(page.text, unit, opens[1] if opens else unit.first, post)


def _post(keys: Sequence[str]) -> range | None:
    """Give which words are "staff writer", "business reporter" or the like.

    They are set apart in a line, or are all of it. A word or two for what somebody reports on stand
    before the reporter.
    """
    staff = lexicon.phrases("lines", "staff").find(keys) if len(keys) <= _LONGEST_BYLINE else None
    if staff is None:
        return None
    marks = [at + 1 for at, key in enumerate(keys[: staff[0]]) if key in _SET_APART]
    set_apart = bool(marks) or staff[0] == 0 or keys[staff[1] : staff[1] + 1] in _BEHIND
    if not set_apart and not staff[1] == len(keys) <= _LONGEST_BARE_BYLINE:
        return None
    beat = marks[-1] if marks and staff[0] - marks[-1] <= _LONGEST_BEAT else staff[0]
    return range(beat, staff[1])


def _ends_with_house(page: Page, unit: Unit) -> bool:
    """Whether the agency or the outlet stands last, after a comma or a bar."""
    if _SET_APART.isdisjoint(unit.words.keys):
        return False
    line = unit.text
    names = [page.text[g.start : g.end] for g in unit.groups if g.end == unit.end]
    names += [name for name, _ in outlet_names(page.article.publisher)]
    return any(
        line.endswith(name) and line[: -len(name)].rstrip().endswith(_SEPARATORS) for name in names
    )


def _names_only(text: str, unit: Unit, first: int, post: range | None) -> bool:
    """Whether all words from the `first` on are capitalised or belong to bylines."""
    small = _small_words()
    found = unit.words
    names = [(m.start, m.end) for g in unit.groups for m in g.mentions]
    words = zip(range(len(found.keys)), found.keys, found.spans(), strict=True)
    for number, key, (at, _) in itertools.islice(words, first, None):
        known = text[at].isupper() or key in small or any(s <= at < e for s, e in names)
        known = known or (post is not None and number in post)
        if key[0].isalnum() and not known:
            return False
    return len(found.keys) > first


@cache
def _small_words() -> frozenset[str]:
    """Give the words that need no capital in a byline."""
    staff = " ".join(lexicon.entries("lines", "staff")).replace("|", " ").split()
    known = lexicon.words("lines", "vocabulary") | lexicon.words("words", "determiners")
    return known | set(staff) | lexicon.words("lines", "particles")


def is_staff_line(unit: Unit) -> bool:
    """Whether a sentence tells only who reported from where: "Doe reported from New York."."""
    if unit.groups or "from" not in unit.text.lower():
        return False
    if len(unit.words.keys) > _LONGEST_STAFF_LINE:
        return False
    pairs = itertools.pairwise(unit.words.keys[:_MOST_STAFF_NAMES])
    return any(one in {"reported", "contributed"} and two == "from" for one, two in pairs)
