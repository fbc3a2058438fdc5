"""Following a drop folder: what arrives is added, and noted with it, so that nothing is done twice.

The note that a file was taken is stored in the same transaction as its articles: whoever is ended
in between and begins again finds either both or neither.
"""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING

from dedup.index.holdings import key, name_of
from dedup.sources import Arrivals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dedup.index.store import Store
    from dedup.sources import Arrival

#: Files whose articles are stored at a time.
_BATCH = 200


def arriving(folder: Path, store: Store, limit: int, every: float) -> Iterator[list[Arrival]]:
    """Yield for ever, some at a time, the files that arrive and were not taken before.

    A list without any says that there is nothing to do for now.

    Args:
        folder: where they arrive.
        store: where those that were taken are noted.
        limit: the most bytes of an article.
        every: seconds from one look to the next.

    """
    arrivals = Arrivals(folder, limit)
    while True:
        waiting = arrivals.look(taken(store))
        while batch := list(islice(waiting, _BATCH)):
            yield batch
        yield []
        time.sleep(every)


def taken(store: Store) -> dict[str, str]:
    """Give the files that were taken, and what they were like."""
    return {name_of(file): str(stamp) for file, stamp in store.rows("deliveries")}


def note(store: Store, arrivals: list[Arrival]) -> None:
    """Note that files were taken."""
    for arrival in arrivals:
        store.drop("deliveries", "WHERE file = ?", key(arrival.file))
        store.put("deliveries", key(arrival.file), arrival.stamp)
