from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text.first_look import closings, look, look_at, may_begin, with_signs
from dedup.text.furniture import fold, furniture, phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

PHRASES = phrases()
EVERY = [*PHRASES.openings, *PHRASES.calls, *PHRASES.closers]

#: Texts rich in what furniture consists of, and in what may stand round it.
PIECES = st.one_of(
    st.sampled_from(EVERY),
    st.sampled_from(EVERY).map(lambda phrase: phrase.upper().replace("'", "’")),
    st.sampled_from(
        ["our newsletter", "here", "us on facebook", "https", "Ada Byron", "the bridge"]
    ),
    st.sampled_from(
        [". ", "… ", "» ", ": ", " | ", ".” ", ") “", "\u00a0", "> ", "\n ", ", ", " "]
    ),
    st.characters(),
)
PARAGRAPHS = st.lists(PIECES, min_size=1, max_size=8).map("".join).filter(str.strip).map(str.strip)


def bears_a_sign(paragraph: str) -> bool:
    return signs([paragraph], [(0, len(paragraph))]) == {0}


def signs(parts: Sequence[str], places: Sequence[tuple[int, int]]) -> set[int]:
    """Return which of some paragraphs, laid out with blank lines between, bear a sign."""
    seen = look_at(["\n\n".join(parts)])[0]
    begun = may_begin([seen.page], np.array([start + 1 for start, _ in places], np.int64))
    return with_signs(seen, places, np.flatnonzero(begun).tolist())


@pytest.mark.parametrize("lead", ["", "» ", "  ", "__", "(", "\u200b– "])
def test_what_begins_as_furniture_does_bears_a_sign(lead: str) -> None:
    phrases = [*PHRASES.openings, *PHRASES.calls]
    assert [p for p in phrases if not bears_a_sign(f"{lead}{p}: the bridge")] == []
    titled = [phrase.title().replace("'", "’") for phrase in phrases]
    assert [p for p in titled if not bears_a_sign(f"{lead}{p}")] == []


def test_a_sentence_that_calls_on_the_reader_is_a_sign() -> None:
    for phrase in PHRASES.calls:
        assert bears_a_sign(f"The bridge fell. {phrase.capitalize()} here.")
        assert bears_a_sign(f"The bridge fell… “{phrase} here.")
        assert not bears_a_sign(f"The bridge {phrase} fell.")


def test_what_ends_as_a_caption_does_bears_a_sign() -> None:
    for phrase in PHRASES.closers:
        assert any(closing in look(phrase) for closing in closings())
        assert bears_a_sign(f"The bridge {phrase}")
        assert not bears_a_sign(f"The bridge {phrase} {'after the flood ' * 8}")


def test_most_paragraphs_bear_none() -> None:
    assert not bears_a_sign(
        "The bridge, for which the town had paid, fell into the river. He left."
    )
    assert not bears_a_sign("Forty more readers get likes; subscribers read on.")


def test_only_the_paragraph_that_bears_a_sign_is_named() -> None:
    parts = ["The bridge fell.", "Read more: floods", "He left.", "It fell. Sign up here.", "Ada."]
    places, at = [], 0
    for part in parts:
        places.append((at, at + len(part)))
        at += len(part) + 2
    assert signs(parts, places) == {1, 3}
    assert signs([""], []) == set()


@given(PARAGRAPHS)
def test_no_furniture_is_overlooked(paragraph: str) -> None:
    assert furniture(paragraph) is None or bears_a_sign(paragraph)


@given(st.text(st.characters()))
def test_a_text_looks_as_long_as_it_is(text: str) -> None:
    assert len(look(text)) == len(text)


@given(st.text(st.characters(max_codepoint=255)), st.text(st.characters(max_codepoint=255)))
def test_texts_that_fold_alike_look_alike(one: str, two: str) -> None:
    assert look(one) == look(fold(one)) == look(one.replace("'", "’"))
    assert (fold(one) != fold(two)) or look(one) == look(two)
