"""An article that is there can be asked about: in its own place, not beside itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup import Article, Index
from tests.strategies import SENTENCES

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

BODY = "\n\n".join(" ".join(SENTENCES[i : i + 3]) for i in (0, 3, 6))


def test_an_article_that_is_there_does_not_meet_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dedup.index.shelf.Shelf.few", 0)
    articles = [
        Article(
            id=name, text=BODY, publisher=f"Outlet {name}", published_at=f"2021-08-{day}T10:00Z"
        )
        for name, day in (("first", 14), ("second", 15))
    ]
    with Index.open(tmp_path / "n.dedup") as index:
        index.add(articles)
        for writer in (index, Index.open(tmp_path / "n.dedup", create=False)):
            answer = writer.check(articles[1], 30.0)
            assert {str(match["other_id"]) for match in answer.matches} == {"first"}
            assert answer.row["derived_from"] == "first"
        writer.close()
