"""Words and runs of words as numbers: a polynomial over what they are made of, mixed.

All polynomials of a row of code points come from one running sum (Karp & Rabin 1987, with the
powers divided out): that of a word is the difference of two sums.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Base of all polynomial hashes (odd, so that it has an inverse), and the multiplier of `mix`.
BASE = 0x9E3779B97F4A7C15
MIXER = 0xD6E8FEB86659FD93
_MODULUS = 1 << 64
_INVERSE = pow(BASE, -1, _MODULUS)

#: Leading bits of a hash by which lists of words are indexed.
LEADING_BITS = 16

#: Code points of the longest word that is hashed in one go.
SHORT = 16

#: Code points summed up at a time, as long as no word is longer; powers are kept for so many.
_RUN = 1 << 18


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread 64-bit values so that any of their bits may be used alone."""
    shift, multiplier = np.uint64(32), np.uint64(MIXER)
    mixed = values >> shift
    mixed ^= values
    mixed *= multiplier
    mixed ^= mixed >> shift
    mixed *= multiplier
    mixed ^= mixed >> shift
    return mixed


def hash_words(
    codes: NDArray[np.uint32],
    start: NDArray[np.int64] | NDArray[np.int32],
    end: NDArray[np.int64] | NDArray[np.int32],
) -> NDArray[np.uint64]:
    """Return mix(sum of code i times BASE**i), the first code point of the word being 0.

    Args:
        codes: the code points.
        start: where each word begins, ascending.
        end: where it ends.

    """
    if len(codes) <= _RUN:
        return mix(_polynomials(codes, start, end))
    cuts = np.flatnonzero(np.diff(start // _RUN)) + 1
    hashes = np.empty(len(start), np.uint64)
    for first, last in pairwise(sorted({0, *cuts.tolist(), len(start)})):
        own, origin = slice(first, last), start[first]
        run = codes[origin : end[last - 1]]
        hashes[own] = _polynomials(run, start[own] - origin, end[own] - origin)
    return mix(hashes)


@cache
def short_powers() -> NDArray[np.uint64]:
    """Return in row i the first i powers of BASE, filled up with 0, for words up to SHORT."""
    powers = np.tri(SHORT + 1, SHORT, -1, np.uint64) * _powers(BASE, SHORT)
    powers.flags.writeable = False
    return powers


def _polynomials(
    codes: NDArray[np.uint32],
    start: NDArray[np.int64] | NDArray[np.int32],
    end: NDArray[np.int64] | NDArray[np.int32],
) -> NDArray[np.uint64]:
    """Return of each word the sum of code i times BASE**i: BASE**start too many, divided out."""
    sums = np.empty(len(codes) + 1, np.uint64)
    sums[0], sums[1:] = 0, codes
    sums[1:] *= _powers(BASE, len(codes))
    np.cumsum(sums, out=sums)
    found: NDArray[np.uint64] = sums.take(end)
    found -= sums.take(start)
    found *= _powers(_INVERSE, len(sums)).take(start)
    return found


def _powers(base: int, size: int) -> NDArray[np.uint64]:
    """Return base**0 … base**(size - 1) modulo 2**64."""
    return _kept_powers(base)[:size] if size <= _RUN + 1 else _make_powers(base, size)


@cache
def _kept_powers(base: int) -> NDArray[np.uint64]:
    return _make_powers(base, _RUN + 1)


def _make_powers(base: int, size: int) -> NDArray[np.uint64]:
    powers = np.ones(size, np.uint64)
    done = 1
    while done < size:
        fresh = powers[done : 2 * done]
        np.multiply(powers[: len(fresh)], np.uint64(pow(base, done, _MODULUS)), out=fresh)
        done *= 2
    powers.flags.writeable = False
    return powers
