"""Texts → words with their offsets and hashes, many articles in one pass (docs/engine.md, "Words").

A word is a run of letters, marks and digits with inner apostrophes; in scripts written without
spaces each character is one. Its hash is a polynomial over the folded code points, mixed.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.compiling import pays
from dedup.tables import CAPITAL, NUMBER, SPACELESS
from dedup.text import characters
from dedup.text.characters import (
    APOSTROPHE,
    FEED,
    MARK,
    RARE,
    WORD,
    encode,
    having,
    look_up,
)
from dedup.text.columns import Filling
from dedup.text.fold import fold, may_spell, read
from dedup.text.hashing import hash_words, short_powers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from dedup.tables import TokenTable
    from dedup.text.columns import Rows
    from dedup.text.fold import Reading


#: Code points worked on at a time: the columns of a chunk stay in the second-level cache.
_CHUNK = 3 << 16

#: Code points to a word, the space included, by which the work is judged.
_WORD_LENGTH = 6

#: Room is made for so many words more, one of that many, or at least so many: making more of it
#: later means a copy.
_MORE, _FEWEST = 5, 64


#: What has one of these class bits may need reading.
_READ = np.uint8(RARE | MARK)

#: Classes looked at in one go, as one number, and the bits in it that are looked for.
_EIGHT = 8
_RARE_EIGHTS, _SPACELESS_EIGHTS = np.frombuffer(
    bytes([_READ] * _EIGHT + [SPACELESS] * _EIGHT), np.uint64
)

#: Line feeds after the last article, fewer than eight left away: more than a word that is no long
#: one has code points.
_BEYOND = 24


class _Chunk(NamedTuple):
    """Articles end to end, each after a line feed; ``begin[i]`` is where the i-th begins."""

    begin: NDArray[np.int64]
    classes: NDArray[np.uint8]
    codes: NDArray[np.uint32]
    rare: NDArray[np.int64]  #: where what may need reading stands


class _Words(NamedTuple):
    """The words of a chunk: where they begin and end in it, and their flags."""

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    flags: NDArray[np.uint8]
    lines: NDArray[np.int64]  #: the row of the first word after each line feed


class _Found(NamedTuple):
    """The words of some texts, not yet hashed."""

    texts: slice
    chunk: _Chunk
    readings: dict[int, Reading]  #: of the texts that change by being read
    words: _Words


def tokenize(texts: Sequence[str], threads: int = 1) -> TokenTable:
    """Return the words of each text, in order, with code-point offsets into the text as given.

    Args:
        texts: the texts.
        threads: how many work on them; what they find is the same.

    """
    return tokenize_lines(texts, threads)[0]


def tokenize_lines(texts: Sequence[str], threads: int = 1) -> tuple[TokenTable, NDArray[np.int64]]:
    """Return the words of each text, and the row of the first word of each line that has any.

    Args:
        texts: the texts.
        threads: how many work on them; what they find is the same.

    """
    begin = _begins(texts)
    expected = int(begin[-1]) // _WORD_LENGTH
    compiled = pays(expected)
    filling = Filling[_Found](expected + max(expected // _MORE, _FEWEST))
    sizes, lines = np.zeros(len(texts) + 1, np.int64), []
    chunks = enumerate(pairwise(_cuts(begin)))  # each thread takes the next one that is left

    def work(_: int) -> None:
        for number, own in chunks:
            found = _find(texts, slice(*own), begin, compiled=compiled)
            for some, rows, first in filling.given(number, found, len(found.words.start)):
                indptr = _put_compiled(some, rows) if compiled else _put(some, rows)
                sizes[1:][some.texts] = indptr[1:] - indptr[:-1]
                lines.append(some.words.lines + first)
                _map_back(some.readings, indptr, rows)

    if threads == 1:
        work(0)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, range(threads)))
    ends = np.concatenate([*sorted(lines, key=lambda own: own[0]), [filling.size]])
    filled = ends[1:] != ends[:-1]  # lines without words begin where the next one does
    return filling.table(sizes.cumsum()), ends[:-1][filled]


def rows_at(
    tokens: TokenTable, article: NDArray[np.int32], place: NDArray[np.int64] | NDArray[np.int32]
) -> NDArray[np.int64]:
    """Return the row of the first word of each article that begins at a place or after it.

    It is the row past the article's last word where none does.

    Args:
        tokens: the words.
        article: one of the articles for each place.
        place: offset in its text.

    """
    low, high = tokens.indptr[article], tokens.indptr[1:][article]
    if pays(len(low)):
        from dedup.text import kernels

        kernels.advance(tokens.start, place, low, high)
        return low
    filled = np.flatnonzero(low < high)
    row, left, wanted = low[filled], (high - low)[filled], place[filled]
    while left.max(initial=0) > 1:
        half = left // 2
        row += half * (tokens.start[row + half - 1] < wanted)
        left -= half
    row += tokens.start[row] < wanted
    low[filled] = row
    return low


def word_hash(words: Iterable[str]) -> NDArray[np.uint64]:
    """Return the hash of each word as `tokenize` gives it; the words hold no line feed."""
    codes = fold("\n".join(["", *words, ""])).codes
    breaks = np.flatnonzero(codes == ord("\n"))
    return hash_words(codes, breaks[:-1] + 1, breaks[1:])


def _begins(texts: Sequence[str]) -> NDArray[np.int64]:
    """Return where each text begins, and one after the last would, a line feed before each."""
    begin = np.ones(len(texts) + 1, np.int64)
    begin[1:] += np.fromiter(map(len, texts), np.int64, len(texts))
    return begin.cumsum()


def _cuts(begin: NDArray[np.int64]) -> list[int]:
    """Return at which texts to cut, so that each run of them is just long enough."""
    if begin[-1] <= _CHUNK:
        return [0, len(begin) - 1]
    inner = np.searchsorted(begin, np.arange(_CHUNK, begin[-1], _CHUNK))
    return sorted({0, *inner.tolist(), len(begin) - 1})


def _find(texts: Sequence[str], own: slice, begin: NDArray[np.int64], *, compiled: bool) -> _Found:
    """Read those of some texts that need it, and find the words."""
    begin = begin[own.start : own.stop + 1]
    chunk = _join(texts[own], begin - (begin[0] - 1), compiled=compiled)
    readings = _readings(texts[own], chunk)
    if readings:
        chunk = _with_readings(chunk, readings, compiled=compiled)
    words = (_find_compiled if compiled else _find_words)(chunk)
    return _Found(own, chunk, readings, words)


def _with_readings(chunk: _Chunk, readings: dict[int, Reading], *, compiled: bool) -> _Chunk:
    """Put what was read in the place of its texts."""
    items = sorted(readings)
    texts = [readings[item].text for item in items]
    read = _join(texts, _begins(texts), compiled=compiled)
    lengths, at = np.diff(chunk.begin), 0
    codes, classes = [], []
    for item, first, end in zip(items, read.begin[:-1], read.begin[1:], strict=True):
        for source, piece in (
            (chunk, slice(at, chunk.begin[item])),
            (read, slice(first, end - 1)),
        ):
            codes.append(source.codes[piece])
            classes.append(source.classes[piece])
        lengths[item], at = end - first, chunk.begin[item + 1] - 1
    begin = np.cumsum([1, *lengths])
    rest, beyond = slice(at, chunk.begin[-1]), _beyond(begin)
    codes += [chunk.codes[rest], chunk.codes[-1:].repeat(beyond)]
    classes += [chunk.classes[rest], chunk.classes[-1:].repeat(beyond)]
    return _Chunk(begin, np.concatenate(classes), np.concatenate(codes), chunk.rare)


def _map_back(readings: dict[int, Reading], indptr: NDArray[np.int64], rows: Rows) -> None:
    """Map the places of words back to the texts as they were given."""
    for item, reading in readings.items():
        own = slice(indptr[item], indptr[item + 1])
        rows.start[own] = reading.start[rows.start[own]]
        rows.end[own] = reading.end[rows.end[own] - 1]


def _join(texts: Sequence[str], begin: NDArray[np.int64], *, compiled: bool) -> _Chunk:
    """Look up all code points of the texts, and of some line feeds after them."""
    text = "\n".join(["", *texts, "\n" * _beyond(begin)])
    if compiled:
        return _Chunk(begin, *_look_up_compiled(text))
    classes, codes = look_up(encode(text))
    return _Chunk(begin, classes, codes, _rare(classes))


def _beyond(begin: NDArray[np.int64]) -> int:
    """Return how many line feeds come after the last text: the whole is a multiple of eight."""
    return _BEYOND - int(begin[-1]) % _EIGHT


def _rare(classes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return where anything stands that may need reading."""
    eights = np.flatnonzero((classes.view(np.uint64) & _RARE_EIGHTS) != 0)
    if len(eights) == 0:
        return eights
    rare: NDArray[np.int64] = (eights[:, None] * _EIGHT + np.arange(_EIGHT)).ravel()
    return rare[having(classes[rare], _READ)]


def _readings(texts: Sequence[str], chunk: _Chunk) -> dict[int, Reading]:
    """Read the texts that hold anything rare, and give back those that change by it."""
    rare = chunk.rare
    if len(rare) == 0:
        return {}
    items = np.searchsorted(chunk.begin, rare, side="right") - 1
    lone = chunk.codes[rare] == ord("&")
    needy = set(items[~lone].tolist())
    places = rare - chunk.begin[items]
    for item, place in zip(items[lone].tolist(), places[lone].tolist(), strict=True):
        if item not in needy and may_spell(texts[item], place):
            needy.add(item)
    return {item: reading for item in needy if (reading := read(texts[item])) is not None}


def _find_words(chunk: _Chunk) -> _Words:
    """Find the words of a chunk, with NumPy."""
    edges = _edges(chunk.classes)
    start, end = edges[0::2].astype(np.int32), edges[1::2].astype(np.int32)
    lines = start.searchsorted(having(chunk.classes, FEED).nonzero()[0].astype(np.int32))
    return _Words(start, end, _flags(chunk.classes, start), lines)


def _put(found: _Found, rows: Rows) -> NDArray[np.int64]:
    """Hash words and put them in their rows, with NumPy; return the first row of each text."""
    start, end, flags, _ = found.words
    begin = found.chunk.begin.astype(np.int32)
    indptr = start.searchsorted(begin)
    origin = begin[:-1].repeat(indptr[1:] - indptr[:-1])
    np.subtract(start, origin, out=rows.start)
    np.subtract(end, origin, out=rows.end)
    rows.word[:] = hash_words(found.chunk.codes, start, end)
    rows.flags[:] = flags
    return indptr


def _edges(classes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return where each word begins and ends, by turns."""
    within = having(classes, WORD)
    spaced = classes & (WORD | SPACELESS) == WORD
    within[1:-1] |= (classes[1:-1] == APOSTROPHE) & spaced[:-2] & spaced[2:]
    edge = np.zeros(len(classes), bool)
    np.not_equal(within[1:], within[:-1], out=edge[1:])
    if not (classes.view(np.uint64) & _SPACELESS_EIGHTS).any():
        return np.flatnonzero(edge)
    spaceless, cut = having(classes, SPACELESS), np.zeros(len(classes), bool)
    cut[1:] = (spaceless[1:] | spaceless[:-1]) & within[1:] & within[:-1]
    cut &= ~having(classes, MARK)
    edges = np.flatnonzero(edge | cut)
    return np.repeat(edges, cut[edges] + 1)


def _flags(classes: NDArray[np.uint8], start: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Return what each word takes over from its first character, and whether it holds a digit."""
    flags: NDArray[np.uint8] = classes.take(start)
    flags &= CAPITAL | SPACELESS | NUMBER
    digit = having(classes, NUMBER)
    later = (digit[1:] > digit[:-1]) & having(classes[:-1], WORD | APOSTROPHE)
    flags[np.searchsorted(start, np.flatnonzero(later) + 1, side="right") - 1] |= NUMBER
    return flags


def _look_up_compiled(
    text: str,
) -> tuple[NDArray[np.uint8], NDArray[np.uint32], NDArray[np.int64]]:
    """Look up the class bits and the lowered code points, and where those stand that are rare."""
    from dedup.text import word_kernels

    table, codes = characters.table(), encode(text)
    classes = np.empty(len(codes), np.uint8)
    if not word_kernels.look_up(codes, table.cells, classes):
        table.prepare(encode(text))
        return _look_up_compiled(text)
    return classes, codes, word_kernels.having(classes, _READ)


def _find_compiled(chunk: _Chunk) -> _Words:
    """Do what `_find_words` does, in compiled loops."""
    from dedup.text import word_kernels

    return _Words(*word_kernels.find_words(chunk.classes))


def _put_compiled(found: _Found, rows: Rows) -> NDArray[np.int64]:
    """Do what `_put` does, in compiled loops."""
    from dedup.text import word_kernels

    start, end, flags, _ = found.words
    rows.flags[:] = flags
    chunk, columns = found.chunk, (rows.start, rows.end, rows.word)
    return word_kernels.put_words(chunk.begin, chunk.codes, (start, end), short_powers(), columns)
