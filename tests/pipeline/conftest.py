"""The scans that several tests look at, made once."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import dedup

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup import Result

GOLDEN = Path(__file__).parents[1] / "golden_seeds"


def pytest_addoption(parser: pytest.Parser) -> None:
    with contextlib.suppress(ValueError):  # another room may have named the same option
        parser.addoption("--update-golden", action="store_true", help="write golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Hold bytes to a committed file; ``--update-golden`` writes it anew."""

    def check(name: str, found: bytes) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden", default=False):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(found)
        assert found == path.read_bytes(), f"{name} changed: see --update-golden"

    return check


@pytest.fixture(scope="session")
def newsroom(root: Path) -> Path:
    return root / "tests" / "data" / "newsroom"


@pytest.fixture(scope="session")
def scanned_seeds(seeds: Path) -> Result:
    return dedup.scan(seeds)


@pytest.fixture(scope="session")
def scanned_newsroom(newsroom: Path) -> Result:
    return dedup.scan(newsroom / "articles.jsonl")
