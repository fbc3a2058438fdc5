"""How much a word tells: weights that do not depend on what else was read.

A shipped table per language says how frequent its words are in the language at large, so that a
score depends on the two texts compared and not on the corpus. ``tools/background.py`` makes the
tables from the ``wordfreq`` package (Speer 2022, doi:10.5281/zenodo.7199437).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.text.tokens import word_hash

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

#: Languages with a table of their own; all others share GENERIC.
LANGUAGES = ("en", "fr", "de", "es", "pt", "it")
GENERIC = "any"

#: Names the tables' content: raise it with every change of the data.
VERSION = "wordfreq-3.1.1/1"

#: A row of a table: the hash of a word and its Zipf frequency (log10 per thousand million words)
#: times ZIPF_STEPS. Rows are sorted by hash.
ROW = np.dtype([("hash", "<u8"), ("zipf", "u1")])
ZIPF_STEPS = 25

_ZIPF_CEILING, _ZIPF_FLOOR = 7.5, 1.5
_BUCKET_BITS = 16

#: A language is told by at least this many function words, this share of all words, and a
#: lead of this factor over the second language.
_LEAST_COUNT, _LEAST_SHARE, _LEAST_LEAD = 4, 0.08, 1.25


@dataclass(frozen=True, eq=False)
class _WordList:
    """Sorted hashes, found by their leading bits and a step or two: they are evenly spread."""

    hash: NDArray[np.uint64]
    bucket: NDArray[np.int32]
    depth: int

    @classmethod
    def of(cls, hashes: NDArray[np.uint64]) -> _WordList:
        sizes = np.bincount(_leading_bits(hashes), minlength=1 << _BUCKET_BITS)
        bucket = (np.cumsum(sizes) - sizes).astype(np.int32)
        beyond_all = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
        return cls(np.append(hashes, beyond_all), bucket, int(sizes.max()))

    def find(self, words: NDArray[np.uint64]) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """Return the row of each word, and whether it is there at all."""
        row = self.bucket[_leading_bits(words)]
        for _ in range(self.depth):
            row += self.hash[row] < words
        return row, self.hash[row] == words


@dataclass(frozen=True, eq=False)
class Background:
    """The word weights of one language."""

    language: str
    version: str
    _words: _WordList
    _weight: NDArray[np.float32]
    _function_words: _WordList

    def weight(self, words: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Return how much each word tells, in nats, 0 to 13.8: its surprisal less a constant.

        It is (7.5 - max(zipf, 1.5)) ln 10; a word that the table lacks has the greatest weight.
        """
        row, known = self._words.find(words)
        return self._weight[np.where(known, row, len(self._weight) - 1)]

    def function(self, words: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Return which words are function words of the language."""
        return self._function_words.find(words)[1]


class _Languages(NamedTuple):
    """Every listed function word and the languages it belongs to, ``[words, languages]``."""

    names: tuple[str, ...]
    words: _WordList
    belongs: NDArray[np.bool_]


def background(language: str) -> Background:
    """Return the word weights of a language by its tag (``en``, ``pt-BR``), loaded once.

    A language without a table gets the generic one: of each word the greatest frequency that it
    has in any of the languages with a table.
    """
    primary = language.lower().replace("_", "-").partition("-")[0]
    return _load(primary if primary in LANGUAGES else GENERIC)


def guess_language(words: NDArray[np.uint64]) -> str:
    """Return the language whose function words are most frequent, or nothing where none leads."""
    languages = _languages()
    row, known = languages.words.find(words)
    counts = languages.belongs[row[known]].sum(axis=0)
    second, best = np.argsort(counts, kind="stable")[-2:]
    least = max(_LEAST_COUNT, _LEAST_SHARE * len(words), _LEAST_LEAD * counts[second])
    return languages.names[best] if counts[best] >= least else ""


@cache
def _load(language: str) -> Background:
    with (_folder() / f"{language}.npy").open("rb") as file:
        table = np.load(file, allow_pickle=False)
    zipf = table["zipf"].astype(np.float32) / np.float32(ZIPF_STEPS)
    told = _ZIPF_CEILING - np.clip(np.append(zipf, 0), _ZIPF_FLOOR, _ZIPF_CEILING)
    listed = function_words()
    own = LANGUAGES if language == GENERIC else (language,)
    functional = [word for name in own for word in listed[name]]
    return Background(
        language=language,
        version=f"{VERSION}:{language}",
        _words=_WordList.of(np.ascontiguousarray(table["hash"])),
        _weight=(told * np.log(10)).astype(np.float32),
        _function_words=_WordList.of(np.unique(word_hash(functional))),
    )


@cache
def _languages() -> _Languages:
    listed = function_words()
    hashes = [np.unique(word_hash(words)) for words in listed.values()]
    every = np.unique(np.concatenate(hashes))
    belongs = np.stack([np.isin(every, own) for own in hashes], axis=1)
    return _Languages(tuple(listed), _WordList.of(every), belongs)


@cache
def function_words() -> dict[str, tuple[str, ...]]:
    """Return the shipped function words of each language."""
    lists = tomllib.loads((_folder() / "function_words.toml").read_text(encoding="utf-8"))
    return {language: tuple(words.split()) for language, words in lists.items()}


def _folder() -> Traversable:
    return files("dedup.text") / "background"


def _leading_bits(hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    return (hashes >> np.uint64(64 - _BUCKET_BITS)).astype(np.int64)
