"""How much a word tells: weights that do not depend on what else was read.

A shipped table per language says how frequent its words are in the language at large, so that a
score depends on the two texts compared and not on the corpus. ``tools/background.py`` makes the
tables from the ``wordfreq`` package (Speer 2022, doi:10.5281/zenodo.7199437).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.compiling import pays
from dedup.tables import NUMBER
from dedup.text.hashing import LEADING_BITS
from dedup.text.tokens import word_hash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

    from dedup.tables import TokenTable

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

#: The weight of a number: that of a word met once in a hundred thousand (Zipf 4 of 7.5, in nats).
NUMBER_WEIGHT = 8.06

#: A language is told by at least this many function words, this share of all words, and a
#: lead of this factor over the second language.
_LEAST_COUNT, _LEAST_SHARE, _LEAST_LEAD = 4, 0.08, 1.25

#: Words and articles worked on at a time: their columns stay in the second-level cache.
_WORDS, _RUN = 1 << 15, 64


@dataclass(frozen=True, eq=False)
class _WordList:
    """Sorted hashes, found by their leading bits and a step or two: they are evenly spread."""

    hash: NDArray[np.uint64]  #: and the greatest number after the last
    bucket: NDArray[np.int32]

    @classmethod
    def of(cls, hashes: NDArray[np.uint64]) -> _WordList:
        sizes = np.bincount(_leading_bits(hashes), minlength=1 << LEADING_BITS)
        bucket = (np.cumsum(sizes) - sizes).astype(np.int32)
        return cls(np.append(hashes, np.uint64(0xFFFF_FFFF_FFFF_FFFF)), bucket)

    def find(self, words: NDArray[np.uint64], *, compiled: bool = False) -> NDArray[np.int32]:
        """Return the row of each word; of those that are not listed, the one after the last."""
        rows = np.empty(len(words), np.int32)
        if compiled:
            from dedup.text import kernels

            kernels.find(words, self.hash, self.bucket, rows)
            return rows
        for first in range(0, len(words), _WORDS):
            own = slice(first, first + _WORDS)
            rows[own] = self._find(words[own])
        return rows

    def _find(self, words: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Go to the first row with the same leading bits, and on while the word lies behind."""
        row = self.bucket[_leading_bits(words)]
        ahead = np.flatnonzero(self.hash[row] < words)
        while len(ahead):
            row[ahead] += 1
            ahead = ahead[self.hash[row[ahead]] < words[ahead]]
        row[self.hash[row] != words] = len(self.hash) - 1
        return row


@dataclass(frozen=True, eq=False)
class Background:
    """The word weights of one language: of each word it knows, and last that of all others."""

    language: str
    version: str
    _words: _WordList
    _weight: NDArray[np.float32]
    _function: NDArray[np.bool_]

    @cached_property
    def _telling(self) -> NDArray[np.float32]:
        """The weights, function words having none."""
        return np.where(self._function, np.float32(0), self._weight)

    def weight(self, words: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Return how much each word tells, in nats, 0 to 13.8: its surprisal less a constant.

        It is (7.5 - max(zipf, 1.5)) ln 10; a word that the table lacks has the greatest weight.
        """
        return self._weight[self._words.find(words, compiled=pays(len(words)))]

    def function(self, words: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Return which words are function words of the language."""
        return self._function[self._words.find(words, compiled=pays(len(words)))]

    def weigh(
        self, words: NDArray[np.uint64], flags: NDArray[np.uint8], *, compiled: bool
    ) -> NDArray[np.float32]:
        """Return how much each word tells where function words tell nothing, and numbers alike."""
        weight = self._telling[self._words.find(words, compiled=compiled)]
        weight[flags & NUMBER > 0] = NUMBER_WEIGHT
        return weight


class _Languages(NamedTuple):
    """Every listed function word, and for each two languages whether it belongs to them.

    Two counts stand in one number, so that both are added up at once.
    """

    names: tuple[str, ...]
    words: _WordList
    belongs: tuple[NDArray[np.uint64], ...]


def background(language: str) -> Background:
    """Return the word weights of a language by its tag (``en``, ``pt-BR``), loaded once.

    A language without a table gets the generic one: of each word the greatest frequency that it
    has in any of the languages with a table.
    """
    primary = language.lower().replace("_", "-").partition("-")[0]
    return _load(primary if primary in LANGUAGES else GENERIC)


def weights(tokens: TokenTable, languages: Sequence[str]) -> NDArray[np.float32]:
    """Return how much each word of each article tells, by the article's language.

    A function word tells nothing, and one number as much as any other.
    """
    compiled = pays(len(tokens.word))
    tables = {tag: background(tag) for tag in set(languages)}
    weight = np.empty(len(tokens.word), np.float32)
    runs = groupby(enumerate(languages), lambda item: (item[0] // _RUN, tables[item[1]]))
    for (_, table), items in runs:
        places = [place for place, _ in items]
        own = slice(tokens.indptr[places[0]], tokens.indptr[places[-1] + 1])
        weight[own] = table.weigh(tokens.word[own], tokens.flags[own], compiled=compiled)
    return weight


def weights_in(
    language: str, words: NDArray[np.uint64], flags: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """Return how much some words of one language tell, as `weights` does."""
    return background(language).weigh(words, flags, compiled=pays(len(words)))


def guess_languages(tokens: TokenTable) -> list[str]:
    """Return of each article the language whose function words are most frequent.

    Where none leads, the language is unknown: nothing.
    """
    compiled = pays(len(tokens.word))
    items = len(tokens.indptr) - 1
    counts = np.concatenate(
        [_counts(tokens, first, compiled=compiled) for first in range(0, items or 1, _RUN)]
    )
    second, best = np.argsort(counts, axis=1, kind="stable")[:, -2:].T
    item = np.arange(items)
    least = np.maximum(_LEAST_COUNT, _LEAST_SHARE * np.diff(tokens.indptr))
    leads = counts[item, best] >= np.maximum(least, _LEAST_LEAD * counts[item, second])
    names = np.array(["", *_languages().names])
    found: list[str] = names[(best + 1) * leads].tolist()
    return found


def _counts(tokens: TokenTable, first: int, *, compiled: bool) -> NDArray[np.int64]:
    """Count the function words of each language in each article of a run."""
    languages = _languages()
    indptr = tokens.indptr[first : first + _RUN + 1]
    row = languages.words.find(tokens.word[indptr[0] : indptr[-1]], compiled=compiled)
    met = np.flatnonzero(row < len(languages.belongs[0]))
    begin = np.searchsorted(met, indptr - indptr[0])
    some = np.flatnonzero(np.diff(begin))
    counts = np.zeros((len(indptr) - 1, len(languages.names)), np.int64)
    if len(some):
        rows = row[met]
        pairs = [np.add.reduceat(pair.take(rows), begin[some]) for pair in languages.belongs]
        counts[some] = np.stack(pairs, axis=1).view(np.uint32)[:, : len(languages.names)]
    return counts


@cache
def _load(language: str) -> Background:
    with (_folder() / f"{language}.npy").open("rb") as file:
        table = np.load(file, allow_pickle=False)
    zipf = table["zipf"].astype(np.float32) / np.float32(ZIPF_STEPS)
    listed = function_words()
    own = LANGUAGES if language == GENERIC else (language,)
    functional = word_hash([word for name in own for word in listed[name]])
    every = np.union1d(table["hash"], functional)
    frequency = np.full(len(every) + 1, _ZIPF_FLOOR)
    frequency[np.searchsorted(every, table["hash"])] = zipf.clip(_ZIPF_FLOOR, _ZIPF_CEILING)
    return Background(
        language=language,
        version=f"{VERSION}:{language}",
        _words=_WordList.of(every),
        _weight=((_ZIPF_CEILING - frequency) * np.log(10)).astype(np.float32),
        _function=np.append(np.isin(every, functional), False),
    )


@cache
def _languages() -> _Languages:
    hashes = [word_hash(words) for words in function_words().values()]
    every = np.unique(np.concatenate(hashes))
    belongs = np.zeros((len(every), len(hashes) + len(hashes) % 2), np.uint32)
    for column, own in zip(belongs.T, hashes, strict=False):
        column[:] = np.isin(every, own)
    pairs = tuple(np.ascontiguousarray(pair) for pair in belongs.view(np.uint64).T)
    return _Languages(tuple(function_words()), _WordList.of(every), pairs)


@cache
def function_words() -> dict[str, tuple[str, ...]]:
    """Return the shipped function words of each language."""
    lists = tomllib.loads((_folder() / "function_words.toml").read_text(encoding="utf-8"))
    return {language: tuple(words.split()) for language, words in lists.items()}


def _folder() -> Traversable:
    return files("dedup.text") / "background"


def _leading_bits(hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    return (hashes >> np.uint64(64 - LEADING_BITS)).astype(np.int64)
