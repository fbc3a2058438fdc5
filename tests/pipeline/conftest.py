"""The scans that several tests look at, made once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import dedup

if TYPE_CHECKING:
    from dedup import Result

GOLDEN = Path(__file__).parents[1] / "golden_seeds"


@pytest.fixture(scope="session")
def golden_folder() -> Path:
    return GOLDEN


@pytest.fixture(scope="session")
def newsroom(root: Path) -> Path:
    return root / "tests" / "data" / "newsroom"


@pytest.fixture(scope="session")
def scanned_seeds(seeds: Path) -> Result:
    return dedup.scan(seeds)


@pytest.fixture(scope="session")
def scanned_newsroom(newsroom: Path) -> Result:
    return dedup.scan(newsroom / "articles.jsonl")
