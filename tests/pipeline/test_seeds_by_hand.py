"""The five seeds, held to what a person who read all of their 90 paragraphs wrote down.

Required: every verbatim and near-verbatim link, every attribution with its kind, agency and place,
an acceptable verdict. Forbidden: links where the same fact is told twice, where a name or a stock
clause is shared, and between look-alikes.
"""

from __future__ import annotations

import json
import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import pytest

from tests.pipeline.promises import hold, names, number, place, real, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dedup import Result
    from tests.pipeline.promises import Row

AGENCIES = {"Reuters": "reuters", "AFP": "afp", "AP": "ap", "Sputnik": "sputnik"}
MEDIA = {"BBC": "bbc", "Al Jazeera": "aljazeera", "TOLO News": "tolonews"}
KINDS = {
    "told_agency": "told",
    "told_media": "told",
    "cited_by": "quoted_by",
    "vague_reports": "vague",
}
REUSED, RETOLD = {"verbatim", "near_verbatim"}, {"paraphrase"}
FORBIDDEN = {"same_fact", "incidental"}
LATER, EARLIER = "000_71cf6c316d60b106.txt", "001_1b7dea28a2590197.txt"


class Share(TypedDict):
    file: str
    n: int
    kind: str


class Named(TypedDict):
    agency: str | None
    kind: str
    span_text: str
    scope: str
    start: int
    end: int


class Paragraph(TypedDict):
    n: int
    first_words: str
    role: str
    shares: list[Share]
    attributions: list[Named]


class Judgement(TypedDict):
    acceptable: list[str]
    not_acceptable: list[str]
    agencies: dict[str, int]
    credit: str


class Labels(TypedDict):
    verdict: Judgement
    paragraphs: list[Paragraph]


class Side(NamedTuple):
    file: str
    n: int


class Link(NamedTuple):
    side: Side
    other: Side
    kind: str
    heading: bool


@pytest.fixture(scope="module")
def truth(root: Path) -> Mapping[str, Labels]:
    loaded = json.loads((root / "tests" / "data" / "seeds_truth.json").read_text("utf-8"))
    return {name: labels for name, labels in loaded.items() if not name.startswith("_")}


@pytest.fixture(scope="module")
def look_alikes(root: Path) -> list[tuple[Side, Side]]:
    loaded = json.loads((root / "tests" / "data" / "seeds_truth.json").read_text("utf-8"))
    return [
        (Side(pair["a"]["file"], pair["a"]["n"]), Side(pair["b"]["file"], pair["b"]["n"]))
        for pair in loaded["_look_alikes_must_not_match"]
    ]


@pytest.fixture(scope="module")
def ledger(scanned_seeds: Result) -> dict[Side, Row]:
    return {
        Side(str(row["article_id"]), number(row, "n")): row
        for row in rows(scanned_seeds, "paragraphs")
    }


def links(truth: Mapping[str, Labels]) -> Iterator[Link]:
    for file, labels in truth.items():
        for paragraph in labels["paragraphs"]:
            for share in paragraph["shares"]:
                yield Link(
                    Side(file, paragraph["n"]),
                    Side(share["file"], share["n"]),
                    share["kind"],
                    paragraph["role"] == "heading",
                )


def normal(text: str) -> str:
    """Put a text as the labels have it: each run of white space is one space."""
    return " ".join(text.split())


def covered(result: Result, side: Side, other: Side, ledger: Mapping[Side, Row]) -> float:
    """The share of a paragraph's characters that lies in matches that touch the other one."""
    start, end = place(ledger[side])
    inside: set[int] = set()
    for row in rows(result, "matches"):
        ends = {str(row["article_id"]): place(row), str(row["other_id"]): place(row, "other_")}
        if ends.keys() != {side.file, other.file}:
            continue
        low, high = place(ledger[other])
        if ends[other.file][0] < high and low < ends[other.file][1]:
            inside.update(range(max(start, ends[side.file][0]), min(end, ends[side.file][1])))
    return len(inside) / (end - start)


def taken_from(row: Row) -> Side | None:
    return Side(str(row["source_id"]), number(row, "source_n")) if row["reuse"] else None


def test_the_seeds_keep_every_promise(scanned_seeds: Result) -> None:
    hold(scanned_seeds)


def test_paragraphs_are_those_that_a_reader_sees(
    truth: Mapping[str, Labels], ledger: Mapping[Side, Row]
) -> None:
    seen = {Side(file, p["n"]): p for file, labels in truth.items() for p in labels["paragraphs"]}
    assert ledger.keys() == seen.keys()
    assert len(seen) == 90
    for side, paragraph in seen.items():
        assert normal(str(ledger[side]["text"])).startswith(paragraph["first_words"]), side


def test_roles_are_those_that_a_reader_gives(
    truth: Mapping[str, Labels], ledger: Mapping[Side, Row]
) -> None:
    other_names = {"boilerplate": {"promo", "boilerplate"}, "body": {"body", "quote"}}
    for file, labels in truth.items():
        for paragraph in labels["paragraphs"]:
            role = paragraph["role"]
            found = ledger[Side(file, paragraph["n"])]["role"]
            assert found in other_names.get(role, {role}), (file, paragraph["n"])


def test_every_link_is_found(
    truth: Mapping[str, Labels], scanned_seeds: Result, ledger: Mapping[Side, Row]
) -> None:
    required = [link for link in links(truth) if link.kind in REUSED]
    assert len(required) == 28  # 14 pairs, from either side
    for link in required:
        assert covered(scanned_seeds, link.side, link.other, ledger) > 0.8, link


def test_the_ledger_names_the_paragraph_that_each_came_from(
    truth: Mapping[str, Labels], ledger: Mapping[Side, Row]
) -> None:
    sources: dict[Side, set[Side]] = {}
    for link in links(truth):
        if link.side.file == LATER and link.kind in REUSED | RETOLD and not link.heading:
            sources.setdefault(link.side, set()).add(link.other)
    shown = {side for side, others in sources.items() if {o.file for o in others} == {EARLIER}}
    assert len(shown) == 13
    for side in shown:
        assert taken_from(ledger[side]) in sources[side], side
        assert ledger[side]["direction"] == "from"


def test_the_ledger_says_how_closely_each_follows(
    truth: Mapping[str, Labels], ledger: Mapping[Side, Row]
) -> None:
    for link in links(truth):
        if link.side.file == LATER and link.kind in REUSED and not link.heading:
            exact = link.kind == "verbatim"
            found = ledger[link.side]["reuse"]
            assert found in ({"verbatim"} if exact else {"verbatim", "edited"}), link


def test_nothing_else_is_called_reuse(
    truth: Mapping[str, Labels], scanned_seeds: Result, ledger: Mapping[Side, Row]
) -> None:
    """A paragraph that both took from a third text may be linked; nothing else may."""
    allowed = {(link.side, link.other) for link in links(truth) if link.kind not in FORBIDDEN}
    for side, row in ledger.items():
        source = taken_from(row)
        assert source is None or (side, source) in allowed, side
    for side, other in combinations(ledger, 2):
        if {side.file, other.file} != {LATER, EARLIER} and side.file != other.file:
            linked = covered(scanned_seeds, side, other, ledger)
            assert not linked or (side, other) in allowed, (side, other)


def test_no_look_alike_is_linked(
    truth: Mapping[str, Labels],
    look_alikes: list[tuple[Side, Side]],
    scanned_seeds: Result,
    ledger: Mapping[Side, Row],
) -> None:
    forbidden = [(link.side, link.other) for link in links(truth) if link.kind in FORBIDDEN]
    assert len(look_alikes) == 12
    assert len(forbidden) > 20
    for side, other in forbidden + look_alikes:
        assert not covered(scanned_seeds, side, other, ledger), (side, other)
        assert not covered(scanned_seeds, other, side, ledger), (side, other)


def expected_attributions(truth: Mapping[str, Labels]) -> Iterator[tuple[Side, Named]]:
    for file, labels in truth.items():
        for paragraph in labels["paragraphs"]:
            for named in paragraph["attributions"]:
                yield Side(file, paragraph["n"]), named


def answers(row: Row, named: Named, ledger: Mapping[Side, Row]) -> bool:
    """Whether an attribution is the labelled one: the labels' places are of normalised text."""
    side = Side(str(row["article_id"]), number(row, "n"))
    before = number(row, "start") - number(ledger[side], "start")
    at = len(normal(str(ledger[side]["text"])[:before] + "|")) - 1
    text = normal(str(row["text"]))
    return (
        named["span_text"].startswith(text)
        and abs(named["start"] - at) <= 1
        and row["agency"] == (AGENCIES | MEDIA).get(named["agency"] or "", "")
        and row["kind"] == KINDS.get(named["kind"], named["kind"])
        and row["scope"] == named["scope"].replace("document", "article")
        and (not row["agency"] or row["is_agency"] is (row["agency"] in AGENCIES.values()))
    )


def test_every_attribution_is_found_and_none_invented(
    truth: Mapping[str, Labels], scanned_seeds: Result, ledger: Mapping[Side, Row]
) -> None:
    found: dict[Side, list[Row]] = {}
    for row in rows(scanned_seeds, "attributions"):
        found.setdefault(Side(str(row["article_id"]), number(row, "n")), []).append(row)
    for side, named in expected_attributions(truth):
        hits = [row for row in found.get(side, []) if answers(row, named, ledger)]
        assert len(hits) == 1, (side, named, found.get(side))
        found[side].remove(hits[0])
    assert not [row for left in found.values() for row in left]


def test_verdicts_are_acceptable(truth: Mapping[str, Labels], scanned_seeds: Result) -> None:
    said = {str(row["article_id"]): row for row in rows(scanned_seeds, "articles")}
    for file, labels in truth.items():
        assert said[file]["verdict"] in labels["verdict"]["acceptable"]
        assert said[file]["verdict"] not in labels["verdict"]["not_acceptable"]
        agencies = {AGENCIES[name] for name in labels["verdict"]["agencies"]}
        assert names(said[file], "agencies") == agencies
        assert names(said[file], "credited_agencies") == agencies


def test_the_longer_version_is_an_update_of_the_shorter(scanned_seeds: Result) -> None:
    said = {str(row["article_id"]): row for row in rows(scanned_seeds, "articles")}
    assert said[LATER]["derived_from"] == EARLIER
    assert said[LATER]["relation"] == "same_outlet_update"
    assert not said[EARLIER]["derived_from"]
    (match,) = (row for row in rows(scanned_seeds, "matches") if row["other_id"] == EARLIER)
    assert match["article_id"] == LATER
    assert match["direction"] == "from"
    assert match["lag_seconds"] is None, "neither is dated: the texts alone tell"
    assert real(said[LATER], "copied_share") > 0.5
    assert real(said[EARLIER], "copied_share") == 0


def test_a_credit_covers_all_that_an_article_tells(
    truth: Mapping[str, Labels], scanned_seeds: Result, ledger: Mapping[Side, Row]
) -> None:
    """No source is there to show it, so that the credit line alone says where the text is from."""
    for row in rows(scanned_seeds, "articles"):
        file = str(row["article_id"])
        told = sum(
            number(ledger[Side(file, p["n"])], "words")
            for p in truth[file]["paragraphs"]
            if p["role"] == "body"
        )
        covered_by_credit = truth[file]["verdict"]["credit"] == "tagline"
        assert not covered_by_credit or real(row, "wire_share") == round(
            told / number(row, "words"), 3
        )


def test_the_report_says_that_no_wire_was_there(scanned_seeds: Result) -> None:
    assert scanned_seeds.run["wire_in_corpus"] is False
    assert not any(row["wire_in_corpus"] for row in rows(scanned_seeds, "stories"))


def test_no_reason_claims_a_text_that_nobody_saw(scanned_seeds: Result) -> None:
    copied = re.compile(r"\b(?:cop(?:y|ied|ies)|taken|follows?|lifted)\b", re.IGNORECASE)
    agency = re.compile(r"Reuters|Associated Press|France-Presse|Sputnik|\bAF?P\b|agenc")
    for row in rows(scanned_seeds, "articles"):
        for reason in names(row, "reasons"):
            assert not (copied.search(reason) and agency.search(reason)), reason
            assert not copied.search(reason) or row["article_id"] == LATER, reason


def test_every_reason_names_paragraphs(scanned_seeds: Result) -> None:
    for row in rows(scanned_seeds, "articles"):
        assert all(re.search(r"¶\d", reason) for reason in names(row, "reasons"))


def test_the_earlier_event_is_no_part_of_a_copied_group(scanned_seeds: Result) -> None:
    said = rows(scanned_seeds, "articles")
    clusters = {str(row["article_id"]): str(row["cluster_id"]) for row in said}
    assert {name for name, cluster in clusters.items() if cluster == LATER} == {LATER, EARLIER}
    assert len(set(clusters.values())) == 4
