from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from bench.stages import Look, Watch, seen
from dedup.text import shingles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType


def frame_within(function: Callable[[Callable[[], object]], object]) -> FrameType:
    """The frame that is innermost when a function calls what it is given."""
    found: list[FrameType] = []
    function(lambda: found.append(sys._getframe()))
    return found[0]


def named(file: str, name: str) -> Callable[[Callable[[], object]], object]:
    """A function of this name that stands in a file of the program."""
    path = shingles.__file__.replace("text/shingles.py", file)
    space: dict[str, Callable[[Callable[[], object]], object]] = {}
    exec(compile(f"def {name}(inner): return inner()", path, "exec"), space)  # noqa: S102
    return space[name]


def test_time_is_charged_to_the_room_and_the_door_into_it() -> None:
    scan, door, inner = (
        named("pipeline/__init__.py", "scan"),
        named("text/tokens.py", "tokenize"),
        named("text/fold.py", "look_up"),
    )
    frame = frame_within(lambda call: scan(lambda: door(lambda: inner(call))))
    assert seen(frame) == Look("text", "text: tokenize", "text/fold.py look_up")


def test_what_runs_in_no_room_is_the_corridors_own() -> None:
    frame = frame_within(named("pipeline/learning.py", "learn"))
    assert seen(frame) == Look("pipeline", "pipeline.learning", "pipeline/learning.py learn")
    assert seen(None) == Look("other", "other", "other")


def test_all_time_is_charged() -> None:
    ticks = iter(range(1000))
    with Watch(lambda: float(next(ticks))) as watch:
        pass
    assert watch.by("room") == {"other": 1.0}


def test_stages_add_up_to_the_whole(root: Path) -> None:
    articles = root / "tests" / "data" / "newsroom" / "articles.jsonl"
    command = [sys.executable, "-m", "bench.stages", "scan", str(articles)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    # a look every few milliseconds may miss what takes no longer than that
    assert {"text", "verify", "loading code"} <= set(found["room"])
    for charged in (found["room"], found["door"]):
        # a sampler that has to wait for a processor misses some, and never charges twice
        assert 0.5 * found["seconds"] < sum(charged.values()) < 1.05 * found["seconds"]
