"""Fixed phrases spotted in a text, fast: many phrases by few words.

For each language the fewest words are chosen that every phrase holds one of; the text is sifted for
those words, long ones by their letters but the first (which may be a capital), and only where one
stands are the phrases that hold it compared. Phrases of credit lines are looked for at the edges
alone.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

from dedup.attribution import lexicon, sieve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    Edges = Sequence[tuple[int, int]]

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
LANGUAGES = tuple(_MARKERS)
_EVERY_MARKER = frozenset().union(*_MARKERS.values())
_DIGIT = 16  #: more than any language has markers
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
_LISTS = ((_ANYWHERE, True), (_AT_THE_EDGES, False))
_CREDITS = frozenset(["closers", "syndicated", "republished", "generic"])
_SHORTEST_ANCHOR = 5
_MOST_KEPT = 1 << 16  #: heads for which is known what may stand there
#: Beginnings of "I", "me" and the like in the six languages, with what stands before and after.
_NARRATOR = frozenset(
    map(
        sieve.letters_of,
        (
            *(f" I {letter}" for letter in ascii_lowercase),
            *(f" {letter} {vowel}" for letter in "jJ" for vowel in "aeiouyhéèêàâ"),
            *(" me ", " my ", " mys", " je ", " ich", " mir", " mic", " yo ", " mi ", " io "),
        ),
    )
)
#: Parts of "photo", "Foto:" and "Getty".
_PHOTO = frozenset(map(sieve.letters_of, ("hoto", "oto ", "Gett")))


class Spot(NamedTuple):
    """A phrase in the text, and the list of `patterns.toml` it comes from."""

    start: int
    end: int
    name: str


class Spots(NamedTuple):
    """What stands where in a text."""

    phrases: Mapping[str, list[Spot]]  #: of each list, in the order of the text
    credits: list[Spot]  #: of the lists that only credits hold
    narrators: list[int]  #: where the first person singular may stand
    photos: list[int]  #: where a word for photos may stand, from its second letter on


def spotter(text: str, language: str) -> Spotter:
    """Give the spotter for a text.

    Args:
        text: The article's text.
        language: A language code, or an empty text: then the beginning of the text tells.

    """
    return _spotter(_languages(text, language))


def _languages(text: str, language: str) -> tuple[str, ...]:
    code = language[:2].lower()
    if code in _MARKERS:
        return (code,)
    words = _EVERY_MARKER.intersection(text[:_BEGINNING].lower().split())
    return _most_marked(sum(map(_marks().__getitem__, words)))


@cache
def _marks() -> dict[str, int]:
    """Give each marker as a number in which every language that has it counts one, in a digit."""
    marks = dict.fromkeys(_EVERY_MARKER, 0)
    for place, markers in enumerate(_MARKERS.values()):
        for word in markers:
            marks[word] += _DIGIT**place
    return marks


@cache
def _most_marked(total: int) -> tuple[str, ...]:
    """Give the languages that have most of the markers that a sum was made of."""
    counts = [total // _DIGIT**place % _DIGIT for place in range(len(_MARKERS))]
    most = max(counts)
    if most < _ENOUGH_MARKERS:
        return LANGUAGES
    return tuple(code for code, count in zip(_MARKERS, counts, strict=True) if count == most)


class _Anchor:
    """A short word, or a longer one without its first letter, and the phrases looked for by it."""

    def __init__(self, word: str, phrases: Collection[tuple[str, str]], *, anywhere: bool) -> None:
        self.word = word
        self._anywhere = anywhere
        longest_first = sorted(phrases, key=lambda entry: (-len(entry[0]), entry))
        self._phrases = [(phrase, phrase.index(word), name) for phrase, name in longest_first]
        whole = all(not phrase[:offset][-1:].isalnum() for phrase, offset, _ in self._phrases)
        self._written = (word, word[0].upper() + word[1:]) if whole else (word,)
        self._before = tuple({phrase[:offset] for phrase, offset, _ in self._phrases})
        self._after = tuple({phrase[offset:] for phrase, offset, _ in self._phrases})
        self._reach = max(map(len, (*self._before, *self._after)))

    def heads(self) -> set[bytes]:
        """Give what stands where the word does: its own letters, then any in either case."""
        if sieve.letters_of(self.word).isspace():
            return set()
        tails = [f"{after} " if after[-1].isalnum() else after for after in self._after]
        if any(len(tail) < sieve.LONG for tail in tails):
            return {sieve.letters_of(written[: sieve.SHORT]) for written in self._written}
        return {
            sieve.letters_of(written[: sieve.LONG] + "".join(following))
            for written in self._written
            for tail in tails
            for following in itertools.product(*map(_cases, tail[len(self.word) : sieve.LONG]))
        }

    def may_stand(self, head: bytes) -> bool:
        """Whether one of the phrases may go on from the word as eight letters do."""
        letters = head.decode("latin-1").lower().encode("latin-1")
        return any(
            letters.startswith(sieve.letters_of(after)[: sieve.LONG]) for after in self._after
        )

    def spots(self, text: str, at: int, edges: Edges) -> list[Spot]:
        """Give the phrases around a place; of those of one list that begin alike, the longest."""
        if not (
            text.startswith(self._written, at)
            and (self._anywhere or self._within(at, edges))
            and _lowered(text[max(0, at - self._reach) : at]).endswith(self._before)
            and _lowered(text[at : at + self._reach]).startswith(self._after)
        ):
            return []
        found: dict[str, Spot] = {}
        for phrase, offset, name in self._phrases:
            start = at - offset
            if name not in found and _stands(text, start, phrase):
                found[name] = Spot(start, start + len(phrase), name)
        return list(found.values())

    def _within(self, at: int, edges: Edges) -> bool:
        return any(start <= at and at + len(self.word) <= end for start, end in edges)


class _Sought(NamedTuple):
    """What may stand where a head does."""

    narrator: bool
    photo: bool
    anchors: tuple[_Anchor, ...]
    dangling: tuple[str, ...]


class Spotter:
    """The phrases of some languages.

    Attributes:
        heads: What a text has to be sifted for to find them.

    """

    def __init__(self, languages: Sequence[str]) -> None:
        self._anchors: dict[bytes, list[_Anchor]] = {}
        self._sought: dict[bytes, _Sought] = {}
        self._unsifted: list[_Anchor] = []  #: words in letters that the sieve does not know
        for language, (lists, anywhere) in itertools.product(languages, _LISTS):
            for anchor in _anchors(_phrases(language, lists), anywhere=anywhere):
                heads = anchor.heads()
                for head in heads:
                    self._anchors.setdefault(head, []).append(anchor)
                if not heads:
                    self._unsifted.append(anchor)
        self.heads = _NARRATOR | _PHOTO | _dangling().keys() | self._anchors.keys()

    def spots(self, text: str, sifted: sieve.Sifted, edges: Edges) -> Spots:
        """Spot the phrases in a text.

        Args:
            text: The article's text.
            sifted: The places where heads may stand in it.
            edges: The stretches in which credit lines may stand.

        """
        found: set[Spot] = set()
        narrators, photos = [], []
        for at, head in sifted:
            sought = self._sought.get(head) or self._seek(head)
            if sought.narrator:
                narrators.append(at)
                continue
            if sought.photo:
                photos.append(at)
            for anchor in sought.anchors:
                found.update(anchor.spots(text, at, edges))
            for phrase in sought.dangling:
                if text.startswith(phrase, at):
                    found.add(Spot(at, at + len(phrase.rstrip()), "dangling"))
        for anchor in self._unsifted:
            for place in re.finditer(anchor.word, text):
                found.update(anchor.spots(text, place.start(), edges))
        phrases: dict[str, list[Spot]] = {}
        for spot in sorted(found):
            phrases.setdefault(spot.name, []).append(spot)
        credited = [spot for spot in found if spot.name in _CREDITS]
        return Spots(phrases, credited, narrators, photos)

    def _seek(self, head: bytes) -> _Sought:
        """Work out what may stand where eight letters do; few of all letters are ever met."""
        gram = head[: sieve.SHORT]
        anchors = (*self._anchors.get(head, ()), *self._anchors.get(gram, ()))
        sought = _Sought(
            gram in _NARRATOR,
            gram in _PHOTO,
            tuple(anchor for anchor in anchors if anchor.may_stand(head)),
            tuple(_dangling().get(head, ())),
        )
        if len(self._sought) >= _MOST_KEPT:
            self._sought.clear()
        self._sought[head] = sought
        return sought


@cache
def _spotter(languages: tuple[str, ...]) -> Spotter:
    return Spotter(languages)


@cache
def _dangling() -> dict[bytes, list[str]]:
    """Give the beginnings of a paragraph that point back, of all languages, by their heads."""
    by_head: dict[bytes, list[str]] = {}
    for entry in lexicon.entries("signs", "dangling"):
        phrase = entry[0].upper() + entry[1:]
        by_head.setdefault(sieve.letters_of(f" {phrase}"[: sieve.LONG]), []).append(phrase)
    return by_head


def _cases(letter: str) -> set[str]:
    return {letter, letter.upper()} if len(letter.upper()) == 1 else {letter}


def _phrases(
    language: str, lists: Sequence[tuple[str, Sequence[str]]]
) -> frozenset[tuple[str, str]]:
    """Give every phrase of some lists as it is written, with the name of its list."""
    return frozenset(
        (" ".join(spelled), name)
        for section, names in lists
        for name in names
        for phrase in lexicon.entries(section, name, language)
        for spelled in itertools.product(*(slot.split("|") for slot in phrase.split()))
    )


def _anchors(phrases: frozenset[tuple[str, str]], *, anywhere: bool) -> Iterator[_Anchor]:
    """Choose the words that the phrases are looked for by, as few as may be."""
    left = phrases
    while left:
        word = _most_held([phrase for phrase, _ in left])
        held = frozenset((phrase, name) for phrase, name in left if word in phrase)
        yield _Anchor(word, held, anywhere=anywhere)
        left -= held


def _most_held(phrases: Sequence[str]) -> str:
    """Give the word, without its first letter, that most phrases hold (the longest of such)."""
    words = {word for phrase in phrases for word in _words(phrase)}
    return max(words, key=lambda a: (sum(a in phrase for phrase in phrases) * len(a), a))


def _words(phrase: str) -> list[str]:
    """Give the words that a phrase can be looked for by: the long ones, or where none is, one."""
    words = phrase.replace("'", " ").strip("(").split()
    long = [word[1:] for word in words if len(word) >= _SHORTEST_ANCHOR and word[1].isalnum()]
    longest = max(words, key=len)
    return long or [longest if len(longest) >= sieve.SHORT else phrase.rpartition("'")[2]]


def _stands(text: str, start: int, phrase: str) -> bool:
    if start < 0 or _lowered(text[start : start + len(phrase)]) != phrase:
        return False
    if start and text[start - 1].isalnum() and phrase[0].isalnum():
        return False
    end = start + len(phrase)
    return not (end < len(text) and text[end].isalnum() and phrase[-1].isalnum())


def _lowered(text: str) -> str:
    return text.lower().replace("’", "'")
