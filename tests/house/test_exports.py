"""The public names, and that asking for one loads no more than it needs."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import dedup

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {"pandas", "numpy", "numba", "sklearn", "scipy", "datasketch", "lxml", "pyarrow", "jinja2"}
HEAVY |= {"starlette", "uvicorn", "scrapy", "spacy", "redis"}


def test_names_are_sorted_and_there() -> None:
    assert dedup.__all__ == sorted(dedup.__all__)
    for name in dedup.__all__:
        assert getattr(dedup, name) is not None
    assert set(dedup.__all__) <= set(dir(dedup))


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = dedup.Nothing


def test_public_names_are_documented() -> None:
    for name in set(dedup.__all__) - {"__version__"}:
        assert inspect.getdoc(getattr(dedup, name)), name


def loaded(*arguments: str) -> set[str]:
    """Run Python and give the top-level packages that it imported."""
    command = [sys.executable, "-X", "importtime", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in lines}


@pytest.mark.parametrize(
    "command", [[], ["scan"], ["compare"], ["agencies"], ["evaluate"], ["serve"]]
)
def test_help_loads_nothing_heavy(command: list[str]) -> None:
    packages = loaded("-m", "dedup", *command, "--help")
    assert "click" in packages
    assert not packages & HEAVY


def test_importing_the_library_loads_nothing_heavy() -> None:
    packages = loaded("-c", "import dedup; dedup.Config(); dedup.Article(id='a', text='')")
    assert "dedup" in packages
    assert not packages & HEAVY


def modules(root: Path) -> list[str]:
    found = (path.relative_to(root).with_suffix("") for path in (root / "dedup").rglob("*.py"))
    return sorted(".".join(path.parts) for path in found if path.name != "__main__")


def test_every_public_function_has_a_docstring(root: Path) -> None:
    silent = []
    for path in sorted((root / "dedup").rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                continue
            if not node.name.startswith("_") and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(root)}: {node.name}")
    assert not silent


def test_examples_in_docstrings_hold(root: Path) -> None:
    tried = 0
    for path in sorted((root / "dedup").rglob("*.py")):
        if ">>>" in path.read_text("utf-8"):
            name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
            result = doctest.testmod(importlib.import_module(name))
            assert not result.failed, name
            tried += result.attempted
    assert tried >= 0
