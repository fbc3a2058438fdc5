"""Fixed phrases spotted in a text, fast: many phrases by few words.

For each language the fewest words are chosen that every phrase holds one of; the text is searched
for those words, by their letters but the first (which may be a capital), and only where one stands
are the phrases that hold it compared. Phrases of credit lines are looked for at the edges alone.
"""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dedup.attribution.phrases import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Words that hardly a page of the language lacks, and other languages seldom have.
_MARKERS = {
    "en": frozenset(["the", "of", "was", "by", "with", "to", "and", "from"]),
    "fr": frozenset(["les", "des", "du", "et", "aux", "une", "dans", "est"]),
    "de": frozenset(["der", "die", "und", "das", "den", "nicht", "ein", "mit"]),
    "es": frozenset(["los", "las", "el", "del", "una", "por", "con", "en"]),
    "it": frozenset(["che", "della", "il", "di", "gli", "una", "nel", "è"]),
    "pt": frozenset(["não", "uma", "dos", "com", "em", "os", "ao", "da"]),
    "ru": frozenset(["и", "в", "на", "с", "что", "по"]),
    "ar": frozenset(["في", "من", "على", "أن", "إلى"]),
    "el": frozenset(["και", "το", "η", "του", "να", "με"]),
}
_ENOUGH_MARKERS = 3
_BEGINNING = 600
_ANYWHERE = (
    ("signs", ("outlet", "own", "vantage")),
    ("vague", ("reports", "heads", "agency", "news_agency")),
)
_AT_THE_EDGES = (
    ("signs", ("update",)),
    ("lines", ("closers", "syndicated", "republished", "generic")),
)
_SHORTEST_ANCHOR = 5


class Spot(NamedTuple):
    """A phrase in the text, and the list of `patterns.toml` it comes from."""

    start: int
    end: int
    name: str


class _Entry(NamedTuple):
    """A phrase, where its searched word stands in it, and its list."""

    phrase: str
    offset: int
    name: str


def spots(text: str, language: str, edges: Sequence[tuple[int, int]]) -> list[Spot]:
    """Spot the fixed phrases in a text, in their order.

    Args:
        text: The article's text.
        language: A language code, or an empty text: then the beginning tells.
        edges: The stretches in which credit lines may stand.

    """
    found: set[Spot] = set()
    for code in _languages(text, language):
        found.update(_spotter(code, _ANYWHERE).spots(text, 0, len(text)))
        for start, end in edges:
            found.update(_spotter(code, _AT_THE_EDGES).spots(text, start, end))
    return sorted(found)


def _languages(text: str, language: str) -> list[str]:
    code = language[:2].lower()
    if code in _MARKERS:
        return [code]
    words = set(text[:_BEGINNING].lower().split())
    counts = {code: len(markers & words) for code, markers in _MARKERS.items()}
    most = max(counts.values())
    if most < _ENOUGH_MARKERS:
        return list(_MARKERS)
    return [code for code, count in counts.items() if count == most]


class _Spotter:
    """Phrases by the word each is looked for by."""

    def __init__(self, phrases: list[tuple[str, str]]) -> None:
        self._by_anchor: dict[str, list[_Entry]] = {}
        left = sorted(set(phrases))
        while left:
            anchor = _most_held([phrase for phrase, _ in left])
            held = [(phrase, name) for phrase, name in left if anchor in phrase]
            entries = [_Entry(phrase, phrase.index(anchor), name) for phrase, name in held]
            self._by_anchor[anchor] = sorted(entries, key=lambda entry: (-len(entry[0]), entry))
            left = [entry for entry in left if entry not in held]

    def spots(self, text: str, start: int, end: int) -> Iterator[Spot]:
        """Give the phrases in the text; of those of one list that begin alike, the longest."""
        for anchor, entries in self._by_anchor.items():
            at = text.find(anchor, start, end)
            while at >= 0:
                yield from _at(text, at, entries)
                at = text.find(anchor, at + len(anchor), end)


def _most_held(phrases: Sequence[str]) -> str:
    """Give the word, without its first letter, that most phrases hold (the longest of such)."""
    anchors = {anchor for phrase in phrases for anchor in _anchors(phrase)}
    return max(anchors, key=lambda a: (sum(a in phrase for phrase in phrases) * len(a), a))


def _anchors(phrase: str) -> list[str]:
    words = phrase.replace("'", " ").strip("(").split()
    long = [word[1:] for word in words if len(word) >= _SHORTEST_ANCHOR]
    return long or [max(words, key=len)]


def _at(text: str, at: int, entries: list[_Entry]) -> Iterator[Spot]:
    taken: set[str] = set()
    for phrase, offset, name in entries:
        start = at - offset
        if name not in taken and _stands(text, start, phrase):
            taken.add(name)
            yield Spot(start, start + len(phrase), name)


def _stands(text: str, start: int, phrase: str) -> bool:
    if start < 0 or text[start : start + len(phrase)].lower().replace("’", "'") != phrase:
        return False
    if start and text[start - 1].isalnum() and phrase[0].isalnum():
        return False
    end = start + len(phrase)
    return not (end < len(text) and text[end].isalnum() and phrase[-1].isalnum())


@cache
def _spotter(language: str, lists: tuple[tuple[str, tuple[str, ...]], ...]) -> _Spotter:
    return _Spotter(
        [
            (" ".join(spelled), name)
            for section, names in lists
            for name in names
            for phrase in lexicon().entries(section, name, language)
            for spelled in itertools.product(*(slot.split("|") for slot in phrase.split()))
        ]
    )
