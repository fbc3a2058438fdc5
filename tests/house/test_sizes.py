"""One sitting: no module over 350 lines, no function over 45, no more than 6 parameters."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

MODULE, FUNCTION = 350, 45


def modules(root: Path) -> list[Path]:
    return sorted((root / "dedup").rglob("*.py"))


def test_modules_are_read_in_one_sitting(root: Path) -> None:
    sizes = {
        str(p.relative_to(root)): len(p.read_text("utf-8").splitlines()) for p in modules(root)
    }
    assert len(sizes) > 10
    assert not {name: lines for name, lines in sizes.items() if lines > MODULE}


def test_functions_are_short(root: Path) -> None:
    long = {}
    for path in modules(root):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
                lines = (node.end_lineno or first) - first + 1
                if lines > FUNCTION:
                    long[f"{path.relative_to(root)}:{node.name}"] = lines
    assert not long


@pytest.mark.parametrize("suffix", ["html", "css", "js"])
def test_pages_are_read_in_one_sitting_too(root: Path, suffix: str) -> None:
    pages = (root / "dedup").rglob(f"*.{suffix}")
    assert not [p.name for p in pages if len(p.read_text("utf-8").splitlines()) > MODULE]
