"""The README says what is so: its examples run, every command and option is in it."""

from __future__ import annotations

import doctest
import re
import shutil
from typing import TYPE_CHECKING

import click
import pytest

from dedup.cli import front

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text("utf-8")


def test_its_examples_hold(
    root: Path, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(seeds, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(
        str(root / "README.md"),
        module_relative=False,
        optionflags=doctest.NORMALIZE_WHITESPACE,
        encoding="utf-8",
    )
    assert result.attempted >= 5
    assert not result.failed


@pytest.mark.parametrize("name", sorted(front.commands))
def test_every_command_is_in_it_and_has_help(name: str, readme: str) -> None:
    command = front.commands[name]
    assert f"`dedup {name}" in readme
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            names = [*parameter.opts, *parameter.secondary_opts]
            assert any(re.search(rf"`{re.escape(n)}[` ]", readme) for n in names), names


def test_every_exit_code_is_in_it(readme: str) -> None:
    line = next(line for line in readme.splitlines() if line.startswith("Exit codes:"))
    assert re.findall(r"\b\d+\b", line) == ["0", "1", "2", "3", "4", "130", "141"]


def test_it_shows_a_scan_on_its_first_screen(readme: str) -> None:
    first = readme.splitlines()[:40]
    assert "$ dedup scan seeds/" in first
    assert any("original" in line or "unknown" in line for line in first)


def test_every_link_leads_somewhere(root: Path, readme: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", readme)
    assert links
    assert [link for link in links if not (root / link).exists()] == []
