"""Fixed phrases: each is spotted in a text of its language, and none is looked for in vain."""

from __future__ import annotations

import re
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.attribution import lexicon, spotting
from dedup.attribution.sieve import Sieve
from tests.attribution.conftest import STORY

LISTS = [
    (section, name)
    for section, names in (*spotting._ANYWHERE, *spotting._AT_THE_EDGES)
    for name in names
]
PHRASES = [
    (language, name, phrase)
    for language in spotting.LANGUAGES
    for section, name in LISTS
    for phrase, _ in spotting._phrases(language, [(section, [name])])
]
NARRATOR = re.compile(
    r"\bI(?=['’](?:m|ve|d|ll)\b|\s[a-z])|\b(?:me|my|myself|je|ich|mir|mich|yo|mi|io)\b(?!-)"
    r"|\b[jJ]['’](?=[aeiouyhéèêàâ])"
)


def spot(text: str, language: str = "en") -> spotting.Spots:
    """Spot what stands in a text that is all edge."""
    spotter = spotting.spotter(text, language)
    ((_, sifted),) = Sieve(frozenset(), spotter.heads).sift([text])
    return spotter.spots(text, sifted, [(0, len(text))])


@pytest.mark.parametrize(("language", "name", "phrase"), PHRASES)
def test_every_phrase_is_spotted_in_its_list(language: str, name: str, phrase: str) -> None:
    for written in (phrase, phrase.replace("'", "’")):
        text = f"— {written} — "
        spots = spot(text, language).phrases[name]
        assert any(one.start <= 2 and one.end >= 2 + len(phrase.rstrip()) for one in spots)
        assert all(one.name == name for one in spots)


@pytest.mark.parametrize("before", ["", "so ", "“", "\n\n"])
@pytest.mark.parametrize("phrase", lexicon.entries("signs", "dangling"))
def test_a_beginning_that_points_back_is_spotted(phrase: str, before: str) -> None:
    written = phrase[0].upper() + phrase[1:]
    found = spot(f"{before}{written} so", "el").phrases["dangling"]
    assert [(one.start, one.end) for one in found] == [
        (len(before), len(before) + len(phrase.rstrip()))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "reporters told them",
        "theagency",
        "the agencyx",
        "foretold us",
        "THE AGENCY",
        "unlocal media",
        "media storms",
        "after this, so",
    ],
)
def test_what_is_no_phrase_is_not_spotted(text: str) -> None:
    assert not spot(text).phrases.keys() - {"heads"}
    assert not spot(text, "fr").phrases


def test_phrases_of_credit_lines_count_at_the_edges_alone() -> None:
    text = f"Doe contributed to this report.\n{STORY}\nDoe contributed to this report."
    spotter = spotting.spotter(text, "")
    ((_, sifted),) = Sieve(frozenset(), spotter.heads).sift([text])
    at_the_end = spotter.spots(text, sifted, [(len(text) - 31, len(text))])
    assert [one.start for one in at_the_end.credits] == [len(text) - 27]
    assert spotter.spots(text, sifted, []).credits == []


@given(
    st.lists(
        st.sampled_from(
            (
                *("I", "I’m", "me", "My", "my", "myself", "je", "j’ai", "J'y", "mi-", "io", "mich"),
                *("Ich", "ich", "_", " ", "\n", "ж", "said", ".", "“", "x", "é"),
            )
        ),
        max_size=20,
    ).flatmap(lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces)))
)
def test_every_first_person_is_among_those_that_may_be(text: str) -> None:
    assert {found.start() for found in NARRATOR.finditer(text)} <= set(spot(text).narrators)


@given(st.lists(st.sampled_from(["photo", "Foto:", "Getty", "phot", "oto", " ", "x"])).map("".join))
def test_every_word_for_photos_is_among_those_that_may_be(text: str) -> None:
    found = re.finditer("(?=hoto|oto:|Getty)", text)
    assert {one.start() for one in found} <= set(spot(text).photos)


def test_a_text_without_anchors_tries_no_phrase(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = Mock(wraps=spotting._stands)
    monkeypatch.setattr(spotting, "_stands", tried)
    assert not spot(STORY * 10).phrases
    assert not tried.called
    assert spot("The agency said so.").phrases
    assert tried.called
