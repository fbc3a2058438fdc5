"""The list is sifted by what a reader types and chooses, and what is left can be taken along."""

from __future__ import annotations

import copy
import io
from typing import TYPE_CHECKING

import pytest

from dedup.report.columns import TABLES
from dedup.report.table import fill_csv
from tests.report.conftest import FIRST, SECOND

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.report import Document
    from tests.report.browser.conftest import Desk
    from tests.report.conftest import Rows

pytestmark = pytest.mark.browser


def found(desk: Desk, query: str) -> list[int]:
    """Rows that pass, by their place in the table."""
    rows = desk.run(
        "const all = ARTICLES.article_id.map((_, row) => row);"
        "return sifted({ ...listState(new URLSearchParams()), q: arguments[0] }, all).rows;",
        query,
    )
    assert isinstance(rows, list)
    return rows


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("tajikistan", [0]),
        ("TAJIKISTAN mixed", [0]),
        ('"left the country for"', [0]),
        ("-mixed", [2, 4]),
        ("verdict:mixed -agency:sputnik", [0, 1]),
        ("agency:ap", [0, 2, 3]),
        ("unnamed:afp", [1]),
        ("named:AFP", [0]),
        ("-named:reuters", [4]),
        ("shared:>50", [0, 1]),
        ("shared:>=81 words:<600", [1]),
        ("silent:>0", [1]),
        ("shared:0", [2, 3, 4]),
        ("words:>500 words:<=555", [1, 3]),
        ("day:2021-08", [4]),
        ("day:undated", [0, 1, 2, 3]),
        ('day:"2021-08"', []),
        ("language:en id:004", [4]),
        ("shared:much", []),  # no figure, so it is a word, and nobody wrote it
        ("https://nowhere.example", []),
        ("constructor:x __proto__:y", []),
    ],
)
def test_the_filter_understands(desk: Desk, query: str, rows: list[int]) -> None:
    assert found(desk, query) == rows


def test_the_filter_is_prepared_while_nothing_else_is_done(desk: Desk) -> None:
    from selenium.webdriver.support.wait import WebDriverWait

    WebDriverWait(desk.browser, 5).until(
        lambda found: found.execute_script("return HAYSTACKS.size;") == 5
    )


def test_counts_say_what_a_choice_would_leave(desk: Desk) -> None:
    desk.go("#/list?v=mixed")
    assert desk.texts("#facet-v option") == [
        "Every verdict",
        "Mixed (3)",
        "Rewritten wire (1)",
        "Too little to say (1)",
    ]
    assert desk.texts("#facet-a option") == [
        "Every agency",
        "agency not named (1)",
        "Reuters (3)",
        "AFP (2)",
        "AP (2)",
        "Sputnik (1)",
    ]
    assert desk.run("return document.getElementById('facet-l').hidden;")  # all are in English
    desk.go("#/list?v=mixed&a=sputnik")
    assert desk.texts("#counter") == ["1 of 5 articles"]
    assert desk.texts("#facet-v option")[1:] == ["Mixed (1)"]
    assert desk.is_quiet()


def test_the_first_sentence_leads_to_what_does_not_name_its_agency(desk: Desk) -> None:
    desk.follow(".finding a")
    assert desk.address == "#/list?a=%21&s=silent"
    assert desk.texts("#counter") == ["1 of 5 articles"]
    assert len(desk.texts("td .silent")) == 1


def test_a_choice_says_how_much_is_shared_of_what_still_counts(desk: Desk) -> None:
    desk.go("#/list")
    assert desk.texts("#facet-h option") == [
        "Any share",
        "80% and more shared (1)",
        "50% to 80% shared (1)",
        "nothing shared (3)",
    ]
    desk.go("#/list?min=80")
    assert "80% and more shared (1)" not in desk.texts("#facet-h option")
    desk.go("#/list?h=-")
    assert desk.texts("#counter") == ["3 of 5 articles"]
    desk.go("#/list?h=constructor&v=__proto__&a=constructor&o=constructor")
    assert desk.texts("#counter") == ["0 of 5 articles"]
    assert desk.is_quiet()


def test_a_source_is_left_out_of_the_whole_list(desk: Desk) -> None:
    desk.go(f"#/article/{FIRST}")
    desk.follow(".partner a[href^='#/list']")
    assert desk.address == f"#/list?no={SECOND}"
    shares = "td.number"
    assert sorted(desk.texts(shares))[:4] == ["0%"] * 4
    desk.click(".leave-out label:last-child input")
    assert desk.address == "#/list"
    assert len([share for share in desk.texts(shares) if share != "0%"]) == 2
    assert len(desk.texts(".leave-out label")) == 2
    desk.go("#/list?no=nobody")
    assert desk.texts(".leave-out label")[-1] == "an article that is not listed"
    assert desk.is_quiet()


def test_a_choice_stands_in_the_address_and_is_cleared(desk: Desk) -> None:
    choose = (
        "const select = document.getElementById('facet-d'); select.value = 'undated';"
        "select.dispatchEvent(new Event('change'));"
    )
    desk.run(choose)
    assert desk.address == "#/list?d=undated"
    assert desk.texts("#counter") == ["4 of 5 articles"]
    desk.click("#filter")
    desk.press("sputnik")
    assert desk.address == "#/list?q=sputnik&d=undated"
    desk.click("#clear")
    assert desk.address == "#/list"
    assert desk.texts("#counter") == ["5 of 5 articles"]
    assert desk.run("return document.getElementById('filter').value;") == ""


def test_rows_are_saved_as_the_table_has_them(
    desk: Desk,
    shown: Callable[[Document], Desk],
    seeds: Rows,
    document: Document,
    document_of: Callable[[Rows], Document],
) -> None:
    def table(made: Document) -> str:
        stream = io.StringIO()
        columns = made.tables["articles"]
        fill_csv(stream, {column.name: columns[column.name] for column in TABLES["articles"]})
        return stream.getvalue()

    assert desk.told("rowsCsv([0, 1, 2, 3, 4])") == table(document)
    rows = copy.deepcopy(seeds)
    rows["articles"] = [
        seeds["articles"][0]
        | {"title": '=1+"2"', "publisher": "-a, b", "reasons": ("one; two", "+3"), "path": "a\nb"}
    ]
    rows["paragraphs"], rows["matches"], rows["attributions"] = [], [], []
    odd = document_of(rows)
    assert shown(odd).told("rowsCsv([0])") == table(odd)


def test_agencies_and_outlets_lead_to_their_articles(desk: Desk) -> None:
    desk.go("#/sources")
    assert desk.texts(".agency-chart text") == ["AP", "367"]
    cells = desk.texts(".view-sources table:first-of-type tbody tr:first-child td")[:6]
    assert cells == ["AP", "1", "367", "100%", "0", "not known"]
    desk.follow("table a")
    assert desk.address.startswith("#/list?q=agency")
    assert desk.texts("#counter") == ["3 of 5 articles"]
    assert desk.is_quiet()


def test_times_are_ordered_by_the_clock_and_not_by_their_writing(
    shown: Callable[[Rows], Desk], seeds: Rows
) -> None:
    rows = copy.deepcopy(seeds)
    published = ("2021-08-15T09:00:00-05:00", "2021-08-15T12:00:00Z", "14 August 2021", "", "soon")
    for row, time in zip(rows["articles"], published, strict=True):
        row["published_at"] = time
    desk = shown(rows)
    order = "[...document.querySelectorAll('table.list tbody tr')].map((row) => row.dataset.row)"
    desk.go("#/list?s=newest")
    assert desk.value(order) == ["0", "1", "2", "3", "4"]
    desk.go("#/list?s=oldest")
    assert desk.value(order) == ["2", "1", "0", "3", "4"]
    assert found(desk, "day:2021-08-14") == [2]


def test_the_list_counts_without_what_is_left_out(desk: Desk) -> None:
    whole = desk.value("ARTICLES.copied_share.map((share, row) => shownShare(row) - share)")
    assert whole == [0.0] * 5
    before = desk.texts("td.number")
    desk.click(".leave-out [name=quotations]")
    assert desk.address == "#/list?x=quotations"
    assert desk.texts("td.number") != before
    desk.run("document.querySelector('.leave-out [name=min]').value = 40;")
    desk.run("document.querySelector('.leave-out [name=min]').dispatchEvent(new Event('change'));")
    assert desk.address == "#/list?x=quotations&min=40"
    rows = "[...document.querySelectorAll('tbody tr')].slice(0, 2).map((row) => row.dataset.row)"
    for row, figure in zip(desk.value(rows), desk.texts("td.number")[:2], strict=True):  # type: ignore[call-overload]
        desk.follow(f"tr[data-row='{row}'] .title")
        assert desk.address.endswith("?x=quotations&min=40")
        assert desk.texts("#shared-figure strong") == [f"{figure} shared"]
        desk.back()
    assert desk.is_quiet()


@pytest.mark.parametrize(
    "out", ["", "?x=quotations", "?x=furniture", "?x=quotations,furniture&min=20", "?min=80"]
)
def test_bar_and_share_are_of_the_same_words(desk: Desk, out: str) -> None:
    desk.go(f"#/list{out}")
    sums = desk.value(
        "ARTICLES.article_id.map((_, row) => {"
        "const shares = Object.fromEntries(shownParts(row).map((p) => [p.key, p.share]));"
        "const { silent, named, other, rest, furniture } = shares;"
        "const shared = silent + named + other;"
        "return [shared - shownShare(row), shared + rest + furniture];"
        "})"
    )
    if out:
        for difference, whole in sums:  # type: ignore[attr-defined]
            assert difference == pytest.approx(0, abs=1e-9)
            assert whole == pytest.approx(1)
    found = desk.value(
        "ARTICLES.article_id.map((_, row) => {"
        "const passages = countedPassages(passagesOf(row), listOut);"
        "const { shared, counted } = wordCounts(row, passages, listOut);"
        "return shared / (counted || 1) - shownShare(row);"
        "})"
    )
    assert found == pytest.approx([0] * 5, abs=0.002 if out else 0.05)
