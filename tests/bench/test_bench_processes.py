from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bench.processes import measure, shared_size

HOLDING = "import time; held = bytearray(200 << 20); time.sleep(0.6)"
TWO = f"""
import subprocess, sys
other = subprocess.Popen([sys.executable, "-c", {HOLDING!r}])
{HOLDING}
other.wait()
print("done")
"""


def test_the_memory_of_all_processes_is_summed() -> None:
    measured = measure([sys.executable, "-c", TWO])
    assert measured.output == "done\n"
    assert measured.seconds >= 0.6
    assert 200 <= measured.largest_mib < 300
    assert 400 <= measured.peak_mib < 500


def test_processor_time_is_not_waiting_time() -> None:
    measured = measure([sys.executable, "-c", "import time; time.sleep(0.5)"])
    assert 0 < measured.cpu_seconds < measured.seconds


def test_a_failure_is_told_with_what_the_program_said() -> None:
    with pytest.raises(subprocess.CalledProcessError) as failed:
        measure([sys.executable, "-c", "raise SystemExit('no such thing')"])
    assert failed.value.stderr == "no such thing\n"


def test_a_process_that_is_gone_has_no_size() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert shared_size(gone.pid) == 0
    assert shared_size(os.getpid()) > 1024
