"""Runs a command in a fresh process and measures it: wall time, processor time, memory."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from resource import struct_rusage

#: Seconds between two looks at the memory of all processes.
_EVERY = 0.5
#: A look may take this share of the time at most: reading page tables holds a process up.
_SHARE = 0.01
_KIB_IN_MIB = 1024


class Measured(NamedTuple):
    """What a command took.

    Attributes:
        seconds: of the clock, from its start to its end.
        cpu_seconds: of all its processes, user and system.
        peak_mib: the greatest memory of all its processes over all looks, each shared page counted
            once (proportional set sizes), or the greatest that one of them ever had (``VmHWM``),
            whichever is more.
        anonymous_mib: the greatest sum of anonymous pages alone, those that no file backs.
        output: what it printed.

    """

    seconds: float
    cpu_seconds: float
    peak_mib: float
    anonymous_mib: float
    output: str


def measure(
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    *,
    cores: int = 0,
    limit: float = 3600,
) -> Measured:
    """Run a command to its end, or for ``limit`` seconds, on so many processors (0 for all).

    Raises:
        subprocess.CalledProcessError: where it fails; what it said of that is in ``stderr``.

    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        with _kept_to(cores):
            process = subprocess.Popen(
                command,
                stdout=out,
                stderr=err,
                env={**os.environ, **(environment or {})},
                start_new_session=True,
            )
        watch = _Watch(process.pid)
        watch.start()
        status, usage = _waited(process.pid, limit)
        seconds = time.perf_counter() - start
        watch.finish()
        process.returncode = os.waitstatus_to_exitcode(status)
        printed, said = _text(out), _text(err)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, printed, said)
    return Measured(
        seconds=seconds,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        peak_mib=max(watch.peak.whole, watch.peak.largest) / _KIB_IN_MIB,
        anonymous_mib=watch.peak.anonymous / _KIB_IN_MIB,
        output=printed,
    )


def _waited(pid: int, limit: float) -> tuple[int, struct_rusage]:
    """Wait for a process, and end it with all that it started where the time or the user is up."""
    end = threading.Timer(limit, os.killpg, (pid, signal.SIGKILL))
    end.start()
    try:
        _, status, usage = os.wait4(pid, 0)
    except BaseException:
        os.killpg(pid, signal.SIGKILL)
        raise
    finally:
        end.cancel()
    return status, usage


class Held(NamedTuple):
    """Memory of some processes in KiB: of all, of all but files, and the most that one ever had."""

    whole: int
    anonymous: int
    largest: int


def held(pid: int) -> Held:
    """Return what a process and all that it started hold.

    Nothing where the system does not tell (other than Linux) or the process is gone.
    """
    sizes = [_fields(one, "smaps_rollup") | _fields(one, "status") for one in _family(pid)]
    whole, anonymous, largest = (
        [size.get(name, 0) for size in sizes] for name in ("Pss", "Pss_Anon", "VmHWM")
    )
    return Held(sum(whole), sum(anonymous), max(largest))


@contextmanager
def _kept_to(cores: int) -> Iterator[None]:
    """Keep what is started meanwhile to some processors, where the system can."""
    if not cores or not hasattr(os, "sched_setaffinity"):
        yield
        return
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(every)[:cores])
    try:
        yield
    finally:
        os.sched_setaffinity(0, every)


class _Watch(threading.Thread):
    """Looks at the memory of a process and its children until told to finish."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = Held(0, 0, 0)
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        """Look, and rest so long that looking stays cheap."""
        rest = 0.0
        while not self._over.wait(rest):
            start = time.perf_counter()
            self.peak = Held(*map(max, self.peak, held(self._pid)))
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


def _fields(pid: int, table: str) -> dict[str, int]:
    """The sizes, in KiB, that a table of the system tells of a process."""
    try:
        lines = Path(f"/proc/{pid}/{table}").read_text("ascii").splitlines()
    except OSError:
        return {}
    rows = (line.split() for line in lines)
    return {row[0].rstrip(":"): int(row[1]) for row in rows if row[-1] == "kB"}


def _text(stream: BinaryIO) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")
