"""Pages of other kinds: right to left, without texts, large."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest

from dedup.report import Document, triage, write_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.report.browser.conftest import Desk

pytestmark = pytest.mark.browser

Rows = dict[str, list[dict[str, object]]]
FIRST, SECOND = "000_71cf6c316d60b106.txt", "001_1b7dea28a2590197.txt"


def test_right_to_left_text_keeps_to_its_side(
    opened: Callable[[Path], Desk],
    seeds: Rows,
    document_of: Callable[[Rows], Document],
    tmp_path: Path,
) -> None:
    rows = copy.deepcopy(seeds)
    text = "غادر الرئيس الأفغاني البلاد يوم الأحد، حسبما ذكرت رويترز."
    rows["articles"][0] |= {"title": text, "text": text, "language": "ar"}
    rows["paragraphs"] = [rows["paragraphs"][0] | {"start": 0, "end": len(text), "text": text}]
    rows["matches"], rows["attributions"] = [], []
    write_page(tmp_path / "report.html", document_of(rows))
    desk = opened(tmp_path / "report.html")
    desk.go(f"#/article/{FIRST}")
    direction = "return getComputedStyle(document.querySelector(arguments[0])).direction;"
    assert desk.run(direction, ".text p") == "rtl"
    assert desk.run(direction, "h1") == "rtl"
    assert desk.run(direction, ".imprint") == "ltr"
    assert desk.run("return document.querySelector('.text').lang;") == "ar"


def test_what_a_reader_does_not_see_is_told(
    opened: Callable[[Path], Desk],
    seeds: Rows,
    document_of: Callable[[Rows], Document],
    tmp_path: Path,
) -> None:
    rows = copy.deepcopy(seeds)
    text = "\u0422he pres\u200bident l\u2060eft\u202e at 5 \u03bcm, \u0440resident, \u0422he"
    rows["articles"][0]["text"] = text
    rows["paragraphs"] = [rows["paragraphs"][0] | {"start": 0, "end": len(text), "text": text}]
    rows["matches"], rows["attributions"] = [], []
    write_page(tmp_path / "report.html", document_of(rows))
    desk = opened(tmp_path / "report.html")
    desk.go(f"#/article/{FIRST}")
    assert " ".join(desk.texts("#unseen")) == (
        "Unseen in this text: 2 invisible characters; 1 control character (written out below); "
        "2 words in letters of two scripts: \u0422he, \u0440resident."
    )
    desk.go(f"#/article/{SECOND}")
    assert desk.texts("#unseen") == []
    assert desk.is_quiet()


def test_without_texts_the_places_are_shown(
    opened: Callable[[Path], Desk], document: Document, tmp_path: Path
) -> None:
    bare = Document(run=document.run, tables=document.tables, text=False)
    write_page(tmp_path / "report.html", bare)
    desk = opened(tmp_path / "report.html")
    desk.go(f"#/article/{FIRST}")
    assert "made without texts" in desk.texts(".body")[0]
    assert "2001:2032" in desk.texts(".body")[0]
    desk.follow("a.proof")
    assert "made without texts" in desk.texts(".pane")[0]
    desk.go(f"#/story/{FIRST}")
    assert len(desk.texts(".timeline .dot")) == 5
    desk.go("#/paragraphs")
    assert not any("Tajikistan" in text for text in desk.texts("main"))
    assert desk.is_quiet()


def test_a_large_report_is_paged_and_says_what_it_leaves_out(
    opened: Callable[[Path], Desk],
    seeds: Rows,
    document_of: Callable[[Rows], Document],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = copy.deepcopy(seeds)
    for number in range(245):
        rows["articles"].append(seeds["articles"][4] | {"article_id": f"more-{number:03d}"})
    for number in range(2):
        rows["articles"][-1 - number]["story_id"] = "more-243"
    rows["stories"].append(seeds["stories"][0] | {"story_id": "more-243", "articles": 2})
    select = triage.select
    monkeypatch.setattr(triage, "select", lambda found: select(found, articles=2))
    write_page(tmp_path / "report.html", document_of(rows))
    desk = opened(tmp_path / "report.html")
    assert "those of the other 248 are in report.json" in desk.texts("#cap-note")[0]
    assert len(desk.texts("a.title")) == 100
    assert desk.texts("#counter") == ["250 of 250 articles"]
    desk.follow(".pager a:last-child")
    desk.follow(".pager a:last-child")
    assert desk.address == "#/list?p=3"
    assert len(desk.texts("a.title")) == 50
    desk.go(f"#/story/{FIRST}")
    assert "218 more articles stand in the table only." in desk.texts("figcaption")[0]
    assert len(desk.texts(".flows tbody tr")) == 248
    desk.go("#/story/more-243")
    assert desk.texts(".note") == ["The timeline of this story is not on this page."]
    assert len(desk.texts(".flows tbody tr")) == 2
    desk.go("#/article/more-001")
    assert "are not on this page" in desk.texts(".body")[0]
    desk.go(f"#/compare/{FIRST}/more-001")
    assert "are not on this page" in desk.texts("main")[0]
    assert desk.is_quiet()
