"""The first letters of names: what a text is sifted for, and which names may begin there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dedup.attribution import names, sieve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TELLING = 3  #: letters of a first word that is looked for by itself
_BLANKS = re.compile(rb" +")
_WORD = re.compile(rb"[^ ]+")
_MOST_KEPT = 1 << 16


class Alike(NamedTuple):
    """Names that begin alike."""

    known: int  #: how many first letters they have in common, as they stand in a text
    tree: names.Tree  #: of the letters that follow

    @classmethod
    def of(cls, keys: Iterable[str], known: int) -> Alike:
        """Put names together."""
        return cls(known, names.tree(key[known:] for key in keys))


class Beginnings(dict[bytes, Alike | None]):
    """The names that may stand where eight letters do, worked out when these are first met.

    Only names that begin with a letter or digit of Latin-1 can be looked for by their beginnings.

    Attributes:
        heads: What a text has to be sifted for to find the names in it.

    """

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self.heads: set[bytes] = set()
        self._by_gram: dict[bytes, dict[str, bytes]] = {}
        for key in keys:
            letters = _squeezed(sieve.letters_of(key + " "))
            for head in _heads(key):
                self.heads.add(head)
                self._by_gram.setdefault(head[: sieve.SHORT], {})[key] = letters

    def sift(self, text: str) -> sieve.Sifted:
        """Give what a `Sieve` for the heads does, for a text too short to be worth one."""
        letters = b" %b       " % sieve.letters_of(text)
        return [
            (place + (letters[place : place + 1] == b" ") - 1, letters[place : place + sieve.LONG])
            for word in _WORD.finditer(letters)
            for place in (word.start() - 1, word.start())
            if letters[place : place + sieve.SHORT] in self._by_gram
        ]

    def __missing__(self, found: bytes) -> Alike | None:
        """Work out which names may begin with some letters; few of all letters are ever met."""
        letters = _squeezed(found.lstrip())
        keys = [
            key
            for key, begins in self._by_gram.get(found[: sieve.SHORT], {}).items()
            if begins.startswith(letters) or letters.startswith(begins)
        ]
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[found] = Alike.of(keys, len(letters.partition(b" ")[0])) if keys else None
        return self[found]


def _heads(key: str) -> Iterator[bytes]:
    """Give the heads that a name may have, however wide its gaps are.

    One whose first word is too short to be telling is looked for with the blank before it.
    """
    first = sieve.letters_of(key).split()[0]
    before = " " if len(first) < _TELLING else ""
    written = f"{key} "[: sieve.LONG - len(before)]
    length = sieve.LONG if len(before + written) == sieve.LONG else sieve.SHORT
    for spaced in _spaced(written):
        head = f"{before}{spaced}"[:length]
        for after in sieve.ALPHABET if len(head) < sieve.SHORT else [""]:
            yield sieve.letters_of(f"{head}{after}")


def _spaced(beginning: str) -> list[str]:
    """Give the beginning of a name with its gaps as wide as may be seen in so many letters."""
    first, *rest = beginning.split(" ")
    begun = [first]
    for word in rest:
        begun = [
            f"{before}{' ' * width}{word}"
            for before in begun
            for width in range(1, max(2, len(beginning) - len(before) + 1))
        ]
    return begun


def _squeezed(letters: bytes) -> bytes:
    return _BLANKS.sub(b" ", letters)
