from __future__ import annotations

import click
from hypothesis import given
from hypothesis import strategies as st

from dedup.cli.columns import BETWEEN, NARROWEST, aligned, side_by_side
from dedup.cli.terminal import cells, clean


def lines(left: str, right: str, width: int) -> list[str]:
    return [click.unstyle(line) for line in side_by_side(left, right, width)]


def test_differing_words_stand_in_brackets() -> None:
    assert lines("The old bridge fell.", "The bridge has fallen.", 100) == [
        "The [old] bridge [fell].".ljust(48) + " │ The bridge [has fallen].",
    ]


def test_case_is_no_difference() -> None:
    assert not any(p and p.differs for step in aligned("THE Bridge", "the bridge") for p in step)


def test_words_that_agree_stand_on_one_line() -> None:
    width = 2 * NARROWEST + len(BETWEEN)
    assert lines("One two three four five.", "One two new words three four five.", width) == [
        "One two              │ One two [new words]",
        "three four five.     │ three four five.",
    ]


def test_scripts_without_spaces_are_compared_by_character() -> None:
    left = [piece for piece, _ in aligned("新华社记者", "新华社") if piece]
    assert [piece.word for piece in left if piece.differs] == ["记", "者"]
    assert max(map(cells, lines("新华社记者" * 20, "新华社" * 20, 60))) <= 60


def test_the_opening_of_a_text_is_kept() -> None:
    assert lines("“Quoted,” he said", "…", 100) == ["“[Quoted,” he said]".ljust(48) + " │ …"]


def test_empty_texts_make_one_empty_line() -> None:
    assert lines("", "", 60) == [" " * 28 + BETWEEN.rstrip()]


@given(st.text(max_size=80), st.text(max_size=80))
def test_nothing_is_lost(left: str, right: str) -> None:
    steps = list(aligned(left, right))
    for side, text in enumerate((left, right)):
        pieces = [step[side] for step in steps]
        assert "".join(p.word + p.after for p in pieces if p) == clean(" ".join(text.split()))


@given(st.text(alphabet="ab新 \n", max_size=200), st.integers(50, 120))
def test_short_words_never_overflow(text: str, width: int) -> None:
    words = " ".join(word[:8] for word in text.split())
    assert all(cells(line) <= width for line in lines(words, words[5:], width))
