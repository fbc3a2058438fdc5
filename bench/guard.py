"""What guards the speed: work that is counted, never seconds.

    python -m bench.guard [--write]

The whole job runs on the newsroom set, in NumPy, and each call of a function of the program counts
for its room; so do the pairs that are compared and the passages found. On twice as many articles,
made, it should call twice as much. ``--write`` keeps the counts, to which the tests hold the
program: a change that makes it do more work is seen, and said.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import dedup
from bench import corpus, race
from bench.processes import measure

if TYPE_CHECKING:
    from types import FrameType

KEPT = Path(__file__).with_name("guard.json")
#: Articles of the made corpora, the second twice the first.
SIZES = (100, 200)
_PACKAGE = str(Path(dedup.__file__).parent)


def counted(file: Path) -> dict[str, float]:
    """Do the whole job and count, an article: calls by room, pairs compared, passages."""
    calls: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(_PACKAGE):
            calls[frame.f_code.co_filename] += 1

    from dedup import detector
    from dedup.config import Config

    with tempfile.TemporaryDirectory() as folder:
        config = Config(out=folder, formats=("csv",), workers=1)
        threading.setprofile(count)
        sys.setprofile(count)
        result = detector.scan(file, config=config)
        result.write(folder, config.formats)
        sys.setprofile(None)
        threading.setprofile(None)
        left = race.reported(Path(folder))
    rooms: Counter[str] = Counter()
    for name, number in calls.items():
        rooms[Path(name).relative_to(_PACKAGE).with_suffix("").parts[0]] += number
    found = {f"calls: {room}": number for room, number in sorted(rooms.items())}
    found |= {"pairs compared": int(str(result.run["compared_pairs"])), "passages": left.passages}
    return {name: round(number / left.articles, 2) for name, number in found.items()}


def measured() -> dict[str, dict[str, float]]:
    """Count in fresh processes: on the newsroom set, and on two made corpora."""
    with tempfile.TemporaryDirectory() as scratch:
        files = {"newsroom": corpus.NEWSROOM}
        for size in SIZES:
            files[f"made {size}"] = Path(scratch) / f"{size}.jsonl"
            corpus.write(size, files[f"made {size}"])
        settled = {"DEDUP_BACKEND": "numpy", "PYTHONHASHSEED": "0"}
        command = (sys.executable, "-m", "bench.guard")
        return {
            name: json.loads(measure([*command, str(file)], settled).output)
            for name, file in files.items()
        }


def main() -> None:
    """Count in this process, or in others and keep the counts."""
    if sys.argv[1:] == ["--write"]:
        KEPT.write_text(json.dumps(measured(), indent=1) + "\n", "utf-8")
    else:
        print(json.dumps(counted(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
