"""An outlet's boilerplate, learned: paragraphs that recur in articles which are otherwise unlike.

A newsletter line, a disclaimer, a biography stand under stories that have nothing else in common.
A paragraph shared by two takes of one story, or by a story and its reprint, recurs too, but there
the rest of the articles is alike; such a paragraph is reuse, and is never called boilerplate.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.compiling import pays
from dedup.tables import CAPITAL, NUMBER, SPACELESS
from dedup.text.hashing import BASE, mix
from dedup.text.membership import held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from dedup.tables import Offsets, Pointers, TokenTable, Words

    Mask = NDArray[np.bool_]
    Shares = NDArray[np.float64]

#: Answers for pairs of articles, given by their numbers, how much they have in common, 0 to 1.
Likeness = Callable[["Offsets", "Offsets"], "Shares"]

_NUMBER_WORD = np.uint64(0x23)  # what every word with a digit counts as
_ALIKE = 0.3  # share of the smaller article from which two of one outlet may tell one story
_STRANGE = 0.15  # the same of two outlets, whose words for one story differ
_LONG_WORD = 6  # characters: with names, the words that tell what an article is about
_UNLIKE = 3  # articles, unlike one another, that show a paragraph to be boilerplate
_UNLIKE_BY_KEYS = (
    6  # the same, where only whole paragraphs were compared: edited copies seem unlike
)
_LONGEST_OF_TWO = 60  # words of a paragraph that two articles of one outlet may show to be:
#                       a longer one may as well be reuse of what the outlet wrote before
_RUN = 1 << 16  # words whose paragraphs are hashed at a time: their columns stay in the cache
_COLUMN_BITS = 32  # of the number of a cell of a table
_AT_ONCE = 1 << 13  # pairs of articles whose words are laid beside one another at a time
SAMPLE = 8  # articles of a paragraph that are compared with one another


def paragraph_keys(tokens: TokenTable, first: Pointers, last: Pointers) -> Words:
    """Return a hash of each paragraph's words in their order, all numbers being one word.

    Args:
        tokens: the words of all articles.
        first: for each paragraph, the row of its first word.
        last: the row after its last word; a paragraph without words has the key 0.

    """
    size = np.asarray(last - first, np.int64)
    keys = np.zeros(len(size), np.uint64)
    if pays(int(size.sum())):
        from dedup.text import kernels

        kernels.paragraph_keys((tokens.word, tokens.flags), first, last, _NUMBER_WORD, keys)
        return keys
    power = np.cumprod(np.full(int(size.max(initial=0)) + 1, BASE, np.uint64))
    ends = np.cumsum(size)
    cuts = np.searchsorted(ends, np.arange(_RUN, int(size.sum()), _RUN)).tolist()
    for a, b in pairwise([0, *cuts, len(size)]):
        worded = a + np.flatnonzero(size[a:b])
        row, begin = _rows(first[worded], size[worded])
        word = np.where(tokens.flags[row] & NUMBER, _NUMBER_WORD, tokens.word[row])
        word *= power[row - np.repeat(first[worded], size[worded])]
        keys[worded] = mix(np.add.reduceat(word, begin)) if len(worded) else 0
    return keys


def _rows(first: Pointers, size: Pointers) -> tuple[Pointers, Pointers]:
    """Return the rows of some runs, end to end, and where each run begins among them."""
    begin = np.cumsum(size) - size
    return np.arange(size.sum()) + np.repeat(first - begin, size), begin


def likeness(
    tokens: TokenTable, keys: Words, first: Pointers, last: Pointers, recurs: Mask | None = None
) -> Likeness:
    """Return a judge of how much of their vocabulary two articles share.

    Compared are the distinct names and long words, in scripts without spaces all characters, as a
    share of the article that has fewer; paragraphs that recur are left out, whatever they are.

    Args:
        tokens: the words of all articles.
        keys: of each paragraph, its key.
        first: for each paragraph, the row of its first word.
        last: the row after its last word.
        recurs: whether it stands anywhere else, where more is known than these articles.

    """
    recurs = (_recurs(keys) if recurs is None else recurs) & (first < last)
    before = np.searchsorted(first, tokens.indptr)  # the paragraphs that begin before an article

    def share(left: Offsets, right: Offsets) -> Shares:
        parts = [
            _in_common(*np.unique((left[part], right[part]), return_inverse=True))
            for part in (slice(at, at + _AT_ONCE) for at in range(0, len(left), _AT_ONCE))
        ]
        return np.concatenate([np.empty(0), *parts])

    def _in_common(asked: Offsets, pairs: Pointers) -> Shares:
        size = np.diff(tokens.indptr)[asked]
        row, begin = _rows(tokens.indptr[asked], size)
        telling = tokens.flags[row] & (CAPITAL | SPACELESS) > 0
        telling |= tokens.end[row] - tokens.start[row] >= _LONG_WORD
        held = np.diff(before)[asked]
        paragraph, _ = _rows(before[asked], held)
        shift = np.repeat(begin - tokens.indptr[asked], held)[recurs[paragraph]]
        paragraph = paragraph[recurs[paragraph]]
        telling &= ~_within(first[paragraph] + shift, last[paragraph] + shift, len(row))
        owner = np.repeat(np.arange(len(asked), dtype=np.int32), size)
        said = _incidence(owner[telling], tokens.word[row[telling]], len(asked))
        known = said.sum(axis=1)
        here, there = pairs.astype(np.int32).reshape(2, -1)
        shared: Shares = _shared(said, here, there) / np.minimum(known[here], known[there]).clip(1)
        return shared

    return share


def _recurs(keys: Words) -> Mask:
    """Return which keys stand more than once."""
    ordered = np.sort(keys)
    recurs = np.zeros(len(keys), bool)
    recurs[held(keys, ordered[1:][ordered[1:] == ordered[:-1]])] = True
    return recurs


def _within(first: Pointers, last: Pointers, size: int) -> Mask:
    """Return which of ``size`` rows lie in one of some paragraphs."""
    edges = np.zeros(size + 1, np.int8)
    edges[first] += 1
    edges[last] -= 1
    return np.cumsum(edges[:-1], dtype=np.int8) > 0


class _Recurring(NamedTuple):
    """The paragraphs that stand in several articles, and a sample of these, sorted by outlet.

    ``sample[k]`` are article numbers, -1 where there are fewer.
    """

    key: Words
    words: NDArray[np.int64]
    sample: Offsets


class _Pairs(NamedTuple):
    """Two articles of one sample, and how much they share besides the paragraph in question."""

    row: Pointers
    first: Pointers
    second: Pointers
    share: Shares


def boilerplate(
    keys: Words,
    article: Offsets,
    publisher: Sequence[str],
    words: Offsets,
    alike: Likeness | None = None,
) -> Mask:
    """Return which paragraphs are boilerplate.

    A paragraph is that recurs in three articles of which any two are unlike: they share little of
    their other paragraphs, by words, and of their vocabulary. A short one is as well that recurs in
    two of one outlet which share hardly anything.

    Args:
        keys: of each paragraph, its key (`paragraph_keys`).
        article: the number of the article that it stands in, ascending.
        publisher: of each article, its outlet; empty where it is not known.
        words: of each paragraph, how many words it has; 0 for those that are known to be
            furniture and so neither count nor are asked about.
        alike: see `likeness`. Without it the edited copies of one story look unlike, and so
            twice as many articles are needed.

    """
    outlets = np.asarray(publisher, dtype=np.str_)
    outlet = np.unique(outlets, return_inverse=True)[1]
    needed = _UNLIKE_BY_KEYS if alike is None else _UNLIKE
    outlet[outlets == ""] = -1
    recurring = _promising(_recurring(keys, article, words, outlet), outlet, needed)
    if not len(recurring.key):
        return np.zeros(len(keys), bool)
    sampled = np.zeros(len(outlets), bool)
    sampled[recurring.sample[recurring.sample >= 0]] = True
    told = (words > 0) & sampled[article]
    table = _incidence(article[told], keys[told], len(outlets), words[told])
    pairs = _pairs(recurring, table, alike)
    left = recurring.sample[pairs.row, pairs.first]
    right = recurring.sample[pairs.row, pairs.second]
    of_one = (outlet[left] == outlet[right]) & (outlet[left] >= 0)
    unlike = pairs.share < np.where(of_one, _ALIKE, _STRANGE)
    found = _mutually_unlike(recurring.sample, pairs, unlike).sum(axis=1) >= needed
    if alike is not None:
        short = recurring.words[pairs.row] <= _LONGEST_OF_TWO
        found[pairs.row[of_one & short & (pairs.share < _STRANGE)]] = True
    return np.isin(keys, recurring.key[found]) & (words > 0)


def _recurring(
    keys: Words, article: Offsets, words: Offsets, outlet: NDArray[np.int64]
) -> _Recurring:
    """Find the keys that more than one article has, and sample these evenly."""
    counted = np.flatnonzero((words > 0) & (keys != 0) & _recurs(keys))
    order = counted[np.lexsort((article[counted], outlet[article[counted]], keys[counted]))]
    key, holder = keys[order], article[order]
    fresh = np.ones(len(order), bool)
    fresh[1:] = (key[1:] != key[:-1]) | (holder[1:] != holder[:-1])
    order, key, holder = order[fresh], key[fresh], holder[fresh]
    starts = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, int)
    size = np.diff(np.append(starts, len(key)))
    starts, size = starts[size > 1], size[size > 1]
    taken = np.minimum(size, SAMPLE)[:, None]
    column = np.arange(SAMPLE)
    at = starts[:, None] + np.minimum(column, taken - 1) * size[:, None] // taken
    sample = np.where(column < taken, holder[at], -1)
    return _Recurring(key[starts], words[order[starts]].astype(np.int64), sample)


def _promising(recurring: _Recurring, outlet: NDArray[np.int64], needed: int) -> _Recurring:
    """Leave out what so few articles have that they cannot show it to be boilerplate."""
    sample = recurring.sample
    house = np.where(sample >= 0, outlet[sample], -1)
    of_one = (house[:, 1:] == house[:, :-1]) & (house[:, 1:] >= 0)
    kept = of_one.any(axis=1) | ((sample >= 0).sum(axis=1) >= needed)
    return _Recurring(*(column[kept] for column in recurring))


def _incidence(row: Offsets, value: Words, rows: int, weight: Offsets | None = None) -> csr_array:
    """Return a sparse table of which value stands in which row, with the weight of the value."""
    from scipy.sparse import csr_array

    values, column = np.unique(value, return_inverse=True)
    weighs = np.ones(len(values), np.int64)
    if weight is not None:
        weighs[column] = weight
    cell = np.sort(row.astype(np.int64) << _COLUMN_BITS | column)
    cell = cell[np.diff(cell, prepend=-1) > 0]
    row, column = cell >> _COLUMN_BITS, cell & ((1 << _COLUMN_BITS) - 1)
    return csr_array((weighs[column], (row, column)), shape=(rows, max(len(values), 1)))


def _shared(table: csr_array, left: Offsets, right: Offsets) -> NDArray[np.float64]:
    """Return the weight that the rows of each pair have in common."""
    root = table.astype(np.float64)
    root.data = np.sqrt(root.data)
    common: NDArray[np.float64] = root[left].multiply(root[right]).sum(axis=1)
    return common


def _pairs(recurring: _Recurring, table: csr_array, alike: Likeness | None) -> _Pairs:
    """Compare the articles of each sample with one another, every two of them once."""
    sample, articles = recurring.sample, table.shape[0]
    i, j = np.triu_indices(SAMPLE, 1)
    row, pair = np.nonzero(sample[:, j] >= 0)
    first, second = i[pair], j[pair]
    both = sample[row, first].astype(np.int64) * articles + sample[row, second]
    pairs, back = np.unique(both, return_inverse=True)
    left, right = (pairs // articles).astype(np.int32), (pairs % articles).astype(np.int32)
    total = table.sum(axis=1)
    own = recurring.words[row]
    others = np.minimum(total[left], total[right])[back] - own
    share = (_shared(table, left, right)[back] - own) / np.maximum(others, 1)
    share[others <= 0] = 1  # nothing else stands there: one text, published again
    if alike is not None:
        share = np.maximum(share, alike(left, right)[back])
    return _Pairs(row, first, second, share)


def _mutually_unlike(sample: Offsets, pairs: _Pairs, unlike: Mask) -> Mask:
    """Choose, in each sample, articles of which any two are unlike."""
    like = np.zeros((len(sample), SAMPLE, SAMPLE), bool)
    like[pairs.row, pairs.first, pairs.second] = ~unlike
    chosen = sample >= 0
    for column in range(1, SAMPLE):
        chosen[:, column] &= ~(like[:, :column, column] & chosen[:, :column]).any(axis=1)
    return chosen
