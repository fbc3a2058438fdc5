"""JSON lines and documents: any number of records, each good or bad by itself."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dedup import sources
from dedup.records import Article, Skipped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["orjson", "json"], autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "json":
        monkeypatch.setattr("dedup.sources.jsontext._fast", None)
    else:
        pytest.importorskip("orjson")


def read(path: Path, data: bytes | str, limit: int = 10_000_000) -> list[Article | Skipped]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(sources.read([str(path)], limit=limit))


def test_each_line_is_a_record(tmp_path: Path) -> None:
    lines = '{"text": "x", "id": "a"}\r\n\n  \n{"text": "y\\u0000\\r\\n"}\n{"text": "z"}'
    assert read(tmp_path / "a.jsonl", lines) == [
        Article(id="a", path="a.jsonl", text="x"),
        Article(id="a.jsonl#2", path="a.jsonl", text="y\0\r\n"),
        Article(id="a.jsonl#3", path="a.jsonl", text="z"),
    ]


def test_one_line_of_a_file_of_many_is_numbered(tmp_path: Path) -> None:
    assert read(tmp_path / "a.ndjson", '{"text": "x"}')[0].id == "a.ndjson#1"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "x"', "it is no complete JSON record: expecting ',' delimiter at character 13"),
        ('{"text": "x', "it is no complete JSON record: unterminated string starting at"),
        ("text", "it is no complete JSON record: expecting value at character 1"),
        ('["x"]', "the record is no object with fields but a list"),
        ('"x"', "the record is no object with fields but a text"),
        ("null", "the record is no object with fields but null"),
        ("7", "the record is no object with fields but a number"),
        ("{}", "the record has no text (its fields: none)"),
        ('{"text": " "}', "it is blank: nothing but white space"),
        ('{"text": "' + "x" * 101 + '"}', "its text is over the limit of 100 characters"),
        ('{"text": "' + "x" * 700 + '"}', "the line is over the limit of 100 bytes an article"),
        ("[" * 100_000, "the line is over the limit"),
        ('{"text": "x", "id": ' + "1" * 500 + "}", ""),
    ],
)
def test_a_bad_line_does_not_stop_the_rest(line: str, reason: str, tmp_path: Path) -> None:
    good = '{"text": "x"}'
    first, bad, last = read(tmp_path / "a.jsonl", f"{good}\n{line}\n{good}", limit=100)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert last.id == "a.jsonl#3"
    if reason:
        assert isinstance(bad, Skipped)
        assert bad[:2] == ("a.jsonl", "2")
        assert bad.reason.startswith(reason)
    else:
        assert isinstance(bad, Article)
        assert bad.id == "1" * 500


def test_deep_and_long_numbers_are_refused(tmp_path: Path) -> None:
    lines = '{"text": ' + "[" * 100_000 + "\n" + '{"text": "x", "n": ' + "1" * 5000 + "}\n"
    deep, long = read(tmp_path / "a.jsonl", lines)
    assert isinstance(deep, Skipped)
    assert deep.reason == "its JSON is nested too deeply"
    assert isinstance(long, Skipped | Article)


def test_a_long_line_is_not_held_in_memory(tmp_path: Path) -> None:
    line = b'{"text": "' + b"x" * 5_000_000
    first, last = read(tmp_path / "a.jsonl", line + b'"}\n{"text": "y"}', limit=1000)
    assert isinstance(first, Skipped)
    assert isinstance(last, Article)
    (only,) = read(tmp_path / "a.jsonl", line, limit=1000)
    assert isinstance(only, Skipped)


def test_escapes_do_not_count_against_the_limit(tmp_path: Path) -> None:
    text = "й" * 90
    (article,) = read(tmp_path / "a.jsonl", json.dumps({"text": text}), limit=100)
    assert isinstance(article, Article)
    assert article.text == text


def test_lines_that_are_not_utf_8(tmp_path: Path) -> None:
    text = "Le président a déclaré que la réforme serait présentée avant l'été à Besançon."
    line = json.dumps({"text": text, "title": "Café"}, ensure_ascii=False)
    (article,) = read(tmp_path / "a.jsonl", line.encode("cp1252"))
    assert isinstance(article, Article)
    assert (article.text, article.title) == (text, "Café")
    assert article.notes == ("decoded as cp1252 by a guess",)
    for encoding in ("utf-16", "utf-8-sig", "utf-32"):
        (article,) = read(tmp_path / "a.jsonl", line.encode(encoding))
        assert isinstance(article, Article)
        assert (article.text, article.title, article.notes) == (text, "Café", ())


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ('{"text": "x", "id": 12345678901234567890123}', "12345678901234567890123"),
        ('{"text": "x", "id": 18446744073709551615}', "18446744073709551615"),
        ('{"text": "x", "id": 1.5}', "1.5"),
        ('{"text": "x", "id": NaN}', "a.jsonl#1"),
        ('{"text": "x", "id": 1, "score": Infinity}', "1"),
        ('{"text": "x", "id": 1, "id": 2}', "2"),
    ],
)
def test_numbers_are_read_alike_with_any_parser(record: str, name: str, tmp_path: Path) -> None:
    (article,) = read(tmp_path / "a.jsonl", record)
    assert isinstance(article, Article)
    assert article.id == name


def test_half_characters(tmp_path: Path) -> None:
    (article,) = read(tmp_path / "a.jsonl", r'{"text": "a\ud83db", "title": "\ude00"}')
    assert isinstance(article, Article)
    assert (article.text, article.title) == ("a�b", "�")
    assert article.notes == ("half characters were replaced by �",)


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ('{"text": "x"}', ["a.json"]),
        ('{\n"text": "x",\n"id": "i"}\n', ["i"]),
        ('[{"text": "x"}, {"text": "y", "id": 123456789012345678901234567890}]',
         ["a.json#1", "123456789012345678901234567890"]),
        ('{"articles": [{"text": "x"}, {"text": "y"}]}', ["a.json#1", "a.json#2"]),
        ('{"status": "ok", "tags": ["a"], "response": [{"text": "x"}]}', ["a.json#1"]),
        ('{"text": "x", "authors": [{"name": "Ann"}]}', ["a.json"]),
        ('{"text": "x"}\n{"text": "y"}\n', ["a.json#1", "a.json#2"]),
    ],
)  # fmt: skip
def test_documents(document: str, found: list[str], tmp_path: Path) -> None:
    items = read(tmp_path / "a.json", document)
    assert [item.id for item in items if isinstance(item, Article)] == found
    assert len(items) == len(found)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("[]", "it holds no record"),
        ('{"articles": []}', "the record has no text (its fields: articles)"),
        ("{}", "the record has no text (its fields: none)"),
        ("7", "the record is no object with fields but a number"),
        ("", "it is no complete JSON record"),
        ('[{"text": "x"},', "it is no complete JSON record"),
        ("{not json}\n{at all}", "it is no complete JSON record"),
        ('{"text": "' + "x" * 200_000 + '"}', "it is over the limit of 100 bytes"),
        ('{"text": "' + "x" * 500 + '"}', "its text is over the limit of 100 characters"),
        ("[" + '{"text": "x"},' * 9000 + "0]", "it is a document of over 10,000 bytes"),
    ],
)
def test_bad_documents(document: str, reason: str, tmp_path: Path) -> None:
    (skipped,) = read(tmp_path / "a.json", document, limit=100)
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith(reason)


def test_a_bad_record_of_a_document(tmp_path: Path) -> None:
    first, second = read(tmp_path / "a.json", '["x", {"text": "x"}]')
    assert first == Skipped("a.json", "1", "the record is no object with fields but a text")
    assert isinstance(second, Article)
    assert second.id == "a.json#2"


def test_an_empty_file_of_lines(tmp_path: Path) -> None:
    assert read(tmp_path / "a.jsonl", " \n\n") == [Skipped("a.jsonl", "", "it holds no record")]


def test_gzip_of_several_members(tmp_path: Path) -> None:
    members = [gzip.compress(b'{"text": "%d"}\n' % n) for n in range(3)]
    found = read(tmp_path / "a.jsonl.gz", b"".join(members) + b"\0" * 512)
    assert [item.id for item in found if isinstance(item, Article)] == [
        "a.jsonl.gz#1",
        "a.jsonl.gz#2",
        "a.jsonl.gz#3",
    ]


def test_gzip_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    noise = "".join(json.dumps({"text": f"{n * 7919 % 10007} {n**3}"}) + "\n" for n in range(9000))
    whole = gzip.compress(noise.encode())
    *found, last = read(tmp_path / "a.jsonl.gz", whole[: len(whole) // 2])
    assert len(found) > 1000
    assert all(isinstance(item, Article) for item in found)
    reason = "its gzip data is cut off; the rest of the file was not read"
    assert last == Skipped("a.jsonl.gz", str(len(found) + 1), reason)


def test_orjson_is_not_needed(root: Path) -> None:
    program = (
        "import sys; sys.modules['orjson'] = None\n"
        "from dedup.sources import jsontext\n"
        "print(jsontext._fast, jsontext.load(b'{\"id\": 123456789012345678901}'))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "None {'id': 123456789012345678901}\n"
