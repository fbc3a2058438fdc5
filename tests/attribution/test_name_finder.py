"""The finder of names against a plain one that tries every name at every place."""

from __future__ import annotations

import re
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.attribution import names
from dedup.attribution.agency import Agency
from dedup.attribution.name_finder import NameFinder

NAMES = (
    *("Reuters", "Reuters News Agency", "AP", "AP通信", "PA Media", "A.P.", "AFP-Relaxnews", "AFP"),
    *("O Globo", "n-tv", "El País", "La Stampa", "The Times", "The Times of X", "People's Daily"),
    *("Associated Press", "Associated Press of Pakistan", "Télam", "ČTK", "新华社", "新华", "路透"),
    *("رويترز", "د ب أ", "ТАСС", "Q", "24"),
)
AGENCIES = {f"a{n}": Agency(id=f"a{n}", name=name) for n, name in enumerate(NAMES)}
FINDER = NameFinder(AGENCIES)
KEYS = [key for name in NAMES for key in {names.key(name), *names.in_capitals(names.key(name))}]
GAP = r"(?:[^\S\n]+|[^\S\n]*[\n‐‑-][^\S\n]*)"
PIECES = (
    *NAMES,
    *(" ", "\n", "\n\n", "-", "   ", " " * 12, ".", ",", "’", "'s", "(", ")", "_", "é", "x", "9"),
    *(
        "Reut",
        "ers",
        "The",
        "of",
        "Press",
        "新",
        "社",
        "و",
        "ж",
        "PA",
        "News",
        "\ud800",
        "\U0001f600",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces))
)


def ends(key: str, text: str, at: int) -> list[int]:
    """Give where a name that begins at a place ends, if it stands there as a word of its own."""
    letters = {" ": GAP, "'": "['’]"}
    found = re.compile("".join(letters.get(c, re.escape(c)) for c in key)).match(text, at)
    if not found:
        return []
    after = text[found.end() : found.end() + 1]
    inside = after.isalnum() and not names.is_spaceless(after)
    return [] if inside and not names.is_spaceless(key[-1]) else [found.end()]


def plain_spans(text: str) -> list[tuple[int, int]]:
    """Try every name at every place, and keep the longest of the first ones."""
    spans, at = [], 0
    accented = any("\xc0" <= letter <= "\xff" for letter in text)
    while at < len(text):
        found = (
            [end for key in KEYS for end in ends(key, text, at)] if names.begins(text, at) else []
        )
        small = text[at] <= "\xff" and text[at].islower()
        if found and (accented or not small or "n tv" in text):
            spans.append((at, max(found)))
            at = max(found)
        else:
            at += 1
    return spans


@settings(max_examples=400)
@given(TEXTS)
def test_every_name_is_found_where_it_stands_and_nowhere_else(text: str) -> None:
    assert [(m.start, m.end) for m in FINDER.find(text)] == plain_spans(text)


@pytest.mark.parametrize(
    "gap", [" ", "  ", "\n", "\n        ", " - ", "-", "\xa0", "\t\t\t\t\t\t\t\t\t"]
)
@pytest.mark.parametrize("name", ["O Globo", "La Stampa", "The Times", "Associated Press"])
def test_a_gap_may_be_wide(name: str, gap: str) -> None:
    written = name.replace(" ", gap)
    assert [(m.start, m.end) for m in FINDER.find(f"so {written} so")] == [(3, 3 + len(written))]


def test_a_name_that_begins_with_a_mark_is_found_by_nobody() -> None:
    finder = NameFinder({"a": Agency(id="a", name="(AFP)"), "b": Agency(id="b", name="@XYZ")})
    assert finder.find("(AFP) @XYZ AFPP) é") == []


def test_no_names_are_found_nowhere() -> None:
    assert NameFinder({}).find("Reuters, ТАСС, 新华社") == []


def test_only_names_that_may_stand_in_a_text_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = Mock(wraps=names.longest)
    monkeypatch.setattr(names, "longest", compared)
    assert len(FINDER.find("A press officer told Reuters of the associated costs. " * 50)) == 50
    assert compared.call_count == 50
