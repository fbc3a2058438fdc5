"""Articles that read like news to a program, as many as wanted, each of its own.

The sentences of real articles serve as frames: their commonest words, punctuation, agencies and the
words of credits stay where they are, every other word makes room for one of the same sort (word,
name or number). Words are drawn by the law of Zipf and Mandelbrot; those that real articles use
come first, by how often they do, then words put together of their halves, for a large corpus uses
more words than a small one. An article has names and words of its own, which it repeats, as an
article does that has a subject. No two share more than phrases.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

#: Kinds of places in a frame, and by kind: how many words there are to draw from, how many of them
#: an article makes its own, and the share of places that its own words take.
WORD, NAME, NUMBER = 0, 1, 2
_WORDS, _OWN, _OWN_SHARE = (150_000, 50_000, 999), (24, 8, 2), (0.35, 0.6, 0.2)
#: Zipf's law as Mandelbrot has it: the r-th word comes in proportion to (r + SHIFT) ** -EXPONENT.
_SHIFT, _EXPONENT = 20, 1.2
#: A word in this share of the articles stays in its frame.
_COMMON = 0.2
#: Of so many words in a row, a frame gives away so many, or two articles would share the others.
_ROW, _GIVEN = 8, 3
#: Words of an article: mean, spread, fewest and most; words from which a paragraph is full.
_LENGTH, _SPREAD, _SHORTEST, _LONGEST, _PARAGRAPH = 435, 150, 120, 1200, 26
#: One article in so many opens, one in so many ends as an agency's do.
_OPENING, _ENDING = 4, 4

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[\"“A-Z])")
_CREDIT = re.compile(
    r"Reuters|AFP|AP|Agence|France|Press(?:e)?|Associated|Bloomberg|Xinhua|PTI|AAP|dpa|agenc(?:y|ies)|"
    r"Reporting|Writing|Editing|inputs|copyright|reserved",
    re.IGNORECASE,
)


class Article(NamedTuple):
    """What was written."""

    title: str
    paragraphs: list[str]


class Frame(NamedTuple):
    """A sentence with places for words."""

    text: str  #: with ``%s`` at each place
    kinds: NDArray[np.uint8]
    words: int
    given: int  #: places in any so many words in a row, at least


class Lexicon(NamedTuple):
    """Words of one kind, and how likely it is to draw one of the first so many."""

    words: NDArray[np.object_]
    cumulative: NDArray[np.float64]

    def draw(self, count: int, generator: np.random.Generator) -> NDArray[np.object_]:
        """Draw words, with repeats."""
        drawn: NDArray[np.object_] = self.words[
            np.searchsorted(self.cumulative, generator.random(count))
        ]
        return drawn


class Writer:
    """Writes articles after the manner of some real ones."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Learn frames and words; the same texts in the same order teach the same."""
        paragraphs = [_paragraphs(text) for text in texts]
        common = _common(texts)
        self._lexicons = _lexicons(texts, common)
        first = [parts[0] for parts in paragraphs if parts]
        last = [parts[-1] for parts in paragraphs if parts]
        self._openings = _frames((part for part in first if _CREDIT.search(part)), common)
        self._endings = _frames((part for part in last if _CREDIT.search(part)), common)
        inner = (part for parts in paragraphs for part in parts[1:-1] if not _CREDIT.search(part))
        sentences = (sentence for part in inner for sentence in SENTENCE_END.split(part))
        self._inner = _frames(sentences, common)

    def article(self, generator: np.random.Generator) -> Article:
        """Write an article."""
        return Article(self._title(generator), self._paragraphs(generator))

    def _paragraphs(self, generator: np.random.Generator) -> list[str]:
        length = generator.normal(_LENGTH, _SPREAD)
        length = min(max(length, _SHORTEST), _LONGEST)
        paragraphs: list[list[Frame]] = []
        if self._openings and not generator.integers(_OPENING):
            paragraphs.append([_one(self._openings, generator)])
        words = full = 0
        while words < length:
            if words >= full:
                paragraphs.append([])
                full = words + _PARAGRAPH
            frame = _one(self._inner, generator)
            paragraphs[-1].append(frame)
            words += frame.words
        if self._endings and not generator.integers(_ENDING):
            paragraphs.append([_one(self._endings, generator)])
        return self._filled(paragraphs, generator)

    def _title(self, generator: np.random.Generator) -> str:
        name, place = self._lexicons[NAME].draw(2, generator)
        words = self._lexicons[WORD].draw(5, generator)
        return f"{name} {' '.join(words)} in {place}"

    def _filled(
        self, paragraphs: Sequence[Sequence[Frame]], generator: np.random.Generator
    ) -> list[str]:
        """Put words into the frames."""
        kinds = np.concatenate([frame.kinds for frames in paragraphs for frame in frames])
        words = np.empty(len(kinds), object)
        for kind, lexicon in enumerate(self._lexicons):
            places = np.flatnonzero(kinds == kind)
            own = lexicon.draw(_OWN[kind], generator)
            drawn = lexicon.draw(len(places), generator)
            repeated = generator.random(len(places)) < _OWN_SHARE[kind]
            drawn[repeated] = own[generator.integers(len(own), size=int(repeated.sum()))]
            words[places] = drawn
        text = "\n".join(" ".join(frame.text for frame in frames) for frames in paragraphs)
        return (text % tuple(words)).split("\n")


def _one(frames: Sequence[Frame], generator: np.random.Generator) -> Frame:
    return frames[int(generator.integers(len(frames)))]


def _paragraphs(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _common(texts: Sequence[str]) -> set[str]:
    """The words that stay: those in many of the articles, and all of one or two letters."""
    articles: Counter[str] = Counter()
    for text in texts:
        articles.update({word.lower() for word in _TOKEN.findall(text)})
    return {
        word
        for word, count in articles.items()
        if count >= _COMMON * len(texts) or (len(word) <= 2 and word.isalpha())  # noqa: PLR2004
    }


def _frames(sentences: Iterable[str], common: set[str]) -> list[Frame]:
    """Make frames of sentences, each once, in order, where enough of them is given away."""
    made = (_frame(sentence, common) for sentence in dict.fromkeys(sentences))
    return [frame for frame in made if frame.given >= _GIVEN]


def _frame(sentence: str, common: set[str]) -> Frame:
    kinds: list[int] = []
    given: list[bool] = []

    def place(found: re.Match[str]) -> str:
        word = found[0]
        if word.lower() in common or _CREDIT.fullmatch(word):
            given.append(False)
            return word
        given.append(True)
        kinds.append(_kind(word))
        return "%s"

    text = _TOKEN.sub(place, sentence.replace("%", "%%"))
    return Frame(text, np.array(kinds, np.uint8), len(sentence.split()), _least(given))


def _least(given: Sequence[bool]) -> int:
    """Count the places in the row of words that has fewest."""
    return min(sum(given[at : at + _ROW]) for at in range(max(1, len(given) - _ROW + 1)))


def _kind(word: str) -> int:
    if word[0].isdigit():
        return NUMBER
    return NAME if word[0].isupper() else WORD


def _lexicons(texts: Sequence[str], common: set[str]) -> tuple[Lexicon, ...]:
    """Count the words of each kind, the most frequent first, and make up what is wanting."""
    counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    for text in texts:
        for word in _TOKEN.findall(text):
            if word.lower() not in common and not _CREDIT.fullmatch(word):
                counts[_kind(word)][word] += 1
    generator = np.random.default_rng(0)
    lexicons = []
    for found, size in zip(counts, _WORDS, strict=True):
        ranked = sorted(found, key=lambda word: (-found[word], word))
        words = list(dict.fromkeys([*ranked, *_made_up(ranked, size, generator)]))[:size]
        likely = (np.arange(len(words)) + float(_SHIFT)) ** -_EXPONENT
        lexicons.append(Lexicon(np.array(words, object), np.cumsum(likely) / likely.sum()))
    return tuple(lexicons)


def _made_up(words: Sequence[str], count: int, generator: np.random.Generator) -> Iterator[str]:
    """Yield words of the first half of one word and the second half of another."""
    if not words:
        return
    pairs = generator.integers(len(words), size=(2 * count, 2)).tolist()
    for first, second in pairs:
        one, other = words[first], words[second]
        yield one[: (len(one) + 1) // 2] + other[len(other) // 2 :]
