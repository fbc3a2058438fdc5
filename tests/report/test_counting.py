"""The words of an article are counted alike, however its text is spelled and cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedup.report.counting import beginnings, counts, words_in

if TYPE_CHECKING:
    from dedup.report.columns import Tables

QUOTE = "“the price of bread will rise”"
TEXT = f"The minister's aide said {QUOTE} in May. Read more"


@given(st.text(st.sampled_from("aZé_9'’ .-\ńไ漢क्𝒳\ud800"), max_size=30) | st.text(max_size=30))
@example("a'b''c’d'’e")
@example("'a' b_'c")
def test_words_begin_where_the_pattern_finds_them(text: str) -> None:
    assert beginnings(text).tolist() == [word.start() for word in words_in(text)]


def tables(*passages: tuple[int, int, int]) -> Tables:
    """One article of two paragraphs, the second a promo, with passages that it took."""
    cut = TEXT.index("Read")
    return {
        "articles": {"article_id": ["a"], "text": [TEXT], "uncredited_agencies": [()]},
        "paragraphs": {
            "article_id": ["a", "a"],
            "start": [0, cut],
            "end": [cut - 1, len(TEXT)],
            "role": ["body", "promo"],
            "agencies": [(), ()],
            "credit": ["", ""],
        },
        "matches": {
            "article_id": ["a" for _ in passages],
            "start": [start for start, _, _ in passages],
            "end": [end for _, end, _ in passages],
            "other_id": ["b" for _ in passages],
            "other_start": [0 for _ in passages],
            "other_end": [1 for _ in passages],
            "words": [words for _, _, words in passages],
            "direction": ["from" for _ in passages],
        },
    }


@pytest.mark.parametrize(
    ("passages", "expected"),
    [
        ([], [14, [6, 2]]),
        ([(0, 24, 4)], [14, [6, 2, 0, 0, 4], [6, 2]]),
        ([(0, len(TEXT), 14)], [14, [0, 2, 0, 0, 6, 0, 0, 6], 0, [6, 2]]),
    ],
)
def test_words_are_counted_by_what_they_are(
    passages: list[tuple[int, int, int]], expected: list[object]
) -> None:
    """Six words are quoted, two are a promo; a short passage counts only where all do."""
    assert counts(tables(*passages)) == [expected]
