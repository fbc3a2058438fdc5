"""News that is alike by nature: figures, verdicts, laws, warnings, what an office gave out."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

import dedup

PAIRS = tomllib.loads(Path(__file__).with_name("formulas.toml").read_text("utf-8"))["pair"]
GENRES = pytest.mark.parametrize("pair", PAIRS, ids=[pair["genre"] for pair in PAIRS])


def article(name: str, hour: int, language: str, text: str) -> dict[str, object]:
    return {
        "id": name,
        "publisher": name.rsplit(maxsplit=1)[-1].title(),
        "published_at": f"2025-02-12T{hour:02d}:00:00Z",
        "language": language,
        "text": text,
    }


def both(pair: dict[str, str], more: str = "") -> list[dict[str, object]]:
    language, genre = pair["language"], pair["genre"]
    return [
        article(f"{genre} courier", 9, language, pair["one"] + more),
        article(f"{genre} gazette", 13, language, pair["two"] + more),
    ]


@cache
def together() -> dedup.Result:
    return dedup.scan([one for pair in PAIRS for one in both(pair)])


def shared(result: dedup.Result, genre: str, *names: str) -> int:
    """How many words of matches lie between two articles on one event."""
    ids = {f"{genre} {name}" for name in names}
    rows = result.matches
    return int(rows[rows.article_id.isin(ids) & rows.other_id.isin(ids)].words.sum())


@GENRES
def test_two_reporters_state_the_same(pair: dict[str, str]) -> None:
    assert shared(together(), pair["genre"], "courier", "gazette") == 0


def test_what_was_left_out_is_counted() -> None:
    limits = together().run["limits"]
    assert isinstance(limits, dict)
    assert limits["passages: too little by itself"] >= len(PAIRS) / 2


@GENRES
def test_who_takes_the_article_is_found(pair: dict[str, str]) -> None:
    language, genre = pair["language"], pair["genre"]
    first, _, rest = pair["one"].partition("\n\n")
    taken = article(f"{genre} herald", 15, language, f"{rest}\n\n{first}")
    assert shared(dedup.scan([both(pair)[0], taken]), genre, "courier", "herald") >= 40


@pytest.mark.parametrize("credit", ["(Reuters)", "Source: Reuters", "With inputs from Reuters"])
def test_who_names_one_agency_has_its_text(credit: str) -> None:
    (pair,) = (pair for pair in PAIRS if pair["genre"] == "press release")
    result = dedup.scan(both(pair, f"\n\n{credit}"))
    assert shared(result, "press release", "courier", "gazette") >= 40
