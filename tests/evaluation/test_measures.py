"""The figures, against small cases worked out by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dedup.errors import ReportError
from dedup.evaluation import bootstrap, faults, found, metrics, newsroom, tables
from dedup.evaluation.gold import GoldArticle, read_newsroom
from dedup.records import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dedup.evaluation.metrics import Measure

WIRE = "KABUL, Aug 15 (Reuters) - One two three four five.\n\nSix seven eight nine ten."
COPY = (
    "One two three four five.\n\nTold in other words.\n\nOwn words stand here.\n\nReuters said so."
)
AGAIN = "One two three four five."


def paragraph(text: str, kind: str, *sources: str, **more: object) -> dict[str, object]:
    named = [{"id": source, "n": 0} for source in sources]
    return {"text": text, "kind": kind, "sources": named, "agencies": [], "credits": [], **more}


def label(article: str, verdict: str, *paragraphs: object, **more: object) -> dict[str, object]:
    blank: dict[str, object] = {
        "id": article,
        "kind": "A",
        "verdict": verdict,
        "credited_agencies": [],
        "uncredited_agencies": [],
        "paragraphs": list(paragraphs),
    }
    return blank | more


DATELINE = {"agency": "Reuters", "form": "dateline", "text": "KABUL, Aug 15 (Reuters)"}
SAID = {"agency": "Reuters", "form": "in-text", "text": "Reuters said"}
TRUTH = [
    label(
        "wire",
        "wire",
        paragraph(WIRE.split("\n\n", maxsplit=1)[0], "original", credits=[DATELINE]),
        paragraph(WIRE.split("\n\n")[1], "original"),
        kind="wire",
        credited_agencies=["Reuters"],
    ),
    label(
        "copy",
        "mixed",
        paragraph("One two three four five.", "verbatim", "wire", agencies=["Reuters"]),
        paragraph("Told in other words.", "heavy", "wire", agencies=["AP"]),
        paragraph("Own words stand here.", "original"),
        paragraph("Reuters said so.", "boilerplate", credits=[SAID]),
        credited_agencies=["Reuters"],
    ),
    label(
        "again",
        "original",
        paragraph(AGAIN, "light", "copy"),
        uncredited_agencies=["Reuters"],
    ),
]
TEXTS = {"wire": WIRE, "copy": COPY, "again": AGAIN}


@pytest.fixture
def gold(tmp_path: Path) -> list[GoldArticle]:
    rows = [json.dumps({"id": i, "text": text}) for i, text in TEXTS.items()]
    (tmp_path / "articles.jsonl").write_text("\n".join(rows))
    (tmp_path / "truth.jsonl").write_text("\n".join(map(json.dumps, TRUTH)))
    return read_newsroom(tmp_path, str.lower)


def passage(
    start: int, end: int, other: str, way: Direction = Direction.FROM, kind: str = "verbatim"
) -> found.Passage:
    return found.Passage(start, end, other, 0, 0, kind, way)


def report(
    said: Mapping[str, found.Said] | None = None,
    passages: Mapping[str, list[found.Passage]] | None = None,
    attributions: Mapping[str, list[found.Named]] | None = None,
) -> found.Report:
    return found.Report(said or {}, passages or {}, attributions or {})


def sums(gold: list[GoldArticle], scored: found.Report) -> dict[str, list[int]]:
    named = newsroom.measures(gold, scored, lambda text, agency: agency in text.lower())
    return {measure.name: measure.counts.sum(axis=0).tolist() for measure in named}


def values(measures: list[Measure]) -> dict[tuple[str, str], float]:
    return {(row.measure, row.figure): row.value for row in tables.figures(measures)}


def test_gold_is_laid_upon_the_words(gold: list[GoldArticle]) -> None:
    wire, copy, again = gold
    assert len(wire.words) == 14
    assert [copy.words[p.first][0] for p in copy.pieces] == [0, 26, 48, 71]
    assert copy.kin == {"wire", "copy", "again"}
    assert again.uncredited == {"reuters"}
    assert copy.unasked == {"reuters", "ap"}
    assert WIRE[slice(*wire.credits[0][:2])] == "KABUL, Aug 15 (Reuters)"


def test_a_silent_report_misses_everything(gold: list[GoldArticle]) -> None:
    assert sums(gold, report()) == {
        "copied words": [0, 0, 10],
        "heavy rewrites": [0, 0, 4],
        "source": [0, 0],
        "direction": [0, 0, 0],
        "false alarms": [0, 1],
        "agencies": [0, 0, 2],
        "uncredited agencies": [0, 0, 1],
        "credit spans": [0, 0, 2],
        "photo credits": [0, 0],
        "verdict": [0] * 9 + [1] + [0] * 9 + [1],
    }


def test_copied_words_half_a_paragraph_counts_whole(gold: list[GoldArticle]) -> None:
    three_of_five, two_of_five = passage(0, 13, "wire"), passage(0, 7, "wire")
    assert sums(gold, report(passages={"copy": [three_of_five]}))["copied words"] == [5, 0, 5]
    assert sums(gold, report(passages={"copy": [two_of_five]}))["copied words"] == [2, 0, 8]


def test_words_said_to_have_been_taken_by_the_other_are_not_taken(gold: list[GoldArticle]) -> None:
    turned = passage(0, 24, "wire", Direction.TO)
    counts = sums(gold, report(passages={"copy": [turned]}))
    assert counts["copied words"] == [0, 0, 10]
    assert counts["direction"] == [0, 5, 0]


def test_invented_words_and_alarms(gold: list[GoldArticle]) -> None:
    own = passage(48, 69, "wire")
    counts = sums(gold, report(passages={"copy": [own]}))
    assert counts["copied words"] == [0, 4, 10]
    assert counts["false alarms"] == [0, 1]  # "copy" is no original
    credit_line = passage(71, 87, "wire")
    assert sums(gold, report(passages={"copy": [credit_line]}))["copied words"] == [0, 0, 10]


def test_an_alarm_over_a_tenth_of_an_original(gold: list[GoldArticle]) -> None:
    bare = gold[2]
    own = bare.pieces[0]._replace(kind="original")
    original = GoldArticle(
        id="again",
        words=bare.words,
        pieces=(own,),
        credits=(),
        verdict="original",
        wire=False,
        credited=frozenset(),
        uncredited=frozenset(),
        unasked=frozenset(),
        kin=frozenset({"again"}),
    )
    counts = sums([original], report(passages={"again": [passage(0, 3, "wire")]}))
    assert counts["false alarms"] == [1, 0]


def test_heavy_rewrites_are_counted_apart(gold: list[GoldArticle]) -> None:
    counts = sums(gold, report(passages={"copy": [passage(26, 46, "wire")]}))
    assert counts["heavy rewrites"] == [4, 0, 0]
    assert counts["copied words"] == [0, 0, 10]


def test_any_article_of_the_line_of_descent_is_a_right_source(gold: list[GoldArticle]) -> None:
    right = sums(gold, report(passages={"again": [passage(0, 24, "wire", Direction.UNKNOWN)]}))
    assert right["source"] == [5, 0]
    assert right["direction"] == [0, 0, 0]  # "wire" is not the one it was copied from
    wrong = sums(gold, report(passages={"again": [passage(0, 24, "elsewhere")]}))
    assert wrong["source"] == [0, 5]


def test_agencies_under_a_credit_that_names_none_are_not_asked_for(
    gold: list[GoldArticle],
) -> None:
    said = {
        "copy": found.Said("mixed", frozenset({"reuters", "ap"}), frozenset({"ap"})),
        "again": found.Said("unknown", frozenset({"dpa"}), frozenset()),
    }
    counts = sums(gold, report(said=said))
    assert counts["agencies"] == [1, 1, 1]
    assert counts["uncredited agencies"] == [0, 0, 1]


def test_verdicts(gold: list[GoldArticle]) -> None:
    said = {"copy": found.Said("mixed"), "again": found.Said("rewritten_wire")}
    measured = newsroom.measures(gold, report(said=said), lambda _text, _agency: True)
    assert values(measured)["verdict", "accuracy"] == 0.5
    assert values(measured)["verdict", "macro-F1"] == 0.5  # mixed 1, original 0


def named(start: int, end: int, agency: str, kind: str, *, is_agency: bool = True) -> found.Named:
    return found.Named(start, end, agency, kind, is_agency)


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ([named(0, 23, "reuters", "dateline")], [1, 0, 0]),
        ([named(15, 22, "reuters", "tagline")], [1, 0, 0]),
        ([named(15, 22, "ap", "dateline")], [0, 1, 1]),
        ([named(30, 40, "reuters", "told")], [0, 1, 1]),
        ([named(30, 40, "reuters", "photo")], [0, 0, 1]),
        ([named(30, 40, "bbc", "told", is_agency=False)], [0, 0, 1]),
        ([named(0, 23, "", "dateline")], [0, 0, 1]),
        ([named(0, 23, "reuters", "dateline"), named(15, 22, "reuters", "told")], [1, 1, 0]),
    ],
)
def test_credit_spans(gold: list[GoldArticle], said: list[found.Named], counts: list[int]) -> None:
    assert sums(gold[:1], report(attributions={"wire": said}))["credit spans"] == counts


def with_credit(gold: GoldArticle, **changes: object) -> GoldArticle:
    changed = gold.credits[0]._replace(**changes)  # type: ignore[arg-type]  # a table of cases
    return GoldArticle(
        id=gold.id,
        words=gold.words,
        pieces=(),
        credits=(changed,),
        verdict=gold.verdict,
        wire=True,
        credited=frozenset(),
        uncredited=frozenset(),
        unasked=frozenset(),
        kin=frozenset(),
    )


def test_a_credit_that_names_none_may_be_left_without_one(gold: list[GoldArticle]) -> None:
    bare = with_credit(gold[0], text="(Reporting by a hand)")
    blank = report(attributions={"wire": [named(0, 23, "", "sign_off")]})
    assert sums([bare], blank)["credit spans"] == [0, 0, 0]
    unnamed = with_credit(gold[0], agency="unnamed")
    guess = report(attributions={"wire": [named(0, 23, "ap", "sign_off")]})
    assert sums([unnamed], guess)["credit spans"] == [0, 0, 0]


def test_photo_credits_are_counted_apart(gold: list[GoldArticle]) -> None:
    photo = with_credit(gold[0], photo=True)
    as_photo = report(attributions={"wire": [named(0, 23, "reuters", "photo")]})
    assert sums([photo], as_photo)["photo credits"] == [0, 1]
    as_text = report(attributions={"wire": [named(0, 23, "reuters", "byline")]})
    assert sums([photo], as_text)["photo credits"] == [1, 0]
    assert sums([photo], as_text)["credit spans"] == [0, 1, 0]


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [([3, 1, 2], 0.75, 0.6, 2 / 3), ([0, 0, 0], 1, 1, 1), ([0, 2, 3], 0, 0, 0)],
)
def test_precision_recall_f1(counts: list[int], precision: float, recall: float, f1: float) -> None:
    got = np.array(counts, dtype=float)
    assert float(metrics.precision(got)) == precision
    assert float(metrics.recall(got)) == recall
    assert float(metrics.f1(got)) == pytest.approx(f1)


def test_an_interval_is_wide_where_articles_differ_and_none_where_they_agree() -> None:
    alike = np.array([[3, 1, 0]] * 20)
    assert bootstrap.interval(alike, metrics.precision) == (0.75, 0.75)
    apart = np.array([[4, 0, 0], [0, 4, 0]] * 10)
    low, high = bootstrap.interval(apart, metrics.precision)
    # ±1.96 √(0.25 / 20) about one half
    assert low == pytest.approx(0.28, abs=0.05)
    assert high == pytest.approx(0.72, abs=0.05)
    assert bootstrap.interval(apart, metrics.precision) == (low, high)


def test_where_all_agree_on_a_bound_doubt_is_that_of_so_few() -> None:
    every = np.tile([3, 0, 0], (8, 1))
    assert bootstrap.interval(every, metrics.f1) == pytest.approx((0.676, 1.0), abs=1e-3)
    none = np.tile([0, 1], (34, 1))
    share = metrics.shares("alarms", ["share"], none.tolist()).figures["share"]
    assert bootstrap.interval(none, share) == pytest.approx((0.0, 0.1015), abs=1e-3)


def test_no_articles_have_no_interval() -> None:
    low, high = bootstrap.interval(np.zeros((0, 3), dtype=np.int64), metrics.f1)
    assert np.isnan(low)
    assert np.isnan(high)


def test_the_table_of_figures() -> None:
    rows = tables.figures(
        [
            metrics.cases("credits", [(3, 1, 0)]),
            metrics.shares("source", ["right"], [(1, 3)]),
            metrics.cases("nothing", [(0, 0, 0)]),
        ]
    )
    assert tables.render(rows).splitlines() == [
        "credits  precision  0.750  (0.750 to 0.750)  3 of 4 said",
        "         recall     1.000  (0.207 to 1.000)  3 of 3 there",
        "         F1         0.857  (0.857 to 0.857)",
        "source   right      0.250  (0.250 to 0.250)  of 4",
    ]
    assert tables.render([]) == "Nothing that was labelled is in this report."


def test_faults_are_named(gold: list[GoldArticle]) -> None:
    said = report(passages={"copy": [passage(48, 68, "wire")]})
    assert {(f.measure, f.article_id, f.said) for f in faults.faults(gold, said)} >= {
        ("copied words", "copy", "0 of the 5 words said to be taken, and it is verbatim"),
        ("copied words", "copy", "4 of the 4 words said to be taken, and it is original"),
        ("verdict", "copy", "missing, and it is mixed"),
    }


@pytest.mark.parametrize(
    ("texts", "truth", "said"),
    [
        ('{"id": "a", "text": "x"}', None, "cannot read the labels"),
        ('{"id": "a", "text"', "{}", "cannot read the labels"),
        (
            '{"id": "b", "text": "x"}',
            json.dumps(label("a", "copy")),
            "a is labelled but not in articles.jsonl",
        ),
        ("[1]", json.dumps(label("a", "copy")), "a line is no JSON object"),
        ('{"id": "a", "text": "x"}', '{"id": "a"}', "truth.jsonl is no newsroom set's"),
        (
            '{"id": "a", "text": "Other words."}',
            json.dumps(label("a", "copy", paragraph("These words.", "original"))),
            "a: the label 'These words.' stands nowhere in the text",
        ),
    ],
)
def test_labels_that_cannot_be_used(
    tmp_path: Path, texts: str, truth: str | None, said: str
) -> None:
    (tmp_path / "articles.jsonl").write_text(texts)
    if truth is not None:
        (tmp_path / "truth.jsonl").write_text(truth)
    with pytest.raises(ReportError, match=said):
        read_newsroom(tmp_path, str.lower)
