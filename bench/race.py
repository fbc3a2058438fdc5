"""A race: contenders take turns, A B A B, each time in a fresh process."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from bench.corpus import ONE, TOLD
from bench.figures import figure, ratios, rounded
from bench.machine import load
from bench.processes import measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bench.corpus import Planted
    from bench.setting import Made, Setting

ROOT = Path(__file__).parents[1]

#: The folder, beside the articles, of a report that was made of them before.
REPORT = "report"

Pairs = set[tuple[int, int]]


class Contender(NamedTuple):
    """Someone who is measured.

    Attributes:
        name: who.
        command: what to run; FILE and OUT stand for the articles and where to leave the result,
            REPORT for a report that was made before.
        environment: variables to set.
        cores: processors that it is kept to, 0 for all.
        clocked: by itself, leaving out what starting and reading take (`bench.contest`).
        may_fail: where it fails, that is told, and the race goes on.
        limit: seconds after which it is given up.

    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = {}
    cores: int = 0
    clocked: bool = False
    may_fail: bool = False
    limit: float = 3600


class Round(NamedTuple):
    """What a contender took in one round; ``load``: how busy the machine was as it began."""

    seconds: float
    cpu_seconds: float
    peak_mib: float
    anonymous_mib: float
    load: float


class Left(NamedTuple):
    """What a contender left: pairs of articles, by place; a report also passages and articles."""

    pairs: Pairs
    passages: int = 0
    articles: int = 0


class Raced(NamedTuple):
    """All rounds of a contender, what it left in the last, and how it failed, if it did."""

    contender: Contender
    rounds: list[Round]
    left: Left
    failure: str = ""

    def said(self, made: Made) -> dict[str, object]:
        """Summarise: medians with their intervals, and every round beside."""
        told: dict[str, object] = {"name": self.contender.name, "command": shown(self.contender)}
        if self.failure:
            return told | {"failure": self.failure}
        for name in ("seconds", "cpu_seconds", "peak_mib", "anonymous_mib"):
            told[name] = figure([getattr(one, name) for one in self.rounds])._asdict()
        if made.planted:
            told["recall"] = recall(made.planted, self.left.pairs)
        pairs, passages, articles = self.left
        told |= {"pairs": len(pairs), "passages": passages, "reported": articles}
        return told | {"rounds": [one._asdict() for one in self.rounds]}


def run(
    contenders: Sequence[Contender], made: Made, setting: Setting, rounds: int = 0
) -> list[Raced]:
    """Let everybody run in every round."""
    raced = [Raced(contender, [], Left(set())) for contender in contenders]
    for number in range(rounds or setting.rounds):
        for place, one in enumerate(raced):
            if one.failure:
                continue
            try:
                taken, left = once(one.contender, made.file)
            except subprocess.CalledProcessError as error:
                failure = last_line(error)
                setting.tell(f"{one.contender.name} failed: {failure}")
                if not one.contender.may_fail:
                    raise
                raced[place] = one._replace(failure=failure)
                continue
            raced[place] = one._replace(rounds=[*one.rounds, taken], left=left)
            setting.tell(f"round {number + 1}, {one.contender.name}: {taken.seconds:.2f} s")
    return raced


def once(contender: Contender, file: Path) -> tuple[Round, Left]:
    """Let a contender run once, and read what it left.

    Raises:
        subprocess.CalledProcessError: where it fails, or takes too long.

    """
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        before = load()
        places = {"FILE": file, "OUT": out, "REPORT": file.parent / REPORT}
        measured = measure(
            [str(places.get(word, word)) for word in contender.command],
            {"PYTHONPATH": str(ROOT), **contender.environment},
            cores=contender.cores,
            limit=contender.limit,
        )
        found = json.loads(out.read_text("utf-8")) if out.is_file() else {}
        left = Left({(a, b) for a, b in found["pairs"]}) if found else reported(out)
    clock = found if contender.clocked else measured._asdict()
    taken = Round(
        seconds=rounded(clock["seconds"]),
        cpu_seconds=rounded(clock["cpu_seconds"]),
        peak_mib=rounded(measured.peak_mib),
        anonymous_mib=rounded(measured.anonymous_mib),
        load=before,
    )
    return taken, left


def reported(report: Path) -> Left:
    """Return what stands in a report; pairs only where the ids are places."""
    passages, pairs = 0, set()
    for row in _rows(report / "matches.csv"):
        passages += 1
        if row["article_id"].isdigit():
            one, other = int(row["article_id"]), int(row["other_id"])
            pairs.add((min(one, other), max(one, other)))
    return Left(pairs, passages, sum(1 for _ in _rows(report / "articles.csv")))


def last_line(error: subprocess.CalledProcessError) -> str:
    """Return how a command failed, in one line."""
    said = str(error.stderr or "").strip().splitlines()
    return said[-1] if said else f"ended with {error.returncode}"


def recall(planted: Iterable[Planted], found: Pairs) -> dict[str, float]:
    """Return, by kind, the share of the planted copies that were found with their source."""
    hits: dict[str, list[bool]] = {}
    for plant in planted:
        pair = min(plant.copy, plant.source), max(plant.copy, plant.source)
        hits.setdefault(plant.kind, []).append(pair in found)
        if plant.told and plant.kind == ONE:
            hits.setdefault(TOLD, []).append(pair in found)
    return {kind: rounded(sum(said) / len(said)) for kind, said in sorted(hits.items())}


def ratio(ours: Raced, theirs: Raced) -> dict[str, object]:
    """Return how many times theirs takes what ours takes, round by round."""
    spent = [[one.seconds for one in side.rounds] for side in (ours, theirs)]
    busy = [[one.cpu_seconds for one in side.rounds] for side in (ours, theirs)]
    return {
        "ours": ours.contender.name,
        "theirs": theirs.contender.name,
        "seconds": ratios(*spent)._asdict(),
        "cpu_seconds": ratios(*busy)._asdict(),
    }


def module(name: str, *words: str, python: str = sys.executable) -> tuple[str, ...]:
    """Return the command that runs a module; the folder it is run from is none of its business."""
    return (python, "-P", "-m", name, *words)


def shown(contender: Contender) -> str:
    """Return the command as a reader would type it."""
    variables = [f"{name}={value}" for name, value in contender.environment.items()]
    words = [f'"{word}"' if " " in word else word for word in contender.command[2:]]
    return " ".join([*variables, "python", *words])


def installed(python: str, name: str) -> dict[str, str]:
    """Ask a module of peers which of them an environment has: versions, by name."""
    told = measure(module(name, python=python), {"PYTHONPATH": str(ROOT)}).output
    found: dict[str, str] = json.loads(told)
    return found


def _rows(table: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)  # a passage may be as long as an article
    if table.exists():
        with table.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
