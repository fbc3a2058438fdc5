"""What cannot be used is skipped with one sentence, and never stops the rest."""

from __future__ import annotations

import gzip
import os
import socket
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup import sources
from dedup.records import Article, Skipped

FRENCH = (
    "Le président de la République a déclaré, à l'issue du Conseil des ministres, que la "
    "réforme serait présentée avant l'été. « Nous n'avons pas le choix », a-t-il ajouté."
)
STORY = "The council met on Tuesday and passed the budget with two votes to spare."


def read(*inputs: Path, limit: int = 10_000_000) -> list[Article | Skipped]:
    return list(sources.read([str(one) for one in inputs], limit=limit))


def reason(path: Path, limit: int = 10_000_000) -> str:
    (item,) = read(path, limit=limit)
    assert isinstance(item, Skipped)
    assert item[:2] == (path.name, "")
    return item.reason


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b" \r\n\t\xc2\xa0", "it is blank: nothing but white space"),
        (b"\0" * 100, "it is binary, no text"),
        (b"\x7fELF\x02", "it is no text but a program"),
        (b"%PDF-1.7", "it is no text but a PDF document"),
        (b"x" * 101, "it is over the limit of 100 bytes an article"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_bad_files(data: bytes, why: str, packed: bool, tmp_path: Path) -> None:  # noqa: FBT001
    path = tmp_path / ("a.txt.gz" if packed else "a.txt")
    path.write_bytes(gzip.compress(data) if packed else data)
    assert reason(path, limit=100) == why


def test_text_is_never_altered(tmp_path: Path) -> None:
    text = "one\r\ntwo\rthree\u2028four\u00a0five\0six\n\n" + "x" * 100
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(text.encode()))
    assert [item.text for item in read(tmp_path) if isinstance(item, Article)] == [text, text]


def test_a_guess_is_noted_beside_a_header(tmp_path: Path) -> None:
    text = "Title: Le Café\nDate: 2021-08-11\n\n" + FRENCH
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    (item,) = read(tmp_path)
    assert isinstance(item, Article)
    assert (item.title, item.text) == ("Le Café", text)
    assert item.notes == ("decoded as cp1252 by a guess",)


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz", "a.csv.gz", "a.json.gz"])
def test_bombs_are_stopped(name: str, tmp_path: Path) -> None:
    member = gzip.compress(b"x" * (8 << 20))
    (tmp_path / name).write_bytes(gzip.compress(b'text,"\n') + member * 20)
    start = time.monotonic()
    items = read(tmp_path / name)
    assert time.monotonic() - start < 10
    assert items
    assert all(isinstance(item, Skipped) for item in items)


def test_what_unpacks_a_hundredfold_is_a_bomb(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b" " * (80 << 20)))
    assert reason(tmp_path / "a.jsonl.gz") == "it unpacks to more than 100 times its size"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (gzip.compress(STORY.encode() * 99)[:-9], "its gzip data is cut off"),
        (gzip.compress(STORY.encode())[:5], "its gzip data is cut off"),
        (b"\x1f\x8b\x08nonsense", "its gzip data is damaged"),
        (STORY.encode(), "its gzip data is damaged"),
        (gzip.compress(STORY.encode()) + b"more", "its gzip data is damaged"),
        (b"", "it is empty"),
    ],
)
def test_bad_gzip(data: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(data)
    assert reason(tmp_path / "a.txt.gz") == why


def test_what_is_no_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "sock.jsonl"))
        (tmp_path / "a.txt").write_text(STORY)
        start = time.monotonic()
        items = read(tmp_path)
        assert time.monotonic() - start < 2
    by_path = {item.path: item for item in items}
    assert isinstance(by_path["a.txt"], Article)
    pipe, sock = by_path["pipe.txt"], by_path["sock.jsonl"]
    assert isinstance(pipe, Skipped)
    assert isinstance(sock, Skipped)
    assert pipe.reason == "it is no regular file but a pipe, socket, device or folder"
    assert sock.reason.startswith("it cannot be read: no such device")


def test_a_device(tmp_path: Path) -> None:
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    assert "no regular file" in reason(tmp_path / "zero.txt")


def test_a_file_whose_size_the_system_does_not_know() -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("needs /proc")
    (item,) = read(Path("/proc/self/status"))
    assert isinstance(item, Article)
    assert item.text.startswith("Name:")
    assert "over the limit" in reason(Path("/proc/self/status"), limit=50)


def test_a_file_that_vanishes(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.jsonl"):
        (tmp_path / name).write_text(STORY)
    items = sources.read([str(tmp_path)])
    assert isinstance(next(items), Article)
    (tmp_path / "b.txt").unlink()
    (tmp_path / "c.jsonl").unlink()
    why = "it cannot be read: no such file or directory"
    assert list(items) == [Skipped("b.txt", "", why), Skipped("c.jsonl", "", why)]


def test_a_file_that_becomes_a_link(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(STORY)
    items = sources.read([str(tmp_path)])
    next(items)
    (tmp_path / "b.txt").unlink()
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    (skipped,) = items
    assert isinstance(skipped, Skipped)


def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.jsonl"):
        (tmp_path / name).write_text(STORY)

    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", fail)
    why = "it cannot be read: input/output error"
    assert read(tmp_path) == [Skipped("a.txt", "", why), Skipped("b.jsonl", "", why)]


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(STORY)
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    first, second = read(tmp_path / "in")
    assert isinstance(first, Article)
    assert second == Skipped("sub", "", "the folder cannot be read: permission denied")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(STORY)

    def refuse(*_: object) -> int:  # root, as whom tests may run, is refused nothing
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert reason(tmp_path / "a.txt") == "it cannot be read: permission denied"


SUFFIXES = (
    *(".txt", ".md", ".html", ".jsonl", ".json", ".csv", ".tsv", ".parquet", ".other"),
    *(".xml", ".rss", ".warc", ".eml"),
)
NAMES = [f"a{suffix}{packed}" for suffix in SUFFIXES for packed in ("", ".gz")]
pieces = st.sampled_from(
    [
        *(
            b"text,id\n",
            b'{"text": "x"}\n',
            b"<html>",
            b"\0",
            b"\xff\xfe",
            b"\x1f\x8b\x08",
            b"PAR1",
            b"<rss><item>",
            b"<description>",
            b"WARC/1.0\r\n\r\n",
            b"Subject: a\n\n",
        ),
        *(b'"', b"[", b"{", b"\n", b"date 2021-08-11 ", STORY.encode()),
    ]
)
contents = st.lists(pieces | st.binary(max_size=30), max_size=6).map(b"".join)


@given(st.dictionaries(st.sampled_from(NAMES), contents, min_size=1), st.booleans())
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_skipped(
    tmp_path: Path,
    files: dict[str, bytes],
    packed: bool,  # noqa: FBT001
) -> None:
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(gzip.compress(data) if packed else data)
    items = read(folder)
    assert items == read(folder)
    assert {item.path for item in items} == set(files)
    articles, skipped = sources.settle(items)
    assert max(Counter(article.id for article in articles).values(), default=1) == 1
    assert len(articles) + len(skipped) == len(items)
    for article in articles:
        assert article.text.strip()
        assert article.id
        f"{article.text} {article.id} {article.title}".encode()
    for item in skipped:
        assert item.reason
        assert "\n" not in item.reason
        item.reason.encode()
