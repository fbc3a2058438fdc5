"""The words around names: how a text is cut into them, and the phrases of `patterns.toml`.

A phrase is matched word by word, forwards after a name and backwards before it; ``…`` in a phrase
stands for up to nine words of one sentence.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_WORD = re.compile(r"'s\b|\w+(?:'\w+)*'?|[^\w\s]")
_GAP = "…"
_GAP_WORDS = 9
_STOPS = frozenset(".!?;:")

Section = dict[str, list[str]]


class Words(NamedTuple):
    """The words and marks of a stretch of text: their keys, and where each stands."""

    keys: list[str]
    starts: list[int]
    ends: list[int]

    def backwards(self) -> Words:
        """Give the same words, the last first."""
        return Words(self.keys[::-1], self.starts[::-1], self.ends[::-1])


def words(text: str, start: int, end: int) -> Words:
    """Cut ``text[start:end]`` into words and single marks; keys are lower case, quotes straight."""
    piece = text[start:end]
    lowered = piece.lower().replace("’", "'")
    if len(lowered) != len(piece):  # a few capitals have longer small forms: places come first
        lowered = piece.replace("’", "'")
    found = list(_WORD.finditer(lowered))
    return Words(
        [m.group() for m in found],
        [m.start() + start for m in found],
        [m.end() + start for m in found],
    )


class Phrases:
    """Many phrases, each with a value, matched at one place in a list of words."""

    def __init__(self, phrases: Iterable[tuple[str, str]], *, backwards: bool = False) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, value in phrases:
            for spelled in _spell_out(phrase):
                keys = spelled[::-1] if backwards else spelled
                self._by_first.setdefault(keys[0], []).append((keys, value))
        for same_first in self._by_first.values():
            same_first.sort(key=lambda entry: (_GAP in entry[0], -len(entry[0]), entry))

    def match(self, keys: Sequence[str], at: int) -> tuple[str, int] | None:
        """Give the value of the longest phrase that begins at ``keys[at]``, and where it ends.

        One without a gap goes before one with a gap.
        """
        if at >= len(keys):
            return None
        for phrase, value in self._by_first.get(keys[at], ()):
            end = _fit(phrase, keys, at)
            if end:
                return value, end
        return None

    def find(self, keys: Sequence[str]) -> tuple[int, int] | None:
        """Give the first place where any phrase stands, as word numbers."""
        for at in range(len(keys)):
            hit = self.match(keys, at)
            if hit:
                return at, hit[1]
        return None


def _spell_out(phrase: str) -> list[tuple[str, ...]]:
    slots: list[list[tuple[str, ...]]] = []
    for slot in phrase.split():
        if slot == _GAP:
            slots.append([(_GAP,)])
        else:
            slots.append([tuple(words(word, 0, len(word)).keys) for word in slot.split("|")])
    return [tuple(itertools.chain(*choice)) for choice in itertools.product(*slots)]


def _fit(phrase: Sequence[str], keys: Sequence[str], at: int) -> int:
    """Give the end of the phrase if it stands at ``keys[at]``, else 0."""
    for position, word in enumerate(phrase):
        if word == _GAP:
            return _fit_after_gap(phrase[position + 1 :], keys, at)
        if at >= len(keys) or keys[at] != word:
            return 0
        at += 1
    return at


def _fit_after_gap(rest: Sequence[str], keys: Sequence[str], at: int) -> int:
    for start in range(at, min(at + _GAP_WORDS + 1, len(keys))):
        end = _fit(rest, keys, start)
        if end:
            return end
        if keys[start] in _STOPS:
            return 0
    return 0


class Lexicon:
    """All phrases and word lists of `patterns.toml`, the languages merged."""

    def __init__(self, languages: Mapping[str, Mapping[str, Section]]) -> None:
        self._languages = languages
        self.before = Phrases(self._kinds("before"), backwards=True)
        self.after = Phrases(self._kinds("after"))
        self._tables: dict[tuple[str, str], Phrases] = {}
        self._sets: dict[tuple[str, str], frozenset[str]] = {}

    def _kinds(self, section: str) -> list[tuple[str, str]]:
        return [
            (phrase, kind)
            for language in self._languages.values()
            for kind, phrases in language.get(section, {}).items()
            for phrase in phrases
        ]

    def entries(self, section: str, name: str, language: str = "") -> list[str]:
        """Give the entries of one list, of one language or of all, in the file's order."""
        chosen = [self._languages[language]] if language else self._languages.values()
        merged = (sections.get(section, {}).get(name, ()) for sections in chosen)
        return list(dict.fromkeys(itertools.chain.from_iterable(merged)))

    def phrases(self, section: str, name: str) -> Phrases:
        """Give one list as phrases."""
        if (section, name) not in self._tables:
            entries = self.entries(section, name)
            self._tables[section, name] = Phrases((entry, name) for entry in entries)
        return self._tables[section, name]

    def set(self, section: str, name: str) -> frozenset[str]:
        """Give one list as a set of words."""
        if (section, name) not in self._sets:
            self._sets[section, name] = frozenset(self.entries(section, name))
        return self._sets[section, name]


@cache
def lexicon() -> Lexicon:
    """Load the shipped phrases, once."""
    shipped = resources.files("dedup.attribution").joinpath("patterns.toml").read_bytes()
    return Lexicon(tomllib.loads(shipped.decode()))
