from __future__ import annotations

import io
import json
import logging

import pytest

from dedup.cli.events import event, logger, watching
from dedup.cli.terminal import Progress, cells, clean
from dedup.config import Config


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("a\x07b\x9bc\rd\x00", "abcd"),
        ("left\u202eright\u2066x\u2069", "leftrightx"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("Düsseldorf – “so”", "Düsseldorf – “so”"),
    ],
)
def test_what_could_steer_a_terminal_is_left_out(text: str, safe: str) -> None:
    assert clean(text) == safe


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("新华社", 6), ("e\u0301", 1), ("", 0)])
def test_columns_of_a_text(text: str, columns: int) -> None:
    assert cells(text) == columns


def test_progress_waits_a_second_and_leaves_no_trace() -> None:
    stream, clock = Terminal(), Clock()
    with Progress(stream, clock) as progress:
        progress("reading", 1, 10)
        assert stream.getvalue() == ""
        clock.now += 1.5
        progress("reading", 5, 10)
        progress("reading", 6, 10)  # too soon after the last
        clock.now += 0.5
        progress("comparing", 2000, 0)
    assert stream.getvalue() == "\r\x1b[Kreading 5 of 10\r\x1b[Kcomparing 2,000\r\x1b[K"


def test_progress_is_for_terminals() -> None:
    stream, clock = io.StringIO(), Clock()
    with Progress(stream, clock) as progress:
        clock.now += 5
        progress("reading", 5, 10)
    assert stream.getvalue() == ""


def test_a_short_run_shows_nothing() -> None:
    stream = Terminal()
    with Progress(stream, Clock()) as progress:
        progress("reading", 5, 10)
    assert stream.getvalue() == ""


def test_events_are_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(Config(log_format="json")) as step:
        event("scan started", inputs=["seeds/"])
        step("reading", 1, 5)
        step("reading", 5, 5)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["scan started", "stage done"]
    assert lines[0]["inputs"] == ["seeds/"]
    assert lines[1]["stage"] == "reading"
    assert lines[1]["count"] == 5
    assert {"time", "level"} <= set(lines[0])
    assert not logger.handlers
    assert logger.level == logging.NOTSET


@pytest.mark.parametrize("config", [Config(), Config(quiet=True)])
def test_otherwise_there_is_no_log(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    with watching(config) as step:
        event("scan started")
        step("reading", 5, 5)
    assert capsys.readouterr() == ("", "")
