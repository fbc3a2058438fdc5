"""Word stems, so that "resigned" and "resigns" meet (Snowball; Porter 1980 and 2001).

A stem is known by a 64-bit hash, for only its equality matters. Words of languages without a
stemmer are their own stems; of a word with figures ("8m", "15th") the figures are the stem.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from dedup.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_SNOWBALL = {
    "en": "english",
    "fr": "french",
    "de": "german",
    "es": "spanish",
    "pt": "portuguese",
    "it": "italian",
}
#: Leading bits of a word's hash that name its place in the columns of a vocabulary.
_PLACE_BITS = 18
_UNPLACED_BITS = 64 - _PLACE_BITS
#: Words that are known beside the columns; new ones never end, and memory does.
_MOST = 1 << 16


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    """The stemmer of a language; PyStemmer does the work where it is installed."""
    if language not in _SNOWBALL:
        return str
    import snowballstemmer

    stemmer = snowballstemmer.stemmer(_SNOWBALL[language])
    stemmer.maxCacheSize = 0  # each word is asked for once
    stem: Callable[[str], str] = stemmer.stemWord
    return stem


class _Vocabulary:
    """The words of one language met so far and their stems: hardly any word is stemmed twice.

    Those met last are in ``known``; most lie in columns as well, at the place that the leading bits
    of their hash name, where a whole article is looked up at once.
    """

    def __init__(self) -> None:
        self.known: dict[int, int] = {}
        self.word = np.zeros(1 << _PLACE_BITS, np.uint64)
        self.stem = np.zeros(1 << _PLACE_BITS, np.uint64)

    def add(self, stems: dict[int, int]) -> None:
        """Take in words with their stems; a place in the columns belongs to one of the first."""
        self.known |= stems
        word = np.fromiter(stems.keys(), np.uint64, len(stems))
        stem = np.fromiter(stems.values(), np.uint64, len(stems))
        place = word >> np.uint64(_UNPLACED_BITS)
        free = self.word[place] == 0
        self.word[place[free]], self.stem[place[free]] = word[free], stem[free]


@cache
def _vocabulary(language: str) -> _Vocabulary:
    del language
    return _Vocabulary()


def stems(
    text: str,
    start: NDArray[np.int32],
    end: NDArray[np.int32],
    word: NDArray[np.uint64],
    language: str,
) -> NDArray[np.uint64]:
    """Return the stem hash of each word of an article, shape ``[words]``.

    Args:
        text: the article's text.
        start: where each word begins, in code points.
        end: where each word ends.
        word: the hash of each folded word.
        language: ISO 639-1 code; "" and languages without a stemmer leave words as they are.

    """
    vocabulary = _vocabulary(language)
    if len(vocabulary.known) > _MOST:
        vocabulary.known.clear()
    place = word >> np.uint64(_UNPLACED_BITS)
    stem: NDArray[np.uint64] = vocabulary.stem[place]
    others = np.flatnonzero(vocabulary.word[place] != word)
    unplaced = dict(zip(others.tolist(), word[others].tolist(), strict=True))
    missing = {w: i for i, w in unplaced.items() if w not in vocabulary.known}
    if missing:
        _learn(text, missing, (start, end), language)
    stem[others] = [vocabulary.known[w] for w in unplaced.values()]
    return stem


def _learn(
    text: str,
    missing: dict[int, int],
    spans: tuple[NDArray[np.int32], NDArray[np.int32]],
    language: str,
) -> None:
    """Stem the words met for the first time: their hashes, each with a place where it stands."""
    vocabulary, stem = _vocabulary(language), _stemmer(language)
    start, end = spans
    words = [text[start[i] : end[i]] for i in missing.values()]
    spelled = _folded(" ".join(words)).split(" ")
    if len(spelled) != len(words):  # a letter may be folded to several words: "ﷺ"
        spelled = [_folded(word) for word in words]
    roots = [
        ("" if spelling.isalpha() else "".join(filter(str.isdigit, spelling)))
        or stem(spelling.removesuffix("'s"))
        for spelling in spelled
    ]
    hashes = b"".join([blake2b(root.encode(), digest_size=8).digest() for root in roots])
    vocabulary.add(dict(zip(missing, np.frombuffer(hashes, "<u8").tolist(), strict=True)))


def _folded(words: str) -> str:
    """Fold words as their hashes are: the stem must not hang on which spelling was met first."""
    straight = words.replace("’", "'")
    if straight.isascii() and straight.isprintable() and "&" not in straight:
        return straight.lower()
    return fold(words).codes.tobytes().decode("utf-32-le", "surrogatepass")
