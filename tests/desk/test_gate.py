"""Who gets no answer: other origins, other names, no token, too much, too slow."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from dedup.desk.bounds import Bounds
from dedup.desk.doors import DOORS
from dedup.desk.gate import COOKIE
from dedup.desk.serving import is_loopback, read_token
from dedup.errors import ConfigError
from tests.desk.conftest import ROOT, TOKEN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.desk.conftest import Server


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 400),
        ({"Host": "127.0.0.1.evil.example"}, 400),
        ({"Host": "evil.example:8765"}, 400),
        ({"Host": ""}, 400),
        ({"Host": "localhost"}, 200),
        ({"Host": "LOCALHOST:1"}, 200),
        ({"Host": "[::1]:9"}, 200),
        ({"Host": "[::1"}, 400),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:1"}, 403),
        ({"Origin": "file://"}, 403),
        ({"Host": "localhost:7", "Origin": "http://localhost:7"}, 200),
        ({"Host": "localhost:7", "Origin": "http://localhost:7/x"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
    ],
)
def test_where_a_request_comes_from(desk: Server, headers: dict[str, str], status: int) -> None:
    assert desk.ask("/api/labels", headers=headers).status == status


def test_the_page_may_be_linked_to(desk: Server) -> None:
    linked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert desk.ask("/", headers=linked).status == 200
    assert desk.ask("/", headers={"Sec-Fetch-Site": "cross-site"}).status == 403


def test_every_answer_bears_the_headers(desk: Server) -> None:
    paths = ["/", "/nothing", *(d.path for d in DOORS if d.answer != "events")]
    for path in paths:
        answer = desk.ask(path.replace("{table}", "articles"))
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "server" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers


def test_the_page_has_no_handler_and_no_style_of_its_own(desk: Server) -> None:
    page = desk.ask("/").body.decode()
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    assert not re.search(r"\son\w+=|\sstyle=|javascript:|https?://", markup)


def bodies(server: Server, head: str, *parts: bytes, pause: float = 0.0) -> bytes:
    host, port = server.host.split(":")
    with socket.create_connection((host, int(port)), 30) as connection:
        connection.sendall(f"POST /api/check HTTP/1.1\r\nHost: localhost\r\n{head}\r\n".encode())
        answer = b""
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
            while chunk := connection.recv(65536):
                answer += chunk
        except OSError:  # it closes while more is being sent
            pass
    return answer


def test_a_body_without_an_end_is_too_large(desk: Server) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    answer = bodies(desk, "Transfer-Encoding: chunked\r\n", *([chunk] * 60))
    assert answer.startswith(b"HTTP/1.1 413") or not answer  # reset before it was read


def test_a_body_that_does_not_arrive_is_not_waited_for(desk: Server) -> None:
    begun = time.monotonic()
    answer = bodies(desk, "Content-Length: 100\r\n", b"x", b"y", pause=0.5)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"connection: close" in answer.lower()
    assert time.monotonic() - begun < 30


def test_headers_are_bounded(desk: Server) -> None:
    assert desk.ask("/api/labels", headers={"X-Long": "x" * 40_000}).status == 431
    assert desk.ask("/api/labels", headers={"X-Long": "x" * 90_000}).status in {400, 431}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": f"Bearer {TOKEN}"}, 200),
        ({"Authorization": f"bearer  {TOKEN} "}, 200),
        ({"Authorization": "Bearer nonsense"}, 401),
        ({"Authorization": f"Basic {TOKEN}"}, 401),
        ({"Authorization": "Bearer "}, 401),
        ({"Cookie": f"{COOKIE}={TOKEN}"}, 401),
        ({"Cookie": f"{COOKIE}="}, 401),
        ({"Cookie": "\xff\xfe;=;;"}, 401),
    ],
)
def test_a_token_is_asked_for(locked: Server, headers: Mapping[str, str], status: int) -> None:
    assert locked.ask("/api/labels", headers=headers).status == status


def test_a_token_is_swapped_for_a_cookie(locked: Server) -> None:
    assert f"#token={TOKEN}" in locked.address
    answer = locked.ask("/api/session", {"token": TOKEN})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    known = {"Cookie": f"a=b; {cookie.partition(';')[0]}; c=d"}
    assert locked.ask("/api/stats", headers=known).status == 200
    assert locked.ask("/api/stats", headers={**known, "Origin": "http://evil"}).status == 403


def test_a_token_file(tmp_path: Path) -> None:
    path = tmp_path / "token"
    made = read_token(path)
    assert len(made) > 30
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_token(path) == made
    path.chmod(0o640)
    with pytest.raises(ConfigError, match="others can read"):
        read_token(path)
    for bad in ("short", "with a space in the middle", "é" * 30):
        path.write_text(bad)
        path.chmod(0o600)
        with pytest.raises(ConfigError):
            read_token(path)
    with pytest.raises(ConfigError, match="cannot read"):
        read_token(tmp_path)


def test_the_page_of_the_desk_tells_its_bounds(root: Path) -> None:
    told = (root / "docs" / "desk.md").read_text("utf-8")
    for name in Bounds.__slots__:
        figure = getattr(Bounds(), name)
        if name not in {"read_seconds", "mark_seconds", "start_seconds"}:
            assert re.search(rf"(?<![\d,]){figure:,.0f}(?![\d,])", told), name


def test_what_is_this_machine_alone() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.1", "example.org", "")))  # noqa: S104


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (("--host", "0.0.0.0"), 2, "give a --token-file"),  # noqa: S104
        (("--host", "203.0.113.7", "--token-file", "{folder}/t"), 2, "cannot listen"),
        (("--port", "70000"), 2, "0<=x<=65535"),
    ],
)
def test_a_desk_that_is_not_opened(
    index: Path, tmp_path: Path, options: tuple[str, ...], code: int, sentence: str
) -> None:
    given = [option.format(folder=tmp_path) for option in options]
    command = [sys.executable, "-m", "dedup", "serve", str(index), *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == code, done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_an_index_that_is_not_there(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dedup", "serve", str(tmp_path / "none"), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 4
    assert done.stderr.strip().endswith("there is no index at " + str(tmp_path / "none"))
