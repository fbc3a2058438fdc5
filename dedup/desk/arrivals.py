"""New arrivals: the feed of changes, told to whoever watches as it grows."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from typing import TYPE_CHECKING, TypedDict, cast

from dedup.desk.replies import RefusedError
from dedup.report.document import dumps

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from dedup.desk.bounds import Bounds
    from dedup.desk.lanes import Lanes
    from dedup.desk.noticing import Noticing


class Entry(TypedDict):
    """An entry of the feed, as far as it is looked at here."""

    number: int


#: Seconds between two signs of life.
ALIVE = 15.0
#: Entries that are asked for at a time.
_SOME = 100
_LOG = logging.getLogger("uvicorn.error")


class Arrivals:
    """Tells whoever watches what has come."""

    def __init__(self, lanes: Lanes, noticing: Noticing, bounds: Bounds) -> None:
        """Take where to ask, what notices that there is more, and how many may watch."""
        self._lanes = lanes
        self._noticing = noticing
        self._bounds = bounds
        self._watchers = 0
        self._turn = asyncio.Lock()

    async def _after(self, since: int) -> list[Entry]:
        """Give what came after an entry; nothing where the index does not answer.

        Watchers ask in turn: however many of them read the feed from its beginning, others are
        answered between two of them.
        """
        async with self._turn:
            reply = await self._lanes.ask("changes", {"since": since, "limit": _SOME})
        return cast("list[Entry]", json.loads(reply.body).get("rows", []))

    async def last(self) -> int:
        """Give the number of the last entry.

        Raises:
            RefusedError: where the index does not answer.

        """
        await self._noticing.look()
        return self._noticing.last

    def admit(self) -> None:
        """Let one more watch.

        Raises:
            RefusedError: where too many do.

        """
        if self._watchers >= self._bounds.watchers:
            raise RefusedError(503, "too many watch new arrivals: ask again later")

    async def events(self, since: int) -> AsyncIterator[bytes]:
        """Tell what came after an entry, and go on telling."""
        self._watchers += 1
        try:
            yield b": here\n\n"
            while True:
                rows = await self._after(since)
                for row in rows:
                    since = row["number"]
                    yield f"id: {since}\ndata: {dumps(row)}\n\n".encode()
                if not rows:
                    yield await self._waited(since)
        except RefusedError as refused:
            _LOG.info("a watcher was let go: %s", refused)  # it comes back by itself
        finally:
            self._watchers -= 1

    async def _waited(self, since: int) -> bytes:
        """Wait until the feed has grown, or for the next sign of life."""
        noticing = self._noticing
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ALIVE), noticing.grown:
                await noticing.grown.wait_for(lambda: noticing.last > since)
                return b""
        return b": here\n\n"
