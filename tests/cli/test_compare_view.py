"""The terminal's view of two articles, from a result made by hand."""

from __future__ import annotations

import click
import pytest

from dedup.cli.compare import lines
from dedup.records import Article
from dedup.report.columns import TABLES, Type
from dedup.result import Result

BLANK = {Type.TEXT: "", Type.INTEGER: 0, Type.REAL: 0.0, Type.BOOLEAN: True}
TEXTS = {"a.txt": "Old text here. More of it.", "b.txt": "Start. Old text there."}


def table(name: str, *rows: dict[str, object]) -> dict[str, list[object]]:
    return {
        column.name: [row.get(column.name, BLANK.get(column.type, ())) for row in rows]
        for column in TABLES[name]
    }


def result(*matches: dict[str, object], refusals: list[dict[str, object]] | None = None) -> Result:
    articles = [
        {"article_id": "a.txt", "verdict": "mixed", "confidence": 0.5, "reasons": ("Much.",)},
        {"article_id": "b.txt", "verdict": "unknown", "confidence": 0.25},
    ]
    made = {name: table(name) for name in TABLES}
    made |= {"articles": table("articles", *articles), "matches": table("matches", *matches)}
    run = {"skipped": [], "refusals": refusals or []}
    return Result(made, run, articles=[Article(id=i, text=t) for i, t in TEXTS.items()])


def shown(result: Result, *, explain: bool = False) -> list[str]:
    return [click.unstyle(line) for line in lines(result, 60, explain=explain)]


B_FROM_A: dict[str, object] = {
    "article_id": "b.txt",
    "start": 7,
    "end": 22,
    "n_first": 1,
    "n_last": 1,
    "other_id": "a.txt",
    "other_start": 0,
    "other_end": 14,
    "other_n_first": 2,
    "other_n_last": 3,
    "words": 3,
    "kind": "edited",
    "score": 0.9,
    "direction": "from",
}


def test_a_stands_left_whichever_the_match_names_first() -> None:
    assert shown(result(B_FROM_A)) == [
        "A  a.txt: mixed, confidence 0.50",
        "   Much.",
        "B  b.txt: unknown, confidence 0.25",
        "",
        "Passage 1 of 1: edited, 3 words, score 0.90, B from A; B ¶1, A ¶2-3",
        "Old text [here].             │ Old text [there].",
    ]


def test_an_order_that_is_unknown_is_said() -> None:
    turned = B_FROM_A | {
        "article_id": "a.txt",
        "start": 0,
        "end": 14,
        "other_id": "b.txt",
        "other_start": 7,
        "other_end": 22,
        "direction": "unknown",
    }
    text = shown(result(turned))
    assert "order unknown; A ¶1, B ¶2-3" in text[4]
    assert text[5] == "Old text [here].             │ Old text [there]."


def test_nothing_shared_is_said() -> None:
    assert shown(result())[-1] == "No passage of one text is reuse of the other."


def test_near_misses_name_their_rule() -> None:
    refusal: dict[str, object] = {
        "article_id": "b.txt",
        "other_id": "a.txt",
        "rule": "a shared official quote",
        "text": "Right side",
        "other_text": "Left side",
    }
    assert shown(result(refusals=[refusal]), explain=True)[-4:] == [
        "Shared, but not reuse: 1",
        "",
        "Not reuse: a shared official quote",
        "[Left] side                  │ [Right] side",
    ]


@pytest.mark.parametrize("explain", [True, False])
def test_no_near_misses_are_said_when_asked(*, explain: bool) -> None:
    assert ("Shared, but not reuse: nothing" in shown(result(), explain=explain)) is explain
