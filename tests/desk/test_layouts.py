"""What is looked up in a layout is what the tables say; what is newer is told all the same."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from dedup import Article, Index
from dedup.desk.laying import lay, layouts
from dedup.desk.reading import Reader
from dedup.desk.rows import addressed, headline, row_at
from dedup.desk.views import Views
from dedup.report.columns import TABLES
from tests.desk.conftest import ARTICLES, BODY, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dedup.result import Result
    from tests.desk.conftest import Server

    Row = dict[str, object]

NEWSROOM = ROOT / "tests" / "data" / "newsroom" / "articles.jsonl"
ODD = ["lone \ud800", "lone \ud801", "a/b c", "__proto__"]


def folder_of(path: Path) -> Path:
    folder = path.parent / "layouts"
    folder.mkdir(exist_ok=True)
    return folder


def as_json(value: object) -> object:
    """A value as it comes out of JSON: lists for tuples."""
    return json.loads(json.dumps(value))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the newsroom set, and of articles with odd ids."""
    path = tmp_path_factory.mktemp("laid") / "news.dedup"
    odd = [Article(id=name, text=BODY, title=name) for name in ODD]
    with Index.open(path) as index:
        index.add(NEWSROOM)
        index.add(odd)
    return path


@pytest.fixture(scope="module")
def result(path: Path) -> Result:
    with Index.open(path, create=False) as index:
        return index.tables()


@pytest.fixture(scope="module")
def views(path: Path) -> Iterator[Views]:
    with Index.open(path, create=False) as index:
        found = Views(lay(index, path, folder_of(path)))
    yield found
    found.close()


def rows(result: Result, table: str) -> list[Row]:
    columns = result.tables[table]
    size = len(columns[TABLES[table][0].name])
    return cast("list[Row]", as_json([row_at(table, columns, row) for row in range(size)]))


@pytest.mark.parametrize("table", TABLES)
def test_every_row_is_the_table_s(views: Views, result: Result, table: str) -> None:
    wanted = rows(result, table)
    assert views.size(table) == len(wanted)
    assert views.rows(table, 0, len(wanted)) == wanted
    assert views.rows(table, 3, 2) == wanted[3:5]


@pytest.mark.parametrize("table", TABLES)
def test_every_file_is_the_one_that_a_scan_writes(
    views: Views, result: Result, table: str, tmp_path: Path
) -> None:
    result.write(tmp_path, ("csv",))
    name = f"{table}.csv"
    assert (views.folder / name).read_bytes() == (tmp_path / name).read_bytes()


def test_one_article_is_what_the_tables_say_of_it(views: Views, result: Result) -> None:
    tables = {name: rows(result, name) for name in TABLES}
    for row in tables["articles"]:
        name = str(row["article_id"])
        if name == ODD[0]:
            continue  # an address cannot tell it from the other
        found = cast("dict[str, Any]", views.article(addressed(name), ()))
        told = {**row, "headline": headline(row, str(row["text"]))}
        assert found["article"] == told
        for table in ("paragraphs", "attributions"):
            assert found[table] == [r for r in tables[table] if r["article_id"] == name]
        sides = [r for r in tables["matches"] if name in {r["article_id"], r["other_id"]}]
        assert found["matches"] == sides
        others = {str(r[side]) for r in sides for side in ("article_id", "other_id")} - {name}
        assert [r["article_id"] for r in found["others"]] == sorted(others)


def test_one_story_is_what_the_tables_say_of_it(views: Views, result: Result) -> None:
    articles = rows(result, "articles")
    for story in rows(result, "stories"):
        found = views.story(addressed(str(story["story_id"])), ())
        assert found["story"] == story
        members = {r["article_id"] for r in articles if r["story_id"] == story["story_id"]}
        listed = cast("list[Row]", found["articles"])
        assert {row["article_id"] for row in listed} == members
        when = [str(row["published_at"] or "~") for row in listed]
        assert when == sorted(when)
    sizes = [row["articles"] for row in views.stories(0, 1000)]
    assert sizes == sorted(cast("list[int]", sizes), reverse=True)
    assert len(sizes) == views.size("stories")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"q": "REUTERS police"},
        {"verdict": "wire_copy", "order": "shared"},
        {"agency": "reuters", "order": "silent"},
        {"silent": True, "order": "oldest"},
        {"publisher": "lone \ufffd", "order": "id"},
        {"q": "nothing has these words", "order": "outlet"},
    ],
)
def test_a_filter_finds_what_answers_it(views: Views, result: Result, asked: Row) -> None:
    wanted = [row for row in rows(result, "articles") if answers(row, asked, views)]
    total, listed = views.listed({**asked, "offset": 0, "limit": 1000}, ())
    assert total == len(wanted)
    ids = {str(row["article_id"]) for row in wanted}
    assert {row["article_id"] for row in listed} == ids
    keys = {"shared": "copied_share", "silent": "uncredited_share"}
    if column := keys.get(str(asked.get("order"))):
        shares = [row[column] for row in listed]
        assert shares == sorted(cast("list[float]", shares), reverse=True)
    columns = views.columns(asked, ())
    assert set(columns["article_id"]) == ids
    assert list(columns) == [column.name for column in TABLES["articles"]]
    page = views.listed({**asked, "offset": 1, "limit": 2}, ())
    assert page == (total, listed[1:3])
    if ids:
        gone = {next(iter(ids))}
        assert views.listed({**asked, "offset": 0, "limit": 1000}, gone)[0] in {
            total - 1,
            total - 2,
        }


def answers(row: Row, asked: Row, views: Views) -> bool:
    """Whether an article answers a filter, said as plainly as can be."""
    agencies = cast("list[str]", row["agencies"])
    said = [row["article_id"], row["publisher"], row["published_at"], row["language"], *agencies]
    said += [headline(row, str(row["text"])), *(views.names.get(a, a) for a in agencies)]
    text = "\n".join(str(word or "") for word in said).casefold()
    return (
        all(word in text for word in str(asked.get("q", "")).casefold().split())
        and asked.get("verdict") in {None, row["verdict"]}
        and asked.get("publisher") in {None, row["publisher"]}
        and (not asked.get("agency") or asked["agency"] in agencies)
        and (not asked.get("silent") or bool(row["uncredited_agencies"]))
    )


def test_newest_first_is_by_the_moment(tmp_path: Path) -> None:
    times = {"a": "2021-08-15T23:00:00-05:00", "b": "2021-08-16T01:00:00+02:00", "c": ""}
    path = tmp_path / "n.dedup"
    with Index.open(path) as index:
        index.add([Article(id=n, text=n * 50, published_at=time) for n, time in times.items()])
        views = Views(lay(index, path, folder_of(path)))
    for order, ids in (("newest", ["a", "b", "c"]), ("oldest", ["b", "a", "c"])):
        _, listed = views.listed({"order": order, "offset": 0, "limit": 9}, ())
        assert [row["article_id"] for row in listed] == ids
    views.close()


def test_what_is_newer_than_the_layout(tmp_path: Path) -> None:
    """Nothing is walked: whoever came is told, whoever went is not, verdicts are today's."""
    path = tmp_path / "n.dedup"
    with Index.open(path) as index:
        index.add(ARTICLES[1:])
        lay(index, path, folder_of(path))
        reader = Reader(str(path), str(folder_of(path)))
        assert told(reader, "article", id="post/a b#1")["behind"] is False
        index.add(ARTICLES[:1])
        index.remove(["other"])
        reprint = told(reader, "article", id="post/a b#1")
        assert cast("Row", reprint["article"])["verdict"] == "wire_copy"
        assert reprint["behind"] is True
        came = told(reader, "article", id="wire")
        assert cast("Row", came["article"])["headline"] == "Wire story"
        assert cast("Row", came["article"])["text"] == BODY
        assert reader.answer("article", {"id": "other"}).status == 404
        assert told(reader, "articles", offset=0, limit=9)["total"] == 1
        assert told(reader, "stats", language="en")["articles"] == 2
        before = told(reader, "changes", since=0, limit=99)["rows"]
        lay(index, path, folder_of(path))
        assert told(reader, "changes", since=0, limit=99)["rows"] == before
        after = told(reader, "article", id="post/a b#1")
        assert after["behind"] is False
        wanted = rows(index.tables(), "articles")
        assert {k: v for k, v in cast("Row", after["article"]).items() if k != "headline"} in wanted
        assert len(layouts(folder_of(path))) == 2
        index.remove(["wire"])
        lay(index, path, folder_of(path))
        assert len(layouts(folder_of(path))) == 2
        assert told(reader, "articles", offset=0, limit=9)["total"] == 1
    assert reader._index is None  # nothing was asked that needs it
    reader.close()


def test_what_is_newer_is_looked_for_among_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dedup.index.shelf.Shelf.few", 0)
    path = tmp_path / "n.dedup"
    with Index.open(path) as index:
        index.add(ARTICLES)
        lay(index, path, folder_of(path))
        index.add([Article(id="late", text=BODY, publisher="The Echo", published_at="2021-08-16")])
        reader = Reader(str(path), str(folder_of(path)))
        assert told(reader, "article", id="late")["matches"] == []
        found = cast("dict[str, Any]", told(reader, "about", id="late", deadline=30.0))
        assert found["behind"] is False
        wanted = next(r for r in rows(index.tables(), "articles") if r["article_id"] == "late")
        groups = ("cluster_id", "story_id", "language")
        assert {k: found["article"][k] for k in wanted if k not in groups} == {
            k: cell for k, cell in wanted.items() if k not in groups
        }
        assert {match["other_id"] for match in found["matches"]} == {"wire", "post/a b#1"}
        assert [row["article_id"] for row in found["others"]] == ["post/a b#1", "wire"]
        wire = cast("dict[str, Any]", told(reader, "about", id="wire", deadline=30.0))
        assert "late" in {row["article_id"] for row in wire["others"]}
        assert reader.answer("about", {"id": "nowhere", "deadline": 1.0}).status == 404
    reader.close()


def test_a_desk_opens_before_its_tables_are_laid_out(
    index: Path, opened: Callable[..., Server]
) -> None:
    with opened(index, "open_seconds=0.0") as server:
        first = server.ask("/api/stats")
        assert first.status in {200, 503}
        assert server.ask("/api/article", id="wire").status == 200
        assert server.ask("/api/check", {"text": BODY}).status == 200
        until = time.monotonic() + 60
        while server.ask("/api/stats").status == 503 and time.monotonic() < until:
            time.sleep(0.1)
        assert server.ask("/api/articles").row()["total"] == len(ARTICLES)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_desk_that_is_ended_leaves_no_layout_behind(
    number: int,
    index: Path,
    opened: Callable[..., Server],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with opened(index) as server:
        assert [*tmp_path.glob("dedup-desk-*/*/rows.sqlite")]
        server.process.send_signal(number)
        server.process.wait(20)
        assert not [*tmp_path.glob("dedup-desk-*")]


BUSY = """
import multiprocessing, threading, time
from dedup.desk.working import _end_with_the_desk

def busy(told):
    threading.Thread(target=_end_with_the_desk, daemon=True).start()
    told.send(multiprocessing.current_process().pid)
    while True:
        sum(range(100_000))

if __name__ == "__main__":
    here, there = multiprocessing.Pipe()
    multiprocessing.get_context("forkserver").Process(target=busy, args=(there,)).start()
    print(here.recv(), flush=True)
    time.sleep(60)
"""


def test_no_process_outlives_its_desk_whatever_it_does(tmp_path: Path) -> None:
    script = tmp_path / "busy.py"
    script.write_text(BUSY, "utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        pid = int(desk.stdout.readline())
        assert runs(pid)
        desk.kill()
    until = time.monotonic() + 20
    while runs(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not runs(pid)


def runs(pid: int) -> bool:
    """Whether a process is there, and is not only waited for."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return False


def test_without_a_layout_the_record_answers(own: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    reader = Reader(str(own), str(tmp_path / "none"))
    assert told(reader, "standing")["laid"] == -1
    found = told(reader, "article", id="wire")
    assert found["behind"] is True
    assert cast("Row", found["article"])["text"] == BODY
    assert len(cast("list[Row]", told(reader, "changes", since=0, limit=9)["rows"])) == 3
    for what in ("stats", "articles", "stories"):
        reply = reader.answer(what, {"offset": 0, "limit": 9})
        assert reply.status == 503
        assert b"looked through" in reply.body
    reader.close()


def test_a_large_index_has_its_list_before_its_tables(
    path: Path, result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile: list[Row] = []
    folder = tmp_path / "layouts"
    folder.mkdir()

    def later(index: Index, path: Path, folder: Path) -> Path:
        reader = Reader(str(path), str(folder))
        assert told(reader, "standing")["laid"] == -1  # whatever it is, it is to be laid out
        meanwhile.append(told(reader, "articles", offset=0, limit=500))
        meanwhile.append(told(reader, "articles", offset=0, limit=9, q="reuters", silent=True))
        article = told(reader, "article", id="s01-outlet1")
        assert article["behind"] is True
        assert article["matches"] == []
        for what in ("stats", "stories", "story", "table", "written"):
            given = {"offset": 0, "limit": 9, "id": "s01-wire1", "table": "matches"}
            assert reader.answer(what, given).status == 503
        reader.close()
        return lay(index, path, folder)

    monkeypatch.setattr("dedup.desk.reading._LARGE", 9)
    monkeypatch.setattr("dedup.desk.reading.lay", later)
    reader = Reader(str(path), str(folder))
    reader.answer("lay", {})
    all_, silent = (cast("list[Row]", listed["rows"]) for listed in meanwhile)
    grouped = ("cluster_id", "story_id", "language", "text", "headline")
    wanted = [
        {k: v for k, v in row.items() if k not in grouped} for row in rows(result, "articles")
    ]
    found = [{k: v for k, v in row.items() if k not in grouped} for row in all_]
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert silent
    assert all(row["uncredited_agencies"] for row in silent)
    again = told(reader, "articles", offset=0, limit=9, q="reuters", silent=True)
    assert again["total"] == meanwhile[1]["total"]
    assert cast("list[Row]", told(reader, "article", id="s01-outlet1")["matches"])
    assert len(layouts(folder)) == 2
    reader.close()


def test_the_record_tells_an_article_as_the_tables_do(views: Views, path: Path) -> None:
    reader = Reader(str(path), str(folder_of(path)))
    known = ("cluster_id", "story_id", "language")
    for name in ("s01-outlet1", "s01-wire1", ODD[2]):
        recorded = cast("Row", as_json(cast("Row", reader._recorded(name))["article"]))
        laid = cast("Row", cast("Row", views.article(name, ()))["article"])
        assert {k: v for k, v in recorded.items() if k not in known} == {
            k: v for k, v in laid.items() if k not in known
        }
    reader.close()


def told(reader: Reader, what: str, **given: object) -> Row:
    reply = reader.answer(what, given)
    assert reply.status == 200, reply.body
    return cast("Row", json.loads(reply.body))
