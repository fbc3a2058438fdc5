from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest

from dedup.report.flows import (
    Lineage,
    Source,
    agency_flows,
    lineages,
    outlet_flows,
    principal_sources,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.report import Document

Rows = dict[str, list[dict[str, object]]]


@pytest.fixture
def chain(seeds: Rows) -> Rows:
    """Agency → first → second; second also shares a little with first's rival, order unknown."""
    rows: Rows = {table: [] for table in seeds}
    for name, publisher, words, derived in (
        ("agency", "Reuters", 100, ""),
        ("first", "Gazette", 100, "agency"),
        ("rival", "Mail", 50, ""),
        ("second", "Echo", 200, "first"),
    ):
        rows["articles"].append(
            seeds["articles"][4]
            | {"article_id": name, "publisher": publisher, "words": words}
            | {"derived_from": derived, "wire_share": 0.5, "published_at": ""}
        )
    for one, other, words, direction, lag in (
        ("first", "agency", 60, "from", 3600),
        ("first", "agency", 20, "from", 3600),
        ("second", "agency", 90, "from", 9000),
        ("second", "first", 40, "from", 5400),
        ("rival", "second", 150, "unknown", None),
    ):
        rows["matches"].append(
            seeds["matches"][0]
            | {"article_id": one, "other_id": other, "words": words}
            | {"direction": direction, "lag_seconds": lag}
        )
    for one, n, other, m, direction in (
        ("agency", 1, "", None, ""),
        ("first", 1, "agency", 1, "from"),
        ("first", 2, "agency", 1, "from"),
        ("second", 1, "first", 2, "from"),
        ("rival", 1, "second", 3, "unknown"),
        ("second", 3, "rival", 1, "unknown"),
    ):
        rows["paragraphs"].append(
            seeds["paragraphs"][0]
            | {"article_id": one, "n": n, "source_id": other, "source_n": m, "direction": direction}
        )
    return rows


def test_what_the_verdict_names_is_the_source_and_words_decide_without_it(
    chain: Rows, document_of: Callable[[Rows], Document]
) -> None:
    sources = principal_sources(document_of(chain).tables)
    assert sources == {
        "first": Source("agency", 80, known=True, lag=3600),
        "second": Source("first", 40, known=True, lag=5400),
        "rival": Source("second", 150, known=False, lag=None),
    }
    unnamed = copy.deepcopy(chain)
    unnamed["articles"][3]["derived_from"] = ""
    found = principal_sources(document_of(unnamed).tables)
    assert found["second"] == Source("agency", 90, known=True, lag=9000)


def test_what_flows_out_flows_in(chain: Rows, document_of: Callable[[Rows], Document]) -> None:
    flows = {flow.publisher: flow for flow in outlet_flows(document_of(chain).tables)}
    assert (flows["Reuters"].taken, flows["Reuters"].given) == (0, 80)
    assert (flows["Gazette"].taken, flows["Gazette"].given) == (80, 40)
    assert (flows["Mail"].taken, flows["Mail"].given) == (0, 0)
    assert flows["Echo"].from_agencies == 100
    assert sum(flow.taken for flow in flows.values()) == sum(flow.given for flow in flows.values())


def test_no_outlet_takes_from_itself(chain: Rows, document_of: Callable[[Rows], Document]) -> None:
    chain["articles"][1]["publisher"] = "REUTERS"
    flows = {flow.publisher: flow for flow in outlet_flows(document_of(chain).tables)}
    assert flows["REUTERS"].taken == flows["Reuters"].given == 0


def test_paragraphs_go_back_to_the_first_that_is_known(
    chain: Rows, document_of: Callable[[Rows], Document]
) -> None:
    assert lineages(document_of(chain).tables["paragraphs"]) == [
        Lineage((("agency", 1), ("first", 1), ("first", 2), ("second", 1)), known=True),
        Lineage((("rival", 1), ("second", 3)), known=False),
    ]


def test_agencies_sum_over_their_outlets(
    seeds: Rows, document_of: Callable[[Rows], Document]
) -> None:
    rows = copy.deepcopy(seeds)
    rows["sources"] = [
        rows["sources"][0] | {"publisher": name, "words": words, "median_lag_seconds": lag}
        for name, words, lag in (("a", 400, 60), ("b", 500, 120), ("c", 600, None))
    ]
    rows["sources"].append(rows["sources"][0] | {"agency": "", "words": 9000})
    (flow,) = agency_flows(document_of(rows).tables["sources"])
    assert (flow.agency, flow.articles, flow.words, flow.lag) == ("ap", 3, 1500, 90.0)
    assert flow.credited_words == 3 * 367
