"""Captions of galleries by their form, and the prose that has something of it."""

from __future__ import annotations

import pytest

from dedup.text import segment

LEAD = "The council of Corrindale was dismissed on Thursday after an inquiry, the minister said."
BODY = "An administrator will run the shire until an election in 2024, he told reporters there."
MORE = "The nine councillors were told by letter, which some of them opened on the stairs."
SHOWN = "The mayor walks to his car outside the civic centre in Corrindale on March 3."
ALSO = "The skate park in Corrindale, seen from the water tower on the day it opened."


def roles(*paragraphs: str) -> list[str]:
    return [str(p.role) for p in segment("\n\n".join(paragraphs)).paragraphs]


def test_what_is_printed_twice_in_a_row_is_a_caption() -> None:
    found = roles(LEAD, SHOWN, SHOWN, BODY, MORE)
    assert found == ["body", "caption", "caption", "body", "body"]


def test_a_caption_printed_once_may_stand_between_two_printed_twice() -> None:
    found = roles(LEAD, SHOWN, SHOWN, ALSO, MORE, MORE, BODY)
    assert found == ["body", *["caption"] * 5, "body"]


def test_prose_between_two_galleries_is_none_of_them() -> None:
    between = [LEAD, BODY, f"{BODY} {LEAD}"]
    found = roles(LEAD, SHOWN, SHOWN, *between, ALSO, ALSO, BODY)
    assert found[3:6] == ["body"] * 3


@pytest.mark.parametrize(
    "paragraphs",
    [
        [LEAD, SHOWN, BODY, SHOWN, MORE],  # a paragraph that comes again later
        [LEAD, "No.", "No.", BODY, MORE],  # a short line said twice
        [LEAD, LEAD, SHOWN, SHOWN, BODY, BODY],  # a page that prints all it holds twice
    ],
)
def test_what_is_said_again_is_no_caption(paragraphs: list[str]) -> None:
    assert "caption" not in roles(*paragraphs)


@pytest.mark.parametrize(
    "counter",
    ["Hide Caption 3 of 12", "Photo 3 of 12", "Image 3/12", "Foto 3 von 12", "photo 3 sur 12"],
)
def test_a_paragraph_that_ends_by_counting_its_picture_is_a_caption(counter: str) -> None:
    assert roles(LEAD, f"{SHOWN} {counter}", BODY)[1] == "caption"


def test_a_long_gallery_in_one_paragraph_is_captions() -> None:
    shown = [f"{SHOWN} Hide Caption {n} of 20 Photos: Corrindale" for n in range(1, 20)]
    gallery = " ".join(["Photos: Corrindale", *shown, ALSO, "Hide Caption 20 of 20"])
    assert roles(LEAD, gallery, BODY) == ["body", "caption", "body"]


@pytest.mark.parametrize(
    "told",
    [
        "The mayor held up photo 3 of 12 and asked who had taken it in the dead of night.",
        "He counted them again and came to caption 3 of a dozen",
        "They lost image and standing in 3 of 12 wards, by the count of the clerk.",
    ],
)
def test_prose_that_speaks_of_pictures_is_prose(told: str) -> None:
    assert roles(LEAD, told, BODY)[1] != "caption"


@pytest.mark.parametrize("button", ["Show Hide", "Afficher Masquer", "Anzeigen Ausblenden"])
def test_a_box_with_its_buttons_is_boilerplate(button: str) -> None:
    box = f"Quick guide What is the council? {button} {BODY} {MORE} {LEAD}"
    assert roles(LEAD, box, BODY) == ["body", "boilerplate", "body"]


def test_a_poll_with_its_buttons_is_boilerplate() -> None:
    asked = "Was the council right to build a skate park? Yes No You may opt out at any time."
    assert roles(LEAD, asked, BODY) == ["body", "boilerplate", "body"]


@pytest.mark.parametrize(
    "told",
    [
        "The show hides little: a council that would not be told, and its skate park.",
        f"{LEAD} {BODY} {MORE} He read it out. Show Hide was the name of the boat.",
        "Will it reopen? Yes. No date has been set, the clerk of the council said.",
    ],
)
def test_prose_with_the_words_of_buttons_is_prose(told: str) -> None:
    assert roles(LEAD, told, BODY)[1] == "body"


@pytest.mark.parametrize(
    "link",
    [
        "Fact check:What the mayor said about the bridge",
        "What we learned:5 things about the council and its park",
        "'No alternative':Minister sends the whole council home",
        "More:How the council spent it all",
        "More:Is the bridge safe? What we know",
    ],
)
def test_a_label_run_into_a_title_is_a_link(link: str) -> None:
    told = "He named three things: water, sewers and a park."
    assert roles(LEAD, told, link, BODY)[2] == "promo"


@pytest.mark.parametrize(
    "told",
    [
        "The minister named his reason: nobody had listened to him at all",  # a blank
        "The mayor said:The bridge is safe and it will stay open.",  # a slip in a sentence
        "It is open at 12:30 and at 17:45 on all days of the week",
        "The report stands at https://Corrindale.example and in the town hall",
        "Bridge:Closed",
    ],
)
def test_a_colon_in_prose_makes_no_link(told: str) -> None:
    assert roles(LEAD, "He named three: water, sewers and a park.", told, BODY)[2] != "promo"


def test_speakers_and_lists_are_no_links() -> None:
    said = [f"MAYOR:What do you want of me in the {n} hour" for n in ("first", "second")]
    named = [f"{team}:Jo Smith of the town of {team}" for team in ("Reds", "Blues", "Greens")]
    lead = "He named three: water, sewers and a park."
    assert "promo" not in roles(lead, said[0], BODY, said[1], BODY)
    assert "promo" not in roles(lead, LEAD, *named, BODY)
