"""`df.dedup`: a row for a row, under the frame's own index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

import dedup
from dedup.integrations.frames import COLUMNS, DedupAccessor

if TYPE_CHECKING:
    from dedup import Article, Index


@pytest.fixture
def frame(story: list[Article]) -> pd.DataFrame:
    """The story under an index of its own, in no order, with columns that mean nothing here."""
    names = ["id", "text", "title", "publisher", "published_at", "is_wire", "agency"]
    rows = [{name: getattr(article, name) for name in names} for article in story]
    given = pd.DataFrame(rows, index=[f"row {n}" for n in range(len(rows), 0, -1)])
    given["clicks"] = range(len(rows))
    return given.sample(frac=1, random_state=3)


def of(frame: pd.DataFrame) -> DedupAccessor:
    """`frame.dedup`, whose type the types of pandas do not know."""
    accessor = frame.dedup
    assert isinstance(accessor, DedupAccessor)
    return accessor


def test_each_row_has_its_verdict(frame: pd.DataFrame) -> None:
    said = of(frame).verdicts()
    result = dedup.scan(frame)
    assert said.index.equals(frame.index)
    assert list(said) == list(COLUMNS)
    assert not set(frame) & set(said)  # it can be joined
    rows = result.articles.set_index("article_id").loc[frame["id"].tolist()]
    assert said["article_id"].tolist() == frame["id"].tolist()
    for column in ("verdict", "copied_share", "derived_from", "words"):
        assert said[column].tolist() == rows[column].tolist()
    pd.testing.assert_frame_equal(said, of(frame).verdicts(of(frame).scan()))


def test_a_row_that_is_no_article_is_empty(frame: pd.DataFrame) -> None:
    frame["text"] = ["  " if n == 3 else text for n, text in enumerate(frame["text"])]
    again = frame.iloc[[0]].assign(text="It rained on Monday, and again on Tuesday.")
    given = pd.concat([frame, again])  # one label twice, one id twice
    said = of(given).verdicts()
    assert said.index.equals(given.index)
    empty = said["verdict"].isna().tolist()
    assert [n for n, is_empty in enumerate(empty) if is_empty] in ([3, 0], [3, len(frame)])
    assert said["words"].dtype == "Int64"


def test_rows_are_asked_and_added(frame: pd.DataFrame, index: Index) -> None:
    checked = of(frame).check(index)
    assert "s01-outlet1" not in index.ids()
    new = frame["id"] == "s01-outlet1"
    assert checked[new]["verdict"].tolist() == ["wire_copy"]
    added = of(frame).add(index)
    assert added.index.equals(frame.index)
    assert sorted(index.ids()) == sorted(frame["id"])
    pd.testing.assert_frame_equal(added, of(frame).verdicts(index.tables()))
    pd.testing.assert_frame_equal(added[new], checked[new])


def test_of_rows_with_one_id_the_last_is_added(frame: pd.DataFrame, index: Index) -> None:
    twice = pd.concat([frame, frame.iloc[[2]].assign(title="A second take")])
    said = of(twice).add(index)
    assert said["verdict"].isna().tolist() == [n == 2 for n in range(len(twice))]


def test_a_frame_without_texts_has_none_of_it() -> None:
    assert not hasattr(pd.DataFrame({"body": ["a"]}), "dedup")
    empty = of(pd.DataFrame({"text": []})).verdicts()
    assert (list(empty), len(empty)) == (list(COLUMNS), 0)
