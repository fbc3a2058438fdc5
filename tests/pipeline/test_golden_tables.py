"""The tables of the seeds, byte for byte: a change of any cell is a change to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dedup import Result

TABLES = ("articles", "paragraphs", "matches", "attributions", "stories", "sources")


@pytest.fixture(scope="module")
def written(scanned_seeds: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds")
    scanned_seeds.write(folder, ["csv"])
    return folder


@pytest.mark.parametrize("table", TABLES)
def test_the_tables_of_the_seeds_stay_as_they_are(
    written: Path, golden: Callable[[str, bytes], None], table: str
) -> None:
    golden(f"{table}.csv", (written / f"{table}.csv").read_bytes())


def test_every_table_is_held(written: Path) -> None:
    assert sorted(path.stem for path in written.iterdir()) == sorted(TABLES)
