"""The report in Chromium, offline, and a reader's desk to use it from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.report import Document, write_page
from tests.browsing import Tab, chromium
from tests.report.conftest import FIRST, SECOND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

    from tests.report.conftest import Rows


#: Every kind of view.
VIEWS = (
    "#/list",
    "#/list?q=penguins",
    f"#/article/{SECOND}",
    "#/article/004_4cc2ecb11d2e0912.txt?x=quotations",
    f"#/compare/{FIRST}/{SECOND}",
    "#/stories",
    f"#/story/{FIRST}",
    "#/paragraphs",
    "#/sources",
    "#/run",
    "#/nowhere",
)


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    parts = r"^file:///.*-parts-[0-9a-f]{8}/\d{4}\.html$"
    with chromium(tmp_path_factory.mktemp("chromium"), allowed=parts) as chrome:
        yield chrome


class Desk(Tab):
    """One open report, with what a reader does on it."""

    def __init__(self, browser: Chrome, path: Path) -> None:
        super().__init__(browser)
        kept = {"origin": "file:///", "storageTypes": "local_storage"}
        browser.get("about:blank")
        browser.execute_cdp_cmd("Storage.clearDataForOrigin", kept)
        browser.get(path.as_uri())

    def _led(self, act: Callable[[], object]) -> None:
        """Do what leads to another view and wait until that is shown."""
        before = int(str(self.run("return window.views;")))
        act()
        self.until("window.views > arguments[0]", before, seconds=5)

    def go(self, address: str) -> None:
        """Follow an address."""
        if self.address != address:
            self._led(lambda: self.run("location.hash = arguments[0];", address))

    def back(self) -> None:
        self._led(self.browser.back)

    def follow(self, selector: str) -> None:
        """Click a link."""
        self._led(lambda: self.click(selector))

    def key(self, key: str) -> None:
        """Press a key that leads to another view."""
        self._led(lambda: self.press(key))


@pytest.fixture(scope="package")
def report(document: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_page(path, document)
    return path


@pytest.fixture
def opened(browser: Chrome) -> Callable[[Path], Desk]:
    """Open a page."""
    return lambda path: Desk(browser, path)


@pytest.fixture
def shown(
    opened: Callable[[Path], Desk], document_of: Callable[[Rows], Document], tmp_path: Path
) -> Callable[[Document | Rows], Desk]:
    """Write the page of a document, or of rows, and open it."""

    def write(what: Document | Rows) -> Desk:
        document = what if isinstance(what, Document) else document_of(what)
        write_page(tmp_path / "report.html", document)
        return opened(tmp_path / "report.html")

    return write


@pytest.fixture
def desk(browser: Chrome, report: Path) -> Desk:
    """The seeds' report, opened anew."""
    return Desk(browser, report)
