from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from dedup.cli.options import default_text, option_of, read_settings, settings
from dedup.config import Config

if TYPE_CHECKING:
    from pathlib import Path

seen: list[Config] = []


@click.command()
@settings()
def every(**given: object) -> None:
    seen.append(read_settings(given))


@click.command()
@settings("workers", "text")
def some(**given: object) -> None:
    seen.append(read_settings(given, quiet=True))


def run(command: click.Command, *arguments: str, **environment: str) -> Config:
    done = CliRunner().invoke(command, arguments, env=environment)
    assert done.exit_code == 0, done.output
    return seen.pop()


def test_without_options_the_defaults_hold() -> None:
    assert run(every) == Config()


def test_every_setting_but_the_table_has_its_option() -> None:
    options = {name for p in every.params for name in (*p.opts, *p.secondary_opts)}
    asked = {option_of(f) for f in fields(Config)} - {""}
    assert asked <= options
    assert [f.name for f in fields(Config) if not option_of(f)] == ["outlets"]


def test_options_are_read() -> None:
    config = run(
        every,
        "--format=csv, json",
        "--no-text",
        "--strict",
        "--workers=2",
        "--window=36h",
        "--max-article-mb=3",
        "--log-format=json",
        "--out=there",
    )
    assert config == Config(
        formats=("csv", "json"),
        text=False,
        strict=True,
        workers=2,
        window="36h",
        max_article_mb=3,
        log_format="json",
        out="there",
    )


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "dedup.toml"
    file.write_text("workers = 1\nmax_article_mb = 1\nstrict = true\n[outlets]\na = 'b'\n")
    config = run(
        every,
        f"--config={file}",
        "--workers=3",
        DEDUP_WORKERS="2",
        DEDUP_MAX_ARTICLE_MB="2",
        DEDUP_FORMAT="csv",
    )
    assert config == Config(
        workers=3, max_article_mb=2, formats=("csv",), strict=True, outlets={"a": "b"}
    )


def test_the_file_may_be_named_by_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "dedup.toml"
    file.write_text("workers = 7\n")
    assert run(every, DEDUP_CONFIG=str(file)).workers == 7


def test_a_command_may_take_some_and_fix_others() -> None:
    assert {p.name for p in some.params} == {"config", "workers", "text"}
    assert run(some, "--workers=2") == Config(workers=2, quiet=True)


@pytest.mark.parametrize("argument", ["--engine=ray", "--workers=two", "--log-format=xml"])
def test_what_click_can_refuse_it_refuses(argument: str) -> None:
    done = CliRunner().invoke(every, [argument])
    assert done.exit_code == 2
    assert "Invalid value" in done.output


def test_defaults_are_shown_to_people() -> None:
    shown = {f.name: default_text(f) for f in fields(Config)}
    assert shown["formats"] == "csv,html,json"
    assert shown["workers"] == "0"
    assert shown["text"] == "yes"
    assert shown["strict"] == "no"
    assert shown["window"] == shown["outlets"] == "–"
