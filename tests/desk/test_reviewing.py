"""Marks that are given at the desk, and arrivals that are told there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dedup import Article, Index
from dedup.marks import read_marks
from tests.desk.conftest import BODY, filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from http.client import HTTPResponse
    from pathlib import Path

    from tests.desk.conftest import Server


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("reviewed") / "news.dedup")


@pytest.fixture(scope="module")
def server(own: Path, opened: Callable[..., Server]) -> Iterator[Server]:
    with opened(own) as found:
        yield found


def verdict(server: Server, name: str) -> object:
    article = server.ask("/api/article", id=name).row()["article"]
    assert isinstance(article, dict)
    return article["verdict"]


def test_a_mark_is_stored_and_honoured(server: Server, own: Path, tmp_path: Path) -> None:
    mark = {"article_id": "post/a b#1", "verdict": "mixed", "mark": "right"}
    assert verdict(server, "post/a b#1") == "wire_copy"
    answer = server.ask("/api/labels", {"marks": [mark]}).row()
    assert answer["marks"] == 1
    assert [row["article_id"] for row in answer["changed"]] == ["post/a b#1"]  # type: ignore[attr-defined]
    assert verdict(server, "post/a b#1") == "mixed"
    (tmp_path / "labels.csv").write_bytes(server.ask("/api/labels.csv").body)
    with Index.open(own, create=False) as index:
        assert read_marks(tmp_path / "labels.csv") == index.marks()
    server.ask("/api/labels", {"withdrawn": [mark]})
    assert verdict(server, "post/a b#1") == "wire_copy"
    assert server.ask("/api/labels").row() == {"rows": []}


def events(response: HTTPResponse) -> Iterator[dict[str, object]]:
    """Read the entries of an event stream."""
    while line := response.readline():
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


def test_arrivals_are_told(server: Server, own: Path) -> None:
    connection = server.connect()
    connection.request("GET", "/api/arrivals")
    response = connection.getresponse()
    assert response.getheader("content-type") == "text/event-stream; charset=utf-8"
    ahead = server.connect()
    ahead.request("GET", "/api/arrivals?since=9007199254740991")
    waiting = ahead.getresponse()
    late = Article(id="late", text=BODY, publisher="The Echo", published_at="2021-08-15T12:00:00Z")
    with Index.open(own) as index:
        index.add([late])
    entry = next(events(response))
    assert next(events(waiting)) == entry
    connection.close()
    ahead.close()
    assert (entry["article_id"], entry["change"]) == ("late", "added")
    assert entry["alert"] == ["reuters"]
    before = str(int(str(entry["number"])) - 1)
    assert server.ask("/api/changes", since=before).row()["rows"] == [entry]
    resumed = server.connect()
    resumed.request("GET", "/api/arrivals", headers={"Last-Event-ID": before})
    assert next(events(resumed.getresponse())) == entry
    resumed.close()


def test_a_text_is_checked(server: Server) -> None:
    given = {"text": BODY, "publisher": "The Echo", "published_at": "2021-08-15T12:00:00Z"}
    for _ in range(20):  # the index has grown: the first answer may rest on less
        answer = server.ask("/api/check", given).row()
        if answer["complete"]:
            break
    assert answer["complete"] is True
    assert answer["credit_lines"] == [
        {"agency": "reuters", "name": "Reuters", "line": "Source: Reuters"}
    ]
    paragraphs = answer["paragraphs"]
    assert isinstance(paragraphs, list)
    assert {row["source_id"] for row in paragraphs} == {"wire"}
    assert {row["credit"] for row in paragraphs} == {"none"}
    assert server.ask("/api/article", id="-").status == 404
