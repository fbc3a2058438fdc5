"""A stretch of the page that may be a credit, with the names and words in it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dedup.attribution.phrases import Words, lexicon, words
from dedup.records import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.attribution.page import Group, Page
    from dedup.records import Kind

_LONGEST = 420  #: characters of a credit of any kind
SHORT = 120  #: characters up to which any line at an edge may be a credit
_OPENING = 40
_SENTENCE_ENDS = tuple('.!?"”')
#: Lists of fixed phrases that only credits hold.
CREDIT_SPOTS = frozenset({"closers", "syndicated", "republished", "generic"})


class Unit(NamedTuple):
    """A whole block, a line, a sentence, or closing brackets; no words where it is no credit."""

    start: int
    end: int
    groups: tuple[Group, ...]
    words: Words

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the text."""
        return self.start, self.end

    @property
    def first(self) -> int:
        """The number of its first word that is no mark."""
        return next((k for k, key in enumerate(self.words.keys) if key[0].isalnum()), 0)

    def rest(self) -> list[str]:
        """Give its words that are no part of a name; marks are left out."""
        names = [(m.start, m.end) for group in self.groups for m in group.mentions]
        return [
            key
            for key, at in zip(self.words.keys, self.words.starts, strict=True)
            if key[0].isalnum() and not any(start <= at < end for start, end in names)
        ]


def unit_of(page: Page, span: tuple[int, int], groups: Sequence[Group]) -> Unit:
    """Take a stretch of the page as a unit, with those of the groups in it that are still free."""
    near = [g for g in groups if span[0] <= g.start and g.end <= span[1]]
    inside = tuple(page.free(near)) if near else ()
    found = words(page.text, *span) if _may_be_credit(page, span, inside) else Words([], [], [])
    return Unit(*span, inside, found)


def _may_be_credit(page: Page, span: tuple[int, int], groups: Sequence[Group]) -> bool:
    """Whether a stretch is short enough, and has a name or another mark of a credit."""
    start, end = span
    if end - start > _LONGEST:
        return False
    if groups or page.spot(CREDIT_SPOTS, start, end):
        return True
    if end - start <= SHORT and not page.text.startswith(_SENTENCE_ENDS, end - 1):
        return True
    if page.text[start] in "([©*•" or page.text[start : start + 9].lower() == "copyright":
        return True
    if " reported from " in page.text[start:end]:
        return True
    opening = page.text[start : start + _OPENING].lower().split(None, 1)
    return bool(opening) and opening[0].rstrip(":") in _first_words()


@cache
def _first_words() -> frozenset[str]:
    """Give the words with which a long credit line can begin."""
    phrases = (*lexicon().entries("lines", "openers"), *lexicon().entries("lines", "sign_offs"))
    return frozenset(word for phrase in phrases for word in phrase.split()[0].split("|"))


def note(
    page: Page,
    groups: Sequence[Group],
    span: tuple[int, int],
    kind: Kind,
    scope: Scope = Scope.ARTICLE,
) -> None:
    """Note a credit, divided among its names: the first has its opening, the last its close."""
    mentions = [m for group in groups for m in group.mentions]
    for k, mention in enumerate(mentions):
        start = span[0] if k == 0 else mention.start
        end = span[1] if k == len(mentions) - 1 else mention.end
        page.add((start, end), mention.agency, kind, scope)
    page.used.update(mention.start for mention in mentions)
