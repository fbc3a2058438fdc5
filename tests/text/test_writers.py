"""Notes on who wrote an article, and articles about somebody."""

from __future__ import annotations

import pytest

from dedup import text as rooms

STORY = [
    "The council of Corrindale was dismissed on Thursday after an inquiry, the minister said.",
    "An administrator will run the shire until an election in 2024, he told reporters there.",
    "The nine councillors were told by letter, which some of them opened on the stairs.",
    "Nobody had listened to the auditors, who came seven times, and left as often.",
    "The skate park, which cost more than the water works, is open on all days.",
    "Those who live beside it would rather have had water, as one of them put it.",
    "What becomes of the park is not known, and it will be closed while it snows.",
]


def notes(*paragraphs: str, authors: tuple[str, ...] = ()) -> list[str]:
    text = "\n\n".join(paragraphs)
    rows = rooms.segment(text).paragraphs
    found = rooms.notes_on_writers(text, rows, authors)
    return [text[rows[n - 1].start : rows[n - 1].end] for n in found]


@pytest.mark.parametrize(
    "note",
    [
        "Jane Doe is a professor of law at Harrow.",
        "• Jane M. Doe, a former attorney, is host of “The Doe Hour” on Harbour Radio.",
        "— Jane Doe (@janedoe) is the managing editor of the Review.",
        "Harbour Radio national security analyst Jane Doe is a professor at Harrow.",
        "Ann Roe and Jane Doe are founding directors of the Harrow Project.",
        "Jane Doe writes about law for the Review.",
        "Jane Doe was a reporter for the Review in Harrow for 19 years and is now @janedoe.",
        "Jana Müller ist Professorin an der Universität Harrow.",
        "Jane Doe, a strategist and commentator, served as chairwoman for Roe. Follow her @doe.",
    ],
)
def test_a_note_on_nobody_the_article_tells_of(note: str) -> None:
    assert notes(*STORY, note) == [note]
    assert notes(note, *STORY) == [note]


def test_a_note_on_the_author_needs_no_trade() -> None:
    note = "Jane Doe is the Democratic nominee for mayor."
    assert notes(*STORY, note) == []
    assert notes(*STORY, note, authors=("Jane Doe, Ann Roe",)) == [note]
    assert notes(*STORY, note, authors=("Ann Doe",)) == []


def test_a_note_in_the_middle_bears_a_sign() -> None:
    signed = "Jane Doe, a Harbour Radio contributor, is a strategist. Follow her @janedoe."
    plain = "Jane Doe is a strategist in Harrow."
    assert notes(*STORY[:4], signed, *STORY) == [signed]
    assert notes(*STORY[:4], plain, *STORY) == []


def test_where_several_write_not_every_note_bears_a_sign() -> None:
    signed = [f"{name}, a columnist, is a strategist." for name in ("Jane Doe", "Ann Roe")]
    plain = "Mary Poe is a professor of law at Harrow and has been an adviser to four mayors."
    text = [*STORY[:4], signed[0], *STORY[:3], plain, *STORY[3:6], signed[1], *STORY[:4]]
    assert notes(*text) == [signed[0], plain, signed[1]]
    assert notes(*[line for line in text if line != signed[1]]) == [signed[0]]


@pytest.mark.parametrize(
    "told",
    [
        "Jane Doe is expected to meet the president of the council on Friday.",
        "Jane Doe was the president of the council when the park was built.",
        "The Harrow Project is a founder of the park, by its own account.",
        "Polillo Star Lines was ordered to keep its vessels in port, its lawyer said.",
        "He said that Jane Doe is a professor of law.",
        "Jane Doe is not a lawyer.",
    ],
)
def test_news_of_somebody_is_no_note(told: str) -> None:
    assert notes(*STORY, told) == []


def test_whom_the_article_tells_of_is_not_its_writer() -> None:
    told = "Jane Doe is a professor of law at Harrow."
    asked = "“They should have listened,” said Doe, who has read all of the reports by now."
    assert notes(*STORY[:3], asked, *STORY[3:], told) == []


def test_a_short_article_may_be_about_whom_it_begins_with() -> None:
    assert notes("Jane Doe is a professor of law at Harrow.", *STORY[:2]) == []
