"""``python -m bench.accuracy``: measure how right the program is, keep what was measured.

A part leaves bench/results/accuracy/PART.json; the tables of docs/accuracy.md are made of these. A
part whose set is not there keeps the result that it has, which names the source it was measured on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cogapp import Cog  # type: ignore[import-untyped]

from bench import machine
from bench.accuracy.ablation import ablation
from bench.accuracy.degrees import short_answers
from bench.accuracy.labelled import RESULTS, ROOT, Sets
from bench.accuracy.readings import readings
from bench.accuracy.reliability import confidence
from bench.accuracy.scored import newsroom, pan13
from bench.accuracy.standing import press, same_event

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bench.accuracy.labelled import Json

PAGE = ROOT / "docs" / "accuracy.md"


class Part(NamedTuple):
    """What is measured, the sets that it must have, and the command that does it again."""

    measure: Callable[[Sets], Json]
    needs: tuple[str, ...]
    command: str


def _part(name: str) -> str:
    return f"python -m bench.accuracy {name} --sets SETS"


PARTS: Mapping[str, Part] = {
    "newsroom": Part(newsroom, ("newsroom",), "dedup evaluate tests/data/newsroom --faults"),
    "pan13": Part(pan13, ("pan13",), "dedup evaluate SETS/pan13"),
    "short_answers": Part(short_answers, ("short_answers",), _part("short_answers")),
    "readings": Part(readings, (), "python -m bench.accuracy readings"),
    "press": Part(press, ("press",), _part("press")),
    "same_event": Part(same_event, ("same_event",), _part("same_event")),
    "confidence": Part(confidence, ("newsroom", "pan13", "press"), _part("confidence")),
    "ablation": Part(ablation, ("newsroom", "pan13", "press"), _part("ablation")),
}


def main() -> None:
    """Measure what was asked for and can be, and make the tables anew."""
    given = _arguments()
    sets = Sets(given.sets and given.sets.resolve())
    for name in given.parts or PARTS:
        part = PARTS[name]
        if absent := [need for need in part.needs if sets.folder(need) is None]:
            print(f"{name}: {' and '.join(absent)} not there (--sets); {_kept(name)}")
            continue
        print(f"{name} ...", flush=True)
        file = RESULTS / f"{name}.json"
        result = {"command": part.command, **part.measure(sets)}
        file.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    write_page()
    print(PAGE)


def write_page() -> None:
    """Make the tables of the page anew."""
    if failed := Cog().main(["cog", "-r", "-P", "-I", str(ROOT), str(PAGE)]):
        raise SystemExit(failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.accuracy", description="Measure how right the program is."
    )
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if none is named"
    )
    parser.add_argument(
        "--sets", type=Path, metavar="FOLDER", help="holds the sets that the repository does not"
    )
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    return given


def _kept(name: str) -> str:
    """Say what is kept of a part that cannot be measured."""
    file = RESULTS / f"{name}.json"
    if not file.is_file():
        return "nothing is known of it"
    source = json.loads(file.read_text("utf-8"))["data"]["source"]
    now = machine.source_digest()
    return f"its result is of source {source}" + (f", this is {now}" if source != now else "")


if __name__ == "__main__":
    main()
