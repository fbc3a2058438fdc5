"""The catalogues: every message in every language, with its places, by the rules of wording."""

from __future__ import annotations

import importlib.util
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from dedup.config import LANGUAGES as SETTING
from dedup.desk.page import page as desk_page
from dedup.report import write_page
from dedup.report.catalogue import LANGUAGES, catalogue, spoken
from dedup.report.frame import joined
from dedup.report.page import SCRIPTS
from dedup.verdict import messages as verdicts

if TYPE_CHECKING:
    from types import ModuleType

    from dedup.report import Document

ROOT = Path(__file__).parents[2]
TRANSLATED = [language for language in LANGUAGES if language != "en"]
PLACE = re.compile(r"\{\w+\}")

#: What the product never says, of every language: of wrongdoing, and of licences.
ACCUSING = {
    "en": r"plagiar|thef|thie[fv]|\bst[eo]al|\bstole|licen[cs]e|guilty|pira(?:cy|te)",
    "fr": r"plagi|\bvol(?:é|ée|és|er|eur)?\b|licence|coupable|pirat|contrefa|pill(?:é|age)",
    "de": r"plagi|diebstahl|dieb\b|gestohlen|stehlen|geklaut|lizenz|schuldig|raub",
    "es": r"plagi|\brobo\b|\broba[dr]|hurt|licencia|culpable|pirat",
    "ar": r"سرق|مسروق|انتحال|منتحل|سطو|ترخيص|مذنب|قرصن|\bلص(?:وص)?\b",
}


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    pytest.importorskip("babel", reason="Babel is not installed")
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_setting_offers_these_languages() -> None:
    assert tuple(LANGUAGES) == SETTING


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_is_left_out_and_none_is_left_over(tool: ModuleType, language: str) -> None:
    said = {one if isinstance(one, str) else one[0] for one in tool.messages()}
    assert len(said) > 300
    assert set(catalogue(language).texts) == said


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_form_is_there_and_has_the_places_of_its_message(
    tool: ModuleType, language: str
) -> None:
    words = catalogue(language)
    count = len(set(words.forms))
    for message in tool.messages():
        one = message if isinstance(message, str) else message[0]
        forms = words.texts[one]
        if isinstance(message, str):
            (form,) = forms
            assert sorted(PLACE.findall(form)) == sorted(PLACE.findall(message)), message
            continue
        assert len(forms) == count, message
        places = set(PLACE.findall(message[1]))
        for form in forms:
            assert form, message
            assert places - {"{n}"} <= set(PLACE.findall(form)) | {"{found}"}, message
            assert set(PLACE.findall(form)) <= places, message
        assert "{n}" in forms[-1], message


def test_forms_of_a_number_are_those_of_its_language() -> None:
    one, many = "{n} article", "{n} articles"
    said = {
        "fr": {0: "0 article", 1: "1 article", 2: "2 articles", 1500: "1\u202f500 articles"},
        "de": {0: "0 Artikel", 1: "1 Artikel", 1500: "1.500 Artikel"},
        "es": {1: "1 artículo", 1500: "1500 artículos", 15000: "15.000 artículos"},
        "ar": {
            0: "لا مقالات",
            1: "مقال واحد",
            2: "مقالان",
            3: "3 مقالات",
            10: "10 مقالات",
            11: "11 مقالًا",
            99: "99 مقالًا",
            100: "100 مقال",
            102: "102 مقال",
            103: "103 مقالات",
            1511: "1,511 مقالًا",
        },
    }
    for language, numbers in said.items():
        words = catalogue(language)
        assert {n: words.say_number(n, one, many) for n in numbers} == numbers


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_page_is_told_of_forms_holds_for_every_number(language: str) -> None:
    words = catalogue(language)
    told = words.forms
    for n in range(5000):
        assert int(told[n if n < 200 else 100 + n % 100]) == words._form(n)


def test_the_page_knows_every_sentence_of_a_verdict(tool: ModuleType) -> None:
    sentences = {text for name, text in vars(verdicts).items() if name.isupper()}
    script = (ROOT / "dedup/report/web/reasons.js").read_text("utf-8")
    marked = set(re.findall(r'marked\("(.*?)"\),', script))
    assert marked == sentences
    assert marked <= set(tool.messages())


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_accuses_in_any_language(language: str) -> None:
    accusing = re.compile(ACCUSING[language], re.IGNORECASE)
    said = [form for forms in catalogue(language).texts.values() for form in forms]
    assert [text for text in said if accusing.search(text)] == []


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("en", "stolen"),
        ("en", "plagiarism"),
        ("fr", "un texte volé"),
        ("de", "gestohlen"),
        ("es", "robado"),
        ("ar", "نص مسروق"),
    ],
)
def test_a_word_that_accuses_would_be_found(language: str, word: str) -> None:
    assert re.search(ACCUSING[language], word)


def test_no_english_message_accuses(tool: ModuleType) -> None:
    said = [text for one in tool.messages() for text in ([one] if isinstance(one, str) else one)]
    assert [text for text in said if re.search(ACCUSING["en"], text, re.IGNORECASE)] == []


def test_every_call_in_a_script_gives_its_message_as_it_stands(tool: ModuleType) -> None:
    """A message put together out of pieces would be in no catalogue."""
    for file in (ROOT / "dedup").glob("*/web/*.js"):
        if file.name == "language.js":
            continue
        code = file.read_text("utf-8")
        calls = re.findall(r"(?<![\w.])(?:t|tp|tn|tnp|marked)\((?!message)", code)
        assert len(calls) == len(tool._SCRIPTED.findall(code)), file.name


def test_a_script_is_given_all_that_it_says_in_every_language(tool: ModuleType) -> None:
    for script in (joined(SCRIPTS), desk_page().html.rsplit("<script>", 1)[1]):
        given = spoken(script)
        said = {
            json.loads(text) for found in tool._SCRIPTED.findall(script) for text in found if text
        }
        known = set(cast("list[str]", given["said"]))
        assert said & set(catalogue("fr").texts) <= known
        languages = cast("dict[str, dict[str, list[object]]]", given["languages"])
        assert list(languages) == list(LANGUAGES)
        for language in TRANSLATED:
            assert all(languages[language]["texts"])


def test_the_page_is_in_its_language_from_its_first_letter(
    document: Document, tmp_path: Path
) -> None:
    write_page(tmp_path / "report.html", replace(document, language="ar"))
    html = (tmp_path / "report.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl">' in html
    first, *others = html.split('<template id="page-')
    assert "تقرير dedup" in first
    assert "Skip to the content" not in first
    assert [other[:2] for other in others] == ["en", "fr", "de", "es"]
    assert "Skip to the content" in others[0]
    assert "Of 5 articles" in others[0]
    assert "Sur 5 articles" in others[1]
