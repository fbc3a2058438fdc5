from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedup.tables import CAPITAL, NUMBER, SPACELESS
from dedup.text import characters
from dedup.text.characters import MARK, WORD, encode, look_up
from tests import oracles

#: lone surrogates too: a text may hold what its source got wrong
TEXT = st.text(st.characters(exclude_categories=()), max_size=30)


@given(TEXT)
@example("")
@example("NUL at the end\0")
@example("\ud800 \U0010ffff")
def test_code_points_are_the_characters_of_the_text(text: str) -> None:
    assert encode(text).tolist() == list(map(ord, text))


@given(TEXT)
def test_the_table_says_what_the_plain_rules_say(text: str) -> None:
    classes, lowered = look_up(encode(text))
    for char, bits, low in zip(text, classes.tolist(), lowered.tolist(), strict=True):
        letter = oracles.is_letter(char)
        assert bool(bits & WORD) == letter
        assert bool(bits & SPACELESS) == oracles.is_spaceless(char)
        assert bool(bits & NUMBER) == (letter and char.isdigit())
        assert bool(bits & CAPITAL) == (letter and (char.isupper() or char.istitle()))
        assert bool(bits & MARK) == (letter and oracles.is_mark(char))
        assert chr(low) == oracles.lower(char)


@pytest.mark.parametrize("code", [*range(0x4E00, 0xA000, 199), *range(0xAC00, 0xD700, 199)])
def test_pages_made_at_once_are_those_made_one_by_one(code: int) -> None:
    classes, lowered = look_up(encode(chr(code)))
    assert classes[0] == characters._classify(chr(code))
    assert lowered[0] == ord(characters._lower(chr(code)))


def test_a_page_is_made_when_it_is_met() -> None:
    table = characters.Table()
    codes = encode("Ж")
    assert table.cells[codes].tolist() == [0]
    table.prepare(codes)
    assert table.cells[codes].tolist() == [ord("ж") << characters.CLASS_BITS | WORD | CAPITAL]
