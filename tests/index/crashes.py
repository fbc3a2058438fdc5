"""Writers that are killed at any moment, and what is there afterwards.

``python -m tests.index.crashes 500`` kills so many.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import dedup
from dedup import Article, Index
from dedup.index import ahead
from tests.index.histories import csv_of, opened
from tests.strategies import SENTENCES

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

#: Seconds within which a writer is killed.
LONGEST = 0.5


def article(number: int) -> Article:
    """One of any number of articles; every third takes a paragraph from the one before."""
    first = number * 5 if number % 3 else number * 5 - 5
    text = "\n\n".join(
        f"{SENTENCES[(first + k) % len(SENTENCES)]} {SENTENCES[(first + k + 7) % len(SENTENCES)]}"
        for k in range(3)
    )
    return Article(
        id=f"a{number:05}",
        text=f"Edition {number}.\n\n{text}",
        publisher=f"Outlet {number % 4}",
        published_at=f"2021-08-{1 + number % 28:02}T10:00:00Z",
    )


def write(path: Path, first: int, told: Connection) -> None:
    """Add articles and take some out for ever, telling what was done when it was."""
    ahead._LEAST, ahead._AFTER = 1, 0  # a process that reads is there when its writer is killed
    with opened(path, few=6) as index:
        number = first
        while True:
            batches = [[article(number + k) for k in range(n, n + 3)] for n in (0, 3)]
            for _, batch in zip(index.add_all(batches), batches, strict=True):
                told.send(("added", [one.id for one in batch]))
            if number % 4 == 0:
                batch = batches[0]
                told.send(("removing", [batch[0].id]))
                index.remove([batch[0].id])
                told.send(("removed", [batch[0].id]))
            number += 6
            if number - first > 30:
                index.expire(before="2021-08-20")
                told.send(("expired", []))
                return


class Round(NamedTuple):
    """What is known of an index after a writer was killed."""

    there: set[str]  #: must be there
    perhaps: set[str]  #: may be there: nobody heard whether it was stored or taken out


def killed(path: Path, known: Round, first: int, seconds: float) -> tuple[Round, bool]:
    """Let a writer work for a while and kill it; say what must be there, and whether it ended."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=write, args=(path, first, there))
    process.start()
    there.close()
    time.sleep(seconds)
    if process.pid is not None and process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    certain, perhaps = set(known.there), set(known.perhaps)
    ended = False
    try:
        while True:
            what, names = here.recv()
            if what == "added":
                certain |= set(names)
            elif what == "removing":
                certain -= set(names)
                perhaps |= set(names)
            elif what == "removed":
                perhaps -= set(names)
            else:
                ended = True
    except EOFError:
        pass
    return Round(certain, perhaps), ended


def faults(rounds: int, folder: Path, seed: int = 0) -> list[str]:
    """Kill so many writers of one index; say what was lost or wrong after any of them."""
    generator = np.random.default_rng(seed)
    path, wrong = folder / "news.dedup", []
    known, first = Round(set(), set()), 0
    for number in range(rounds):
        known, ended = killed(path, known, first, float(generator.uniform(0, LONGEST)))
        with Index.open(path) as index:
            held = set(index.ids())
            if not ended and (lost := known.there - held):
                wrong.append(f"round {number}: lost {sorted(lost)}")
            if bad := index.verify():
                wrong.append(f"round {number}: {bad}")
            found = csv_of(index.tables(), folder / "found")
        expected = csv_of(dedup.scan([article(int(n[1:])) for n in held]), folder / "expected")
        if found != expected:
            wrong.append(f"round {number}: tables differ")
        known = Round(held, set())
        first = 0 if len(held) > 60 else max((int(n[1:]) + 1 for n in held), default=0)
    return wrong


def main() -> int:
    """Kill as many writers as the command line says."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = faults(int(sys.argv[1]), Path(folder))
    sys.stdout.write("\n".join([*wrong, f"{len(wrong)} faults\n"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
