"""Agencies that are named in small letters, joined by slashes and commas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.records import Kind

if TYPE_CHECKING:
    from tests.attribution.conftest import Reader


@pytest.mark.parametrize("behind", ["\n\n", " "])
@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("(dpa/afp)", ["dpa", "afp"]),
        ("(afp/dpa)", ["afp", "dpa"]),
        ("(dpa, afp)", ["dpa", "afp"]),
        ("(ap/afp/dpa)", ["ap", "afp", "dpa"]),
        ("(red/dpa)", ["dpa"]),
    ],
)
def test_they_are_credits_of_the_whole(
    read: Reader, story: str, line: str, agencies: list[str], behind: str
) -> None:
    rows = read(f"{story}\n\n{story}{behind}{line}").attributions
    assert [row.agency for row in rows] == agencies
    assert {row.kind for row in rows} == {Kind.TAGLINE}
    assert "".join(row.text for row in rows).strip("() ,/")


def test_an_editor_signs_what_the_agency_sent(read: Reader, story: str) -> None:
    (row,) = read(f"{story}\n\ndpa/jlu").attributions
    assert (row.agency, row.kind) == ("dpa", Kind.SIGN_OFF)


@pytest.mark.parametrize("line", ["oh/pa", "bur-ap/mlm", "uni/ani", "and/or"])
def test_initials_are_nobodys_name(read: Reader, story: str, line: str) -> None:
    """Editors whose initials are those of an agency."""
    rows = read(f"{story}\n\n{story}\n\n{line}").attributions
    assert not {row.agency for row in rows} - {""}


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Kaynak: AA", "aa"),
        ("Źródło: PAP", "pap"),
        ("Bron: ANP", "anp"),
        ("Källa: TT", "tt"),
        ("This report by The Canadian Press was first published March 3, 2024.", "cp"),
        ("(This story was auto-generated from a PTI feed.)", "pti"),
        ("(mit Agenturmaterial)", ""),
        ("Ouest-Bretagne avec AFP", "afp"),
        ("R.L. avec l'AFP", "afp"),
        ("El Faro de Luz con información de EFE", "efe"),
        ("G7, com Reuters", "reuters"),
    ],
)
def test_lines_that_say_whose_the_text_is(read: Reader, story: str, line: str, agency: str) -> None:
    rows = read(f"{story}\n\n{story}\n\n{line}").attributions
    assert [row.agency for row in rows] == [agency]
    assert {str(row.scope) for row in rows} == {"article"}


def test_who_names_its_source_is_not_signed_by_a_desk(read: Reader, story: str) -> None:
    rows = read(f"{story}\n\n{story}\n\nLe Monde avec AFP").attributions
    assert [(row.agency, row.kind) for row in rows if row.is_agency] == [("afp", Kind.TAGLINE)]


def test_a_dateline_without_brackets_ends_in_its_date(read: Reader, story: str) -> None:
    (row,) = read(f"SYDNEY, March 3 AAP - {story}").attributions
    assert (row.agency, row.kind) == ("aap", Kind.DATELINE)
