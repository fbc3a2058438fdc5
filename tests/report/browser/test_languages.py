"""The page in every language: nothing of it stays English, and script and program agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dedup.report import write_page
from dedup.report.catalogue import LANGUAGES, catalogue
from dedup.verdict import messages as verdicts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
NUMBERS = (0, 1, 2, 3, 10, 11, 99, 100, 101, 103, 999, 1000, 1511, 12_345, 1_234_567)
TRANSLATED = [language for language in LANGUAGES if language != "en"]

#: The words of the page itself, without those of the articles and of the run's record.
OWN_WORDS = """
const page = document.body.cloneNode(true);
page.querySelectorAll("script, template, [lang], bdi, .text, .title, .id, kbd, code, [dir=auto]")
  .forEach((part) => part.remove());
const told = [...page.querySelectorAll("[aria-label], [placeholder]")]
  .flatMap((part) => [part.getAttribute("aria-label"), part.getAttribute("placeholder")]);
return [page.textContent, ...told.filter(Boolean)].join("\\n");
"""


@pytest.fixture
def spoken(
    opened: Callable[[Path], Desk], document: Document, tmp_path: Path
) -> Callable[[str], Desk]:
    """Open the seeds' report in a language."""

    def open_in(language: str) -> Desk:
        write_page(tmp_path / "report.html", replace(document, language=language))
        return opened(tmp_path / "report.html")

    return open_in


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_stays_in_english(spoken: Callable[[str], Desk], language: str) -> None:
    texts = catalogue(language).page()["texts"]
    assert isinstance(texts, dict)
    english = [m for m in texts if "{" not in m and len(m.split()) > 2 and texts[m] != m]
    assert len(english) > 80
    desk = spoken(language)
    for address in VIEWS:
        desk.go(address)
        words = str(desk.run(OWN_WORDS))
        assert [message for message in english if message in words] == [], address
        assert "undefined" not in words
        assert "{" not in words, address
    assert desk.run("return document.documentElement.lang;") == language
    assert desk.is_quiet()


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
