"""Where everything must be there, a skipped test fails the run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SKIPPED = "import pytest\n\ndef test_a():\n    pytest.skip('no browser')\n"
PASSED = "def test_a():\n    pass\n"


@pytest.mark.parametrize(
    ("tests", "arguments", "code"),
    [
        (SKIPPED, [], 0),
        (SKIPPED, ["--no-skips"], 1),
        (PASSED, ["--no-skips"], 0),
        (SKIPPED + "\ndef test_b():\n    assert False\n", ["--no-skips"], 1),
    ],
)
def test_skips_fail_the_run_where_none_is_allowed(
    root: Path, tmp_path: Path, tests: str, arguments: list[str], code: int
) -> None:
    shutil.copy(root / "tests" / "conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_it.py").write_text(tests)
    environment = {k: v for k, v in os.environ.items() if k not in {"DEDUP_CI", "COV_CORE_SOURCE"}}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout
    assert ("--no-skips allows none" in done.stdout) is (bool(arguments) and "no browser" in tests)
