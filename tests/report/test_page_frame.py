from __future__ import annotations

import base64
import hashlib
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dedup.report import Document, frame, page, write_page
from dedup.report import block as block_of

if TYPE_CHECKING:
    from collections.abc import Callable

Rows = dict[str, list[dict[str, object]]]


def rendered(document: Document) -> str:
    with tempfile.TemporaryDirectory() as folder:
        write_page(Path(folder) / "report.html", document)
        return (Path(folder) / "report.html").read_text("utf-8")


@pytest.fixture(scope="module")
def html(document: Document) -> str:
    return rendered(document)


def block(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    loaded: dict[str, Any] = json.loads(found[1])
    return loaded


def part(html: str) -> dict[str, Any]:
    """What can be opened, of a report that is one page."""
    inline: dict[str, Any] = block(html)["inline"]
    return inline


def test_the_policy_admits_this_script_and_this_style_only(html: str) -> None:
    for tag in ("script", "style"):
        (code,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in html
    assert "default-src 'none'" in html
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in html


def test_the_page_asks_nobody(html: str) -> None:
    frame = html.replace(str(block(html)), "")
    assert not re.search(r'(?:src|href)="(?!#|data:,|[?]language=[a-z]+")', frame)
    assert " style=" not in frame
    assert "@import" not in frame
    assert "innerHTML" not in frame


def test_sentences_stand_in_the_frame(html: str) -> None:
    assert "Of 5 articles, 1 rests mostly on agencies by its credits" in html
    assert "No agency original is among these articles" in html


def test_the_data_hold_what_the_tables_hold(document: Document, html: str) -> None:
    data = block(html)
    assert data["articles"]["article_id"] == document.tables["articles"]["article_id"]
    opened = part(html)
    assert opened["articles"]["text"] == document.tables["articles"]["text"]
    assert opened["matches"]["words"] == document.tables["matches"]["words"]
    assert "text" not in opened["paragraphs"]  # cut out of the article's text by its offsets
    assert data["articles"]["closest"] == [1, 0, -1, -1, -1]


def test_what_nearly_always_says_the_same_is_said_once(document: Document, html: str) -> None:
    roles = part(html)["paragraphs"]["role"]
    assert roles["most"] == "body"
    unpacked = [roles["most"]] * roles["size"]
    for row, role in zip(roles["rows"], roles["cells"], strict=True):
        unpacked[row] = role
    assert unpacked == document.tables["paragraphs"]["role"]


def test_the_most_reused_paragraphs_stand_in_the_list(html: str) -> None:
    reused = block(html)["reused"]
    assert reused["more"] == 0
    ((first, *others),) = reused["articles"]
    assert (first, set(others)) == (0, {0, 1})


def test_few_values_and_ids_of_articles_are_said_by_their_number(html: str) -> None:
    articles = block(html)["articles"]
    assert articles["verdict"] == {
        "values": ["mixed", "rewritten_wire", "unknown"],
        "codes": [0, 0, 1, 0, 2],
    }
    assert articles["story_id"] == {"named": [0, 0, 0, 0, 0]}
    assert articles["derived_from"] == {"named": [1, -1, -1, -1, -1]}


def test_without_texts_no_article_is_quoted(document: Document) -> None:
    bare = rendered(Document(run=document.run, tables=document.tables, text=False))
    assert "reached Delhi from Kabul safely" in rendered(document)
    assert "reached Delhi from Kabul safely" not in bare
    assert part(bare)["attributions"]["text"] == [""] * 22


def test_no_file_of_the_page_is_long() -> None:
    for name in (*page.SCRIPTS, *frame.STYLES, "part.js", "frame.html", "page.html"):
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


def test_articles_of_one_story_are_in_one_part(document: Document) -> None:
    stories = document.tables["articles"]["story_id"]
    assert len(set(stories)) == 1
    limits = {"articles": 5, "size": 25_000_000, "part": 1}
    assert block_of.divided(document, **limits) is None
    assert block_of.divided(document, **limits | {"size": 1}) == [[0, 1, 2, 3, 4]]
    assert block_of.divided(document, **limits | {"articles": 4}) == [[0, 1, 2, 3, 4]]


def test_a_comparison_is_one_page_whatever_its_size(
    seeds: Rows, document_of: Callable[[Rows], Document]
) -> None:
    two = document_of({table: [] for table in seeds} | {"articles": seeds["articles"][:2]})
    assert block_of.divided(two, articles=2_000, size=1, part=1) is None
