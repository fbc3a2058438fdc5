"""Paragraphs in datasketch's ``MinHashLSH`` on a Redis server, many at a time.

What datasketch asks one entry after the other is asked a table at a time, by the same tables.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dedup.candidates import to_datasketch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from datasketch import MinHashLSH
    from numpy.typing import NDArray
    from redis import ConnectionPool

    Row = NDArray[np.uint32]
    #: The signatures of an article's paragraphs, a row each.
    Signed = NDArray[np.uint32]

#: How signatures are cut: a paragraph of resemblance 0.9 is missed once in 9,000 times, one of 0.8
#: once in 40, and each costs two entries a band.
BANDS, ROWS = 12, 6
#: The resemblance from which a paragraph is named.
LEAST = 0.5
#: Paragraphs that are asked for at a time.
_ASKED = 1000


class Banded:
    """The tables of one store; whoever changes them holds its lock."""

    def __init__(self, pool: ConnectionPool, name: bytes) -> None:
        """Name the tables.

        Args:
            pool: of connections to the server.
            name: what the names of all tables begin with.

        """
        self._pool = pool
        self._name = name

    @cached_property
    def _lsh(self) -> MinHashLSH:
        from datasketch import MinHashLSH

        storage = {
            "type": "redis",
            "basename": self._name,
            "redis": {"connection_pool": self._pool},
        }
        return MinHashLSH(
            num_perm=BANDS * ROWS, params=(BANDS, ROWS), storage_config=storage, prepickle=False
        )

    def insert(self, paragraphs: Iterable[tuple[bytes, Row]]) -> None:
        """Lay paragraphs in, each under a name that was never used."""
        with self._lsh.insertion_session() as session:
            for name, row in paragraphs:
                session.insert(name, to_datasketch(row), check_duplication=False)

    def remove(self, names: Sequence[bytes]) -> None:
        """Take paragraphs out, as much of each as is there."""
        for some in _some(names):
            kept = self._lsh.keys.getmany(*some)
            for band, table in enumerate(self._lsh.hashtables):
                laid = [(at, parts[band]) for at, parts in zip(some, kept, strict=True) if parts]
                for at, found in laid:
                    table.remove_val(found, at, buffer=True)
                table.empty_buffer()
                bands = sorted({found for _, found in laid})
                for found, bucket in zip(bands, table.getmany(*bands), strict=True):
                    if not bucket:
                        table.remove(found, buffer=True)
                table.empty_buffer()
            self._lsh.keys.remove(*some)

    def resembling(self, signed: Signed) -> Iterator[tuple[int, bytes, float]]:
        """Yield which paragraph resembles which that is there, and how much."""
        met: dict[bytes, set[int]] = defaultdict(set)
        if not len(signed):
            return
        for (begin, end), table in zip(self._lsh.hashranges, self._lsh.hashtables, strict=True):
            bands = [_band(row[begin:end]) for row in signed]
            for at, names in enumerate(table.getmany(*bands)):
                for name in names:
                    met[name].add(at)
        names = sorted(met)
        kept = self._lsh.keys.getmany(*names) if names else []
        for name, parts in zip(names, kept, strict=True):
            value = np.frombuffer(b"".join(parts), ">u4")
            if len(value) == BANDS * ROWS:  # it is being taken out where not
                for at in met[name]:
                    share = float((value == signed[at]).mean())
                    if share >= LEAST:
                        yield at, name, share

    def lost(self, names: Sequence[bytes]) -> Iterator[bytes]:
        """Yield the paragraphs that do not lie in every table."""
        for some in _some(names):
            kept = dict(zip(some, self._lsh.keys.getmany(*some), strict=True))
            yield from (at for at, parts in kept.items() if len(parts) != BANDS)
            whole = {at: parts for at, parts in kept.items() if len(parts) == BANDS}
            for band, table in enumerate(self._lsh.hashtables):
                buckets = table.getmany(*(parts[band] for parts in whole.values()))
                yield from (at for at, b in zip(whole, buckets, strict=True) if at not in b)


def _some(names: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """Cut names into what is asked for at a time."""
    return (names[at : at + _ASKED] for at in range(0, len(names), _ASKED))


def _band(row: Row) -> bytes:
    """What a band is found by in datasketch's tables."""
    return row.byteswap().tobytes()
