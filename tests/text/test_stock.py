from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text import stock_clauses

LISTS = tomllib.loads(
    Path(__file__).parents[2].joinpath("dedup", "text", "stock.toml").read_text("utf-8")
)
KEYS = [key for table in LISTS.values() for key in table["keys"]]

SAID = [
    "She |spoke on condition of anonymity|.",
    "He |spoke to this paper on the condition that he not be named|.",
    "They would talk only |because they were not authorised to speak publicly|.",
    "The ministry |did not respond to a request for comment|.",
    "The firm |hasn’t responded to The Harbour Post’s request for comment|.",
    "The firm |didn’t immediately return calls for comment|; its rival |declined to comment|.",
    "The bureau |did not respond to The Harbour Post’s request for comment| in time.",
    "The |poll was conducted by telephone May 2-4 among a random national sample of 1,001 adults|.",
    "They were called, |including landline and cell-phone-only respondents|.",
    "The talk is on Sunday; |check local listings for air times|.",
    "The poll |has a margin of error of plus or minus 3 points.|",
    "Marlowe |pleaded not guilty to| fraud.",
    "|No group has claimed responsibility for| the blast.",
    "The plan is on hold, |according to people familiar with the matter|.",
    "This interview was |edited for length and clarity|.",
    "Ada Byron |contributed to this\nreport|.",
    "She |IS AN EDITOR AT LARGE FOR THE HARBOUR POST|.",
    "Elle parlait |sous couvert de l'anonymat|.",
    "Il |a plaidé non coupable|.",
    "Er |wollte sich zunächst nicht dazu äußern|.",
    "WAR |WAREN ZUNÄCHST NICHT ZU ERREICHEN|",
    "Habló |bajo condición de anonimato|.",
    "Falou |sob condição de não ser identificado|.",
    "Il ministero |non ha subito risposto alle richieste di commento|.",
]
SILENT = [
    "The editor left.",
    "guilty",
    "A margin of trees.",
    "She took a sample of the water.",
    "The random sample of stones was washed up on Sunday.",
    "They did not respond to the mayor.",
    "His landline is dead.",
    "authorized to",
    "He declined.",
    "not",
    "",
]


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in stock_clauses(text)]


def plainly(text: str) -> list[tuple[int, int]]:
    """Find the clauses the slow way: all of a language's at every key, key by key."""
    near = []
    for table in LISTS.values():
        clauses = "|".join(table["clauses"]).replace(" ?", r"\s*").replace(" ", r"\s+")
        pattern = re.compile(rf"(?<!\w)(?:{clauses})", re.IGNORECASE)
        for key in table["keys"]:
            places = re.finditer(rf"(?={re.escape(key)})", text, re.IGNORECASE)
            near += [(place.start(), pattern) for place in places]
    out: list[tuple[int, int]] = []
    for at, pattern in sorted(near, key=lambda item: item[0]):
        done = out[-1][1] if out else 0
        begin = max(at - 120, done)
        spans = [match.span() for match in pattern.finditer(text, begin, at + 120)]
        here = [span for span in spans if span[0] <= at < span[1]]
        out += here[: at >= done]
    return out


@pytest.mark.parametrize("case", SAID)
def test_stock_clauses_are_found_where_they_stand(case: str) -> None:
    assert found(case.replace("|", "")) == case.split("|")[1::2]


@pytest.mark.parametrize("text", SILENT)
def test_a_key_alone_is_no_clause(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("before", ["İ" * 40, "ß" * 40, "\U0001f600" * 40, "\ud800"])
def test_what_stands_before_does_not_move_a_clause(before: str) -> None:
    assert found(f"{before} He declined to comment.") == ["declined to comment"]


def test_every_key_is_found_by_four_of_its_letters() -> None:
    assert all(len(key) >= 4 and key == key.lower() for key in KEYS)


@given(
    st.lists(
        st.one_of(
            st.sampled_from([case.replace("|", "") for case in SAID]),
            st.sampled_from(KEYS),
            st.sampled_from(SILENT),
            st.text(max_size=8),
        ),
        max_size=6,
    ).map(" ".join)
)
def test_the_fours_find_what_a_search_for_every_key_finds(text: str) -> None:
    assert stock_clauses(text) == plainly(text)
