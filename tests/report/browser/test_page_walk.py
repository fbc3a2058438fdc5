"""A reader walks through the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.marks import Mark, read_marks
from tests.report.browser.conftest import VIEWS
from tests.report.conftest import FIRST, SECOND

if TYPE_CHECKING:
    from pathlib import Path

    from dedup.report import Document
    from tests.report.browser.conftest import Desk

pytestmark = pytest.mark.browser


def in_view(desk: Desk, pane: int) -> bool:
    return bool(
        desk.run(
            "const pane = document.querySelectorAll('.pane')[arguments[0]];"
            "const mark = pane.querySelector('.active').getBoundingClientRect();"
            "const box = pane.getBoundingClientRect();"
            "return mark.top >= box.top && mark.top < box.bottom;",
            pane,
        )
    )


def test_two_clicks_from_the_list_to_the_proof(desk: Desk) -> None:
    desk.follow(f'a.title[href="#/article/{FIRST}"]')
    desk.follow("a.proof")
    assert desk.address == f"#/compare/{FIRST}/{SECOND}/5"
    longest = max(int(chip.split()[2]) for chip in desk.texts(".chip"))
    assert desk.texts(".chip[aria-current]") == [f"5 · {longest} words, edited"]
    left, right = desk.texts(".pane")
    assert "The Taliban have made rapid advances" in left
    assert "The Taliban have made rapid advances" in right
    desk.run("return new Promise(requestAnimationFrame);")
    assert in_view(desk, 0)
    assert in_view(desk, 1)
    assert desk.texts(".pane:last-child .difference") == ["have"]
    assert desk.is_quiet()


def test_every_view_is_quiet(desk: Desk) -> None:
    for address in (f"#/article/{SECOND}", "#/stories", "#/sources", "#/run", "#/nowhere"):
        desk.go(address)
        assert len(desk.texts("main h1")) == 1
    assert desk.texts("h1") == ["Not here"]
    for address in ("#/article/none", "#/compare/none/too", f"#/compare/{FIRST}/none"):
        desk.go(address)
        assert desk.texts("h1") == ["Not here"]
    desk.go(f"#/compare/{FIRST}/003_9fc1986f107bbdc7.txt")
    assert "These two share no passage." in desk.texts("main")[0]
    assert desk.is_quiet()


def test_words_of_the_bar_sum_to_the_whole(desk: Desk) -> None:
    sums = desk.run(
        "return ARTICLES.words.map((_, row) => wordParts(row).reduce((s, p) => s + p.share, 0));"
    )
    assert sums == pytest.approx([1.0] * 5, abs=0.002)


def test_marks_stand_on_the_words_that_the_tables_name(desk: Desk, document: Document) -> None:
    desk.go(f"#/article/{FIRST}")
    text = str(document.tables["articles"]["text"][0])
    matches = document.tables["matches"]
    marked = " ".join("".join(desk.texts("mark[class^=shared]:not(.legend mark)")).split())
    rows = zip(matches["start"], matches["end"], strict=True)
    passages = "".join(text[int(str(start)) : int(str(end))] for start, end in rows)
    assert "".join(marked.split()) == "".join(passages.split())
    credited = "".join(desk.texts(".text .credit"))
    assert "Reuters reported" in credited
    assert "AFP reported" in credited


def figures(desk: Desk) -> dict[str, int]:
    """Words by the name of their category, as the legend of the text says."""
    lines = [line for line in desk.texts(".figures-box .legend li") if "·" in line]
    split = (line.split(" · ")[0].rpartition(" ") for line in lines)
    return {name: int(number.replace(",", "")) for name, _, number in split}


def test_every_word_of_the_text_is_counted_once(desk: Desk, document: Document) -> None:
    articles = document.tables["articles"]
    for name, words in zip(articles["article_id"], articles["words"], strict=True):
        desk.go(f"#/article/{name}")
        assert sum(figures(desk).values()) == words
    desk.go(f"#/article/{SECOND}")
    found = figures(desk)
    assert found["shared, where an agency is named"] > 0
    assert found["shared, no agency known"] > found["shared quotation"] > 0


def test_what_is_left_out_is_counted_out_and_stands_in_the_address(desk: Desk) -> None:
    desk.go(f"#/article/{SECOND}")
    found = figures(desk)
    shared = sum(number for name, number in found.items() if name.startswith("shared"))
    assert desk.texts("#shared-figure") == [f"{round(100 * shared / 555)}% shared of 555 words."]
    desk.click(".leave-out input[name=quotations]")
    assert desk.address == f"#/article/{SECOND}?x=quotations"
    rest = 555 - found["shared quotation"] - found.get("other quotation", 0)
    share = round(100 * (shared - found["shared quotation"]) / rest)
    whole = round(100 * shared / 555)
    assert desk.texts("#shared-figure") == [
        f"{share}% shared of {rest} words. With nothing left out: {whole}% of 555."
    ]
    assert desk.run("return document.activeElement.name;") == "quotations"
    desk.click(".leave-out input[name=quotations]")
    assert desk.address == f"#/article/{SECOND}"
    short = len(desk.texts(".text .reference"))
    desk.go(f"#/article/{SECOND}?min=80")
    assert 0 < len(desk.texts(".text .reference")) < short
    desk.click(".partner input")
    assert desk.address == f"#/article/{SECOND}?min=80&no={FIRST}"
    assert desk.texts("#shared-figure")[0].startswith("0% shared of 555 words.")
    assert desk.texts(".text mark") == []
    assert desk.is_quiet()


def test_the_text_is_marked_as_the_bar_says(desk: Desk) -> None:
    desk.run(
        "DATA.paragraphs.article_id.forEach((row, place) => {"
        "  if (row === 1) DATA.paragraphs.agencies[place] = ['afp'];"
        "});"
    )
    desk.go(f"#/article/{SECOND}")
    assert "goes back to an agency not named" in figures(desk)
    assert not {"shared, where an agency is named", "shared, no agency known"} & set(figures(desk))


def test_what_is_known_of_two_articles_stands_beside_each_other(desk: Desk) -> None:
    desk.go(f"#/compare/002_928d789db3219f0e.txt/{FIRST}")
    desk.go(f"#/compare/{FIRST}/{SECOND}")
    desk.click(".beside summary")
    assert desk.texts(".beside tbody tr:nth-child(6) td") == ["808", "555"]
    assert desk.texts(".beside tbody tr:nth-child(4) td") == ["none", "none"]
    assert "With inputs from Associated Press" in str(
        desk.run("return articleCredits(2).map((node) => node.textContent);")
    )


def test_back_restores_filter_and_row(desk: Desk) -> None:
    desk.go("#/list?s=title")
    desk.press("/")
    desk.press("tajikistan")
    desk.run("document.getElementById('facet-v').value = 'mixed';")
    desk.run("document.getElementById('facet-v').dispatchEvent(new Event('change'));")
    assert desk.texts("#counter") == ["1 of 5 articles"]
    desk.follow("a.title")
    assert desk.address == f"#/article/{FIRST}"
    desk.back()
    assert desk.address == "#/list?q=tajikistan&v=mixed&s=title"
    assert desk.texts("#counter") == ["1 of 5 articles"]
    assert desk.run("return document.getElementById('filter').value;") == "tajikistan"
    assert desk.run("return document.activeElement.className;") == "title"


def test_a_filter_without_answers_says_so(desk: Desk) -> None:
    desk.go("#/list?q=penguins")
    assert desk.texts(".empty") == ["No article answers this filter."]


def test_orders_and_pages_stand_in_the_address(desk: Desk) -> None:
    shared = desk.texts("td.number")
    assert shared[:2] == ["81%", "56%"]
    for order in ("silent", "newest", "oldest", "outlet", "title", "words"):
        desk.go(f"#/list?s={order}&p=7")
        assert len(desk.texts("a.title")) == 5
    desk.go("#/list?s=oldest")
    assert "11 Aug 2021" in desk.texts("tbody tr")[0]


def test_the_keyboard_walks_the_page(desk: Desk) -> None:
    from selenium.webdriver import Keys

    desk.press("jjk")
    assert desk.run("return document.activeElement.closest('tr').rowIndex;") == 1
    desk.key(Keys.ENTER)
    assert desk.address == f"#/article/{SECOND}"
    desk.press("nn")
    assert "reference" in str(desk.run("return document.activeElement.className;"))
    desk.key(Keys.ENTER)
    assert desk.address.startswith(f"#/compare/{SECOND}/{FIRST}/")
    before = desk.address
    desk.press("n")
    assert desk.address != before
    desk.press("p")
    assert desk.address == before
    desk.key("u")
    desk.key("u")
    assert desk.address.startswith("#/list")
    desk.press("?")
    assert desk.run("return document.getElementById('help').open;")
    desk.press(Keys.TAB)
    desk.run("document.getElementById('keys-on').click();")
    desk.click("#help-close")
    desk.press("?")
    assert not desk.run("return document.getElementById('help').open;")


def test_single_keys_leave_typing_alone(desk: Desk) -> None:
    desk.press("/")
    desk.press("unjp?")
    assert desk.run("return document.getElementById('filter').value;") == "unjp?"
    assert not desk.run("return document.getElementById('help').open;")


def test_an_uncredited_agency_gets_a_line_to_copy(desk: Desk) -> None:
    desk.go(f"#/article/{SECOND}")
    assert desk.texts(".credit-card h2") == ["AFP is not named"]
    assert desk.run("return document.querySelector('.copy input').value;") == "With inputs from AFP"


def test_a_reviewers_marks_become_labels(desk: Desk) -> None:
    desk.go(f"#/article/{FIRST}")
    desk.click(".review button")
    desk.go(f"#/compare/{FIRST}/{SECOND}/1")
    desk.click(".review button:last-child")
    assert desk.run("return labelsCsv();") == (
        "article_id,start,end,other_id,kind,direction,agency,attribution,verdict,mark\r\n"
        f"{FIRST},,,,,,,,mixed,right\r\n"
        f"{FIRST},2001,2032,{SECOND},verbatim,unknown,,,,ignore\r\n"
    )
    desk.click(".review button:last-child")
    assert str(desk.run("return labelsCsv();")).count("\r\n") == 2
    assert desk.run("return csvCell('=1,\"x\"');") == '"\'=1,""x"""'


def test_a_reviewer_names_the_right_verdict(desk: Desk, tmp_path: Path) -> None:
    choose = (
        "const select = document.querySelector('label.review select'); select.value = arguments[0];"
        "select.dispatchEvent(new Event('change'));"
    )
    desk.go(f"#/article/{FIRST}")
    assert "mixed" not in desk.texts("label.review option")
    desk.click(".review button:last-of-type")
    desk.run(choose, "copy")
    path = tmp_path / "labels.csv"
    path.write_text(str(desk.run("return labelsCsv();")), "utf-8", newline="")
    assert read_marks(path) == [
        Mark(FIRST, verdict="mixed", mark="wrong"),
        Mark(FIRST, verdict="copy", mark="right"),
    ]
    desk.run(choose, "")
    assert desk.texts("#labels-button") == ["Save 1 mark"]
    assert desk.is_quiet()


def test_the_run_is_told_in_words(desk: Desk) -> None:
    told = desk.run(
        "return [[], {}, ['a', 'b'], { used: 1, unused: [] }, null, true]"
        ".map((value) => put(h('p', {}), [factValue(value)].flat()).textContent);"
    )
    assert told == ["none", "none", "a, b", "used: 1, unused: none", "not given", "yes"]


def test_marks_outlive_the_page_and_are_saved_from_any_view(desk: Desk) -> None:
    assert desk.run("return document.getElementById('labels-button').hidden;")
    desk.go(f"#/article/{FIRST}")
    desk.click(".review button")
    assert desk.texts("#labels-button") == ["Save 1 mark"]
    before = desk.run("return labelsCsv();")
    desk.browser.refresh()
    assert desk.texts("#labels-button") == ["Save 1 mark"]
    assert desk.run("return labelsCsv();") == before
    assert desk.texts(".review button[aria-pressed=true]") == ["right"]
    desk.click(".review button")
    assert desk.run("return document.getElementById('labels-button').hidden;")
    assert desk.is_quiet()


def test_a_browser_that_keeps_nothing_is_no_fault(desk: Desk) -> None:
    desk.run("Storage.prototype.setItem = () => { throw new Error('full'); };")
    desk.go(f"#/article/{FIRST}")
    desk.click(".review button")
    assert str(desk.run("return labelsCsv();")).count("\r\n") == 2
    assert desk.is_quiet()


def test_colours_are_chosen_and_kept(desk: Desk) -> None:
    paper = "return getComputedStyle(document.documentElement).backgroundColor;"
    light = desk.run(paper)
    choose = (
        "const select = document.getElementById('colours'); select.value = arguments[0];"
        "select.dispatchEvent(new Event('change'));"
    )
    desk.run(choose, "dark")
    dark = desk.run(paper)
    assert dark != light
    desk.browser.refresh()
    assert desk.run(paper) == dark
    desk.run(choose, "light")
    assert desk.run(paper) == light


def test_silence_is_grey_and_never_green(desk: Desk) -> None:
    desk.go("#/article/004_4cc2ecb11d2e0912.txt")
    assert "No match here." in desk.texts(".side")[0]
    colour = desk.run(
        "return getComputedStyle(document.querySelector('.badge-plain')).color.match(/\\d+/g);"
    )
    assert isinstance(colour, list)
    red, green, blue = map(int, colour)
    assert max(red, green, blue) - min(red, green, blue) < 24


def test_offsets_count_code_points(desk: Desk) -> None:
    found = desk.run(
        "const text = new Text('a😀b 𝔘𝔫𝔦 c');"
        "return [text.length, text.slice(1, 3), text.slice(4, 7), text.spans(/c/gu)];"
    )
    assert found == [9, "😀b", "𝔘𝔫𝔦", [{"start": 8, "end": 9, "text": "c"}]]


def test_words_are_counted_by_the_rule_of_the_report(desk: Desk) -> None:
    def count(text: str) -> object:
        return desk.run("return wordSpans(new Text(arguments[0])).length;", text)

    assert count("Kabul’s well-known 2,000 don't") == 6
    assert count("喀布尔 AFP記者") == 6
    assert count("") == 0


def test_a_time_keeps_its_zone_and_what_is_no_time_stays(desk: Desk) -> None:
    shown = desk.run(
        "return ['2020-02-11T18:10:00+01:00', '2021-08-15T10:00Z', '2021-08-15', 'Aug 11']"
        ".map((time) => moment(time).textContent);"
    )
    assert shown == ["11 Feb 2020, 18:10 +01:00", "15 Aug 2021, 10:00 UTC", "15 Aug 2021", "Aug 11"]


def test_a_retold_passage_is_not_outlined_word_by_word(desk: Desk) -> None:
    script = (
        "TEXTS.set(0, new Text(arguments[0])); TEXTS.set(1, new Text(arguments[1]));"
        "const run = { start: 0, end: TEXTS.get(0).length, otherStart: 0,"
        " otherEnd: TEXTS.get(1).length };"
        "const found = runDifferences({ row: 0, other: 1 }, run);"
        "return [found.left.length, editNote(found)];"
    )
    assert desk.run(script, "He left the city", "He fled a town") == [0, "3 words differ"]
    assert desk.run(script, "He left the city", "He left a city") == [
        1,
        "1 word differs (outlined)",
    ]


def test_differing_words_are_found(desk: Desk) -> None:
    found = desk.run(
        "const words = (t) => wordSpans(new Text(t));"
        "const d = differences(words(arguments[0]), words(arguments[1]));"
        "return [d.left.map((w) => w.text), d.right.map((w) => w.text)];",
        "Afghan forces escalated as the Foreign troops left",
        "Afghan forces have escalated as foreign soldiers left",
    )
    assert found == [["the", "troops"], ["have", "soldiers"]]
    assert desk.run("return commonWords(Array(3000).fill('a'), Array(3000).fill('b'));") is None


@pytest.mark.parametrize(("scheme", "width"), [("dark", 390), ("light", 390), ("light", 740)])
def test_a_narrow_screen_shows_nothing_wider_than_itself(
    desk: Desk, scheme: str, width: int
) -> None:
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    size = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    desk.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    desk.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        for address in VIEWS:
            desk.go(address)
            assert desk.run("return document.documentElement.scrollWidth <= innerWidth;"), address
    finally:
        desk.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        desk.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_what_is_printed_has_no_control(desk: Desk) -> None:
    desk.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        for address in VIEWS:
            desk.go(address)
            shown = desk.run(
                "const controls = 'button:not(.pilcrow-link), summary, select, label';"
                "return [...document.querySelectorAll(controls)]"
                ".filter((part) => part.checkVisibility()).map((part) => part.textContent);"
            )
            assert shown == [], address
            assert "in the whole list" not in str(desk.run("return document.body.innerText;"))
    finally:
        desk.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
