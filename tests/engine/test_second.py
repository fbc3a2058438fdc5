"""A second process works on what it is handed, in order, and ends with whoever it helps."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dedup.engine import Second, available

if TYPE_CHECKING:
    from collections.abc import Iterator


def work(number: int) -> tuple[int, int]:
    if number < 0:
        raise ValueError(number)
    return 2 * number, os.getpid()


@pytest.fixture
def second() -> Iterator[Second[int, tuple[int, int]]]:
    one = Second(work)
    yield one
    one.close()


def there(pid: int) -> bool:
    """Whether a process is there, or ended and not yet buried."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_another_process_works_and_outcomes_are_asked_for_in_any_order(
    second: Second[int, tuple[int, int]],
) -> None:
    numbers = [second.send(number) for number in range(5)]
    found = {number: second.take(number) for number in reversed(numbers)}
    assert [outcome and outcome[0] for outcome in found.values()] == [8, 6, 4, 2, 0]
    (pid,) = {outcome and outcome[1] for outcome in found.values()}
    assert pid != os.getpid()


def test_much_can_be_handed_over_before_anything_is_taken() -> None:
    second: Second[bytes, bytes] = Second(bytes.upper)
    numbers = [second.send(b"a" * (1 << 20)) for _ in range(8)]
    assert [len(second.take(number) or b"") for number in numbers] == [1 << 20] * 8
    second.close()


@pytest.mark.parametrize("how", ["it fails", "it is killed"])
def test_of_a_process_that_is_gone_nothing_comes(
    second: Second[int, tuple[int, int]], how: str, capfd: pytest.CaptureFixture[str]
) -> None:
    outcome = second.take(second.send(1))
    assert outcome
    if how == "it is killed":
        os.kill(outcome[1], signal.SIGKILL)
    assert second.take(second.send(-1)) is None
    assert second.take(second.send(1)) is None
    assert not there(outcome[1])
    assert capfd.readouterr() == ("", "")


def test_it_ends_when_it_is_let_go_and_hears_no_interrupt() -> None:
    second = Second(work)
    outcome = second.take(second.send(1))
    assert outcome
    os.kill(outcome[1], signal.SIGINT)
    assert second.take(second.send(2)) == (4, outcome[1])
    second.close()
    assert not there(outcome[1])


@pytest.mark.slow
def test_it_does_not_outlive_whoever_is_killed(root: Path) -> None:
    code = (
        "import os, time\n"
        "from dedup.engine import Second\n"
        "second = Second(lambda _: os.getpid())\n"
        "print(second.take(second.send(0)), flush=True)\n"
        "second.send(0), time.sleep(60)\n"
    )
    command, environment = [sys.executable, "-c", code], {**os.environ, "PYTHONPATH": str(root)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as run:
        assert run.stdout is not None
        pid = int(run.stdout.readline())
        assert there(pid)
        run.kill()
        run.wait()
        until = time.monotonic() + 10
        while there(pid) and time.monotonic() < until:
            time.sleep(0.01)
        assert not there(pid)


def test_where_nothing_can_be_forked_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # other tests may have left some
    assert available()
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert not available()


def test_beside_other_threads_there_is_none() -> None:
    """What another thread holds when a process is forked is held there for ever."""
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert not available()
    finally:
        done.set()
        other.join()
