"""Chromium for the tests of pages: it reaches nothing that it should not; every alarm counts."""

from __future__ import annotations

import importlib.util
import json
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dedup.report.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome

#: Counts what a page must never do, from before its first script on.
ALARMS = """
window.alarms = [];
window.isHarmless = (link) =>
  /^(https?:|#|[?]language=[a-z]+$|[/]api[/])/.test(link.getAttribute("href"));
window.views = 0;
window.addEventListener("hashchange", () => setTimeout(() => { window.views += 1; }));
window.alert = window.confirm = window.prompt = () => window.alarms.push("dialog");
window.addEventListener("error", (event) => window.alarms.push("error: " + event.message));
window.addEventListener("unhandledrejection",
  (event) => window.alarms.push("error: " + event.reason));
document.addEventListener("securitypolicyviolation",
  (event) => window.alarms.push("policy: " + event.violatedDirective));
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (ALLOWED.test(entry.name)) return;
  window.alarms.push("request: " + entry.name);
})).observe({ type: "resource" });
"""
#: Asks axe-core which rules a page breaks.
_BROKEN = """
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => done(
  violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ": " + node.html))
), (error) => done(["failed: " + error.message]));
"""

#: The words of a page itself, without those of the articles and of a run's record.
_OWN_WORDS = """
const page = document.body.cloneNode(true);
page.querySelectorAll("script, template, [lang], bdi, .text, .title, .id, kbd, code, [dir=auto]")
  .forEach((part) => part.remove());
const told = [...page.querySelectorAll("[aria-label], [placeholder]")]
  .flatMap((part) => [part.getAttribute("aria-label"), part.getAttribute("placeholder")]);
return [page.textContent, ...told.filter(Boolean)].join("\\n");
"""


@contextmanager
def chromium(profile: Path, *, reachable: str = "", allowed: str = "(?!)") -> Iterator[Chrome]:
    """Start Chromium, and end it; skip the test where it is not installed.

    Args:
        profile: an empty folder for it to live in.
        reachable: the one host that it can reach.
        allowed: addresses that a page may ask for, as a regular expression of JavaScript.

    """
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    found = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not found or not driver:
        pytest.skip("Chromium and its driver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = found
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--host-resolver-rules=MAP * ~NOTFOUND{reachable and f', EXCLUDE {reachable}'}",
        "--window-size=1300,950",
        f"--user-data-dir={profile}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    source = ALARMS.replace("ALLOWED", f"new RegExp({json.dumps(allowed)})")
    chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    try:
        yield chrome
    finally:
        chrome.quit()


class Tab:
    """One open page, with what everybody does on it."""

    def __init__(self, browser: Chrome) -> None:
        self.browser = browser

    def run(self, script: str, *values: object) -> object:
        return self.browser.execute_script(script, *values)

    def value(self, expression: str, *values: object) -> object:
        """A value by way of JSON, which can carry a lone surrogate."""
        return json.loads(str(self.run(f"return JSON.stringify({expression});", *values)))

    def told(self, expression: str, *values: object) -> object:
        """What a promise comes to."""
        script = (
            f"const done = arguments[arguments.length - 1]; {expression}"
            ".then(done, (failure) => done(`failed: ${failure}`));"
        )
        return self.browser.execute_async_script(script, *values)

    def until(self, expression: str, *values: object, seconds: float = 60) -> None:
        """Wait until something is so."""
        from selenium.webdriver.support.wait import WebDriverWait

        WebDriverWait(self.browser, seconds, 0.02).until(
            lambda _: self.run(f"return Boolean({expression});", *values), expression
        )

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
    def focused(self) -> str:
        return str(
            self.run("return document.activeElement.className || document.activeElement.id;")
        )

    @property
    def address(self) -> str:
        return str(self.run("return location.hash;"))

    @contextmanager
    def seen_in(self, scheme: str) -> Iterator[None]:
        """Show the page light or dark for a while, with axe-core at hand."""
        found = importlib.util.find_spec("axe_core_python")
        if found is None or not found.submodule_search_locations:
            pytest.skip("axe-core is not installed")
        axe = Path(found.submodule_search_locations[0]) / "axe.min.js"
        media = [{"name": "prefers-color-scheme", "value": scheme}]
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
        try:
            code = axe.read_text("utf-8")
            self.browser.execute_cdp_cmd("Runtime.evaluate", {"expression": code})
            yield
        finally:
            self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})

    def broken_rules(self) -> object:
        """Which of axe-core's rules the page breaks."""
        return self.browser.execute_async_script(_BROKEN)

    def english_left(self, language: str) -> list[str]:
        """What a page in another language says in English, or leaves unfilled."""
        texts = catalogue(language).texts
        english = [m for m in texts if "{" not in m and len(m.split()) > 2 and texts[m] != (m,)]
        words = str(self.run(_OWN_WORDS))
        return [text for text in (*english, "undefined", "{") if text in words]

    def is_quiet(self) -> bool:
        alarms = self.run("return window.alarms;")
        logged = self.browser.get_log("browser")  # type: ignore[no-untyped-call]
        assert not alarms, alarms
        assert not logged, logged
        return True
