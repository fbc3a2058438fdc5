"""The bench asks a real desk, over real connections, and tells how long that took."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bench.clients import Took
from bench.desk import _at, _pasted, _some, _told, _typing, measure
from bench.goals import goals
from bench.indexing import fill
from bench.page import render
from bench.setting import Made
from tests.strategies import SENTENCES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def made(tmp_path: Path) -> Made:
    file = tmp_path / "articles.jsonl"
    texts = [" ".join(SENTENCES[n : n + 3]) for n in range(12)]
    rows = [{"id": f"{n}", "text": text} for n, text in enumerate(texts)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return Made(file, [], len(rows))


def test_a_desk_is_asked(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bounds = {"AT_ONCE": 3, "EACH": 2, "DRIPPING": 5, "BESIDE": 2, "TURNS": 1, "_TYPED": 2}
    for name, few in bounds.items():
        monkeypatch.setattr(f"bench.desk.{name}", few)
    path = tmp_path / "index" / "bench.dedup"
    fill(made, path)
    found = measure(made, path, 1)
    questions = {one["name"]: one for one in found["questions"]}  # type: ignore[attr-defined]
    assert questions["one article"]["asked"] == 8
    assert all(0 < q["p50"] <= q["p95"] <= q["p99"] <= q["longest"] for q in questions.values())
    assert found["slow"]["beside"]["asked"] == 4  # type: ignore[index]
    result = {"command": "c", "machine": MACHINE, "versions": {}, "data": made.said(), **found}
    page = render({"desk": result})
    assert "| a text while it is typed |" in page
    assert "beside 5 that drip" in page


MACHINE = {"processor": "p", "cores": 1, "memory_gib": 1, "system": "s", "python": "3"}


def test_the_figures_are_those_of_the_answers() -> None:
    took = [Took(seconds / 100, seconds != 3) for seconds in range(1, 101)]
    assert (_at(0.5, took), _at(0.95, took), _at(0.99, took)) == (0.5, 0.95, 0.99)
    told = _told(took)
    assert (told["asked"], told["p95"], told["longest"], told["cut_short"]) == (100, 950, 1000, 1)
    asked = {
        "questions": [
            {"name": "a text while it is typed", "p95": 299},
            {"name": "50 clients at once, each its own texts", "p99": 1501},
        ],
        "slow": {"p99_ratio": 1.1},
        "data": {"articles": 1_000_000},
    }
    read = [goal for goal in goals() if goal.what.startswith("desk: ")]
    assert [goal.met(goal.read({"desk": asked})) for goal in read] == [True, False, True]


def test_nothing_is_asked_twice(made: Made) -> None:
    rows = [json.loads(line) for line in _some(made, 5)]
    assert len(rows) == 5
    typed = [*_typing(rows[0])]
    assert len({question.body for question in typed}) == len(typed) > 1
    assert _pasted(rows[0], "a").body != _pasted(rows[0], "b").body
