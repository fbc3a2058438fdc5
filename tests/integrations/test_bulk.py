"""Documents of a search server learn where they come from, and keep all else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast
from urllib.request import Request, urlopen

import pytest
from elasticsearch import Elasticsearch, helpers

from dedup.integrations.bulk import bodies, enrich, follow, mapping, refused

if TYPE_CHECKING:
    from dedup import Article, Index
    from tests.integrations.conftest import SearchServer


@pytest.fixture
def filled(search: SearchServer, story: list[Article]) -> SearchServer:
    search.documents = {article.id: {"headline": article.title} for article in story}
    return search


def posted(search: SearchServer, body: bytes) -> dict[str, object]:
    """Send a body without a client."""
    request = Request(f"{search.address}/_bulk", body)  # noqa: S310 - an address of our own
    request.add_header("Content-Type", "application/x-ndjson")
    with urlopen(request, timeout=10) as answer:  # noqa: S310
        return cast("dict[str, object]", json.load(answer))


def test_the_client_sends_what_a_scan_says(filled: SearchServer, index: Index) -> None:
    with Elasticsearch(filled.address) as client:
        client.indices.put_mapping(index="articles", properties=mapping())
        updated, faults = helpers.bulk(client, enrich(index.tables(), "articles"))
    rows = index.tables().articles.set_index("article_id")
    assert (updated, faults) == (len(rows), [])
    for name, row in rows.iterrows():
        document = filled.documents[str(name)]
        said = cast("dict[str, object]", document["dedup"])
        assert document["headline"]
        assert (said["verdict"], said["derived_from"]) == (row["verdict"], row["derived_from"])
        assert ";".join(cast("list[str]", said["agencies"])) == row["agencies"]
    assert filled.documents["s01-outlet1"].keys() == {"headline"}  # is not in the index
    fields = cast("dict[str, dict[str, dict[str, object]]]", filled.mapping["properties"])
    some = cast("dict[str, object]", filled.documents["s01-wire1"]["dedup"])
    assert set(some) <= set(fields["dedup"]["properties"])


def test_a_feed_is_followed(filled: SearchServer, index: Index, story: list[Article]) -> None:
    late = [article for article in story if article.id == "s01-outlet1"]
    before = index.changes()[-1].number
    index.add(late)
    index.remove("s01-wire1")
    changes = index.changes(before)
    with Elasticsearch(filled.address) as client:
        helpers.bulk(client, enrich(index.tables(), "articles"))
        helpers.bulk(client, follow(changes, "articles"))
    numbers = {change.article_id: change.number for change in changes}
    assert filled.documents["s01-wire1"]["dedup"] is None
    reprint = cast("dict[str, object]", filled.documents["s01-outlet1"]["dedup"])
    assert reprint["change"] == numbers["s01-outlet1"]
    assert reprint["verdict"] == index.tables().verdict("s01-outlet1").label
    assert reprint["story_id"]  # of the tables: the feed has no groups, and leaves them


def test_bodies_need_no_client(filled: SearchServer, index: Index) -> None:
    actions = list(enrich(index.tables(), "articles"))
    sent = 0
    for body in bodies(actions, most=4):
        assert refused(posted(filled, body)) == []
        sent += 1
    assert sent == filled.requests == -(-len(actions) // 4)
    assert all("dedup" in filled.documents[str(action["_id"])] for action in actions)


def test_bodies_stay_below_their_bytes(index: Index) -> None:
    actions = list(enrich(index.tables(), "articles"))
    single = list(bodies(actions, most=1))
    most = 2 * max(map(len, single))
    several = list(bodies(actions, most_bytes=most))
    assert 1 < len(several) < len(single)
    assert max(map(len, several)) <= most
    assert b"".join(several) == b"".join(single)
    assert list(bodies(actions, most_bytes=1)) == single  # one action is never cut
    assert list(bodies([])) == []


def test_what_is_missing_is_said(search: SearchServer, index: Index) -> None:
    (body,) = bodies(list(enrich(index.tables(), "articles", name="web-{}".format))[:1])
    name = f"web-{index.ids()[0]}"
    assert refused(posted(search, body)) == [(name, f"[{name}]: document missing")]
    assert search.documents == {}
    assert refused({"errors": False}) == []
