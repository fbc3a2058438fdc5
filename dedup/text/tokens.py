"""Texts → words with their offsets and hashes, many articles in one pass (docs/engine.md, "Words").

A word is a run of letters, marks and digits with inner apostrophes; in scripts written without
spaces each character is one. Its hash is a polynomial over the folded code points, mixed: all
hashes of a chunk come from one running sum (Karp & Rabin 1987, with the powers divided out).
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.tables import CAPITAL, NUMBER, TokenTable
from dedup.tables import SPACELESS as SPACELESS_WORD
from dedup.text.fold import (
    APOSTROPHE,
    DIGIT,
    MARK,
    RARE,
    SPACELESS,
    UPPER,
    WORD,
    encode,
    fold,
    having,
    look_up,
    read,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.text.fold import Reading

#: Base of all polynomial hashes (odd, so that it has an inverse), and the multiplier of `mix`.
BASE = 0x9E3779B97F4A7C15
MIXER = 0xD6E8FEB86659FD93
_MODULUS = 1 << 64
_INVERSE = pow(BASE, -1, _MODULUS)

#: Code points worked on at a time: the columns of a chunk stay in the second-level cache.
_CHUNK = 1 << 17

#: Powers kept for reuse: enough for a chunk and the article that overflows it.
_TABLE = 1 << 18


class _Chunk(NamedTuple):
    """Articles end to end, each after a line feed; ``begin[i]`` is where the i-th begins."""

    begin: NDArray[np.int64]
    classes: NDArray[np.uint8]
    lowered: NDArray[np.uint32]
    readings: dict[int, Reading]


def tokenize(texts: Sequence[str]) -> TokenTable:
    """Return the words of each text, in order, with code-point offsets into the text as given."""
    tables = [_tokenize_chunk(chunk) for chunk in _chunks(texts)]
    return TokenTable.concatenate(tables) if tables else _tokenize_chunk([])


def word_hash(words: Iterable[str]) -> NDArray[np.uint64]:
    """Return the hash of each word as `tokenize` gives it; the words hold no line feed."""
    codes = fold("\n".join(["", *words, ""])).codes
    breaks = np.flatnonzero(codes == ord("\n"))
    return _hash(codes, breaks[:-1] + 1, breaks[1:])


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread 64-bit values so that any of their bits may be used alone."""
    shift, multiplier = np.uint64(32), np.uint64(MIXER)
    mixed = (values ^ (values >> shift)) * multiplier
    mixed ^= mixed >> shift
    mixed *= multiplier
    mixed ^= mixed >> shift
    return mixed


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    first = size = 0
    for index, text in enumerate(texts):
        size += len(text)
        if size >= _CHUNK:
            yield texts[first : index + 1]
            first, size = index + 1, 0
    if first < len(texts):
        yield texts[first:]


def _tokenize_chunk(texts: Sequence[str]) -> TokenTable:
    chunk = _prepare(texts)
    start, end = _bounds(chunk.classes)
    flags = _flags(chunk.classes, start)
    word = _hash(chunk.lowered, start, end)
    indptr = np.searchsorted(start, chunk.begin)
    origin = np.repeat(chunk.begin[:-1], np.diff(indptr))
    begins, ends = (start - origin).astype(np.int32), (end - origin).astype(np.int32)
    for item, reading in chunk.readings.items():
        own = slice(indptr[item], indptr[item + 1])
        begins[own] = reading.start[begins[own]]
        ends[own] = reading.end[ends[own] - 1]
    return TokenTable(indptr=indptr, start=begins, end=ends, word=word, flags=flags)


def _prepare(texts: Sequence[str]) -> _Chunk:
    """Look up all code points, after reading the texts that need it."""
    chunk = _join(texts, {})
    rare = np.flatnonzero(having(chunk.classes, RARE | MARK))
    items = np.unique(np.searchsorted(chunk.begin, rare, side="right") - 1).tolist()
    readings = {item: reading for item in items if (reading := read(texts[item])) is not None}
    return _join(texts, readings) if readings else chunk


def _join(texts: Sequence[str], readings: dict[int, Reading]) -> _Chunk:
    spelled = list(texts)
    for item, reading in readings.items():
        spelled[item] = reading.text
    begin = np.zeros(len(spelled) + 1, np.int64)
    np.cumsum([len(text) + 1 for text in spelled], out=begin[1:])
    classes, lowered = look_up(encode("\n".join(["", *spelled, ""])))
    return _Chunk(begin + 1, classes, lowered, readings)


def _bounds(classes: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each word begins and ends."""
    within = having(classes, WORD)
    inner = np.flatnonzero(having(classes, APOSTROPHE))
    if len(inner):
        spaced = classes & (WORD | SPACELESS) == WORD
        within[inner[spaced[inner - 1] & spaced[inner + 1]]] = True
    edges = np.flatnonzero(within[1:] != within[:-1]) + 1
    start, end = edges[0::2], edges[1::2]
    spaceless = having(classes, SPACELESS)
    if spaceless.any():
        fresh = spaceless[1:] | spaceless[:-1]
        fresh &= within[1:] & within[:-1] & ~having(classes[1:], MARK)
        cuts = np.flatnonzero(fresh) + 1
        start, end = np.sort(np.append(start, cuts)), np.sort(np.append(end, cuts))
    return start, end


def _flags(classes: NDArray[np.uint8], start: NDArray[np.int64]) -> NDArray[np.uint8]:
    first = classes[start]
    flags = CAPITAL * having(first, UPPER) | SPACELESS_WORD * having(first, SPACELESS)
    digits = np.flatnonzero(having(classes, DIGIT))
    flags[np.searchsorted(start, digits, side="right") - 1] |= NUMBER
    return flags.astype(np.uint8)


def _hash(
    codes: NDArray[np.uint32], start: NDArray[np.int64], end: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Return mix(sum of code i times BASE**i), the first code point of the word being 0.

    A long text is taken in runs of words, so that the powers need not reach to its end.
    """
    cuts = np.flatnonzero(np.diff(start // _CHUNK)) + 1
    edges = [0, *cuts.tolist(), len(start)]
    runs = [slice(first, last) for first, last in pairwise(edges) if first < last]
    hashes = np.empty(len(start), np.uint64)
    for run in runs:
        begin, finish = start[run], end[run]
        sums = _running_sum(codes[begin[0] : finish[-1]])
        begin, finish = begin - begin[0], finish - begin[0]
        hashes[run] = (sums[finish] - sums[begin]) * _powers(_INVERSE, len(sums))[begin]
    return mix(hashes)


def _running_sum(codes: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return, before each code point and after the last, the sum of code i times BASE**i."""
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.multiply(_powers(BASE, len(codes)), codes, out=sums[1:])
    return np.cumsum(sums, out=sums)


def _powers(base: int, size: int) -> NDArray[np.uint64]:
    """Return base**0 … base**(size - 1) modulo 2**64."""
    return _power_table(base)[:size] if size <= _TABLE else _make_powers(base, size)


@cache
def _power_table(base: int) -> NDArray[np.uint64]:
    return _make_powers(base, _TABLE)


def _make_powers(base: int, size: int) -> NDArray[np.uint64]:
    powers = np.ones(size, np.uint64)
    done = 1
    while done < size:
        fresh = powers[done : 2 * done]
        np.multiply(powers[: len(fresh)], np.uint64(pow(base, done, _MODULUS)), out=fresh)
        done *= 2
    powers.flags.writeable = False
    return powers
