from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from bench.processes import Held, held, measure

TWO = """
import subprocess, sys, time
child = "held = bytearray(200 << 20); print('held', flush=True); input()"
other = subprocess.Popen(
    [sys.executable, "-c", child], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
)
held = bytearray(200 << 20)
other.stdout.readline()
time.sleep(2)  # both hold it, for longer than from one look to the next
other.communicate("done")
print("done")
"""


def test_the_memory_of_all_processes_is_summed() -> None:
    seen = measure([sys.executable, "-c", TWO])
    assert seen.output == "done\n"
    assert seen.seconds >= 2
    assert 400 <= seen.anonymous_mib < 450
    assert seen.anonymous_mib < seen.peak_mib < 500


def test_processor_time_is_not_waiting_time() -> None:
    measured = measure([sys.executable, "-c", "import time; time.sleep(0.5)"])
    assert 0 < measured.cpu_seconds < measured.seconds


def test_a_process_is_kept_to_some_processors() -> None:
    count = [sys.executable, "-c", "import os; print(len(os.sched_getaffinity(0)))"]
    assert measure(count, cores=1).output == "1\n"
    assert measure(count).output == f"{len(os.sched_getaffinity(0))}\n"


def test_a_failure_is_told_with_what_the_program_said() -> None:
    with pytest.raises(subprocess.CalledProcessError) as failed:
        measure([sys.executable, "-c", "raise SystemExit('no such thing')"])
    assert failed.value.stderr == "no such thing\n"


def test_what_takes_too_long_is_ended_with_all_it_started() -> None:
    start = time.monotonic()
    with pytest.raises(subprocess.CalledProcessError) as failed:
        measure([sys.executable, "-c", TWO.replace("sleep(2)", "sleep(60)")], limit=0.5)
    assert failed.value.returncode == -9
    assert time.monotonic() - start < 30


def test_a_process_that_is_gone_has_no_size() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert held(gone.pid) == Held(0, 0, 0)
    whole, anonymous, largest = held(os.getpid())
    assert whole > anonymous > 1024
    assert largest > 1024
