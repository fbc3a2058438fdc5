"""What readers said of samples of real news: shares with Wilson's intervals, and agreement.

The marks lie in docs/readings, as labels.csv with a column for each reader: article ids, offsets
and marks, never text. ``mark`` is what both say, and ``ignore`` where they differ.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, NamedTuple

from scipy.stats import binomtest
from sklearn.metrics import cohen_kappa_score

from bench.accuracy.labelled import READINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bench.accuracy.labelled import Sets

    Json = dict[str, Any]
    Row = Mapping[str, str]

RIGHT = "right"


class Claim(NamedTuple):
    """A claim that was read: what it says, in which file, and which rows of it (column: value)."""

    reading: int
    about: str
    file: str
    rows: Mapping[str, str]


CLAIMS = (
    Claim(1, "a random match", "press_1_matches", {"sample": "random"}),
    Claim(1, "a match between two outlets (all)", "press_1_matches", {"between": "outlets"}),
    Claim(1, "a random attribution", "press_1_attributions", {}),
    Claim(1, "an article with an uncredited agency (all)", "press_1_uncredited", {}),
    Claim(2, "a random match", "press_2_matches", {}),
    Claim(2, "… of these, between two outlets", "press_2_matches", {"between": "outlets"}),
    Claim(2, "… of these, within one outlet", "press_2_matches", {"between": "outlet"}),
    Claim(2, "a random attribution", "press_2_attributions", {}),
    Claim(2, "an article with an uncredited agency (all)", "press_2_uncredited", {}),
    Claim(
        2,
        "an article that holds another outlet's text, over 40 words or a tenth (all)",
        "same_event_articles",
        {"sample": "other outlets"},
    ),
    Claim(4, "a match between two outlets (all)", "press_4_matches", {"between": "outlets"}),
    Claim(4, "a random match within one outlet", "press_4_matches", {"between": "outlet"}),
    Claim(4, "a random attribution", "press_4_attributions", {}),
    Claim(4, "an article with an uncredited agency (all)", "press_4_uncredited", {}),
    Claim(
        4,
        "an article that holds another outlet's text, over 40 words or a tenth (all)",
        "same_event_4_articles",
        {"sample": "other outlets"},
    ),
    Claim(5, "a match between two outlets (all)", "press_5_matches", {"between": "outlets"}),
    Claim(5, "a random match within one outlet", "press_5_matches", {"between": "outlet"}),
    Claim(5, "an article with an uncredited agency (all)", "press_5_uncredited", {}),
    Claim(
        5,
        "an article that holds another outlet's text, over 40 words or a tenth (all)",
        "same_event_5_articles",
        {"sample": "other outlets"},
    ),
)


def read(name: str) -> list[Row]:
    """Read a file of marks."""
    with path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def path(name: str) -> Path:
    """Give the file of a reading."""
    return READINGS / f"{name}.csv"


def readings(_sets: Sets) -> Json:
    """Work out what both readers say of each claim, and how well they agree."""
    return {"claims": [_read(claim) for claim in CLAIMS]}


def _read(claim: Claim) -> Json:
    rows = [
        row
        for row in read(claim.file)
        if all(row[column] == value for column, value in claim.rows.items())
    ]
    marks = [[row[reader] for row in rows] for reader in ("reader_1", "reader_2")]
    return {
        "reading": claim.reading,
        "set": claim.file.split("_", 1)[0] if claim.file.startswith("press") else "same_event",
        "claim": claim.about,
        "file": f"docs/readings/{claim.file}.csv",
        "readers": [share(sum(mark == RIGHT for mark in one), len(rows)) for one in marks],
        "agree": sum(a == b for a, b in zip(*marks, strict=True)),
        "kappa": _kappa(*marks),
    }


def share(right: int, of: int) -> Json:
    """Give a share with Wilson's interval (1927)."""
    low, high = binomtest(right, of).proportion_ci(method="wilson")
    figures = {"value": right / of, "low": low, "high": high}
    return {"right": right, "of": of} | {name: round(float(x), 6) for name, x in figures.items()}


def _kappa(one: Sequence[str], two: Sequence[str]) -> float | None:
    """Agreement beyond chance (Cohen 1960); none where both say one thing of all."""
    if len({*one, *two}) == 1:
        return None
    return round(float(cohen_kappa_score(one, two)), 2)
