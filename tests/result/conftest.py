"""The seeds' report as rows, from the document that the report room's tests hold fixed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dedup.report.columns import TABLES, json_columns
from dedup.result import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

SEEDS = Path(__file__).parents[1] / "report" / "golden" / "report.json"

Table = dict[str, dict[str, list[object]]]


@pytest.fixture
def written() -> Mapping[str, list[dict[str, object]]]:
    loaded: Mapping[str, list[dict[str, object]]] = json.loads(SEEDS.read_text("utf-8"))
    return loaded


@pytest.fixture
def tables(written: Mapping[str, list[dict[str, object]]]) -> Table:
    """Plain columns of the seeds' report, free to be changed."""
    return {
        table: {c.name: [row[c.name] for row in written[table]] for c in json_columns(table)}
        for table in TABLES
    }


@pytest.fixture
def result(tables: Table, written: Mapping[str, dict[str, object]]) -> Result:
    return Result(tables, written["run"])
