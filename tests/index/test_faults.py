"""Damage, a full disk, two writers, a kill at any moment: nothing is lost, nothing said wrongly."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import sqlite3
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dedup import Index, IndexUnusableError
from tests.index import corruptions, crashes
from tests.index.crashes import article
from tests.strategies import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

#: A user of the system who owns nothing.
NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.dedup"


@pytest.mark.slow
def test_a_writer_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    assert crashes.faults(20, tmp_path) == []


@pytest.mark.slow
def test_damage_is_noticed(tmp_path: Path) -> None:
    assert corruptions.faults(60, tmp_path) == []


def test_a_row_that_is_lost_or_altered_is_noticed(path: Path) -> None:
    with Index.open(path) as index:
        index.add([article(n) for n in range(3)])
    for table in ("articles", "verdicts"):
        for harm in (
            "DELETE FROM {} WHERE rowid = 2",
            "UPDATE {} SET id = x'6100' WHERE rowid = 2",
        ):
            whole = path.read_bytes()
            with contextlib.closing(sqlite3.connect(path)) as connection:
                connection.execute(harm.format(table))
                connection.commit()
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            with pytest.raises(IndexUnusableError, match="is damaged"):
                Index.open(path)
            path.write_bytes(whole)
            with Index.open(path) as index:
                assert len(index.ids()) == 3


@pytest.mark.parametrize(("form", "advice"), [(99, "a newer"), (0, "an older")])
def test_another_format_is_named(path: Path, form: int, advice: str) -> None:
    with Index.open(path) as index:
        index.add([article(1)])
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {form}")
    with pytest.raises(IndexUnusableError, match=f"has format {form}, .* use {advice} one"):
        Index.open(path)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"no database at all" * 99])
def test_what_is_no_index_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with (
        pytest.raises(IndexUnusableError, match=r"is not an index|is damaged"),
        Index.open(path) as i,
    ):
        i.add([article(1)])
    assert path.read_bytes() == content


def test_a_second_writer_hears_who_writes(path: Path) -> None:
    with Index.open(path) as index:
        index.add([article(1)])
        with (
            Index.open(path, wait=0) as other,
            pytest.raises(IndexUnusableError, match=rf"another process \(process {os.getpid()}\)"),
        ):
            other.add([article(2)])
    with Index.open(path, wait=0) as index:
        index.add([article(2)])
        assert index.ids() == ["a00001", "a00002"]


def _add(path: Path, first: int) -> None:
    for number in range(first, first + 4):
        with Index.open(path, wait=60) as index:
            index.add([article(number)])


def test_writers_that_wait_lose_nothing(path: Path) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_add, args=(path, first)) for first in (0, 10, 20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with Index.open(path) as index:
        assert len(index.ids()) == 12
        assert index.verify() == []


def test_readers_see_whole_states_while_it_is_written(path: Path) -> None:
    with Index.open(path) as index:
        index.add([article(n) for n in range(4)])
        seen: list[int] = []
        done = threading.Event()

        def read() -> None:
            with Index.open(path) as reader:
                while not done.is_set():
                    seen.append(len(reader.tables().articles))

        thread = threading.Thread(target=read)
        thread.start()
        for first in range(4, 24, 4):
            index.add([article(first + k) for k in range(4)])
        done.set()
        thread.join()
    assert seen == sorted(seen)
    assert not [held for held in seen if held % 4]


@contextlib.contextmanager
def _no_file_beyond(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size."""
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)


def test_where_nothing_more_can_be_written_what_was_stored_stays(path: Path) -> None:
    with Index.open(path) as index:
        index.add([article(n) for n in range(6)])
    noise = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(60_000))
    with Index.open(path) as index, _no_file_beyond(path.stat().st_size + 60_000):
        with pytest.raises(IndexUnusableError) as refused:
            index.add([{"id": "large", "text": f"{SENTENCES[0]} {noise}"}])
        assert "\n" not in str(refused.value)
        assert len(index.ids()) == 6
    with Index.open(path) as index:
        assert len(index.ids()) == 6
        assert index.verify() == []
        index.add([article(9)])
        assert len(index.ids()) == 7


def _cannot_write(path: Path, told: Connection) -> None:
    """Look into an index and try to write it, as somebody who may not."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setuid(NOBODY)
    with Index.open(path) as index:
        told.send(index.ids())
        try:
            index.add([article(2)])
        except IndexUnusableError as refused:
            told.send(str(refused))


def test_a_read_only_folder_can_be_read_and_not_written() -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "news.dedup"
        with Index.open(path) as index:
            index.add([article(1)])
        path.parent.chmod(0o555)
        context = multiprocessing.get_context("fork")
        here, there = context.Pipe(duplex=False)
        reader = context.Process(target=_cannot_write, args=(path, there))
        reader.start()
        reader.join()
        path.parent.chmod(0o755)
        assert here.recv() == ["a00001"]
        assert "cannot be written: permission denied" in here.recv()
