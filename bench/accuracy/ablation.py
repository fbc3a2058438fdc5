"""What each rule is worth: the sets scored with that rule switched off, one rule at a time."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from unittest import mock

from bench import machine
from bench.accuracy import standing
from bench.accuracy.labelled import Sets
from bench.accuracy.switches import BOTH, SWITCHES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from bench.accuracy.switches import Switch
    from dedup.evaluation import Evaluation

    Json = dict[str, Any]


def ablation(sets: Sets) -> Json:
    """Score the sets that are there with every rule, then without each of them."""
    rows = [{"place": "", "rule": "every rule", **_scored(sets, BOTH)}]
    for switch in SWITCHES:
        print(f"  without: {switch.place}, {switch.rule}", flush=True)
        rows.append({"place": switch.place, "rule": switch.rule, **without(sets, switch)})
    return {"data": {"source": machine.source_digest()}, "rows": rows}


def without(sets: Sets, switch: Switch) -> Json:
    """Score the sets that a rule reaches with that rule switched off."""
    with ExitStack() as stack:
        for place, neutral in switch.puts.items():
            stack.enter_context(mock.patch(place, neutral))
        return _scored(Sets(sets.elsewhere), switch.reach)


def _scored(sets: Sets, names: Collection[str]) -> Json:
    """Give the few figures by which a rule is judged, of each set that is there."""
    return {name: _FIGURES[name](sets) for name in names if sets.folder(name)}


def _pan13(sets: Sets) -> Json:
    return {"plagdet": _figures(sets.evaluated("pan13"))["passages", "plagdet"]}


def _press(sets: Sets) -> Json:
    read = [row for row in standing.press(sets)["standing"] if "matches" in row["file"]]
    return {name: sum(row[name] for row in read) for name in ("right", "kept", "wrong", "made")}


def _newsroom(sets: Sets) -> Json:
    found = sets.evaluated("newsroom")
    figures = _figures(found)
    alarms = next(row.counts[0] for row in found.figures if row.measure == "false alarms")
    return {
        "copied": figures["copied words", "F1"],
        "heavy": figures["heavy rewrites", "recall"],
        "alarms": alarms,
        "uncredited": figures["uncredited agencies", "F1"],
        "verdict": figures["verdict", "accuracy"],
    }


def _figures(found: Evaluation) -> dict[tuple[str, str], float]:
    return {(row.measure, row.figure): round(row.value, 6) for row in found.figures}


_FIGURES: Mapping[str, Callable[[Sets], Json]] = {
    "newsroom": _newsroom,
    "pan13": _pan13,
    "press": _press,
}
