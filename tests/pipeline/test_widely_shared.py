"""A text that very many articles carry: each is listed against its best source, and no more."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

import dedup
from tests import strategies
from tests.pipeline.promises import best_sources, hold, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup import Result

Record = dict[str, object]

BODY = strategies.laid_out(strategies.SENTENCES[:4], 1).text
UP_TO = 20  # articles with one passage of which every pair is listed


def numbered(count: int, **fields: Sequence[str]) -> list[Record]:
    """So many articles with the same text, each with its own of the fields."""
    return [
        {"id": f"a{i:04}", "text": BODY, **{name: cells[i] for name, cells in fields.items()}}
        for i in range(count)
    ]


def dated(count: int, first: int) -> list[str]:
    """Times of so many articles, a minute apart, of which number ``first`` is the earliest."""
    return [
        f"2021-08-15T{10 + place // 60:02}:{place % 60:02}:00Z"
        for i in range(count)
        for place in [(i - first) % count]
    ]


def scanned(count: int, first: int) -> Result:
    outlets = [f"Outlet {i}" for i in range(count)]
    return dedup.scan(numbered(count, publisher=outlets, published_at=dated(count, first)))


def left_out(result: Result) -> int:
    limits = result.run["limits"]
    assert isinstance(limits, dict)
    return sum(count for name, count in limits.items() if "pair" in name or "passage" in name)


@pytest.mark.parametrize("first", [0, 7, UP_TO - 1])
def test_up_to_so_many_every_pair_is_listed(first: int) -> None:
    result = scanned(UP_TO, first)
    hold(result)
    assert len(rows(result, "matches")) == UP_TO * (UP_TO - 1) // 2
    assert not left_out(result)


@pytest.mark.parametrize("first", [0, 13, 29])
def test_beyond_each_is_listed_against_its_best_source_only(first: int) -> None:
    count = 30
    result = scanned(count, first)
    hold(result)
    source = f"a{first:04}"
    every = {f"a{i:04}" for i in range(count)}
    assert best_sources(result) == {name: {source} for name in every - {source}}
    assert left_out(result) > 0


@pytest.mark.parametrize("first", [0, 13, 29])
def test_beyond_every_verdict_is_as_it_is_of_few(first: int) -> None:
    said = {str(row["article_id"]): row for row in rows(scanned(30, first), "articles")}
    earliest = said.pop(f"a{first:04}")
    assert earliest["copied_share"] == 0
    assert {row["verdict"] for row in said.values()} == {"copy"}
    assert {row["copied_share"] for row in said.values()} == {1.0}
    assert {row["cluster_id"] for row in said.values()} == {"a0000"}
    assert {row["derived_from"] for row in said.values()} == {f"a{first:04}"}


def test_undated_ones_are_listed_once_each() -> None:
    """Their order is unknown: nobody is said to have copied, and nobody is left out."""
    result = dedup.scan(numbered(30))
    hold(result)
    table = rows(result, "matches")
    listed = {str(row[side]) for row in table for side in ("article_id", "other_id")}
    assert listed == {f"a{i:04}" for i in range(30)}
    assert len(table) < 60
    assert {row["direction"] for row in table} == {"unknown"}
    for row in rows(result, "articles"):
        assert row["copied_share"] == 1.0
        assert row["verdict"] != "copy"


def test_two_thousand_copies_of_one_paragraph_are_soon_done() -> None:
    count = 2_000
    records = [{"id": f"a{i:04}", "text": BODY.replace("\n\n", " ")} for i in range(count)]
    before = time.process_time()
    result = dedup.scan(records)
    assert time.process_time() - before < 15
    table = result.tables["matches"]["article_id"]
    assert count - 1 <= len(table) <= 2 * count
    assert left_out(result) > count
    assert set(result.tables["articles"]["cluster_id"]) == {"a0000"}


def test_a_passage_inside_other_stories_counts_as_widely_shared_too() -> None:
    """Thirty edits of one report: the shared passage is listed against few, not against thirty."""
    count = 30
    records: list[Record] = []
    for i, when in enumerate(dated(count, 0)):
        own = strategies.SENTENCES[4 + i % 20 : 6 + i % 20]
        report = strategies.laid_out((*strategies.SENTENCES[:4], *own), 2).text
        records.append(
            {"id": f"a{i:04}", "text": report, "publisher": f"O{i}", "published_at": when}
        )
    result = dedup.scan(records)
    hold(result)
    table = rows(result, "matches")
    taken = {str(row["article_id"]) for row in table}
    assert taken == {f"a{i:04}" for i in range(1, count)}
    assert len(table) < count * (count - 1) // 2
    assert left_out(result) > 0


def test_what_few_share_is_listed_beside_what_many_share() -> None:
    count = 30
    aside = strategies.laid_out(strategies.SENTENCES[10:13], 1).text
    records = [
        {**record, "text": f"{record['text']}\n\n{aside}"} if record["id"] == "a0012" else record
        for record in numbered(
            count, publisher=[f"O{i}" for i in range(count)], published_at=dated(count, 0)
        )
    ]
    first = {"id": "x", "text": aside, "publisher": "X", "published_at": "2021-08-15T09:00:00Z"}
    sources = best_sources(dedup.scan([*records, first]))
    assert "x" in sources["a0012"]
    assert len(sources["a0012"]) == 2
    assert all(others == {"a0000"} for name, others in sources.items() if name != "a0012")


def test_of_undated_ones_too() -> None:
    aside = strategies.laid_out(strategies.SENTENCES[10:13], 1).text
    first, *others = numbered(30)
    result = dedup.scan(
        [{**first, "text": f"{BODY}\n\n{aside}"}, *others, {"id": "x", "text": aside}]
    )
    hold(result)
    assert "x" in best_sources(result)["a0000"]
