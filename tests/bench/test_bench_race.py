from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bench import race
from bench.corpus import Planted
from bench.race import Contender, Left, Raced, Round
from bench.setting import Made, Setting

if TYPE_CHECKING:
    from pathlib import Path

LEAVE = """
import json, pathlib, sys
result = {"seconds": 2.5, "cpu_seconds": 1.5, "pairs": [[1, 0]]}
pathlib.Path(sys.argv[1]).write_text(json.dumps(result))
"""
REPORT = """
import pathlib, sys
out = pathlib.Path(sys.argv[1])
out.mkdir()
(out / "articles.csv").write_text("id,text\\n0000000,a\\n0000001,'b\\n")
(out / "matches.csv").write_text(
    "article_id,other_id\\n0000003,0000001\\n0000001,0000003\\nx,y\\n"
)
"""


def python(program: str, **more: bool) -> Contender:
    return Contender("one", (sys.executable, "-c", program, "OUT"), **more)  # type: ignore[arg-type]


PLANTED = [(0, 1, "head"), (2, 1, "head"), (3, 1, "tail")]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    file = tmp_path / "articles.jsonl"
    file.write_text("", "utf-8")
    return Made(file, [Planted(*one, told=True) for one in PLANTED], 4)


def test_who_clocks_itself_is_believed(made: Made) -> None:
    taken, left = race.once(python(LEAVE, clocked=True), made.file)
    assert (taken.seconds, taken.cpu_seconds) == (2.5, 1.5)
    assert left.pairs == {(1, 0)}


def test_a_process_is_clocked_as_a_whole(made: Made) -> None:
    taken, _ = race.once(python(LEAVE), made.file)
    assert 0 < taken.seconds < 2.5


def test_a_report_is_read(made: Made) -> None:
    _, left = race.once(python(REPORT), made.file)
    assert left == Left({(1, 3)}, passages=3, articles=2)


def test_everybody_runs_in_every_round(made: Made, tmp_path: Path) -> None:
    told: list[str] = []
    setting = Setting(scratch=tmp_path)
    object.__setattr__(setting, "tell", told.append)
    sides = [python(LEAVE, clocked=True)._replace(name=name) for name in "AB"]
    raced = race.run(sides, made, setting, 2)
    assert [line.split(":")[0][-1] for line in told] == ["A", "B", "A", "B"]
    assert [len(one.rounds) for one in raced] == [2, 2]


def test_a_failure_is_told_where_it_may_be(made: Made, tmp_path: Path) -> None:
    failing = python("raise SystemExit('no such thing')", may_fail=True)
    raced = race.run([failing, python(LEAVE)], made, Setting(scratch=tmp_path), 2)
    assert [one.failure for one in raced] == ["no such thing", ""]
    assert raced[0].said(made)["failure"] == "no such thing"
    with pytest.raises(subprocess.CalledProcessError):
        race.run([failing._replace(may_fail=False)], made, Setting(scratch=tmp_path), 1)


def test_recall_counts_the_planted_pairs_that_were_found(made: Made) -> None:
    assert race.recall(made.planted, {(0, 1), (0, 2)}) == {"head": 0.5, "tail": 0.0}


def test_a_part_that_is_a_quotation_alone_is_counted_apart() -> None:
    planted = [Planted(0, 2, "part10", told=True), Planted(1, 2, "part10", told=False)]
    assert race.recall(planted, {(0, 2)}) == {"part10": 0.5, "part10 told": 1.0}


def test_a_ratio_is_theirs_over_ours() -> None:
    sides = [
        Raced(Contender(name, ()), [Round(seconds, seconds / 2, 0, 0, 0)], Left(set()))
        for name, seconds in (("ours", 2.0), ("theirs", 10.0))
    ]
    found = race.ratio(*sides)
    assert found["seconds"] == {"median": 5.0, "low": 5.0, "high": 5.0}
    assert found["cpu_seconds"] == found["seconds"]


def test_a_command_is_shown_without_a_path() -> None:
    contender = Contender("x", race.module("bench.peers", "datasketch, sha1", "FILE"), {"A": "b"})
    assert race.shown(contender) == 'A=b python -m bench.peers "datasketch, sha1" FILE'


def test_a_summary_can_be_kept(made: Made) -> None:
    rounds = [Round(seconds, 1.0, 20.0, 10.0, 0.5) for seconds in (3.0, 1.0, 2.0)]
    told = Raced(Contender("x", ()), rounds, Left({(0, 1)})).said(made)
    assert told["seconds"] == {"median": 2.0, "low": 1.0, "high": 3.0}
    assert told["recall"] == {"head": 0.5, "tail": 0.0}
    assert json.loads(json.dumps(told)) == told
