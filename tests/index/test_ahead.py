"""Articles that another process reads are the same articles."""

from __future__ import annotations

import multiprocessing
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dedup import Config, Index, SourceError
from dedup.engine import Second
from dedup.pipeline.comparing import Compared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dedup import Article
    from dedup.index import Change, Revision
    from dedup.index.derived import Kind

TWO, ONE = Config(workers=2, quiet=True), Config(workers=1, quiet=True)


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few articles be worth it, and not all be walked whatever comes."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # other tests may have left some
    monkeypatch.setattr("dedup.index.ahead._LEAST", 2)
    monkeypatch.setattr("dedup.index.ahead._PAIRS", 2)
    monkeypatch.setattr("dedup.index.ahead._AFTER", 0)
    monkeypatch.setattr("dedup.index.shelf.Shelf.few", 10)


def batches(articles: list[Article]) -> list[tuple[Article, ...]]:
    """Cut them into batches; one has an article twice, and one an article of another batch."""
    newer = replace(articles[3], text=articles[3].text + "\n\nMore is not known as yet.")
    cut = [tuple(articles[at : at + 5]) for at in range(0, len(articles), 5)]
    return [(*cut[0], newer), *cut[1:], (articles[9], newer), (articles[10],)]


def told(revision: Revision) -> list[dict[str, object]]:
    return [answer.said() for answer in (*revision.answers, *revision.changed)]


def changes(index: Index) -> list[Change]:
    return [replace(change, at="") for change in index.changes()]


def beside(path: Path, kind: Kind) -> set[tuple[bytes, bytes]]:
    """What lies beside an index that was closed."""
    with Index.open(path) as index:
        index.stats()
        return {*index._shelf.memory._derived.all(kind)}


@pytest.fixture
def alone(tmp_path: Path, story: list[Article]) -> tuple[list[list[dict[str, object]]], Index]:
    """What each batch brings about where it is added by one process."""
    index = Index.open(tmp_path / "alone.dedup", config=ONE)
    said = [told(index.add(batch)) for batch in batches(story)]
    assert multiprocessing.active_children() == []
    return said, index


@pytest.mark.parametrize("ahead", [True, False])
def test_two_processes_say_and_keep_what_one_does(
    tmp_path: Path,
    story: list[Article],
    alone: tuple[list[list[dict[str, object]]], Index],
    ahead: bool,  # noqa: FBT001 - a parameter of a test
) -> None:
    given = batches(story)
    with Index.open(tmp_path / "two.dedup", config=TWO) as index:
        revisions = index.add_all(given) if ahead else map(index.add, given)
        assert [told(revision) for revision in revisions] == alone[0]
        assert len(multiprocessing.active_children()) == 1
        assert changes(index) == changes(alone[1])
    assert multiprocessing.active_children() == []
    alone[1].close()
    assert beside(tmp_path / "two.dedup", "readings") == beside(
        tmp_path / "alone.dedup", "readings"
    )


def test_who_reads_may_be_killed_at_any_time(
    tmp_path: Path, story: list[Article], alone: tuple[list[list[dict[str, object]]], Index]
) -> None:
    def killing() -> Iterator[tuple[Article, ...]]:
        for batch in batches(story):
            yield batch
            for process in multiprocessing.active_children():
                process.kill()

    with Index.open(tmp_path / "two.dedup", config=TWO) as index:
        assert [told(revision) for revision in index.add_all(killing())] == alone[0]
        assert changes(index) == changes(alone[1])
    alone[1].close()


def test_pairs_are_compared_by_both(
    tmp_path: Path,
    story: list[Article],
    alone: tuple[list[list[dict[str, object]]], Index],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shared = []
    take = Second.take

    def taking(second: Second[object, object], number: int) -> object:
        outcome = take(second, number)
        shared.append(outcome)
        return outcome

    monkeypatch.setattr(Second, "take", taking)
    with Index.open(tmp_path / "two.dedup", config=TWO) as index:
        assert [told(revision) for revision in index.add_all(batches(story))] == alone[0]
        compared = [outcome.found for outcome in shared if isinstance(outcome, Compared)]
        assert any(compared)
    alone[1].close()
    assert beside(tmp_path / "two.dedup", "comparisons") == beside(
        tmp_path / "alone.dedup", "comparisons"
    )


def test_a_batch_is_stored_when_its_revision_is_there(tmp_path: Path, story: list[Article]) -> None:
    path = tmp_path / "two.dedup"
    with Index.open(path, config=TWO) as index, Index.open(path) as reader:
        given = index.add_all([story[:4], story[4:8], tmp_path / "nowhere.txt"])
        for there in (4, 8):
            next(given)
            assert len(reader.ids()) == there
        with pytest.raises(SourceError, match="no such file"):
            next(given)
        assert len(reader.ids()) == 8
