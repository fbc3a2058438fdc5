"""The compiled back end of the channels: plain loops, equal to the NumPy back end bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_HIGH = np.uint64(32)


@kernel
def totals(words: NDArray[np.uint64], indptr: NDArray[np.int64], total: NDArray[np.uint64]) -> None:
    """Fill in what `dedup.candidates.identical.totals` says of each item."""
    for item in range(len(total)):
        own = words[indptr[item] : indptr[item + 1]]
        found = np.uint64(0)
        for place in range(len(own) - 1):
            found += own[place] * (own[place + 1] | np.uint64(1))
        total[item] = found + own[-1] if len(own) else found


@kernel
def met(
    keys: NDArray[np.uint64],
    bits: tuple[np.uint64, np.uint64],
    seen: NDArray[np.uint8],
    packed: NDArray[np.uint64],
) -> int:
    """Fill in the entries whose key another item may have too; count them. See `buckets.met`.

    There is no branch: which they are no processor can foresee.
    """
    low, shift = bits
    for item in range(len(keys)):
        cell = keys[item] >> shift
        seen[cell] = min(seen[cell] + 1, 2)
    kept = 0
    for item in range(len(keys)):
        packed[kept] = (keys[item] & ~low) | np.uint64(item)
        kept += seen[keys[item] >> shift] > 1
    return kept


@kernel
def keep_crowded(packed: NDArray[np.uint64], low: np.uint64) -> int:
    """Leave of sorted packed keys those that have a neighbour which begins alike; count them.

    There is no branch: most keys stand alone, and no processor can foresee which.
    """
    kept, before = 0, False
    for i in range(len(packed) - 1):
        beside = packed[i] ^ packed[i + 1] <= low
        packed[kept] = packed[i]
        kept += before | beside
        before = beside
    if before:
        packed[kept] = packed[-1]
        kept += 1
    return kept


@kernel
def collect(
    packed: NDArray[np.uint64],
    low: np.uint64,
    member: NDArray[np.int32],
    indptr: NDArray[np.int64],
) -> tuple[int, int]:
    """Fill in the buckets of two items or more of sorted entries; see `buckets.collect`.

    Returns how many buckets there are and how many members.
    """
    buckets, end, last = 0, 0, 0
    indptr[0] = 0
    while last < len(packed):
        first, begin = last, end
        while last < len(packed) and packed[last] ^ packed[first] <= low:
            if last == first or packed[last] != packed[last - 1]:
                member[end] = packed[last] & low
                end += 1
            last += 1
        if end - begin > 1:
            buckets += 1
            indptr[buckets] = end
        else:
            end = begin
    return buckets, end


@kernel
def link(
    indptr: NDArray[np.int64], member: NDArray[np.int32], cap: int, pairs: NDArray[np.uint64]
) -> None:
    """Fill in the pairs of `dedup.candidates.buckets.link`."""
    found = 0
    for bucket in range(len(indptr) - 1):
        begin, end = indptr[bucket], indptr[bucket + 1]
        for place in range(begin, end - 1 if end - begin <= cap else begin + 1):
            one = np.uint64(member[place]) << _HIGH
            for other in range(place + 1, end):
                pairs[found] = one | np.uint64(member[other])
                found += 1


@kernel
def post(
    hashes: NDArray[np.uint64],
    items: tuple[NDArray[np.int64], NDArray[np.int64], np.uint64],
    posted: tuple[int, np.uint64],
    low: np.uint64,
    packed: NDArray[np.uint64],
) -> int:
    """Fill in the entries of some articles, and return how many there are; see `postings._post`.

    Of an article with fewer shingles than ``posted`` says first all are, of others those up to the
    second. There is no branch: which they are no processor can foresee.
    """
    indptr, sizes, article = items
    few, bound = posted
    found = np.uint64(0)
    for item in range(len(sizes)):
        own = hashes[indptr[item] : indptr[item] + sizes[item]]
        greatest = bound if len(own) >= few else ~np.uint64(0)
        for shingle in own:
            packed[found] = (shingle & ~low) | article
            found += np.uint64(shingle <= greatest)
        article += np.uint64(1)
    return int(found)


@kernel
def settle(run: NDArray[np.uint64], low: np.uint64, keys: NDArray[np.uint64]) -> None:
    """Leave of packed keys that begin alike their places, in the order of the whole keys.

    Hardly any that begin alike differ, so they are sorted by insertion.
    """
    for i in range(len(run)):
        place, slot = run[i] & low, i
        while slot > 0 and keys[run[slot - 1]] > keys[place]:
            run[slot] = run[slot - 1]
            slot -= 1
        run[slot] = place


@kernel
def gather(
    packed: NDArray[np.uint64],
    low: np.uint64,
    entries: tuple[NDArray[np.uint64], NDArray[np.int32]],
    member: NDArray[np.int32],
    indptr: NDArray[np.int64],
) -> tuple[int, int]:
    """Fill in the buckets of two items or more, and leave of crowded packed keys their places.

    Returns how many buckets there are and how many members.
    """
    keys, items = entries
    buckets, end, last = 0, 0, 0
    indptr[0] = 0
    while last < len(packed):
        first = last
        while last < len(packed) and packed[last] ^ packed[first] <= low:
            last += 1
        settle(packed[first:last], low, keys)
        begin, key = end, keys[packed[first]]
        for i in range(first, last):
            place = packed[i]
            if keys[place] != key:
                if end - begin > 1:
                    begin = end
                    buckets += 1
                    indptr[buckets] = end
                end, key = begin, keys[place]
            if end == begin or items[place] != member[end - 1]:
                member[end] = items[place]
                packed[end] = place
                end += 1
        if end - begin > 1:
            buckets += 1
            indptr[buckets] = end
        else:
            end = begin
    return buckets, end


@kernel
def in_a_row(
    words: NDArray[np.uint64],
    indptr: NDArray[np.int64],
    weight: NDArray[np.float32],
    least: float,
    rows: tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.float32]],
) -> int:
    """Fill in the rows of `dedup.candidates.topics.in_a_row`, and return how many there are."""
    keys, articles, nats = rows
    content = np.empty(len(words) + 1, np.int64)
    found = 0
    for article in range(len(indptr) - 1):
        telling = 0
        for word in range(indptr[article], indptr[article + 1]):
            content[telling] = word
            telling += weight[word] >= least
        for i in range(1, telling):
            one, other = content[i - 1], content[i]
            key = words[one] * _GOLDEN + words[other]
            keys[found] = (key ^ (key >> _HIGH)) * _GOLDEN
            articles[found] = article
            nats[found] = weight[one] + weight[other]
            found += 1
    return found


@kernel
def meet(
    buckets: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.uint64]],
    rare: int,
    articles: tuple[int, int],
    bits: tuple[np.uint64, np.uint64],
    shared: NDArray[np.uint64],
) -> int:
    """Fill in what `dedup.candidates.topics` says that articles share, and return how much."""
    indptr, member, steps = buckets
    wide, narrow = bits
    found = 0
    for bucket in range(len(steps)):
        begin, end = indptr[bucket], indptr[bucket + 1]
        for place in range(begin + 1, end):
            if articles[0] <= member[place] < articles[1]:
                article = np.uint64(member[place]) << wide
                for earlier in range(begin, place if end - begin <= rare else begin + 1):
                    pair = article | np.uint64(member[earlier])
                    shared[found] = (pair << narrow) | steps[bucket]
                    found += 1
    return found


@kernel
def sums(numbers: NDArray[np.uint64], narrow: int, total: NDArray[np.int32]) -> int:
    """Leave of sorted numbers their distinct upper parts, and fill in the sums of the lower ones.

    Returns how many there are.
    """
    low = (np.uint64(1) << np.uint64(narrow)) - np.uint64(1)
    found = -1
    for number in numbers:
        part = number >> np.uint64(narrow)
        if found < 0 or part != numbers[found]:
            found += 1
            numbers[found] = part
            total[found] = 0
        total[found] += np.int32(number & low)
    return found + 1
