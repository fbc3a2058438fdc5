"""Articles come late, again, in other versions, and go: what is said of them, and what is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import pandas as pd
import pytest

import dedup
from dedup import Article, Config, ConfigError, Index, IndexUnusableError, SourceError
from tests.strategies import SENTENCES

if TYPE_CHECKING:
    from pathlib import Path

BODY = "\n\n".join(" ".join(SENTENCES[i : i + 3]) for i in (0, 3, 6))
OTHER = "\n\n".join(" ".join(SENTENCES[i : i + 3]) for i in (9, 12, 15))
WIRE = Article(
    id="wire",
    text=BODY,
    publisher="Reuters",
    is_wire=True,
    agency="reuters",
    published_at="2021-08-15T08:00:00Z",
)
REPRINT = Article(
    id="reprint", text=BODY, publisher="The Post", published_at="2021-08-15T10:00:00Z"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.dedup"


def labels(index: Index) -> dict[str, str]:
    rows = index.tables().articles
    return dict(zip(rows["article_id"], rows["verdict"], strict=True))


def test_a_late_original_revises_its_reprint(path: Path) -> None:
    with Index.open(path) as index:
        first = index.add([REPRINT])
        assert [answer.row["verdict"] for answer in first.answers] == ["unknown"]
        second = index.add([WIRE])
        assert [answer.row["article_id"] for answer in second.changed] == ["reprint"]
        assert second.changed[0].row["verdict"] == "wire_copy"
        assert second.changed[0].verdict.uncredited_agencies == ("reuters",)
        third = index.expire(before="2021-08-15T09:00:00Z")
        assert third.removed == ("wire",)
        assert [answer.row["verdict"] for answer in third.changed] == ["unknown"]
        told = [(change.number, change.article_id, change.change) for change in index.changes()]
        assert told == [
            (1, "reprint", "added"),
            (2, "wire", "added"),
            (3, "reprint", "changed"),
            (4, "wire", "expired"),
            (5, "reprint", "changed"),
        ]
        last = index.changes(since=3)
        assert cast("dict[str, object]", last[0].former)["agencies"] == ["reuters"]
        assert last[0].verdict is None
        formers = [cast("dict[str, object]", change.former)["verdict"] for change in last[1:]]
        assert formers == ["wire_copy"]


def test_an_answer_is_the_row_and_the_matches_from_its_side(path: Path) -> None:
    with Index.open(path) as index:
        index.add([REPRINT])
        (answer,) = index.add([WIRE]).answers
        said = json.loads(json.dumps(answer.said()))
        assert list(said)[:2] == ["article_id", "path"]
        (match,) = said["matches"]
        assert (match["article_id"], match["other_id"], match["direction"]) == (
            "wire",
            "reprint",
            "to",
        )
        assert match["lag_seconds"] == -7200
        assert match["words"] == said["words"]
        assert said["complete"] is True
        taken = index.check(replace(REPRINT, id="again", published_at="2021-08-16T10:00:00Z"))
        assert {str(m["direction"]) for m in taken.matches} == {"from"}


def test_checking_says_what_adding_would_say_and_stores_nothing(
    path: Path, story: list[Article]
) -> None:
    with Index.open(path) as index:
        index.add(story[2:])
        before = index.stats()
        asked = [index.check(article) for article in story[:2]]
        assert index.stats() == before
        for article, answer in zip(story, asked, strict=False):
            assert index.add([article]).answers == (answer,)
            index.remove([article.id])
        assert index.check(story[0].text).row["article_id"] == "-"


def test_the_same_content_again_changes_nothing(path: Path) -> None:
    with Index.open(path) as index:
        index.add([WIRE, REPRINT])
        again = index.add([replace(WIRE, path="elsewhere/wire.json"), REPRINT])
        assert [answer.row["article_id"] for answer in again.answers] == ["wire", "reprint"]
        assert (again.changed, len(index.changes())) == ((), 2)
        assert index.stats()["former_versions"] == 0


def test_another_text_of_an_id_is_an_update_with_history(path: Path) -> None:
    with Index.open(path) as index:
        index.add([WIRE, REPRINT])
        index.add([{"id": "reprint", "text": OTHER, "publisher": "The Post"}])
        assert index.stats()["former_versions"] == 1
        assert labels(index)["reprint"] == "unknown"
        assert [(c.article_id, c.change) for c in index.changes(since=2)] == [
            ("reprint", "changed")
        ]
        twice = index.add([replace(WIRE, id="two"), replace(WIRE, id="two", text=OTHER)])
        assert [answer.row["article_id"] for answer in twice.answers] == ["two"]
        assert index.stats()["former_versions"] == 2


def test_removal_removes_everything_of_an_article(path: Path) -> None:
    hidden = (
        "The cormorant of Valparaíso signed it in violet ink, With inputs from Associated Press."
    )
    with Index.open(path) as index:
        index.add([replace(WIRE, text=OTHER)])
        index.add([replace(REPRINT, text=f"{BODY}\n\n{hidden}", title=hidden)])
        index.add([replace(REPRINT, text=f"{hidden}\n\n{BODY}", title=hidden)])
        revision = index.remove(["reprint", "reprint", "nobody"])
        assert revision.removed == ("reprint",)
        assert [row.reason for row in revision.skipped] == ["the index holds no article of this id"]
        assert index.ids() == ["wire"]
        assert index.stats()["former_versions"] == 0
        removed = index.changes()[-1]
        assert (removed.change, removed.verdict) == ("removed", None)
        told = json.dumps([change.said() for change in index.changes()], ensure_ascii=False)
        assert "inputs from" not in told
        assert index.verify() == []
    with Index.open(path) as index:
        assert index.ids() == ["wire"]
    for file in path.parent.iterdir():
        assert b"cormorant" not in file.read_bytes(), file
        assert b"reprint" not in file.read_bytes() or file == path  # the feed names it


def test_undated_articles_grow_old_from_when_they_were_added(path: Path) -> None:
    with Index.open(path) as index:
        index.add([Article(id="undated", text=BODY), WIRE])
        assert index.expire(before="90d").removed == ("wire",)
        assert index.expire(before=datetime(2100, 1, 1, tzinfo=UTC)).removed == ("undated",)
        with pytest.raises(ConfigError, match="neither a time nor an age"):
            index.expire(before="soon")


def test_the_feed_is_read_from_a_number_or_a_time(path: Path) -> None:
    with Index.open(path) as index:
        assert index.changes() == []
        index.add([WIRE])
        index.add([REPRINT])
        assert [change.number for change in index.changes(since="1")] == [2]
        assert [change.number for change in index.changes(since=index.changes()[1].at)] == [2]
        assert len(index.changes(since="1h")) == 2
        assert index.changes(since="2100-01-01") == []


def test_an_index_takes_whatever_a_scan_takes(path: Path, seeds: Path) -> None:
    frame = pd.DataFrame({"id": ["f"], "text": [OTHER]})
    with Index.open(path) as index:
        index.add(seeds)
        index.add(frame)
        lone = Article(id="lone \ud800", text=f"\ud800 {BODY}")
        revision = index.add([{"id": "no text"}, lone])
        assert [row.path for row in revision.skipped] == ["no text"]
        assert index.ids() == sorted([*(p.name for p in seeds.iterdir()), "f", "lone \ud800"])
        assert index.verify() == []
        with pytest.raises(SourceError):
            index.check({"id": "no text"})
        with pytest.raises(SourceError):
            index.add(path / "nowhere")


def test_an_empty_index_answers(path: Path) -> None:
    with Index.open(path) as index:
        assert (index.ids(), index.changes(), index.verify()) == ([], [], [])
        assert index.check(BODY).row["verdict"] == "unknown"
        assert len(index.tables().articles) == 0
        assert index.stats()["articles"] == 0
        assert not path.exists()
        assert index.add([]).answers == ()
    with pytest.raises(IndexUnusableError, match="there is no index at"):
        Index.open(path.with_name("other.dedup"), create=False)


def test_other_settings_are_refused_until_it_is_rebuilt(path: Path, tmp_path: Path) -> None:
    ignored = tmp_path / "ignored.txt"
    ignored.write_text(BODY)
    with Index.open(path) as index:
        index.add([WIRE, REPRINT])
    with pytest.raises(ConfigError, match="other settings \\(window\\)"):
        Index.open(path, config=Config(window="7d"))
    with Index.open(path, config=Config(workers=1)) as index:
        changed = index.rebuild(Config(ignore=str(ignored))).changed
        assert "reprint" in [answer.row["article_id"] for answer in changed]
        assert labels(index)["reprint"] == "unknown"
    with Index.open(path) as index:
        assert labels(index)["reprint"] == "unknown"
        assert index.verify() == []


def test_what_is_kept_beside_it_may_go_at_any_time(path: Path, story: list[Article]) -> None:
    with Index.open(path) as index:
        index.add(story)
        expected = index.tables().tables
    for file in path.parent.glob("*.derived*"):
        file.unlink()
    with Index.open(path) as index:
        assert index.tables().tables == expected
        index.compact()
        assert index.verify() == []
    with Index.open(path) as index:
        assert index.tables().tables == expected


def test_tables_are_written_in_every_form(path: Path, tmp_path: Path) -> None:
    with Index.open(path) as index:
        index.add([WIRE, REPRINT])
        written = index.export(tmp_path / "out", ("csv", "html", "json", "parquet"))
        assert len(written) == 14
        frame = pd.read_parquet(tmp_path / "out" / "matches.parquet")
        pd.testing.assert_frame_equal(frame, index.tables().matches)
        read = dedup.read_report(tmp_path / "out")
        assert read.verdict("reprint") == index.tables().verdict("reprint")
