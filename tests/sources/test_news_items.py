"""NewsML-G2, NewsML 1 and NITF: items in full, with every credit that they carry."""

from __future__ import annotations

import gzip
import io
import sys
from typing import TYPE_CHECKING

import pytest

from dedup import sources
from dedup.records import Article, Field, Skipped

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("lxml")

FIRST = "Ferry crews walked out on Thursday over pay."
SECOND = "The operator said that talks would go on."
NITF = f"""\
<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" baselang="en-GB">
  <head>
    <title>Ferries</title>
    <docdata management-status="usable">
      <doc-id regsrc="REUTERS" id-string="L8N3"/>
      <date.issue norm="20230504T083000+0100"/>
      <date.release norm="20230504T100000+0100"/>
      <du-key key="ferry" version="3"/>
      <doc.copyright holder="Thomson Reuters" year="2023"/>
    </docdata>
    <pubdata name="The Marlow Echo" ex-ref="https://echo.example/ferry"/>
  </head>
  <body>
    <body.head>
      <hedline><hl1>Ferry crews <em>walk</em> out</hl1><hl2>Talks go on</hl2></hedline>
      <rights>Copyright Reuters, all rights reserved</rights>
      <byline>By <person>Ann Lee</person>, <byttl>Reuters</byttl></byline>
      <distributor>The Wire Desk</distributor>
      <dateline><location>MARLOW</location>, May 4 (Reuters)</dateline>
    </body.head>
    <body.content>
      <media media-type="image"><media-caption>A ferry. Photo: AP</media-caption></media>
      <block><p>{FIRST.replace(" over", chr(10) + "        over")}</p>
      <p>{SECOND}&nbsp;&#8211;</p></block>
    </body.content>
    <body.end><tagline>(Reporting by Ann Lee)</tagline></body.end>
  </body>
</nitf>"""
TEXT = f"{FIRST}\n\n{SECOND}\u00a0–"
INSIDE = (
    Field("nitf.distributor", "The Wire Desk"),
    Field("nitf.dateline", "MARLOW, May 4 (Reuters)"),
    Field("nitf.located", "MARLOW"),
    Field("nitf.rights", "Copyright Reuters, all rights reserved"),
)


def newsitem(content: str, *, status: str = "stat:usable", kind: str = "ninat:text") -> str:
    return f"""\
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:reuters.com,2023:ferry"
    version="11" standard="NewsML-G2" xml:lang="en">
  <rightsInfo>
    <copyrightHolder uri="https://wire.example"><name>Thomson Reuters</name></copyrightHolder>
    <copyrightNotice>(c) 2023 Thomson Reuters</copyrightNotice>
    <usageTerms>Not for use by AFP clients</usageTerms>
  </rightsInfo>
  <itemMeta>
    <itemClass qcode="{kind}"/><provider qcode="nprov:REUTERS"/>
    <versionCreated>2023-05-04T08:30:00+01:00</versionCreated>
    <firstCreated>2023-05-04T07:00:00+01:00</firstCreated>
    <embargoed>2023-05-04T10:00:00+01:00</embargoed>
    <pubStatus qcode="{status}"/>
  </itemMeta>
  <contentMeta>
    <located qcode="city:marlow"><name>Marlow</name><broader qcode="c:UK"/></located>
    <creator uri="https://www.wire.example/ann"/>
    <infoSource literal="Marlow Ferries"/>
    <creditline>Reuters / Marlow</creditline>
    <by>By Ann Lee</by>
    <dateline>MARLOW, May 4 (Reuters)</dateline>
    <language tag="en-GB"/>
    <headline>Ferry crews walk out</headline>
  </contentMeta>
  <contentSet>{content}</contentSet>
</newsItem>"""


INLINE = f'<inlineXML contenttype="application/nitf+xml">{NITF}</inlineXML>'
HTML = (
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
    f"<head><title>t</title></head><body><p>{FIRST}</p><p>{SECOND}</p></body></html></inlineXML>"
)
PICTURE = '<remoteContent href="https://wire.example/a.jpg" contenttype="image/jpeg"/>'


def read(path: Path, xml: str | bytes, limit: int = 10_000_000) -> list[Article | Skipped]:
    path.write_bytes(xml if isinstance(xml, bytes) else xml.encode())
    return list(sources.read([str(path)], limit=limit))


def one(tmp_path: Path, xml: str | bytes) -> Article:
    (item,) = read(tmp_path / "a.xml", xml)
    assert isinstance(item, Article), item
    return item


def reason(tmp_path: Path, xml: str | bytes, limit: int = 10_000_000) -> str:
    (item,) = read(tmp_path / "a.xml", xml, limit)
    assert isinstance(item, Skipped), item
    return item.reason


@pytest.mark.parametrize("name", ["a.nitf", "a.xml", "a.xml.gz"])
def test_nitf(name: str, tmp_path: Path) -> None:
    data = b"<?xml version='1.0' encoding='utf-8'?>\n<!-- from the wire -->\n" + NITF.encode()
    (item,) = read(tmp_path / name, gzip.compress(data) if name.endswith("gz") else data)
    assert item == Article(
        id="REUTERS:L8N3",
        path=name,
        text=f"{TEXT}\n\n(Reporting by Ann Lee)",
        title="Ferry crews walk out",
        publisher="The Marlow Echo",
        published_at="20230504T083000+0100",
        url="https://echo.example/ferry",
        language="en-GB",
        authors=("By Ann Lee, Reuters",),
        evidence=(
            *INSIDE,
            Field("nitf.copyright", "Thomson Reuters"),
            Field("nitf.source", "REUTERS"),
            Field("nitf.version", "3"),
            Field("nitf.release", "20230504T100000+0100"),
        ),
    )


def test_nitf_that_says_little(tmp_path: Path) -> None:
    xml = (
        "<!DOCTYPE nitf SYSTEM 'http://dtd.example/nitf-3-3.dtd'><nitf><head>"
        "<docdata><date.issue norm='20080219+0100'/><doc-id id-string='7'/></docdata></head>"
        "<body><body.head><distributor>NTB</distributor></body.head>"
        f"<body.content><p xml:lang='nb'>{FIRST}</p></body.content></body></nitf>"
    )
    item = one(tmp_path, xml)
    assert (item.id, item.publisher, item.published_at, item.language) == (
        *("a.xml", "NTB", "20080219", "nb"),
    )
    assert item.evidence == (Field("nitf.distributor", "NTB"),)


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_nitf_that_was_taken_back(status: str, tmp_path: Path) -> None:
    xml = NITF.replace('management-status="usable"', f'management-status="{status}"')
    assert reason(tmp_path, xml) == f"its provider says that it is {status}"


def test_a_news_item(tmp_path: Path) -> None:
    assert one(tmp_path, newsitem(PICTURE + HTML)) == Article(
        id="tag:reuters.com,2023:ferry",
        path="a.xml",
        text=f"{FIRST}\n\n{SECOND}",
        title="Ferry crews walk out",
        publisher="REUTERS",
        published_at="2023-05-04T08:30:00+01:00",
        language="en-GB",
        authors=("By Ann Lee",),
        credit="Reuters / Marlow",
        evidence=(
            Field("newsml.provider", "REUTERS"),
            Field("newsml.embargoed", "2023-05-04T10:00:00+01:00"),
            Field("newsml.located", "Marlow"),
            Field("newsml.creator", "www.wire.example"),
            Field("newsml.infoSource", "Marlow Ferries"),
            Field("newsml.dateline", "MARLOW, May 4 (Reuters)"),
            Field("newsml.copyrightHolder", "Thomson Reuters"),
            Field("newsml.copyrightNotice", "(c) 2023 Thomson Reuters"),
            Field("newsml.usageTerms", "Not for use by AFP clients"),
            Field("newsml.version", "11"),
        ),
    )


def test_a_news_item_with_nitf_in_it(tmp_path: Path) -> None:
    item = one(tmp_path, newsitem(INLINE).replace("<by>By Ann Lee</by>", ""))
    assert item.text == f"{TEXT}\n\n(Reporting by Ann Lee)"
    assert item.authors == ("By Ann Lee, Reuters",)
    assert set(INSIDE) < set(item.evidence)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<inlineData contenttype='text/plain'>\na\nb &amp; c\n</inlineData>", "a\nb & c"),
        ("<inlineData contenttype='text/html'>&lt;p&gt;a&lt;p&gt;b</inlineData>", "a\n\nb"),
        ("<inlineData encoding='en:base64'>AAAA</inlineData><inlineXML>x</inlineXML>", "x"),
        ("<inlineXML><p>a</p><p>b<br/>c</p></inlineXML>", "a\n\nb\nc"),
        ("<inlineXML><section><pre>1  2\n3</pre>a\nb</section></inlineXML>", "1 2\n3\n\na b"),
        ("<inlineXML><div>a<p>b</p>c<table><tr><td>1</td><td>2</td></tr></table></div></inlineXML>",
         "a\n\nb\n\nc\n\n1 2"),
    ],
)  # fmt: skip
def test_content_of_every_form(content: str, text: str, tmp_path: Path) -> None:
    assert one(tmp_path, newsitem(content)).text == text


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (newsitem(HTML, status="stat:canceled"), "its provider says that it is canceled"),
        (newsitem(HTML, status="stat:withheld"), "its provider says that it is withheld"),
        (newsitem(PICTURE, kind="ninat:picture"), "it is a picture without a text"),
        (newsitem(PICTURE, kind="ninat:video"), "it is a video without a text"),
        (newsitem(PICTURE, kind="ninat:graphic"), "it is a graphic without a text"),
        (newsitem("<inlineXML><sports-content/></inlineXML>"), "the item has no text"),
        (newsitem(""), "the item has no text"),
        ("<packageItem guid='x'/>", "it is a package of other items"),
        ("<conceptItem/>", "it is a concept, no article"),
        ("<newsMessage><header/></newsMessage>", "it holds no item"),
        ("<catalog/>", "XML of this kind (catalog) is not read"),
        ("<nitf/>", "the item has no text"),
        ("<nitf><body>", "it is no well-formed XML: premature end of data in tag body line 1"),
        ("{}", "it is no well-formed XML: start tag expected, '<' not found"),
        ("", "it is empty"),
        (" \n", "it is blank: nothing but white space"),
    ],
)
def test_what_is_skipped(xml: str, why: str, tmp_path: Path) -> None:
    assert reason(tmp_path, xml) == why


def test_a_message_of_many_items(tmp_path: Path) -> None:
    other = newsitem(INLINE).replace("2023:ferry", "2023:other")
    picture = newsitem(PICTURE, kind="ninat:picture")
    xml = (
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent/></header><itemSet>'
        f"<packageItem/>{newsitem(HTML)}{picture}{other}<oddItem/></itemSet></newsMessage>"
    )
    package, first, photo, second, odd = read(tmp_path / "a.xml", xml)
    assert package == Skipped("a.xml", "1", "it is a package of other items")
    assert photo == Skipped("a.xml", "3", "it is a picture without a text")
    assert odd == Skipped("a.xml", "5", "items of this kind (oddItem) are not read")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, second.id) == ("tag:reuters.com,2023:ferry", "tag:reuters.com,2023:other")


def test_an_item_without_a_worldwide_id_has_that_of_its_place(tmp_path: Path) -> None:
    item = newsitem(HTML).replace("tag:reuters.com,2023:ferry", "N1")
    items = read(tmp_path / "a.xml", f"<newsMessage><itemSet>{item}{item}</itemSet></newsMessage>")
    assert [item.id for item in items if isinstance(item, Article)] == ["a.xml#1", "a.xml#2"]


def component(role: str, content: str, kind: str = "XHTML") -> str:
    return (
        f'<NewsComponent><Role FormalName="{role}"/><ContentItem><Format FormalName="{kind}"/>'
        f"<DataContent>{content}</DataContent></ContentItem></NewsComponent>"
    )


def newsml(components: str, status: str = "Usable", revision: int = 1) -> str:
    return f"""\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE NewsML PUBLIC "urn:newsml:iptc.org:20021018:NewsMLv1.2" "http://dtd.example/v1.2.dtd">
<NewsML Version="1.2"><Catalog Href="http://wire.example/catalog.xml"/><NewsEnvelope/><NewsItem>
  <Identification><NewsIdentifier><ProviderId>afp.com</ProviderId><DateId>20230504</DateId>
    <NewsItemId>TX-1</NewsItemId><RevisionId PreviousRevision="0" Update="N">{revision}</RevisionId>
    <PublicIdentifier>urn:newsml:afp.com:20230504:TX-1:{revision}</PublicIdentifier>
  </NewsIdentifier></Identification>
  <NewsManagement><FirstCreated>20230504T070000+0100</FirstCreated>
    <ThisRevisionCreated>20230504T083000+0100</ThisRevisionCreated>
    <Status FormalName="{status}"/>
    <StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>20230504T100000+0100\
</DateAndTime></StatusWillChange></NewsManagement>
  <NewsComponent>
    <NewsLines><HeadLine>Ferry crews walk out</HeadLine><ByLine>By Ann Lee</ByLine>
      <DateLine>Marlow, May 4, 2023 (AFP) -</DateLine><CreditLine>AFP</CreditLine>
      <CopyrightLine>(c) AFP</CopyrightLine></NewsLines>
    <AdministrativeMetadata><Provider><Party FormalName="AFP"/></Provider>
      <Source><Party FormalName="Marlow Ferries"/></Source>
      <Creator><Party FormalName="Ann Lee"/></Creator></AdministrativeMetadata>
    <RightsMetadata><Copyright><CopyrightHolder>AFP</CopyrightHolder></Copyright>
      <UsageRights><UsageType>no Reuters clients</UsageType></UsageRights></RightsMetadata>
    <DescriptiveMetadata><Language FormalName="en"/>
      <Location HowPresent="Origin"><Property FormalName="Country" Value="GBR"/>
        <Property FormalName="City" Value="Marlow"/></Location></DescriptiveMetadata>
    {components}
  </NewsComponent></NewsItem></NewsML>"""


BODY = component("Body", f"<html><head/><body><p>{FIRST}</p><p>{SECOND}</p></body></html>")


def test_newsml_1(tmp_path: Path) -> None:
    aside = component("HeadLine", "<p>" + "x" * 500 + "</p>")
    style = component("", ".a {text-align: center; text-align: center; text-align: center}", "CSS")
    assert read(tmp_path / "a.xml", newsml(aside + style + BODY, revision=2)) == [
        Article(
            id="urn:newsml:afp.com:20230504:TX-1",
            path="a.xml",
            text=f"{FIRST}\n\n{SECOND}",
            title="Ferry crews walk out",
            publisher="AFP",
            published_at="20230504T083000+0100",
            language="en",
            authors=("By Ann Lee",),
            credit="AFP",
            evidence=(
                Field("newsml.Provider", "AFP"),
                Field("newsml.Source", "Marlow Ferries"),
                Field("newsml.Creator", "Ann Lee"),
                Field("newsml.DateLine", "Marlow, May 4, 2023 (AFP) -"),
                Field("newsml.CopyrightLine", "(c) AFP"),
                Field("newsml.CopyrightHolder", "AFP"),
                Field("newsml.UsageType", "no Reuters clients"),
                Field("newsml.located", "GBR, Marlow"),
                Field("newsml.version", "2"),
                Field("newsml.embargo", "20230504T100000+0100"),
            ),
        )
    ]


@pytest.mark.parametrize(
    ("components", "text"),
    [
        (component("", NITF, "NITF"), f"{TEXT}\n\n(Reporting by Ann Lee)"),
        (component("", "short") + component("", "longer\ntext"), "longer\ntext"),
        (component("Main", "short") + component("", "longer text"), "short"),
        (component("Main", "&lt;p&gt;a&lt;/p&gt;b"), "a\n\nb"),
    ],
)
def test_newsml_1_of_every_form(components: str, text: str, tmp_path: Path) -> None:
    assert one(tmp_path, newsml(components)).text == text


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (newsml(BODY, "Canceled"), "its provider says that it is canceled"),
        (newsml(BODY, "Withheld"), "its provider says that it is withheld"),
        (newsml(""), "the item has no text"),
        (
            newsml("<ContentItem><MediaType FormalName='Photo'/></ContentItem>"),
            "it is a picture without a text",
        ),
    ],
)
def test_newsml_1_that_is_skipped(xml: str, why: str, tmp_path: Path) -> None:
    assert read(tmp_path / "a.xml", xml) == [Skipped("a.xml", "1", why)]


def test_revisions_are_versions_of_one_article(tmp_path: Path) -> None:
    for revision in (9, 10):
        (tmp_path / f"{revision}.xml").write_text(
            newsml(component("Body", f"Revision {revision} of it."), revision=revision)
        )
    articles, skipped = sources.settle(sources.read([str(tmp_path)]))
    assert [article.text for article in articles] == ["Revision 10 of it."]
    assert [item.path for item in skipped] == ["9.xml"]


def test_a_page_under_the_name_of_xml(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    paragraphs = f"<p>{FIRST} {SECOND}</p>" * 3
    page = f"<?xml version='1.0'?>\n<!DOCTYPE html><html><body><article>{paragraphs}"
    assert FIRST in one(tmp_path, f"{page}</article></body></html>").text


def test_standard_input_and_other_names(tmp_path: Path) -> None:
    xml = "<?xml version='1.0'?>\n<!-- wire -->\n" + newsitem(HTML)
    (piped,) = sources.read(["-"], stdin=io.BytesIO(xml.encode()))
    assert isinstance(piped, Article)
    assert (piped.id, piped.path) == ("tag:reuters.com,2023:ferry", "-")
    (named,) = read(tmp_path / "wire.dump", NITF)
    assert isinstance(named, Article)
    (other,) = sources.read(["-"], stdin=io.BytesIO(b"<?xml version='1.0'?><odd/>"))
    assert other == Skipped("-", "", "XML of this kind (odd) is not read")


def test_encodings(tmp_path: Path) -> None:
    french = NITF.replace(FIRST.replace(" over", "\n        over"), "Les équipages « à bout »")
    declared = f"<?xml version='1.0' encoding='iso-8859-1'?>{french.replace('–', '-')}"
    item = one(tmp_path, declared.encode("cp1252"))
    assert item.text.startswith("Les équipages « à bout »")
    wide = one(tmp_path, french.encode("utf-16"))
    assert wide.text.startswith("Les équipages « à bout »")
    assert item.notes == wide.notes == ()


def test_the_limit_counts_for_each_article(tmp_path: Path) -> None:
    assert reason(tmp_path, NITF, 500) == "it is over the limit of 500 bytes an article"
    message = f"<newsMessage><itemSet>{newsitem(HTML)}</itemSet></newsMessage>"
    assert isinstance(read(tmp_path / "a.xml", message, 500)[0], Article)
    assert read(tmp_path / "a.xml", message, 50) == [
        Skipped("a.xml", "1", "its text is over the limit of 50 characters an article")
    ]


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("lxml", "lxml.etree"):
        monkeypatch.setitem(sys.modules, name, None)
    assert reason(tmp_path, NITF) == "reading feeds needs an extra: pip install 'dedup[feeds]'"
