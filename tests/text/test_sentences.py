from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text import sentences
from dedup.text.layout import SPACE

CASES = tomllib.loads(
    Path(__file__).parents[1].joinpath("cases", "text_sentences.toml").read_text("utf-8")
)["cases"]

#: Texts rich in what decides where a sentence ends.
PROSE = st.text(
    st.one_of(st.sampled_from(" .!?…。！？»”\"'()\n\u00a0\u200bAbUS1ä"), st.characters()),
    max_size=60,
)


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_a_reader_ends_them(case: str) -> None:
    text = case.replace("|", "")
    found = [text[span.start : span.end] for span in sentences(text, 0, len(text))]
    assert found == [part.strip() for part in case.split("|")]


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "Before. It fell. It rose. After."
    assert sentences(text, 8, 25) == [(8, 16), (17, 25)]


def test_untrimmed_bounds_are_trimmed() -> None:
    text = "  It fell. \n"
    assert sentences(text, 0, len(text)) == [(2, 10)]


def test_nothing_has_no_sentences() -> None:
    assert sentences("", 0, 0) == []
    assert sentences(" \n ", 0, 3) == []


@given(PROSE)
def test_sentences_are_tight_in_order_and_cover_all_but_white_space(text: str) -> None:
    at = 0
    for start, end in sentences(text, 0, len(text)):
        assert not text[at:start].strip(SPACE)
        assert at <= start < end
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("piece", [".", "。", ". ", "”", ".”", "A.", "?!", "» "])
def test_no_input_takes_quadratic_time(piece: str) -> None:
    text = "A" + piece * 50_000
    spans = sentences(text, 0, len(text))
    assert spans[0].start == 0
