"""The labelled newsroom, scored as users score it: no figure falls below its floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.config import Config
from dedup.evaluation import evaluate
from tests.pipeline.promises import hold

if TYPE_CHECKING:
    from pathlib import Path

    from dedup import Result
    from dedup.evaluation import Figure

FLOORS = {
    ("copied words", "F1"): 0.95,
    ("heavy rewrites", "recall"): 0.5,
    ("source", "right"): 0.98,
    ("agencies", "F1"): 0.92,
    ("uncredited agencies", "F1"): 0.80,
    ("credit spans", "F1"): 0.95,
    ("verdict", "accuracy"): 0.88,
}
ORIGINALS, FALSE_ALARMS = 34, 3
REVERSED = 0.01


@pytest.fixture(scope="module")
def figures(
    newsroom: Path, scanned_newsroom: Result, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Figure]:
    report = tmp_path_factory.mktemp("newsroom")
    scanned_newsroom.write(report, ["json"])
    return {(row.measure, row.figure): row for row in evaluate(newsroom, report, Config()).figures}


def test_the_newsroom_keeps_every_promise(scanned_newsroom: Result) -> None:
    hold(scanned_newsroom)


@pytest.mark.parametrize(("measure", "figure"), FLOORS)
def test_no_figure_falls_below_its_floor(
    figures: dict[tuple[str, str], Figure], measure: str, figure: str
) -> None:
    assert figures[measure, figure].value >= FLOORS[measure, figure]


def test_hardly_any_original_is_called_a_copy(
    figures: dict[tuple[str, str], Figure],
) -> None:
    alarms, quiet = figures["false alarms", "share"].counts
    assert alarms + quiet == ORIGINALS
    assert alarms <= FALSE_ALARMS


def test_an_original_is_hardly_ever_said_to_come_from_its_copy(
    figures: dict[tuple[str, str], Figure],
) -> None:
    assert figures["direction", "reversed"].value <= REVERSED


def test_the_wire_is_known_to_be_there(scanned_newsroom: Result) -> None:
    assert scanned_newsroom.run["wire_in_corpus"] is True
