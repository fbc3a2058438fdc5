"""How a contender is timed: the texts lie in memory, a few were worked on before, the rest counts.

Nothing here but the standard library: peers run in an environment of their own. What a contender
took goes to a file, for some talk.
"""

from __future__ import annotations

import json
import os
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Pairs = Iterable[tuple[int, int]]

#: Articles that everybody works on before the clock starts: code is loaded, compiled and cached.
WARMING = 100


class Task(NamedTuple):
    """What a contender is asked to do.

    Attributes:
        file: articles as JSON Lines.
        result: where to write what it took and the pairs it found, as JSON.
        cores: to how many processors the process is kept; 0 for all.
        processes: that may be started for what can be parted.

    """

    file: Path
    result: Path
    cores: int = 1
    processes: int = 1


def task(arguments: Sequence[str]) -> Task:
    """Read a task from the command line: FILE RESULT [CORES [PROCESSES]]."""
    file, result, *numbers = arguments
    return Task(Path(file), Path(result), *map(int, numbers))


def texts(file: Path) -> list[str]:
    """Read the texts of the articles."""
    with file.open("rb") as lines:
        return [json.loads(line).get("text") or "" for line in lines]


def keep_to(cores: int) -> None:
    """Keep this process, and those it will start, to so many processors, where the system can."""
    if cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


def run(given: Task, find: Callable[[list[str]], Pairs]) -> None:
    """Time a contender.

    ``seconds`` are of the clock, ``cpu_seconds`` of all threads and ended processes; ``pairs`` are
    of places in the file.
    """
    keep_to(given.cores)
    read = texts(given.file)
    list(find(read[:WARMING]))
    clock, busy = time.perf_counter(), _busy()
    found = list(find(read))
    seconds, cpu_seconds = time.perf_counter() - clock, _busy() - busy
    distinct = {(min(pair), max(pair)) for pair in found}
    result = {
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "pairs": sorted(distinct),
    }
    given.result.write_text(json.dumps(result), "utf-8")


def _busy() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
