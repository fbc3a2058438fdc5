from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dedup.text import segment

CASES = tomllib.loads(
    Path(__file__).parents[1].joinpath("cases", "text_roles.toml").read_text("utf-8")
)["case"]

LEAD = "The council of Corrindale was dismissed on Thursday after an inquiry, the minister said."
BODY = "An administrator will run the shire until an election in 2024, he told reporters there."


def roles(*paragraphs: str, title: str = "") -> list[str]:
    return [str(p.role) for p in segment("\n\n".join(paragraphs), title).paragraphs]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_paragraph_in_the_middle_gets_its_role(case: dict[str, str]) -> None:
    assert roles(LEAD, BODY, case["text"], BODY, LEAD) == [
        "body",
        "body",
        case["role"],
        "body",
        "body",
    ]


@pytest.mark.parametrize(
    ("first", "title", "role"),
    [
        ("Council sacked over skate park", "", "headline"),
        ("Council sacked over skate park", "Council sacked over skate park", "headline"),
        ("COUNCIL SACKED OVER SKATE PARK", "Council sacked over skate park | The Post", "headline"),
        ("Council sacked over skate-park row", "Council sacked over skate park", "headline"),
        ("What now for Corrindale?", "What now for Corrindale?", "headline"),
        ("What now for Corrindale?", "", "body"),
        ("Corrindale’s council is sacked.", "Corrindale's council is sacked.", "headline"),
        ("The council was sacked over a skate park.", "Council sacked over skate park", "body"),
        ("the talks, on the government side", "", "body"),
        ("date 2021-08-11 Thousands of Afghans flee as cities fall.", "", "headline"),
        ("date 2021-08-11", "", "credit"),
        ("14:20 IST", "", "credit"),
        ("Published 3 March 2019", "", "credit"),
        ("Publié le 3 mars 2019 à 14h20", "", "credit"),
        ("Aktualisiert am 3. März 2019 um 14:20 Uhr", "", "credit"),
        ("Pubblicato il 3 marzo 2019", "", "credit"),
        ("On March 3, 2019, the mayor left.", "", "body"),
        ("By JANE SMITH", "", "credit"),
        ("By Jane Smith and Lily Osei in Canberra", "", "credit"),
        ("By the numbers", "", "headline"),
        ("By Friday the water was back in all of the town.", "", "body"),
        ("Par Mathilde Roussey-Guyon", "", "credit"),
        ("Von Jana Müller", "", "credit"),
        ("Von der Leyen in Kiew", "", "headline"),
        ("Por Juan Pérez", "", "credit"),
        ("Di Mario Rossi", "", "credit"),
        ("Staff Writer", "", "credit"),
        ("La rédaction", "", "credit"),
        ("Danny Ackroyd, business reporter", "", "credit"),
        ("Harish Bisht | Pithoragarh", "", "credit"),
        ("Author: Marcus Delgado-Reese", "", "credit"),
        ("Analysis by Rowena Catesby, Africa editor", "", "credit"),
        ("Our reporter Trésor Bahati was at the camp this morning", "", "credit"),
        (
            "Our reporter was at the camp when the first shots fell on Monday, before dawn.",
            "",
            "body",
        ),
    ],
)
def test_the_first_paragraph_gets_its_role(first: str, title: str, role: str) -> None:
    assert roles(first, LEAD, BODY, title=title) == [role, "body", "body"]


def test_headline_byline_and_date_stand_together() -> None:
    assert roles("Council sacked", "By Jane Smith", "3 March 2019, 9 am", LEAD, BODY) == [
        "headline",
        "credit",
        "credit",
        "body",
        "body",
    ]


def test_a_promo_above_the_headline_is_passed_over() -> None:
    assert roles("ADVERTISEMENT", "Photo: A. Smith", "Council sacked", LEAD) == [
        "promo",
        "caption",
        "headline",
        "body",
    ]


def test_a_byline_further_down_is_no_credit_here() -> None:
    assert roles(LEAD, BODY, "By Jane Smith", BODY)[2] == "heading"


def test_the_last_line_is_no_heading() -> None:
    assert roles(LEAD, BODY, "With inputs from Associated Press")[2] == "body"


def test_lines_without_end_marks_in_a_row_are_a_list() -> None:
    results = ("Oldham 2 Bury 1", "Leeds 3 Hull 3", "York 0 Derby 4")
    assert roles(LEAD, BODY, *results, BODY) == ["body"] * 6


def test_titles_under_a_label_are_what_it_leads_to() -> None:
    titles = "The mayor and the lamp", "Who polished it?"
    assert roles(LEAD, BODY, "Read more:", *titles, BODY, LEAD)[3:5] == ["promo", "promo"]
    assert roles(LEAD, BODY, "Read more:", titles[0], BODY, titles[0], BODY)[3:6] == [
        "promo",
        "body",
        "heading",
    ]


def test_two_headings_may_follow_each_other() -> None:
    assert roles(LEAD, BODY, "The shire", "How it began", BODY)[2:4] == ["heading"] * 2


def test_a_promo_between_heading_and_body_is_passed_over() -> None:
    assert roles(LEAD, "The shire", "ADVERTISEMENT", BODY) == ["body", "heading", "promo", "body"]


def test_a_shouted_heading_may_be_long() -> None:
    shouted = (
        "MINISTER SAYS THAT THE COUNCIL OF CORRINDALE SPENT ALL OF THE MONEY THAT WAS SET ASIDE "
        "FOR WATER"
    )
    assert roles(LEAD, shouted, BODY)[1] == "heading"
    assert roles(LEAD, shouted.capitalize(), BODY)[1] == "body"


def test_a_line_of_the_page_that_is_run_into_a_paragraph_makes_it_no_promo() -> None:
    assert roles(LEAD, "Story Continued Below", BODY) == ["body", "promo", "body"]
    assert roles(LEAD, f"Story Continued Below {BODY}", BODY) == ["body"] * 3


def test_a_page_that_ends_no_sentence_has_no_headings() -> None:
    line = "and then the water came over the road and into the yard and we all ran up the hill"
    assert (
        roles(line.capitalize(), "The yard", line.capitalize(), line.capitalize()) == ["body"] * 4
    )


def test_thai_ends_no_sentence_and_is_body() -> None:
    thai = "นายกรัฐมนตรีกล่าวเมื่อวันจันทร์ว่ารัฐบาลจะยุบสภาและจัดการเลือกตั้งใหม่ภายในสองเดือน"
    assert roles(thai, thai[:30], thai) == ["body"] * 3


def test_a_single_paragraph_is_body() -> None:
    assert roles("Council sacked over skate park") == ["body"]


def test_a_long_paragraph_is_never_furniture() -> None:
    long = "Also Read | " + " ".join([LEAD] * 8)
    assert roles(LEAD, long, BODY)[1] == "body"


def test_a_quotation_may_run_over_several_paragraphs() -> None:
    opened = "“We begin with the roof, which takes a year, and go on to the walls of the old hall."
    closed = "“Then we shall see what is left of the money, and whether anyone still wants it.”"
    assert roles(LEAD, opened, closed, BODY) == ["body", "quote", "quote", "body"]
