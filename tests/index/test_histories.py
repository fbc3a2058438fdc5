"""Whatever came in whatever order: the tables are those of one scan of what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import dedup
from dedup import Article, Config, Index
from tests.index.histories import csv_of, differences

if TYPE_CHECKING:
    from pathlib import Path

HISTORIES = 8


@pytest.mark.parametrize("few", [None, 0], ids=["all are walked", "whom they meet are walked"])
@pytest.mark.parametrize("seed", range(HISTORIES))
def test_a_history_ends_as_one_scan_of_what_is_there(
    seed: int, few: int | None, articles: list[Article], tmp_path: Path
) -> None:
    assert not differences(seed, articles, tmp_path, few)


def learned(index: Index) -> set[str]:
    """The articles of which a paragraph is boilerplate."""
    rows = index.tables().paragraphs
    return set(rows["article_id"][rows["role"] == "boilerplate"])


def test_boilerplate_is_learned_over_all_and_forgotten_with_what_showed_it(
    articles: list[Article], tmp_path: Path
) -> None:
    note = "The quarry lies behind a fence that nobody minds, and boys swim there until September."
    own = [a for a in articles if a.publisher][::9][:4]
    told = [
        Article(id=f"n{n}", text=f"{a.text}\n\n{note}", publisher="The Daily Post")
        for n, a in enumerate(own)
    ]
    with Index.open(tmp_path / "news.dedup") as index:
        for article in told:
            index.add([article])
        assert learned(index) == {article.id for article in told}
        index.remove([article.id for article in told[1:]])
        assert not learned(index)
        found = csv_of(index.tables(), tmp_path / "found")
    assert found == csv_of(dedup.scan(told[:1]), tmp_path / "expected")


def test_the_settings_of_an_index_hold_for_all_its_life(
    story: list[Article], tmp_path: Path
) -> None:
    ignored, labels = tmp_path / "ignored.txt", tmp_path / "labels.csv"
    ignored.write_text(story[0].text)
    labels.write_text(f"article_id,verdict,mark\n{story[1].id},original,right\n")
    config = Config(ignore=str(ignored), labels=str(labels), window="7d")
    expected = csv_of(dedup.scan(story, config=config), tmp_path / "expected")
    with Index.open(tmp_path / "news.dedup", config=config) as index:
        index.add(story[:3])
    ignored.unlink()
    labels.unlink()
    with Index.open(tmp_path / "news.dedup") as index:
        index.add(story[3:])
        assert csv_of(index.tables(), tmp_path / "found") == expected
