"""Articles of one story, an index of them, and a stand-in for a search server."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, cast

import pytest

from dedup import Index
from tests.index.histories import real_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dedup import Article

    Document = dict[str, object]


@pytest.fixture(scope="session")
def story() -> list[Article]:
    """The articles on one story: wires, copies, rewrites, originals."""
    return [article for article in real_articles() if article.id.startswith("s01-")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.dedup"


@pytest.fixture
def index(path: Path, story: list[Article]) -> Iterator[Index]:
    """An index of the story but for one reprint."""
    with Index.open(path) as opened:
        opened.add(article for article in story if article.id != "s01-outlet1")
        yield opened


class SearchServer(ThreadingHTTPServer):
    """Speaks as much of Elasticsearch's language as partial updates in bulk need."""

    documents: dict[str, Document]
    mapping: Document
    requests: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


def merged(document: Document, part: Document) -> Document:
    """Merge a partial document: objects into objects, anything else in the place of what was."""
    whole = dict(document)
    for name, value in part.items():
        held = whole.get(name)
        if isinstance(held, dict) and isinstance(value, dict):
            whole[name] = merged(held, value)
        else:
            whole[name] = value
    return whole


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SearchServer

    def log_message(self, *_: object) -> None:
        pass

    def do_PUT(self) -> None:
        self.server.requests += 1
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        if self.path.endswith("/_bulk"):
            assert "ndjson" in self.headers["content-type"]
            assert body.endswith(b"\n")
            self._say(self._bulk(list(map(json.loads, body.splitlines()))))
        else:
            assert self.path == "/articles/_mapping"
            self.server.mapping = json.loads(body)
            self._say({"acknowledged": True})

    def do_POST(self) -> None:
        self.do_PUT()

    def _bulk(self, lines: list[Document]) -> Document:
        items: list[object] = []
        for head, part in zip(lines[::2], lines[1::2], strict=True):
            (update,) = head.values()
            assert isinstance(update, dict)
            assert list(head) == ["update"]
            name, held = update["_id"], self.server.documents
            said: Document = {"_index": update["_index"], "_id": name, "status": 200}
            if name in held:
                held[name] = merged(held[name], cast("Document", part["doc"]))
            else:
                reason = f"[{name}]: document missing"
                fault = {"type": "document_missing_exception", "reason": reason}
                said |= {"status": 404, "error": fault}
            items.append({"update": said})
        return {"took": 1, "errors": any("error" in str(i) for i in items), "items": items}

    def _say(self, value: Document) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def search() -> Iterator[SearchServer]:
    with SearchServer(("127.0.0.1", 0), _Answers) as server:
        server.documents, server.mapping, server.requests = {}, {}, 0
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
