"""The compiled back end of the text room: plain loops, equal to the NumPy back end bit for bit.

Arrays named as results are given by the caller, so that a batch can use the same ones throughout.
Small constants are of the width of what they meet: in compiled code an unsigned number and a signed
one meet as floating-point numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup import tables
from dedup.compiling import kernel
from dedup.text import hashing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.uint8]
    Mask = NDArray[np.bool_]
    Codes = NDArray[np.uint32]
    Hashes = NDArray[np.uint64]
    Offsets = NDArray[np.int32]
    Pointers = NDArray[np.int64]

_BASE, _MIXER, _SHIFT = np.uint64(hashing.BASE), np.uint64(hashing.MIXER), np.uint64(32)
_TRAILING_BITS = np.uint64(64 - hashing.LEADING_BITS)
_NONE, _ONE = np.uint64(0), np.uint64(1)
_16 = np.uint32(16)
_LETTER_BITS, _LETTER = np.uint32(5), np.uint32(31)
_6, _12, _BIT = np.uint64(6), np.uint64(12), np.uint64(63)

#: Words that are hashed together.
_RUN = 1 << 11

_NUMBER, _QUOTED = np.uint8(tables.NUMBER), np.uint8(tables.QUOTED)


@kernel
def mix(value: np.uint64) -> np.uint64:
    """Spread a 64-bit value so that any of its bits may be used alone."""
    value ^= value >> _SHIFT
    value *= _MIXER
    value ^= value >> _SHIFT
    value *= _MIXER
    return value ^ value >> _SHIFT


@kernel
def advance(start: Offsets, place: Pointers | Offsets, low: Pointers, high: Pointers) -> None:
    """Move each lower row up to the first that begins at a place or after it, by halving."""
    for item in range(len(low)):
        first, last, wanted = low[item], high[item], place[item]
        while first < last:
            middle = (first + last) // 2
            if start[middle] < wanted:
                first = middle + 1
            else:
                last = middle
        low[item] = first


@kernel
def windows(words: Hashes, indptr: Pointers, size: int, hashes: Hashes) -> None:
    """Hash each run of ``size`` words, wherever items begin, and shorter items as a whole.

    Some runs, which stay in the first-level cache, grow by a word at a time together: the same is
    done to every number of a row.
    """
    runs = len(words) - size + 1
    for first in range(0, runs, _RUN):
        total, own = hashes[first : min(first + _RUN, runs)], words[first:]
        for place in range(len(total)):
            total[place] = own[place]
        for step in range(1, size):
            for place in range(len(total)):
                total[place] = total[place] * _BASE + own[place + step]
        for place in range(len(total)):
            total[place] = mix(total[place])
    for item in range(len(indptr) - 1):
        begin, end = indptr[item] - indptr[0], indptr[item + 1] - indptr[0]
        if 0 < end - begin < size:
            whole = _NONE
            for word in words[begin:end]:
                whole = whole * _BASE + word
            hashes[begin] = mix(whole)


@kernel
def runs_said(
    words: tuple[Hashes, Bits],
    items: tuple[Pointers, Mask],
    size: int,
    whole: bool,  # noqa: FBT001 - compiled functions know no other arguments
    runs: tuple[Hashes, Pointers],
) -> int:
    """Hash the runs of ``size`` words of some items; return how many there are.

    Hashes and marks are worked through one after the other, each in a loop without branches.

    Args:
        words: hash and flags of all words.
        items: where each item begins and the last ends, and which of them are looked at.
        size: words in a run.
        whole: whether the runs are wanted that are quoted throughout, or all others.
        runs: the results, hash and first row of each, with room for every word of the items.

    """
    word, flags = words
    indptr, wanted = items
    hashes, begin = runs
    found, power = 0, _ONE
    for _ in range(size - 1):
        power *= _BASE
    for item in range(len(indptr) - 1):
        first, last = indptr[item], indptr[item + 1]
        if not wanted[item] or last - first < size:
            continue
        total, quoted = _NONE, 0
        for row in range(first, first + size - 1):
            total = total * _BASE + word[row]
            quoted = quoted + 1 if flags[row] & _QUOTED else 0
        fresh = hashes[found : found + last - first - size + 1]
        for place in range(len(fresh)):
            total = total * _BASE + word[first + place + size - 1]
            fresh[place] = mix(total)
            total -= word[first + place] * power
        for place in range(len(fresh)):
            quoted = quoted + 1 if flags[first + place + size - 1] & _QUOTED else 0
            hashes[found] = fresh[place]
            begin[found] = first + place
            found += (quoted >= size) == whole
    return found


@kernel
def paragraph_keys(
    words: tuple[Hashes, Bits], first: Pointers, last: Pointers, number: np.uint64, keys: Hashes
) -> None:
    """Hash the words of each paragraph, ``number`` standing for all that hold a digit.

    Args:
        words: hash and flags of all words.
        first: where each paragraph begins.
        last: where it ends.
        number: what every number counts as.
        keys: the result.

    """
    word, flags = words
    for item in range(len(keys)):
        total, power = _NONE, _BASE
        for row in range(first[item], last[item]):
            total += (number if flags[row] & _NUMBER else word[row]) * power
            power *= _BASE
        keys[item] = mix(total)


@kernel
def find(words: Hashes, listed: Hashes, bucket: Offsets, rows: Offsets) -> None:
    """Find the row of each word in a list of sorted hashes, the last of which stands for all else.

    Args:
        words: what is looked for.
        listed: the list, the greatest number at its end.
        bucket: where the hashes begin that have the same leading bits, in the order of these.
        rows: the result.

    """
    for place in range(len(words)):
        word = words[place]
        row = bucket[word >> _TRAILING_BITS]
        while listed[row] < word:
            row += 1
        rows[place] = row if listed[row] == word else len(listed) - 1


@kernel
def bits_of(value: np.uint64) -> np.uint64:
    """The bits of its row of a sieve that a hash sets."""
    return _ONE << (value & _BIT) | _ONE << (value >> _6 & _BIT) | _ONE << (value >> _12 & _BIT)


@kernel
def sieve_of(hashes: Hashes, sieve: Hashes) -> Hashes:
    """Note hashes in a sieve: some bits, all in one row (Putze, Sanders & Singler 2007).

    It tells of most other hashes that they are not among these. It has a power of two of rows.
    """
    rows = np.uint64(len(sieve) - 1)
    for place in range(len(hashes)):
        value = hashes[place]
        sieve[value >> _SHIFT & rows] |= bits_of(value)
    return sieve


@kernel
def noted(hashes: Hashes, sieve: Hashes, found: Mask) -> None:
    """Say which hashes a sieve may have noted."""
    rows = np.uint64(len(sieve) - 1)
    for place in range(len(hashes)):
        bits = bits_of(hashes[place])
        found[place] = sieve[hashes[place] >> _SHIFT & rows] & bits == bits


@kernel
def sifted(fours: Codes, table: Bits, spread: np.uint32, places: Pointers) -> int:
    """Note where four letters stand whose hash is in a table; return how often.

    Args:
        fours: every four letters in a row, as one number.
        table: 1 for each hash that is wanted, 0 for the others.
        spread: what a number is multiplied by; its leading bits are the hash.
        places: the result, with room for one place more than there are numbers.

    """
    found = 0
    for place in range(len(fours)):
        places[found] = place
        found += int(table[np.uint32(fours[place] * spread) >> _16])
    return found


@kernel
def fours(codes: Codes, known: Mask, places: Pointers, found: Codes) -> int:
    """Note where four letters stand whose number is known, and the number; return how often.

    Args:
        codes: the code points of a text; of each its low bits are the letter.
        known: which numbers are.
        places: the first result, with a place for every code point.
        found: the second one.

    """
    count, four = 0, np.uint32(0)
    for place in range(len(codes)):
        four = (four << _LETTER_BITS | codes[place] & _LETTER) & np.uint32(len(known) - 1)
        if known[four] and place >= 3:  # noqa: PLR2004 - three letters stand before the last
            places[count], found[count] = place - 3, four
            count += 1
    return count
