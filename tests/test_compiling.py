"""Which back end does the work, and how a kernel is compiled."""

from __future__ import annotations

import subprocess
import sys
from types import FunctionType
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dedup import compiling
from dedup.compiling import LARGE, VARIABLE, pays
from dedup.errors import ConfigError, MissingExtra

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray


@pytest.fixture(autouse=True)
def unforced(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing was done yet, and nobody has a say but what was done."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(compiling._Work, "words", 0)
    monkeypatch.setattr(compiling._Work, "compiled", False)
    monkeypatch.setattr(compiling._Work, "hurries", 0)
    monkeypatch.setattr(compiling._Work, "rehearsal", None)
    compiling._installed.cache_clear()
    yield
    compiling._installed.cache_clear()


def without_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)


def total(values: NDArray[np.uint64]) -> np.uint64:
    out = np.uint64(0)
    for value in values:
        out += value
    return out


def test_a_handful_does_not_wait_for_the_compiler() -> None:
    assert not pays(LARGE - 1)


def test_a_large_piece_of_work_pays() -> None:
    pytest.importorskip("numba", reason="the extra fast has it")
    assert pays(LARGE)


def test_many_small_pieces_pay_together() -> None:
    pytest.importorskip("numba", reason="the extra fast has it")
    assert [pays(LARGE // 4) for _ in range(6)] == [False, False, False, True, True, True]


def test_in_a_hurry_nothing_is_loaded() -> None:
    pytest.importorskip("numba", reason="the extra fast has it")
    with compiling.hurried(0.02):
        assert not pays(LARGE)
        with compiling.hurried(None):
            assert not pays(LARGE)
    assert pays(1)
    with compiling.hurried(0.02):
        assert pays(1)  # they are there


def test_where_much_is_expected_the_compiled_take_over_at_once() -> None:
    pytest.importorskip("numba", reason="the extra fast has it")
    compiling.expect_much()
    assert pays(1)


def test_the_compiled_wait_for_the_rehearsal() -> None:
    pytest.importorskip("numba", reason="the extra fast has it")
    said, asked = iter([False, True]), []

    def rehearsal() -> bool:
        asked.append(pays(1))  # it works with them already
        return next(said)

    compiling.rehearse(rehearsal)
    assert not pays(LARGE)
    assert pays(1)
    assert pays(1)
    assert asked == [True, True]


def test_the_compiled_do_not_wait_for_ever() -> None:
    pytest.importorskip("numba", reason="the extra fast has it")
    compiling.rehearse(lambda: False)
    assert not pays(LARGE)
    assert pays(LARGE)


def test_without_numba_nothing_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    without_numba(monkeypatch)
    assert not pays(10 * LARGE)


def test_the_environment_has_the_last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba", reason="the extra fast has it")
    monkeypatch.setenv(VARIABLE, "numba")
    assert pays(1)
    monkeypatch.setenv(VARIABLE, "numpy")
    assert not pays(10 * LARGE)


def test_a_back_end_that_there_is_none_of_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "fortran")
    with pytest.raises(ConfigError, match="DEDUP_BACKEND is numpy or numba, not 'fortran'"):
        pays(1)


def test_numba_that_is_asked_for_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "numba")
    without_numba(monkeypatch)
    with pytest.raises(MissingExtra, match=r"dedup\[fast\]"):
        pays(1)


def test_a_kernel_is_the_function_compiled() -> None:
    pytest.importorskip("numba", reason="the extra fast has it")
    compiled = compiling.kernel(total)
    values = np.array([1, 2, (1 << 64) - 1], np.uint64)
    assert compiled.py_func is total
    assert compiled(values[:2]) == total(values[:2]) == 3
    assert compiled(values) == 2  # it wraps, and says nothing


def test_a_kernel_does_without_a_folder_to_keep_it_in() -> None:
    pytest.importorskip("numba", reason="the extra fast has it")
    nowhere = FunctionType(total.__code__.replace(co_filename="nowhere.py"), globals())
    assert compiling.kernel(nowhere)(np.array([4, 5], np.uint64)) == 9


def test_asking_loads_nothing(root: Path) -> None:
    asked = "from dedup.compiling import pays; import sys; pays(9); print('numba' in sys.modules)"
    command = [sys.executable, "-c", asked]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
