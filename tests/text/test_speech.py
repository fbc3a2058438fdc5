"""Whose words an article prints."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import text as rooms
from dedup.records import Paragraph, Role, Span
from dedup.tables import QUOTED
from dedup.text.membership import held
from dedup.text.speech import STATED
from tests.strategies import articles

pytestmark = pytest.mark.usefixtures("back_end")

SAID = "nobody sails before the lamps are lit again"


def paragraphs(text: str, *roles: Role) -> list[Paragraph]:
    """The blank-line paragraphs of a text; roles are body where they are not given."""
    out, at = [], 0
    for n, part in enumerate(text.split("\n\n"), start=1):
        role = roles[n - 1] if n <= len(roles) else Role.BODY
        out.append(Paragraph(n, at, at + len(part), role))
        at += len(part) + 2
    return out


def speech(text: str, *roles: Role, news: bool = True) -> list[Span]:
    rows = paragraphs(text, *roles)
    quoted = rooms.quotes(text, [(row.start, row.end) for row in rows])
    return rooms.speech(text, rows, quoted, news=news)


def spoken(text: str, *roles: Role, news: bool = True) -> list[str]:
    return [text[span.start : span.end] for span in speech(text, *roles, news=news)]


def marked(texts: list[str], *, news: list[bool] | None = None) -> list[str]:
    """The words of each text that are somebody else's, once all texts were read."""
    tokens = rooms.with_speech(rooms.tokenize(texts), [speech(text) for text in texts])
    tokens = rooms.quoted_anywhere(tokens, np.array(news or [True] * len(texts)))
    out = []
    for row, text in enumerate(texts):
        words = range(tokens.indptr[row], tokens.indptr[row + 1])
        own = [i for i in words if tokens.flags[i] & QUOTED]
        out.append(" ".join(text[tokens.start[i] : tokens.end[i]] for i in own))
    return out


@pytest.mark.parametrize("place", ["Kullu (HP):", "New Delhi:", "HAMBURG, June 4:"])
def test_a_line_that_says_where_a_report_was_written_introduces_no_words(place: str) -> None:
    told = "The bus left the road before dawn, police said."
    assert spoken(f"{place}\n\n{told}") == []
    assert spoken(f"{told}\n\n{place}\n\nWe are not leaving.") == ["We are not leaving."]
    assert spoken(f"The minister wrote:\n\n{told}") == [told]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She spoke. “Go home,” she said.", ["“Go home,”"]),
        ("Elle a parlé. « Rentrez », a-t-elle dit.", ["« Rentrez »"]),
        ("Sie sprach. „Geht heim“, sagte sie.", ["„Geht heim“"]),
        ("She wrote:\n\nEverybody go home at once.\n\nThey went.", ["Everybody go home at once."]),
        (
            "As she put it,\n\nI never asked who had lit them.\n\nNobody did.",
            ["I never asked who had lit them."],
        ),
        ("MUMBAI: The lamps went out on Friday.\n\nNobody saw it.", []),
        (
            "HOST: Who lit the lamps?\n\nVOSS: The boys did.",
            ["HOST: Who lit the lamps?", "VOSS: The boys did."],
        ),
        ("So it was on that day,\n\nThe mayor left.", []),
        ("She wrote:\n\nMs Voss\n\nGo home at once.", ["Ms Voss", "Go home at once."]),
        ("So.\n\nVOSS, HARBOUR RADIO: Go home.\n\nThey went.", ["VOSS, HARBOUR RADIO: Go home."]),
        ("So.\n\nVOSS: Go home at once.\n\nThey went.", ["VOSS: Go home at once."]),
        ("They read it.\n\nGo home — Voss (@harbour) May 3", ["Go home — Voss (@harbour)"]),
        ("They read it.\n\nGo home pic.twitter.com/a1b2", ["Go home pic.twitter.com/a1b2"]),
        ("KIEL: they went home.\n\nSo did he.", []),
        ("Three things happened: rain, hail and fog.", []),
        ("They read it.\n\nGo -- Voss (@harbour), a – b", ["Go -- Voss (@harbour)"]),
        ("They asked (@harbour) about it.", []),
        ("So.\n\nVOSS: Go home.\n\nThey went home at six, all of them.", ["VOSS: Go home."]),
    ],
)
def test_somebody_elses_words(text: str, words: list[str]) -> None:
    assert spoken(text) == words


def test_a_letter_in_full_goes_on_while_it_speaks_of_its_writers() -> None:
    parts = [
        "Here is the letter that the harbour master wrote:",
        "We have lit the lamps again in every street of the harbour.",
        "Skippers may leave our quay as soon as the tide allows it.",
        "The letter was pinned to the gate before anybody was awake.",
        "Our reporter saw it there before we were told to leave.",
    ]
    assert spoken("\n\n".join(parts)) == parts[1:3]


def test_a_report_that_quotes_goes_on_by_itself() -> None:
    parts = [
        "The harbour master wrote:",
        "We have lit the lamps again in every street of the harbour.",
        "“We hope so,” a skipper told this paper when he had read it.",
    ]
    assert spoken("\n\n".join(parts)) == [parts[1], "“We hope so,”"]


def test_a_quoted_paragraph_is_speech_and_furniture_is_not_read() -> None:
    text = "“Go home at once,” he said.\n\n“Read more” below."
    assert spoken(text, Role.QUOTE, Role.PROMO) == ["“Go home at once,” he said."]


TURNS = [
    part
    for said in ("Go home at once.", "We stay until six.", "Then stay, if you must.")
    for part in ("jane doe", said, "rick roe", f"No. {said}")
]


def test_a_conversation_printed_turn_by_turn_is_speech() -> None:
    found = spoken("\n\n".join(["They met at noon.", *TURNS]))
    assert [part for part in TURNS if part[-1] == "."] == [
        part for part in found if part[-1] == "."
    ]


def test_headings_that_come_once_or_twice_name_no_speakers() -> None:
    parts = ["What happened", "They went home.", "What now", "They stay.", "What happened", "Rain."]
    assert spoken("\n\n".join(parts)) == []
    one = [part for part in TURNS if part != "rick roe"]  # a single line that comes again
    assert spoken("\n\n".join(one)) == []


def test_in_a_bare_document_only_quotations_are_speech() -> None:
    text = "She wrote:\n\nGo home.\n\n“Stay,” he said — V (@v)"
    assert spoken(text, news=False) == ["“Stay,”"]


def test_words_that_are_quoted_somewhere_are_speech_everywhere() -> None:
    texts = [f"“{SAID},” she said at noon.", f"At noon she told them {SAID} and left."]
    assert marked(texts) == [SAID, SAID]
    assert marked(texts, news=[True, False]) == [SAID, ""]


def test_a_few_quoted_words_are_the_languages_own() -> None:
    few = " ".join(SAID.split()[: STATED - 1])
    assert marked([f"“{few},” she said.", f"She told them {few} and left."]) == [few, ""]


def test_a_copied_text_keeps_what_is_not_quoted() -> None:
    """One article quotes a sentence of a report; its other sentences are still its own."""
    report = f"The lamps went out at six, and {SAID}, skippers were told. Gulls slept on the quay."
    assert marked([report, f"The bulletin read: “{SAID}.”", report]) == [SAID] * 3


#: Paragraphs that lead to speech, are it, or only look like it.
SPEAKING = st.lists(
    st.sampled_from(
        [
            *("He said:", "As Orwell put it,", "MAYOR DOE, HARBOUR: I was there.", "GO: we go."),
            *(
                "jane doe",
                "rick roe",
                "No. Go home.",
                "I was there.",
                "U.S. aid: none.",
                "İ: x",
                ":",
            ),
            *(
                "NEW DELHI: It fell.",
                "NEWS 12 (" + "x" * 58 + "): We fell.",
                "It fell. “Go,” he said.",
            ),
        ]
    ),
    max_size=14,
).map("\n\n".join)


@given(SPEAKING)
def test_what_may_introduce_speech_is_told_from_a_page_as_a_whole(text: str) -> None:
    page = rooms.segment(text)
    every = rooms.speech(text, page.paragraphs, page.quoted, news=True)
    known = page.introduces
    assert rooms.speech(text, page.paragraphs, page.quoted, news=True, introduces=known) == every


def test_a_page_without_a_colon_introduces_nothing() -> None:
    assert not rooms.segment("The bridge fell.\n\n“Go,” he said.\n\nIt was six").introduces
    assert rooms.segment("The bridge fell. He said:\n\nGo home.").introduces


@given(st.lists(articles(), max_size=4))
def test_marking_changes_nothing_else(texts: list[str]) -> None:
    tokens = rooms.tokenize(texts)
    after = rooms.quoted_anywhere(tokens, np.ones(len(texts), bool))
    assert after.word.tolist() == tokens.word.tolist()
    assert after.flags.tolist() == tokens.flags.tolist()


@st.composite
def told(draw: st.DrawFn) -> tuple[list[str], list[list[Span]], list[bool]]:
    """Articles of few words, where each is somebody's speech, which of them are news."""
    texts = draw(st.lists(st.text("ab ", max_size=40), max_size=4))
    spoken = []
    for text in texts:
        place = st.integers(0, len(text))
        spans = draw(st.lists(st.tuples(place, place), max_size=3))
        spoken.append([Span(*sorted(span)) for span in spans])
    return texts, spoken, draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))


@given(told())
def test_marks_are_those_of_the_plain_rules(
    case: tuple[list[str], list[list[Span]], list[bool]],
) -> None:
    texts, spoken, news = case
    tokens = rooms.with_speech(rooms.tokenize(texts), spoken)
    rows = [range(*bounds) for bounds in pairwise(tokens.indptr.tolist())]
    said = [
        any(span.start <= tokens.start[word] < span.end for span in spans)
        for own, spans in zip(rows, spoken, strict=True)
        for word in own
    ]
    assert (tokens.flags & QUOTED > 0).tolist() == said
    runs = [
        (tuple(tokens.word[first : first + STATED].tolist()), range(first, first + STATED))
        for own, counts in zip(rows, news, strict=True)
        for first in own[: max(len(own) - STATED + 1, 0)]
        if counts
    ]
    stated = {words for words, run in runs if all(said[word] for word in run)}
    again = {word for words, run in runs if words in stated for word in run}
    after = rooms.quoted_anywhere(tokens, np.array(news, bool)).flags & QUOTED > 0
    assert after.tolist() == [mark or word in again for word, mark in enumerate(said)]


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_held_is_membership(hashes: list[int], known: list[int]) -> None:
    rows = held(np.array(hashes, np.uint64), np.array(known, np.uint64))
    assert rows.tolist() == [row for row, value in enumerate(hashes) if value in known]
