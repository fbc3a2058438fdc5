"""Nobody waits behind a client that says nothing, takes nothing, or asks for too much."""

from __future__ import annotations

import asyncio
import contextlib
import os
import selectors
import signal
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from dedup.desk.bounds import Bounds
from dedup.desk.lanes import Kind, Lane, Lanes
from dedup.desk.replies import RefusedError
from tests.desk.conftest import BODY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.desk.conftest import Server


def connected(server: Server, count: int) -> list[socket.socket]:
    host, port = server.host.split(":")
    return [socket.create_connection((host, int(port)), 30) for _ in range(count)]


def seconds(server: Server, count: int) -> list[float]:
    """Ask so many questions, and give how long each took."""
    took = []
    for _ in range(count):
        begun = time.monotonic()
        assert server.ask("/api/articles", q="reprint").status == 200
        took.append(time.monotonic() - begun)
    return sorted(took)


@contextlib.contextmanager
def dripping(connections: list[socket.socket]) -> Iterator[None]:
    """Send a byte of a header that never ends on each connection, every tenth of a second."""
    done = threading.Event()

    def drip() -> None:
        while not done.wait(0.1):
            for connection in connections:
                with contextlib.suppress(OSError):
                    connection.send(b"x")

    for connection in connections:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def closed(connections: list[socket.socket], within: float) -> int:
    """Count the connections that are closed from the other side within so many seconds."""
    found: set[socket.socket] = set()
    with selectors.DefaultSelector() as waiting:
        for one in connections:
            one.setblocking(False)  # noqa: FBT003 - the socket's own name for it
            waiting.register(one, selectors.EVENT_READ)
        until = time.monotonic() + within
        while len(found) < len(connections) and time.monotonic() < until:
            for key, _ in waiting.select(0.2):
                assert isinstance(key.fileobj, socket.socket)
                connection = key.fileobj
                with contextlib.suppress(BlockingIOError):
                    try:
                        gone = not connection.recv(65536)
                    except OSError as error:
                        if isinstance(error, BlockingIOError):
                            raise
                        gone = True
                    if gone:
                        found.add(connection)
                        waiting.unregister(connection)
    return len(found)


def test_slow_clients_keep_nobody_waiting(desk: Server) -> None:
    alone = seconds(desk, 20)
    slow = connected(desk, 200)
    with dripping(slow):
        beside = seconds(desk, 20)
        gone = closed(slow, within=30)
    assert gone == 200  # a drop now and then did not put the deadline off
    assert beside[-1] < 10 * max(alone[-1], 0.2)
    for connection in slow:
        connection.close()


def test_the_longest_silent_make_room(desk: Server) -> None:
    silent = connected(desk, 300)
    assert seconds(desk, 1)
    assert closed(silent[:44], within=10) >= 40
    for connection in silent:
        connection.close()


def test_a_client_that_takes_nothing_is_let_go(desk: Server) -> None:
    host, port = desk.host.split(":")
    stalled = socket.socket()
    stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stalled.connect((host, int(port)))
    request = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with contextlib.suppress(OSError):
        stalled.sendall(request * 200)  # two hundred pages, of which none is read
    time.sleep(6)
    assert closed([stalled], within=20) == 1
    stalled.close()


def test_two_questions_on_one_connection(desk: Server) -> None:
    connection = desk.connect()
    for _ in range(3):
        connection.request("GET", "/api/labels")
        answer = connection.getresponse()
        assert answer.status == 200
        answer.read()
    connection.close()


QUICK = Bounds(queue=2, patience=0.05, start_seconds=300.0)
CHECK: dict[str, object] = {"record": {"text": BODY}, "deadline": 300.0}


def asked(lane: Lane, *questions: tuple[str, dict[str, object], float]) -> list[object]:
    """Ask questions at one moment."""

    async def all_of_them() -> list[object]:
        waiting = [lane.ask(*question) for question in questions]
        return list(await asyncio.gather(*waiting, return_exceptions=True))

    return asyncio.run(all_of_them())


@pytest.fixture
def lane(index: Path, tmp_path: Path) -> Iterator[Lane]:
    found = Lane(Kind(str(index), str(tmp_path), "ready"), 1, QUICK)
    yield found
    found.close()


def test_a_question_that_takes_too_long_is_given_up(lane: Lane) -> None:
    lane.warm("ready")
    (late,) = asked(lane, ("check", CHECK, 0.0))
    assert isinstance(late, RefusedError)
    assert (late.status, "took longer" in str(late)) == (503, True)
    (answer,) = asked(lane, ("check", CHECK, 300.0))
    assert getattr(answer, "status", None) == 200


def test_a_queue_has_an_end(lane: Lane) -> None:
    lane.warm("ready")
    (worker,) = lane._workers
    assert worker._process is not None
    process = worker._process.pid
    assert process is not None

    async def while_it_stands_still() -> list[object]:
        os.kill(process, signal.SIGSTOP)
        asyncio.get_running_loop().call_later(20 * QUICK.patience, os.kill, process, signal.SIGCONT)
        waiting = [lane.ask("check", CHECK, 300.0) for _ in range(3)]
        return list(await asyncio.gather(*waiting, return_exceptions=True))

    first, second, third = asyncio.run(while_it_stands_still())
    assert getattr(first, "status", None) == 200
    assert isinstance(second, RefusedError)
    assert "busy" in str(second)
    assert isinstance(third, RefusedError)
    assert "too many" in str(third)


def test_a_process_that_died_is_replaced(lane: Lane) -> None:
    lane.warm("ready")
    (worker,) = lane._workers
    assert worker._process is not None
    worker._process.kill()
    worker._process.join()
    (lost,) = asked(lane, ("labels", {}, 300.0))
    assert isinstance(lost, RefusedError)
    assert "died" in str(lost)
    (answer,) = asked(lane, ("labels", {}, 300.0))
    assert getattr(answer, "status", None) == 200


def test_what_writes_is_gone_when_it_is_done(
    own: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lanes = Lanes(Kind(str(own), str(tmp_path_factory.mktemp("layouts"))), 1, Bounds())
    try:
        asyncio.run(lanes.ask("mark", {"marks": []}))
        (writer,) = lanes.writing._workers
        assert writer._process is None
    finally:
        lanes.close()


def test_an_index_that_is_damaged_is_said_to_be(own: Path, opened: Callable[..., Server]) -> None:
    with opened(own) as server:
        data = own.read_bytes()
        own.write_bytes(data[:100] + bytes(len(data) - 100))
        answer = server.ask("/api/check", {"text": BODY})
        assert answer.status in {200, 503}
        own.write_bytes(data)
        assert server.ask("/api/stats").status in {200, 503}
        assert "Traceback" not in server.stop()
