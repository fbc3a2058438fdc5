"""Nobody is shut out: the rules of axe-core on every view, light and dark, from either side."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dedup.report import write_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.report import Document
    from tests.report.browser.conftest import Desk

pytestmark = pytest.mark.browser

FIRST, SECOND = "000_71cf6c316d60b106.txt", "001_1b7dea28a2590197.txt"

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

CHECK = """
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => done(
  violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ": " + node.html))
), (error) => done(["failed: " + error.message]));
"""


@pytest.fixture(scope="module")
def axe() -> str:
    found = importlib.util.find_spec("axe_core_python")
    if found is None or not found.submodule_search_locations:
        pytest.skip("axe-core is not installed")
    return (Path(found.submodule_search_locations[0]) / "axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_keeps_the_rules(
    opened: Callable[[Path], Desk],
    document: Document,
    tmp_path: Path,
    axe: str,
    scheme: str,
    language: str,
) -> None:
    write_page(tmp_path / "report.html", replace(document, language=language))
    desk = opened(tmp_path / "report.html")
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    desk.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    try:
        desk.browser.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
        found = {}
        for address in VIEWS:
            desk.go(address)
            found[address] = desk.browser.execute_async_script(CHECK)
            assert desk.run("return document.documentElement.scrollWidth <= innerWidth;"), address
        desk.run("document.getElementById('help').showModal();")
        found["help"] = desk.browser.execute_async_script(CHECK)
    finally:
        desk.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_a_broken_rule_is_found(desk: Desk, axe: str) -> None:
    desk.browser.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
    desk.run("document.querySelector('main').append(document.createElement('button'));")
    assert desk.browser.execute_async_script(CHECK) == ["button-name: <button></button>"]
