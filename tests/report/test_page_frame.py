from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from dedup.report import Document, frame, page, triage, write_page
from dedup.report.block import page_data
from dedup.report.page import fill_page

if TYPE_CHECKING:
    from pathlib import Path


def rendered(document: Document) -> str:
    stream = io.StringIO()
    fill_page(stream, document)
    return stream.getvalue()


@pytest.fixture(scope="module")
def html(document: Document) -> str:
    return rendered(document)


def block(html: str) -> dict[str, dict[str, list[object]]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    loaded: dict[str, dict[str, list[object]]] = json.loads(found[1])
    return loaded


def test_the_policy_admits_this_script_and_this_style_only(html: str) -> None:
    for tag in ("script", "style"):
        (code,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in html
    assert "default-src 'none'" in html
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in html


def test_the_page_asks_nobody(html: str) -> None:
    frame = html.replace(str(block(html)), "")
    assert not re.search(r'(?:src|href)="(?!#|data:,)', frame)
    assert " style=" not in frame
    assert "@import" not in frame
    assert "innerHTML" not in frame


def test_sentences_stand_in_the_frame(html: str) -> None:
    assert "Of 5 articles, 1 rests mostly on agencies by its credits" in html
    assert "No agency original is among these articles" in html


def test_the_data_hold_what_the_tables_hold(document: Document, html: str) -> None:
    data = block(html)
    assert data["articles"]["article_id"] == document.tables["articles"]["article_id"]
    assert data["articles"]["text"] == document.tables["articles"]["text"]
    assert data["matches"]["words"] == document.tables["matches"]["words"]
    assert "text" not in data["paragraphs"]  # cut out of the article's text by its offsets
    assert data["articles"]["closest"] == [1, 0, -1, -1, -1]


def test_what_nearly_always_says_the_same_is_said_once(document: Document, html: str) -> None:
    roles = block(html)["paragraphs"]["role"]
    assert roles["most"] == "body"  # type: ignore[call-overload]
    unpacked = [roles["most"]] * roles["size"]  # type: ignore[call-overload]
    for row, role in zip(roles["rows"], roles["cells"], strict=True):  # type: ignore[call-overload]
        unpacked[row] = role
    assert unpacked == document.tables["paragraphs"]["role"]


def test_without_texts_no_article_is_quoted(document: Document) -> None:
    bare = rendered(Document(run=document.run, tables=document.tables, text=False))
    assert "reached Delhi from Kabul safely" in rendered(document)
    assert "reached Delhi from Kabul safely" not in bare
    assert block(bare)["attributions"]["text"] == [""] * 22


def test_beyond_the_cap_every_row_stays_and_the_page_says_so(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = triage.select
    monkeypatch.setattr(triage, "select", lambda found: full(found, articles=2))
    html = rendered(document)
    data = block(html)
    assert [text is None for text in data["articles"]["text"]] == [False, False, True, True, True]
    assert len(data["articles"]["article_id"]) == 5
    assert set(data["paragraphs"]["article_id"]) == {0, 1}
    assert "All 5 articles are listed." in html
    assert "of the 2 with most reuse; those of the other 3 are in report.json" in html


def test_a_passage_with_a_dropped_article_stays_with_the_other(document: Document) -> None:
    first = str(document.tables["articles"]["article_id"][0])
    data = page_data(document, triage.Selection(frozenset({first}), 5))
    assert set(data["matches"]["other_id"]) == {1}  # type: ignore[index]


def test_no_file_of_the_page_is_long() -> None:
    for name in (*page.SCRIPTS, *frame.STYLES, "frame.html", "page.html"):
        assert len(frame.joined((name,)).splitlines()) <= 350


def test_a_run_that_says_nothing_of_itself_is_no_fault(document: Document) -> None:
    assert "5 articles</p>" in rendered(Document(run={}, tables=document.tables))


def test_markup_in_data_cannot_end_the_data_block(document: Document, tmp_path: Path) -> None:
    run = {**document.run, "version": "</script><img src=x>", "started_at": "<b>&'\""}
    write_page(tmp_path / "report.html", Document(run=run, tables=document.tables))
    html = (tmp_path / "report.html").read_text("utf-8")
    assert "</script><img" not in html
    assert "<b>&'" not in html
    assert html.count("<script") == 3
