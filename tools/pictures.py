"""The pictures of docs/report.md and docs/desk.md, on the newsroom set (``make pictures``).

Needs Chromium and its driver. The set is tests/data/newsroom, whose stories are invented.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from selenium import webdriver
from selenium.webdriver.support.wait import WebDriverWait

import dedup

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "tests" / "data" / "newsroom" / "articles.jsonl"
PICTURES = ROOT / "docs" / "pictures"
QUALITY = 70


class View(NamedTuple):
    """One picture: a view, in light or dark, on a desk or on a telephone."""

    name: str
    address: str
    scheme: str = "light"
    width: int = 1240
    height: int = 860
    language: str = "en"


VIEWS = (
    View("list", "#/list"),
    View("filtered", "#/list?q=shared%3A%3E50&a=%21", scheme="dark"),
    View("article", "#/article/s01-outlet8"),
    View("side-by-side", "#/compare/s01-outlet2/s01-wire1"),
    View("story", "#/story/s01-outlet1", height=1040),
    View("paragraphs", "#/paragraphs"),
    View("outlets", "#/sources"),
    View("run", "#/run"),
    View("telephone", "#/article/s01-outlet8", width=390),
    View("arabic", "#/article/s01-outlet8", language="ar"),
    View("french", "#/list?x=quotations&min=20", scheme="dark", language="fr"),
)


#: What comes in while the desk is open, and what the draft takes its text from.
LATE, COPIED = "s01-outlet4", "s01-outlet8"
OWN = "A line of the sub-editor’s own opens the draft, which stands nowhere else in the index."
DESK = (
    View("desk-check", "#/check", height=1080),
    View("desk-check-dark", "#/check", scheme="dark", height=1080),
    View("desk-arrivals", "#/watch"),
    View("desk-article", f"#/article/{LATE}"),
    View("desk-story", "#/story/s01-outlet1", height=1080),
    View("desk-list", "#/list?order=silent"),
    View("desk-telephone", "#/check", width=390),
)


def main() -> None:
    """Make the report and open the desk, and take every picture anew."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        _report(Path(folder))
        _desk(Path(folder))


def _report(folder: Path) -> None:
    """Take the pictures of the report."""
    found = dedup.scan(ARTICLES)
    for language in {view.language for view in VIEWS}:
        found.write(folder / language, formats=("html",), language=language)
    browser = _browser()
    try:
        for view in VIEWS:
            _look(browser, view)
            browser.get("about:blank")
            browser.get((folder / view.language / "report.html").as_uri() + view.address)
            _until(browser, "document.querySelector('main h1')")
            _take(browser, view)
    finally:
        browser.quit()


def _desk(folder: Path) -> None:
    """Open the desk, paste a draft, let an article come in, and take its pictures."""
    rows = [json.loads(line) for line in ARTICLES.read_text("utf-8").splitlines()]
    given = {row["id"]: row for row in rows}
    with dedup.Index.open(folder / "news.dedup") as index:
        index.add([row for row in rows if row["id"] != LATE])
        command = ("-m", "dedup", "serve", str(folder / "news.dedup"), "--port", "0")
        with subprocess.Popen(  # noqa: S603 - this program
            [sys.executable, *command], stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as desk:
            browser = _browser()
            try:
                said = desk.stdout.readline() if desk.stdout else ""
                browser.get(said.rsplit(" ", 1)[1].strip())
                _until(browser, "document.body.dataset.shown && feed?.readyState === 1")
                index.add([given[LATE]])
                _until(browser, "!document.getElementById('alarm').hidden")
                _until(browser, "!(await ask('/api/stats')).behind")
                draft = {"text": f"{OWN}\n\n{given[COPIED]['text']}", "title": "The draft"}
                draft["published_at"] = "2026-12-01T10:00Z"
                script = "Object.assign(DRAFT, arguments[0]); checkDraft(() => show(true));"
                browser.execute_script(script, draft)
                _until(browser, "DRAFT.answer?.complete")
                for view in DESK:
                    _look(browser, view)
                    browser.execute_script("location.hash = arguments[0];", view.address)
                    _until(browser, "await show(false) ?? true")
                    _take(browser, view)
            finally:
                browser.quit()
                desk.terminate()


def _browser() -> Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    return webdriver.Chrome(
        options=options, service=webdriver.ChromeService(shutil.which("chromedriver"))
    )


def _look(browser: Chrome, view: View) -> None:
    """Look as a view is looked at: light or dark, on a desk or on a telephone."""
    media = {"features": [{"name": "prefers-color-scheme", "value": view.scheme}]}
    size = {"width": view.width, "height": view.height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def _until(browser: Chrome, expression: str) -> None:
    """Wait until something is so."""
    script = f"const done = arguments[0]; (async () => {expression})().then(done);"
    WebDriverWait(browser, 120).until(lambda found: found.execute_async_script(script))


def _take(browser: Chrome, view: View) -> None:
    browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    wanted = {"format": "webp", "quality": QUALITY}
    taken = browser.execute_cdp_cmd("Page.captureScreenshot", wanted)
    (PICTURES / f"{view.name}.webp").write_bytes(base64.b64decode(taken["data"]))


if __name__ == "__main__":
    main()
