"""The measure of text alignment, by hand and against a plain version, character by character."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.errors import ReportError
from dedup.evaluation import alignment, found, tables
from dedup.evaluation.alignment import Pair, Region
from dedup.records import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.evaluation import Figure

#: Of one character on one side, or the other.
Place = tuple[int, int]


def report(**said: Sequence[Region]) -> found.Report:
    """Make a report of what articles share with the article "src"."""
    passages = {
        article: [
            found.Passage(*r.here, "src", *r.there, "edited", Direction.UNKNOWN) for r in regions
        ]
        for article, regions in said.items()
    }
    return found.Report({}, passages, {})


def figures(pairs: Sequence[Pair], said: found.Report) -> dict[tuple[str, str], Figure]:
    rows = tables.figures(alignment.measures(pairs, said))
    return {(row.measure, row.figure): row for row in rows}


def places(region: Region) -> set[Place]:
    return {(k, at) for k, (start, end) in enumerate(region) for at in range(start, end)}


def plainly(regions: Sequence[Region], said: Sequence[Region]) -> tuple[float, float, float]:
    """Work out precision, recall and plagdet as the paper words them."""

    def mean(of: Sequence[Region], others: Sequence[Region]) -> float:
        shares = []
        for one in of:
            near = [places(o) for o in others if all(k & places(one) for k in halves(o))]
            shares.append(len(places(one) & set().union(*near)) / len(places(one)))
        return sum(shares) / len(shares) if shares else 1.0

    def halves(region: Region) -> list[set[Place]]:
        return [{p for p in places(region) if p[0] == k} for k in (0, 1)]

    precision, recall = mean(said, regions), mean(regions, said)
    pieces = [sum(all(k & places(r) for k in halves(s)) for s in said) for r in regions]
    hit = [n for n in pieces if n]
    granularity = sum(hit) / len(hit) if hit else 1.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return precision, recall, both / math.log2(1 + granularity)


spans = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda s: (s[0], s[0] + s[1]))
regions = st.lists(st.builds(Region, spans, spans), max_size=4)


@given(regions, regions)
def test_it_is_what_the_paper_says(labelled: list[Region], said: list[Region]) -> None:
    got = figures([Pair("a", "src", "", tuple(labelled))], report(a=said))
    precision, recall, plagdet = plainly(labelled, said)
    for figure, value in (("precision", precision), ("recall", recall), ("plagdet", plagdet)):
        if ("passages", figure) in got:
            assert got["passages", figure].value == pytest.approx(value)
    assert bool(got.get(("passages", "recall"))) == bool(labelled or said)


def test_pieces_cost() -> None:
    whole = Region((0, 10), (100, 110))
    halves = [Region((0, 5), (100, 105)), Region((5, 10), (105, 110))]
    got = figures([Pair("a", "src", "", (whole,))], report(a=halves))
    assert got["passages", "recall"].value == 1
    assert got["passages", "precision"].value == 1
    assert got["passages", "plagdet"].value == pytest.approx(1 / math.log2(3))
    assert got["passages", "plagdet"].basis == "granularity 2.00"


def test_one_side_alone_is_nothing() -> None:
    there = Region((0, 10), (0, 10))
    got = figures([Pair("a", "src", "", (there,))], report(a=[Region((0, 10), (50, 60))]))
    assert got["passages", "recall"].value == 0
    assert got["passages", "plagdet"].value == 0


def test_by_category_and_where_there_is_nothing() -> None:
    one, two = Region((0, 10), (0, 10)), Region((20, 30), (20, 30))
    pairs = [
        Pair("a", "src", "copied", (one,)),
        Pair("b", "src", "told", (two,)),
        Pair("c", "src", "none", ()),
        Pair("d", "src", "none", ()),
    ]
    got = figures(pairs, report(a=[one], c=[two]))
    assert got["passages: copied", "recall"].value == 1
    assert got["passages: told", "recall"].value == 0
    assert got["passages", "recall"].value == 0.5
    assert got["passages", "precision"].value == 0.5
    assert got["pairs without a passage", "flagged"].value == 0.5
    assert [(f.article_id, f.start, f.said) for f in alignment.faults(pairs, report(c=[two]))] == [
        ("a", 0, "missed, from src"),
        ("b", 20, "missed, from src"),
        ("c", 20, "invented, from src"),
    ]


def test_what_stands_between_other_articles_is_not_asked_for() -> None:
    pair = Pair("a", "elsewhere", "", ())
    got = figures([pair], report(a=[Region((0, 9), (0, 9))]))
    assert got["pairs without a passage", "flagged"].value == 0


def test_pairs_are_read() -> None:
    span = {"susp_start": 5, "susp_len": 10, "src_start": 0, "src_len": 7}
    row = {"susp": "a", "src": "b", "category": "told", "spans": [span]}
    assert alignment.read_pairs([row, {"susp": "c", "src": "b", "spans": []}]) == [
        Pair("a", "b", "told", (Region((5, 15), (0, 7)),)),
        Pair("c", "b", "", ()),
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"susp": "a", "spans": []},
        {"susp": "a", "src": "b"},
        {"susp": "a", "src": "b", "spans": [{"susp_start": 5}]},
        {"susp": "a", "src": "b", "spans": ["5:15"]},
        {"susp": "a", "src": "b", "spans": 3},
    ],
)
def test_rows_that_are_no_pairs(row: Mapping[str, object]) -> None:
    with pytest.raises(ReportError, match="pair 1 of the labels is not one"):
        alignment.read_pairs([row])
