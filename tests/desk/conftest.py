"""A real desk on a real port, and a client that speaks HTTP to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode, urlsplit

import pytest

from dedup import Article, Index
from tests.strategies import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from http.client import HTTPResponse
    from types import TracebackType

ROOT = Path(__file__).parents[2]
BODY = "\n\n".join(" ".join(SENTENCES[i : i + 3]) for i in (0, 3, 6))
OTHER = "\n\n".join(" ".join(SENTENCES[i : i + 3]) for i in (9, 12, 15))
ARTICLES = [
    Article(
        id="wire",
        text=BODY,
        title="Wire story",
        publisher="Reuters",
        is_wire=True,
        agency="reuters",
        published_at="2021-08-15T08:00:00Z",
    ),
    Article(
        id="post/a b#1",
        text=BODY,
        title="A reprint",
        publisher="The Post",
        published_at="2021-08-15T10:00:00Z",
        url="https://post.example/1",
    ),
    Article(id="other", text=OTHER, publisher="The Times", published_at="2021-08-16"),
]
TOKEN = "a-token-of-some-length"  # noqa: S105 - of a test
#: Bounds that a test can wait for, and that busy machines keep.
QUICK = "head_seconds=3.0, body_seconds=2.0, stalled_seconds=3.0, heads=256"
_OPEN = """
import sys
from dedup import Config
from dedup.desk import Entrance, serve
from dedup.desk.bounds import Bounds
serve(sys.argv[1], Entrance(port=0), config=Config(workers=1), bounds=Bounds({bounds}),
      tell=lambda line: print(line, flush=True))
"""


@dataclass(frozen=True)
class Said:
    """An answer of the desk."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> object:
        return json.loads(self.body)

    def row(self) -> dict[str, object]:
        found = self.json()
        assert isinstance(found, dict), found
        return found


#: Bytes of a body that no desk takes in these tests.
HUGE = 1 << 20


@dataclass
class Server:
    """A desk in a process of its own."""

    command: list[str]
    process: subprocess.Popen[str] = field(init=False)
    address: str = ""

    def __enter__(self) -> Self:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            self.command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.address = line.removeprefix("The desk is open at ").strip()
        assert self.address.startswith("http://"), self.process.communicate()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> str:
        """Close the desk, and give what it wrote on standard error."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.communicate(timeout=20)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.communicate()[1]

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def connect(self, timeout: float = 60) -> HTTPConnection:
        return HTTPConnection(self.host, timeout=timeout)

    def ask(
        self,
        path: str,
        body: object = None,
        *,
        method: str = "",
        headers: Mapping[str, str] | None = None,
        **query: object,
    ) -> Said:
        """Send one request: a body that is no bytes goes as JSON.

        Of a very large one the length alone is sent: who refuses it does not wait for the rest, and
        a connection that is closed while one writes may lose the answer.
        """
        if query:
            path += "?" + urlencode(query, doseq=True)
        given = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            given.setdefault("Content-Type", "application/json")
        connection = self.connect()
        try:
            if body is not None and len(body) > HUGE:
                given["Content-Length"], body = str(len(body)), b""
            connection.request(method or ("GET" if body is None else "POST"), path, body, given)
            return said(connection.getresponse())
        finally:
            connection.close()


def said(response: HTTPResponse) -> Said:
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Said(response.status, headers, response.read())


def filled(path: Path) -> Path:
    with Index.open(path) as index:
        index.add(ARTICLES)
    return path


@pytest.fixture(scope="session")
def opened() -> Callable[..., Server]:
    """Open a desk on an index, with bounds of its own where they are given."""

    def desk(index: Path, bounds: str = "", *options: str) -> Server:
        if bounds:
            return Server([sys.executable, "-c", _OPEN.format(bounds=bounds), str(index)])
        command = [sys.executable, "-m", "dedup", "serve", str(index), "--port", "0"]
        return Server([*command, "--workers", "1", *options])

    return desk


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that no test changes."""
    return filled(tmp_path_factory.mktemp("desk") / "news.dedup")


@pytest.fixture(scope="session")
def desk(index: Path, opened: Callable[..., Server]) -> Iterator[Server]:
    """A desk on it, with bounds that a test can wait for."""
    with opened(index, QUICK) as server:
        yield server


@pytest.fixture(scope="session")
def locked(
    tmp_path_factory: pytest.TempPathFactory, opened: Callable[..., Server]
) -> Iterator[Server]:
    """A desk that asks for its token, on an index of its own."""
    folder = tmp_path_factory.mktemp("locked")
    (folder / "token").write_text(TOKEN)
    (folder / "token").chmod(0o600)
    with opened(filled(folder / "n.dedup"), "", "--token-file", str(folder / "token")) as server:
        yield server


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An index that a test may change."""
    return filled(tmp_path / "news.dedup")
