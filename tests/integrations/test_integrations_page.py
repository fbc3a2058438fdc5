"""docs/integrations.md says what is so: its code runs, its names are there."""

from __future__ import annotations

import ast
import json
import re
from importlib import import_module, util
from typing import TYPE_CHECKING

import pytest

from dedup import Index

if TYPE_CHECKING:
    from pathlib import Path

    from dedup import Article

PAGE = "docs/integrations.md"
#: Libraries that the tests do without: they are as large as a city.
AWAY = {"prefect"}


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / PAGE).read_text("utf-8")


def blocks(page: str) -> list[str]:
    return re.findall(r"```python\n(.*?)```", page, re.DOTALL)


def imported(block: str) -> set[tuple[str, str]]:
    """The modules that some code imports, each with each name that it takes from there."""
    found = set()
    for node in ast.walk(ast.parse(block)):
        if isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {(str(node.module), alias.name) for alias in node.names}
    return found


def test_its_code_runs(
    page: str, root: Path, tmp_path: Path, story: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seeds").symlink_to(root / "seeds")
    (tmp_path / "drop").symlink_to(root / "seeds")
    records = (json.dumps({"id": a.id, "text": a.text}) for a in story)
    (tmp_path / "articles.jsonl").write_text("\n".join(records))
    monkeypatch.chdir(tmp_path)
    with Index.open("news.dedup") as index:
        index.add(story)
    import_module("dedup.integrations.annotating")  # as an installed package names it
    left_out = []
    for block in blocks(page):
        for module, name in imported(block):
            if module.split(".")[0] == "dedup":
                assert not name or hasattr(import_module(module), name), (module, name)
        if {module.split(".")[0] for module, _ in imported(block)} & AWAY:
            left_out.append(block)
        else:
            names: dict[str, object] = {}
            exec(compile(block, PAGE, "exec"), names)  # noqa: S102 - the page's own code
            if "credits" in names:
                assert ("LILONGWE, March 4 (Reuters)", "dateline", "reuters") in names["credits"]  # type: ignore[operator]  # a list
    assert len(left_out) == len(AWAY)


def test_it_names_every_module_and_setting(page: str, root: Path) -> None:
    modules = {path.stem for path in (root / "dedup/integrations").glob("*.py")} - {"__init__"}
    table = page.partition("\n## ")[0]
    assert set(re.findall(r"^\| [^|]+ \| `(\w+)` \|", table, re.MULTILINE)) == modules
    source = (root / "dedup/integrations/crawling.py").read_text("utf-8")
    settings = set(re.findall(r'"(DEDUP_[A-Z]+)"', source))
    assert settings == set(re.findall(r"^\| `(DEDUP_[A-Z]+)` \|", page, re.MULTILINE))


def test_every_module_has_an_example(root: Path) -> None:
    examples = "".join(path.read_text("utf-8") for path in (root / "examples").glob("*.py"))
    for path in (root / "dedup/integrations").glob("*.py"):
        assert path.stem == "__init__" or f"integrations.{path.stem}" in examples


def test_the_entry_point_of_spacy_is_there(root: Path) -> None:
    lines = (root / "pyproject.toml").read_text("utf-8")
    found = re.search(r'spacy_factories\]\ndedup = "([\w.]+):(\w+)"', lines)
    assert found
    assert util.find_spec(found[1])
    assert callable(getattr(import_module(found[1]), found[2]))
