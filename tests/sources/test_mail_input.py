"""Mails in a drop folder: their text, in whatever part and encoding, and who sent them."""

from __future__ import annotations

import io
import sys
import time
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup import sources
from dedup.records import Article, Field, Skipped

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("lxml")

FIRST = "Ferry crews walked out on Thursday – over pay."
SECOND = "The operator said that talks would go on."


def mail(plain: str = "", html: str = "", charset: str = "utf-8") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Reuters Wärter <wire@reuters.com>"
    made["To"] = "desk@echo.example"
    made["Subject"] = "Ferry crews – walk out"
    made["Date"] = "Thu, 04 May 2023 08:30:00 +0100"
    made["Organization"] = "Reuters"
    if plain:
        made.set_content(plain, charset=charset)
    if html and plain:
        made.add_alternative(html, subtype="html")
    elif html:
        made.set_content(html, subtype="html", charset=charset)
    return made


def read(path: Path, data: bytes, limit: int = 10_000_000) -> Article | Skipped:
    path.write_bytes(data)
    (item,) = sources.read([str(path)], limit=limit)
    return item


def one(tmp_path: Path, data: EmailMessage | bytes) -> Article:
    item = read(tmp_path / "a.eml", data if isinstance(data, bytes) else data.as_bytes())
    assert isinstance(item, Article), item
    return item


@pytest.mark.parametrize("html", ["", "<p>Read this mail in your browser</p>"])
def test_a_mail(html: str, tmp_path: Path) -> None:
    assert one(tmp_path, mail(f"{FIRST}\n\n{SECOND}\n", html)) == Article(
        id="a.eml",
        path="a.eml",
        text=f"{FIRST}\n\n{SECOND}\n",
        title="Ferry crews – walk out",
        publisher="Reuters",
        published_at="Thu, 04 May 2023 08:30:00 +0100",
        authors=("Reuters Wärter",),
        evidence=(
            Field("mail.from", "Reuters Wärter <wire@reuters.com>"),
            Field("mail.organization", "Reuters"),
        ),
    )


def test_a_mail_with_nothing_but_markup(tmp_path: Path) -> None:
    item = one(tmp_path, mail(html=f"<html><body><p>{FIRST}</p><p>{SECOND}</p></body></html>"))
    assert item.text == f"{FIRST}\n\n{SECOND}"


def test_attachments_are_not_read(tmp_path: Path) -> None:
    made = mail(FIRST)
    made.add_attachment("a list of clients", filename="clients.txt")
    made.add_attachment(b"\xff\xd8", maintype="image", subtype="jpeg", filename="a.jpg")
    assert one(tmp_path, made).text == f"{FIRST}\n"


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "mac-roman"])
def test_encodings(charset: str, tmp_path: Path) -> None:
    item = one(tmp_path, mail("Les équipages « à bout » –", charset=charset))
    assert item.text.strip() == "Les équipages « à bout » –"
    assert item.notes == ()


def test_a_charset_that_nobody_knows(tmp_path: Path) -> None:
    data = b"Content-Type: text/plain; charset=x-odd\nSubject: =?x-odd?q?A=E9?=\n\nplain text\n"
    item = one(tmp_path, data)
    assert (item.text, item.title) == ("plain text\n", "=?x-odd?q?A=E9?=")


def test_the_head_of_the_text_says_what_the_mail_does_not(tmp_path: Path) -> None:
    item = one(
        tmp_path, b"From: a@b.example\n\nTitle: Ferries\nSource: Reuters\n\n" + FIRST.encode()
    )
    assert (item.title, item.credit, item.authors) == ("Ferries", "Reuters", ("a@b.example",))


def test_the_sidecar_goes_before_the_mail(tmp_path: Path) -> None:
    (tmp_path / "metadata.csv").write_text("path,publisher,id\na.eml,The Echo,7\n")
    item = one(tmp_path, mail(FIRST))
    assert (item.publisher, item.id) == ("The Echo", "7")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \r\n", "it is blank: nothing but white space"),
        (b"Subject: a\n", "the mail has no text"),
        (b"Content-Type: image/jpeg\n\n\xff\xd8", "the mail has no text"),
        (b"Subject: a\n\n%PDF-1.7", "it is no text but a PDF document"),
        (b"Subject: a\n\n" + b"x" * 1000, "it is over the limit of 500 bytes an article"),
    ],
)
def test_what_is_skipped(data: bytes, reason: str, tmp_path: Path) -> None:
    assert read(tmp_path / "a.eml", data, limit=500) == Skipped("a.eml", "", reason)


def test_markup_needs_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("lxml", "lxml.etree"):
        monkeypatch.setitem(sys.modules, name, None)
    data = mail(html="<p>a</p>").as_bytes()
    reason = "reading feeds needs an extra: pip install 'dedup[feeds]'"
    assert read(tmp_path / "a.eml", data) == Skipped("a.eml", "", reason)


def test_standard_input() -> None:
    data = b"Received: by mx.example\r\n" + mail(FIRST).as_bytes()
    (item,) = sources.read(["-"], stdin=io.BytesIO(data))
    assert isinstance(item, Article)
    assert item.title == "Ferry crews – walk out"


def nested(depth: int) -> bytes:
    heads = [
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth)
    ]
    return b"".join(heads) + b"Content-Type: text/plain\n\na\n"


def test_parts_within_parts_without_end(tmp_path: Path) -> None:
    start = time.process_time()
    item = read(tmp_path / "a.eml", nested(1000))
    assert item == Skipped("a.eml", "", "it is no mail that can be taken apart (RecursionError)")
    assert time.process_time() - start < 60  # coverage takes its share


LONG = 500_000


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Type: text/plain; " + b";a='" * (LONG // 5),
        b"Subject: " + b"=?a?q?" * LONG,
        b"From: " + b"(" * LONG,
        b'From: "<@,' * LONG,
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\na\n" * LONG,
        b"".join(nested(200).splitlines(keepends=True)[:600]) + b"a\n" * LONG,
        b"Content-Type: message/rfc822\n\n" * 3000,
        b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=\n" * LONG,
    ],
    ids=lambda data: data[:30].decode(),
)
def test_mails_made_to_take_long(data: bytes, tmp_path: Path) -> None:
    start = time.process_time()
    read(tmp_path / "a.eml", data + b"\n\ntext\n")
    assert time.process_time() - start < 60  # coverage takes its share


pieces = st.sampled_from(
    [
        *(b"Content-Type: text/plain; charset=", b"utf-16", b"base64", b"\n\n", b"\n", b"--b\n"),
        *(b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Transfer-Encoding: base64\n"),
        *(b"Subject: =?utf-8?b?", b"From: <", b"Date: 31 Feb 2023", b"text", b"\xff", b"=?="),
        *(b"Content-Type: text/html\n", b"Content-Disposition: inline;a*=x'y'%ff\n", b"<p>"),
        b"Content-Type: message/rfc822\n\n",
        b"Content-Transfer-Encoding: uuencode\n",
    ]
)


@given(st.lists(pieces | st.binary(max_size=9), max_size=12).map(b"".join))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_mail_is_read_or_skipped(tmp_path: Path, data: bytes) -> None:
    item = read(tmp_path / "a.eml", data)
    assert item.text.strip() if isinstance(item, Article) else item.reason
