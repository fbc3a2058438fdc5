"""Which articles of an index have which keys: looked up by whoever comes, added to as they come.

The keys stand on sheets, the latest in memory, older ones in mapped files beside the index. Sheets
of like size are put together, so that there are few of them however many articles come. The list of
the files says how far in the feed they go; what came since is looked at anew, and whether the whole
fits the record is seen by the number and the sum of its rows.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from contextlib import contextmanager, suppress
from hashlib import blake2b
from itertools import takewhile
from typing import TYPE_CHECKING, cast

import numpy as np

from dedup.index.keys import added, in_order, mixed, name_keys, of_keys
from dedup.index.merging import merged
from dedup.index.sheet import Sheet, UnsoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from dedup.candidates import Keyed
    from dedup.index.keys import Rows
    from dedup.index.sheet import Listed

    Keys = NDArray[np.uint64]
    Numbers = NDArray[np.int64]
    Printed = tuple[str, str]

#: Channels beyond those of `candidates.meeting`: learned furniture, what is quoted, ids.
FURNITURE, STATED, NAME = 5, 6, 7
#: From so many articles on a sheet stands in a file; so many sheets of like size are put together.
LARGE, _ALIKE = 4096, 4
#: A sheet has no more rows than that: they are counted in 32 bits.
_ROWS = 1 << 32
_SUM = 16


class Register:
    """The keys of the articles of one index.

    An article is known by its number: its place when all sheets lie one after another. A number
    holds until the register is changed.

    Attributes:
        upto: the entry of the feed up to which articles were listed.

    """

    def __init__(self, index: Path, made_by: str, *, write: bool) -> None:
        """Open it; what is damaged, or was made in another way, is as if it were not there."""
        self._index = index
        self._made_by = made_by
        self._write = write
        self.upto = 0
        self._sheets: list[Sheet] = []
        self._due = False  #: whether files are there that the list does not name
        with suppress(UnsoundError, OSError, ValueError, KeyError, TypeError, IndexError):
            self._read()

    @property
    def path(self) -> Path:
        """The list of the files."""
        return self._index.with_name(f"{self._index.name}.keys")

    def _read(self) -> None:
        """Read the list, and map the files."""
        data = self.path.read_bytes()
        body, digest = data[:-_SUM], data[-_SUM:]
        if blake2b(body, digest_size=_SUM).digest() != digest:
            raise UnsoundError
        said = json.loads(body)
        if said["made_by"] != self._made_by:
            raise UnsoundError
        sheets = []
        for name, gone in said["sheets"]:
            sheet = Sheet.open(self.path.with_name(f"{self.path.name}-{name}"), self._made_by)
            sheet.let(gone, alive=False)
            sheets.append(sheet)
        self._sheets, self.upto = sheets, int(said["upto"])

    def reached(self, upto: int) -> None:
        """Note up to which entry of the feed articles are listed."""
        self.upto = upto
        if self._due:
            with suppress(OSError):
                self._note()

    def save(self) -> None:
        """Keep all beside the index, as far as the disk has room."""
        if not self._write:
            return
        with suppress(OSError):
            if self._sheets and self._sheets[-1].path is None:
                inner = next(n for n, sheet in enumerate(self._sheets) if sheet.path is None)
                self._sheets[inner:] = [self._filed(merged(self._sheets[inner:]))]
            self._note()

    def _note(self) -> None:
        """Write the list of the files, and take away what is no longer of it."""
        kept = [sheet for sheet in self._sheets if sheet.path is not None]
        names = [cast("Path", s.path).name.removeprefix(f"{self.path.name}-") for s in kept]
        gone = [np.flatnonzero(~sheet.alive).tolist() for sheet in kept]
        said = {
            "made_by": self._made_by,
            "upto": self.upto if len(kept) == len(self._sheets) else 0,
            "sheets": [*zip(names, gone, strict=True)],
        }
        body = json.dumps(said).encode("ascii")
        part = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}.part")
        part.write_bytes(body + blake2b(body, digest_size=_SUM).digest())
        part.replace(self.path)
        self._due = False
        for path in self.path.parent.glob(f"{_literal(self.path.name)}-*"):
            if path.name.removeprefix(f"{self.path.name}-") not in names:
                path.unlink(missing_ok=True)

    def _filed(self, sheet: Sheet) -> Sheet:
        name = f"{self.path.name}-{secrets.token_hex(8)}"
        return sheet.save(self.path.with_name(name), self._made_by)

    def clear(self) -> None:
        """Lose everything."""
        self._sheets, self.upto = [], 0
        if self._write:
            with suppress(OSError):
                self._note()

    @property
    def total(self) -> tuple[int, int]:
        """How many articles there are, and all their stamps in one number."""
        count, total = 0, 0
        for sheet in self._sheets:
            own, stamps, _ = sheet.counted
            count, total = count + own, total ^ stamps
        return count, total

    def printed(self) -> Counter[Printed]:
        """Count who prints where."""
        counts: Counter[Printed] = Counter()
        for sheet in self._sheets:
            counts.update(sheet.counted[2])
        return counts

    def find(
        self, channel: int, keys: Keys, most: int | None = None, some: int = 0
    ) -> tuple[Numbers, Numbers]:
        """Say who has some keys: the place of each key, and the number of an article.

        What very many have costs no more than what a few have: of a key that more than ``most``
        have, be they gone or not, ``some`` of each sheet are named, the first.
        """
        asked, order = in_order(channel, keys)
        rows = [sheet.rows(asked) for sheet in self._sheets]
        many = added(rows, len(asked)) > (len(self) if most is None else most)
        key, number = self._named(
            [
                (own, first, np.where(many[own], np.minimum(size, some), size))
                for own, first, size in rows
            ]
        )
        return order[key], number

    def count(
        self, channel: int, keys: Keys, few: Numbers, most: int
    ) -> tuple[Numbers, Numbers, Numbers]:
        """Say who has some keys, and how many: see `candidates.meeting.Holding`."""
        asked, order = in_order(channel, keys)
        few = np.maximum(few[order], 1)
        rows = [sheet.rows(asked) for sheet in self._sheets]
        total = added(rows, len(asked))
        crowd = (total > few) & (total <= most)
        first, counts = self._earliest(of_keys(rows, crowd), len(asked))
        crowd &= counts > few
        key, number = self._named(of_keys(rows, ~crowd & (total <= most)))
        counts = np.where(crowd, counts, np.bincount(key, minlength=len(asked)))
        key = order[np.append(key, np.flatnonzero(crowd))]
        told = np.empty_like(counts)
        told[order] = counts
        return key, np.append(number, first[crowd]), told

    def _named(self, rows: Sequence[Rows]) -> tuple[Numbers, Numbers]:
        """Say who has some keys, by their rows on each sheet."""
        found, before = [(np.empty(0, np.int64), np.empty(0, np.int64))], 0
        for sheet, (key, first, size) in zip(self._sheets, rows, strict=True):
            named, place = sheet.holders(first, size)
            found.append((key[named], place + before))
            before += len(sheet)
        keys, numbers = zip(*found, strict=True)
        return np.concatenate(keys), np.concatenate(numbers)

    def _earliest(self, rows: Sequence[Rows], keys: int) -> tuple[Numbers, Numbers]:
        """Say of some keys who had each first, or -1, and how many have it."""
        number, count = np.full(keys, -1), np.zeros(keys, np.int64)
        when, before = np.empty(keys), 0
        for sheet, (key, first, size) in zip(self._sheets, rows, strict=True):
            own, place = sheet.earliest(first, size)
            count[key] += own
            when_of = sheet.when[place]
            sooner = (place >= 0) & ((number[key] < 0) | (when_of < when[key]))
            number[key[sooner]] = place[sooner] + before
            when[key[sooner]] = when_of[sooner]
            before += len(sheet)
        return number, count

    def __len__(self) -> int:
        """How many articles the sheets list, be they gone or not."""
        return sum(map(len, self._sheets))

    def known(self, channel: int, keys: Keys) -> NDArray[np.bool_]:
        """Say which of some keys anybody has."""
        known, (asked, order) = np.empty(len(keys), bool), in_order(channel, keys)
        told = np.zeros(len(keys), bool)
        for sheet in self._sheets:
            sheet.held(asked, told)
        known[order] = told
        return known

    def moments(self, numbers: Numbers) -> NDArray[np.float64]:
        """Say when some articles were published, infinity where that is unknown."""
        sheet, place = self._placed(numbers)
        moments = np.empty(len(numbers))
        for n, one in enumerate(self._sheets):
            own = sheet == n
            moments[own] = one.when[place[own]]
        return moments

    def names(self, numbers: Iterable[int]) -> list[str]:
        """Give the ids of some articles."""
        sheet, place = self._placed(np.fromiter(numbers, np.int64))
        return [
            self._sheets[number].name(row).decode("utf-8", "surrogatepass")
            for number, row in zip(sheet.tolist(), place.tolist(), strict=True)
        ]

    def numbers(self, names: Sequence[bytes]) -> dict[bytes, int]:
        """Say which number articles of some ids have; those that are not there have none."""
        place, number = self.find(NAME, name_keys(names))
        sheet, row = self._placed(number)
        found = zip(place.tolist(), number.tolist(), sheet.tolist(), row.tolist(), strict=True)
        return {names[k]: n for k, n, s, r in found if self._sheets[s].name(r) == names[k]}

    def stamps(self, numbers: Iterable[int]) -> list[bytes]:
        """Give what names the versions of some articles."""
        sheet, place = self._placed(np.fromiter(numbers, np.int64))
        return [
            self._sheets[number].stamp[row].tobytes()
            for number, row in zip(sheet.tolist(), place.tolist(), strict=True)
        ]

    def _placed(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Say on which sheet articles stand, and where."""
        ends = np.cumsum([len(sheet) for sheet in self._sheets])
        sheet = np.searchsorted(ends, numbers, side="right")
        return sheet, numbers - np.append(0, ends)[sheet]

    @contextmanager
    def without(self, names: Sequence[bytes]) -> Iterator[None]:
        """Know nothing of some articles for a while."""
        own = self._let(names)
        try:
            yield
        finally:
            for sheet, places in own:
                sheet.let(places, alive=True)

    def drop(self, names: Sequence[bytes]) -> None:
        """Take out articles; whose id is not there is passed over.

        A sheet half of whose articles are gone is written anew.
        """
        for sheet, _ in self._let(names):
            if 2 * sheet.counted[0] < len(sheet):
                self._together([sheet])

    def _let(self, names: Sequence[bytes]) -> list[tuple[Sheet, list[int]]]:
        """Count some articles as gone; say on which sheets they stand, and where."""
        sheet, place = self._placed(np.array([*self.numbers(names).values()], np.int64))
        own = [(self._sheets[n], place[sheet == n].tolist()) for n in np.unique(sheet).tolist()]
        for one, places in own:
            one.let(places, alive=False)
        return own

    def put(self, listed: Sequence[Listed], keys: dict[int, Keyed]) -> None:
        """List some articles more, with their keys by channel; their ids are not there."""
        names = name_keys([one.name for one in listed])
        places = [np.arange(len(listed)), *(own.article for own in keys.values())]
        spread = [mixed(channel, own.key) for channel, own in keys.items()]
        key, place = np.concatenate([mixed(NAME, names), *spread]), np.concatenate(places)
        self._sheets.append(Sheet.of(listed, key, place))
        self._settle()

    def _settle(self) -> None:
        """Put the last sheets together while enough of them are of like size."""
        while len(last := self._alike()) >= _ALIKE and sum(len(s.place) for s in last) < _ROWS:
            self._together(last)
            self._due |= self._sheets[-1].path is not None

    def _together(self, sheets: Sequence[Sheet]) -> None:
        """Put one sheet in the place of some in a row."""
        first = self._sheets.index(sheets[0])
        together = merged(sheets)
        if self._write and len(together) >= LARGE:
            with suppress(OSError):
                together = self._filed(together)
        self._sheets[first : first + len(sheets)] = [together]

    def _alike(self) -> list[Sheet]:
        """The last sheets, as far back as none is of more than twice the last one's size."""
        most = 2 * len(self._sheets[-1])
        return [*takewhile(lambda sheet: len(sheet) <= most, reversed(self._sheets))][::-1]


def _literal(name: str) -> str:
    """A name as a pattern that fits it alone."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
