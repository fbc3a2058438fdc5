"""The desk as a web application: the page, and the doors of its API."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from dedup.desk.arrivals import Arrivals
from dedup.desk.checks import Checks
from dedup.desk.doors import DOORS
from dedup.desk.gate import COOKIE, Gate, Token
from dedup.desk.noticing import Noticing
from dedup.desk.openapi import description
from dedup.desk.replies import CSV, FAULT, JSON, RefusedError, refusal, said

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Mapping

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from dedup.desk.bounds import Bounds
    from dedup.desk.doors import Door
    from dedup.desk.lanes import Lanes
    from dedup.desk.page import Page
    from dedup.desk.replies import Reply

_CHUNK = 1 << 16
_OK, _NO_CONTENT = 200, 204


class Desk(NamedTuple):
    """What the doors need."""

    lanes: Lanes
    checks: Checks
    arrivals: Arrivals
    token: Token
    bounds: Bounds
    folder: str  #: for tables that are on their way out


def application(
    lanes: Lanes, shown: Page, *, hosts: Collection[str], token: str, bounds: Bounds, folder: str
) -> ASGIApp:
    """Make the application.

    Args:
        lanes: where the index is asked.
        shown: the page.
        hosts: the names by which the desk may be called.
        token: the secret that must be shown; empty where none is asked for.
        bounds: how much one client may ask for.
        folder: for tables that are on their way out, nobody else's.

    """
    noticing = Noticing(lanes)
    checks = Checks(lanes, lambda: noticing.generation)
    desk = Desk(lanes, checks, Arrivals(lanes, noticing, bounds), Token(token), bounds, folder)

    @contextlib.asynccontextmanager
    async def alive(_app: Starlette) -> AsyncIterator[None]:
        looking = asyncio.create_task(noticing.watch())
        try:
            yield
        finally:
            looking.cancel()

    async def page(_request: Request) -> Response:
        headers = {"Content-Security-Policy": shown.policy}
        return Response(shown.html, headers=headers, media_type="text/html; charset=utf-8")

    routes = [Route("/", page, methods=["GET"])]
    routes += [Route(door.path, _endpoint(desk, door), methods=[door.method]) for door in DOORS]
    routes.sort(key=lambda route: not route.path.endswith(".csv"))  # before the one that takes all
    refusals = {HTTPException: _not_there, RefusedError: _refused, Exception: _failed}
    app = Starlette(routes=routes, lifespan=alive, exception_handlers=refusals)
    app.router.redirect_slashes = False
    return Gate(app, hosts=hosts, token=desk.token, bounds=bounds)


async def _not_there(_request: Request, failure: Exception) -> Response:
    failure = cast("HTTPException", failure)
    sentences = {404: "nothing is at this address", 405: "this address knows no such method"}
    reply = refusal(failure.status_code, sentences.get(failure.status_code, failure.detail))
    return Response(reply.body, reply.status, failure.headers, reply.media)


async def _refused(_request: Request, refused: Exception) -> Response:
    refused = cast("RefusedError", refused)
    return _sent(refusal(refused.status, str(refused)))


async def _failed(_request: Request, _failure: Exception) -> Response:
    return _sent(refusal(500, FAULT))


def _endpoint(desk: Desk, door: Door) -> Callable[[Request], Awaitable[Response]]:
    """Make what answers at a door."""
    alone = {"openapi": _describe, "session": _open_session, "events": _watch}
    answer = alone.get(door.answer, _written if door.answer == "csv" else _asked)

    async def answered(request: Request) -> Response:
        return await answer(desk, door, request)

    return answered


async def _asked(desk: Desk, door: Door, request: Request) -> Response:
    """Ask the index, as long as the client is there to hear the answer."""
    given = await _given(desk, door, request)
    asked = asyncio.ensure_future(_answered(desk, door.asks, given))
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({asked, gone}, return_when=asyncio.FIRST_COMPLETED)
        return _sent(asked.result()) if asked.done() else Response(status_code=_NO_CONTENT)
    finally:
        gone.cancel()
        if door.asks != "mark":  # what is being stored is stored, whoever hears of it
            asked.cancel()
        asked.add_done_callback(lambda done: done.cancelled() or done.exception())


async def _answered(desk: Desk, what: str, given: Mapping[str, object]) -> Reply:
    """Ask where an answer is best known; of what is newer than the tables, those who check."""
    if what == "check":
        return await desk.checks.ask(given)
    reply = await desk.lanes.ask(what, given)
    if what == "article" and reply.status == _OK and json.loads(reply.body)["behind"]:
        with contextlib.suppress(RefusedError):
            fresh = await desk.lanes.ask("about", given)
            if fresh.status == _OK and not json.loads(fresh.body)["behind"]:
                return fresh
    return reply


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _written(desk: Desk, door: Door, request: Request) -> Response:
    """Hand out the file of a table as the client takes it, or one that is written for it."""
    given = await _given(desk, door, request)
    with tempfile.NamedTemporaryFile(dir=desk.folder) as file:
        reply = await desk.lanes.ask(door.asks, {**given, "to": file.name})
        if reply.status != _OK:
            return _sent(reply)
        path = file.name if reply.media == CSV else str(json.loads(reply.body))
        stream = Path(path).open("rb")  # noqa: ASYNC230, SIM115 - it outlives its name
    name = door.path.rsplit("/", 1)[1].replace("{table}", str(given.get("table")))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    headers["Content-Length"] = str(os.fstat(stream.fileno()).st_size)
    return StreamingResponse(_chunks(stream), headers=headers, media_type=CSV)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


async def _describe(desk: Desk, door: Door, request: Request) -> Response:
    await _given(desk, door, request)
    return _sent(said(description(desk.bounds)))


async def _open_session(desk: Desk, _door: Door, request: Request) -> Response:
    """Swap the token for a cookie that no script can read and no other site can send."""
    given = await _json(request)
    if not isinstance(given, dict) or not isinstance(given.get("token"), str):
        raise RefusedError(422, "a session is opened with an object that has a token")
    if not desk.token.is_right(given["token"]):
        raise RefusedError(401, "this is not the desk's token")
    response = _sent(said({"token": "known"}))
    response.set_cookie(COOKIE, desk.token.cookie, path="/", httponly=True, samesite="strict")
    return response


async def _watch(desk: Desk, door: Door, request: Request) -> Response:
    given = await _given(desk, door, request)
    since = cast("int | None", given["since"])
    resumed = request.headers.get("last-event-id", "")
    if resumed:
        since = cast("int", door.parameters[0].read([resumed]))
    last = await desk.arrivals.last()
    desk.arrivals.admit()
    begin = last if since is None else min(since, last)
    return StreamingResponse(desk.arrivals.events(begin), media_type="text/event-stream")


async def _given(desk: Desk, door: Door, request: Request) -> Mapping[str, object]:
    """Read what a request gives: parameters, and a body where the door takes one.

    Raises:
        RefusedError: where it is not what the door takes.

    """
    places: dict[str, list[str]] = {name: [str(v)] for name, v in request.path_params.items()}
    known = {parameter.name for parameter in door.parameters if parameter.place == "query"}
    for name, value in request.query_params.multi_items():
        if name not in known:
            raise RefusedError(400, f"there is no parameter {name!r} here")
        places.setdefault(name, []).append(value)
    found = {p.name: p.read(places.get(p.name, ())) for p in door.parameters}
    if door.body == "record":
        return {"record": await _record(desk, request)}
    if door.body == "marks":
        return _marks(await _json(request))
    return {**door.given, **found}


async def _record(desk: Desk, request: Request) -> Mapping[str, object]:
    """Read an article: a record as JSON, or a text alone."""
    if _form(request) == "text/plain":
        given: object = {"text": (await request.body()).decode("utf-8", "replace")}
    else:
        given = await _json(request)
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise RefusedError(422, "an article is an object that has a text")
    most = desk.bounds.characters
    if len(given["text"]) > most:
        raise RefusedError(413, f"a text that is checked here may have {most:,} characters")
    return cast("dict[str, object]", given)


def _marks(given: object) -> Mapping[str, object]:
    """Read the marks of a reviewer."""
    if not isinstance(given, dict) or not set(given) <= {"marks", "withdrawn"}:
        raise RefusedError(422, "marks are an object of marks, withdrawn or both")
    for rows in given.values():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise RefusedError(422, "marks are a list of objects")
    return given


async def _json(request: Request) -> object:
    """Read a body of JSON.

    Raises:
        RefusedError: where it is none.

    """
    if _form(request) != JSON:
        raise RefusedError(415, f"a body is {JSON}")
    try:
        return cast("object", json.loads(await request.body(), parse_constant=_no_number))
    except (ValueError, RecursionError) as fault:
        raise RefusedError(400, "the body is not JSON") from fault


def _no_number(name: str) -> None:
    """Python reads NaN and Infinity, which JSON has not.

    Raises:
        ValueError: always.

    """
    raise ValueError(name)


def _form(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _sent(reply: Reply) -> Response:
    return Response(reply.body, reply.status, media_type=reply.media)
