from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.records import Kind, Sign, SignKind

if TYPE_CHECKING:
    from tests.attribution.conftest import Reader

_PUBLISHER = "Harbour Mercury"


@pytest.mark.parametrize(
    "sentence",
    [
        "“We ran,” Doe told the Mercury.",
        "“We ran,” Doe told the Harbour Mercury by telephone.",
        "“We ran,” Doe said in an interview with the Harbour Mercury.",
        "A letter seen by the Mercury says otherwise.",
        "The Mercury has learned that ten men ran.",
        "Mercury reporters in three towns sought an answer. The Mercury reporters in it ran.",
        "“We ran,” Doe told this newspaper.",
        "Our correspondent saw ten men run.",
        "D’après nos informations, dix hommes ont couru.",
        "Jointe par Harbour Mercury, la mairie se tait.",
        "„Wir liefen“, sagte Doe dieser Zeitung.",
        "«Corrimos», declaró Doe a este diario.",
        "“Corremos”, disse Doe ao Harbour Mercury.",
        "«Corremmo», ha detto Doe a questo giornale.",
    ],
)
def test_own_reporting(read: Reader, sentence: str) -> None:
    found = read(sentence, publisher=_PUBLISHER)
    assert {(sign.n, sign.kind) for sign in found.signs} == {(1, SignKind.OWN_REPORTING)}
    assert found.attributions == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "The Mercury fell below zero that night.",
        "“We ran,” Doe told the Argus.",
        "The Harbour Mercury is printed in Leeds.",
        "“We ran,” Doe told Reuters.",
    ],
)
def test_no_own_reporting(read: Reader, story: str, sentence: str) -> None:
    assert read(f"{story}\n\n{sentence}\n\n{story}", publisher=_PUBLISHER).signs == ()


def test_a_domain_names_its_outlet(read: Reader, story: str) -> None:
    text = f"{story}\n\n“We ran,” Doe told Mercury.\n\n{story}"
    assert [sign.kind for sign in read(text, publisher="www.mercury.example").signs]
    assert read(text, publisher="").signs == ()


@pytest.mark.parametrize("byline", ["By Jane Doe, Staff Writer", "Jane Doe, Harbour Mercury"])
def test_a_staff_byline(read: Reader, story: str, byline: str) -> None:
    found = read(f"{byline}\n\n{story}", publisher=_PUBLISHER)
    assert [(sign.n, sign.kind) for sign in found.signs] == [(1, SignKind.OWN_REPORTING)]


def test_a_staff_author(read: Reader, story: str) -> None:
    found = read(story, authors=("Jane Doe, Staff Writer",))
    assert found.signs == (Sign(0, 0, 0, SignKind.OWN_REPORTING),)
    assert read(story, authors=("Jane Doe",)).signs == ()


def test_an_agency_byline_is_no_staff_byline(read: Reader, story: str) -> None:
    assert read(f"Reuters Staff\n\n{story}", publisher=_PUBLISHER).signs == ()


@pytest.mark.parametrize(
    "title",
    [
        "UPDATE 1-Quay is sold",
        "WRAPUP 2-Quay is sold",
        "ACTUALISATION: le quai",
        "Actualización: el muelle",
    ],
)
def test_an_update_by_its_title(read: Reader, story: str, title: str) -> None:
    assert read(story, title=title).signs == (Sign(0, 0, 0, SignKind.UPDATE),)


@pytest.mark.parametrize("title", ["Update on the quay is due", "Quay is sold", ""])
def test_no_update_by_its_title(read: Reader, story: str, title: str) -> None:
    assert read(story, title=title).signs == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "(Updates with the mayor's comment)",
        "This story has been updated.",
        "Mis à jour à 12h30.",
        "Dieser Artikel wurde aktualisiert.",
    ],
)
def test_an_update_by_its_text(read: Reader, sentence: str) -> None:
    kinds = {sign.kind for sign in read(sentence).signs}
    assert kinds == {SignKind.UPDATE}


@pytest.mark.parametrize(
    "sentence",
    [
        "Earlier in the day, ten men ran.",
        "Dix hommes ont couru plus tôt dans la journée.",
        "After this, ten men ran.",
        "Zehn Männer liefen früher am Tag.",
        "Horas antes, diez hombres corrieron.",
        "Depois disso, dez homens correram.",
    ],
)
def test_a_later_point_of_view(read: Reader, sentence: str) -> None:
    (sign,) = read(f"Ten men ran.\n\n{sentence}").signs
    assert (sign.n, sign.kind) == (2, SignKind.LATER_VANTAGE)


def test_no_later_point_of_view(read: Reader, story: str) -> None:
    assert read(f"{story}\n\nHe said that after this, ten men ran.").signs == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "“We ran,” Doe told me.",
        "Told us by telephone, the rest was simple.",
        "I asked why they ran.",
        "We asked twelve members of the panel why they ran.",
        "The three runners we spoke to would not say why.",
        "“We ran,” Doe told our breakfast programme, and then told our crew again.",
        "«Мы бежали», — сказала она нашему корреспонденту.",
        "Nous a confié le maire : dix hommes ont couru.",
        "« Nous avons couru », m’a dit Doe.",
        "„Wir liefen“, sagte mir Doe.",
        "«Corrimos», me dijo Doe.",
        "«Abbiamo corso», mi ha detto Doe.",
        "«Corremos», disse-me Doe.",
        "“We ran,” Doe told this magazine.",
    ],
)
def test_an_interview_by_the_writer(read: Reader, sentence: str) -> None:
    found = read(sentence, publisher=_PUBLISHER)
    assert [sign.kind for sign in found.signs] == [SignKind.OWN_REPORTING]


@pytest.mark.parametrize(
    "sentence",
    [
        "“He told me to run,” Doe said.",
        'Doe said: "I asked why they ran."',
        "“When we asked why they ran, they laughed,” Doe said.",
        "Doe told our allies that ten men ran.",
        "Officials told US media that ten men ran.",
        "« Il m’a dit de courir », raconte Doe.",
    ],
)
def test_what_somebody_else_was_told(read: Reader, sentence: str) -> None:
    assert read(sentence, publisher=_PUBLISHER).signs == ()


@pytest.mark.parametrize(
    "byline", ["Danny Doe, business reporter", "Mercury News Desk | Leeds", "By Jane Doe, reporter"]
)
def test_a_staff_byline_may_say_what_on_and_where(read: Reader, story: str, byline: str) -> None:
    found = read(f"{byline}\n\n{story}", publisher=_PUBLISHER)
    assert [(sign.n, sign.kind) for sign in found.signs] == [(1, SignKind.OWN_REPORTING)]


@pytest.mark.parametrize(("byline", "own"), [("Staff and AFP", True), ("AFP Staff", False)])
def test_staff_beside_an_agency(read: Reader, story: str, byline: str, own: bool) -> None:  # noqa: FBT001
    found = read(f"{byline}\n\n{story}\n\n{story}", publisher=_PUBLISHER)
    assert [row.agency for row in found.attributions] == ["afp"]
    assert bool(found.signs) is own


def test_a_line_with_a_reporter_in_it_is_no_byline(read: Reader, story: str) -> None:
    assert read(f"Danny was tired, a reporter\n\n{story}", publisher=_PUBLISHER).signs == ()


@pytest.mark.parametrize(
    ("line", "own"),
    [
        ("Harbour Mercury's Jane Doe and The Associated Press contributed to this report.", True),
        ("Jane M. Doe, John Roe and Reuters contributed to this report.", True),
        ("Contributing: Jane Doe, The Associated Press", True),
        ("Contributing: The Associated Press", True),
        ("This report contains material from Bloomberg News.", True),
        ("Additional reporting by the Associated Press", True),
        (
            "Jane Doe contributed to this article, which is based in part on wire-service reports.",
            True,
        ),
        ("This story is based in part on wire service reports.", True),
        ("The Associated Press contributed to this report.", True),
        ("Reuters and The Associated Press contributed to this report.", True),
        ("With inputs from Reuters.", False),
        ("Associated Press writers Jane Doe and John Roe contributed to this report.", False),
        ("Associated Press writer Jane Doe contributed to this report.", False),
        ("This story is based on wire service reports.", False),
    ],
)
def test_a_tagline_that_names_own_people(read: Reader, story: str, line: str, own: bool) -> None:  # noqa: FBT001
    found = read(f"{story}\n\n{story}\n\n{line}", publisher=_PUBLISHER)
    assert [sign.kind for sign in found.signs] == [SignKind.OWN_REPORTING] * own
    (credit,) = {row.kind for row in found.attributions}
    assert credit is (
        Kind.SYNDICATION if line.startswith("This story is based on") else Kind.TAGLINE
    )
