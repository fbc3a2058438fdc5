from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.errors import DedupError, ReportError
from dedup.records import Direction, Kind, Label, Relation, Reuse, Scope
from dedup.result import Result

if TYPE_CHECKING:
    from dedup.result import Evidence

Table = dict[str, dict[str, list[object]]]
FIRST, SECOND = "000_71cf6c316d60b106.txt", "001_1b7dea28a2590197.txt"


def test_a_verdict_says_what_the_tables_say(result: Result) -> None:
    verdict = result.verdict(FIRST)
    assert verdict.label is Label.MIXED
    assert verdict.confidence == 0.87
    assert verdict.relation is Relation.SAME_OUTLET_UPDATE
    assert verdict.derived_from == SECOND
    assert verdict.credited_agencies == ("afp", "ap", "reuters")
    assert len(verdict.reasons) == 2


def test_every_attribution_is_the_text_at_its_place(result: Result, tables: Table) -> None:
    text = str(tables["articles"]["text"][0])
    attributions = result.verdict(FIRST).attributions
    assert len(attributions) == 8
    for found in attributions:
        assert text[found.start : found.end] == found.text
        assert isinstance(found.kind, Kind)
        assert isinstance(found.scope, Scope)


def test_evidence_of_unknown_order_shows_from_both_sides(result: Result) -> None:
    one, other = result.verdict(FIRST).evidence, result.verdict(SECOND).evidence
    assert len(one) == len(other) == 5

    def flipped(found: Evidence) -> tuple[int, ...]:
        return (found.other_start, found.other_end, found.start, found.end)

    assert sorted(map(flipped, one)) == sorted(
        (e.start, e.end, e.other_start, e.other_end) for e in other
    )
    assert {found.other_id for found in other} == {FIRST}
    assert {type(found.kind) for found in one} == {Reuse}


def test_what_others_took_is_no_evidence_against_the_original(
    result: Result, tables: Table
) -> None:
    tables["matches"]["direction"] = ["from"] * 5
    taken = Result(tables, result.run)
    assert len(taken.verdict(FIRST).evidence) == 5
    assert {found.direction for found in taken.verdict(FIRST).evidence} == {Direction.FROM}
    assert taken.verdict(SECOND).evidence == ()


def test_metadata_attributions_have_no_place(result: Result, tables: Table) -> None:
    for name in ("n", "start", "end"):
        tables["attributions"][name][0] = None
    tables["attributions"]["kind"][0] = "metadata"
    found = Result(tables, result.run).verdict(FIRST).attributions[0]
    assert (found.n, found.start, found.end) == (0, 0, 0)


def test_an_unknown_article_is_a_clear_error(result: Result) -> None:
    with pytest.raises(ReportError, match="No article of this report has the id 'nobody'"):
        result.verdict("nobody")
    assert issubclass(ReportError, DedupError)


def test_a_verdict_cannot_be_changed(result: Result) -> None:
    with pytest.raises(AttributeError):
        result.verdict(FIRST).label = Label.ORIGINAL  # type: ignore[misc]
