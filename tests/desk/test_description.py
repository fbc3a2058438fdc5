"""What the API says of itself is so: every address, every status, every form of answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from dedup.desk.doors import DOORS
from tests.desk.conftest import BODY, TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dedup.desk.doors import Door
    from tests.desk.conftest import Said, Server

Json = dict[str, object]
JSON_FORM = {"Content-Type": "application/json"}


class Case(NamedTuple):
    """A request at a door, and the status that it is answered with."""

    status: int
    query: Mapping[str, object] = {}
    body: object = None
    headers: Mapping[str, str] = {}
    path: str = ""


MARK = {"article_id": "wire", "verdict": "original", "mark": "right"}
GOOD: dict[str, list[Case]] = {
    "/api/articles": [
        Case(200),
        Case(200, {"q": "reprint", "verdict": "wire_copy", "silent": "true", "agency": "reuters"}),
        Case(200, {"id": ["wire", "nowhere"], "order": "oldest", "limit": 1, "offset": 1}),
        Case(200, {"publisher": "The Times", "order": "shared"}),
        Case(400, {"verdict": "bad"}),
        Case(400, {"silent": "perhaps"}),
        Case(400, {"q": "x" * 1001}),
        Case(400, {"q": ["a", "b"]}),
    ],
    "/api/articles.csv": [Case(200), Case(200, {"q": "reprint"}), Case(400, {"limit": 3})],
    "/api/article": [Case(200, {"id": "post/a b#1"}), Case(404, {"id": "nowhere"}), Case(400)],
    "/api/story": [Case(200, {"id": "post/a b#1"}), Case(404, {"id": "nowhere"}), Case(400)],
    "/api/stories": [Case(200), Case(400, {"offset": "-1"})],
    "/api/tables/{table}": [
        *(
            Case(200, path=f"/api/tables/{name}")
            for name in ("articles", "paragraphs", "matches", "attributions", "stories", "sources")
        ),
        Case(200, {"limit": 0}, path="/api/tables/matches"),
        Case(404, path="/api/tables/nothing"),
        Case(400, {"limit": 1001}, path="/api/tables/matches"),
    ],
    "/api/tables/{table}.csv": [
        Case(200, path="/api/tables/paragraphs.csv"),
        Case(404, path="/api/tables/nothing.csv"),
        Case(400, {"x": 1}, path="/api/tables/matches.csv"),
    ],
    "/api/check": [
        Case(200, body={"text": BODY, "publisher": "Q", "published_at": "2021-08-15T12:00:00Z"}),
        Case(200, body=BODY.encode(), headers={"Content-Type": "text/plain"}),
        Case(422, body={"text": ""}),
        Case(200, body={"text": "lone \ud800 surrogate", "id": "wire"}),
        Case(400, body=b"{", headers=JSON_FORM),
        Case(400, body=b"[" * 100_000, headers=JSON_FORM),
        Case(413, body={"text": "x" * 200_001}),
        Case(413, body=b"x" * 2_500_001, headers=JSON_FORM),
        Case(415, body=b"text=x", headers={"Content-Type": "application/x-www-form-urlencoded"}),
        Case(422, body={"title": "no text"}),
        Case(422, body=["no object"]),
        Case(422, body={"text": 5}),
    ],
    "/api/changes": [Case(200), Case(200, {"since": 2}), Case(400, {"since": "x"})],
    "/api/labels": [Case(200), Case(400, {"x": 1})],
    "/api/labels.csv": [Case(200), Case(400, {"x": 1})],
    "/api/stats": [Case(200), Case(400, {"x": 1})],
    "/api/openapi.json": [Case(200), Case(400, {"x": 1})],
    "/api/arrivals": [Case(400, {"since": "x"}), Case(400, headers={"Last-Event-ID": "x"})],
}
STORED: dict[str, list[Case]] = {
    "/api/labels": [
        Case(200, body={"marks": [MARK]}),
        Case(200, body={"withdrawn": [MARK]}),
        Case(400, body=b"{", headers=JSON_FORM),
        Case(413, body=b"x" * 2_500_001, headers=JSON_FORM),
        Case(415, body=b"x", headers={"Content-Type": "text/plain"}),
        Case(422, body={"marks": {}}),
        Case(422, body={"marks": [{"article_id": "wire", "verdict": "bad"}]}),
        Case(422, body={"marks": [{"verdict": "mixed"}]}),
        Case(422, body={"other": []}),
    ],
    "/api/session": [
        Case(200, body={"token": TOKEN}),
        Case(400, body=b"{", headers=JSON_FORM),
        Case(401, body={"token": "not it"}),
        Case(413, body=b"x" * 2_500_001, headers=JSON_FORM),
        Case(415, body=b"x", headers={"Content-Type": "text/plain"}),
        Case(422, body={}),
    ],
}


@pytest.fixture(scope="module")
def told(desk: Server) -> Json:
    return desk.ask("/api/openapi.json").row()


def cases(door: Door) -> list[Case]:
    return (GOOD if door.method == "GET" or door.body == "record" else STORED)[door.path]


def asked(server: Server, door: Door, case: Case, **more: str) -> Said:
    path = case.path or door.path
    headers = {**case.headers, **more}
    return server.ask(path, case.body, method=door.method, headers=headers, **case.query)


def operation(told: Json, door: Door) -> Json:
    paths = cast("dict[str, dict[str, Json]]", told["paths"])
    return paths[door.path][door.method.lower()]


def assert_described(told: Json, door: Door, answer: Said) -> None:
    """Hold an answer to what the description says of its status."""
    responses = cast("dict[str, Json]", operation(told, door)["responses"])
    assert str(answer.status) in responses, (answer.status, answer.body[:200])
    content = cast("dict[str, Json]", responses[str(answer.status)]["content"])
    assert answer.form in content
    if answer.form == "application/json":
        schema = {**cast("Json", content[answer.form]["schema"]), "components": told["components"]}
        Draft202012Validator(schema).validate(answer.json())


def test_the_description_is_of_the_doors(told: Json) -> None:
    paths = cast("dict[str, Json]", told["paths"])
    described = {(method.upper(), path) for path, item in paths.items() for method in item}
    assert described == {(door.method, door.path) for door in DOORS}
    assert {door.path for door in DOORS} == set(GOOD) | set(STORED)
    schemas = cast("dict[str, dict[str, Json]]", told["components"])["schemas"]
    for name, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
        for reference in references(schema):
            assert reference in schemas, (name, reference)
    used = {r for item in paths.values() for r in references(item)}
    while more := {r for name in used for r in references(schemas[name])} - used:
        used |= more
    assert used == set(schemas)


def references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield str(value["$ref"]).rsplit("/", 1)[1]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door.method} {door.path}")
def test_every_answer_is_as_described(desk: Server, locked: Server, told: Json, door: Door) -> None:
    server = desk if door.method == "GET" or door.body == "record" else locked
    token = {} if server is desk else {"Authorization": f"Bearer {TOKEN}"}
    seen = set()
    for case in cases(door):
        answer = asked(server, door, case, **token)
        assert answer.status == case.status, (case, answer.body[:300])
        assert_described(told, door, answer)
        seen.add(answer.status)
    first = cases(door)[0]
    for status, headers in ((403, {"Origin": "http://evil.example"}), (400, {"Host": "evil"})):
        answer = asked(server, door, first, **headers)
        assert answer.status == status
        assert_described(told, door, answer)
        seen.add(status)
    if door.path != "/api/session":
        answer = asked(locked, door, first)
        assert answer.status == 401
        assert_described(told, door, answer)
        seen.add(401)
    if door.path == "/api/arrivals":
        seen.add(200)  # test_arrivals
    declared = set(map(int, cast("Json", operation(told, door)["responses"])))
    assert declared - seen <= {408, 431, 500, 503}  # test_gate and test_waiting


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door.method} {door.path}")
def test_other_methods_are_refused(desk: Server, door: Door) -> None:
    methods = {d.method for d in DOORS if d.path == door.path} | {"HEAD"}
    for method in {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"} - methods:
        answer = desk.ask(door.path.replace("{table}", "articles"), method=method)
        assert answer.status == 405, (method, answer)
        assert answer.row()["error"]


ANY = st.text(st.characters(exclude_categories=()), max_size=30)
NAMES = sorted({p.name for door in DOORS for p in door.parameters})
VALUES = st.one_of(
    ANY,
    st.integers(-(2**70), 2**70).map(str),
    st.sampled_from(["true", "false", "wire", "newest", "mixed", "١", "1e3", "0x1"]),
)
JSONS = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(-(2**70), 2**70), ANY),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(st.sampled_from(["text", "title", "authors", "published_at", "id"]), ANY),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=10,
)
PLAIN = [d for d in DOORS if d.method == "GET" and d.answer != "events"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    door=st.sampled_from(PLAIN),
    query=st.dictionaries(st.one_of(st.sampled_from(NAMES), ANY), VALUES, max_size=3),
    name=ANY,
)
def test_whatever_is_asked_the_answer_is_described(
    desk: Server, told: Json, door: Door, query: dict[str, str], name: str
) -> None:
    clean = {k.encode(errors="replace"): v.encode(errors="replace") for k, v in query.items()}
    pairs = urlencode({k.decode(): v for k, v in clean.items()})
    path = door.path.replace("{table}", quote(name.encode(errors="replace"), safe="") or "x")
    answer = desk.ask(f"{path}?{pairs}")
    assert answer.status != 500
    assert_described(told, door, answer)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(JSONS, st.dictionaries(st.just("text"), ANY, min_size=1)))
def test_whatever_is_checked_the_answer_is_described(
    desk: Server, told: Json, body: object
) -> None:
    door = next(door for door in DOORS if door.asks == "check")
    answer = desk.ask(door.path, json.dumps(body).encode(), headers=JSON_FORM)
    assert answer.status != 500, answer.body
    assert_described(told, door, answer)


def test_the_tables_are_those_of_a_scan(desk: Server, index: Path, tmp_path: Path) -> None:
    from dedup import Index

    with Index.open(index, create=False) as held:
        held.export(tmp_path, ("csv", "json"))
    report = json.loads((tmp_path / "report.json").read_text())
    for table in ("articles", "paragraphs", "matches", "attributions", "stories", "sources"):
        written = desk.ask(f"/api/tables/{table}.csv")
        assert written.body == (tmp_path / f"{table}.csv").read_bytes()
        assert written.headers["content-disposition"] == f'attachment; filename="{table}.csv"'
        rows = desk.ask(f"/api/tables/{table}").row()
        assert rows["rows"] == report[table]
        assert rows["total"] == len(report[table])
