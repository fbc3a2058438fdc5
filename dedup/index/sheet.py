"""One sheet of the register: the keys of some articles, sorted, and what must be known of each.

The articles stand in the order of their times, so that of those who have a key the first is the
earliest. A sheet is never changed. A large one stands in a file that is mapped, so that memory
holds of it what the system likes; at the end of the file stands its checksum.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from dedup.candidates import by_key, changes, spans
from dedup.compiling import pays
from dedup.index.sieve import CHANNELS, SHIFT, Sieve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Numbers = NDArray[np.int64]
    Column = NDArray[np.generic]
    Printed = tuple[str, str]

#: What a file begins with, bytes of its checksum, and of the name of a version of an article.
_MARK, _SUM, STAMP = b"dedup keys 3\n\0\0\0", 16, 16
#: Bytes that are read at a time.
_BYTES = 1 << 22
#: The first key that each channel could have.
_FIRSTS = np.arange(CHANNELS, dtype=np.uint64) << SHIFT
#: The columns of a file, each of which begins at a multiple of so many bytes.
_ALIGNED = 8
_TYPES: Mapping[str, type[np.generic]] = {
    "ids": np.uint8,
    "begin": np.int64,
    "stamp": np.uint8,
    "when": np.float64,
    "house": np.int32,
    "cells": np.uint8,
    "parts": np.int64,
    "key": np.uint64,
    "first": np.uint32,
    "place": np.uint32,
}


class UnsoundError(Exception):
    """A file is not what was written."""


class Listed(NamedTuple):
    """An article as a sheet lists it.

    Attributes:
        name: its id.
        stamp: names the version, `STAMP` bytes.
        when: what articles are ordered by, before their ids.
        printed: its publisher's key and its host (`pipeline.outlets.printed`).

    """

    name: bytes
    stamp: bytes
    when: float
    printed: Printed


class Sheet:
    """The keys of some articles, which are known by their places in it.

    Attributes:
        key: all keys, each once, in ascending order.
        place: who has each key, in ascending order, in the rows from its ``first`` to the next's.
        alive: which articles still are what they were; `let` changes it.
        whole: whether all are.
        path: the file; None where it stands in memory.

    """

    def __init__(
        self, columns: Mapping[str, Column], printed: Sequence[Printed], path: Path | None = None
    ) -> None:
        self._columns = columns
        self.printed = tuple(printed)
        self.path = path
        self.key = cast("Keys", columns["key"])
        self.first = cast("NDArray[np.uint32]", columns["first"])
        self.place = cast("NDArray[np.uint32]", columns["place"])
        self.when = cast("NDArray[np.float64]", columns["when"])
        self.house = cast("NDArray[np.int32]", columns["house"])
        self.stamp = cast("NDArray[np.uint8]", columns["stamp"]).reshape(-1, STAMP)
        cells = cast("NDArray[np.uint8]", columns["cells"])
        self._sieve = Sieve(cells, cast("Numbers", columns["parts"]))
        self._bounds = np.append(np.searchsorted(self.key, _FIRSTS), len(self.key))
        for column in columns.values():
            column.flags.writeable = False  # as in a file
        self.alive, self.whole = np.ones(len(self.when), bool), True
        self._counted: tuple[int, int, Counter[Printed]] | None = None

    @classmethod
    def of(cls, listed: Sequence[Listed], keys: Keys, places: NDArray[np.int64]) -> Sheet:
        """Make a sheet of articles; ``places`` say of each key which of them has it."""
        told = sorted(range(len(listed)), key=lambda n: listed[n].when)
        now = np.empty(len(told), np.int64)
        now[told] = np.arange(len(told))
        known = {one: n for n, one in enumerate(dict.fromkeys(one.printed for one in listed))}
        rows = [listed[n] for n in told]
        names = [one.name for one in rows]
        columns: dict[str, Column] = {
            "ids": np.frombuffer(b"".join(names), np.uint8),
            "begin": np.cumsum([0, *map(len, names)], dtype=np.int64),
            "stamp": np.frombuffer(b"".join(one.stamp for one in rows), np.uint8),
            "when": np.array([one.when for one in rows], np.float64),
            "house": np.array([known[one.printed] for one in rows], np.int32),
        }
        order = np.argsort(now[places].astype(np.uint32), kind="stable")
        order = order[by_key(keys[order])]
        return cls(columns | each_once(keys[order], now[places[order]]), [*known])

    def __len__(self) -> int:
        """How many articles it lists, whether they still are what they were or not."""
        return len(self.when)

    def name(self, place: int) -> bytes:
        """The id of an article."""
        begin, end = self._columns["begin"][place : place + 2].tolist()
        return self._columns["ids"][begin:end].tobytes()

    @property
    def names(self) -> tuple[NDArray[np.uint8], Numbers]:
        """The ids of all articles, end to end, and how long each is."""
        begin = cast("Numbers", self._columns["begin"])
        return cast("NDArray[np.uint8]", self._columns["ids"]), np.diff(begin)

    def rows(self, keys: Keys) -> tuple[Numbers, Numbers, Numbers]:
        """Say where some keys stand: the key's number, its first row, how many there are."""
        if pays(len(keys)):
            from dedup.index import kernels

            found = np.empty((3, len(keys)), np.int64)
            sieve = (self._sieve.cells, self._sieve.begin, self._sieve.shifts)
            count = kernels.rows(keys, (self.key, self.first, self._bounds), sieve, found)
            return found[0, :count], found[1, :count], found[2, :count]
        asked = self._sieve.passed(keys)
        row = np.searchsorted(self.key, keys[asked])
        inside = row < len(self.key)
        asked, row = asked[inside], row[inside]
        same = self.key[row] == keys[asked]
        asked, row = asked[same], row[same]
        first, end = self.first[row].astype(np.int64), self.first[row + 1].astype(np.int64)
        return asked, first, end - first

    def sizes(self, begin: int, end: int) -> Numbers:
        """Say how many have each key from one on, to before another."""
        first = self.first[begin : end + 1].astype(np.int64)
        return first[1:] - first[:-1]

    def holders(self, first: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
        """Say who has some keys, by their rows: the number of the key, the place of the article."""
        place = self.place[spans(first, sizes)].astype(np.int64)
        alive = self.alive[place]
        return np.repeat(np.arange(len(first)), sizes)[alive], place[alive]

    def earliest(self, first: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
        """Say how many have some keys, by their rows, and the place of the earliest, or -1."""
        if self.whole:
            return sizes, self.place[first].astype(np.int64)
        found = np.empty((2, len(first)), np.int64)
        if pays(int(sizes.sum())):
            from dedup.index import kernels

            kernels.earliest((first, sizes), self.place, self.alive, found)
            return found[0], found[1]
        named, place = self.holders(first, sizes)
        found[0], found[1] = np.bincount(named, minlength=len(first)), -1
        found[1, named[::-1]] = place[::-1]
        return found[0], found[1]

    def held(self, keys: Keys, known: NDArray[np.bool_]) -> None:
        """Say which of some keys anybody has, beside those that are known already."""
        if self.whole and pays(len(keys)):
            from dedup.index import kernels

            sieve = (self._sieve.cells, self._sieve.begin, self._sieve.shifts)
            kernels.held(keys, (self.key, self._bounds), sieve, known)
            return
        asked, first, sizes = self.rows(keys)
        known[asked[self.holders(first, sizes)[0]]] = True

    def let(self, places: Sequence[int], *, alive: bool) -> None:
        """Say of some articles whether they still are what they were."""
        if len(places):
            self.alive[places], self._counted = alive, None
            self.whole = bool(self.alive.all())

    @property
    def counted(self) -> tuple[int, int, Counter[Printed]]:
        """How many articles still are what they were, their stamps in one number, their houses."""
        if self._counted is None:
            alive = np.ascontiguousarray(self.stamp[self.alive]).view("<u8").reshape(-1, 2)
            low, high = np.bitwise_xor.reduce(alive, axis=0).tolist() if len(alive) else (0, 0)
            times = np.bincount(self.house[self.alive], minlength=len(self.printed))
            printed = Counter(dict(zip(self.printed, times.tolist(), strict=True)))
            self._counted = len(alive), high << 64 | low, +printed
        return self._counted

    def save(self, path: Path, made_by: str) -> Sheet:
        """Write it into a file, which is there whole or not at all, and map that.

        Raises:
            OSError: where it cannot be written.

        """
        sizes = {name: len(cells) for name, cells in self._columns.items()}
        said = {"made_by": made_by, "printed": self.printed, "sizes": sizes}
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        digest = blake2b(digest_size=_SUM)
        try:
            with part.open("wb") as file:
                for data in _laid_out(json.dumps(said).encode("ascii"), self._columns):
                    digest.update(data)
                    file.write(data)
                file.write(digest.digest())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        saved = Sheet.open(path, made_by)
        saved.alive, saved.whole = self.alive, self.whole
        return saved

    @classmethod
    def open(cls, path: Path, made_by: str) -> Sheet:
        """Map a file.

        Raises:
            UnsoundError: where it is not what was written, or what others made.
            OSError: where it cannot be read.

        """
        if path.stat().st_size < len(_MARK) + _ALIGNED + _SUM:
            raise UnsoundError
        data = np.asarray(np.memmap(path, np.uint8, "r"))  # a view costs less than a map's slices
        last = len(data) - _SUM
        digest = blake2b(digest_size=_SUM)
        for at in range(0, last, _BYTES):
            digest.update(data[at : min(at + _BYTES, last)].data)
        begin = len(_MARK) + _ALIGNED
        if digest.digest() != data[last:].tobytes() or data[: len(_MARK)].tobytes() != _MARK:
            raise UnsoundError
        size = int.from_bytes(data[len(_MARK) : begin].tobytes(), "little")
        said = json.loads(data[begin : begin + size].tobytes())
        if said["made_by"] != made_by:
            raise UnsoundError
        columns: dict[str, Column] = {}
        at = begin + size
        for name, kind in _TYPES.items():
            end = at + said["sizes"][name] * np.dtype(kind).itemsize
            columns[name] = data[at:end].view(kind)
            at = _aligned(end)
        return cls(columns, [(publisher, host) for publisher, host in said["printed"]], path)


def each_once(keys: Keys, places: NDArray[np.int64]) -> dict[str, Column]:
    """Make the columns of some keys, with their sieve.

    Args:
        keys: in ascending order.
        places: of the articles that have them, those of one key in ascending order.

    """
    begins = np.flatnonzero(changes(keys))
    return sieved(keys[begins]) | {
        "first": np.append(begins, len(keys)).astype(np.uint32),
        "place": places.astype(np.uint32),
    }


def sieved(keys: Keys) -> dict[str, Column]:
    """Make the column of keys, each of which is there once, and those of their sieve."""
    sieve = Sieve.of(keys)
    return {"key": keys, "cells": sieve.cells, "parts": sieve.begin}


def _laid_out(said: bytes, columns: Mapping[str, Column]) -> Iterator[bytes]:
    """Yield a file bit by bit, but for its checksum."""
    room = _aligned(len(said))
    yield _MARK + room.to_bytes(_ALIGNED, "little") + said.ljust(room)
    for name in _TYPES:
        data = columns[name].view(np.uint8)
        for at in range(0, len(data), _BYTES):
            yield data[at : at + _BYTES].tobytes()
        yield bytes(_aligned(len(data)) - len(data))


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
