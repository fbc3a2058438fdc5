"""Pages of other kinds: right to left, without texts, large."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest

from dedup.report import Document, page, write_page
from dedup.report.columns import TABLES
from tests.report.conftest import FIRST, SECOND

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.report.browser.conftest import Desk
    from tests.report.conftest import Rows

pytestmark = pytest.mark.browser


def test_right_to_left_text_keeps_to_its_side(shown: Callable[[Rows], Desk], seeds: Rows) -> None:
    rows = copy.deepcopy(seeds)
    text = "غادر الرئيس الأفغاني البلاد يوم الأحد، حسبما ذكرت رويترز."
    rows["articles"][0] |= {"title": text, "text": text, "language": "ar"}
    rows["paragraphs"] = [rows["paragraphs"][0] | {"start": 0, "end": len(text), "text": text}]
    rows["matches"], rows["attributions"] = [], []
    desk = shown(rows)
    desk.go(f"#/article/{FIRST}")
    direction = "return getComputedStyle(document.querySelector(arguments[0])).direction;"
    assert desk.run(direction, ".text p") == "rtl"
    assert desk.run(direction, "h1") == "rtl"
    assert desk.run(direction, ".imprint") == "ltr"
    assert desk.run("return document.querySelector('.text').lang;") == "ar"


def test_what_a_reader_does_not_see_is_told(shown: Callable[[Rows], Desk], seeds: Rows) -> None:
    rows = copy.deepcopy(seeds)
    text = "\u0422he pres\u200bident l\u2060eft\u202e at 5 \u03bcm, \u0440resident, \u0422he"
    rows["articles"][0]["text"] = text
    rows["paragraphs"] = [rows["paragraphs"][0] | {"start": 0, "end": len(text), "text": text}]
    rows["matches"], rows["attributions"] = [], []
    desk = shown(rows)
    desk.go(f"#/article/{FIRST}")
    assert " ".join(desk.texts("#unseen")) == (
        "Unseen in this text: 2 invisible characters; 1 control character (written out below); "
        "2 words in letters of two scripts: \u0422he, \u0440resident."
    )
    desk.go(f"#/article/{SECOND}")
    assert desk.texts("#unseen") == []
    assert desk.is_quiet()


def test_without_texts_the_places_are_shown(
    shown: Callable[[Document], Desk], document: Document
) -> None:
    desk = shown(Document(run=document.run, tables=document.tables, text=False))
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


@pytest.fixture
def large(
    seeds: Rows,
    document_of: Callable[[Rows], Document],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A report of many articles, of which a page may hold few."""
    rows = copy.deepcopy(seeds)
    for number in range(245):
        rows["articles"].append(seeds["articles"][4] | {"article_id": f"more-{number:03d}"})
    for number in range(2):
        rows["articles"][-1 - number]["story_id"] = "more-243"
    rows["stories"].append(seeds["stories"][0] | {"story_id": "more-243", "articles": 2})
    for number in range(50, 100):
        rows["articles"][number]["story_id"] = rows["articles"][number]["article_id"]
    monkeypatch.setattr(page, "MAX_ARTICLES", 100)
    monkeypatch.setattr(page, "PART_BYTES", 3_000)
    write_page(tmp_path / "report.html", document_of(rows))
    return tmp_path / "report.html"


def test_a_large_report_is_paged_and_opens_its_parts(
    opened: Callable[[Path], Desk], large: Path, seeds: Rows
) -> None:
    assert len(list(large.parent.glob("report-parts-*/*.html"))) > 10
    desk = opened(large)
    assert len(desk.texts("a.title")) == 100
    assert desk.texts("#counter") == ["250 of 250 articles"]
    assert desk.value("HELD.size") == 0
    desk.follow(".pager a:last-child")
    desk.follow(".pager a:last-child")
    assert desk.address == "#/list?p=3"
    assert len(desk.texts("a.title")) == 50
    desk.go("#/list?x=quotations&min=40")
    ((figure, *_), (title, *_)) = (desk.texts("td.number"), desk.texts("a.title"))
    assert figure != "82%"
    desk.follow("a.title")
    desk.until("document.querySelector('#shared-figure') !== null")
    assert desk.texts("h1") == [title]
    assert desk.texts("#shared-figure strong") == [f"{figure} shared"]
    desk.run("forgetParts();")
    desk.go("#/article/more-060")
    assert "".join(desk.texts(".text")).count("\u00b6") == 0  # a row without paragraphs
    assert desk.value("textOf(ROW_OF.get('more-060')).text") == seeds["articles"][4]["text"]
    assert desk.value("HELD.size") == 1
    desk.go(f"#/compare/{FIRST}/{SECOND}")
    desk.until("document.querySelectorAll('.pane .active').length > 1")
    desk.go(f"#/story/{FIRST}")
    assert "articles stand in the table only." in desk.texts("figcaption")[0]
    desk.go("#/story/more-243")
    assert len(desk.texts(".timeline .dot")) == 2
    assert len(desk.texts(".flows tbody tr")) == 2
    desk.go("#/paragraphs")
    assert any("Tajikistan" in text for text in desk.texts("main"))
    assert desk.is_quiet()


def test_rows_of_a_large_report_are_saved_whole(
    opened: Callable[[Path], Desk], large: Path
) -> None:
    desk = opened(large)
    table = str(desk.told("rowsCsv([249, 0])")).splitlines()
    assert table[1].startswith("more-244,seeds/004_4cc2ecb11d2e0912.txt,")
    assert table[2].startswith(f"{FIRST},seeds/")
    assert "\u00b61, \u00b62 and \u00b610 name Reuters" in table[2]


def test_parts_are_given_back_before_they_are_too_many(
    opened: Callable[[Path], Desk], large: Path
) -> None:
    desk = opened(large)
    for number in range(52, 94):
        desk.told(f"openParts(missingParts([{number}]))")
    desk.run("forgetParts();")
    assert desk.value("DATA.paragraphs.n.length") == 0
    desk.go(f"#/article/{FIRST}")
    assert desk.texts(".text p")
    assert desk.is_quiet()


def test_a_part_of_another_report_is_refused(opened: Callable[[Path], Desk], large: Path) -> None:
    desk = opened(large)
    for part in large.parent.glob("report-parts-*/*.html"):
        part.write_text(part.read_text("utf-8").replace("Afghan", "Martian"), "utf-8")
    desk.go(f"#/article/{FIRST}")
    desk.until("document.querySelector('.view-missing h1') !== null")
    assert "belongs to another report" in desk.texts("main")[0]


def test_a_part_that_is_not_there_is_told(opened: Callable[[Path], Desk], large: Path) -> None:
    for part in large.parent.glob("report-parts-*/*.html"):
        part.unlink()
    desk = opened(large)
    desk.go(f"#/article/{FIRST}")
    desk.until("document.querySelector('.view-missing h1') !== null")
    assert "cannot be opened" in desk.texts("main")[0]


def test_a_new_report_takes_the_parts_of_the_old_one_away(document: Document, large: Path) -> None:
    (old,) = large.parent.glob("report-parts-*")
    (old / "notes.txt").write_text("somebody's own", "utf-8")
    write_page(large, document)
    assert [file.name for file in old.iterdir()] == ["notes.txt"]
    (old / "notes.txt").unlink()


def test_a_report_of_nothing_says_where_to_look(shown: Callable[[Rows], Desk]) -> None:
    empty: Rows = {table: [] for table in TABLES}
    desk = shown(empty)
    assert desk.texts("main p") == [
        "No article could be read.",
        "What was skipped, and why, the record of the run says. Run",
    ]
    assert desk.texts("main input") == []
    desk.follow(".limit a")
    assert "seeds/photo.jpg" in desk.texts("td")
    for view in ("#/stories", "#/paragraphs", "#/sources"):
        desk.go(view)
    assert desk.is_quiet()


def test_sources_stand_in_an_order_that_a_reader_follows(
    shown: Callable[[Rows], Desk], seeds: Rows
) -> None:
    """What it took most from directly is the first; at a place the numbers ascend."""
    rows = copy.deepcopy(seeds)
    (match, *_) = (row for row in rows["matches"] if int(str(row["words"])) > 100)
    ids = [str(row["article_id"]) for row in rows["articles"]]
    taken = match | {"direction": "from", "words": 100}
    rows["matches"] = [
        taken | {"other_id": other, "other_start": 0, "other_end": 90} for other in ids[1:]
    ]
    rows["articles"][0] |= {"derived_from": ids[3], "relation": "wire"}
    desk = shown(rows)
    desk.go(f"#/article/{ids[0]}")
    assert desk.texts(".text .reference") == ["1", "2", "3", "4"]
    named = "[...document.querySelectorAll('.partner .id')].map((id) => id.textContent)"
    assert desk.value(named) == [ids[3], ids[4], ids[1], ids[2]]  # the fifth alone has a time
    desk.go(f"#/compare/{ids[0]}/{ids[3]}")
    assert len(desk.texts(".runs button")) == 1  # nowhere to go on to
