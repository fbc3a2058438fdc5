from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bench.stages import DOORS, OTHER, Clock

if TYPE_CHECKING:
    from pathlib import Path


class Hands:
    """A clock's hands, which the tested steps move themselves."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_stage_is_charged_less_what_it_calls() -> None:
    hands = Hands()
    clock = Clock(hands)

    def step(seconds: float) -> None:
        hands.at += seconds

    inner = clock.timed(step, "inner")

    def outer() -> str:
        step(1)
        inner(10)
        step(2)
        inner(20)
        return "done"

    assert clock.timed(outer, "outer")() == "done"
    step(100)
    assert clock.seconds == {"outer": 3, "inner": 30}


def test_a_stage_that_fails_is_charged_and_left() -> None:
    hands = Hands()
    clock = Clock(hands)

    def fail() -> None:
        hands.at += 5
        raise KeyError

    failing = clock.timed(fail, "failing")

    def outer() -> None:
        with pytest.raises(KeyError):
            failing()
        hands.at += 1

    clock.timed(outer, "outer")()
    assert clock.seconds == {"outer": 1, "failing": 5}


def test_functions_are_named_in_their_stage() -> None:
    clock = Clock(profiled=True)
    clock.timed(lambda: sum(clock.timed(sorted, "sorting")([3, 1, 2])), "adding")()
    named = clock.functions(20)
    assert "<built-in method builtins.sum>" in [name for name, _ in named["adding"]]
    assert "<built-in method builtins.sorted>" in [name for name, _ in named["sorting"]]
    assert "<built-in method builtins.sorted>" not in [name for name, _ in named["adding"]]


def test_all_stages_are_met_and_add_up_to_the_whole(root: Path) -> None:
    articles = root / "tests" / "data" / "newsroom" / "articles.jsonl"
    command = [sys.executable, "-m", "bench.stages", str(articles)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    languages = {"read articles: language"}  # the set gives them, none is guessed
    stages = {door.stage for door in DOORS} | {OTHER, "load libraries"}
    assert set(found["stages"]) == stages - languages
    assert sum(found["stages"].values()) == pytest.approx(found["seconds"], rel=0.02)
