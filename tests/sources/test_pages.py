"""Web pages: the story, what the page says of it, and hostile pages."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup import sources
from dedup.records import Article, Field, Skipped
from dedup.sources.linkeddata import Story, story

pytest.importorskip("trafilatura")

PAGES = Path(__file__).parent / "pages"
PARAGRAPH = (
    "The council met on Tuesday and passed the budget with two votes to spare, after a debate "
    "that went on for nearly five hours in a hall that was full to the doors."
)
BODY = f"<article><h1>Budget passes</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH[::-1]}</p></article>"


def page(tmp_path: Path, html: str | bytes, name: str = "a.html") -> Article | Skipped:
    path = tmp_path / name
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    (item,) = sources.read([str(path)])
    return item


def article(tmp_path: Path, html: str | bytes) -> Article:
    item = page(tmp_path, html)
    assert isinstance(item, Article), item
    return item


def test_a_short_story_in_few_characters_keeps_its_paragraphs(tmp_path: Path) -> None:
    told = [
        "【札幌共同】北海道の港で九日朝、漁船二隻が衝突した。",
        "海上保安部によると、乗組員四人は全員無事だった。",
    ] * 2
    told[2:] = ["当時、港の周辺は濃い霧に包まれていたという。原因を詳しく調べている。", "（共同）"]
    body = "".join(f"<p>{one}</p>" for one in told)
    share = '<div class="share"><a href="#">Facebook</a> <a href="#">LINE</a></div>'
    page = (
        f'<html lang="ja"><body><article><h1>漁船が衝突</h1>{share}{body}</article></body></html>'
    )
    assert article(tmp_path, page).text.splitlines()[-4:] == told


def test_a_syndicated_page() -> None:
    (item,) = sources.read([str(PAGES / "syndicated.html")])
    assert isinstance(item, Article)
    assert item.title == "Ferry crews walk out in Marlow harbour"
    assert item.publisher == "The Marlow Echo"
    assert item.published_at == "2023-05-04T08:30:00+01:00"
    assert item.url == "https://www.marlowecho.example/2023/05/ferry-crews"
    assert item.language == "en-GB"
    assert "Ann Lee" in " ".join(item.authors)
    assert item.evidence == (
        Field("jsonld.creditText", "Reuters"),
        Field("jsonld.sourceOrganization", "Reuters"),
        Field("jsonld.provider", "Thomson Reuters"),
        Field("jsonld.isBasedOn", "https://wire.example/world/ferry-crews-walk-out"),
        Field("jsonld.copyrightHolder", "Reuters"),
        Field("jsonld.publisher", "The Marlow Echo"),
        Field("jsonld.dateline", "MARLOW"),
        Field("jsonld.author", "Reuters"),
        Field("meta.syndication-source", "https://wire.example/ferry"),
        Field("meta.original-source", "https://wire.example/ferry"),
        Field("meta.byl", "By Reuters"),
        Field("meta.dc.source", "Reuters"),
        Field("meta.article:author", "https://facebook.example/reuters"),
        Field("link.canonical", "https://wire.example/world/ferry-crews-walk-out"),
    )


def test_paragraphs_are_parted() -> None:
    (item,) = sources.read([str(PAGES / "syndicated.html")])
    assert isinstance(item, Article)
    lines = [line for line in item.text.split("\n") if line]
    assert "MARLOW, May 4 (Reuters) - Ferry crews" in item.text
    assert any(line.startswith("The operator said") for line in lines)
    assert any(line.startswith("The union’s secretary") for line in lines)
    assert "Home" not in item.text


def test_teasers_of_other_stories_are_no_evidence() -> None:
    (item,) = sources.read([str(PAGES / "teasers.html")])
    assert isinstance(item, Article)
    assert item.evidence == ()  # and m.echo.example is the same site
    assert item.title == "Town hall budget passes"


def test_the_sidecar_goes_before_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes((PAGES / "syndicated.html").read_bytes())
    (tmp_path / "metadata.csv").write_text("path,url,publisher\na.html,https://wire.example/x,P\n")
    (item,) = sources.read([str(tmp_path)])
    assert isinstance(item, Article)
    assert (item.url, item.publisher) == ("https://wire.example/x", "P")
    assert "link.canonical" not in {field.name for field in item.evidence}  # it is that page


@pytest.mark.parametrize(
    ("canonical", "own", "elsewhere"),
    [
        ("https://a.example/1", "https://b.example/1", True),
        ("https://a.example/1", "https://www.a.example/2", False),
        ("https://news.a.example/1", "https://a.example/2", False),
        ("https://a.example/1", "", False),
        ("/relative", "https://a.example/2", False),
        ("https://[broken", "https://a.example/2", False),
    ],
)
def test_a_canonical_address_on_another_site(
    canonical: str,
    own: str,
    elsewhere: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    head = f'<link rel="alternate canonical" href="{canonical}">'
    head += f'<meta property="og:url" content="{own}">'
    item = article(tmp_path, f"<html><head>{head}</head><body>{BODY}</body></html>")
    assert (Field("link.canonical", canonical) in item.evidence) is elsewhere


def test_a_date_is_never_guessed_from_the_text(tmp_path: Path) -> None:
    html = f"<html><body>{BODY}<p>On 3 March 2019 the last one passed.</p></body></html>"
    assert article(tmp_path, html).published_at == ""
    head = '<meta property="article:published_time" content="2020-01-02T03:04:05Z">'
    item = article(tmp_path, f"<html><head>{head}</head><body>{BODY}</body></html>")
    assert item.published_at == "2020-01-02T03:04:05Z"


def test_encodings_of_pages(tmp_path: Path) -> None:
    text = (
        "Rząd przyjął projekt ustawy budżetowej na przyszły rok, że środki są zabezpieczone. " * 4
    )
    html = f"<html><head><meta charset='iso-8859-2'></head><body><p>{text}</p></body></html>"
    item = article(tmp_path, html.encode("iso-8859-2"))
    assert text.strip() in item.text
    assert item.notes == ()
    guessed = article(tmp_path, html.replace("iso-8859-2", "none").encode("cp1250"))
    assert guessed.notes == ("decoded as cp1250 by a guess",)


def test_an_xml_declaration_and_nul_do_no_harm(tmp_path: Path) -> None:
    html = f"<?xml version='1.0' encoding='utf-8'?><html><body>\0{BODY}</body></html>"
    assert PARAGRAPH in article(tmp_path, html).text


@pytest.mark.parametrize("span", ["999999999", "9e15", "9" * 40, "-1", "x"])
def test_hostile_spans(span: str, tmp_path: Path) -> None:
    cells = f'<tr><td colspan="{span}" rowspan={span}>one</td><td colspan="2">two</td></tr>'
    html = f"<html><body>{BODY}<table>{cells * 3}</table></body></html>"
    assert PARAGRAPH in article(tmp_path, html).text


def test_deep_nesting(tmp_path: Path) -> None:
    item = page(tmp_path, "<html><body>" + "<div>" * 50_000 + BODY)
    assert isinstance(item, Article | Skipped)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "it is empty"),
        (" \n", "it is blank: nothing but white space"),
        ("<html></html>", "no story was found on the page"),
        ("<!-- -->", "it is no web page that can be parsed"),
        (b"\x89PNG\r\n\x1a\n", "it is no text but a PNG picture"),
        ("<html>" + "x" * 10_000_000, "it is over the limit of 10,000,000 bytes an article"),
    ],
)
def test_bad_pages(html: str | bytes, reason: str, tmp_path: Path) -> None:
    assert page(tmp_path, html) == Skipped("a.html", "", reason)


def test_an_extractor_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    assert page(tmp_path, BODY) == Skipped(
        "a.html", "", "the page's story cannot be taken out (MemoryError)"
    )


@pytest.mark.parametrize("package", ["lxml", "trafilatura"])
def test_without_the_extra(package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    assert page(tmp_path, BODY) == Skipped(
        "a.html", "", "reading web pages needs an extra: pip install 'dedup[html]'"
    )


def test_nothing_is_said_on_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, []
    try:
        page(tmp_path, "<html></html>")
    finally:
        root.handlers = handlers
    assert capfd.readouterr() == ("", "")


JSON = st.recursive(
    st.none() | st.text(max_size=8) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@graph", "@type", "headline", "author", "publisher", "url", "name"]),
            inner | st.sampled_from(["NewsArticle", "Organization"]),
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_linked_data_is_read(value: object) -> None:
    import json

    assert isinstance(story([json.dumps(value), "{broken", "[" * 5000], "title", {"u"}), Story)


def test_linked_data_in_its_many_shapes() -> None:
    block = """[[{"@graph": {"@type": "ReportageNewsArticle", "headline": "One\ntwo",
        "mainEntityOfPage": {"@id": "u"}, "author": {"@type": "Person", "name": "Ann"},
        "publisher": "P", "isBasedOn": [{"@type": "NewsArticle", "url": "w"}, {}, 7, ""]}}]]"""
    assert story([block], "", set()) == Story(
        headline="One\ntwo",
        publisher="P",
        url="u",
        evidence=(Field("jsonld.isBasedOn", "w"), Field("jsonld.publisher", "P")),
    )


@given(st.binary(max_size=200))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_page_is_read_or_skipped(tmp_path: Path, noise: bytes) -> None:
    item = page(tmp_path, b"<html><body>" + noise + BODY.encode())
    assert isinstance(item, Article | Skipped)
