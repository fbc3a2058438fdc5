"""Noticing what becomes of the index: what came into it, and that its tables are another's now."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from typing import TYPE_CHECKING

from dedup.desk.replies import RefusedError

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from dedup.desk.lanes import Lanes
    from dedup.desk.replies import Reply

#: Seconds between two looks at the index.
EVERY = 1.0
_OK = 200
_LOG = logging.getLogger("uvicorn.error")


class Noticing:
    """Looks at the index again and again, and has its tables laid out anew where it has changed.

    Attributes:
        generation: how often the index was changed, when it was last looked at.
        last: the number of the last entry of its feed.
        grown: notified where the feed has grown.

    """

    def __init__(self, lanes: Lanes) -> None:
        """Take where to ask."""
        self._lanes = lanes
        self.generation = -1
        self.last = 0
        self.grown = asyncio.Condition()
        self._laying: asyncio.Task[None] | None = None
        self._rested = 0.0

    async def watch(self) -> None:
        """Look again and again; a look that fails is followed by another."""
        if not self._lanes.first.done():
            self._laying = asyncio.create_task(self._lay(asyncio.wrap_future(self._lanes.first)))
        try:
            while True:
                with contextlib.suppress(RefusedError):
                    await self.look()
                await asyncio.sleep(EVERY)
        finally:
            if self._laying is not None:
                self._laying.cancel()

    async def look(self) -> None:
        """Look at the index once.

        Raises:
            RefusedError: where it does not answer.

        """
        reply = await self._lanes.ask("standing", {})
        given = json.loads(reply.body)
        if reply.status != _OK:
            raise RefusedError(reply.status, str(given["error"]))
        self.generation = given["generation"]
        if given["last"] != self.last:
            async with self.grown:
                self.last = given["last"]
                self.grown.notify_all()
        idle = self._laying is None or self._laying.done()
        if given["laid"] < self.generation and idle and time.monotonic() >= self._rested:
            self._laying = asyncio.create_task(self._lay(self._lanes.ask("lay", {})))

    async def _lay(self, laid: Awaitable[Reply]) -> None:
        """Have the tables laid out; the next time, no sooner than it took this time."""
        begun = time.monotonic()
        try:
            reply = await laid
            if reply.status != _OK:
                _LOG.warning("the tables were not laid out: %s", json.loads(reply.body)["error"])
        except RefusedError as refused:
            _LOG.warning("the tables were not laid out: %s", refused)
        self._rested = 2 * time.monotonic() - begun
