"""German nouns have capitals, and are no names."""

from __future__ import annotations

import pytest

from dedup.tables import CAPITAL
from dedup.text import tokenize, without_nouns

TEXT = (
    "Am Abend sprach Bürgermeister Karl Roth im Rathaus über den Damm, während Helfer aus Morwang "
    "das Geröll vor der Turnhalle und der Kreisverwaltung forträumten."
)


def capitals(language: str) -> set[str]:
    tokens = without_nouns(tokenize([TEXT]), [language])
    rows = zip(tokens.start.tolist(), tokens.end.tolist(), tokens.flags.tolist(), strict=True)
    return {TEXT[start:end] for start, end, flags in rows if flags & CAPITAL}


@pytest.mark.parametrize("language", ["de", "de-AT", "DE"])
def test_names_stand_beside_each_other_or_without_an_article(language: str) -> None:
    found = capitals(language)
    assert {"Bürgermeister", "Karl", "Roth", "Morwang"} <= found
    assert not found & {"Abend", "Rathaus", "Damm", "Geröll", "Turnhalle", "Kreisverwaltung"}


def test_other_languages_keep_their_capitals() -> None:
    assert {"Rathaus", "Damm", "Geröll"} <= capitals("en")


def test_each_article_by_its_own_language() -> None:
    tokens = tokenize([TEXT, TEXT])
    marked = without_nouns(tokens, ["en", "de"])
    half = len(tokens.flags) // 2
    assert marked.flags[:half].tolist() == tokens.flags[:half].tolist()
    assert marked.flags[half:].tolist() != tokens.flags[half:].tolist()
    assert without_nouns(tokens, ["en", "fr"]) is tokens
