from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.records import Kind

if TYPE_CHECKING:
    from tests.attribution.conftest import Reader


def _last(read: Reader, text: str, language: str = "en") -> tuple[str, str] | None:
    rows = [row for row in read(text, language=language).attributions if row.kind is Kind.ANAPHORA]
    return (rows[-1].text, rows[-1].agency) if rows else None


@pytest.mark.parametrize(
    ("language", "paragraph", "said", "agency"),
    [
        ("en", "It fell, AFP reported. “Run,” he was quoted as saying by the news agency.",
         "was quoted as saying by the news agency", "afp"),
        ("en", "It fell, AFP reported. Ten died, the agency said.", "the agency said", "afp"),
        ("fr", "Il est tombé, selon l’AFP. Dix morts, a précisé l’agence.", None, "afp"),
        ("de", "Die Brücke fiel, meldete die dpa. Es gab Tote, meldete die Agentur.", None, "dpa"),
        ("es", "El puente cayó, informó EFE. Murieron diez, añadió la agencia.", None, "efe"),
        ("pt", "A ponte caiu, noticiou a Lusa. Morreram dez, disse a agência.", None, "lusa"),
    ],
)  # fmt: skip
def test_the_agency_is_the_one_named_right_before(
    read: Reader, story: str, language: str, paragraph: str, said: str | None, agency: str
) -> None:
    found = _last(read, f"{story}\n\n{paragraph}\n\n{story}", language)
    assert found is not None
    assert found[1] == agency
    assert said is None or found[0] == said


def test_the_news_agency_may_look_back_one_sentence_over_the_paragraph_break(
    read: Reader, story: str
) -> None:
    text = f"It fell, AFP reported.\n\n“We ran,” Doe told the news agency.\n\n{story}"
    assert _last(read, text) == ("told the news agency", "afp")


def test_the_agency_does_not_look_over_the_paragraph_break(read: Reader, story: str) -> None:
    text = f"It fell, AFP reported.\n\nTen died, the agency said.\n\n{story}"
    assert _last(read, text) == ("the agency said", "")


def test_the_agency_far_from_any_name_stays_unresolved(read: Reader, story: str) -> None:
    text = (
        f"It fell, Reuters reported.\n\n{story}\n\nFinland will pay, the agency stated.\n\n{story}"
    )
    assert _last(read, text) == ("the agency stated", "")


@pytest.mark.parametrize(
    "paragraph",
    [
        "The space agency launched it. It works, the agency said.",
        "The CIA denied it. No such man exists, the agency said.",
        "An official told AFP on Tuesday the agency had not been informed.",
        "AFP reported a fire. The Coastguard Administration denied it, the agency said.",
        "AFP reported a leak. The U.N. refugee agency denied it; all is well, the agency said.",
    ],
)
def test_an_agency_of_another_kind_is_no_news_agency(
    read: Reader, story: str, paragraph: str
) -> None:
    assert _last(read, f"{story}\n\n{paragraph}\n\n{story}") is None


def test_the_agency_in_a_text_that_names_none_is_not_read(read: Reader, story: str) -> None:
    assert _last(read, f"{story}\n\nAll is well, the agency said.\n\n{story}") is None


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("They will travel to Doha, reports said.", "reports said"),
        ("The local TV reported that clashes went on.", "The local TV reported"),
        ("According to media reports, it surrendered.", "According to media reports"),
        ("State media said ten had died.", "State media said"),
        ("Selon des médias locaux, dix sont morts.", "Selon des médias locaux"),
        ("Medienberichten zufolge starben zehn.", "Medienberichten zufolge"),
        ("Según medios locales, murieron diez.", "Según medios locales"),
        ("Secondo i media locali, dieci morti.", "Secondo i media locali"),
        ("Segundo a imprensa local, dez morreram.", "Segundo a imprensa local"),
    ],
)
def test_a_vague_source(read: Reader, sentence: str, said: str) -> None:
    (row,) = read(sentence).attributions
    assert (row.text, row.agency, row.kind, row.is_agency) == (said, "", Kind.VAGUE, False)


@pytest.mark.parametrize(
    "sentence", ["She reports to the board.", "The media tent was full.", "U.S. agencies said so."]
)
def test_no_vague_source(read: Reader, sentence: str) -> None:
    assert read(sentence).attributions == ()


@pytest.mark.parametrize(
    "sentence",
    ["Reports said ten ran.", "Earlier reports said ten ran.", "Ten ran, and reports said why.",
     "According to reports by midnight, ten ran.", "State media reported that ten ran."],
)  # fmt: skip
def test_reports_that_nobody_is_named_for(read: Reader, story: str, sentence: str) -> None:
    (row,) = read(f"{story}\n\n{sentence}\n\n{story}", language="en").attributions
    assert row.kind is Kind.VAGUE


@pytest.mark.parametrize(
    "sentence",
    ["The reports indicate that ten ran.", "Police reports say ten ran.",
     "Studies and reports suggest that ten ran.", "And the media says nothing.",
     "Ten ran, according to reports by The Oregonian."],
)  # fmt: skip
def test_reports_that_are_somebodys(read: Reader, story: str, sentence: str) -> None:
    assert read(f"{story}\n\n{sentence}\n\n{story}", language="en").attributions == ()
