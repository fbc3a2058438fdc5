"""The tree that ARCHITECTURE.md draws is the one on the disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "core"}
DATA = {"", ".toml", ".json", ".npz", ".npy", ".html", ".css", ".js", ".po", ".typed"}


def drawn(root: Path) -> set[str]:
    """Read the tree block: a line names a module or a room, then come the room's modules."""
    page = (root / "ARCHITECTURE.md").read_text("utf-8")
    block = re.search(r"```\ndedup/\n(.*?)```", page, re.DOTALL)
    assert block, "ARCHITECTURE.md has no tree block"
    found, room = set(), ""
    for line in block[1].splitlines():
        if module := re.match(r"  (\w+\.py) ", line):
            found.add(module[1])
        elif named := re.match(r"  (\w+)/ ", line):
            room = named[1]
        else:
            found |= {f"{room}/{name}.py" for name in re.findall(r"\w+", line)}
    return found


def on_disk(root: Path) -> set[str]:
    return {
        path.relative_to(root / "dedup").as_posix()
        for path in (root / "dedup").rglob("*.py")
        if path.name != "__init__.py" or path.parent == root / "dedup"
    }


def test_architecture_draws_the_disk(root: Path) -> None:
    assert drawn(root) == on_disk(root)


def test_rooms_are_two_levels_deep(root: Path) -> None:
    assert all(file.count("/") <= 1 for file in on_disk(root))


def test_no_name_says_nothing(root: Path) -> None:
    names = {part.removesuffix(".py") for file in on_disk(root) for part in file.split("/")}
    assert not names & EMPTY_NAMES


def test_only_known_kinds_of_data_are_shipped(root: Path) -> None:
    shipped = {
        path.suffix
        for path in (root / "dedup").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert shipped <= DATA | {".py"}


def test_every_room_says_what_it_is_for(root: Path) -> None:
    silent = [
        path
        for path in (root / "dedup").rglob("*.py")
        if not path.read_text("utf-8").lstrip().startswith(('"""', 'r"""'))
    ]
    assert not silent
