"""ninjs: items of versions 1 to 3, told from ordinary records, with their credits."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup import sources
from dedup.records import Article, Field, Skipped
from dedup.sources import ninjs

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("lxml")

FIRST = "MARLOW, May 4 (Reuters) - Ferry crews walked out on Thursday over pay."
SECOND = "The operator said that talks would go on “as long as it takes”."
#: ninjs 1: flat names
OLD = {
    "uri": "urn:newsml:wire.example:20230504:ferry",
    "type": "text",
    "version": "3",
    "versioncreated": "2023-05-04T08:30:00+01:00",
    "firstcreated": "2023-05-04T07:00:00+01:00",
    "pubstatus": "usable",
    "language": "en-GB",
    "headline": "Ferry crews walk out",
    "byline": "By Ann Lee",
    "located": "Marlow",
    "creditline": "Reuters",
    "infosource": [{"name": "Marlow Ferries"}, {"literal": "union"}],
    "copyrightholder": "Thomson Reuters",
    "copyrightnotice": "© 2023 Thomson Reuters",
    "usageterms": "Not for use by AFP clients",
    "embargoed": "2023-05-04T10:00:00+01:00",
    "body_text": f"{FIRST} {SECOND}",
    "body_xhtml": f"<p>{FIRST}</p>\n<p>{SECOND}</p>",
    "place": [{"name": "Marlow", "rel": "mentions"}],
}
#: ninjs 3: camel case, and lists of texts
NEW = {
    "uri": "https://wire.example/ferry",
    "type": "text",
    "version": "3",
    "versionCreated": "2023-05-04T08:30:00+01:00",
    "pubStatus": "usable",
    "language": "en-GB",
    "headlines": [
        {"role": "short", "value": "Ferries"},
        {"role": "main", "value": "Ferry <i>crews</i> walk out"},
    ],
    "by": "By Ann Lee",
    "provider": {"name": "Reuters"},
    "descriptions": [
        {"role": "creditline", "value": "Reuters"},
        {"role": "caption", "value": "A ferry. Photo: AP"},
    ],
    "infoSources": [{"name": "Marlow Ferries"}],
    "copyrightHolder": "Thomson Reuters",
    "usageTerms": "",
    "bodies": [
        {"role": "main", "contentType": "text/plain", "value": f"{FIRST} {SECOND}"},
        {"role": "rich", "contentType": "text/html", "value": f"<p>{FIRST}</p><p>{SECOND}</p>"},
    ],
}


def read(path: Path, value: object, *, lines: bool = False) -> list[Article | Skipped]:
    text = "\n".join(map(json.dumps, value)) if lines and isinstance(value, list) else ""
    path.write_text(text or json.dumps(value), "utf-8")
    return list(sources.read([str(path)]))


def one(tmp_path: Path, value: object) -> Article | Skipped:
    (item,) = read(tmp_path / "a.json", value)
    return item


def test_an_item_of_the_first_version(tmp_path: Path) -> None:
    assert one(tmp_path, OLD) == Article(
        id="urn:newsml:wire.example:20230504:ferry",
        path="a.json",
        text=f"{FIRST}\n\n{SECOND}",
        title="Ferry crews walk out",
        publisher="wire.example",
        published_at="2023-05-04T08:30:00+01:00",
        language="en-GB",
        authors=("By Ann Lee",),
        credit="Reuters",
        evidence=(
            Field("ninjs.infosource", "Marlow Ferries"),
            Field("ninjs.infosource", "union"),
            Field("ninjs.copyrightholder", "Thomson Reuters"),
            Field("ninjs.copyrightnotice", "© 2023 Thomson Reuters"),
            Field("ninjs.located", "Marlow"),
            Field("ninjs.usageterms", "Not for use by AFP clients"),
            Field("ninjs.embargoed", "2023-05-04T10:00:00+01:00"),
            Field("ninjs.version", "3"),
        ),
    )


def test_an_item_of_the_third_version(tmp_path: Path) -> None:
    assert one(tmp_path, NEW) == Article(
        id="https://wire.example/ferry",
        path="a.json",
        text=f"{FIRST}\n\n{SECOND}",
        title="Ferry crews walk out",
        publisher="Reuters",
        published_at="2023-05-04T08:30:00+01:00",
        url="https://wire.example/ferry",
        language="en-GB",
        authors=("By Ann Lee",),
        credit="Reuters",
        evidence=(
            Field("ninjs.infosources", "Marlow Ferries"),
            Field("ninjs.copyrightholder", "Thomson Reuters"),
            Field("ninjs.version", "3"),
        ),
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"body_text": "a\nb"}, "a\nb"),
        ({"body_text": " ", "body_html": "<p>a</p>b"}, "a\n\nb"),
        ({"body_main": "<p>a &amp; b</p>"}, "a & b"),
        ({"bodies": [{"value": "fish < chips"}]}, "fish < chips"),
        ({"bodies": [{"role": "text/html", "value": "plain"}]}, "plain"),
        (
            {
                "bodies": [
                    {"contenttype": "text/plain", "value": "plain"},
                    {
                        "contenttype": "text/vnd.IPTC.NITF",
                        "value": "<?xml version='1.0'?><nitf><head><title>t</title></head><body>"
                        "<body.head><hedline><hl1>h</hl1></hedline></body.head><body.content>"
                        "<block><p>a</p><hl2>b</hl2></block></body.content></body></nitf>",
                    },
                ]
            },
            "a\n\nb",
        ),
        ({"body_html": "<p>a<br>b</p><figure>c</figure><script>d</script>e"}, "a\nb\n\ne"),
    ],
)
def test_bodies(body: dict[str, object], text: str, tmp_path: Path) -> None:
    item = one(tmp_path, {"uri": "urn:x:1", "type": "text", **body})
    assert isinstance(item, Article)
    assert item.text == text


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"pubstatus": "withheld"}, "its provider says that it is withheld"),
        ({"pubstatus": "canceled"}, "its provider says that it is canceled"),
        ({"pubStatus": "stat:Canceled"}, "its provider says that it is canceled"),
        ({"type": "picture", "body_text": "", "body_xhtml": ""}, "it is a picture without a text"),
        ({"type": "graphic", "body_text": "", "body_xhtml": ""}, "it is a graphic without a text"),
        ({"type": "video", "body_text": 3, "body_xhtml": None}, "it is a video without a text"),
        ({"body_text": "\n", "body_xhtml": "<p> </p>"}, "the item has no text"),
    ],
)
def test_what_is_skipped(changed: dict[str, object], reason: str, tmp_path: Path) -> None:
    old = {name: value for name, value in OLD.items() if name != "pubstatus"}
    assert one(tmp_path, {**old, **changed}) == Skipped("a.json", "", reason)


def test_many_items_in_an_array_or_one_a_line(tmp_path: Path) -> None:
    others = [{**OLD, "uri": "7"}, {**OLD, "type": "picture", "body_text": "", "body_xhtml": ""}]
    record = {"text": "an ordinary record", "uri": "urn:x", "type": "text"}
    for name, lines in (("a.json", False), ("a.jsonl", True)):
        items = read(tmp_path / name, [OLD, *others, record], lines=lines)
        assert [item.id for item in items if isinstance(item, Article)] == [
            *("urn:newsml:wire.example:20230504:ferry", f"{name}#2", f"{name}#4")
        ]
        assert items[2] == Skipped(name, "3", "it is a picture without a text")


def test_an_answer_with_items_in_it(tmp_path: Path) -> None:
    items = read(tmp_path / "a.json", {"total": 2, "items": [OLD, NEW]})
    assert [type(item) for item in items] == [Article, Article]


def test_ordinary_documents_stay_what_they_are(tmp_path: Path) -> None:
    listed = {"uri": "https://api.example/list", "articles": [{"text": "x"}, {"text": "y"}]}
    items = read(tmp_path / "a.json", listed)
    assert [item.id for item in items if isinstance(item, Article)] == ["a.json#1", "a.json#2"]
    assert one(tmp_path, {"uri": "urn:x"}) == Skipped(
        "a.json", "", "the record has no text (its fields: uri)"
    )


def test_the_sidecar_fills_what_is_left_empty(tmp_path: Path) -> None:
    (tmp_path / "metadata.csv").write_text("path,publisher,title,id\na.json,The Echo,Other,7\n")
    item = one(tmp_path, {**OLD, "uri": "urn:wire:ferry"})
    assert isinstance(item, Article)
    assert (item.publisher, item.title, item.id) == (
        *("The Echo", "Ferry crews walk out", "urn:wire:ferry"),
    )


def test_the_highest_version_is_kept(tmp_path: Path) -> None:
    undated = {name: value for name, value in OLD.items() if "created" not in name}
    versions = [{**undated, "version": n, "body_xhtml": f"<p>{n}</p>"} for n in ("9", "10", "2")]
    articles, skipped = sources.settle(read(tmp_path / "a.json", versions))
    assert [article.text for article in articles] == ["10"]
    assert len(skipped) == 2


def test_the_latest_version_is_kept(tmp_path: Path) -> None:
    late = {**OLD, "versioncreated": "2023-05-04T08:31:00+01:00", "version": "1"}
    articles, _ = sources.settle(read(tmp_path / "a.json", [late, OLD]))
    assert [article.published_at for article in articles] == ["2023-05-04T08:31:00+01:00"]


def test_markup_needs_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("lxml", "lxml.etree"):
        monkeypatch.setitem(sys.modules, name, None)
    reason = "reading feeds needs an extra: pip install 'dedup[feeds]'"
    assert one(tmp_path, OLD) == Skipped("a.json", "", reason)
    plain = {name: value for name, value in OLD.items() if name != "body_xhtml"}
    assert isinstance(one(tmp_path, plain), Article)


NAMES = [*OLD, *NEW, "bodies", "body_nitf", "descriptions", "headlines", "value", "role", "name"]
VALUES = st.recursive(
    st.none() | st.text(max_size=8) | st.integers() | st.sampled_from(["<p>a", "text", "&amp;"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_item_is_read_or_skipped(tmp_path: Path, value: dict[str, object]) -> None:
    value = {**value, "uri": "urn:x:1", "pubstatus": "usable"}
    assert ninjs.is_item(value)
    item = one(tmp_path, value)
    if isinstance(item, Article):
        assert item.text.strip()
        assert all(field.value for field in item.evidence)
    else:
        assert item.reason


@pytest.mark.parametrize("item", [OLD, NEW])
def test_an_item_that_a_program_hands_over_is_one_too(
    tmp_path: Path, item: dict[str, object]
) -> None:
    (tmp_path / "item.json").write_text(json.dumps(item))
    (read,) = sources.read([str(tmp_path / "item.json")])
    (given,) = sources.from_records([item])
    assert isinstance(read, Article)
    assert given == replace(read, path="")
    (withheld,) = sources.from_records([{**OLD, "pubstatus": "withheld"}])
    assert withheld == Skipped("", "1", "its provider says that it is withheld")
