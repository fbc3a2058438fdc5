from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text import quotes

CASES = [
    "|“It fell,”| she said. |“It fell fast.”|",
    "He called it |“the ‘old’ bridge”|.",
    "|« Il est tombé »|, dit-il.",
    "|»Er ist gefallen«|, sagte sie.",
    "|„Er ist gefallen“|, sagte sie.",
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


@pytest.mark.parametrize("case", CASES)
def test_quotations_are_found_marks_included(case: str) -> None:
    text = case.replace("|", "")
    assert [text[a:b] for a, b in quotes(text, 0, len(text))] == case.split("|")[1::2]


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "“No.” He left. “Yes.” She stayed. “No.”"
    assert quotes(text, 6, 33) == [(15, 21)]


@given(MARKED)
def test_quotations_are_in_order_and_apart(text: str) -> None:
    at = 0
    for start, end in quotes(text, 0, len(text)):
        assert at <= start < end <= len(text)
        at = end


@given(st.lists(MARKED, max_size=4))
def test_a_paragraph_of_a_text_is_read_as_if_it_stood_alone(parts: list[str]) -> None:
    text, at = "\n".join(parts), 0
    for part in parts:
        alone = [(at + start, at + end) for start, end in quotes(part, 0, len(part))]
        assert quotes(text, at, at + len(part)) == alone
        at += len(part) + 1
