"""Indexes that share their candidates on a real Redis server."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from datasketch import MinHashLSH

from dedup import ConfigError, Index, IndexUnusableError, MissingExtra, attribution
from dedup.candidates import to_datasketch
from dedup.index import banded, elsewhere
from dedup.index.banded import BANDS, ROWS
from dedup.index.elsewhere import CandidateStore
from dedup.index.sharing import SharedShelf, paragraph_signatures, withdraw
from tests.index.histories import csv_of
from tests.redis_server import RedisServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dedup import Article, Revision
    from dedup.index import Elsewhere

WRITER = """
import sys
from dedup import Index
from tests.index.histories import real_articles
address, record, part = sys.argv[1:]
with Index.open(address, record=record, wait=60) as index:
    articles = real_articles()[int(part)::2]
    for at in range(0, len(articles), 10):
        index.add(articles[at : at + 10])
    index.remove([article.id for article in articles[::5]])
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    found = RedisServer(tmp_path_factory.mktemp("redis"))
    yield found
    found.stop()


@pytest.fixture
def store(server: RedisServer) -> RedisServer:
    """The server, up and empty."""
    server.stop()
    server.start()
    return server


def shared(store: RedisServer, path: Path) -> Index:
    return Index.open(store.address, record=path)


def banded_of(index: Index) -> banded.Banded:
    shelf = index._shelf
    assert isinstance(shelf, SharedShelf)
    return shelf._candidates._banded


def named(found: Sequence[Elsewhere] | None) -> set[str]:
    assert found is not None
    return {place.article_id for place in found}


def by_id(story: list[Article], name: str) -> Article:
    return next(article for article in story if article.id == name)


def test_each_hears_of_the_articles_of_others(
    store: RedisServer, tmp_path: Path, story: list[Article]
) -> None:
    wires = [article for article in story if article.is_wire]
    outlets = [article for article in story if not article.is_wire]
    with shared(store, tmp_path / "a.dedup") as a, shared(store, tmp_path / "b.dedup") as b:
        a.add(wires)
        b.add(outlets)
        asked = by_id(story, "s01-outlet1")
        answer = a.check(asked)
        assert "s01-outlet4" in named(answer.elsewhere)
        assert not named(answer.elsewhere) & set(a.ids())
        (first, *_) = b.check(by_id(story, "s01-wire1")).elsewhere or ()
        assert (first.article_id, first.resemblance) == ("s01-wire1", 1.0)
        assert first.record.endswith(f":{tmp_path / 'a.dedup'}")
        assert first.paragraphs >= 8
        assert answer.complete
        assert answer.said()["elsewhere"] == [place._asdict() for place in answer.elsewhere or ()]
        assert a.verify() == b.verify() == []
        with Index.open(tmp_path / "a.dedup") as alone:
            plain = alone.check(asked)
            assert plain.elsewhere is None
            assert "elsewhere" not in plain.said()
            assert (plain.row, plain.matches) == (answer.row, answer.matches)
        unlike = a.check("Nothing of this was ever in a paper, and nobody has told it so before.")
        assert unlike.elsewhere == ()


def test_the_record_says_what_it_says_alone(
    store: RedisServer, tmp_path: Path, story: list[Article]
) -> None:
    with shared(store, tmp_path / "a.dedup") as a, Index.open(tmp_path / "b.dedup") as alone:
        for part in (story[6:], story[:6]):
            assert a.add(part) == alone.add(part)
        assert a.remove(story[3].id) == alone.remove(story[3].id)
        tables = csv_of(a.tables(), tmp_path / "of_a")
        assert tables == csv_of(alone.tables(), tmp_path / "of_alone")


def test_what_is_gone_leaves_nothing(
    store: RedisServer, tmp_path: Path, story: list[Article]
) -> None:
    with shared(store, tmp_path / "a.dedup") as a, shared(store, tmp_path / "b.dedup") as b:
        a.add(story[:6])
        before = contents(store)
        b.add(story[6:])
        assert len(contents(store)) > len(before)
        b.remove(story[6].id)
        assert story[6].id.encode() not in b"".join(contents(store).values())
        b.expire(before="2100-01-01")
        assert b.ids() == []
        after = contents(store)
        for one in (before, after):
            del one[b"dedup:records"], one[b"dedup:count"]
        assert after == before
        withdraw(store.address, tmp_path / "a.dedup")
        withdraw(store.address, tmp_path / "b.dedup")
        assert contents(store).keys() == {b"dedup:count", b"dedup:made"}
        a.add([])
        assert a.verify() == []  # and is known again


def test_an_index_that_does_not_come_back_is_taken_out(
    store: RedisServer, tmp_path: Path, story: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(_row: object) -> None:
        raise KeyboardInterrupt

    with shared(store, tmp_path / "b.dedup") as b:
        b.add([by_id(story, "s01-wire1")])
        monkeypatch.setattr(banded, "to_datasketch", cut)
        with pytest.raises(KeyboardInterrupt):
            b.add(story)
    with shared(store, tmp_path / "a.dedup") as a:
        answer = a.check(by_id(story, "s01-outlet1"))
        (place,) = answer.elsewhere or ()
        assert (place.article_id, answer.complete) == ("s01-wire1", False)
        withdraw(store.address, place.record)
        answer = a.check(by_id(story, "s01-outlet1"))
        assert (answer.elsewhere, answer.complete) == ((), True)
        assert contents(store).keys() == {b"dedup:count", b"dedup:made"}


def contents(store: RedisServer) -> dict[bytes, bytes]:
    """All that lies in the store, by key."""
    with store.client as client:
        read = {b"string": client.get, b"hash": client.hgetall, b"set": client.smembers}
        found = {}
        for key in client.keys("*"):
            kind = client.type(key)
            value = client.lrange(key, 0, -1) if kind == b"list" else read[kind](key)
            lines = sorted(value.items()) if isinstance(value, dict) else value
            found[key] = repr(sorted(lines) if isinstance(lines, set) else lines).encode()
        return found


def test_what_only_has_another_verdict_stays(
    store: RedisServer, tmp_path: Path, story: list[Article]
) -> None:
    with shared(store, tmp_path / "a.dedup") as a, store.client as client:
        a.add([by_id(story, "s01-outlet1")])
        assert a.add([by_id(story, "s01-wire1")]).changed
        a.add(story[:2])
        assert client.get("dedup:count") == str(len(a)).encode()


def test_another_version_takes_the_place_of_the_former(
    store: RedisServer, tmp_path: Path, story: list[Article]
) -> None:
    wire, copy = by_id(story, "s01-wire1"), by_id(story, "s01-outlet1")
    with shared(store, tmp_path / "a.dedup") as a, shared(store, tmp_path / "b.dedup") as b:
        a.add([{"id": "x", "text": wire.text}])
        assert named(b.check(copy).elsewhere) == {"x"}
        a.add([{"id": "x", "text": "Another text, of which nobody has copied so much as a line."}])
        assert named(b.check(copy).elsewhere) == set()
        assert a.verify() == []


def test_processes_write_side_by_side(store: RedisServer, tmp_path: Path, root: Path) -> None:
    records = [tmp_path / "a.dedup", tmp_path / "b.dedup"]
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, store.address, str(path), str(n)], cwd=root)
        for n, path in enumerate(records)
    ]
    assert [writer.wait(timeout=300) for writer in writers] == [0, 0]
    for path in records:
        with shared(store, path) as index:
            assert index.verify() == []
            assert len(index) > 40


def test_a_drop_folder_is_followed(
    store: RedisServer, tmp_path: Path, story: list[Article]
) -> None:
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "x.txt").write_text(by_id(story, "s01-wire1").text, "utf-8")
    with shared(store, tmp_path / "a.dedup") as a, shared(store, tmp_path / "b.dedup") as b:
        for revision in a.follow(tmp_path / "drop", every=0.05):
            if revision.answers:
                break
        assert named(b.check(by_id(story, "s01-outlet1")).elsewhere) == {"x.txt"}


def test_what_is_near_is_what_datasketch_finds(
    store: RedisServer, tmp_path: Path, story: list[Article]
) -> None:
    catalogue = attribution.load(None)
    signed = paragraph_signatures(story, catalogue)
    one_by_one = [paragraph_signatures([article], catalogue)[0] for article in story]
    assert all(map(np.array_equal, signed, one_by_one))
    with shared(store, tmp_path / "a.dedup") as a:
        a.add(story[1:])
        storage = {"type": "redis", "basename": b"dedup:lsh", "redis": {"port": store.port}}
        lsh = MinHashLSH(
            num_perm=BANDS * ROWS, params=(BANDS, ROWS), storage_config=storage, prepickle=False
        )
        found = {
            (at, name) for at, row in enumerate(signed[0]) for name in lsh.query(to_datasketch(row))
        }
        ours = {(at, name): share for at, name, share in banded_of(a).resembling(signed[0])}
        assert ours
        assert set(ours) <= found
        assert len(found) - len(ours) < len(found) / 4  # what is less alike than is named
        paragraph = {key: lsh.keys.get(key) for _, key in found}
        assert all(len(bands) == BANDS for bands in paragraph.values())


def test_a_passed_deadline_is_said(
    store: RedisServer, tmp_path: Path, story: list[Article]
) -> None:
    with shared(store, tmp_path / "a.dedup") as a:
        a.add(story)
        answer = a.check(story[0], deadline=0.0)
        assert (answer.complete, answer.elsewhere) == (False, None)
        assert a.check(story[0], deadline=60.0).elsewhere == ()


def test_a_server_that_is_away_is_said(
    store: RedisServer, tmp_path: Path, story: list[Article]
) -> None:
    away = f"redis://127.0.0.1:{store.port}/0 does not answer"
    with shared(store, tmp_path / "a.dedup") as a:
        a.add(story[:3])
        store.stop()
        for change in (
            lambda: a.add(story),
            lambda: a.remove(story[0].id),
            lambda: a.expire(before="2100-01-01"),
            a.rebuild,
            lambda: a.check("A text."),
            lambda: next(a.follow(tmp_path)),
        ):
            with pytest.raises(IndexUnusableError) as failure:
                change()
            assert str(failure.value) == away
        assert a.verify() == [away]
        assert len(a) == 3  # nothing was changed
    with pytest.raises(IndexUnusableError, match="does not answer"):
        shared(store, tmp_path / "b.dedup")
    assert not (tmp_path / "b.dedup").exists()
    with Index.open(tmp_path / "a.dedup") as alone:  # the record needs no server
        assert alone.check(story[0]).row["verdict"]


def test_one_that_goes_away_in_between_is_caught_up(
    store: RedisServer, tmp_path: Path, story: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    share = SharedShelf.share

    def away(shelf: SharedShelf, revision: Revision) -> Revision:
        store.stop()
        return share(shelf, revision)

    with shared(store, tmp_path / "a.dedup") as a:
        a.add(story[:3])
        with monkeypatch.context() as patch:
            patch.setattr(SharedShelf, "share", away)
            with pytest.raises(IndexUnusableError, match="the index has the change, and the next"):
                a.add(story[3:])
        assert len(a) == len(story)
        store.start()  # and has forgotten everything
        assert a.verify() == [f"{store.address} differs from the index in 12 articles: rebuild it"]
        a.add([])
        assert a.verify() == []


@pytest.mark.parametrize("after", [0, 1, 20, 60])
def test_what_was_cut_short_is_told_and_made_good(
    store: RedisServer,
    tmp_path: Path,
    story: list[Article],
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    calls = []

    def cut(row: object) -> object:
        calls.append(row)
        if len(calls) > after:
            raise KeyboardInterrupt
        return to_datasketch(row)  # type: ignore[arg-type]  # a row

    with shared(store, tmp_path / "a.dedup") as a, shared(store, tmp_path / "b.dedup") as b:
        a.add(story[:2])
        with monkeypatch.context() as patch:
            patch.setattr(banded, "to_datasketch", cut)
            with pytest.raises(KeyboardInterrupt):
                a.add(story[2:])
        answer = b.check(by_id(story, "s01-wire1"))
        assert not answer.complete
        assert named(answer.elsewhere) <= set(a.ids())
        assert a.verify() == [f"{store.address} differs from the index in 10 articles: rebuild it"]
        a.add([])
        assert a.verify() == []
        answer = b.check(by_id(story, "s01-wire1"))
        assert answer.complete
        assert {"s01-wire1", "s01-outlet1"} <= named(answer.elsewhere)
        withdraw(store.address, tmp_path / "a.dedup")
        assert contents(store).keys() == {b"dedup:count", b"dedup:made"}  # nothing of the first try


def test_a_store_that_lost_something_is_known_and_made_again(
    store: RedisServer, tmp_path: Path, story: list[Article]
) -> None:
    generator = np.random.default_rng(7)
    with shared(store, tmp_path / "a.dedup") as a, shared(store, tmp_path / "b.dedup") as b:
        a.add(story[:6])
        b.add(story[6:])
        keys = sorted(key for key in contents(store) if b"bucket" in key or b"_keys" in key)
        with store.client as client:
            client.delete(*generator.choice(keys, 40, replace=False).tolist())
        assert "differs from the index in" in a.verify()[0]
        known = set(a.ids()) | set(b.ids())
        for article in story:  # less may be found, nothing that is not so
            assert named(a.check(article).elsewhere) <= known - set(a.ids())
        a.rebuild()
        b.rebuild()
        assert a.verify() == b.verify() == []


def test_another_file_under_the_name_is_laid_in_anew(
    store: RedisServer, tmp_path: Path, story: list[Article]
) -> None:
    path = tmp_path / "a.dedup"
    with shared(store, path) as a:
        a.add(story)
    for file in tmp_path.glob("a.dedup*"):
        file.unlink()
    with shared(store, path) as a, shared(store, tmp_path / "b.dedup") as b:
        a.add(story[:2])
        assert a.verify() == []
        assert named(b.check(story[0]).elsewhere) <= {article.id for article in story[:2]}


def test_what_another_version_made_is_refused(store: RedisServer, tmp_path: Path) -> None:
    CandidateStore(store.address, "theirs", "0.0.1 of another house").ready()
    with pytest.raises(IndexUnusableError, match="holds candidates of another version of dedup"):
        shared(store, tmp_path / "a.dedup")


def test_a_server_that_may_lose_what_it_holds_is_refused(
    store: RedisServer, tmp_path: Path
) -> None:
    with store.client as client:
        client.config_set("maxmemory", "100mb")
        shared(store, tmp_path / "a.dedup").close()
        client.config_set("maxmemory-policy", "allkeys-lru")
    with pytest.raises(IndexUnusableError, match=r"may lose candidates \(allkeys-lru\)"):
        shared(store, tmp_path / "a.dedup")


def test_a_server_that_is_full_is_said(
    store: RedisServer, tmp_path: Path, story: list[Article]
) -> None:
    with shared(store, tmp_path / "a.dedup") as a:
        a.add(story[:1])
        with store.client as client:
            client.config_set("maxmemory", "1mb")
        with pytest.raises(IndexUnusableError, match=r"refuses: .*maxmemory"):
            a.add(story)
        with store.client as client:
            client.config_set("maxmemory", "0")
        a.add(story)
        assert a.verify() == []


@pytest.mark.parametrize("name", ["made", "records", "numbers", "of"])
def test_what_is_none_of_ours_is_said(
    store: RedisServer, tmp_path: Path, story: list[Article], name: str
) -> None:
    with shared(store, tmp_path / "a.dedup") as a, shared(store, tmp_path / "b.dedup") as b:
        b.add(story)
        with store.client as client:
            (key,) = client.keys(f"dedup:{name}*")
            client.delete(key)
            client.lpush(key, "whatever")
        with pytest.raises(IndexUnusableError, match="refuses: WRONGTYPE"):
            b.rebuild() if name == "of" else a.check(story[0])


def test_other_peoples_words_are_said(store: RedisServer, tmp_path: Path) -> None:
    with store.client as client:
        client.hset("dedup:records", "x", "no JSON")
    with pytest.raises(IndexUnusableError, match="holds what is none of dedup's"):
        shared(store, tmp_path / "a.dedup")


def test_a_store_that_is_being_written_is_waited_for(
    store: RedisServer, tmp_path: Path, story: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "_WAIT", 0.1)
    with shared(store, tmp_path / "a.dedup") as a, store.client as client:
        with client.lock("dedup:lock"), pytest.raises(IndexUnusableError, match="is busy"):
            a.add(story[:1])
        a.add([])
        assert a.verify() == []


@pytest.mark.parametrize(
    ("address", "record", "failure", "sentence"),
    [
        ("redis://127.0.0.1/0", None, ConfigError, "needs both"),
        ("news.dedup", "news.dedup", ConfigError, "needs both"),
        ("http://127.0.0.1/0", "news.dedup", IndexUnusableError, "cannot be read"),
        ("redis://127.0.0.1:port/0", "news.dedup", IndexUnusableError, "cannot be read"),
        ("redis://me:secret@127.0.0.1:1/0", "news.dedup", IndexUnusableError, "does not answer"),
    ],
)
def test_addresses_that_are_none(
    tmp_path: Path, address: str, record: str | None, failure: type[Exception], sentence: str
) -> None:
    with pytest.raises(failure, match=sentence) as said:
        Index.open(address, record=record and tmp_path / record)
    assert "secret" not in str(said.value)
    assert list(tmp_path.iterdir()) == []


def test_without_the_client_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(MissingExtra, match=r"pip install 'dedup\[redis\]'"):
        Index.open("redis://127.0.0.1/0", record=tmp_path / "news.dedup")


def test_the_code_of_the_page_runs(
    store: RedisServer,
    tmp_path: Path,
    root: Path,
    story: list[Article],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = (root / "docs" / "index.md").read_text("utf-8")
    (block,) = (b for b in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "redis://" in b)
    monkeypatch.chdir(tmp_path)
    with shared(store, tmp_path / "other.dedup") as other:
        other.add([by_id(story, "s01-wire1")])
    names = {"articles": story[:3], "text": by_id(story, "s01-outlet1").text}
    exec(block.replace("redis://localhost:6379/0", store.address), names)  # noqa: S102 - the page's own
    assert [p.article_id for p in names["answer"].elsewhere] == ["s01-wire1"]  # type: ignore[attr-defined]


def test_nothing_is_a_pickle(store: RedisServer, tmp_path: Path, story: list[Article]) -> None:
    with shared(store, tmp_path / "a.dedup") as a:
        a.add(story)
    with store.client as client:
        values = [v for key in client.keys("dedup:lsh_bucket*") for v in members(client, key)]
    assert values
    assert all(value.replace(b"/", b"").isdigit() for value in values)
    assert json.loads(CandidateStore(store.address, "x", "y")._made)["bands"] == BANDS


def members(client: object, key: bytes) -> list[bytes]:
    """The paragraphs in a bucket; of the table of buckets none."""
    return list(client.smembers(key)) if client.type(key) == b"set" else []  # type: ignore[attr-defined]
