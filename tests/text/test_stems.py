"""Stems: inflections meet, and a stem does not hang on which spelling was met first."""

from __future__ import annotations

import numpy as np
import pytest

from dedup.text import stems, tokenize
from dedup.text.stems import _vocabulary


def _stems(text: str, language: str) -> list[int]:
    words = tokenize([text])
    return [int(s) for s in stems(text, words.start, words.end, words.word, language)]


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "resigned", "resigns"),
        ("fr", "annoncé", "annoncer"),
        ("de", "Häuser", "Hauses"),
        ("es", "ministras", "ministra"),
        ("pt", "ministros", "ministro"),
        ("it", "governi", "governo"),
    ],
)
def test_inflections_have_one_stem(language: str, one: str, two: str) -> None:
    assert _stems(one, language) == _stems(two, language)
    assert _stems(one, "") != _stems(two, "")


@pytest.mark.parametrize(
    "spellings", [("d'une", "d&#39;une"), ("d’une", "d'une"), ("copy", "co\u00adpy"), ("É", "é")]
)
def test_the_first_spelling_makes_no_difference(spellings: tuple[str, str]) -> None:
    found = []
    for first in (spellings, spellings[::-1]):
        _vocabulary.cache_clear()
        found.append({stem for text in first for stem in _stems(text, "fr")})
    assert len(found[0]) == 1
    assert found[0] == found[1]


def test_the_figures_of_a_word_are_its_stem() -> None:
    assert _stems("8m", "en") == _stems("8", "en") == _stems("8th", "en")
    assert _stems("8m", "en") != _stems("9m", "en")


def test_words_that_share_a_place_keep_their_own_stems() -> None:
    letters = "bcdfghjklmnpqrstvwxz"
    words = [f"{a}{b}{c}ing" for a in letters for b in "aeiou" for c in letters]
    alone = []
    for word in words:
        _vocabulary.cache_clear()
        alone += _stems(word, "en")
    _vocabulary.cache_clear()
    assert _stems(" ".join(words), "en") == alone
    assert _stems(" ".join(reversed(words)), "en") == alone[::-1]
    known = _vocabulary("en")
    assert len(known.known) == len(words) > np.count_nonzero(known.word)


@pytest.mark.parametrize(
    ("spelling", "plain"),
    [
        ("IT’S", "it's"),
        ("It&#8217;s", "it's"),
        ("ﬁnd", "find"),
        ("ＮＡＴＯ", "nato"),
        ("r&eacute;", "ré"),
    ],
)
def test_a_spelling_has_the_stem_of_the_word(spelling: str, plain: str) -> None:
    wanted = _stems(plain, "en")
    _vocabulary.cache_clear()
    assert _stems(spelling, "en") == wanted


def test_no_words_have_no_stems() -> None:
    assert _stems("", "en") == []


def test_marks_that_stand_on_a_space_are_a_word_with_a_stem() -> None:
    assert len(set(_stems("a \u059a\u05b3 word \U0001d165\U0001d188", ""))) == 4
