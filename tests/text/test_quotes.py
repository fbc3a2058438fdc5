from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text import quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.records import Span

CASES = [
    "|“It fell,”| she said. |“It fell fast.”|",
    "He called it |“the ‘old’ bridge”|.",
    "|« Il est tombé »|, dit-il.",
    "|»Er ist gefallen«|, sagte sie.",
    "|„Er ist gefallen“|, sagte sie.",
    '|„Er ist gefallen"|, sagte sie. |„Er ist weg"|, sagte er.',
    "|“Er ist gefallen“|, sagte sie. |“Er ist weg“|, sagte er.",
    "|„Spadł”|, powiedziała. |„Spadł szybko”|.",
    "|”Den föll”|, sade hon. |”Den föll fort.”|",
    "|»Den föll»|, sade hon.",
    "وقال |”سقط الجسر“| أمس",
    'She left. |"It fell,”| she said. The bridge was old.',
    '|“It fell,"| she said. The bridge was old.',
    '|"It fell, “all of it”, and fast,"| she said.',
    '|“Somebody told me "go" and then it fell.|',
    "It fell.”She left.",
    "|「橋が落ちた」|と述べた",
    '|"It fell,"| he said of the 6" pipe.',
    "|``It fell,''| he said.",
    "|‘It fell into the river.’| So he said.",
    "|'It fell into the river,'| he said; the mayor's men didn't.",
    "The 'old' bridge and the players' own.",
    "|“It fell, and nobody saw it.|",
    '|"It fell, and nobody saw it.|',
    'A pipe of 6" fell.',
    "It fell.",
]

MARKED = st.text(st.one_of(st.sampled_from("“”«»„\"'‘’`「」 ab.,"), st.characters()), max_size=40)


def alone(text: str) -> Sequence[Span]:
    """The quotations of a text that is one paragraph."""
    return quotes(text, [(0, len(text))]).get(0, [])


@pytest.mark.parametrize("case", CASES)
def test_quotations_are_found_marks_included(case: str) -> None:
    text = case.replace("|", "")
    assert [text[a:b] for a, b in alone(text)] == case.split("|")[1::2]


def test_offsets_are_those_of_the_whole_text_and_paragraphs_without_any_are_left_out() -> None:
    text = "“No.” He left.\nHe did.\n“Yes.” She “stayed."
    assert quotes(text, [(0, 14), (15, 22), (23, 42)]) == {0: [(0, 5)], 2: [(23, 29), (34, 42)]}
    assert quotes(text, [(4, 22)]) == {}


@given(MARKED)
def test_quotations_are_in_order_and_apart(text: str) -> None:
    at = 0
    for start, end in alone(text):
        assert at <= start < end <= len(text)
        at = end


@given(st.lists(MARKED, max_size=4))
def test_a_paragraph_of_a_text_is_read_as_if_it_stood_alone(parts: list[str]) -> None:
    ends = [*accumulate(len(part) + 1 for part in parts)]
    places = [(end - 1 - len(part), end - 1) for part, end in zip(parts, ends, strict=True)]
    together = quotes("\n".join(parts), places)
    for number, (part, (at, _)) in enumerate(zip(parts, places, strict=True)):
        expected = [(at + start, at + end) for start, end in alone(part)]
        assert together.get(number, []) == expected
