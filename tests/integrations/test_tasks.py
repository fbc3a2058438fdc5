"""A step that is run again: the same input is a no-op, whatever ended the first run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dedup import ConfigError, Index, IndexUnusableError
from dedup.integrations.tasks import ingest

if TYPE_CHECKING:
    from pathlib import Path

    from dedup import Article


def receipts(path: Path) -> list[Path]:
    return sorted(path.with_name(f"{path.name}.receipts").iterdir())


def state(path: Path) -> tuple[object, ...]:
    with Index.open(path, create=False) as index:
        return index.ids(), index.changes()


@pytest.mark.parametrize("key", ["", "nightly/2026-11-21", "../../é\ud800"])
def test_the_same_again_is_a_no_op(path: Path, story: list[Article], key: str) -> None:
    first = ingest([*story, {"id": "no text"}], path, key=key)
    assert first["key"] == (key or first["content"])
    assert (first["articles"], first["since"], first["until"]) == (12, 0, 12)
    assert [row["record"] for row in first["skipped"]] == ["13"]
    assert json.loads(json.dumps(first)) == first
    before, written = state(path), path.stat().st_mtime_ns
    assert ingest([*story, {"id": "no text"}], path, key=key) == first
    assert state(path) == before
    assert path.stat().st_mtime_ns == written
    (receipt,) = receipts(path)
    assert receipt.parent.parent == path.parent


def test_each_input_has_its_own_run(path: Path, story: list[Article]) -> None:
    first, rest = ingest(story[:5], path), ingest(story[5:], path)
    assert first["until"] == rest["since"]
    with Index.open(path) as index:
        assert [c.number for c in index.changes(rest["since"])][-1] == rest["until"]
        assert len(index) == len(story)
    assert len(receipts(path)) == 2


def test_a_name_stands_for_one_input(path: Path, story: list[Article]) -> None:
    ingest(story[:2], path, key="monday")
    with pytest.raises(ConfigError, match="the run 'monday' was given something else"):
        ingest(story[:3], path, key="monday")
    assert state(path)[0] == sorted(article.id for article in story[:2])


@pytest.mark.parametrize("stored", [False, True])
def test_a_run_that_was_ended_is_taken_up(
    path: Path,
    story: list[Article],
    monkeypatch: pytest.MonkeyPatch,
    stored: bool,  # noqa: FBT001
) -> None:
    ingest(story[:3], path)
    add = Index.add

    def ended(index: Index, articles: list[Article]) -> None:
        if stored:
            add(index, articles)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Index, "add", ended)
        with pytest.raises(KeyboardInterrupt):
            ingest(story, path, key="tuesday")
    receipt = ingest(story, path, key="tuesday")
    with Index.open(path) as index:
        changes = index.changes(receipt["since"])
    assert {c.article_id for c in changes} >= {article.id for article in story[3:]}
    assert receipt["until"] == changes[-1].number
    assert ingest(story, path, key="tuesday") == receipt


def test_a_run_that_failed_may_be_given_its_input_anew(
    path: Path, story: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_index: Index, _articles: list[Article]) -> None:
        message = "busy"
        raise IndexUnusableError(message)

    with monkeypatch.context() as patch:
        patch.setattr(Index, "add", busy)
        with pytest.raises(IndexUnusableError):
            ingest(story, path, key="wednesday")
    assert ingest(story[:4], path, key="wednesday")["articles"] == 4


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"until"', b"\xff"])
def test_a_receipt_that_cannot_be_read_is_none(
    path: Path, story: list[Article], damage: bytes
) -> None:
    first = ingest(story, path)
    before = state(path)
    receipts(path)[0].write_bytes(damage)
    second = ingest(story, path)
    assert (second["since"], second["until"]) == (first["until"], first["until"])
    assert state(path) == before


def test_a_receipt_of_another_index_is_none(path: Path, story: list[Article]) -> None:
    ingest(story, path)
    for file in path.parent.glob("news.dedup*"):
        if file.is_file():
            file.unlink()
    assert ingest(story, path)["until"] == 12
    assert len(state(path)[0]) == 12  # type: ignore[arg-type]  # the ids


def test_what_has_gone_since_does_not_come_back(path: Path, story: list[Article]) -> None:
    ingest(story, path, key="monday")
    with Index.open(path) as index:
        index.remove(story[0].id)
    ingest(story, path, key="monday")
    assert story[0].id not in str(state(path)[0])


def test_where_nothing_can_be_written_that_is_said(path: Path, story: list[Article]) -> None:
    path.with_name(f"{path.name}.receipts").write_text("in the way")
    with pytest.raises(IndexUnusableError, match="cannot be written"):
        ingest(story, path)
    assert not path.exists() or state(path)[0] == []
