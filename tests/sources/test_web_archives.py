"""Web archives: the pages that were answered, whatever else stands between them."""

from __future__ import annotations

import gzip
import io
import time
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup import sources
from dedup.records import Article, Field, Skipped

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("trafilatura")

PARAGRAPH = (
    "The council met on Tuesday and passed the budget with two votes to spare, after a debate "
    "that went on for nearly five hours in a hall that was full to the doors – café included."
)
PAGE = (
    '<html lang="en"><head><meta name="syndication-source" content="https://www.reuters.com/x">'
    '<meta property="article:published_time" content="2020-01-02T03:04:05Z"></head><body><article>'
    f"<h1>Budget passes</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH[::-1]}</p></article></body></html>"
).encode()
ADDRESS = "https://echo.example/budget"


def record(block: bytes, kind: str = "response", **fields: str) -> bytes:
    given = {"WARC-Target-URI": ADDRESS, "Content-Type": "application/http"} | {
        name.replace("_", "-"): value for name, value in fields.items()
    }
    lines = [f"WARC-Type: {kind}", *(f"{name}: {value}" for name, value in given.items())]
    head = "\r\n".join(["WARC/1.1", *lines, f"Content-Length: {len(block)}", "", ""])
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes = PAGE, status: str = "200 OK", **fields: str) -> bytes:
    given = {"Content-Type": "text/html; charset=utf-8"} | {
        name.replace("_", "-"): value for name, value in fields.items()
    }
    head = "\r\n".join([f"HTTP/1.1 {status}", *(f"{a}: {b}" for a, b in given.items()), "", ""])
    return head.encode() + body


def read(path: Path, data: bytes, limit: int = 10_000_000) -> list[Article | Skipped]:
    path.write_bytes(data)
    return list(sources.read([str(path)], limit=limit))


def one(tmp_path: Path, data: bytes) -> Article:
    (item,) = read(tmp_path / "a.warc", data)
    assert isinstance(item, Article), item
    return item


@pytest.mark.parametrize("packed", [False, True])
def test_a_page(packed: bool, tmp_path: Path) -> None:  # noqa: FBT001
    parts = [record(b"software: test\r\n", "warcinfo"), record(b"GET /", "request")]
    parts += [record(answer()), record(b"", "revisit")]
    data = b"".join(gzip.compress(part) if packed else part for part in parts)
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    (item,) = read(path, data)
    assert isinstance(item, Article)
    assert (item.id, item.url, item.path) == (ADDRESS, ADDRESS, path.name)
    assert (item.published_at, item.language) == ("2020-01-02T03:04:05Z", "en")
    assert PARAGRAPH in item.text
    assert item.evidence == (Field("meta.syndication-source", "https://www.reuters.com/x"),)


def test_it_is_read_as_the_page_itself_would_be(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    (page,) = sources.read([str(tmp_path / "a.html")])
    assert isinstance(page, Article)
    item = one(tmp_path, record(answer()))
    assert (item.text, item.title, item.evidence) == (page.text, page.title, page.evidence)


def chunked(body: bytes) -> bytes:
    parts = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x; a=b\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    "block",
    [
        answer(chunked(PAGE), Transfer_Encoding="chunked"),
        answer(PAGE, Transfer_Encoding="chunked"),
        answer(gzip.compress(PAGE), Content_Encoding="gzip"),
        answer(zlib.compress(PAGE), Content_Encoding="deflate"),
        answer(PAGE, Content_Encoding="gzip"),
        answer(chunked(gzip.compress(PAGE)), Transfer_Encoding="chunked", Content_Encoding="GZIP"),
        answer(PAGE.decode().encode("cp1252"), Content_Type='text/html; charset="windows-1252"'),
        answer(PAGE, Content_Type="application/xhtml+xml", Content_Encoding="identity"),
    ],
)
def test_however_it_was_sent(block: bytes, tmp_path: Path) -> None:
    item = one(tmp_path, record(block))
    assert PARAGRAPH in item.text
    assert item.notes == ()


def test_a_page_without_an_exchange(tmp_path: Path) -> None:
    item = one(tmp_path, record(PAGE, "resource", Content_Type="text/html"))
    assert PARAGRAPH in item.text


def test_what_is_no_page_is_counted_by_kind(tmp_path: Path) -> None:
    others = [
        answer(b"\xff\xd8", Content_Type="image/jpeg"),
        answer(b"\xff\xd8", Content_Type="image/jpeg"),
        answer(b"gone", status="404 Not Found"),
        answer(b"{}", Content_Type="application/json"),
        b"nothing of the kind",
    ]
    first, *skipped = read(tmp_path / "a.warc", b"".join(map(record, [answer(), *others])))
    assert isinstance(first, Article)
    assert skipped == [
        Skipped("a.warc", "", f"no page in {count} of its records: {what}")
        for count, what in (
            *((1, "answers of no web server"), (1, "answers with status 404")),
            *((1, "application/json"), (2, "image/jpeg")),
        )
    ]


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (answer(b"<html></html>"), "no story was found on the page"),
        (answer(b""), "it is empty"),
        (
            answer(PAGE, Content_Encoding="br"),
            "the page is compressed in a way that is not read (br)",
        ),
        (
            answer(gzip.compress(PAGE + b" " * 9000), Content_Encoding="gzip"),
            "it is over the limit of 8,000 bytes an article",
        ),
        (answer(PAGE + b" " * 9000), "it is over the limit of 8,000 bytes an article"),
        (
            answer(PAGE + b" " * (1 << 21)),
            "the record is over the limit of 8,000 bytes an article",
        ),
    ],
)
def test_a_page_that_cannot_be_read_never_stops_the_rest(
    block: bytes, reason: str, tmp_path: Path
) -> None:
    good = record(answer(), WARC_Target_URI="<https://echo.example/b>")
    first, second = read(tmp_path / "a.warc", record(block) + good, limit=8000)
    assert first == Skipped("a.warc", "1", reason)
    assert isinstance(second, Article)
    assert second.id == "https://echo.example/b"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it holds no record"),
        (b"\r\n\r\n", "it holds no record"),
        (b"a story", "it is no web archive, or one that is damaged"),
        (b"x" * 100_000, "it is no web archive, or one that is damaged"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "a record does not tell its length"),
        (b"WARC/1.0\r\nContent-Length: -1\r\n\r\n", "a record does not tell its length"),
        (b"WARC/1.0\r\n" + b"a: b\r\n" * 1000, "a record's header does not end"),
        (record(answer())[:-200], "the archive is cut off"),
    ],
)
def test_what_is_no_archive(data: bytes, reason: str, tmp_path: Path) -> None:
    (item,) = read(tmp_path / "a.warc", data)
    assert isinstance(item, Skipped)
    assert item.record == ""
    assert item.reason.endswith(reason)


def test_an_archive_that_is_cut_off_keeps_what_stands_before(tmp_path: Path) -> None:
    data = record(answer())
    for path, cut in (
        (tmp_path / "a.warc", data + data[:300]),
        (tmp_path / "a.warc.gz", gzip.compress(data) + gzip.compress(data)[:300]),
    ):
        first, second = read(path, cut)
        assert isinstance(first, Article)
        assert isinstance(second, Skipped)
        assert second.record == "2"
        assert second.reason.endswith("; the rest of the file was not read")


def test_of_several_captures_one_is_the_article(tmp_path: Path) -> None:
    later = PAGE.replace(b"2020-01-02", b"2020-01-03")
    items = read(tmp_path / "a.warc", record(answer(later)) + record(answer()))
    articles, skipped = sources.settle(items)
    assert [article.published_at for article in articles] == ["2020-01-03T03:04:05Z"]
    assert len(skipped) == 1


def test_the_sidecar_speaks_for_every_page(tmp_path: Path) -> None:
    (tmp_path / "metadata.csv").write_text("path,publisher,id\na.warc,The Echo,7\n")
    item = one(tmp_path, record(answer()))
    assert (item.publisher, item.id) == ("The Echo", ADDRESS)


def test_standard_input() -> None:
    (item,) = sources.read(["-"], stdin=io.BytesIO(gzip.compress(record(answer()))))
    assert isinstance(item, Article)
    assert item.id == ADDRESS


def test_a_bomb_in_an_answer_is_not_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(b" " * (100 << 20))
    start = time.process_time()
    (item,) = read(tmp_path / "a.warc", record(answer(bomb, Content_Encoding="gzip")))
    assert item == Skipped("a.warc", "1", "it is over the limit of 10,000,000 bytes an article")
    assert time.process_time() - start < 60  # coverage takes its share


pieces = st.sampled_from(
    [
        *(record(answer()), record(answer(b"<p>a"))[:-9], b"WARC/1.0\r\n", b"\r\n\r\n"),
        *(b"Content-Length: 9\r\n", b"WARC-Type: response\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"<p>"),
        answer(b"ff\r\n", Transfer_Encoding="chunked"),
        record(answer(b"-1\r\n\r\n", Transfer_Encoding="chunked", Content_Encoding="deflate")),
    ]
)


@given(st.lists(pieces | st.binary(max_size=30), max_size=6).map(b"".join))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_archive_is_read_or_skipped(tmp_path: Path, data: bytes) -> None:
    items = read(tmp_path / "a.warc", data)
    assert items
    for item in items:
        assert item.text.strip() if isinstance(item, Article) else item.reason
