"""Speed is guarded by what is counted; seconds hang on the machine."""

from __future__ import annotations

import json

import pytest

from bench import guard

#: So much more work than was kept is let pass, and so many calls an article whatever was kept.
TOLERANCE, SLACK = 1.1, 1.0


@pytest.fixture(scope="module")
def counts() -> dict[str, dict[str, float]]:
    return guard.measured()


def test_the_program_does_no_more_work_than_it_did(counts: dict[str, dict[str, float]]) -> None:
    kept = json.loads(guard.KEPT.read_text("utf-8"))
    more = {
        f"{name}, {what}": (number, kept[name].get(what, 0))
        for name, found in counts.items()
        for what, number in found.items()
        if number > TOLERANCE * kept[name].get(what, 0) + SLACK
    }
    assert not more, "if it is worth it: python -m bench.guard --write"


def test_twice_the_articles_are_twice_the_work(counts: dict[str, dict[str, float]]) -> None:
    few, many = (
        sum(number for what, number in counts[f"made {size}"].items() if what.startswith("calls"))
        for size in guard.SIZES
    )
    assert many <= TOLERANCE * few


def test_what_is_found_is_what_was_found(counts: dict[str, dict[str, float]]) -> None:
    kept = json.loads(guard.KEPT.read_text("utf-8"))
    found = {name: number["passages"] for name, number in counts.items()}
    assert found == pytest.approx({name: kept[name]["passages"] for name in kept}, rel=0.1)
