"""Kernels are compiled by another process, once on a machine."""

from __future__ import annotations

import multiprocessing
import threading
from typing import TYPE_CHECKING

import pytest

from dedup.index import rehearsing
from dedup.index.rehearsing import rehearse

if TYPE_CHECKING:
    from pathlib import Path

    from dedup.compiling import Kernel


@pytest.fixture
def traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the rehearsal leaves a trace; nothing was compiled, and there are no other threads."""
    pytest.importorskip("numba", reason="the extra fast has it")
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # other tests may have left some
    monkeypatch.setattr(rehearsing, "_compiled", lambda _: False)
    monkeypatch.setattr(rehearsing, "_worked_through", (tmp_path / "done").touch)
    return tmp_path


def test_another_process_does_it_and_ends(traces: Path) -> None:
    assert rehearse((traces / "left").touch)
    assert {file.name for file in traces.iterdir()} == {"done", "left"}
    assert multiprocessing.active_children() == []


def test_where_there_can_be_none_it_says_so(traces: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert not rehearse((traces / "left").touch)
    assert [*traces.iterdir()] == []


def test_what_was_compiled_is_not_compiled_again(
    traces: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsing, "_compiled", lambda _: True)
    assert rehearse((traces / "left").touch)
    assert [*traces.iterdir()] == []


def test_all_is_worked_through_with_the_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba", reason="the extra fast has it")
    from dedup.index import kernels

    used = set()

    def noticed(name: str, kernel: Kernel[..., object]) -> object:
        def noticing(*given: object) -> object:
            used.add(name)
            return kernel(*given)

        return noticing

    monkeypatch.setenv("DEDUP_BACKEND", "numba")
    for name in ("rows", "held", "note", "earliest", "together"):
        monkeypatch.setattr(kernels, name, noticed(name, getattr(kernels, name)))
    rehearsing._worked_through()
    assert used == {"rows", "held", "note", "earliest", "together"}
    assert rehearsing._compiled(kernels.interleaved)
