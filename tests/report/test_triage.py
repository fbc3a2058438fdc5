from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from dedup.report import triage
from tests.report.conftest import FIRST, SECOND

if TYPE_CHECKING:
    from dedup.report import Document
    from dedup.report.columns import Columns


def test_the_closest_article_is_known_from_both_sides(document: Document) -> None:
    near = triage.closest(document.tables["matches"])
    assert set(near) == {FIRST, SECOND}
    assert near[FIRST].other_id == SECOND
    assert near[FIRST][1:] == near[SECOND][1:]
    assert near[FIRST].longest == max(map(int, map(str, document.tables["matches"]["words"])))


def test_of_two_equals_the_smaller_id_is_closest() -> None:
    matches: Columns = {"article_id": ["m", "m"], "other_id": ["z", "a"], "words": [9, 9]}
    assert triage.closest(matches)["m"].other_id == "a"


def test_an_article_weighs_what_is_opened_of_it(document: Document) -> None:
    weight = triage.weights(document)
    bare = triage.weights(dataclasses.replace(document, text=False))
    texts = document.tables["articles"]["text"]
    assert weight[FIRST] - bare[FIRST] == len(str(texts[0]).encode())
    assert weight[FIRST] > weight["004_4cc2ecb11d2e0912.txt"] > 0
