"""A drop folder is followed: files are taken when they are complete, and once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from dedup import Index, SourceError
from dedup.sources import Arrivals
from tests.index.crashes import article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "drop"
    place.mkdir()
    return place


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(tmp_path / "news.dedup") as opened:
        yield opened


def added(index: Index, folder: Path, looks: int = 2) -> list[str]:
    """Follow a folder for some looks; name what was added."""
    revisions = islice(index.follow(folder, every=0.01), looks + 1)
    return [str(a.row["article_id"]) for revision in revisions for a in revision.answers]


def drop(folder: Path, name: str, number: int) -> Path:
    """Put a file into a folder as others should: whole, by a rename."""
    part = folder / f".{name}"
    part.write_text(article(number).text)
    return part.replace(folder / name)


def test_what_arrives_is_added_once(index: Index, folder: Path) -> None:
    drop(folder, "a.txt", 1)
    (folder / "wire").mkdir()
    drop(folder / "wire", "b.txt", 2)
    assert added(index, folder) == ["a.txt", "wire/b.txt"]
    assert added(index, folder) == []
    drop(folder, "c.txt", 3)
    assert added(index, folder) == ["c.txt"]
    assert index.ids() == ["a.txt", "c.txt", "wire/b.txt"]


def test_whoever_begins_again_goes_on(tmp_path: Path, folder: Path) -> None:
    drop(folder, "a.txt", 1)
    for expected in (["a.txt"], []):
        with Index.open(tmp_path / "news.dedup") as index:
            assert added(index, folder) == expected
    with Index.open(tmp_path / "news.dedup") as index:
        index.remove(["a.txt"])
        assert added(index, folder) == []
        assert index.verify() == []


def test_a_file_that_changes_is_taken_again(index: Index, folder: Path) -> None:
    drop(folder, "a.txt", 1)
    added(index, folder)
    drop(folder, "a.txt", 5)
    assert added(index, folder) == ["a.txt"]
    assert index.stats()["former_versions"] == 1


def test_a_file_that_grows_is_left_until_it_does_not(folder: Path) -> None:
    arrivals = Arrivals(folder, 10_000)
    growing = folder / "a.txt"
    growing.write_text(article(1).text[:50])
    (folder / "b.txt.part").write_text(article(2).text)
    assert list(arrivals.look({})) == []
    growing.write_text(article(1).text)
    os.utime(growing, ns=(1, 1))
    assert list(arrivals.look({})) == []
    (taken,) = arrivals.look({})
    assert (taken.file, len(taken.items)) == (str(growing), 1)
    assert list(arrivals.look({taken.file: taken.stamp})) == []
    growing.unlink()
    assert list(arrivals.look({})) == []


def test_what_cannot_be_read_is_said_once(index: Index, folder: Path) -> None:
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "broken.jsonl").write_text('{"text": \n')
    revisions = list(islice(index.follow(folder, every=0.01), 3))
    assert sorted(row.path for revision in revisions for row in revision.skipped) == [
        "broken.jsonl",
        "picture.jpg",
    ]
    again = list(islice(index.follow(folder, every=0.01), 3))
    assert [row for revision in again for row in revision.skipped] == []


def test_a_folder_that_is_not_there_is_refused(index: Index, folder: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        next(index.follow(folder / "nowhere"))


@pytest.mark.slow
def test_the_command_follows_until_it_is_interrupted(
    tmp_path: Path, folder: Path, root: Path
) -> None:
    path = tmp_path / "news.dedup"
    command = [sys.executable, "-m", "dedup", "index", "add", str(path), "--follow", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    drop(folder, "a.txt", 1)
    for expected in ("a.txt", "b.txt"):
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as run:
            if expected == "b.txt":
                drop(folder, "b.txt", 2)
            assert run.stdout is not None
            assert json.loads(run.stdout.readline())["article_id"] == expected
            time.sleep(0.1)
            run.send_signal(signal.SIGINT)
            assert run.wait(30) == 130
    with Index.open(path) as index:
        assert index.ids() == ["a.txt", "b.txt"]
