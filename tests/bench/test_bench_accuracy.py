from __future__ import annotations

import json
from inspect import signature
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from bench.accuracy import __main__ as accuracy
from bench.accuracy import (
    ablation,
    degrees,
    labelled,
    page,
    readings,
    reliability,
    scored,
    standing,
    switches,
)
from bench.accuracy.degrees import Answer
from dedup.marks import read_marks

if TYPE_CHECKING:
    from pathlib import Path

    Json = dict[str, Any]


def test_shares_have_wilsons_interval() -> None:
    assert readings.share(8, 8) == {
        "right": 8,
        "of": 8,
        "value": 1.0,
        "low": pytest.approx(0.675592, abs=1e-6),
        "high": 1.0,
    }


def test_agreement_is_beyond_chance() -> None:
    said = ["right", "right", "wrong", "wrong"]
    assert readings._kappa(said, said) == 1.0
    assert readings._kappa(said, ["right", "wrong", "right", "wrong"]) == 0.0
    assert readings._kappa(["right"] * 3, ["right"] * 3) is None


@pytest.mark.parametrize("file", sorted(labelled.READINGS.glob("*.csv")), ids=lambda f: f.stem)
def test_readings_are_labels_without_text(file: Path) -> None:
    rows = readings.read(file.stem)
    assert len(read_marks(file)) == len(rows) > 0
    for row in rows:
        both = {row[reader] for reader in row if reader.startswith("reader_")}
        assert both <= {"right", "wrong", "unsure"}
        assert row["mark"] == (both.pop() if len(both) == 1 and "unsure" not in both else "ignore")
        assert not any(" " in value for name, value in row.items() if name != "sample")


def test_what_is_stated_is_laid_beside_what_is_right() -> None:
    rows = [reliability.Case(0.9, right=n > 0) for n in range(10)]
    (group,) = reliability._groups({"a": [*rows, reliability.Case(0.5, right=False)], "b": []})
    assert (group["claims"], group["right"], group["of"]) == ("a", 9, 11)
    assert [(one["stated"], one["right"], one["of"]) for one in group["bins"]] == [
        (0.5, 0, 1),
        (0.9, 9, 10),
    ]
    assert group["bins"][1]["brier"] == pytest.approx(0.09)


def test_what_the_newsroom_is_told_is_as_sure_as_it_is_said_to_be() -> None:
    (group,) = reliability.confidence(labelled.Sets(None))["groups"]
    assert group["low"] <= group["stated"] + 0.05
    assert group["high"] >= group["stated"]


def test_every_rule_can_be_switched_off_and_some_do_matter() -> None:
    for switch in switches.SWITCHES:
        for place, neutral in switch.puts.items():
            with mock.patch(place, neutral):
                pass
    (without,) = [s for s in switches.SWITCHES if s.rule == "own reporting"]
    figures = ablation.without(labelled.Sets(None), without)
    assert set(figures) == {"newsroom"}
    assert figures["newsroom"]["verdict"] < 0.9


def test_what_stands_in_for_a_rule_is_called_as_the_rule_is() -> None:
    for switch in switches.SWITCHES:
        for place, neutral in switch.puts.items():
            rule = resolve_name(place)
            if callable(rule):
                asked = signature(rule).parameters.values()
                named = {one.name: None for one in asked if one.kind is one.KEYWORD_ONLY}
                signature(neutral).bind(*[None] * (len(asked) - len(named)), **named)


@pytest.mark.parametrize("rule", ["without_furniture", "without_standing", "without_thin"])
def test_a_pass_over_all_matches_can_be_left_out(rule: str) -> None:
    (without,) = [s for s in switches.SWITCHES if f"dedup.pipeline.{rule}" in s.puts]
    assert ablation.without(labelled.Sets(None), without)["newsroom"]["copied"] > 0.9


def test_every_claim_has_rows() -> None:
    claims = readings.readings(labelled.Sets(None))["claims"]
    assert all(one["readers"][0]["of"] >= 8 for one in claims)
    assert len({one["claim"] + str(one["reading"]) for one in claims}) == len(claims)


def test_degrees_are_told_by_what_the_other_tasks_teach() -> None:
    of = {"cut": 0.9, "light": 0.4, "heavy": 0.05}
    answers = [
        Answer(f"{task}{n}", task, degree, alike)
        for task in "ab"
        for degree, alike in of.items()
        for n in range(5)
    ]
    answers += [Answer("own", "a", "non", None), Answer("lost", "b", "cut", None)]
    told = {one.id + one.degree: degree for one, degree in degrees._told(answers)}
    assert told.pop("lostcut") == "non"
    assert all(key.endswith(degree) for key, degree in told.items())


def test_what_was_marked_is_counted_where_it_is_still_said() -> None:
    marks = {"a": "right", "b": "right", "c": "wrong", "d": "ignore"}
    assert standing._counted(marks, {"a", "c", "d", "e"}) == {
        "right": 2,
        "kept": 1,
        "wrong": 1,
        "made": 1,
    }


def test_the_newsroom_is_scored_and_shown() -> None:
    found = scored.newsroom(labelled.Sets(None))
    table = page.newsroom({"command": "dedup evaluate x"} | found)
    assert table.startswith("`dedup evaluate x` (set ")
    assert "| copied words: F1 | ." in table
    assert page.faults(found).count("\n") == 2 + len(found["faults"])
    assert all(len(fault["text"]) <= 83 for fault in found["faults"])


def test_a_set_that_is_not_there_keeps_what_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = json.dumps({"data": {"source": "0123456789ab"}})
    (tmp_path / "pan13.json").write_text(kept)
    monkeypatch.setattr(accuracy, "RESULTS", tmp_path)
    monkeypatch.setattr(accuracy, "write_page", lambda: None)
    monkeypatch.setattr("sys.argv", ["accuracy", "pan13", "press"])
    accuracy.main()
    said = capsys.readouterr().out
    assert "pan13: pan13 not there (--sets); its result is of source 0123456789ab, this is" in said
    assert "press: press not there (--sets); nothing is known of it" in said
    assert (tmp_path / "pan13.json").read_text() == kept


def test_a_part_that_there_is_none_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["accuracy", "luck"])
    with pytest.raises(SystemExit):
        accuracy.main()


def test_the_page_shows_what_is_stored() -> None:
    shown = (labelled.ROOT / "docs" / "accuracy.md").read_text("utf-8")
    for name in ("newsroom", "pan13", "short_answers"):
        assert getattr(page, name)(page.read(name)) in shown
    assert page.claims(page.read("readings")) in shown
