"""The tables of docs/accuracy.md, made of bench/results/accuracy (``cog`` calls this)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bench.accuracy.labelled import RESULTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Result = Mapping[str, Any]

#: How the measures of the newsroom set are called, in the order of the table.
_NEWSROOM = {
    "copied words": "copied words",
    "heavy rewrites": "heavy rewrites",
    "source": "source article",
    "direction": "direction",
    "false alarms": "original articles said to hold reuse",
    "agencies": "agencies",
    "uncredited agencies": "uncredited agencies",
    "credit spans": "credit spans",
    "verdict": "verdict",
}
#: PAN's names for how a passage was changed, and ours.
_CHANGED = {
    "passages": "all",
    "passages: 02-no-obfuscation": "copied as it stands",
    "passages: 03-random-obfuscation": "words moved and replaced at random",
    "passages: 04-translation-obfuscation": "translated there and back",
    "passages: 05-summary-obfuscation": "summarised",
}
#: The columns of the ablation: set and figure, and how it is called.
_ABLATED = {
    ("newsroom", "copied"): "copied F1",
    ("newsroom", "heavy"): "heavy recall",
    ("newsroom", "alarms"): "false alarms",
    ("newsroom", "uncredited"): "uncredited F1",
    ("newsroom", "verdict"): "verdict",
    ("pan13", "plagdet"): "PAN plagdet",
    ("press", "kept"): "press right",
    ("press", "made"): "press wrong",
}
_DEGREES = {"cut": "copied", "light": "lightly revised", "heavy": "heavily revised", "non": "own"}


def read(part: str) -> Result:
    """Read the result of a part."""
    found: Result = json.loads((RESULTS / f"{part}.json").read_text("utf-8"))
    return found


def newsroom(result: Result) -> str:
    """Give the figures of the newsroom set."""
    lines = [
        (f"{name}: {row['figure']}", _shown(row), row["basis"])
        for measure, name in _NEWSROOM.items()
        for row in result["figures"]
        if row["measure"] == measure
    ]
    return _measured(result) + _table("newsroom|figure|rests on", lines)


def faults(result: Result) -> str:
    """Give every fault in the newsroom set, by article."""
    lines = [
        (row["article"], row["measure"], row["said"], row["text"].replace("|", "\\|"))
        for row in result["faults"]
    ]
    return _table("article|measure|said|where", lines, left=True)


def pan13(result: Result) -> str:
    """Give the figures of text alignment, by how passages were changed."""
    figures = {(row["measure"], row["figure"]): row for row in result["figures"]}
    lines = [
        (name, *(_shown(figures[key, f]) for f in ("plagdet", "precision", "recall")))
        for key, name in _CHANGED.items()
    ]
    clean = figures["pairs without a passage", "flagged"]
    lines.append(("pairs without a passage: flagged", _shown(clean), clean["basis"], ""))
    return _measured(result) + _table("PAN 2013|plagdet|precision|recall", lines)


def short_answers(result: Result) -> str:
    """Give how well derived answers, and their degrees, are told."""
    lines = [
        ("derived or not", _share(result["derived"])),
        ("which of four degrees", _share(result["degree"])),
    ]
    names = [_DEGREES[label] for label in result["labels"]]
    told = [(name, *map(str, row)) for name, row in zip(names, result["confusion"], strict=True)]
    return "\n".join(
        (
            _measured(result) + _table("short answers|right", lines),
            _table("it is, and is told as|" + "|".join(names), told),
        )
    )


def claims(result: Result) -> str:
    """Give what two readers said of each claim."""
    lines = [
        (
            f"{row['set']}, reading {row['reading']}: {row['claim']}",
            *map(_share, row["readers"]),
            f"{row['agree']} of {row['readers'][0]['of']}",
            "–" if row["kappa"] is None else f"{row['kappa']:.2f}",
        )
        for row in result["claims"]
    ]
    return _measured(result) + _table("claim|reader one|reader two|agree|κ", lines)


def standing(*results: Result) -> str:
    """Give what today's scans say of what was read."""
    lines = [
        (
            f"`{row['file']}`",
            f"{row['kept']} of {row['right']}",
            f"{row['made']} of {row['wrong']}",
            str(row.get("unread", "")),
        )
        for result in results
        for row in result["standing"]
    ]
    head = "marks|right, and still said|wrong, and still said|said and unread"
    return "".join(map(_measured, results)) + _table(head, lines)


def confidence(result: Result) -> str:
    """Give what is stated beside what is right, by groups of like statements."""
    lines = []
    for group in result["groups"]:
        lines.append((f"**{group['claims']}**", *_stated(group), f"{group['brier']:.3f}"))
        lines += [("", *_stated(one), "") for one in group["bins"]]
    return _measured(result) + _table("claims|stated (mean)|right|Brier", lines)


def _stated(group: Result) -> tuple[str, str]:
    return _plain(group["stated"]), _share(group)


def ablation(result: Result) -> str:
    """Give what each rule is worth: only what changes without it is shown."""
    every, *others = result["rows"]
    lines = [("**every rule**", *(_cell(every, every, key, always=True) for key in _ABLATED))]
    lines += [
        (f"{row['place']}: {row['rule']}", *(_cell(row, every, key) for key in _ABLATED))
        for row in others
    ]
    return _measured(result) + _table("without|" + "|".join(_ABLATED.values()), lines)


def _cell(row: Result, every: Result, key: tuple[str, str], *, always: bool = False) -> str:
    """Give one figure where it differs from what every rule together gives."""
    name, figure = key
    if name not in every:
        return "?"
    if name not in row:
        return "·"
    value, whole = row[name][figure], every[name][figure]
    if value == whole and not always:
        return ""
    return str(value) if isinstance(value, int) else _plain(value)


def _measured(result: Result) -> str:
    """Say by which command, on what and on which source a part was measured."""
    said = f"`{result['command']}`"
    data = result.get("data", {})
    if "digest" in data:
        said += f" (set {data['digest']}, {data['articles']:,} articles; source {data['source']})"
    elif data:
        said += f" (source {data['source']})"
    return f"{said}\n\n"


def _shown(row: Result) -> str:
    return f"{_plain(row['value'])} [{_plain(row['low'])}, {_plain(row['high'])}]"


def _share(row: Result) -> str:
    return f"{row['right']} of {row['of']}, {_shown(row)}"


def _plain(value: float) -> str:
    """Show a share with three digits, without the nought before the point."""
    return f"{value:.3f}".removeprefix("0")


def _table(head: str, rows: Iterable[Sequence[str]], *, left: bool = False) -> str:
    columns = head.split("|")
    rule = "---" if left else "--:"
    lines = ["| " + " | ".join(columns) + " |", "|---" + f"|{rule}" * (len(columns) - 1) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines, ""])
