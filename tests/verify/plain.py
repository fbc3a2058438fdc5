"""Slow, plain versions of what verification measures: loops and dictionaries, seen to be right."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import combinations
from math import log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.verify import Reading

Matrix = list[list[float]]


def sentences(reading: Reading, column: str = "stem") -> list[list[int]]:
    """A reading's stems (or another column), sentence by sentence."""
    rows: list[int] = getattr(reading, column).tolist()
    ends = reading.indptr.tolist()
    return [rows[ends[i] : ends[i + 1]] for i in range(len(ends) - 1)]


def weights(reading: Reading) -> dict[int, float]:
    """What each stem weighs: the least of its spellings' weights."""
    out: dict[int, float] = {}
    for stem, weight in zip(reading.stem.tolist(), reading.weight.tolist(), strict=True):
        out[stem] = min(weight, out.get(stem, weight))
    return out


def vector(words: Sequence[int], weight: dict[int, float]) -> dict[int, float]:
    return {word: n * weight[word] for word, n in Counter(words).items()}


def length(one: dict[int, float]) -> float:
    return sqrt(sum(value * value for value in one.values()))


def cosine(one: dict[int, float], two: dict[int, float]) -> float:
    product = sum(value * two.get(word, 0.0) for word, value in one.items())
    return product / max(length(one) * length(two), 1e-9)


def dice(one: Sequence[int], two: Sequence[int]) -> float:
    return 2.0 * len(set(one) & set(two)) / (len(one) + len(two))


def trigrams(words: Sequence[int]) -> set[tuple[int, ...]]:
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


def runs(a: Sequence[int], b: Sequence[int], common: int) -> set[tuple[int, int, int]]:
    """Maximal equal stretches of three words or more; a too common trigram of b counts for none."""
    often = Counter(tuple(b[j : j + 3]) for j in range(len(b) - 2))
    seeds = {
        (i, j)
        for i in range(len(a) - 2)
        for j in range(len(b) - 2)
        if tuple(a[i : i + 3]) == tuple(b[j : j + 3]) and often[tuple(b[j : j + 3])] <= common
    }
    out = set()
    for i, j in seeds:
        if (i - 1, j - 1) not in seeds:
            size = 0
            while (i + size, j + size) in seeds:
                size += 1
            out.add((i, j, size + 2))
    return out


def gain(a: Reading, b: Reading) -> Matrix:
    """How much of each sentence of a is in each of b; a stem in few sentences of b counts more."""
    theirs = [set(sentence) for sentence in sentences(b)]
    weight = weights(a)

    def value(word: int) -> float:
        spread = sum(word in sentence for sentence in theirs)
        return weight[word] * log((1 + len(theirs)) / max(spread, 1))

    return [
        [
            sum(value(w) for w in own if w in other) / max(sum(map(value, own)), 1e-9)
            for other in theirs
        ]
        for own in sentences(a)
    ]


def best_alignment(gains: Matrix) -> float:
    """The most that any monotone one-to-one alignment gains: all of them are tried."""
    rows, columns = len(gains), len(gains[0])
    return max(
        sum(gains[i][j] for i, j in zip(left, right, strict=True))
        for size in range(min(rows, columns) + 1)
        for left in combinations(range(rows), size)
        for right in combinations(range(columns), size)
    )


def monotone(gains: Matrix, columns: Sequence[int]) -> float:
    """The same by recursion, the columns in the order given."""

    @cache
    def best(i: int, j: int) -> float:
        if i < 0 or j < 0:
            return 0.0
        return max(best(i - 1, j), best(i, j - 1), best(i - 1, j - 1) + gains[i][columns[j]])

    return best(len(gains) - 1, len(columns) - 1)


def longest_rising(columns: Sequence[Sequence[int]]) -> int:
    """The longest strictly rising choice of one column from each of some rows, in order."""

    @cache
    def best(row: int, above: int) -> int:
        if row == len(columns):
            return 0
        taken = (1 + best(row + 1, c) for c in columns[row] if c > above)
        return max([best(row + 1, above), *taken])

    return best(0, -1)
