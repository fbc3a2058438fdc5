"""The whole job in one process, by stage: the program itself runs, its doors are timed.

    python -m bench.stages FILE [--functions N]

A stage is charged with what happens inside it less what happens in the stages it calls, so that all
stages add up to the whole. ``--functions`` names, in a second, slower run, the functions in which
each stage spends most time of its own. It prints one JSON object.
"""

from __future__ import annotations

import argparse
import importlib
import json
import tempfile
import time
from cProfile import Profile
from functools import wraps
from pathlib import Path
from pstats import Stats
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

from bench.figures import rounded

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")

OTHER = "other"


class Door(NamedTuple):
    """A public step of the program, where it is looked up when it is called."""

    module: str
    name: str  #: a function, or Class.method
    stage: str


DOORS = (
    Door("dedup.sources", "settle", "read input"),
    Door("dedup.attribution", "load", "load catalogue"),
    Door("dedup.text", "segment", "read articles: segment"),
    Door("dedup.text", "tokenize", "read articles: tokenise"),
    Door("dedup.text", "guess_language", "read articles: language"),
    Door("dedup.attribution", "read", "read articles: credits"),
    Door("dedup.pipeline", "learn", "learn"),
    Door("dedup.pipeline", "propose", "propose"),
    Door("dedup.pipeline.comparing", "Comparer.compare", "compare: the rest"),
    Door("dedup.text", "sentences", "compare: sentences"),
    Door("dedup.text", "stems", "compare: stems"),
    Door("dedup.verify", "read", "compare: lay out"),
    Door("dedup.verify", "compare", "compare: align"),
    Door("dedup.verify", "overlap", "compare: measure"),
    Door("dedup.verify", "cosines", "compare: measure"),
    Door("dedup.pipeline.deciding", "subjects", "decide"),
    Door("dedup.pipeline.deciding", "directed", "decide"),
    Door("dedup.pipeline.deciding", "listed", "decide"),
    Door("dedup.pipeline", "decide", "decide"),
    Door("dedup.pipeline.tabulating", "articles", "tabulate"),
    Door("dedup.pipeline.tabulating", "paragraphs", "tabulate"),
    Door("dedup.pipeline.tabulating", "matches", "tabulate"),
    Door("dedup.pipeline.tabulating", "attributions", "tabulate"),
    Door("dedup.pipeline.tabulating", "stories", "tabulate"),
    Door("dedup.pipeline.tabulating", "sources", "tabulate"),
    Door("dedup.detector", "Result", "write"),
    Door("dedup.result.result", "Result.write", "write"),
)


class Clock:
    """Charges time to the innermost stage that is open, and profiles it where asked to."""

    def __init__(
        self, now: Callable[[], float] = time.perf_counter, *, profiled: bool = False
    ) -> None:
        self.seconds: dict[str, float] = {}
        self.profiles: dict[str, Profile] = {}
        self._now, self._profiled = now, profiled
        self._open: list[str] = []
        self._since = 0.0

    def timed(self, function: Callable[P, R], stage: str) -> Callable[P, R]:
        """Return the function, charged to a stage."""

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            self._turn()
            self._open.append(stage)
            self._resume()
            try:
                return function(*args, **kwargs)
            finally:
                self._turn()
                self._open.pop()
                self._resume()

        return call

    def functions(self, count: int) -> dict[str, list[tuple[str, float]]]:
        """Name, by stage, the functions with most time of their own, in seconds."""
        found = {}
        for stage, profile in self.profiles.items():
            profile.create_stats()
            table = Stats(profile).stats  # type: ignore[attr-defined]  # public, but not in the stubs
            own = sorted(((row[2], where) for where, row in table.items()), reverse=True)
            found[stage] = [(_named(*where), rounded(spent)) for spent, where in own[:count]]
        return found

    def _turn(self) -> None:
        """Charge the time since the last turn to the stage that is open."""
        if self._open:
            stage = self._open[-1]
            if self._profiled:
                self.profiles[stage].disable()
            self.seconds[stage] = self.seconds.get(stage, 0.0) + self._now() - self._since

    def _resume(self) -> None:
        self._since = self._now()
        if self._open and self._profiled:
            self.profiles.setdefault(self._open[-1], Profile()).enable()


def instrument(clock: Clock) -> None:
    """Put the clock at every door.

    Raises:
        AttributeError: where the program has no such door any more.

    """
    for door in DOORS:
        owner: object = importlib.import_module(door.module)
        *outer, name = door.name.split(".")
        for part in outer:
            owner = getattr(owner, part)
        setattr(owner, name, clock.timed(getattr(owner, name), door.stage))


def scan(path: Path, folder: str) -> None:
    """Do the whole job in this process: read, scan, write the tables."""
    from dedup import detector
    from dedup.config import Config

    config = Config(out=folder, formats=("csv",), workers=1)
    detector.scan(path, config=config).write(folder, config.formats)


def _named(file: str, line: int, function: str) -> str:
    """Name a function by its module's file and line, or by itself where it is built in."""
    if not line:
        return function
    parts = Path(file).parts
    inside = parts[parts.index("dedup") :] if "dedup" in parts else parts[-2:]
    return f"{'/'.join(inside)}:{line} {function}"


def main() -> None:
    """Run the job and print its stages."""
    parser = argparse.ArgumentParser(description="the whole job in one process, by stage")
    parser.add_argument("file", type=Path)
    parser.add_argument("--functions", type=int, default=0, metavar="N")
    given = parser.parse_args()
    clock = Clock(profiled=bool(given.functions))
    start = time.perf_counter()
    clock.timed(instrument, "load libraries")(clock)
    with tempfile.TemporaryDirectory() as folder:
        clock.timed(scan, OTHER)(given.file, folder)
    whole = time.perf_counter() - start
    out: dict[str, object] = {
        "seconds": rounded(whole),
        "stages": {stage: rounded(spent) for stage, spent in clock.seconds.items()},
    }
    if given.functions:
        out["functions"] = clock.functions(given.functions)
    print(json.dumps(out))


if __name__ == "__main__":
    main()
