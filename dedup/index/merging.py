"""Several sheets of the register put together: one that lists whoever of them still is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.candidates import changes, spans
from dedup.compiling import pays
from dedup.index.sheet import Sheet, sieved
from dedup.index.sieve import SPILLED
from dedup.spilling import column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.index.sheet import Column

    Keys = NDArray[np.uint64]
    Numbers = NDArray[np.int64]
    Places = NDArray[np.uint32]

#: Rows that are merged at a time, and the place of who is gone.
_AT_ONCE, _GONE = 1 << 20, np.uint32(0xFFFFFFFF)


def merged(sheets: Sequence[Sheet]) -> Sheet:
    """Make one sheet of several; who is no longer what he was is left out."""
    known = {one: n for n, one in enumerate(dict.fromkeys(p for s in sheets for p in s.printed))}
    when = np.concatenate([sheet.when[sheet.alive] for sheet in sheets])
    order = np.argsort(when, kind="stable")
    ids, stamp, house, sizes = [], [], [], []
    for sheet in sheets:
        name, size = sheet.names
        ids.append(name[np.repeat(sheet.alive, size)])
        sizes.append(size[sheet.alive])
        stamp.append(sheet.stamp[sheet.alive])
        now = np.array([known[one] for one in sheet.printed], np.int32)
        house.append(now[sheet.house[sheet.alive]])
    size = np.concatenate(sizes)
    begin = np.cumsum(size) - size
    columns: dict[str, Column] = {
        "ids": np.concatenate(ids)[spans(begin[order], size[order])],
        "begin": np.append(0, np.cumsum(size[order])),
        "stamp": np.concatenate(stamp)[order].ravel(),
        "when": when[order],
        "house": np.concatenate(house)[order],
    }
    key, columns["first"], columns["place"] = _keys(sheets, _moved(sheets, order))
    return Sheet(columns | sieved(key), [*known])


def _moved(sheets: Sequence[Sheet], order: Numbers) -> list[Places]:
    """Say of each article of some sheets where it stands when they are put together."""
    now = np.empty(len(order), np.uint32)
    now[order] = np.arange(len(order), dtype=np.uint32)
    out, before = [], 0
    for sheet in sheets:
        there = np.full(len(sheet), _GONE)
        own = int(sheet.alive.sum())
        there[sheet.alive] = now[before : before + own]
        out.append(there)
        before += own
    return out


def _keys(sheets: Sequence[Sheet], moved: Sequence[Places]) -> tuple[Keys, Places, Places]:
    """Merge the keys of several sheets, some of them at a time."""
    rows = sum(len(sheet.place) for sheet in sheets)
    most = sum(len(sheet.key) for sheet in sheets)
    key = column(most, np.uint64, SPILLED)
    first, place = column(most + 1, np.uint32, SPILLED), column(rows, np.uint32, SPILLED)
    keys = found = 0
    first[0] = 0
    for own in _cut(sheets, 1 + rows // _AT_ONCE):
        parts = [
            (s.key[a:b], s.sizes(a, b), to[s.place[s.first[a] : s.first[b]]])
            for s, to, (a, b) in zip(sheets, moved, own, strict=True)
        ]
        more, sizes, places = _together(parts)
        key[keys : keys + len(more)] = more
        first[keys + 1 : keys + 1 + len(more)] = found + np.cumsum(sizes)
        place[found : found + len(places)] = places
        keys, found = keys + len(more), found + len(places)
    return key[:keys], first[: keys + 1], place[:found]


def _cut(sheets: Sequence[Sheet], parts: int) -> list[list[tuple[int, int]]]:
    """Cut the keys of some sheets alike into parts of about as many rows."""
    large = max(sheets, key=lambda sheet: len(sheet.place))
    rows = np.arange(1, parts) * len(large.place) // parts
    edges = large.key[np.searchsorted(large.first, rows, side="right") - 1]
    cuts = [[0, *np.searchsorted(s.key, edges).tolist(), len(s.key)] for s in sheets]
    return [[(cut[n], cut[n + 1]) for cut in cuts] for n in range(len(edges) + 1)]


def _together(parts: Sequence[tuple[Keys, Numbers, Places]]) -> tuple[Keys, Numbers, Places]:
    """Merge keys of several sheets, each with how many have it and who: the same of all."""
    keys, sizes, places = map(np.concatenate, zip(*parts, strict=True))
    if pays(len(places)):
        from dedup.index import kernels

        begin = np.cumsum([0, *(len(own) for own, _, _ in parts)])
        first = np.append(0, np.cumsum(sizes))
        out = np.empty_like(keys), np.empty_like(sizes), np.empty_like(places)
        count, rows = kernels.together((keys, first, places), begin, _GONE, out)
        return out[0][:count], out[1][:count], out[2][:rows]
    stays = places != _GONE
    every, places = np.repeat(keys, sizes)[stays], places[stays]
    order = np.lexsort((places, every))
    every, places = every[order], places[order]
    begins = np.flatnonzero(changes(every))
    return every[begins], np.diff(np.append(begins, len(every))), places
