"""The race: the whole job beside datasketch alone, in fresh processes and alternating rounds."""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.figures import figure, ratios, rounded
from bench.machine import load
from bench.processes import measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bench.corpus import Planted
    from bench.processes import Measured

ROOT = Path(__file__).parents[1]


class Contender(NamedTuple):
    """One of the two sides, in one of its settings."""

    name: str
    ours: bool
    arguments: tuple[str, ...]  #: of Python: FILE and OUT stand for the data and a scratch folder
    shown: str  #: the command as a reader would type it


class Round(NamedTuple):
    """What one contender took in one round."""

    seconds: float
    cpu_seconds: float
    work_seconds: float  #: the rival's work alone; of our whole job all seconds are work
    peak_mib: float
    largest_mib: float
    pairs: int
    load: float


def contenders() -> list[Contender]:
    """Return the two sides by turns, A B A B; xxhash only where it is installed."""
    whole = [_ours(workers) for workers in (2, 1)]
    alone = [_rival("sha1")]
    if importlib.util.find_spec("xxhash"):
        alone.append(_rival("xxhash"))
    turns = [side for pair in zip(whole, alone, strict=False) for side in pair]
    return turns + whole[len(alone) :]


def run(
    data: Path, rounds: int, planted: Sequence[Planted], tell: Callable[[str], None]
) -> dict[str, object]:
    """Measure every contender in every round."""
    sides = contenders()
    taken: dict[str, list[Round]] = {side.name: [] for side in sides}
    recalled: dict[str, dict[str, float]] = {}
    for number in range(1, rounds + 1):
        for side in sides:
            with tempfile.TemporaryDirectory() as scratch:
                before = load()
                measured = measure(_command(side, data, Path(scratch)), {"PYTHONPATH": str(ROOT)})
                found = _pairs(side, Path(scratch))
            taken[side.name].append(_round(side, measured, len(found), before))
            if planted:
                recalled[side.name] = recall(planted, found)
            tell(f"round {number} of {rounds}, {side.name}: {measured.seconds:.1f} s")
    return {
        "contenders": [
            {"name": side.name, "ours": side.ours, "command": side.shown}
            | _summary(taken[side.name])
            | ({"recall": recalled[side.name]} if planted else {})
            for side in sides
        ],
        "ratios": _ratios(sides, taken),
    }


def recall(planted: Iterable[Planted], found: set[frozenset[str]]) -> dict[str, float]:
    """Return, by kind, the share of the planted copies that were found with their source."""
    hits: dict[str, list[bool]] = {}
    for plant in planted:
        hits.setdefault(plant.kind, []).append(frozenset((plant.copy, plant.source)) in found)
    return {kind: rounded(sum(said) / len(said)) for kind, said in sorted(hits.items())}


def _ours(workers: int) -> Contender:
    options = ("--format", "csv", "--workers", str(workers))
    return Contender(
        name=f"whole job, {workers} worker{'s' if workers > 1 else ''}",
        ours=True,
        arguments=("-m", "dedup", "scan", "FILE", *options, "--quiet", "--out", "OUT"),
        shown=" ".join(("dedup scan FILE", *options)),
    )


def _rival(hashed: str) -> Contender:
    return Contender(
        name=f"datasketch, {hashed}",
        ours=False,
        arguments=("-m", "bench.rival", "FILE", "--hash", hashed, "--pairs", "OUT/pairs.json"),
        shown=f"python -m bench.rival FILE --hash {hashed}",
    )


def _command(side: Contender, data: Path, scratch: Path) -> list[str]:
    places = {"FILE": str(data), "OUT": str(scratch), "OUT/pairs.json": str(scratch / "pairs.json")}
    return [sys.executable, *(places.get(word, word) for word in side.arguments)]


def _pairs(side: Contender, scratch: Path) -> set[frozenset[str]]:
    """Return the pairs of articles that a contender found, by their ids."""
    if side.ours:
        with (scratch / "matches.csv").open(encoding="utf-8", newline="") as file:
            return {frozenset((row["article_id"], row["other_id"])) for row in csv.DictReader(file)}
    return {frozenset(pair) for pair in json.loads((scratch / "pairs.json").read_text("utf-8"))}


def _round(side: Contender, measured: Measured, pairs: int, before: float) -> Round:
    work = measured.seconds if side.ours else float(json.loads(measured.output)["seconds"])
    return Round(
        seconds=rounded(measured.seconds),
        cpu_seconds=rounded(measured.cpu_seconds),
        work_seconds=rounded(work),
        peak_mib=rounded(measured.peak_mib),
        largest_mib=rounded(measured.largest_mib),
        pairs=pairs,
        load=before,
    )


def _summary(rounds: Sequence[Round]) -> dict[str, object]:
    """Summarise a contender: medians with their intervals, and every round beside."""
    measures = ("seconds", "cpu_seconds", "work_seconds", "peak_mib", "largest_mib")
    summary: dict[str, object] = {
        name: figure([getattr(one, name) for one in rounds])._asdict() for name in measures
    }
    return summary | {"pairs": rounds[-1].pairs, "rounds": [one._asdict() for one in rounds]}


def _ratios(sides: Sequence[Contender], taken: dict[str, list[Round]]) -> list[dict[str, object]]:
    """Compare each of our settings with each of the rival's, round by round."""
    out: list[dict[str, object]] = []
    for own in (side for side in sides if side.ours):
        for other in (side for side in sides if not side.ours):
            seconds = [one.seconds for one in taken[own.name]]
            busy = [one.cpu_seconds for one in taken[own.name]]
            theirs = taken[other.name]
            out.append(
                {
                    "ours": own.name,
                    "theirs": other.name,
                    "whole": ratios(seconds, [one.seconds for one in theirs])._asdict(),
                    "work": ratios(seconds, [one.work_seconds for one in theirs])._asdict(),
                    "cpu": ratios(busy, [one.cpu_seconds for one in theirs])._asdict(),
                }
            )
    return out
