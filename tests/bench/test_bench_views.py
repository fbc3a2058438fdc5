"""The bench opens a report in a browser, and tells how soon it was there."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, cast

import pytest

from bench import parts, views
from bench.goals import goals
from bench.page import render
from bench.setting import Setting

if TYPE_CHECKING:
    from pathlib import Path

MACHINE = {"processor": "p", "cores": 1, "memory_gib": 1, "system": "s", "python": "3"}


@pytest.mark.browser
def test_a_page_is_opened_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("selenium", reason="selenium is not installed")
    if not shutil.which("chromedriver"):
        pytest.skip("Chromium and its driver are not installed")
    monkeypatch.setattr(parts, "PAGES", (30, 60))
    monkeypatch.setattr(views, "ROUNDS", 1)
    found = parts.pages(Setting(scratch=tmp_path))
    small, large = cast("list[dict[str, float]]", found["points"])
    assert small["articles"] < large["articles"]
    assert 0 < small["page_mib"] < large["page_mib"]
    assert min(large["first_paint_seconds"], large["usable_seconds"]) > 0
    assert large["filter_ms"] > 0
    assert large["heap_mib"] > 0
    json.dumps(found)


def test_figures_stand_beside_what_was_asked() -> None:
    point = {
        "page_mib": 3.6,
        "parts": 0,
        "largest_part_mib": 0,
        "first_paint_seconds": 0.1,
        "usable_seconds": 0.3,
        "filter_ms": 50,
        "heap_mib": 9,
    }
    many = point | {"parts": 600, "largest_part_mib": 0.6, "filter_ms": 101}
    points = [point | {"articles": 1_000}, many | {"articles": 100_000}]
    said = {"articles": 100_000, "mib": 1, "planted": 0}
    result = {"command": "c", "machine": MACHINE, "versions": {}, "data": said, "points": points}
    page = render({"page": result})
    assert "| 100,000 | 3.6 | 600 of 0.6 at most | 0.1 | 0.3 | 101 | 9 |" in page
    asked = [goal for goal in goals() if goal.what.startswith("report of ")]
    met = [goal.met(goal.read({"page": result})) for goal in asked]
    assert met == [True, True, True, False, True]
    with pytest.raises(KeyError):
        asked[0].read({"page": {"points": points[1:]}})
