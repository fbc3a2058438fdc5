"""How soon the page is there: it is opened in Chromium, filtered, and its memory is looked at.

``python -m bench.views REPORT`` prints what was measured of one report.html.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome

_MEBI = 1 << 20
ROUNDS = 5
#: What a reader types, letter by letter, and takes back.
TYPED = ("c", "co", "cou", "counc", "council", "council shared:>50", "shared:>50 silent:>0", "")

#: Tells when the first view was there, before any script of the page.
_WATCH = """
new MutationObserver((changes, watch) => {
  if (!document.querySelector("main h1")) return;
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.usable = performance.now(); }));
}).observe(document, { childList: true, subtree: true });
"""

_TYPE = """
const done = arguments[arguments.length - 1];
const field = document.getElementById("filter");
const began = performance.now();
field.value = arguments[0];
field.dispatchEvent(new Event("input"));
document.body.getBoundingClientRect();
done(performance.now() - began);
"""


@contextmanager
def browser() -> Iterator[Chrome]:
    """Start Chromium without a window, and end it."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless", "--no-sandbox", "--disable-gpu", "--js-flags=--expose-gc"):
        options.add_argument(argument)
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    chrome = webdriver.Chrome(options=options, service=service)
    try:
        chrome.set_script_timeout(60)
        yield chrome
    finally:
        chrome.quit()


def measured(report: Path) -> dict[str, float]:
    """Open a report several times; what is told is the median, of filtering the slowest query."""
    with browser() as chrome:
        chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
        opened = [_opened(chrome, report) for _ in range(ROUNDS)]
        typed = {query: [_typed(chrome, query) for _ in range(ROUNDS)] for query in TYPED}
        heap = _heap(chrome)
    parts = list(report.parent.glob(f"{report.stem}-parts-*/*.html"))
    return {
        "page_mib": round(report.stat().st_size / _MEBI, 2),
        "parts": len(parts),
        "largest_part_mib": round(max((p.stat().st_size for p in parts), default=0) / _MEBI, 2),
        "first_paint_seconds": round(median(paint for paint, _ in opened) / 1000, 3),
        "usable_seconds": round(median(usable for _, usable in opened) / 1000, 3),
        "filter_ms": round(max(median(times) for times in typed.values()), 1),
        "heap_mib": round(heap / _MEBI, 1),
    }


def _opened(chrome: Chrome, report: Path) -> tuple[float, float]:
    """Milliseconds to the first paint, and until the list could be used."""
    chrome.get("about:blank")
    chrome.get(report.resolve().as_uri())
    while not chrome.execute_script("return window.usable;"):
        time.sleep(0.02)
    paint = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime;"
    while (painted := chrome.execute_script(paint)) is None:
        time.sleep(0.02)
    return float(painted), float(chrome.execute_script("return window.usable;"))


def _typed(chrome: Chrome, query: str) -> float:
    return float(chrome.execute_async_script(_TYPE, query))


def _heap(chrome: Chrome) -> float:
    """What the page's script holds, once what it let go of is collected."""
    chrome.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
    found = chrome.execute_cdp_cmd("Runtime.getHeapUsage", {})
    return float(found["usedSize"])


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))
