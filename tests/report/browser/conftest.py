"""Chromium, offline, with every alarm counted, and a reader's desk to use it from."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from dedup.report import write_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

    from dedup.report import Document

#: Counts what a page must never do, from before its first script on.
ALARMS = """
window.alarms = [];
window.views = 0;
window.addEventListener("hashchange", () => setTimeout(() => { window.views += 1; }));
window.alert = window.confirm = window.prompt = () => window.alarms.push("dialog");
window.addEventListener("error", (event) => window.alarms.push("error: " + event.message));
document.addEventListener("securitypolicyviolation",
  (event) => window.alarms.push("policy: " + event.violatedDirective));
new PerformanceObserver((list) => list.getEntries().forEach(
  (entry) => window.alarms.push("request: " + entry.name))).observe({ type: "resource" });
"""


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("Chromium and its driver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--window-size=1300,950",
        f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": ALARMS})
    yield chrome
    chrome.quit()


class Desk:
    """One open page, with what a reader does on it."""

    def __init__(self, browser: Chrome, path: Path) -> None:
        self.browser = browser
        kept = {"origin": "file:///", "storageTypes": "local_storage"}
        browser.get("about:blank")
        browser.execute_cdp_cmd("Storage.clearDataForOrigin", kept)
        browser.get(path.as_uri())

    def run(self, script: str, *values: object) -> object:
        return self.browser.execute_script(script, *values)

    def value(self, expression: str, *values: object) -> object:
        """A value by way of JSON, which can carry a lone surrogate."""
        return json.loads(str(self.run(f"return JSON.stringify({expression});", *values)))

    def _led(self, act: Callable[[], object]) -> None:
        """Do what leads to another view and wait until that is shown."""
        from selenium.webdriver.support.wait import WebDriverWait

        before = int(str(self.run("return window.views;")))
        act()
        WebDriverWait(self.browser, 5, 0.02).until(
            lambda _: int(str(self.run("return window.views;"))) > before
        )

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

    def press(self, keys: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.browser).send_keys(keys).perform()

    def texts(self, selector: str) -> list[str]:
        script = "[...document.querySelectorAll(arguments[0])].map((e) => e.textContent)"
        found = self.value(script, selector)
        assert isinstance(found, list)
        return found

    def click(self, selector: str) -> None:
        from selenium.webdriver.common.by import By

        self.browser.find_element(By.CSS_SELECTOR, selector).click()

    @property
    def address(self) -> str:
        return str(self.run("return location.hash;"))

    def is_quiet(self) -> bool:
        assert self.run("return window.alarms;") == []
        assert self.browser.get_log("browser") == []  # type: ignore[no-untyped-call]
        return True


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
def desk(browser: Chrome, report: Path) -> Desk:
    """The seeds' report, opened anew."""
    return Desk(browser, report)
