"""``python -m bench``: measure, keep the results, write the page.

A part leaves bench/results/PART.json; docs/performance.md is made of these, and of nothing else.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import machine, page
from bench.parts import PARTS
from bench.setting import Setting


def main() -> None:
    """Measure what was asked for, and write the page."""
    given = _arguments()
    if not given.write:
        if given.keep:
            given.keep.mkdir(parents=True, exist_ok=True)
        with nullcontext(given.keep) if given.keep else TemporaryDirectory() as scratch:
            setting = Setting(
                scratch=Path(scratch),
                keeps=bool(given.keep),
                rounds=given.rounds,
                most=given.at_most,
                data=given.data and given.data.resolve(),
                peers=given.peers,
            )
            for part in given.parts or PARTS:
                _measure(part, setting, given)
    print(page.write())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure the program beside its peers."
    )
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if none is named"
    )
    parser.add_argument(
        "--data", type=Path, metavar="FILE", help="real articles, as JSON Lines or .gz"
    )
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="of a race (5)")
    parser.add_argument(
        "--at-most", type=int, default=0, metavar="N", help="articles in any part, to try it out"
    )
    parser.add_argument(
        "--peers",
        default=sys.executable,
        metavar="PYTHON",
        help="of an environment with bench/peers.txt and frameworks.txt installed (this one)",
    )
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="DIR",
        help="of corpora and indexes that stay for another time, with the same --data",
    )
    parser.add_argument("--write", action="store_true", help="only make docs/performance.md")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    return given


def _measure(part: str, setting: Setting, given: argparse.Namespace) -> None:
    """Measure one part and keep its result."""
    setting.tell(f"{part} ...")
    if not (measured := PARTS[part](setting)):
        setting.tell(f"{part} needs --data")
        return
    result = {
        "command": _command(part, given),
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    file = page.RESULTS / f"{part}.json"
    file.write_text(json.dumps(result | measured, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _command(part: str, given: argparse.Namespace) -> str:
    """Give the command that measures the same again, without the folder of the data."""
    words = ["python", "-m", "bench", part]
    words += ["--data", given.data.name] if given.data else []
    words += ["--rounds", str(given.rounds)] if given.rounds != 5 else []  # noqa: PLR2004
    words += ["--at-most", str(given.at_most)] if given.at_most else []
    return " ".join(words)


if __name__ == "__main__":
    main()
