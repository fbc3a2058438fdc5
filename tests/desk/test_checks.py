"""A text is worked out once, and what nobody waits for is not worked out at all."""

from __future__ import annotations

import asyncio
import contextlib
import json
from concurrent.futures import Future
from typing import TYPE_CHECKING, cast

from dedup.desk import checks as module
from dedup.desk.checks import Checks
from dedup.desk.noticing import Noticing
from dedup.desk.replies import RefusedError, refusal, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

    from dedup.desk.lanes import Lanes
    from dedup.desk.replies import Reply


class Asked:
    """Lanes that note what they are asked, and answer when they are let."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self.ended: list[object] = []
        self.complete = True
        self.may = asyncio.Event()
        self.stands = {"generation": 1, "last": 3, "laid": 1}
        self.fails = False

    async def ask(self, what: str, given: Mapping[str, object]) -> Reply:
        self.heard.append(given.get("text", what))
        if what == "standing":
            return said(self.stands)
        try:
            await self.may.wait()
        except asyncio.CancelledError:
            self.ended.append(given["text"])
            raise
        if self.fails:
            raise RefusedError(503, "busy")
        return said({"text": given.get("text"), "complete": self.complete})


def of(lanes: Asked) -> Lanes:
    return cast("Lanes", lanes)


def test_the_same_question_is_worked_out_once() -> None:
    async def ask() -> tuple[Asked, list[bytes]]:
        lanes, generation = Asked(), [1]
        checks = Checks(of(lanes), lambda: generation[0])
        asking = [asyncio.ensure_future(checks.ask({"text": "a"})) for _ in range(5)]
        other = asyncio.ensure_future(checks.ask({"text": "b"}))
        await asyncio.sleep(0)
        asking[0].cancel()  # the others still wait for it
        lanes.may.set()
        replies = [await one for one in [*asking[1:], other]]
        replies.append(await checks.ask({"text": "a"}))
        generation[0] = 2
        replies.append(await checks.ask({"text": "a"}))
        return lanes, [reply.body for reply in replies]

    lanes, bodies = asyncio.run(ask())
    assert lanes.heard == ["a", "b", "a"]
    assert [json.loads(body)["text"] for body in bodies] == ["a", "a", "a", "a", "b", "a", "a"]


def test_what_rests_on_less_than_all_is_not_kept() -> None:
    async def ask() -> Asked:
        lanes = Asked()
        lanes.may.set()
        lanes.complete = False
        checks = Checks(of(lanes), lambda: 1)
        await checks.ask({"text": "a"})
        await checks.ask({"text": "a"})
        return lanes

    assert asyncio.run(ask()).heard == ["a", "a"]


def test_what_nobody_waits_for_is_not_asked() -> None:
    async def ask() -> Asked:
        lanes = Asked()
        checks = Checks(of(lanes), lambda: 1)
        asking = [asyncio.ensure_future(checks.ask({"text": "typ"})) for _ in range(2)]
        await asyncio.sleep(0)
        for one in asking:
            one.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        await asyncio.sleep(0)
        lanes.may.set()
        await checks.ask({"text": "typed"})
        return lanes

    lanes = asyncio.run(ask())
    assert lanes.ended == ["typ"]
    assert lanes.heard == ["typ", "typed"]


def test_a_refusal_is_told_to_all_who_wait_and_kept_for_nobody() -> None:
    async def ask() -> tuple[Asked, list[object]]:
        lanes = Asked()
        lanes.fails = True
        lanes.may.set()
        checks = Checks(of(lanes), lambda: 1)
        asking = [checks.ask({"text": "a"}) for _ in range(2)]
        found: list[object] = list(await asyncio.gather(*asking, return_exceptions=True))
        lanes.fails = False
        found.append((await checks.ask({"text": "a"})).status)
        return lanes, found

    lanes, found = asyncio.run(ask())
    assert [type(one) for one in found[:2]] == [RefusedError, RefusedError]
    assert found[2] == 200
    assert lanes.heard == ["a", "a"]


def test_the_longest_unasked_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask() -> list[object]:
        lanes = Asked()
        lanes.may.set()
        checks = Checks(of(lanes), lambda: 1)
        for text in ("a", "b", "a", "c", "a", "b"):
            await checks.ask({"text": text})
        return lanes.heard

    monkeypatch.setattr(module, "KEPT", 2 * len(said({"text": "a", "complete": True}).body))
    assert asyncio.run(ask()) == ["a", "b", "c", "b"]


def test_a_change_is_noticed_and_laid_out() -> None:
    async def look() -> Asked:
        lanes = Asked()
        lanes.may.set()
        noticing = Noticing(of(lanes))
        await noticing.look()
        assert (noticing.generation, noticing.last) == (1, 3)
        lanes.stands = {"generation": 2, "last": 4, "laid": 1}
        await noticing.look()
        await noticing.look()  # it is under way
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return lanes

    assert asyncio.run(look()).heard == ["standing", "standing", "standing", "lay"]


def test_a_look_that_fails_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    async def watch() -> int:
        lanes = Failing()
        noticing = Noticing(cast("Lanes", lanes))
        watching = asyncio.create_task(noticing.watch())
        await lanes.answered.wait()
        await asyncio.sleep(0)
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        return noticing.generation

    monkeypatch.setattr("dedup.desk.noticing.EVERY", 0.0)
    assert asyncio.run(watch()) == 7


class Failing:
    """Lanes that refuse, then say that the index is damaged, then answer."""

    def __init__(self) -> None:
        self.times = 0
        self.first: Future[Reply] = Future()
        self.first.set_result(said(1))
        self.answered = asyncio.Event()

    async def ask(self, _what: str, _given: Mapping[str, object]) -> Reply:
        self.times += 1
        if self.times == 1:
            raise RefusedError(503, "busy")
        if self.times == 2:
            return refusal(503, "damaged")
        self.answered.set()
        return said({"generation": 7, "last": 0, "laid": 7})
