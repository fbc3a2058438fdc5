"""What a scan of today says of what was read: right claims kept, wrong ones still made."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import dedup
from bench.accuracy import readings
from dedup import evaluation
from dedup.pipeline.outlets import houses
from dedup.records import Article

if TYPE_CHECKING:
    from bench.accuracy.labelled import Sets
    from dedup import Result

    Json = dict[str, Any]

#: From so many words, or such a share of its own, an article holds another's text.
WORDS, SHARE = 40, 0.1


def press(sets: Sets) -> Json:
    """Score a scan of the press against the marks of all readings."""
    result = sets.result("press")
    kept = [
        _standing(name, result)
        for name in (
            *("press_1_matches", "press_1_attributions", "press_1_uncredited"),
            *("press_2_matches", "press_2_attributions", "press_2_uncredited"),
            "press_3_verdicts",
            *("press_4_matches", "press_4_attributions", "press_4_uncredited"),
            *("press_5_matches", "press_5_uncredited"),
        )
    ]
    return {"data": sets.described("press"), "standing": kept}


def same_event(sets: Sets) -> Json:
    """Say which of the articles that were read still hold another outlet's text."""
    found = _holding(sets.result("same_event"))
    names = ("same_event_articles", "same_event_4_articles", "same_event_5_articles")
    read = {name: readings.read(name) for name in names}
    standing = []
    for name, rows in read.items():
        # what one outlet shares with itself is no claim
        marks = {r["article_id"]: r["mark"] for r in rows if r["sample"] == "other outlets"}
        unread = len(found - {row["article_id"] for row in rows})
        file = {"file": f"docs/readings/{name}.csv", "unread": unread}
        standing.append(_counted(marks, found) | file)
    return {"data": sets.described("same_event"), "standing": standing}


def _standing(name: str, result: Result) -> Json:
    """Count what is said of what was marked in one file."""
    path = readings.path(name)
    file = {"file": f"docs/readings/{name}.csv"}
    if "uncredited" in name:
        said = dict(
            zip(
                result.tables["articles"]["article_id"],
                result.tables["articles"]["uncredited_agencies"],
                strict=True,
            )
        )
        rows = readings.read(name)
        marks = {row["article_id"]: row["mark"] for row in rows}
        there = {str(a) for a, named in said.items() if named}
        return _counted(marks, there) | file
    scored = evaluation.evaluate(path, result, dedup.Config())
    right, wrong, missed = next(row.counts for row in scored.figures if row.figure == "F1")
    marked = Counter(row["mark"] for row in readings.read(name))
    assert right + missed == marked["right"]  # noqa: S101 - one row, one mark
    return {"right": right + missed, "kept": right, "wrong": marked["wrong"], "made": wrong} | file


def _counted(marks: dict[str, str], there: set[str]) -> Json:
    right = {article for article, mark in marks.items() if mark == "right"}
    wrong = {article for article, mark in marks.items() if mark == "wrong"}
    return {
        "right": len(right),
        "kept": len(right & there),
        "wrong": len(wrong),
        "made": len(wrong & there),
    }


def _holding(result: Result) -> set[str]:
    """Give the articles that share enough words with another outlet's."""
    table = result.tables["articles"]
    ids = [str(one) for one in table["article_id"]]
    articles = [
        Article(id=a, text="", publisher=str(b), url=str(c))
        for a, b, c in zip(ids, table["publisher"], table["url"], strict=True)
    ]
    outlet = dict(zip(ids, houses(articles, {}), strict=True))
    shared: dict[str, int] = defaultdict(int)
    matches = result.tables["matches"]
    columns = ("article_id", "other_id", "words", "direction")
    for article, other, words, way in zip(*(matches[name] for name in columns), strict=True):
        if outlet[str(article)] == outlet[str(other)]:
            continue
        shared[str(article)] += int(str(words))
        if way != "from":
            shared[str(other)] += int(str(words))
    sizes = dict(zip(ids, table["words"], strict=True))
    return {a for a, n in shared.items() if n > WORDS or n >= SHARE * int(str(sizes[a]))}
