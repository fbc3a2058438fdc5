"""A sieve for many short strings at once: where in a text one of them may stand.

Every four letters in a row are hashed together and looked up in one table (Karp & Rabin 1987), so
that a text is passed over once, whatever the number of strings; only where the first letters of one
of them stand is anything compared. Letters and digits of Latin-1 are taken as they are, and all
else for a blank.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from dedup.attribution.hashing import BITS, GRAM, HEAD, NEXT, SHIFT
from dedup.compiling import pays

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

Sifted = list[tuple[int, bytes]]  #: places, and the eight letters that stand there

SHORT: Final = 4  #: letters that are hashed together
LONG: Final = 8
_BLANK: Final = ord(" ")
_WORDS, _PIECES = 1, 2  #: the sets, as bits
_APART: Final = " " * LONG  #: between two texts, so that no head stands in both
_PIECE: Final = 1 << 14  #: letters looked at in one go: what is worked out of them stays in a cache
_WORD: Final = 6  #: letters in a word, roughly
_LETTERS: Final = bytes(byte if chr(byte).isalnum() else _BLANK for byte in range(256))
#: Every letter that a head may have.
ALPHABET: Final = "".join(sorted(set(_LETTERS.decode("latin-1"))))


class Sieve:
    """Two sets of heads, looked for together: of what begins a word, and of what may stand in one.

    A head is the first eight `letters_of` a string, or its first four. It may begin with a blank.
    """

    def __init__(self, words: AbstractSet[bytes], pieces: AbstractSet[bytes]) -> None:
        every = _rows(head[:SHORT] for head in words | pieces)
        self._grams = np.zeros(1 << BITS, np.bool_)
        self._grams[every * GRAM >> SHIFT] = True
        #: by the hash of a short head, and of a long one, the bits of the sets that may hold it
        self._heads = np.zeros((2, 1 << BITS), np.uint8)
        for bit, heads in ((_WORDS, words), (_PIECES, pieces)):
            short = _rows(head for head in heads if len(head) == SHORT)
            long = _rows(head for head in heads if len(head) == LONG)
            self._heads[0, _hashes(short, short)[0]] |= bit
            self._heads[1, _hashes(long[::2], long[1::2])[1]] |= bit

    def sift(self, texts: Sequence[str]) -> Iterator[tuple[Sifted, Sifted]]:
        """Give where a head may stand in each of some texts, for each set, and what stands there.

        The places are in order, and those of a head's first letter that is no blank. What only has
        the same hash as a head is given too. There is one text at least.
        """
        letters = letters_of(_APART.join(("", *texts, "")))
        begin = LONG + np.cumsum([0, *(len(text) + LONG for text in texts)])
        places, sets = self._places(letters)
        blank = np.frombuffer(letters, np.uint8) == _BLANK
        words = places[(sets & _WORDS > 0) & (blank[places] | blank[places - 1])]
        pieces = places[sets & _PIECES > 0]
        return zip(_cut(letters, words, begin), _cut(letters, pieces, begin), strict=True)

    def _places(self, letters: bytes) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """Give the places where eight letters may hold a head, and for each the bits of its sets.

        The last eight letters, which are blanks, are not looked at.
        """
        rows = np.ndarray((len(letters) - SHORT,), "<u4", letters, strides=(1,))
        fours, next_fours = rows[:-SHORT], rows[SHORT:]
        if pays(len(letters) // _WORD):
            from dedup.attribution import kernels

            places = np.empty(len(fours), np.int64)
            sets = np.empty(len(fours), np.uint8)
            count = kernels.sift(fours, next_fours, self._grams, self._heads, places, sets)
            return places[:count], sets[:count]
        some = [
            # every hash is within the table: "wrap" spares the check
            self._grams.take(fours[low : low + _PIECE] * GRAM >> SHIFT, mode="wrap").nonzero()[0]
            + low
            for low in range(0, len(fours), _PIECE)
        ]
        places = np.concatenate(some)
        short, long = _hashes(fours[places], next_fours[places])
        sets = self._heads[0, short] | self._heads[1, long]
        return places[sets > 0], sets[sets > 0]


def letters_of(text: str) -> bytes:
    """Give each code point as one byte: a letter or digit of Latin-1, or a blank."""
    return text.encode("latin-1", "replace").translate(_LETTERS)


def _cut(letters: bytes, places: NDArray[np.int64], begin: NDArray[np.int64]) -> Iterator[Sifted]:
    """Divide what was found in many texts among them."""
    bounds = places.searchsorted(begin - 1)
    blank = np.frombuffer(letters, np.uint8)[places] == _BLANK
    of_text = begin.searchsorted(places + 1, side="right") - 1
    within = (places + blank - begin[of_text]).tolist()
    heads = [letters[place : place + LONG] for place in places.tolist()]
    for low, high in pairwise(bounds.tolist()):
        yield list(zip(within[low:high], heads[low:high], strict=True))


def _rows(letters: Iterable[bytes]) -> NDArray[np.uint32]:
    """Give every four letters as one number."""
    return np.frombuffer(b"".join(letters), "<u4")


def _hashes(
    four: NDArray[np.uint32], next_four: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Hash eight letters as a short head, by the first four, and as a long one."""
    short = four * HEAD
    return short >> SHIFT, (short + next_four * NEXT) >> SHIFT
