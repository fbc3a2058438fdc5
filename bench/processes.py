"""Runs a command in a fresh process and measures it: wall time, processor time, memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Seconds between two looks at the memory of all processes.
_EVERY = 0.2
#: A look may take this share of the time at most: reading page tables holds a process up.
_SHARE = 0.04
_KIB_IN_MIB = 1024


class Measured(NamedTuple):
    """What a command took.

    Attributes:
        seconds: of the clock, from its start to its end.
        cpu_seconds: of all its processes, user and system.
        peak_mib: the larger of two figures: the greatest sum of the proportional set sizes of its
            processes (each shared page counted once) over all looks, and ``largest_mib``.
        largest_mib: ``ru_maxrss``, the greatest resident size of its largest process; never
            less than that of the process that measures, which is why that one stays small.
        output: what it printed.

    """

    seconds: float
    cpu_seconds: float
    peak_mib: float
    largest_mib: float
    output: str


def measure(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Measured:
    """Run a command to its end.

    Raises:
        subprocess.CalledProcessError: where it fails; what it said of that is in ``stderr``.

    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=out, stderr=err, env={**os.environ, **(environment or {})}
        )
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        watch.finish()
        process.returncode = os.waitstatus_to_exitcode(status)
        printed, said = _text(out), _text(err)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, printed, said)
    largest = usage.ru_maxrss / _KIB_IN_MIB
    return Measured(
        seconds=seconds,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        peak_mib=max(watch.peak_kib / _KIB_IN_MIB, largest),
        largest_mib=largest,
        output=printed,
    )


def shared_size(pid: int) -> int:
    """Return the proportional set sizes of a process and all that it started, summed, in KiB.

    0 where the system does not tell (other than Linux) or the process is gone.
    """
    return sum(_proportional(one) for one in _family(pid))


class _Watch(threading.Thread):
    """Looks at the memory of a process and its children until told to finish."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak_kib = 0
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        """Look, and rest so long that looking stays cheap."""
        rest = 0.0
        while not self._over.wait(rest):
            start = time.perf_counter()
            self.peak_kib = max(self.peak_kib, shared_size(self._pid))
            rest = max(_EVERY, (time.perf_counter() - start) / _SHARE)

    def finish(self) -> None:
        """Stop looking."""
        self._over.set()
        self.join()


def _family(pid: int) -> list[int]:
    """A process and, generation by generation, all that it started."""
    found = [pid]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(child) for child in children.read_text("ascii").split()]
            except OSError:
                continue
    return found


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _text(stream: BinaryIO) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")
