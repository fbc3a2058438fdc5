"""A sieve for many short strings at once: where in a text one of them may stand.

Every four letters in a row are hashed together and looked up in one table (Karp & Rabin 1987), so
that a text is passed over once, whatever the number of strings; only where the first letters of one
of them stand is anything compared. Letters and digits of Latin-1 are taken as they are, and all
else for a blank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

Sifted = list[tuple[int, bytes]]  #: places, and the eight letters that stand there

SHORT: Final = 4  #: letters that are hashed together
LONG: Final = 8
_BITS: Final = 18  #: of a hash: few heads share one, and the table stays in a cache
_SHIFT: Final = np.uint32(32 - _BITS)
#: Odd multipliers: of the first look at four letters, of a head's first four and of its next.
_GRAM: Final = np.uint32(0x9E3779B1)
_HEAD: Final = np.uint32(0x85EBCA6B)
_NEXT: Final = np.uint32(0xC2B2AE35)
_BLANK: Final = ord(" ")
_LETTERS: Final = bytes(byte if chr(byte).isalnum() else _BLANK for byte in range(256))
#: Every letter that a head may have.
ALPHABET: Final = "".join(sorted(set(_LETTERS.decode("latin-1"))))


class Sieve:
    """Sets of heads, looked for together.

    A head is the first eight `letters_of` a string, or its first four. It may begin with a blank.
    """

    def __init__(self, *sets: AbstractSet[bytes]) -> None:
        every = _rows(head[:SHORT] for heads in sets for head in heads)
        self._grams = _table(every * _GRAM >> _SHIFT)
        self._sets = []
        for heads in sets:
            short = _rows(head for head in heads if len(head) == SHORT)
            long = _rows(head for head in heads if len(head) == LONG)
            as_short, _ = _hashes(short, short)
            _, as_long = _hashes(long[::2], long[1::2])
            self._sets.append((_table(as_short), _table(as_long)))

    def sift(self, text: str) -> list[Sifted]:
        """Give for each set where a head may stand, in order, and what stands there.

        The place is that of the head's first letter that is no blank. What only has the same hash
        as a head is given too.
        """
        letters = b" %b       " % letters_of(text)
        rows = np.ndarray((len(text) + SHORT + 1,), "<u4", letters, strides=(1,))
        # every hash is within the table: "wrap" spares the check
        places = self._grams.take(rows[:-SHORT] * _GRAM >> _SHIFT, mode="wrap").nonzero()[0]
        as_short, as_long = _hashes(rows[places], rows[places + SHORT])
        return [
            [
                (place - (letters[place] != _BLANK), letters[place : place + LONG])
                for place in places[short[as_short] | long[as_long]].tolist()
            ]
            for short, long in self._sets
        ]


def letters_of(text: str) -> bytes:
    """Give each code point as one byte: a letter or digit of Latin-1, or a blank."""
    return text.encode("latin-1", "replace").translate(_LETTERS)


def _rows(letters: Iterable[bytes]) -> NDArray[np.uint32]:
    """Give every four letters as one number."""
    return np.frombuffer(b"".join(letters), "<u4")


def _hashes(
    four: NDArray[np.uint32], next_four: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Hash eight letters as a short head, by the first four, and as a long one."""
    short = four * _HEAD
    return short >> _SHIFT, (short + next_four * _NEXT) >> _SHIFT


def _table(hashes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    table = np.zeros(1 << _BITS, np.bool_)
    table[hashes] = True
    return table
