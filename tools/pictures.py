"""The pictures of docs/report.md: every view of the report on the newsroom set (``make pictures``).

Needs Chromium and its driver. The set is tests/data/newsroom, whose stories are invented.
"""

from __future__ import annotations

import base64
import shutil
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


def main() -> None:
    """Make the report, open it, and take every picture anew."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        found = dedup.scan(ARTICLES)
        for language in {view.language for view in VIEWS}:
            found.write(Path(folder) / language, formats=("html",), language=language)
        browser = _browser()
        try:
            for view in VIEWS:
                _take(browser, (Path(folder) / view.language / "report.html").as_uri(), view)
        finally:
            browser.quit()


def _browser() -> Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    return webdriver.Chrome(
        options=options, service=webdriver.ChromeService(shutil.which("chromedriver"))
    )


def _take(browser: Chrome, page: str, view: View) -> None:
    media = {"features": [{"name": "prefers-color-scheme", "value": view.scheme}]}
    size = {"width": view.width, "height": view.height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get("about:blank")
    browser.get(page + view.address)
    WebDriverWait(browser, 10).until(
        lambda found: found.execute_script("return document.querySelector('main h1') !== null;")
    )
    browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    wanted = {"format": "webp", "quality": QUALITY}
    taken = browser.execute_cdp_cmd("Page.captureScreenshot", wanted)
    (PICTURES / f"{view.name}.webp").write_bytes(base64.b64decode(taken["data"]))


if __name__ == "__main__":
    main()
