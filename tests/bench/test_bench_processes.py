from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bench.processes import measure, shared_size

if TYPE_CHECKING:
    from pathlib import Path

HOLDING = "import time; held = bytearray(200 << 20); time.sleep(0.6)"
TWO = f"""
import subprocess, sys
other = subprocess.Popen([sys.executable, "-c", {HOLDING!r}])
{HOLDING}
other.wait()
print("done")
"""


#: No process is seen smaller than the one that measures, so that one must be small itself.
MEASURING = f"""
import json, sys
from bench.processes import measure
seen = measure([sys.executable, "-c", {TWO!r}])
print(json.dumps([seen.output, seen.seconds, seen.largest_mib, seen.peak_mib]))
"""


def test_the_memory_of_all_processes_is_summed(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURING], cwd=root, capture_output=True, text=True, check=True
    )
    output, seconds, largest, peak = json.loads(done.stdout)
    assert output == "done\n"
    assert seconds >= 0.6
    assert 200 <= largest < 300
    assert 400 <= peak < 500


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
