"""One word per thing, and none that accuses."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ACCUSING = re.compile(r"plagiar|\btheft\b|\bstolen\b|\bsteal|\bthie[fv]", re.IGNORECASE)
#: second words for what the house has one word for
OTHER_WORDS = re.compile(r"(?:^|_)(?:ngrams?|kgrams?|newspaper|citations?)(?:_|$)")
MACHINE = re.compile(r"(?<![\w.])/(?:root|home|Users|work|tmp)/[a-z.]")
READABLE = {".py", ".md", ".toml", ".html", ".css", ".js", ".json", ".txt", ".yaml", ".cfg", ""}


def files(root: Path) -> list[Path]:
    """List what is, or would be, under version control."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [root / line for line in listed.stdout.splitlines() if (root / line).is_file()]


def test_the_product_never_accuses(root: Path) -> None:
    shipped = [p for p in (root / "dedup").rglob("*") if p.suffix in READABLE and p.is_file()]
    assert len(shipped) > 10
    said = {p.name: hit[0] for p in shipped if (hit := ACCUSING.search(p.read_text("utf-8")))}
    assert not said


def test_the_readme_never_accuses(root: Path) -> None:
    for page in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md"):
        assert not ACCUSING.search((root / page).read_text("utf-8")), page


def identifiers(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                names.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
    return names


def test_one_word_per_thing(root: Path) -> None:
    odd = {
        f"{path.relative_to(root)}: {name}"
        for path in (root / "dedup").rglob("*.py")
        for name in identifiers(path)
        if OTHER_WORDS.search(name.lower())
    }
    assert not odd


def test_no_file_names_a_machine(root: Path) -> None:
    lines = [
        f"{path.relative_to(root)}: {hit[0]}"
        for path in files(root)
        if path.suffix in READABLE | {".lock"}
        and not {"seeds", "data"} & set(path.parts)
        and path != Path(__file__)
        and (hit := MACHINE.search(path.read_text("utf-8")))
    ]
    assert not lines


def test_the_lock_names_only_the_public_registry(root: Path) -> None:
    lock = (root / "uv.lock").read_text("utf-8")
    hosts = set(re.findall(r"https?://([^/\"]+)", lock))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
