from __future__ import annotations

import copy
import re
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from dedup.records import Label
from dedup.report import Document, wording
from dedup.report.columns import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

Rows = dict[str, list[dict[str, object]]]


def test_the_finding_of_the_seeds(document: Document) -> None:
    assert wording.finding(document) == (
        "Of 5 articles, 1 rests mostly on agencies by its credits, 3 mix others’ text with their "
        "own and 1 shows too little to say. 1 goes back to an agency that it does not name."
    )


def test_thousands_are_set_apart(seeds: Rows, document_of: Callable[[Rows], Document]) -> None:
    rows: Rows = {table: [] for table in seeds}
    rows["articles"] = [
        seeds["articles"][4] | {"article_id": f"a{n:04}", "published_at": "", "text": ""}
        for n in range(1200)
    ]
    found = document_of(rows)
    assert wording.finding(found) == "Of 1,200 articles, 1,200 show too little to say."
    dated = copy.deepcopy(rows)
    dated["articles"][0]["published_at"] = "2021-08-11"
    assert "1,199 of 1,200 have no date" in wording.limit(document_of(dated))


def test_the_limit_of_the_seeds(document: Document) -> None:
    sentence = wording.limit(document)
    assert "No agency original is among these articles" in sentence
    assert "4 of 5 have no date" in sentence


@pytest.mark.parametrize("label", Label)
@pytest.mark.parametrize("wire", [True, False])
def test_every_verdict_has_words(
    label: Label, seeds: Rows, document_of: Callable[[Rows], Document], *, wire: bool
) -> None:
    rows = copy.deepcopy(seeds)
    for row in rows["articles"]:
        row |= {"verdict": label, "uncredited_agencies": ()}
    found = document_of(rows)
    found = Document(run={"wire_in_corpus": wire}, tables=found.tables)
    assert wording.finding(found).startswith("Of 5 articles, 5 ")
    assert "does not name" not in wording.finding(found)
    assert wording.verdict_counts(found) == {label.value: 5}


def test_no_agency_is_said_to_be_copied_where_none_was_there(
    seeds: Rows, document_of: Callable[[Rows], Document]
) -> None:
    rows = copy.deepcopy(seeds)
    for row in rows["articles"]:
        row["verdict"] = "wire_copy"
    assert "by their credits" in wording.finding(document_of(rows))


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2021-08-15"] * 5, "every article has a date"),
        ([""] * 5, "no article has a date"),
        (["", *["2021-08-15"] * 4], "1 of 5 has no date"),
    ],
)
def test_dates_are_spoken_of(
    dates: list[str],
    expected: str,
    seeds: Rows,
    document_of: Callable[[Rows], Document],
) -> None:
    rows = copy.deepcopy(seeds)
    for row, date in zip(rows["articles"], dates, strict=True):
        row["published_at"] = date
    found = Document(run={"wire_in_corpus": True}, tables=document_of(rows).tables)
    assert expected in wording.limit(found)
    assert wording.limit(found).startswith("Agency originals are among these articles")


def test_a_scan_without_matches_names_the_nearest_pair(
    seeds: Rows, document_of: Callable[[Rows], Document], document: Document
) -> None:
    assert wording.nothing_shared(document) == ""
    silent = document_of({**seeds, "matches": []})
    silent = Document(run={}, tables=silent.tables)
    assert wording.nothing_shared(silent) == "5 articles compared: no passage is shared."
    near = {"article_id": "a\u202e", "other_id": "b\x1b[31m", "cosine": 0.023}
    silent = Document(run={"nearest_pair": near}, tables=silent.tables)
    assert wording.nothing_shared(silent).endswith(
        "The nearest pair is a⟦U+202E⟧ and b⟦U+001B⟧[31m (cosine 0.023)."
    )


def test_an_empty_scan_is_not_silent(document_of: Callable[[Rows], Document]) -> None:
    empty = document_of({table: [] for table in TABLES})
    assert wording.finding(empty) == "No article could be read."
    assert wording.limit(empty)
    assert wording.nothing_shared(empty) == ""


def test_agencies_have_names_in_print(document: Document) -> None:
    bare = Document(run={}, tables=document.tables)
    names = wording.agency_names(bare)
    assert (names["ap"], names["reuters"], names["bbc"]) == ("AP", "Reuters", "BBC")
    assert "" not in names


ACCUSING = re.compile(r"plagiar|theft|\bstole|licen[cs]e|copied from|guilty", re.IGNORECASE)


def test_nothing_on_the_page_accuses() -> None:
    folder = resources.files("dedup.report").joinpath("web")
    words = [wording.__loader__.get_source("dedup.report.wording")]  # type: ignore[union-attr]
    words += [path.read_text("utf-8") for path in folder.iterdir()]
    assert len(words) > 10
    for text in words:
        assert not ACCUSING.search(text)
