"""The page in every language: nothing of it stays English, and script and program agree."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dedup.report import Document, page
from dedup.report.catalogue import LANGUAGES, catalogue
from dedup.verdict import messages as verdicts
from tests.report.browser.conftest import VIEWS
from tests.report.conftest import FIRST, RUN, SECOND, columns_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from selenium.webdriver import Chrome

    from tests.report.browser.conftest import Desk
    from tests.report.conftest import Rows

pytestmark = pytest.mark.browser

NUMBERS = (0, 1, 2, 3, 10, 11, 99, 100, 101, 103, 999, 1000, 1511, 12_345, 1_234_567)
TRANSLATED = [language for language in LANGUAGES if language != "en"]


@pytest.fixture
def spoken(shown: Callable[[Document], Desk], document: Document) -> Callable[[str], Desk]:
    """Open the seeds' report in a language."""
    return lambda language: shown(replace(document, language=language))


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_stays_in_english(spoken: Callable[[str], Desk], language: str) -> None:
    desk = spoken("en")
    choose(desk, language)
    for address in VIEWS:
        desk.go(address)
        assert desk.english_left(language) == [], address
    assert desk.run("return document.documentElement.lang;") == language
    assert desk.is_quiet()


def choose(desk: Desk, language: str) -> None:
    """Choose a language at the top of the page."""
    desk.click("#languages summary")
    desk.click(f"#languages [hreflang={language}]")
    desk.until("document.documentElement.lang === arguments[0]", language)


def test_a_reader_chooses_the_language_and_the_browser_keeps_it(
    opened: Callable[[Path], Desk], browser: Chrome, report: Path
) -> None:
    desk = opened(report)
    desk.go(f"#/article/{SECOND}")
    choose(desk, "ar")
    assert str(desk.run("return location.href;")).endswith(f"?language=ar#/article/{SECOND}")
    assert desk.run("return document.documentElement.dir;") == "rtl"
    assert desk.texts(".brand") == ["تقرير dedup"]
    browser.get("about:blank")
    browser.get(report.as_uri())
    assert desk.run("return document.documentElement.lang;") == "ar"
    assert "من 5 مقالات" in desk.texts(".finding")[0]
    browser.get(f"{report.as_uri()}?language=de#/run")  # what a link says is what is shown
    assert desk.texts("h1") == ["Der Lauf"]
    choose(desk, "en")
    browser.get(f"{report.as_uri()}?language=__proto__#/run")  # none: as it was chosen
    assert desk.texts("h1") == ["The run"]
    assert desk.run("return document.documentElement.dir;") == "ltr"
    assert desk.is_quiet()


def test_the_languages_are_reached_by_keyboard(desk: Desk) -> None:
    enter, escape, tab = "\ue007", "\ue00c", "\ue004"
    desk.run("document.querySelector('#languages summary').focus();")
    desk.press(enter)
    assert desk.run("return document.getElementById('languages').open;")
    desk.press(tab)
    desk.press(escape)
    assert not desk.run("return document.getElementById('languages').open;")
    assert desk.value("document.activeElement.tagName") == "SUMMARY"
    desk.press(enter)
    for _ in range(3):
        desk.press(tab)
    assert desk.value("document.activeElement.hreflang") == "de"
    desk.press(enter)
    desk.until("document.documentElement.lang === 'de'")
    desk.run("document.getElementById('keys-on').click();")
    desk.browser.refresh()
    assert not desk.run("return document.getElementById('keys-on').checked;")
    assert desk.is_quiet()


def test_a_large_report_opens_its_parts_in_every_language(
    shown: Callable[[Document], Desk], document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MAX_ARTICLES", 1)
    desk = shown(document)
    desk.go(f"#/story/{FIRST}")
    desk.until("document.querySelector('svg.timeline')")
    choose(desk, "fr")
    desk.until("document.querySelector('svg.timeline')")
    drawn = "svg.timeline text"
    assert {"média inconnu", "heure inconnue"} <= set(desk.texts(drawn))
    assert desk.is_quiet()


def test_a_line_of_credit_is_in_the_language_of_its_article(
    shown: Callable[[Document], Desk], seeds: Rows
) -> None:
    rows = copy.deepcopy(seeds)
    rows["articles"][1]["language"] = "fr-CA"
    tables = columns_of(rows)
    for house, line in (("", "Avec AFP"), ("mit {agency}; {agency}", "mit AFP; AFP")):
        desk = shown(Document(run=RUN, tables=tables, credit_line=house))
        desk.go(f"#/article/{SECOND}")
        assert desk.value("document.querySelector('.credit-card input').value") == line


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_written_as_the_program_writes_them(
    spoken: Callable[[str], Desk], language: str
) -> None:
    words = catalogue(language)
    desk = spoken(language)
    said = desk.value("arguments[0].map((n) => [figureOf(n), countArticles(n)])", NUMBERS)
    forms = "{n} article", "{n} articles"
    assert said == [[words.figure(n), words.say_number(n, *forms)] for n in NUMBERS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_are_said_in_the_language(spoken: Callable[[str], Desk], language: str) -> None:
    values = {
        "agency": "Agence Example",
        "source": "desk/a.txt",
        "text": "With inputs (all)",
        "paragraphs": "¶3–5, ¶9",
        "verdict": "mixed",
        "share": "40%",
    }
    templates = [text for name, text in vars(verdicts).items() if name.isupper()]
    desk = spoken(language)
    shown = desk.value(
        "arguments[0].map((reason) => h('p', {}, reasonTold(reason)).textContent)",
        [template.format(**values) for template in templates],
    )
    words = catalogue(language)
    local = {**values, "verdict": words.say("Mixed"), "share": desk.value("percent(0.4)")}
    assert shown == [words.say(template, **local) for template in templates]
    other = "something nobody has a template for ¶3"
    assert desk.value("h('p', {}, reasonTold(arguments[0])).textContent", other) == other


def test_a_day_and_a_time_follow_the_language(spoken: Callable[[str], Desk]) -> None:
    time = "2021-08-15T10:05:00+02:00"
    said = {
        "en": "15 Aug 2021, 10:05 +02:00",
        "fr": "15 août 2021, 10:05 +02:00",
        "de": "15. Aug. 2021, 10:05 +02:00",
        "es": "15 ago 2021, 10:05 +02:00",
        "ar": "15 أغسطس 2021، 10:05 +02:00",
    }
    shown = {
        language: spoken(language).value("moment(arguments[0]).textContent", time)
        for language in said
    }
    assert shown == said


def test_arabic_reads_from_the_right(spoken: Callable[[str], Desk]) -> None:
    desk = spoken("ar")
    left = "document.querySelector(arguments[0]).getBoundingClientRect().left"
    assert desk.value(f"{left} > innerWidth / 2", ".brand")
    desk.go(f"#/compare/{FIRST}/{SECOND}")
    assert desk.value(f"{left} > innerWidth / 2 - 40", ".pane")
    assert (
        desk.value("getComputedStyle(document.querySelector('.pane .text p')).direction") == "ltr"
    )
