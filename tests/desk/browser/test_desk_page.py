"""The desk's page in a real browser: from a pasted text to its proof, by hand and by keyboard."""

from __future__ import annotations

import json
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
ENTER, ESCAPE, TAB = "\ue007", "\ue00c", "\ue004"


def test_from_a_pasted_text_to_its_proof(page: Page) -> None:
    page.click("#draft")
    page.paste(BODY)
    page.until(CHECKED, 3)
    assert "Wire story" in page.texts("#ledger .origin")[0]
    assert page.texts("#ledger .silent") == ["Reuters: not named"] * 3
    assert len(page.texts("#ledger .imprint")) == 1  # of a source that several come from
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


def test_the_language_is_chosen_and_the_draft_stays(
    index: Path, opened: Callable[..., Server], visited: Callable[[str], Page]
) -> None:
    house = "Aus {agency} (red)"
    with opened(index, "", "--language", "de", "--credit-line", house) as server:
        page = visited(server.address)
        assert page.texts("h1") == ["Woher kommt dieser Text?"]
        page.click("#draft")
        page.paste(BODY)
        page.until(CHECKED, 3)
        assert page.value("document.querySelector('.credit-card input').value") == (
            "Aus Reuters (red)"
        )
        lines = server.ask("/api/check", {"text": BODY}).row()["credit_lines"]
        assert lines == [{"agency": "reuters", "name": "Reuters", "line": "Aus Reuters (red)"}]
        page.click("#languages summary")
        page.click("#languages [hreflang=ar]")
        page.until("document.documentElement.dir === 'rtl'")
        page.until(CHECKED, 3)
        assert page.value("document.getElementById('draft').value") == BODY
        page = visited(server.address)  # the browser keeps the language, and not the draft
        assert page.value("document.documentElement.lang") == "ar"
        assert page.value("document.getElementById('draft').value") == ""
        page.go("#/tables")
        assert "مقالات" in page.texts(".finding")[0]
        page.run("localStorage.clear();")
        assert page.is_quiet()


def drop(page: Page, content: bytes) -> None:
    page.run(
        "const files = new DataTransfer();"
        "files.items.add(new File([new Uint8Array(arguments[0])], 'draft.txt'));"
        "document.getElementById('draft').dispatchEvent("
        "new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));",
        list(content),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_file_that_is_dropped(page: Page, encoding: str) -> None:
    written = f"{BODY}\n\nÀ suivre – bientôt."
    drop(page, written.encode(encoding))
    page.until(CHECKED, 4)
    assert page.value("document.getElementById('draft').value") == written
    assert page.is_quiet()


def test_a_file_that_is_no_text_is_refused_where_everybody_sees_it(page: Page) -> None:
    drop(page, b"PK\x03\x04\x14\0\x06\0\x08\0" + bytes(range(256)))
    page.until("document.querySelector('#found [role=alert]')")
    assert "no plain text" in page.texts("#found .note")[0]
    assert page.value("document.getElementById('draft').value") == ""
    drop(page, b"x" * 2_000_001)
    page.until("document.querySelector('#found .note').textContent.includes('too large')")
    drop(page, BODY.encode())
    page.until(CHECKED, 3)
    assert page.texts("#found .note") == []
    assert page.is_quiet()


def test_a_text_of_very_many_paragraphs(page: Page) -> None:
    page.click("#draft")
    page.paste("\n\n".join(f"Line {n} of a list." for n in range(450)))
    page.until(CHECKED, 400)
    assert "The first 400 paragraphs" in page.texts("#found .note")[-1]
    page.led(lambda: page.run("document.querySelector('#found > p:last-child a').click();"))
    assert len(page.texts(".text p")) == 450
    assert page.is_quiet()


def test_a_feed_that_is_not_heard_is_told_and_asked_for_again(page: Page) -> None:
    page.go("#/watch")
    assert page.run("return document.getElementById('deaf').hidden;")
    page.run(
        "window.RealSource = EventSource; window.asked = 0;"
        "EventSource = class extends window.RealSource {"
        "  constructor(address) {"
        "    window.asked += 1;"
        "    super(window.asked > 1 ? address : '/api/stats');"
        "  }"
        "};"
        "const real = setTimeout; window.setTimeout = (act, ms) => real(act, Math.min(ms, 500));"
        "listen();"
    )
    page.until("!document.getElementById('deaf').hidden")
    page.until("window.asked > 1 && document.getElementById('deaf').hidden")
    page.browser.get_log("browser")  # type: ignore[no-untyped-call]  # of another form: no feed


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


def test_a_story_is_drawn(page: Page) -> None:
    page.go("#/story/post%2Fa%20b%231")
    assert len(page.texts("svg.timeline a.dot")) == 2
    assert len(page.texts("svg.timeline .arrow")) >= 1
    assert page.texts("svg.timeline .lane text") == ["Reuters", "The Post"]
    flows = page.texts("table tbody tr")
    assert len(flows) == 2
    assert "100%" in flows[1]
    page.led(lambda: page.click("svg.timeline a.dot-taker"))
    assert page.address == "#/article/post%2Fa%20b%231"
    page.led(lambda: page.click(".imprint a[href^='#/story/']"))
    assert page.address.startswith("#/story/")
    assert page.is_quiet()


def late(name: str, publisher: str, text: str = BODY) -> Article:
    return Article(
        id=name,
        text=text,
        title=f"Late {name}",
        publisher=publisher,
        published_at="2021-08-15T12:00Z",
    )


def test_from_an_arrival_to_its_proof_by_keyboard(
    own: Path, opened: Callable[..., Server], visited: Callable[[str], Page]
) -> None:
    with opened(own) as server:
        page = visited(server.address)
        with Index.open(own) as index:
            index.add([late("one", "The Echo")])
        page.until("!document.getElementById('alarm').hidden")
        assert "Reuters" in page.texts("#alarm p")[0]
        assert "Late one" in page.texts("#alarm a")[0]
        assert page.value("document.getElementById('alarm').getAttribute('role')") == "alert"
        tabbed_to(page, "#/watch")
        page.led(lambda: page.press(ENTER))
        page.press("j")
        assert page.focused == "title"
        assert page.value("document.activeElement.textContent") == "Late one"
        page.until("true")
        laid_out(page, "one")
        page.led(lambda: page.press(ENTER))
        assert page.address == "#/article/one"
        page.press("n")
        assert page.value("document.activeElement.className").startswith("reference")  # type: ignore[attr-defined]
        page.led(lambda: page.press(ENTER))
        assert page.address.startswith("#/compare/one/")
        assert len(page.texts(".pane mark.active")) >= 2
        assert page.is_quiet()


def tabbed_to(page: Page, link: str) -> None:
    """Go with the Tab key to a link of the navigation."""
    page.run("document.body.tabIndex = -1; document.body.focus();")
    for _ in range(20):
        page.press(TAB)
        if page.value("document.activeElement.getAttribute('href')") == link:
            return
    raise AssertionError(link)


def laid_out(page: Page, name: str) -> None:
    """Wait until the passages of an article are known."""
    script = (
        "const done = arguments[1]; const look = () => fetch('/api/article?id=' + arguments[0])"
        ".then((r) => r.json()).then((a) => (a.behind === false ? done() : setTimeout(look, 100)));"
        " look();"
    )
    page.browser.execute_async_script(script, name)


def test_arrivals_are_filtered(
    own: Path, opened: Callable[..., Server], visited: Callable[[str], Page]
) -> None:
    with opened(own) as server:
        page = visited(server.address + "#/watch")
        assert len(page.texts("#arrivals li")) == 3
        choose(page, "watch-publisher", "The Post")
        assert page.texts("#arrivals a.title") == ["A reprint"]
        with Index.open(own) as index:
            index.add([late("elsewhere", "The Echo"), late("here", "The Post")])
        page.until("document.querySelectorAll('#arrivals li').length >= 2")
        page.until("document.getElementById('alarm').textContent.includes('Late here')")
        assert "Late elsewhere" not in page.texts("#arrivals")[0]
        assert page.texts("#alerts") == ["1 alert"]
        page.click("#alarm-away")
        assert page.run("return document.getElementById('alarm').hidden;")
        choose(page, "watch-publisher", "")
        page.click("#watch-silent")
        silent = page.texts("#arrivals li")
        assert len(silent) == 3
        assert all("does not name Reuters" in line for line in silent)
        assert "3 alerts" in page.texts("#counter")[0]
        choose(page, "watch-agency", "reuters")
        assert len(page.texts("#arrivals li")) == 3
        page = visited(server.address + "#/watch")  # the browser keeps what was chosen
        assert len(page.texts("#arrivals li")) == 3
        page.run("localStorage.clear();")
        assert page.is_quiet()


def choose(page: Page, name: str, value: str) -> None:
    page.run(
        "const choice = document.getElementById(arguments[0]); choice.value = arguments[1];"
        "choice.dispatchEvent(new Event('change'));",
        name,
        value,
    )


def test_what_a_mark_changes_is_told(
    own: Path, opened: Callable[..., Server], visited: Callable[[str], Page]
) -> None:
    with opened(own) as server:
        page = visited(server.address + "#/article/post%2Fa%20b%231")
        page.run(
            "const choice = document.querySelector('.review select'); choice.value = 'mixed';"
            "choice.dispatchEvent(new Event('change'));"
        )
        page.until("document.getElementById('changed')")
        assert page.texts("#changed .imprint") == ["Wire copy → Mixed"]
        assert page.texts("#changed a") == ["A reprint"]
        assert page.value("document.activeElement.id") == "changed"
        page.go("#/list")
        page.go("#/article/wire")
        assert page.texts("#changed") == []
        assert page.is_quiet()


def test_a_verdict_that_was_called_wrong_can_be_taken_back(
    own: Path, opened: Callable[..., Server], visited: Callable[[str], Page]
) -> None:
    with opened(own) as server:
        page = visited(server.address + "#/article/post%2Fa%20b%231")
        page.click(".review button:nth-of-type(2)")
        page.until("document.querySelector('.badge').textContent === 'Too little to say'")
        page.until("!document.querySelector('.review button').disabled")
        assert page.texts(".review button[aria-pressed=true]") == ["Wire copy: wrong"]
        page.click(".review button[aria-pressed=true]")
        page.until("document.querySelector('.badge').textContent === 'Wire copy'")
        assert page.texts(".review button[aria-pressed=true]") == []
        assert json.loads(server.ask("/api/labels").body)["rows"] == []
        assert page.is_quiet()


def test_every_mark_can_be_taken_back(
    own: Path, opened: Callable[..., Server], visited: Callable[[str], Page]
) -> None:
    with opened(own) as server:
        matches = json.loads(server.ask("/api/article", id="post/a b#1").body)["matches"]
        columns = ("article_id", "start", "end", "other_id", "kind")
        claim = {column: matches[0][column] for column in columns}
        answer = server.ask("/api/labels", {"marks": [{**claim, "mark": "wrong"}]})
        assert answer.status == 200, answer.body
        page = visited(server.address + "#/tables")
        page.until("document.querySelector('.review')")
        assert claim["other_id"] in page.texts(".review")[0]
        page.click(".review button")
        page.until("!document.querySelector('.review')")
        assert json.loads(server.ask("/api/labels").body)["rows"] == []
        assert page.is_quiet()


def test_a_desk_whose_tables_are_still_laid_out(page: Page) -> None:
    page.run(
        "const real = ask; let times = 0;"
        "ask = async (...given) => {"
        "  if (given[0] === '/api/stats' && times++ === 0) throw new Error('looked through');"
        "  return real(...given);"
        "};"
        "document.getElementById('facts').textContent = ''; begin();"
    )
    page.until("document.getElementById('status').textContent.includes('Looked through')")
    assert page.texts("#facts") == ["Looked through."]
    page.click("#draft")
    page.paste(BODY)
    page.until(CHECKED, 3)
    page.until("document.getElementById('facts').textContent.startsWith('3 articles')")
    assert page.value("document.getElementById('draft').value") == BODY
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
            assert page.value("[...document.links].every(isHarmless)")
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
