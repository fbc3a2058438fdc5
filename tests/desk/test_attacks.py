"""What is sent to break the desk: requests within requests, false names, ways out, floods."""

from __future__ import annotations

import re
import socket
import time
from typing import TYPE_CHECKING

import pytest

from tests.desk.conftest import BODY

if TYPE_CHECKING:
    from tests.desk.conftest import Server

CLOSE = "Connection: close\r\n"
JSON = "Content-Type: application/json\r\n"
TEXT = '{"text":"x y z"}'
INNER = "GET /api/stats HTTP/1.1\r\nHost: localhost\r\n\r\n"


def sent(server: Server, data: str, *, wait: float = 20.0) -> tuple[list[int], bytes]:
    """Send bytes as they are; give the statuses of all answers to them, and the answers."""
    host, port = server.host.split(":")
    answer = b""
    with socket.create_connection((host, int(port)), wait) as connection:
        try:
            connection.sendall(data.encode("latin-1"))
            while chunk := connection.recv(65536):
                answer += chunk
        except OSError:  # it was closed before all was sent
            pass
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+)", answer)], answer


def post(head: str, body: str = TEXT, last: str = CLOSE) -> str:
    return f"POST /api/check HTTP/1.1\r\nHost: localhost\r\n{JSON}{head}{last}\r\n{body}"


def get(path: str, head: str = "", host: str = "localhost", method: str = "GET") -> str:
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{head}{CLOSE}\r\n"


@pytest.mark.parametrize(
    "head",
    [
        f"Content-Length: {len(TEXT)}\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 50\r\n",
        "Content-Length: +16\r\n",
        "Content-Length: \xb2\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 16, 16, 17\r\n",
        f"Content-Length: {'9' * 5000}\r\n",
        "Content-Length : 16\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "X: a\0b\r\nContent-Length: 16\r\n",
    ],
)
def test_no_request_hides_in_another(desk: Server, head: str) -> None:
    statuses, answer = sent(desk, post(head, "0\r\n\r\n" + INNER, last=""))
    assert len(statuses) == 1, statuses
    assert statuses[0] in {400, 413, 501}
    assert b"articles" not in answer
    assert b"connection: close" in answer.lower()


def test_what_follows_a_refusal_is_not_read(desk: Server) -> None:
    refused = "Origin: http://evil.example\r\n"
    length = f"Content-Length: {len(INNER)}\r\n"
    assert sent(desk, post(refused + length, INNER, last=""))[0] == [403]
    begun = f"GET /api/labels HTTP/1.1\r\nHost: localhost\r\n{refused}\r\n"
    assert sent(desk, begun + INNER)[0] == [403]


@pytest.mark.parametrize(
    "host",
    [
        "evil.example@localhost",
        "localhost@evil.example",
        "localhost/evil",
        "localhost#evil",
        "localhost?evil",
        "localhost:80:80",
        "localhost:",
        "localhost:x",
        "localhost evil",
        "localhost.",
        "127.1",
        "0x7f.0.0.1",
        "2130706433",
        "[::ffff:127.0.0.1]",
        "[::1%25lo]",
    ],
)
def test_a_name_that_is_none_of_the_desk_s(desk: Server, host: str) -> None:
    assert sent(desk, get("/api/stats", host=host))[0] == [400]
    assert sent(desk, get(f"http://{host}/api/stats", host="evil.example"))[0] == [400]


@pytest.mark.parametrize(
    "path",
    [
        "/api/tables/../../etc/passwd.csv",
        "/api/tables/..%2f..%2f..%2fetc%2fpasswd.csv",
        "/api/tables/%2e%2e%2farticles.csv",
        "/api/tables/rows.sqlite",
        "/api/tables/rows.sqlite.csv",
        "/api/tables/articles.csv%00.txt",
        "/api/tables/articles%0d%0aX-Injected:%20y.csv",
        "/../../../etc/passwd",
        "//etc/passwd",
        "/api/stats/",
        "/api//stats",
        "/api/./stats",
        "/api/article?id=..%2f..%2fetc%2fpasswd",
        "/api/article?id=%00",
        "/api/article?id=%ff%fe",
        "/api/story?id=%27%20OR%201=1%20--",
    ],
)
def test_no_way_leads_out(desk: Server, path: str) -> None:
    statuses, answer = sent(desk, get(path))
    assert statuses == [404]
    assert b"root:" not in answer
    assert b"x-injected" not in answer.lower()


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "DELETE", "CONNECT", "BREW"])
def test_no_other_method_is_known(desk: Server, method: str) -> None:
    statuses, answer = sent(desk, get("/api/labels", "X-Echo: here\r\n", method=method))
    assert statuses == [405]
    assert b"here" not in answer


@pytest.mark.parametrize(
    "head",
    [
        "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIA==\r\nSec-WebSocket-Version: 13\r\n",
        "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n",
    ],
)
def test_nothing_else_is_spoken(desk: Server, head: str) -> None:
    assert sent(desk, get("/api/labels", head))[0] == [200]
    assert sent(desk, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")[0] == [400]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"text":"a","title":NaN}', 400),
        ('{"text":"a","title":-Infinity}', 400),
        ('{"text":1e999}', 422),
        ('{"text":"a","text":5}', 422),
        ('{"text":"a","published_at":[1],"title":{"a":1},"id":5,"deadline":99}', 200),
        ('{"text":"\\u0000\\ud83d"}', 200),
        ('{"text":"' + "a " * 99_999 + '"}', 200),
        ('{"text":"' + "\\ud83d " * 1000 + '"}', 200),
        ('{"text":"a","authors":[' + '"x",' * 100_000 + '"y"]}', 200),
        ("[" * 100_000, 400),
    ],
    ids=lambda value: str(value)[:40],
)
def test_odd_bodies_are_answered(desk: Server, body: str, status: int) -> None:
    begun = time.monotonic()
    statuses, _ = sent(desk, post(f"Content-Length: {len(body)}\r\n", body), wait=60)
    assert statuses == [status]
    assert time.monotonic() - begun < 30


def test_questions_whose_askers_are_gone_keep_nobody_waiting(desk: Server) -> None:
    host, port = desk.host.split(":")
    for n in range(100):
        with socket.create_connection((host, int(port)), 30) as connection:
            body = f'{{"text":"{BODY[: 100 + n]}"}}'.replace("\n", " ")
            connection.sendall(post(f"Content-Length: {len(body)}\r\n", body).encode())
    begun = time.monotonic()
    while desk.ask("/api/check", {"text": BODY}).status == 503:  # until it hears that they are
        assert time.monotonic() - begun < 10
    assert desk.ask("/api/labels").status == 200


def test_many_who_read_the_whole_feed_keep_nobody_waiting(desk: Server) -> None:
    watching = []
    for _ in range(64):
        connection = desk.connect()
        connection.request("GET", "/api/arrivals?since=0")
        watching.append((connection, connection.getresponse()))
    assert {response.status for _, response in watching} == {200}
    assert desk.ask("/api/arrivals").status == 503
    assert desk.ask("/api/articles").status == 200
    for connection, response in watching:
        assert response.readline() == b": here\n"
        connection.close()
    until = time.monotonic() + 60
    while (status := watched(desk)) != 200 and time.monotonic() < until:
        time.sleep(0.2)  # the desk hears that they are gone
    assert status == 200


def watched(server: Server) -> int:
    connection = server.connect()
    connection.request("GET", "/api/arrivals")
    status = connection.getresponse().status
    connection.close()
    return status
