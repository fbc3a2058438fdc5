"""The sieve against a plain search: it may give too much, and never too little."""

from __future__ import annotations

from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedup.attribution import sieve
from dedup.attribution.catalogue import load
from dedup.compiling import NUMBA, NUMPY, VARIABLE
from tests.attribution.conftest import STORY

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOPS = "loops"  #: the kernel as it is written
BACK_ENDS = (NUMPY, NUMBA, LOOPS)
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


@contextmanager
def on(name: str) -> Iterator[None]:
    """Let a back end do the work."""
    if name != NUMPY:
        pytest.importorskip("numba", reason="the extra fast has it")
    with pytest.MonkeyPatch.context() as patch, np.errstate(over="ignore"):  # hashes wrap
        patch.setenv(VARIABLE, NUMPY if name == NUMPY else NUMBA)
        if name == LOOPS:
            from dedup.attribution import kernels

            patch.setattr(kernels, "sift", kernels.sift.py_func)
        yield


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """Compile the kernel here, and not in a test, which has but a moment."""
    with on(NUMBA if find_spec("numba") else NUMPY):
        sieve.Sieve(frozenset(), frozenset()).sift([""])


def begins_word(text: str, at: int) -> bool:
    """Whether no letter or digit of Latin-1 stands before a place."""
    return at == 0 or sieve.letters_of(text[at - 1]) == b" "


@given(TEXTS)
def test_each_code_point_is_one_letter(text: str) -> None:
    letters = sieve.letters_of(text).decode("latin-1")
    assert len(letters) == len(text)
    for one, letter in zip(text, letters, strict=True):
        assert letter == (one if one <= "\xff" and one.isalnum() else " ")


@pytest.mark.parametrize("back_end", BACK_ENDS)
@settings(max_examples=300)
@given(words=HEADS, pieces=HEADS, texts=st.lists(TEXTS, min_size=1, max_size=4))
@example(words=frozenset({b"abab"}), pieces=frozenset(), texts=[""])
@example(words=frozenset(), pieces=frozenset({b" ab ", b"ab      "}), texts=["ab", "ab"])
def test_no_place_is_missed(
    back_end: str, words: frozenset[bytes], pieces: frozenset[bytes], texts: list[str]
) -> None:
    with on(back_end):
        sifted = list(sieve.Sieve(words, pieces).sift(texts))
    assert len(sifted) == len(texts)
    for text, (of_words, of_pieces) in zip(texts, sifted, strict=True):
        begun = {(at, head) for at, head in places(words, text) if begins_word(text, at)}
        assert begun <= set(of_words)
        assert set(places(pieces, text)) <= set(of_pieces)
        for found in (of_words, of_pieces):
            assert [at for at, _ in found] == sorted(at for at, _ in found)


@pytest.mark.parametrize("back_end", BACK_ENDS)
def test_a_long_text_is_sifted_to_its_end(back_end: str) -> None:
    with on(back_end):
        ((_, found),) = sieve.Sieve(frozenset(), {b"told"}).sift(["so told " * 5000])
    assert [at for at, _ in found] == list(range(3, 40_000, 8))


@given(HEADS, HEADS, TEXTS)
def test_the_back_ends_are_equal(
    words: frozenset[bytes], pieces: frozenset[bytes], text: str
) -> None:
    chosen = sieve.Sieve(words, pieces)
    around = b" " * sieve.LONG
    letters = around + sieve.letters_of(text) + around
    every = []
    for name in BACK_ENDS:
        with on(name):
            every.append(chosen._places(letters))
    for found in every[1:]:
        np.testing.assert_array_equal(found, every[0])


def test_what_is_sought_together_is_found_apart() -> None:
    ((of_names, of_phrases),) = sieve.Sieve({b"Reuters "}, {b"told"}).sift(["He told Reuters."])
    assert of_names == [(8, b"Reuters ")]
    assert of_phrases == [(3, b"told Reu")]


def test_texts_sifted_together_are_found_apart() -> None:
    sought = sieve.Sieve({b"Reuters "}, {b"told", b"Reuters "})
    texts = ["He told Reuters", "", "old Reuters", "PreReuters "]
    assert list(sought.sift(texts)) == [pair for text in texts for pair in sought.sift([text])]


def test_a_word_begins_after_no_letter() -> None:
    ((words, pieces),) = sieve.Sieve({b"euters  "}, {b"euters  "}).sift(["Reuters, euters"])
    assert [at for at, _ in words] == [9]
    assert [at for at, _ in pieces] == [1, 9]


def test_little_else_is_given() -> None:
    ((found, _),) = sieve.Sieve(load().heads, frozenset()).sift([STORY])
    assert len(STORY) > 1000
    assert len(found) < 10
