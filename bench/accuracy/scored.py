"""Sets with labels, scored as `dedup evaluate` scores them, with examples of what goes wrong."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from bench.accuracy.labelled import rows

if TYPE_CHECKING:
    from bench.accuracy.labelled import Sets
    from dedup.evaluation import Fault

    Json = dict[str, Any]

#: The words of an example that are shown.
_SHOWN = 80


def newsroom(sets: Sets) -> Json:
    """Score the newsroom set; its faults are shown with their text, which is ours."""
    found = sets.evaluated("newsroom")
    texts = _texts(sets)
    return {
        "data": sets.described("newsroom"),
        "figures": rows(found.figures),
        "faults": [_shown(fault, texts) for fault in found.faults],
    }


def pan13(sets: Sets) -> Json:
    """Score the text alignment set; its faults are counted."""
    found = sets.evaluated("pan13")
    labels = sets.labels("pan13").read_text("utf-8").splitlines()
    group = {row["susp"]: row["category"] for row in map(json.loads, labels) if row["spans"]}
    missed = Counter(
        group.get(fault.article_id, "") for fault in found.faults if fault.said.startswith("missed")
    )
    return {
        "data": sets.described("pan13"),
        "figures": rows(found.figures),
        "missed": dict(sorted(missed.items())),
        "invented": sum(fault.said.startswith("invented") for fault in found.faults),
    }


def _texts(sets: Sets) -> dict[str, str]:
    lines = sets.path("newsroom").read_text("utf-8").splitlines()
    return {row["id"]: row["text"] for row in map(json.loads, lines)}


def _shown(fault: Fault, texts: dict[str, str]) -> Json:
    """Give a fault with the words that it is about."""
    words = " ".join(texts[fault.article_id][fault.start : fault.end].split())
    short = words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + " …"
    return {
        "measure": fault.measure,
        "article": fault.article_id,
        "said": fault.said,
        "text": short if fault.start is not None else "",
    }
