"""Batches come back in order, whatever works on them, and failures are heard."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import time
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.engine import Local

if TYPE_CHECKING:
    from collections.abc import Sequence


class OddBatchError(Exception):
    """Raised on purpose in a worker."""


def double(batch: Sequence[int]) -> list[int]:
    return [2 * number for number in batch]


def process_of(_batch: int) -> int:
    time.sleep(0.02)  # long enough for the other worker to take the next batch
    return os.getpid()


def refuse_three(batch: int) -> int:
    if batch == 3:
        message = "no threes"
        raise OddBatchError(message)
    return batch


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_results_come_in_the_order_of_the_batches(workers: int, count: int) -> None:
    batches = [range(i, 2 * i) for i in range(count)]
    assert list(Local(workers).map_batches(double, batches)) == [double(b) for b in batches]


@settings(max_examples=10)
@given(batches=st.lists(st.lists(st.integers(), max_size=4), max_size=6))
def test_many_workers_answer_as_one_does(batches: list[list[int]]) -> None:
    one = list(Local(1).map_batches(double, batches))
    assert list(Local(2).map_batches(double, batches)) == one


def test_a_slow_first_batch_still_comes_first() -> None:
    def lag(batch: int) -> int:
        time.sleep(0.1 if batch == 0 else 0)
        return batch

    assert list(Local(2).map_batches(lag, range(4))) == [0, 1, 2, 3]


def test_several_workers_are_several_processes() -> None:
    found = set(Local(2).map_batches(process_of, range(8)))
    assert len(found) == 2
    assert os.getpid() not in found


@pytest.mark.parametrize(("workers", "count"), [(1, 4), (2, 1), (0, 4)])
def test_one_process_or_one_batch_is_worked_on_here(workers: int, count: int) -> None:
    assert set(Local(workers).map_batches(process_of, range(count))) == {os.getpid()}


def test_where_nothing_can_be_forked_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert set(Local(2).map_batches(process_of, range(3))) == {os.getpid()}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_in_a_batch_surfaces_after_what_came_before(workers: int) -> None:
    results = Local(workers).map_batches(refuse_three, range(6))
    assert list(itertools.islice(results, 3)) == [0, 1, 2]
    with pytest.raises(OddBatchError, match="no threes"):
        next(results)


@pytest.mark.parametrize("workers", [1, 2])
def test_after_a_failure_the_next_work_is_its_own(workers: int) -> None:
    engine = Local(workers)
    with pytest.raises(OddBatchError):
        list(engine.map_batches(refuse_three, range(6)))
    assert list(engine.map_batches(double, [[1], [2]])) == [[2], [4]]


def test_work_that_nobody_waits_for_is_given_up() -> None:
    results = Local(2).map_batches(double, [[i] for i in range(50)])
    assert next(results) == [0]
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert list(Local(2).map_batches(double, [[1], [2]])) == [[2], [4]]


def test_an_interrupt_in_a_worker_is_no_answer() -> None:
    def interrupt(_batch: int) -> NoReturn:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(Local(1).map_batches(interrupt, [1, 2]))
