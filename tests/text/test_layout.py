from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text.layout import SPACE, lay_out

LEAD = (
    "The council of Corrindale was dismissed on Thursday after an inquiry found that it had spent "
    "money set aside for water and sewers on a skate park and two public halls."
)
SECOND = (
    "An administrator, Bronwyn Athanasiou, will run the shire until an election in 2024, the "
    "minister for local government told reporters."
)
THIRD = (
    "The mayor said that he would go to court. He had been sacked for building things, he added."
)
FOURTH = (
    "Residents of Tallawong have boiled their water since March, and some since the year before."
)
STORY = (LEAD, SECOND, THIRD, FOURTH)

#: Texts rich in line ends, blanks and what tells a wrapped line.
PAGES = st.lists(
    st.one_of(
        st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028", "\x0b", "\n  ", "\n\u3000", " \n"]),
        st.sampled_from([LEAD, "the end of a line", "A line.", "Short", "。", "\u200b"]),
        st.text(max_size=12),
    ),
    max_size=14,
).map("".join)


def wrap(paragraph: str, width: int = 72) -> str:
    return "\n".join(textwrap.wrap(paragraph, width, break_on_hyphens=False))


def read(text: str) -> tuple[str, list[str]]:
    """Return the layout's name and the paragraphs, each with single spaces."""
    layout = lay_out(text)
    return layout.name, [" ".join(text[a:b].split()) for a, b in layout.paragraphs]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("\n\n".join(STORY), "blank lines"),
        ("\n\n\n".join(STORY), "blank lines"),
        ("\n \t\n".join(STORY), "blank lines"),
        ("\n\n".join(map(wrap, STORY)), "blank lines"),
        ("\n".join(map(wrap, STORY)), "hard-wrapped"),
        ("\n    ".join(map(wrap, STORY)), "hard-wrapped"),
        ("\n\u3000".join(map(wrap, STORY)), "hard-wrapped"),
        ("\n\n\n".join(wrap(part).replace("\n", "\n\n") for part in STORY), "blank lines"),
        ("\n".join(STORY), "one sentence a line"),
        ("\n".join([f"{LEAD} {SECOND}", f"{THIRD} {FOURTH}", THIRD]), "one line a paragraph"),
    ],
)
def test_paragraphs_are_found_in_every_layout(text: str, name: str) -> None:
    wanted = [LEAD + " " + SECOND, THIRD + " " + FOURTH, THIRD] if "line a p" in name else STORY
    assert read(text) == (name, list(wanted))


@pytest.mark.parametrize(
    "break_", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"], ids=ascii
)
def test_every_kind_of_line_break_is_one(break_: str) -> None:
    assert read((break_ * 2).join(STORY)) == ("blank lines", list(STORY))
    assert read(break_.join(STORY))[1] == list(STORY)
    assert read((break_ * 2).join(wrap(p).replace("\n", break_) for p in STORY))[1] == list(STORY)


def test_a_mixed_page_is_read_block_by_block() -> None:
    lines = ["One bus was late.", "Two buses were not.", "Three were lost."]
    assert read("\n\n".join([wrap(LEAD), "\n".join(lines), wrap(SECOND)])) == (
        "blank lines",
        [LEAD, *lines, SECOND],
    )


def test_ragged_lines_that_stop_inside_sentences_are_joined() -> None:
    ragged = (
        "Earlier, Taliban insurgents\nattempted to calm residents of Kabul promising that no one’s "
        "life, property and\ndignity will be harmed."
    )
    promo = "Also Read |\u00a0Longest war"
    assert read(f"{ragged}\n\n{promo}\n\n{FOURTH}")[1] == [
        " ".join(ragged.split()),
        "Also Read | Longest war",
        FOURTH,
    ]


def test_a_heading_in_a_wrapped_page_stands_alone() -> None:
    page = "\n".join([wrap(LEAD), wrap(THIRD), "Water boiled", wrap(FOURTH), wrap(SECOND)])
    assert read(page) == ("hard-wrapped", [LEAD, THIRD, "Water boiled", FOURTH, SECOND])


def test_damaged_paragraphs_are_not_glued() -> None:
    cut, lost = LEAD[:60], SECOND[3].lower() + SECOND[4:]
    assert read(f"{cut}\n\n{lost}\n\n{THIRD}")[1] == [cut, lost, THIRD]


def test_a_date_line_is_not_glued_to_a_paragraph_that_lost_its_first_words() -> None:
    assert read("date 2022-06-20\nmourning has been decreed, he said.\nIt ends on Friday.")[1] == [
        "date 2022-06-20",
        "mourning has been decreed, he said.",
        "It ends on Friday.",
    ]


def test_lines_of_a_script_without_spaces_are_joined_where_they_are_full() -> None:
    paragraph = "政府は水道の予算を公園に使ったとして議会を解散した" * 4 + "。"
    block = "\n".join(paragraph[i : i + 30] for i in range(0, len(paragraph), 30))
    assert [text.replace(" ", "") for text in read(f"{block}\n\n{block}")[1]] == [paragraph] * 2


def test_a_short_text_without_breaks_is_one_paragraph() -> None:
    assert read(f" {LEAD} {SECOND}\n") == ("no breaks", [f"{LEAD} {SECOND}"])


def test_a_long_text_without_breaks_is_cut_after_every_few_sentences() -> None:
    name, paragraphs = read(" ".join(STORY * 5))
    assert name == "no breaks"
    assert len(paragraphs) > 1
    assert " ".join(paragraphs) == " ".join(STORY * 5)
    assert all(part.endswith(".") and part.count(". ") < 8 for part in paragraphs)
    assert all(len(part.split()) >= 40 for part in paragraphs)


def test_many_short_sentences_are_cut_by_their_number() -> None:
    paragraphs = read(" ".join(["It rained again."] * 85))[1]
    assert [part.count(".") for part in paragraphs] == [5] * 17


def test_a_short_rest_belongs_to_the_last_cut() -> None:
    paragraphs = read(" ".join(["It rained again."] * 86))[1]
    assert [part.count(".") for part in paragraphs] == [5] * 16 + [6]


def test_a_longer_rest_is_cut_off() -> None:
    paragraphs = read(" ".join(["It rained again."] * 88))[1]
    assert [part.count(".") for part in paragraphs] == [5] * 17 + [3]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "\u200b\n\u00a0"])
def test_nothing_has_no_paragraphs(text: str) -> None:
    assert lay_out(text) == ("no breaks", [])


def test_white_space_of_every_kind_is_known() -> None:
    every = {chr(code) for code in range(0x110000) if chr(code).isspace()}
    assert every == set(SPACE) - set("\u200b\u200c\u200d\u2060\ufeff")


@given(PAGES)
def test_paragraphs_are_tight_in_order_and_cover_all_but_white_space(text: str) -> None:
    at = 0
    for start, end in lay_out(text).paragraphs:
        assert at <= start < end
        assert not text[at:start].strip(SPACE)
        assert text[start:end] == text[start:end].strip(SPACE)
        at = end
    assert not text[at:].strip(SPACE)


@given(st.lists(st.sampled_from(STORY), min_size=2, max_size=6))
def test_laying_out_what_was_laid_out_changes_nothing(story: list[str]) -> None:
    found = read("\n".join(map(wrap, story)))[1]
    assert read("\n\n".join(found))[1] == found


@pytest.mark.parametrize("piece", [".", ".\n", "a\n", "\n", "A a\n\n", "。", "... ", "'"])
def test_no_page_takes_quadratic_time(piece: str) -> None:
    text = "A" + piece * 30_000
    covered = sum(end - start for start, end in lay_out(text).paragraphs)
    assert covered >= 1
