"""The words around names: how a text is cut into them, and how phrases are matched with them.

A phrase is matched word by word, forwards after a name and backwards before it; ``…`` in a phrase
stands for up to nine words of one sentence.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"\w+(?:'\w+)*'?|'s\b|[^\w\s]")
_GAP = "…"
_GAP_WORDS = 9
_STOPS = frozenset(".!?;:")


class Words:
    """The words and marks of a stretch of text: their keys, and where each stands.

    Keys are lower case, quotes straight.
    """

    __slots__ = ("_piece", "_start", "keys")

    def __init__(self, text: str, start: int, end: int) -> None:
        piece = text[start:end].replace("’", "'")
        lowered = piece.lower()
        # a few capitals have longer small forms: places come first
        self._piece = lowered if len(lowered) == len(piece) else piece
        self._start = start
        self.keys: list[str] = _WORD.findall(self._piece)

    def spans(self) -> list[tuple[int, int]]:
        """Give where each word begins and ends."""
        return [
            (found.start() + self._start, found.end() + self._start)
            for found in _WORD.finditer(self._piece)
        ]

    def end(self, number: int) -> int:
        """Give where a word ends, by its number."""
        at = 0
        for key in self.keys[: number + 1]:
            at = self._piece.index(key, at) + len(key)
        return self._start + at

    def start(self, number: int) -> int:
        """Give where a word begins, by its number, or by its number from the last, -1."""
        if number >= 0:
            return self.end(number) - len(self.keys[number])
        at = len(self._piece)
        for key in self.keys[: number - 1 : -1]:
            at = self._piece.rindex(key, 0, at)
        return self._start + at


def keys_of(text: str) -> list[str]:
    """Give the keys of the words and marks of a text."""
    return Words(text, 0, len(text)).keys


class _Node:
    """What may follow the words of a phrase so far, and the value of the phrase if it ends here."""

    __slots__ = ("following", "value")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.value = ""


class Phrases:
    """Many phrases, each with a value, matched at one place in a list of words."""

    def __init__(self, phrases: Iterable[tuple[str, str]], *, backwards: bool = False) -> None:
        self._root = _Node()
        self._gapped: dict[str, list[tuple[tuple[str, ...], str]]] = {}  #: by their first word
        for phrase, value in phrases:
            for spelled in _spell_out(phrase):
                keys = spelled[::-1] if backwards else spelled
                if _GAP in keys:
                    self._gapped.setdefault(keys[0], []).append((keys, value))
                else:
                    self._enter(keys, value)
        for same_first in self._gapped.values():
            same_first.sort(key=lambda entry: (-len(entry[0]), entry))
        self.firsts = self._root.following.keys() | self._gapped.keys()

    def _enter(self, keys: Sequence[str], value: str) -> None:
        node = self._root
        for key in keys:
            node = node.following.setdefault(key, _Node())
        node.value = min(node.value or value, value)

    def match(self, keys: Sequence[str], at: int) -> tuple[str, int] | None:
        """Give the value of the longest phrase that begins at ``keys[at]``, and where it ends.

        One without a gap goes before one with a gap.
        """
        node, longest = self._root, None
        for end in range(at, len(keys)):
            following = node.following.get(keys[end])
            if following is None:
                break
            node = following
            if node.value:
                longest = node.value, end + 1
        if longest or at >= len(keys) or keys[at] not in self._gapped:
            return longest
        return self._match_with_gap(keys, at)

    def _match_with_gap(self, keys: Sequence[str], at: int) -> tuple[str, int] | None:
        held = {_GAP, *keys}
        for phrase, value in self._gapped[keys[at]]:
            end = _fit(phrase, keys, at) if held.issuperset(phrase) else 0
            if end:
                return value, end
        return None

    def find(self, keys: Sequence[str]) -> tuple[int, int] | None:
        """Give the first place where any phrase stands, as word numbers."""
        if self.firsts.isdisjoint(keys):
            return None
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
            slots.append([tuple(keys_of(word)) for word in slot.split("|")])
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
