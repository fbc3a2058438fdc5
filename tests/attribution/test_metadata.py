from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.records import Attribution, Field, Kind, Scope

if TYPE_CHECKING:
    from tests.attribution.conftest import Reader


def _row(text: str, agency: str) -> Attribution:
    return Attribution(0, 0, 0, text, agency, Kind.METADATA, Scope.ARTICLE, bool(agency))


@pytest.mark.parametrize(
    ("author", "agency"),
    [("Reuters", "reuters"), ("Afp Afp", "afp"), ("AP Staff", "ap"), ("Jane Doe | AFP", "afp")],
)
def test_an_author_field(read: Reader, story: str, author: str, agency: str) -> None:
    assert read(story, authors=(author,)).attributions == (_row(f"author={author}", agency),)


def test_a_credit_and_an_agency_field(read: Reader, story: str) -> None:
    found = read(story, credit="dpa", agency="Reuters").attributions
    assert found == (_row("credit=dpa", "dpa"), _row("agency=Reuters", "reuters"))


def test_two_agencies_in_one_field_are_two_rows(read: Reader, story: str) -> None:
    found = read(story, credit="AFP/Reuters").attributions
    assert [row.agency for row in found] == ["afp", "reuters"]


def test_a_field_that_names_no_agency(read: Reader, story: str) -> None:
    assert read(story, credit="Agencies").attributions == (_row("credit=Agencies", ""),)
    assert read(story, credit="Jane Doe", authors=("John Roe",)).attributions == ()


def test_evidence_of_the_page(read: Reader, story: str) -> None:
    fields = (
        Field("jsonld.creditText", "AFP"),
        Field("link.canonical", "https://www.reuters.com/world/quay"),
        Field("jsonld.image.creditText", "AP"),
    )
    found = read(story, evidence=fields).attributions
    assert [row.agency for row in found] == ["afp", "reuters"]


@pytest.mark.parametrize("name", ["ninjs.usageterms", "newsml.embargoed", "ninjs.version"])
def test_terms_of_use_credit_nobody(read: Reader, story: str, name: str) -> None:
    found = read(story, evidence=(Field(name, "Not for use by AFP clients"),)).attributions
    assert found == ()


def test_the_publisher_is_a_row_only_if_it_is_an_agency(read: Reader, story: str) -> None:
    assert read(story, publisher="Reuters").attributions == (_row("publisher=Reuters", "reuters"),)
    assert read(story, publisher="The Quay").attributions == ()
    assert read(story, publisher="BBC News").attributions == ()


def test_an_overlong_field_is_no_credit(read: Reader, story: str) -> None:
    assert read(story, credit=f"Reuters {'x' * 300}").attributions == ()


def test_an_article_without_text_has_its_metadata(read: Reader) -> None:
    assert [row.agency for row in read("", authors=("Reuters",)).attributions] == ["reuters"]
