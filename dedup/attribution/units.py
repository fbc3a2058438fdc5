"""A stretch of the page that may be a credit, with the names and words in it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dedup.attribution import lexicon
from dedup.attribution.phrases import Words
from dedup.records import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.attribution.page import Group, Page
    from dedup.attribution.phrases import Phrases
    from dedup.records import Kind

_LONGEST = 420  #: characters of a credit of any kind
_SHORT = 120  #: characters up to which any line at an edge may be a credit
_OPENING = 40
_OPENING_MARKS = frozenset("([©*•")
_SENTENCE_ENDS = frozenset('.!?"”')


class Unit:
    """A whole block, a line, a sentence, or closing brackets, with the free names in it."""

    __slots__ = ("_opening", "_text", "_words", "end", "groups", "may_be_credit", "names", "start")

    def __init__(self, page: Page, span: tuple[int, int], groups: Sequence[Group]) -> None:
        """Take a stretch of the page, with those of the groups in it that are still free."""
        start, end = span
        near = [group for group in groups if start <= group.start and group.end <= end]
        self._text = page.text
        self._words: Words | None = None
        self._opening = ""
        self.start = start
        self.end = end
        self.groups = page.free(near) if near else []
        #: whether it names somebody, or has a fixed phrase that only credits hold
        self.names = bool(self.groups) or page.credited(start, end)
        self.may_be_credit = end - start <= _LONGEST and (
            self.names or _reads_as_credit(page.text, start, end)
        )

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the text."""
        return self.start, self.end

    @property
    def text(self) -> str:
        """What is written there."""
        return self._text[self.start : self.end]

    @property
    def is_short(self) -> bool:
        """Whether it may be a line of credit words alone, or a byline."""
        return self.end - self.start <= _SHORT

    @property
    def words(self) -> Words:
        """All its words: worked out when asked for."""
        if self._words is None:
            self._words = Words(self._text, self.start, self.end)
        return self._words

    @property
    def first(self) -> int:
        """The number of its first word that is no mark."""
        return next((k for k, key in enumerate(self.words.keys) if key[0].isalnum()), 0)

    def begins_with(self, phrases: Phrases) -> tuple[str, int] | None:
        """Give the phrase that it begins with, and where that ends; marks are passed over."""
        if not self.is_short and not self._opening:
            *opening, _ = Words(self._text, self.start, self.start + _OPENING).keys
            self._opening = next((key for key in opening if key[0].isalnum()), "")
        if self._opening and self._opening not in phrases.firsts:
            return None
        return phrases.match(self.words.keys, self.first)

    def rest(self) -> list[str]:
        """Give its words that are no part of a name; marks are left out."""
        keys = self.words.keys
        if not self.groups:
            return [key for key in keys if key[0].isalnum()]
        names = [(m.start, m.end) for group in self.groups for m in group.mentions]
        return [
            key
            for key, (at, _) in zip(keys, self.words.spans(), strict=True)
            if key[0].isalnum() and not any(start <= at < end for start, end in names)
        ]


def may_hold_credit(text: str, start: int, end: int) -> bool:
    """Whether a block that names nobody has lines, or is like a credit: most have and are not."""
    if ")" in text[end - 3 : end] or text.find("\n", start, end) >= 0:
        return True
    return end - start <= _LONGEST and _reads_as_credit(text, start, end)


def _reads_as_credit(text: str, start: int, end: int) -> bool:
    """Whether a stretch that names nobody is short, or begins or reads as a credit may."""
    if end - start <= _SHORT and text[end - 1] not in _SENTENCE_ENDS:
        return True
    if text[start] in _OPENING_MARKS or text.find(" reported from ", start, end) >= 0:
        return True
    opening = text[start : start + _OPENING].split(None, 1)[0].lower()
    return opening.startswith("copyright") or opening.rstrip(":") in _first_words()


@cache
def _first_words() -> frozenset[str]:
    """Give the words with which a credit line that names nobody can begin."""
    phrases = (*lexicon.entries("lines", "openers"), *lexicon.entries("lines", "sign_offs"))
    return frozenset(word for phrase in phrases for word in phrase.split()[0].split("|"))


def note(
    page: Page,
    groups: Sequence[Group],
    span: tuple[int, int],
    kind: Kind,
    scope: Scope = Scope.ARTICLE,
) -> None:
    """Note a credit, divided among its names: the first has its opening, the last its close.

    A name that stands there twice ("dpa-infocom, dpa:210815-99") is one credit.
    """
    mentions = [m for group in groups for m in group.mentions]
    named = list({m.agency: m for m in reversed(mentions)}.values())[::-1]
    for mention in named:
        start = span[0] if mention is named[0] else mention.start
        end = span[1] if mention is named[-1] else mention.end
        page.add((start, end), mention.agency, kind, scope)
    page.used.update(mention.start for mention in mentions)
