"""Texts → words with their offsets and hashes, many articles in one pass (docs/engine.md, "Words").

A word is a run of letters, marks and digits with inner apostrophes; in scripts written without
spaces each character is one. Its hash is a polynomial over the folded code points, mixed.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.compiling import pays
from dedup.tables import CAPITAL, NUMBER, SPACELESS, TokenTable
from dedup.text import characters
from dedup.text.characters import APOSTROPHE, MARK, RARE, UNSEEN, WORD, encode, having, look_up
from dedup.text.fold import fold, may_spell, read
from dedup.text.hashing import hash_words, short_powers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Future

    from numpy.typing import NDArray

    from dedup.text.fold import Reading

#: Code points worked on at a time: the columns of a chunk stay in the second-level cache.
_CHUNK = 3 << 16

#: Chunks that a thread is given ahead: what was found in others is put in place meanwhile.
_AHEAD = 2

#: Code points to a word, the space included, by which the work is judged.
_WORD_LENGTH = 6

#: Room is made for so many words more, one of that many: making more of it later means a copy.
_MORE = 5


#: Classes looked at in one go, as one number, and the bits in it that are looked for.
_EIGHT = 8
_RARE_EIGHTS, _SPACELESS_EIGHTS = np.frombuffer(
    bytes([RARE | MARK] * _EIGHT + [SPACELESS] * _EIGHT), np.uint64
)

#: Line feeds after the last article, fewer than eight left away: more than a word that is no long
#: one has code points.
_BEYOND = 24


class _Chunk(NamedTuple):
    """Articles end to end, each after a line feed; ``begin[i]`` is where the i-th begins."""

    begin: NDArray[np.int64]
    classes: NDArray[np.uint8]
    codes: NDArray[np.uint32]


class _Words(NamedTuple):
    """The words of a chunk, as in a `TokenTable`."""

    indptr: NDArray[np.int64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    word: NDArray[np.uint64]
    flags: NDArray[np.uint8]


class _Rows:
    """The columns of a `TokenTable`, filled from the front; room that is not filled takes none."""

    def __init__(self, size: int) -> None:
        self._start, self._end = np.empty(size, np.int32), np.empty(size, np.int32)
        self._word, self._flags = np.empty(size, np.uint64), np.empty(size, np.uint8)
        self._counts = [0]
        self._filled = 0

    def add(self, words: _Words) -> None:
        """Put the words of a chunk at the end."""
        first, self._filled = self._filled, self._filled + len(words.word)
        self._counts += np.diff(words.indptr).tolist()
        if self._filled > len(self._word):
            self._resize(2 * self._filled)
        own = slice(first, self._filled)
        self._start[own], self._end[own] = words.start, words.end
        self._word[own], self._flags[own] = words.word, words.flags

    def table(self) -> TokenTable:
        """Give back the room that is left, and return the table."""
        self._resize(self._filled)
        indptr = np.cumsum(self._counts)
        return TokenTable(indptr, self._start, self._end, self._word, self._flags)

    def _resize(self, size: int) -> None:
        """Make room for so many rows, without a copy where the system can."""
        for column in (self._start, self._end, self._word, self._flags):
            column.resize(size, refcheck=False)


def tokenize(texts: Sequence[str], threads: int = 1) -> TokenTable:
    """Return the words of each text, in order, with code-point offsets into the text as given.

    Args:
        texts: the texts.
        threads: how many work on them; what they find is the same.

    """
    begin = _begins(texts)
    size = int(begin[-1]) // _WORD_LENGTH
    work = partial(_tokenize_chunk, compiled=pays(size))
    rows = _Rows(size + size // _MORE)
    chunks = pairwise(_cuts(begin))
    if threads == 1:
        for first, last in chunks:
            rows.add(work(texts[first:last], begin[first : last + 1]))
        return rows.table()
    given: deque[Future[_Words]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for first, last in chunks:
            given.append(pool.submit(work, texts[first:last], begin[first : last + 1]))
            if len(given) > _AHEAD * threads:
                rows.add(given.popleft().result())
        for words in given:
            rows.add(words.result())
    return rows.table()


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
    return hash_words(codes, np.repeat(breaks, 2)[1:-1] + np.tile([1, 0], len(breaks) - 1))


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


def _tokenize_chunk(texts: Sequence[str], begin: NDArray[np.int64], *, compiled: bool) -> _Words:
    """Read the texts that need it, find the words, and map their offsets back."""
    chunk = _join(texts, begin - (begin[0] - 1), compiled=compiled)
    readings = _readings(texts, chunk)
    if readings:
        spelled = list(texts)
        for item, reading in readings.items():
            spelled[item] = reading.text
        chunk = _join(spelled, _begins(spelled), compiled=compiled)
    words = _read_compiled(chunk) if compiled else _read_words(chunk)
    for item, reading in readings.items():
        own = slice(words.indptr[item], words.indptr[item + 1])
        words.start[own] = reading.start[words.start[own]]
        words.end[own] = reading.end[words.end[own] - 1]
    return words


def _join(texts: Sequence[str], begin: NDArray[np.int64], *, compiled: bool) -> _Chunk:
    """Look up all code points of the texts, and of some line feeds after them."""
    text = "\n".join(["", *texts, "\n" * (_BEYOND - int(begin[-1]) % _EIGHT)])
    return _Chunk(begin, *(_look_up_compiled(text) if compiled else look_up(encode(text))))


def _readings(texts: Sequence[str], chunk: _Chunk) -> dict[int, Reading]:
    """Read the texts that hold anything rare, and give back those that change by it."""
    eights = np.flatnonzero((chunk.classes.view(np.uint64) & _RARE_EIGHTS) != 0)
    if len(eights) == 0:
        return {}
    rare = (eights[:, None] * _EIGHT + np.arange(_EIGHT)).ravel()
    rare = rare[having(chunk.classes[rare], RARE | MARK)]
    items = np.searchsorted(chunk.begin, rare, side="right") - 1
    lone = chunk.codes[rare] == ord("&")
    needy = set(items[~lone].tolist())
    places = rare - chunk.begin[items]
    for item, place in zip(items[lone].tolist(), places[lone].tolist(), strict=True):
        if item not in needy and may_spell(texts[item], place):
            needy.add(item)
    return {item: reading for item in needy if (reading := read(texts[item])) is not None}


def _read_words(chunk: _Chunk) -> _Words:
    """Find the words of a chunk, with NumPy."""
    edges = _edges(chunk.classes)
    word = hash_words(chunk.codes, edges)
    start = edges[0::2].copy()
    flags = _flags(chunk.classes, start)
    indptr = np.searchsorted(start, chunk.begin)
    places, begin = edges.astype(np.int32), chunk.begin.astype(np.int32)
    origin = np.repeat(begin[:-1], np.diff(indptr))
    return _Words(indptr, places[0::2] - origin, places[1::2] - origin, word, flags)


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


def _flags(classes: NDArray[np.uint8], start: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return what each word takes over from its first character, and whether it holds a digit."""
    flags: NDArray[np.uint8] = classes.take(start)
    flags &= CAPITAL | SPACELESS | NUMBER
    digit = having(classes, NUMBER)
    later = (digit[1:] > digit[:-1]) & having(classes[:-1], WORD | APOSTROPHE)
    flags[np.searchsorted(start, np.flatnonzero(later) + 1, side="right") - 1] |= NUMBER
    return flags


def _look_up_compiled(text: str) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Look up the class bits and the lowered code points."""
    from dedup.text import word_kernels

    table, codes = characters.table(), encode(text)
    classes = np.empty(len(codes), np.uint8)
    word_kernels.look_up(codes, table.lowered, table.classes, classes)
    if classes.max() >= UNSEEN:
        table.prepare(encode(text))
        return _look_up_compiled(text)
    return classes, codes


def _read_compiled(chunk: _Chunk) -> _Words:
    """Do what `_read_words` does, in compiled loops."""
    from dedup.text import word_kernels

    found = word_kernels.read_words(chunk.begin, chunk.codes, chunk.classes, short_powers())
    return _Words(*found)
