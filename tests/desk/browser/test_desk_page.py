"""The desk's page in a real browser: from a pasted text to its proof, by hand and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup import Article, Index
from tests.desk.conftest import BODY, OTHER, TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.desk.browser.conftest import Page
    from tests.desk.conftest import Server

pytestmark = pytest.mark.browser

CHECKED = "document.querySelectorAll('#ledger li').length === arguments[0]"
ENTER, ESCAPE = "\ue007", "\ue00c"


def test_from_a_pasted_text_to_its_proof(page: Page) -> None:
    page.click("#draft")
    page.paste(BODY)
    page.until(CHECKED, 3)
    assert "Wire story" in page.texts("#ledger .origin")[0]
    assert page.texts("#ledger .silent") == ["Reuters: not named"] * 3
    assert "Not named: Reuters" in page.texts("#draft-sentence")[0]
    assert page.value("document.querySelector('.credit-card input').value") == "Source: Reuters"
    page.led(lambda: page.click("#ledger a.proof"))
    assert page.address.startswith("#/compare/-/wire/")
    assert len(page.texts(".pane mark.active")) >= 2
    page.led(lambda: page.click(".up a"))
    assert page.value("document.getElementById('draft').value") == BODY
    page.led(lambda: page.click("#found > p:last-child a"))
    assert page.address == "#/article/-"
    assert page.texts(".text p")
    assert page.texts(".review") == []  # a draft is not judged
    assert page.is_quiet()


def test_while_it_is_typed(page: Page) -> None:
    page.click("#draft")
    page.press("A line of my own. ")
    page.until(CHECKED, 1)
    assert page.texts("#ledger .origin") == ["no match here"]
    page.paste("\n\n" + BODY)
    page.until(CHECKED, 4)
    page.run(
        "const area = document.getElementById('draft'); area.value = '';"
        "area.dispatchEvent(new Event('input'));"
    )
    page.until("!document.getElementById('ledger')")
    assert page.is_quiet()


def test_the_keyboard_alone(page: Page) -> None:
    page.press("/")
    assert page.focused == "draft"
    page.paste(OTHER + "\n\n" + BODY)
    page.until(CHECKED, 6)
    page.press(ESCAPE)
    page.press("n")
    assert page.focused == "proof"
    page.led(lambda: page.press(ENTER))
    page.press("n")
    page.press("p")
    assert page.texts("h1") == ["Side by side"]
    page.led(lambda: page.press("u"))
    assert page.address == "#/check"
    page.press("?")
    assert page.run("return document.getElementById('help').open;")
    page.press(ESCAPE)
    page.go("#/list")
    page.press("j")
    page.press("j")
    page.press("k")
    assert page.focused == "title"
    page.led(lambda: page.press(ENTER))
    assert page.address.startswith("#/article/")
    page.led(lambda: page.press("u"))
    assert page.address == "#/list"
    assert page.is_quiet()


def test_a_file_that_is_dropped(page: Page) -> None:
    page.run(
        "const files = new DataTransfer();"
        "files.items.add(new File([arguments[0]], 'draft.txt', { type: 'text/plain' }));"
        "document.getElementById('draft').dispatchEvent("
        "new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));",
        BODY,
    )
    page.until(CHECKED, 3)
    assert page.is_quiet()


def test_the_list_and_the_stories(page: Page) -> None:
    page.go("#/list?q=reprint")
    assert page.texts("a.title") == ["A reprint"]
    assert page.texts("tbody .silent") == ["does not name Reuters"]
    page.click("#filter")
    page.paste(" nothing")
    page.until("document.querySelector('.empty')")
    page.go("#/stories")
    page.led(lambda: page.click("a.title"))
    assert page.address.startswith("#/story/")
    assert sorted(page.texts("a.title")) == ["A reprint", "Wire story"]
    page.go("#/tables")
    assert len(page.texts("main li")) == 7
    page.go("#/article/nowhere")
    assert "holds no article of this id" in page.texts("main p")[0]
    page.go("#/compare/wire/nowhere")
    assert page.texts("h1") == ["Not here"]
    page.go("#/nothing/at/all")
    assert page.texts("h1") == ["Not here"]
    page.run("window.alarms.length = 0;")
    page.browser.get_log("browser")  # type: ignore[no-untyped-call]  # what was not there: 404


def test_a_verdict_is_corrected_and_arrivals_alert(
    own: Path, opened: Callable[..., Server], visited: Callable[[str], Page]
) -> None:
    with opened(own) as server:
        page = visited(server.address + "#/article/post%2Fa%20b%231")
        assert page.texts(".badge")[0] == "Wire copy"
        page.run(
            "const choice = document.querySelector('.review select'); choice.value = 'mixed';"
            "choice.dispatchEvent(new Event('change'));"
        )
        page.until("document.querySelector('.badge').textContent === 'Mixed'")
        page.until("document.getElementById('status').textContent.startsWith('Stored')")
        late = Article(id="late", text=BODY, publisher="E", published_at="2021-08-15T12:00Z")
        with Index.open(own) as index:
            index.add([late])
        page.until("!document.getElementById('alerts').hidden")
        page.go("#/watch")
        assert "does not name Reuters" in page.texts("#arrivals .alert .silent")[0]
        assert page.run("return document.getElementById('alerts').hidden;")
        assert page.is_quiet()


def test_a_desk_that_is_locked(locked: Server, visited: Callable[[str], Page]) -> None:
    page = visited(locked.address.partition("#")[0])
    assert page.texts("h1") == ["The desk is locked"]
    page.browser.get_log("browser")  # type: ignore[no-untyped-call]  # 401
    page.click("#token")
    page.paste(TOKEN)
    page.led(lambda: page.press(ENTER))
    assert page.texts("h1") == ["Where does this text come from?"]
    page.browser.delete_all_cookies()
    page = visited(locked.address)
    assert page.texts("h1") == ["Where does this text come from?"]
    assert page.address == "#/check"
    assert page.is_quiet()


def test_markup_from_strings_is_refused_by_the_policy(page: Page) -> None:
    refused = page.run(
        "try { document.body.innerHTML = '<b>x</b>'; return false; } catch { return true; }"
    )
    assert refused
    page.browser.get_log("browser")  # type: ignore[no-untyped-call]


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "</textarea><svg onload=alert(3)>",
    '"><iframe srcdoc="<script>alert(4)</script>">',
    "javascript:alert(5)",
    "data:text/html,<script>alert(6)</script>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "{{ 7*7 }}{% raw %}",
    "${alert(7)}",
    "=cmd|' /C calc'!A0",
    "\u202eexe.gpj\u202c",
    "\u2028line\u2029paragraph",
    "../../etc/passwd",
    "..",
    "a/b#c?d=e&f=%2F%%",
    "__proto__",
    "constructor",
    "😀 كابول 𝔘𝔫𝔦",
    "lone \ud800 surrogate",
]


def test_hostile_input_is_shown_and_does_nothing(
    tmp_path: Path, opened: Callable[..., Server], visited: Callable[[str], Page]
) -> None:
    articles = [
        {
            "id": text,
            "text": f"{text} {BODY}\n\n{text}\n\nWith inputs from {text}",
            **dict.fromkeys(("title", "publisher", "url", "language", "author", "credit"), text),
            "published_at": f"2021-08-{n + 1:02}T10:00:00Z",
        }
        for n, text in enumerate(HOSTILE)
    ]
    with Index.open(tmp_path / "hostile.dedup") as index:
        assert len(index.add(articles).answers) == len(HOSTILE)
    with opened(tmp_path / "hostile.dedup") as server:
        page = visited(server.address)
        page.go("#/list")
        assert len(page.texts("a.title")) == len(HOSTILE)
        links = page.value(
            "[...document.querySelectorAll('a.title')].map((a) => a.getAttribute('href'))"
        )
        assert isinstance(links, list)
        for link in links:
            page.go(str(link))
            assert page.texts(".text p"), link
            assert page.value(
                "[...document.links].every((a) => /^(https?:|#)/.test(a.getAttribute('href')))"
            )
        page.go("#/compare/__proto__/constructor")
        assert len(page.texts(".pane")) == 2
        for view in ("#/watch", "#/stories", "#/tables", "#/check"):
            page.go(view)
        page.click("#draft")
        page.paste("\n\n".join([*(t for t in HOSTILE if "\ud800" not in t), BODY]))
        page.until("document.querySelectorAll('#ledger li').length > 3")
        counted = "return document.querySelectorAll('img, iframe, object, base, main form').length;"
        assert page.run(counted) == 0
        assert page.is_quiet()
