"""``python -m bench``: measure, keep the result, write the page.

Without ``--data`` a corpus is made from the newsroom set. A result is bench/results/NAME.json, one
file a run; docs/performance.md is made from all of them by ``--write``, and from nothing else.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from bench import corpus, machine, page, race
from bench.processes import measure
from bench.rival import records

if TYPE_CHECKING:
    from bench.corpus import Planted

PARTS = ("race", "stages", "kernels")
_MADE = 5000


def main() -> None:
    """Measure what was asked for, or write the page."""
    given = _arguments()
    if given.write:
        print(page.write())
        return
    with tempfile.TemporaryDirectory() as scratch:
        data, planted = _data(given, Path(scratch))
        result = _measured(given, data, planted)
    file = page.RESULTS / f"{given.name or data.name.split('.')[0]}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(page.section(file.stem, cast("page.Result", result)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure the whole job beside datasketch alone, its stages and its kernels.",
    )
    parser.add_argument("--data", type=Path, metavar="FILE", help="articles as JSON Lines, or .gz")
    parser.add_argument(
        "--articles", type=int, metavar="N", help=f"of FILE the first N; else to make ({_MADE})"
    )
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="of the race (3)")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, metavar="PART")
    parser.add_argument("--functions", type=int, default=5, metavar="N", help="of each stage (5)")
    parser.add_argument("--name", help="of the result; that of the data, if not given")
    parser.add_argument("--write", action="store_true", help="only make docs/performance.md")
    return parser.parse_args()


def _data(given: argparse.Namespace, scratch: Path) -> tuple[Path, list[Planted]]:
    """Return the file to measure on, as given, cut or made, and what is planted in it."""
    if given.data is None:
        made = scratch / "newsroom.jsonl"
        return made, corpus.write(given.articles or _MADE, made)
    if given.articles is None:
        return given.data.resolve(), []
    cut = scratch / given.data.name.removesuffix(".gz")
    with cut.open("w", encoding="utf-8") as file:
        for record in islice(records(given.data), given.articles):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return cut, []


def _measured(given: argparse.Namespace, data: Path, planted: list[Planted]) -> dict[str, object]:
    """Measure the parts asked for."""
    result: dict[str, object] = {
        "command": _command(given),
        "machine": machine.describe(),
        "versions": machine.versions(),
        "data": machine.data(data)._asdict() | {"planted": len(planted)},
    }
    if "race" in given.parts:
        result["race"] = race.run(data, given.rounds, planted, _tell)
    if "stages" in given.parts:
        result["stages"] = _own_process("bench.stages", data)
        _tell("stages done")
        if given.functions:
            slower = _own_process("bench.stages", data, "--functions", str(given.functions))
            result["functions"] = slower["functions"]
            _tell("functions done")
    if "kernels" in given.parts:
        result["kernels"] = _own_process("bench.kernels", data)
    return result


def _own_process(module: str, data: Path, *options: str) -> dict[str, object]:
    """Run a part in a fresh process and return what it printed, with the load before it."""
    before = machine.load()
    command = [sys.executable, "-m", module, str(data), *options]
    printed = measure(command, {"PYTHONPATH": str(race.ROOT)}).output
    found: dict[str, object] = json.loads(printed)
    return found | {"load": before}


def _command(given: argparse.Namespace) -> str:
    """Give the command that was typed, without the folder of the data."""
    words = ["python", "-m", "bench"]
    words += ["--data", given.data.name] if given.data else []
    words += ["--articles", str(given.articles)] if given.articles else []
    words += ["--rounds", str(given.rounds)] if "race" in given.parts else []
    words += ["--parts", *given.parts] if len(given.parts) < len(PARTS) else []
    words += ["--name", given.name] if given.name else []
    return " ".join(words)


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
