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


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    """The stemmer of a language; PyStemmer does the work where it is installed."""
    if language not in _SNOWBALL:
        return str
    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer(_SNOWBALL[language]).stemWord
    return stem


@cache
def _vocabulary(language: str) -> dict[int, int]:
    """Word hash → stem hash, filled as words are met: each word of a language is stemmed once."""
    del language
    return {}


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
    known = _vocabulary(language)
    hashes = word.tolist()
    try:
        return np.array([known[w] for w in hashes], np.uint64)
    except KeyError:
        _learn(text, {w: i for i, w in enumerate(hashes) if w not in known}, (start, end), language)
    return np.array([known[w] for w in hashes], np.uint64)


def _learn(
    text: str,
    missing: dict[int, int],
    spans: tuple[NDArray[np.int32], NDArray[np.int32]],
    language: str,
) -> None:
    """Stem the words met for the first time: their hashes, each with a place where it stands."""
    known, stem = _vocabulary(language), _stemmer(language)
    start, end = spans
    for w, i in missing.items():
        # Folded as the hash is: the stem must not hang on which spelling was met first.
        spelling = "".join(map(chr, fold(text[start[i] : end[i]]).codes.tolist()))
        figure = "".join(filter(str.isdigit, spelling))
        root = figure or stem(spelling.removesuffix("'s"))
        known[w] = int.from_bytes(blake2b(root.encode(), digest_size=8).digest(), "little")
