"""The sieve against a plain search: it may give too much, and never too little."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedup.attribution import sieve
from dedup.attribution.catalogue import load
from tests.attribution.conftest import STORY

TEXTS = st.text(st.sampled_from("abAB é’\n 新\U0001f600\ud800_0"), max_size=60)
HEADS = st.frozensets(
    st.sampled_from([sieve.SHORT, sieve.LONG]).flatmap(
        lambda size: st.text(st.sampled_from("abAB 0"), min_size=size, max_size=size)
    ),
    max_size=12,
).map(lambda heads: frozenset(map(sieve.letters_of, heads)))


def places(heads: frozenset[bytes], text: str) -> list[tuple[int, bytes]]:
    """Look for each head at each place of a text with blanks around it."""
    letters = b" " + sieve.letters_of(text) + b" " * 7
    return [
        (at if letters[at : at + 1] == b" " else at - 1, letters[at : at + sieve.LONG])
        for at in range(len(text) + 1)
        if letters.startswith(tuple(heads), at)
    ]


@given(TEXTS)
def test_each_code_point_is_one_letter(text: str) -> None:
    letters = sieve.letters_of(text).decode("latin-1")
    assert len(letters) == len(text)
    for one, letter in zip(text, letters, strict=True):
        assert letter == (one if one <= "\xff" and one.isalnum() else " ")


@settings(max_examples=300)
@given(HEADS, HEADS, TEXTS)
@example(frozenset({b"abab"}), frozenset(), "")
@example(frozenset({b" ab "}), frozenset({b"ab      "}), "ab")
def test_no_place_is_missed(some: frozenset[bytes], others: frozenset[bytes], text: str) -> None:
    sifted = sieve.Sieve(some, others).sift(text)
    for heads, found in zip((some, others), sifted, strict=True):
        assert set(places(heads, text)) <= set(found)
        assert [at for at, _ in found] == sorted(at for at, _ in found)


def test_what_is_sought_together_is_found_apart() -> None:
    of_names, of_phrases = sieve.Sieve({b"Reuters "}, {b"told"}).sift("He told Reuters.")
    assert of_names == [(8, b"Reuters ")]
    assert of_phrases == [(3, b"told Reu")]


def test_little_else_is_given() -> None:
    (found,) = sieve.Sieve(load().heads).sift(STORY)
    assert len(STORY) > 1000
    assert len(found) < 10
