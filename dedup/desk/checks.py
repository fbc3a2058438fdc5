"""Answers on texts that are checked: the same question is worked out once.

An answer is kept by what was asked and by how often the index had been changed. What is asked while
the same is being worked out waits for that; what nobody waits for any longer is not asked.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, cast

from dedup.report.document import dumps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dedup.desk.lanes import Lanes
    from dedup.desk.replies import Reply

#: Bytes of answers that are kept.
KEPT = 32_000_000


class _Underway:
    """A question that is being answered, and how many wait for it."""

    def __init__(self, task: asyncio.Task[Reply]) -> None:
        self.task = task
        self.waiting = 0


class _Key(NamedTuple):
    generation: int
    asked: bytes


class Checks:
    """Checks texts, each once."""

    def __init__(self, lanes: Lanes, generation: Callable[[], int]) -> None:
        """Take where to ask, and what tells how often the index was changed."""
        self._lanes = lanes
        self._generation = generation
        self._underway: dict[_Key, _Underway] = {}
        self._kept: OrderedDict[_Key, Reply] = OrderedDict()
        self._size = 0

    async def ask(self, given: Mapping[str, object]) -> Reply:
        """Check a text.

        Raises:
            RefusedError: where it is not answered.

        """
        key = _Key(self._generation(), blake2b(dumps(given).encode(), digest_size=16).digest())
        if (known := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return known
        underway = self._underway.get(key)
        if underway is None:
            underway = _Underway(asyncio.ensure_future(self._lanes.ask("check", given)))
            self._underway[key] = underway
        underway.waiting += 1
        try:
            reply = await asyncio.shield(underway.task)
        finally:
            underway.waiting -= 1
            if not underway.waiting:
                underway.task.cancel()
                self._underway.pop(key, None)
        self._keep(key, reply)
        return reply

    def _keep(self, key: _Key, reply: Reply) -> None:
        """Keep an answer that says all there is to say, in the place of those longest unasked."""
        whole = reply.status == 200 and cast("bool", json.loads(reply.body)["complete"])  # noqa: PLR2004 - as RFC 9110 numbers it
        if not whole or key in self._kept or len(reply.body) > KEPT:
            return
        self._kept[key] = reply
        self._size += len(reply.body)
        while self._size > KEPT:
            _, gone = self._kept.popitem(last=False)
            self._size -= len(gone.body)
