"""Common runs of all candidate pairs at once: the first look at what two articles share.

Most candidate pairs tell of one subject and share nothing. The runs of words that both have, on
their bare hashes, say which pairs are worth a close look, long before sentences, stems and
quotations are worked out (seed and extend, as in sequence alignment; Wise 1993 for text).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from dedup.compiling import pays
from dedup.tables import RunTable
from dedup.verify.reading import COMMON, SEED, trigrams

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.tables import BodyTable

    Places = NDArray[np.int32]

#: Pairs aligned at a time; words, by the NumPy back end.
_BLOCK, _WORDS = 1 << 10, 1 << 18

#: Bits by which the cells that show which grams both sides hold are more than the grams.
_ROOM = 3

#: Keeps the grams of the left articles apart, and the halves of a number.
_APART, _HALF, _LOW = np.uint64(0xD6E8FEB86659FD93), np.int64(32), np.int64(0xFFFF_FFFF)

Cell = TypeVar("Cell", bound=np.generic)


def align(body: BodyTable, left: Places, right: Places, *, threads: int = 1) -> RunTable:
    """Find the common runs of each pair: three words or more, as long as they go, that tell.

    A run in which no word tells anything (function words, names, figures) is left away.

    Args:
        body: the counted words of all articles.
        left: an article of each pair; fast where equal ones stand together.
        right: the other of each pair.
        threads: blocks of pairs worked on at a time by the compiled back end.

    Returns:
        The runs of each pair, ordered by ``there`` and then by ``here``: where they begin, counted
        in words of the left (``here``) and of the right article (``there``), and their length.

    """
    blocks = [slice(at, at + _BLOCK) for at in range(0, len(left), _BLOCK)]

    def compiled(block: slice) -> RunTable:
        from dedup.verify import kernels

        columns = kernels.align(body.word, body.telling, body.indptr, left[block], right[block])
        return RunTable(*columns)

    def plain(block: slice) -> RunTable:
        return _align(body, left[block], right[block])

    work = compiled if pays(len(body.word)) else plain
    if threads == 1:
        parts = list(map(work, blocks))
    else:
        with ThreadPoolExecutor(threads) as pool:
            parts = list(pool.map(work, blocks))
    return RunTable.concatenate(parts) if parts else work(slice(0, 0))


def _align(body: BodyTable, left: Places, right: Places) -> RunTable:
    """Find the common runs in NumPy, of some pairs at a time."""
    size = np.diff(body.indptr)
    room = np.cumsum(size[left] + size[right])
    cuts = np.flatnonzero(np.diff(room // _WORDS)) + 1
    parts = zip(np.split(left, cuts), np.split(right, cuts), strict=True)
    return RunTable.concatenate([_align_some(body, *part) for part in parts])


def _align_some(body: BodyTable, left: Places, right: Places) -> RunTable:
    """Find the common runs of some pairs: the grams of all their articles are sorted together."""
    fresh = _changes(left)
    owner = np.cumsum(fresh) - 1  # which of the distinct left articles a pair has
    found = _seeds(body, left[fresh], right, owner)
    size = np.diff(body.indptr)
    # A line for each diagonal of each pair.
    line = np.cumsum(size[left] + size[right]) - size[right]
    place = (line[found.pair] + found.there - found.here) << _HALF | found.here
    place.sort()
    first = np.flatnonzero(np.diff(place, prepend=-1) != 1)
    length = np.diff(first, append=len(place)) + SEED - 1
    here, diagonal = place[first] & _LOW, place[first] >> _HALF
    pair = np.searchsorted(line - size[left], diagonal, side="right") - 1
    there = diagonal - line[pair] + here
    told, begin = _told(body, left[fresh])
    at = begin[owner[pair]] + here
    tells = np.flatnonzero(told[at + length] > told[at])
    # A place in the articles on the right, end to end, above one in the left article.
    order = tells[np.argsort((line[pair] + there << _HALF | here)[tells])]
    bounds = np.searchsorted(pair[order], np.arange(len(left) + 1))
    return RunTable(bounds, *(column[order].astype(np.int32) for column in (here, there, length)))


class _Found(NamedTuple):
    """Seeds: where they stand in the articles of a pair."""

    pair: NDArray[np.int64]
    here: NDArray[np.int64]
    there: NDArray[np.int64]


def _seeds(body: BodyTable, own: Places, right: Places, owner: NDArray[np.int64]) -> _Found:
    """Return the grams that pairs share, ``owner`` of ``own`` being the left article of each."""
    articles = np.concatenate((own, right))
    word, bounds = _end_to_end(body.word, body.indptr, articles)
    apart = np.concatenate((np.arange(len(own)), owner)).astype(np.uint64) * _APART
    gram = trigrams(word)
    holder = np.repeat(np.arange(len(articles)), np.diff(bounds))
    gram += np.repeat(apart, np.diff(bounds))[: len(gram)]
    entry, key = _alike(gram, _on_both_sides(gram, int(bounds[len(own)])))
    item = holder[entry]
    whole = entry + SEED <= bounds[item + 1]
    entry, key, item = entry[whole], key[whole], item[whole]
    first = np.flatnonzero(_changes(key))
    known = item < len(own)  # those of a left article stand before the others
    many = np.add.reduceat(known, first, dtype=np.int64) if len(first) else first
    many[many > COMMON] = 0
    group = np.cumsum(_changes(key)) - 1
    asked = np.flatnonzero(~known & (many[group] > 0))
    times = many[group[asked]]
    nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    one, other = np.repeat(first[group[asked]], times) + nth, np.repeat(asked, times)
    here, there = (entry[rows] - bounds[item[rows]] for rows in (one, other))
    return _Found(item[other] - len(own), here, there)


def _on_both_sides(keys: NDArray[np.uint64], first: int) -> NDArray[np.int64]:
    """Return the places of keys that may stand both before ``first`` and from there on.

    Most stand in one article alone, and a table of the leading bits of the others' keys shows it.
    """
    bits = _ROOM + first.bit_length()
    cell = (keys >> np.uint64(64 - bits)).view(np.int64)
    here, there = np.zeros(1 << bits, bool), np.zeros(1 << bits, bool)
    here[cell[:first]] = True
    others = first + np.flatnonzero(here[cell[first:]])
    there[cell[others]] = True
    return np.concatenate((np.flatnonzero(there[cell[:first]]), others))


def _alike(
    keys: NDArray[np.uint64], some: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return the places of the keys that stand more than once, equal ones together, as they stand.

    One number is sorted for each, its leading bits above its place; what else begins alike may come
    along.

    Args:
        keys: of which some are looked at.
        some: their places, ascending.

    """
    low = np.uint64((1 << len(keys).bit_length()) - 1)
    packed = keys[some] & ~low
    packed |= some.view(np.uint64)
    packed.sort()
    beside = np.zeros(len(packed) + 1, bool)
    np.less_equal(packed[1:] ^ packed[:-1], low, out=beside[1:-1])
    place = (packed[beside[1:] | beside[:-1]] & low).astype(np.int64)
    key = keys[place]
    order = np.lexsort((place, key)) if (key[1:] < key[:-1]).any() else slice(None)
    return place[order], key[order]


def _told(body: BodyTable, articles: Places) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return what the words up to each tell, articles end to end, and where these begin."""
    telling, bounds = _end_to_end(body.telling, body.indptr, articles)
    told = np.zeros(len(telling) + 1, np.int64)
    np.cumsum(telling, out=told[1:])
    return told, bounds


def _end_to_end(
    cells: NDArray[Cell], indptr: NDArray[np.int64], articles: Places
) -> tuple[NDArray[Cell], NDArray[np.int64]]:
    """Put the rows of some articles end to end, and say where those of each begin."""
    begin, end = indptr[articles], indptr[articles + 1]
    rows = zip(begin.tolist(), end.tolist(), strict=True)
    parts = [cells[first:last] for first, last in rows]
    bounds = np.zeros(len(parts) + 1, np.int64)
    np.cumsum(end - begin, out=bounds[1:])
    return np.concatenate([cells[:0], *parts]), bounds


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which values differ from the one before; the first does."""
    changes = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes
