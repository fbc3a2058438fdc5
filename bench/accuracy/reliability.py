"""Whether what is said with .8 is right four times in five: stated against found, by groups.

*Verdicts*: those of the newsroom set beside its labels, and those of the press that a reader marked
(`docs/readings/press_3_verdicts.csv`: sample A set the table of confidences, sample B was drawn and
read after). *Matches*: their ``score`` beside what labels or readers say of them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bench.accuracy import readings
from dedup.evaluation import alignment, found
from dedup.evaluation.gold import read_rows
from dedup.evaluation.newsroom import given

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bench.accuracy.labelled import Sets
    from dedup import Result

    Json = dict[str, Any]

#: The bounds of what is stated, by which cases are put together.
BOUNDS = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99, 1.01)


class Case(NamedTuple):
    """One claim: what was stated of it, and whether it is right."""

    stated: float
    right: bool


def confidence(sets: Sets) -> Json:
    """Compare what is stated with what is right, set by set."""
    press = {}
    if sets.folder("press"):
        result = sets.result("press")
        press = {
            "verdicts, press, sample A (set the table)": _read_verdicts(result, "A"),
            "verdicts, press, sample B": _read_verdicts(result, "B"),
            "matches, press, between outlets": _read_matches(result, "outlets"),
            "matches, press, within one outlet": _read_matches(result, "outlet"),
        }
    known: dict[str, Iterable[Case]] = {"verdicts, newsroom": _verdicts(sets), **press}
    for name in ("pan13", "short_answers"):
        if sets.folder(name):
            known[f"matches, {name}"] = _aligned(sets, name)
    return {"data": sets.described("newsroom"), "groups": _groups(known)}


def _groups(known: dict[str, Iterable[Case]]) -> list[Json]:
    return [
        {"claims": name, **_summary(cases), "bins": list(_bins(cases))}
        for name, rows in known.items()
        if (cases := list(rows))
    ]


def _summary(cases: Sequence[Case]) -> Json:
    """Give the mean stated, the share right, and Brier's score (1950)."""
    stated, right = np.array(cases, float).T
    return {
        "stated": round(float(stated.mean()), 4),
        "brier": round(float(((stated - right) ** 2).mean()), 4),
        **readings.share(int(right.sum()), len(cases)),
    }


def _bins(cases: Sequence[Case]) -> Iterator[Json]:
    groups: dict[int, list[Case]] = defaultdict(list)
    for case in cases:
        groups[int(np.searchsorted(BOUNDS, case.stated + 1e-9))].append(case)
    for _, rows in sorted(groups.items()):
        yield _summary(rows)


def _verdicts(sets: Sets) -> Iterator[Case]:
    """Yield the verdicts of the newsroom set; "unknown" claims nothing."""
    lines = sets.labels("newsroom").read_text("utf-8").splitlines()
    labels = {row["id"]: row for row in map(json.loads, lines)}
    for article, verdict, stated in _said(sets.result("newsroom")):
        label = labels[article]
        if label["kind"] != "wire" and verdict != "unknown":
            yield Case(stated, given(found.Said(verdict)) == label["verdict"])


def _read_verdicts(result: Result, sample: str) -> Iterator[Case]:
    """Yield the verdicts that a reader marked and that still stand."""
    said = {article: (verdict, stated) for article, verdict, stated in _said(result)}
    for row in readings.read("press_3_verdicts"):
        verdict, stated = said[row["article_id"]]
        if row["sample"] == sample and row["mark"] != "ignore" and verdict == row["verdict"]:
            yield Case(stated, row["mark"] == "right")


def _said(result: Result) -> Iterator[tuple[str, str, float]]:
    table = result.tables["articles"]
    columns = (table[name] for name in ("article_id", "verdict", "confidence"))
    for article, verdict, stated in zip(*columns, strict=True):
        yield str(article), str(verdict), float(str(stated))


def _read_matches(result: Result, between: str) -> Iterator[Case]:
    """Yield the random matches of the press that both readers marked alike and that still stand."""
    marked = [
        row
        for name in ("press_1_matches", "press_2_matches")
        for row in readings.read(name)
        if row["between"] == between and row["mark"] != "ignore"
    ]
    scored = _matches(result)
    for row in marked:
        span = int(row["start"]), int(row["end"])
        for start, end, stated, _ in scored.get((row["article_id"], row["other_id"]), ()):
            if start < span[1] and end > span[0]:
                yield Case(stated, row["mark"] == "right")
                break


def _aligned(sets: Sets, name: str) -> Iterator[Case]:
    """Yield the matches between labelled pairs: right where they meet a labelled passage.

    Of short answers the passages are not labelled: right where the answer is derived.
    """
    rows = read_rows(sets.labels(name))
    scored = _matches(sets.result(name))
    if name == "short_answers":
        for row in rows:
            for found_ in scored.get((str(row["susp"]), str(row["src"])), ()):
                yield Case(found_[2], bool(row["derived"]))
        return
    for pair in alignment.read_pairs(rows):
        for start, end, stated, there in scored.get((pair.article, pair.other), ()):
            said = alignment.Region((start, end), there)
            yield Case(stated, any(said.meets(region) for region in pair.regions))


def _matches(
    result: Result,
) -> dict[tuple[str, str], list[tuple[int, int, float, tuple[int, int]]]]:
    """Give the matches as each of their two articles sees them: place, score, other place."""
    table = result.tables["matches"]
    names = ("article_id", "other_id", "start", "end", "other_start", "other_end", "score")
    out: dict[tuple[str, str], list[tuple[int, int, float, tuple[int, int]]]] = defaultdict(list)
    for a, b, *numbers in zip(*(table[name] for name in names), strict=True):
        start, end, there, there_end = (int(str(one)) for one in numbers[:4])
        score = float(str(numbers[4]))
        out[str(a), str(b)].append((start, end, score, (there, there_end)))
        out[str(b), str(a)].append((there, there_end, score, (start, end)))
    return out
