from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from dedup.report import triage

if TYPE_CHECKING:
    from dedup.report import Document
    from dedup.report.columns import Columns

FIRST, SECOND = "000_71cf6c316d60b106.txt", "001_1b7dea28a2590197.txt"


def test_the_closest_article_is_known_from_both_sides(document: Document) -> None:
    near = triage.closest(document.tables["matches"])
    assert set(near) == {FIRST, SECOND}
    assert near[FIRST].other_id == SECOND
    assert near[FIRST][1:] == near[SECOND][1:]
    assert near[FIRST].longest == max(map(int, map(str, document.tables["matches"]["words"])))


def test_of_two_equals_the_smaller_id_is_closest() -> None:
    matches: Columns = {"article_id": ["m", "m"], "other_id": ["z", "a"], "words": [9, 9]}
    assert triage.closest(matches)["m"].other_id == "a"


def test_everything_is_kept_below_the_caps(document: Document) -> None:
    selection = triage.select(document)
    assert (len(selection.kept), selection.listed) == (5, 5)


def test_the_articles_with_most_reuse_are_kept(document: Document) -> None:
    assert triage.select(document, articles=2).kept == {FIRST, SECOND}
    assert FIRST in triage.select(document, articles=1).kept


def test_the_page_keeps_to_its_size(document: Document) -> None:
    assert triage.select(document, size=16_000).kept == {FIRST, SECOND}
    assert triage.select(document, size=0).kept == frozenset()
    bare = dataclasses.replace(document, text=False)
    assert len(triage.select(bare, size=12_000).kept) > len(
        triage.select(document, size=12_000).kept
    )
