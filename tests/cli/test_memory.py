"""Memory that is freed is kept for the next step."""

from __future__ import annotations

import gc
import os
import platform
import subprocess
import sys

import pytest

from dedup.cli.memory import keep_memory, uncollected

PROGRAM = """
import os
from dedup.cli.memory import keep_memory, uncollected
keep_memory()
import numpy as np
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") >> 20
column = np.ones(200 << 20, np.uint8)
filled = resident()
del column
print(filled - resident(), os.environ["NUMPY_MADVISE_HUGEPAGE"])
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the C library is another")
def test_freed_memory_is_kept() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    given_back, huge = done.stdout.split()
    assert int(given_back) < 50
    assert huge == "0"


def test_without_such_a_library_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ctypes", None)
    monkeypatch.setenv("NUMPY_MADVISE_HUGEPAGE", "1")
    keep_memory()
    assert os.environ["NUMPY_MADVISE_HUGEPAGE"] == "1"


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_leaves_alone_what_a_command_made(*, collecting: bool) -> None:
    before = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        with uncollected():
            assert not gc.isenabled()
            made = [[number] for number in range(1000)]
        assert gc.isenabled() is collecting
        assert gc.get_freeze_count() >= len(made)
    finally:
        gc.unfreeze()
        (gc.enable if before else gc.disable)()
