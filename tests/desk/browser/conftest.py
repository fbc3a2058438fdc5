"""Chromium at the desk, which can reach nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browsing import Tab, chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selenium.webdriver import Chrome

    from tests.desk.conftest import Server


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    profile = tmp_path_factory.mktemp("chromium")
    allowed = r"^http://127\.0\.0\.1:\d+/api/"
    with chromium(profile, reachable="127.0.0.1", allowed=allowed) as chrome:
        yield chrome


class Page(Tab):
    """The desk's page, with what a sub-editor does on it."""

    def __init__(self, browser: Chrome, address: str) -> None:
        super().__init__(browser)
        browser.get("about:blank")
        browser.get_log("browser")  # type: ignore[no-untyped-call]  # of a desk that was closed
        browser.get(address)
        self.until("document.body.dataset.shown !== undefined")

    def go(self, address: str) -> None:
        """Follow an address, and wait for its view."""
        shown = self.run("return document.body.dataset.shown;")
        self.run("location.hash = arguments[0];", address)
        self.until("document.body.dataset.shown !== arguments[0]", shown)

    def led(self, act: Callable[[], object]) -> None:
        """Do what leads to another view, and wait for it."""
        shown = self.run("return document.body.dataset.shown;")
        act()
        self.until("document.body.dataset.shown !== arguments[0]", shown)

    def paste(self, text: str) -> None:
        """Put a text where the cursor stands, all of it at once."""
        self.browser.execute_cdp_cmd("Input.insertText", {"text": text})


@pytest.fixture
def page(browser: Chrome, desk: Server) -> Page:
    """The desk, opened anew."""
    return Page(browser, desk.address)


@pytest.fixture
def visited(browser: Chrome) -> Callable[[str], Page]:
    """Open an address of a desk."""
    return lambda address: Page(browser, address)
