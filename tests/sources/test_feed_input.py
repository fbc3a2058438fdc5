"""RSS and Atom: each entry's full text, and who it is from."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from dedup import sources
from dedup.records import Article, Field, Skipped

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("lxml")

FIRST = "Ferry crews walked out on Thursday over pay."
SECOND = "The operator said that talks would go on."
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:a="http://www.w3.org/2005/Atom" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)
ITEM = f"""\
<item>
  <title>Ferry crews &amp;amp; &lt;b&gt;cooks&lt;/b&gt; walk out</title>
  <link>https://echo.example/ferry</link>
  <a:link href="https://echo.example/self" rel="self"/>
  <guid isPermaLink="false">tag:echo.example,2023:7</guid>
  <pubDate>Thu, 04 May 2023 08:30:00 +0100</pubDate>
  <dc:creator>Ann Lee</dc:creator><dc:creator>Bo Ek</dc:creator>
  <dc:publisher>Echo Group</dc:publisher><dc:rights>(c) Reuters</dc:rights>
  <source url="https://www.reuters.com/feed">Reuters</source>
  <description>A teaser.</description>
  <content:encoded><![CDATA[<!DOCTYPE html><p>{FIRST}</p><p>{SECOND} &nbsp;&lsquo;On&rsquo;</p>
    <figure><figcaption>Photo: AP</figcaption></figure>]]></content:encoded>
  <media:group><media:content url="https://echo.example/a.jpg"><media:credit>Getty/AFP</media:credit>
    <media:title>Not the headline</media:title></media:content></media:group>
</item>"""
TEXT = f"{FIRST}\n\n{SECOND} \u00a0‘On’"
CHANNEL = "<title>The Marlow Echo</title><language>en-gb</language><copyright>Echo</copyright>"
RSS = f"<rss version='2.0' {SPACES}><channel>{CHANNEL}{ITEM}</channel></rss>"


def read(path: Path, xml: str) -> list[Article | Skipped]:
    path.write_text(xml, "utf-8")
    return list(sources.read([str(path)]))


def one(tmp_path: Path, xml: str) -> Article:
    (item,) = read(tmp_path / "a.rss", xml)
    assert isinstance(item, Article), item
    return item


def rss(item: str, channel: str = CHANNEL) -> str:
    return f"<rss {SPACES}><channel>{channel}<item>{item}</item></channel></rss>"


def atom(entry: str, feed: str = "") -> str:
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>The Marlow Echo</title>"
        f"{feed}<entry>{entry}</entry></feed>"
    )


def test_rss(tmp_path: Path) -> None:
    assert one(tmp_path, RSS) == Article(
        id="tag:echo.example,2023:7",
        path="a.rss",
        text=TEXT,
        title="Ferry crews & cooks walk out",
        publisher="The Marlow Echo",
        published_at="Thu, 04 May 2023 08:30:00 +0100",
        url="https://echo.example/ferry",
        language="en-gb",
        authors=("Ann Lee", "Bo Ek"),
        evidence=(
            Field("feed.source", "Reuters"),
            Field("feed.source.url", "https://www.reuters.com/feed"),
            Field("feed.dc:publisher", "Echo Group"),
            Field("feed.rights", "(c) Reuters"),
            Field("media.credit", "Getty/AFP"),
        ),
    )


def test_atom(tmp_path: Path) -> None:
    entry = f"""\
<id>urn:uuid:7</id><title type="html">Ferry &lt;i&gt;crews&lt;/i&gt; walk out</title>
<link rel="enclosure" href="https://echo.example/a.mp3"/><link href="https://echo.example/ferry"/>
<published>2023-05-04T08:30:00+01:00</published><updated>2023-05-05T08:30:00+01:00</updated>
<author><name>Ann Lee</name><email>ann@echo.example</email></author>
<contributor><name>Bo Ek</name></contributor>
<rights>(c) Reuters</rights><summary>A teaser.</summary>
<source><title>Reuters</title><link href="https://www.reuters.com/"/><id>urn:r</id></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{FIRST}</p><p>{SECOND}</p></div>
</content>"""
    (item,) = read(tmp_path / "a.atom", atom(entry))
    assert item == Article(
        id="urn:uuid:7",
        path="a.atom",
        text=f"{FIRST}\n\n{SECOND}",
        title="Ferry crews walk out",
        publisher="The Marlow Echo",
        published_at="2023-05-04T08:30:00+01:00",
        url="https://echo.example/ferry",
        language="en",
        authors=("Ann Lee",),
        evidence=(
            Field("feed.source", "Reuters"),
            Field("feed.source.url", "https://www.reuters.com/"),
            Field("feed.contributor", "Bo Ek"),
            Field("feed.rights", "(c) Reuters"),
        ),
    )


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (rss("<description>a &lt;br&gt; b</description>"), "a\nb"),
        (rss("<description>a\nb &lt; c</description>"), "a\nb < c"),
        (rss("<a:content type='html'>&lt;p&gt;a&lt;p&gt;b</a:content>"), "a\n\nb"),
        (rss("<content:encoded/><description>a</description>"), "a"),
        (rss("<content:encoded><p>a</p><p>b</p></content:encoded>"), "a\n\nb"),
        (atom("<content type='html'>&lt;p&gt;a&lt;/p&gt;b</content>"), "a\n\nb"),
        (atom("<content>fish &lt;b&gt; chips &amp;amp;</content>"), "fish <b> chips &amp;"),
        (atom("<content src='https://x.example/'/><summary>a</summary>"), "a"),
    ],
)
def test_texts_of_every_form(xml: str, text: str, tmp_path: Path) -> None:
    assert one(tmp_path, xml).text == text


@pytest.mark.parametrize(
    ("item", "field", "value"),
    [
        ("<guid>https://x.example/7</guid>", "url", "https://x.example/7"),
        ("<guid>https://x.example/7</guid>", "id", "https://x.example/7"),
        ("<guid>7</guid>", "id", "a.rss#1"),
        ("<author>desk@echo.example (Ann Lee)</author>", "authors", ("Ann Lee",)),
        ("<author>Ann Lee</author>", "authors", ("Ann Lee",)),
        ("<dc:date>2023-05-04T08:30Z</dc:date>", "published_at", "2023-05-04T08:30Z"),
        ("<pubDate>soon</pubDate>", "published_at", ""),
        ("<dc:language>sv</dc:language>", "language", "sv"),
        ("<title>A<![CDATA[ & B]]></title>", "title", "A & B"),
    ],
)
def test_fields(item: str, field: str, value: object, tmp_path: Path) -> None:
    found = one(tmp_path, rss(f"{item}<description>Text.</description>"))
    assert getattr(found, field) == value


def test_an_atom_feeds_author_is_that_of_its_entries(tmp_path: Path) -> None:
    feed = "<author><name>Reuters</name></author>"
    entry = "<content>a</content><updated>2023-05-04T08:30:00Z</updated>"
    item = one(tmp_path, atom(entry, feed))
    assert (item.authors, item.published_at) == (("Reuters",), "2023-05-04T08:30:00Z")


def test_rss_1_has_its_items_beside_the_channel(tmp_path: Path) -> None:
    xml = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/" {SPACES}><channel rdf:about="x"><title>Echo</title>'
        "<dc:language>en</dc:language></channel>"
        "<item><title>t</title><description>a</description></item>"
        "<item><title>u</title><description>b</description></item></rdf:RDF>"
    )
    first, second = read(tmp_path / "a.xml", xml)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, first.text, first.publisher, first.language) == ("a.xml#1", "a", "Echo", "en")
    assert (second.id, second.text, second.title) == ("a.xml#2", "b", "u")


def test_entries_without_text_are_skipped_one_by_one(tmp_path: Path) -> None:
    xml = RSS.replace("<item>", "<item><title>Only this</title></item><item>")
    first, second = read(tmp_path / "a.xml", xml)
    assert first == Skipped("a.xml", "1", "the entry has no text, only a title or a link")
    assert isinstance(second, Article)


@pytest.mark.parametrize("xml", ["<rss/>", "<rss><channel/></rss>", atom("")[:60] + "</feed>"])
def test_a_feed_without_entries(xml: str, tmp_path: Path) -> None:
    (item,) = read(tmp_path / "a.rss", xml)
    assert isinstance(item, Skipped)


def test_a_truncated_feed(tmp_path: Path) -> None:
    (item,) = read(tmp_path / "a.rss", RSS[:-40])
    assert isinstance(item, Skipped)
    assert item.reason.startswith("it is no well-formed XML: ")


def test_the_sidecar_fills_what_is_left_empty(tmp_path: Path) -> None:
    (tmp_path / "metadata.csv").write_text("path,publisher,title,credit\na.rss,P,T,Reuters\n")
    item = one(tmp_path, rss("<description>Text.</description>", channel=""))
    assert (item.publisher, item.title, item.credit) == ("P", "T", "Reuters")


def test_standard_input() -> None:
    data = f"\ufeff<?xml version='1.0'?>\n{RSS}".encode()
    (item,) = sources.read(["-"], stdin=io.BytesIO(data))
    assert isinstance(item, Article)
    assert item.text == TEXT
