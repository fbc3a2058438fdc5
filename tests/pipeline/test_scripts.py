"""Who wrote what, in scripts for which there are no word lists."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import dedup

CASES = tomllib.loads(
    Path(__file__).parents[1].joinpath("cases", "scripts.toml").read_text(encoding="utf-8")
)


def article(name: str, hour: int, language: str, text: str) -> dict[str, object]:
    return {
        "id": name,
        "publisher": name.title(),
        "published_at": f"2021-03-12T{hour:02d}:00:00Z",
        "language": language,
        "text": text,
    }


@pytest.mark.parametrize("language", sorted(CASES))
def test_credit_travels_with_the_text(language: str) -> None:
    """With the report as it came, in one piece, and in part."""
    case = CASES[language]
    told = case["told"]
    taken = {"whole": "\n\n".join(told), "flat": " ".join(told), "part": "\n\n".join(told[1:3])}
    credited = article("courier", 8, language, case["dateline"] + taken["whole"])
    others = [article(name, 12, language, text) for name, text in taken.items()]
    rows = dedup.scan([credited, *others]).articles.set_index("article_id")
    assert rows.loc["courier"].credited_agencies == case["agency"]
    for name in taken:
        assert rows.loc[name].uncredited_agencies == case["agency"]
        assert rows.loc[name].copied_share > 0.9
