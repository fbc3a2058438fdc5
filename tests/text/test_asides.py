"""Lists of links that a page sets into a sentence, and sentences that have none."""

from __future__ import annotations

import numpy as np
import pytest

from dedup import text as rooms
from dedup.tables import ASIDE

LINKS = "DoeTown hall sold Doe to run again: report Ten things about the bridge MORE"


def told(text: str) -> str:
    """The text without what is set into it."""
    out, at = "", 0
    for start, end in rooms.asides(text):
        out += text[at:start]
        at = end
    return out + text[at:]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"Sen. Jane Doe Jane Mary {LINKS} said so.", "Sen. Jane Doe said so."),
        (f"Sen. Jane Doe Jane (Jenny) Mary {LINKS}'s plan.", "Sen. Jane Doe's plan."),
        (f"So said Jane DoeJane Mary {LINKS} (D).", "So said Jane Doe (D)."),
        ("So Li Doe Ann Doe Retirees say no MORE (R) said.", "So Li Doe (R) said."),
        ("Jane Doe Jane Doe2020 race goes on MORE won.", "Jane Doe won."),
        ("Ana Ruiz Ana María RuizCierra el puente MÁS habló.", "Ana Ruiz habló."),
    ],
)
def test_links_run_into_a_name_are_left_out(text: str, left: str) -> None:
    assert told(text) == left


def test_two_lists_in_one_sentence_are_two() -> None:
    one = f"Jane Doe Jane Mary {LINKS}"
    two = one.replace("Doe", "Roe").replace("Jane", "Rick")
    assert told(f"Today {one} and {two} met.") == "Today Jane Doe and Rick Roe met."


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe met John Doe, and they wanted MORE of it.",  # nobody is named again
        "Jane Doe, as Jane Doe said, wants MORE.",  # small words stand between
        "Jane Doe Jane Mary Doe sold the town hall and left.",  # no link to more
        "Jane Doe Jane Mary DoeTown hall sold\nMORE",  # the link stands elsewhere
        "Jane Doe Jane Mary DoeTown hall sold MOREOVER",
        "READ MORE",
        "",
    ],
)
def test_other_sentences_stand_as_they_are(text: str) -> None:
    assert rooms.asides(text) == []


def test_words_set_in_are_marked_and_no_others() -> None:
    texts = ["Nobody came.", f"Sen. Jane Doe Jane Mary {LINKS} said so."]
    plain = rooms.tokenize(texts)
    tokens = rooms.with_asides(plain, [rooms.asides(text) for text in texts])
    words = [
        texts[1][start:end]
        for start, end, flags in zip(tokens.start, tokens.end, tokens.flags, strict=True)
        if flags & ASIDE
    ]
    assert words == ["Jane", "Mary", *LINKS.replace(":", "").split()]
    assert np.array_equal(tokens.flags & ~np.uint8(ASIDE), plain.flags)
    assert rooms.with_asides(plain, [[], []]) is plain
