"""Chromium at the desk, which can reach nothing else, with every alarm counted."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selenium.webdriver import Chrome

    from tests.desk.conftest import Server

#: Counts what a page must never do, from before its first script on.
ALARMS = """
window.alarms = [];
window.alert = window.confirm = window.prompt = () => window.alarms.push("dialog");
window.addEventListener("error", (event) => window.alarms.push("error: " + event.message));
window.addEventListener("unhandledrejection",
  (event) => window.alarms.push("error: " + event.reason));
document.addEventListener("securitypolicyviolation",
  (event) => window.alarms.push("policy: " + event.violatedDirective));
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (entry.name.startsWith(location.origin + "/api/")) return;
  window.alarms.push("request: " + entry.name);
})).observe({ type: "resource" });
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
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--window-size=1300,950",
        f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": ALARMS})
    yield chrome
    chrome.quit()


class Page:
    """The desk's page, with what a sub-editor does on it."""

    def __init__(self, browser: Chrome, address: str) -> None:
        self.browser = browser
        browser.get("about:blank")
        browser.get(address)
        self.until("document.body.dataset.shown !== undefined")

    def run(self, script: str, *values: object) -> object:
        return self.browser.execute_script(script, *values)

    def value(self, expression: str, *values: object) -> object:
        """A value by way of JSON, which can carry a lone surrogate."""
        return json.loads(str(self.run(f"return JSON.stringify({expression});", *values)))

    def until(self, expression: str, *values: object) -> None:
        """Wait until something is so."""
        from selenium.webdriver.support.wait import WebDriverWait

        WebDriverWait(self.browser, 60, 0.05).until(
            lambda _: self.run(f"return Boolean({expression});", *values), expression
        )

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

    def press(self, keys: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.browser).send_keys(keys).perform()

    def paste(self, text: str) -> None:
        """Put a text where the cursor stands, all of it at once."""
        self.browser.execute_cdp_cmd("Input.insertText", {"text": text})

    def click(self, selector: str) -> None:
        from selenium.webdriver.common.by import By

        self.browser.find_element(By.CSS_SELECTOR, selector).click()

    def texts(self, selector: str) -> list[str]:
        script = "[...document.querySelectorAll(arguments[0])].map((e) => e.textContent)"
        found = self.value(script, selector)
        assert isinstance(found, list)
        return found

    @property
    def focused(self) -> str:
        return str(
            self.run("return document.activeElement.className || document.activeElement.id;")
        )

    @property
    def address(self) -> str:
        return str(self.run("return location.hash;"))

    def is_quiet(self) -> bool:
        assert self.run("return window.alarms;") == []
        assert self.browser.get_log("browser") == []  # type: ignore[no-untyped-call]
        return True


@pytest.fixture
def page(browser: Chrome, desk: Server) -> Page:
    """The desk, opened anew."""
    return Page(browser, desk.address)


@pytest.fixture
def visited(browser: Chrome) -> Callable[[str], Page]:
    """Open an address of a desk."""
    return lambda address: Page(browser, address)
