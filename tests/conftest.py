"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]

settings.register_profile("dedup", settings.default, deadline=None)  # machines differ, and are busy
settings.load_profile("dedup")

# Compiling takes longer than most tests: those that ask for the compiled back end say so.
os.environ.setdefault("DEDUP_BACKEND", "numpy")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def seeds(root: Path) -> Path:
    return root / "seeds"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-skips",
        action="store_true",
        default=bool(os.environ.get("DEDUP_CI")),
        help="fail where a test was skipped: everything that tests need must be there",
    )
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest, golden_folder: Path) -> Callable[[str, bytes], None]:
    """Hold bytes to a committed file of the room; ``--update-golden`` writes it anew."""

    def check(name: str, found: bytes) -> None:
        path = golden_folder / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(found)
        assert found == path.read_bytes(), f"{name} changed: see --update-golden"

    return check


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if exitstatus == pytest.ExitCode.OK and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if skipped := _skipped(config):
        terminalreporter.write_line(f"{skipped} skipped, and --no-skips allows none", red=True)


def _skipped(config: pytest.Config) -> int:
    """Count the skipped tests, where none is allowed."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not config.getoption("no_skips"):
        return 0
    return len(reporter.stats.get("skipped", []))
