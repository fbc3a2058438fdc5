"""The story page: its chart, and the same figures in its tables."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest

from tests.report.conftest import FIRST, SECOND

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.report import Document
    from tests.report.browser.conftest import Desk
    from tests.report.conftest import Rows

pytestmark = pytest.mark.browser

STORY = f"#/story/{FIRST}"


@pytest.fixture
def ordered(shown: Callable[[Rows], Desk], seeds: Rows) -> Desk:
    """The seeds, with times and outlets: the second article took from the first."""
    rows = copy.deepcopy(seeds)
    for n, row in enumerate(rows["articles"][:4]):
        row |= {"published_at": f"2021-08-15T{10 + n}:00:00+05:30", "publisher": f"Outlet {n}"}
    rows["articles"][1] |= {"relation": "cross_outlet_copy", "derived_from": FIRST}
    for match in rows["matches"]:
        swapped: dict[str, object] = {"article_id": SECOND, "other_id": FIRST, "direction": "from"}
        for side in ("start", "end", "n_first", "n_last"):
            swapped |= {side: match[f"other_{side}"], f"other_{side}": match[side]}
        match.update(swapped, lag_seconds=3600)
    for row in rows["paragraphs"]:
        if row["article_id"] == FIRST:
            row |= {"source_id": "", "source_n": None, "reuse": "", "direction": ""}
        elif row["source_id"]:
            row |= {"direction": "from", "source_n": 16}
    return shown(rows)


def test_the_chart_has_every_article_and_leads_to_it(ordered: Desk) -> None:
    ordered.go("#/stories")
    ordered.follow("table a.title")
    assert ordered.address == STORY
    assert len(ordered.texts(".timeline .dot")) == 5
    assert len(ordered.texts(".timeline .lane")) == 5
    assert ordered.texts('.timeline .dot[data-row="0"] text') == ["04:30"]  # UTC
    names = ordered.texts(".timeline .dot title")
    assert sum("Outlet 1, Mixed" in name for name in names) == 1
    ordered.follow('.timeline .dot[data-row="1"]')
    assert ordered.address == f"#/article/{SECOND}"
    assert ordered.is_quiet()


def test_the_table_says_what_the_arrow_shows(ordered: Desk, document: Document) -> None:
    ordered.go(STORY)
    arrows = ordered.value(
        "[...document.querySelectorAll('.timeline .arrow')].map((arrow) => arrow.classList[1])"
    )
    assert arrows == ["arrow-cross_outlet_copy"]
    words = sum(int(str(words)) for words in document.tables["matches"]["words"])
    cells = ordered.texts(".flows tbody tr:nth-child(3) td")
    assert cells[0] == "15 Aug 2021, 11:00 +05:30"
    assert cells[2].startswith("Outlet 0")
    assert cells[3:] == [str(words), f"{round(100 * words / 555)}%", "60 min"]
    assert ordered.texts(".flows tbody tr:nth-child(2) td")[2] == "none of these"
    ordered.follow(".flows tbody tr:nth-child(3) td:nth-child(3) a")
    assert ordered.address.startswith(f"#/compare/{SECOND}/{FIRST}")


def test_a_story_is_called_after_what_most_was_taken_from(ordered: Desk) -> None:
    ordered.go("#/stories")
    assert ordered.texts("table a.title")[0].startswith("Afghanistan President Ashraf Ghani left")
    ordered.go(STORY)
    assert ordered.texts("h1")[0].startswith("Afghanistan President Ashraf Ghani left")
    ordered.run("DATA.stories.first_article_id[0] = '004_4cc2ecb11d2e0912.txt';")
    sentence = ordered.run(
        "return put(h('p', {}), storySentence(record(DATA.stories, 0))).textContent;"
    )
    assert "First here: date 2021-08-11" in str(sentence)
    assert str(sentence).endswith(", 11 Aug 2021.")


def test_what_most_outlets_have_comes_first(ordered: Desk) -> None:
    ordered.run(
        "LINEAGES.splice(0, LINEAGES.length,"
        " lineage([0, 4], [1, 1], 0), lineage([0, 1, 2], [2, 1, 1], 1));"
    )
    ordered.go(STORY)
    assert ordered.texts(".origin p") == [
        "First known in Outlet 0 ¶2 · in 3 articles:",
        "Order not known: Outlet 0 ¶1 · in 2 articles:",
    ]


def test_paragraphs_show_who_had_them_first(ordered: Desk) -> None:
    ordered.go(STORY)
    assert (
        "5 articles, 0 outlets, 3 independent origins, 2 articles of unknown origin"
        in (ordered.texts(".summary")[0])
    )
    (origin,) = ordered.texts(".origin p")
    assert origin == "First known in Outlet 0 ¶16 · in 2 articles:"
    ordered.follow(".followers a")
    assert ordered.address.startswith(f"#/article/{SECOND}/")
    assert len(ordered.texts(".pointed")) == 1
    ordered.go("#/paragraphs")
    assert ordered.texts(".origin p") == [origin]
    ordered.click(".review button")
    assert f"\r\n{FIRST}," in str(ordered.run("return labelsCsv();"))
    assert str(ordered.run("return labelsCsv();")).endswith(",ignore\r\n")
    assert ordered.is_quiet()


def test_an_unknown_order_is_said_and_has_no_arrowhead(desk: Desk) -> None:
    desk.go(STORY)
    arrow = "return getComputedStyle(document.querySelector('.timeline .arrow')).markerEnd;"
    assert desk.run(arrow) == "none"
    assert desk.texts(".timeline .dot-taker") == []
    assert "shared; order not known" in desk.texts(".flows")[0]
    assert desk.texts(".timeline .day") == ["11 Aug 2021", "time not known"]
    desk.go("#/story/none")
    assert desk.texts("h1") == ["Not here"]
    assert desk.is_quiet()


def test_each_article_of_a_story_beside_each_other_one(
    shown: Callable[[Rows], Desk], seeds: Rows
) -> None:
    rows = copy.deepcopy(seeds)
    third = "002_928d789db3219f0e.txt"
    (match, *_) = (row for row in rows["matches"] if int(str(row["words"])) > 100)
    rows["matches"] += [match | {"other_id": third, "other_start": 0, "other_end": 400}]
    desk = shown(rows)
    desk.go(STORY)
    assert len(desk.texts(".crossed tbody tr")) == 3
    cells = desk.value(
        "[...document.querySelectorAll('.crossed tbody tr')]"
        ".map((line) => [...line.querySelectorAll('td')].map((cell) => cell.textContent))"
    )
    assert isinstance(cells, list)
    assert [line[n] for n, line in enumerate(cells)] == ["", "", ""]
    assert cells[1][2] == cells[2][1] == "\u2013"
    assert cells[0][1].endswith("%")
    assert cells[0][1] != cells[1][0]
    desk.follow(".crossed td a")
    assert desk.address == f"#/compare/{FIRST}/{SECOND}"
    assert desk.is_quiet()


def test_times_and_long_words_do_not_widen_a_telephone(ordered: Desk) -> None:
    size = {"width": 320, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    ordered.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        for address in ("#/stories", STORY):
            ordered.go(address)
            wide = ordered.run("return document.documentElement.scrollWidth > innerWidth;")
            assert not wide, address
    finally:
        ordered.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
