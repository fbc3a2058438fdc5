"""Texts → words with their offsets and hashes, many articles in one pass (docs/engine.md, "Words").

A word is a run of letters, marks and digits with inner apostrophes; in scripts written without
spaces each character is one. Its hash is a polynomial over the folded code points, mixed.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.compiling import pays
from dedup.tables import CAPITAL, NUMBER, SPACELESS, TokenTable
from dedup.text import characters
from dedup.text.characters import APOSTROPHE, MARK, RARE, UNSEEN, WORD, encode, having
from dedup.text.fold import fold, may_spell, read
from dedup.text.hashing import hash_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from numpy.typing import NDArray

    from dedup.text.fold import Reading

#: Code points worked on at a time: the columns of a chunk stay in the second-level cache.
_CHUNK = 1 << 17

#: Chunks that a thread is given ahead: what was found in others is put in place meanwhile.
_AHEAD = 8

#: Code points to a word, the space included, by which the work is judged.
_WORD_LENGTH = 6

#: Room is made for so many words more, one of that many: making more of it later means a copy.
_MORE = 5


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
    size = sum(map(len, texts)) // _WORD_LENGTH
    work = partial(_tokenize_chunk, compiled=pays(size))
    rows = _Rows(size + size // _MORE)
    if threads == 1:
        for chunk in _chunks(texts):
            rows.add(work(chunk))
        return rows.table()
    given: deque[Future[_Words]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for chunk in _chunks(texts):
            given.append(pool.submit(work, chunk))
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
    while len(asked := np.flatnonzero(low < high)):
        middle = (low[asked] + high[asked]) // 2
        before = tokens.start[middle] < place[asked]
        low[asked[before]] = middle[before] + 1
        high[asked[~before]] = middle[~before]
    return low


def word_hash(words: Iterable[str]) -> NDArray[np.uint64]:
    """Return the hash of each word as `tokenize` gives it; the words hold no line feed."""
    codes = fold("\n".join(["", *words, ""])).codes
    breaks = np.flatnonzero(codes == ord("\n"))
    return hash_words(codes, breaks[:-1] + 1, breaks[1:])


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the texts in runs that are just long enough, at least one of them."""
    first = size = 0
    for index, text in enumerate(texts):
        size += len(text)
        if size >= _CHUNK:
            yield texts[first : index + 1]
            first, size = index + 1, 0
    if first < len(texts) or not texts:
        yield texts[first:]


def _tokenize_chunk(texts: Sequence[str], *, compiled: bool) -> _Words:
    """Read the texts that need it, find the words, and map their offsets back."""
    chunk = _join(texts, compiled=compiled)
    readings = _readings(texts, chunk)
    if readings:
        spelled = list(texts)
        for item, reading in readings.items():
            spelled[item] = reading.text
        chunk = _join(spelled, compiled=compiled)
    words = _read_compiled(chunk) if compiled else _read_words(chunk)
    for item, reading in readings.items():
        own = slice(words.indptr[item], words.indptr[item + 1])
        words.start[own] = reading.start[words.start[own]]
        words.end[own] = reading.end[words.end[own] - 1]
    return words


def _join(texts: Sequence[str], *, compiled: bool) -> _Chunk:
    """Look up all code points of the texts."""
    begin = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) + 1 for text in texts], out=begin[1:])
    look_up = _classify_compiled if compiled else characters.look_up
    return _Chunk(begin + 1, *look_up(encode("\n".join(["", *texts, ""]))))


def _readings(texts: Sequence[str], chunk: _Chunk) -> dict[int, Reading]:
    """Read the texts that hold anything rare, and give back those that change by it."""
    rare = np.flatnonzero(having(chunk.classes, RARE | MARK))
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
    start, end = _bounds(chunk.classes)
    flags = _flags(chunk.classes, start)
    word = hash_words(chunk.codes, start, end)
    indptr = np.searchsorted(start, chunk.begin)
    origin = np.repeat(chunk.begin[:-1], np.diff(indptr))
    begins, ends = (start - origin).astype(np.int32), (end - origin).astype(np.int32)
    return _Words(indptr, begins, ends, word, flags)


def _bounds(classes: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each word begins and ends."""
    within = having(classes, WORD)
    inner = np.flatnonzero(classes == APOSTROPHE)
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
    """Return what each word takes over from its first character, and whether it holds a digit."""
    flags: NDArray[np.uint8] = classes.take(start)
    flags &= CAPITAL | SPACELESS
    digit = having(classes, NUMBER)
    last = np.flatnonzero(digit[:-1] & ~digit[1:])
    flags[np.searchsorted(start, last, side="right") - 1] |= NUMBER
    return flags


def _classify_compiled(
    codes: NDArray[np.uint32],
) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Look up the class bits; the code points stay, for the loop that hashes them lowers them."""
    from dedup.text import kernels

    table, classes = characters.table(), np.empty(len(codes), np.uint8)
    kernels.classify(codes, table.classes, classes)
    if classes.max() >= UNSEEN:
        table.prepare(codes)
        kernels.classify(codes, table.classes, classes)
    return classes, codes


def _read_compiled(chunk: _Chunk) -> _Words:
    """Do what `_read_words` does, in one compiled loop."""
    from dedup.text import kernels

    within, begins, ends = (np.empty(len(chunk.classes), bool) for _ in range(3))
    kernels.find_bounds(chunk.classes, within, begins, ends)
    size = int(np.count_nonzero(begins))
    start, end = np.empty(size + 1, np.int32), np.empty(size + 1, np.int32)
    word, flags = np.empty(size + 1, np.uint64), np.zeros(size + 1, np.uint8)
    indptr = np.empty(len(chunk.begin), np.int64)
    chars = chunk.codes, chunk.classes, begins, ends
    kernels.read_words(
        chunk.begin, chars, characters.table().lowered, indptr, (start, end, word, flags)
    )
    return _Words(indptr, start[:-1], end[:-1], word[:-1], flags[:-1])
