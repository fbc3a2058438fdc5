from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.errors import ReportError
from dedup.marks import Mark, read_marks

if TYPE_CHECKING:
    from pathlib import Path


def read(folder: Path, content: str) -> list[Mark]:
    file = folder / "labels.csv"
    file.write_text(content, "utf-8", newline="")
    return read_marks(file)


def test_any_subset_of_the_columns_is_read(tmp_path: Path) -> None:
    content = "\ufeffarticle_id,start,end,agency,mark,seen\na,5,12,ap,wrong,yes\nb,,,ap,,\n"
    assert read(tmp_path, content) == [
        Mark("a", 5, 12, agency="ap", mark="wrong"),
        Mark("b", agency="ap"),
    ]


def test_every_column_is_read(tmp_path: Path) -> None:
    header = "article_id,start,end,other_id,kind,direction,agency,attribution,verdict,mark"
    rows = 'a,0,9,"b, c",edited,to,,,,ignore\r\nd,,,,,,reuters,told,mixed,right'
    assert read(tmp_path, f"{header}\r\n{rows}\r\n") == [
        Mark("a", 0, 9, "b, c", "edited", "to", mark="ignore"),
        Mark("d", agency="reuters", attribution="told", verdict="mixed"),
    ]


def test_a_short_row_lacks_what_it_lacks(tmp_path: Path) -> None:
    assert read(tmp_path, "article_id,other_id,mark\na\n") == [Mark("a")]


@pytest.mark.parametrize(
    ("cell", "name"), [("'-", "-"), ("'=x", "=x"), ("'@x", "@x"), ("'x", "'x"), ("x'=", "x'=")]
)
def test_a_cell_made_safe_for_spreadsheets_is_what_it_was(
    tmp_path: Path, cell: str, name: str
) -> None:
    assert read(tmp_path, f"article_id,other_id\n{cell},{cell}\n") == [Mark(name, other_id=name)]


def test_offsets_that_have_been_through_pandas(tmp_path: Path) -> None:
    assert read(tmp_path, "article_id,start,end\na,1.0,5.0\nb,,\n") == [Mark("a", 1, 5), Mark("b")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("article_id,mark\na,maybe\n", "row 1: mark must be of right, wrong, ignore, not 'maybe'"),
        ("article_id,verdict\na,\nb,stolen\n", "row 2: verdict must be of wire_copy, "),
        ("article_id,direction\na,both\n", "row 1: direction must be of from, to, unknown"),
        ("article_id,kind\na,close\n", "row 1: kind must be of verbatim, edited, paraphrase"),
        ("article_id,attribution\na,said\n", "row 1: attribution must be of dateline, "),
        ("article_id,verdict\n,copy\n", "row 1: it needs an article_id"),
        ("verdict\ncopy\n", "has no column article_id; is it comma-separated"),
        ("article_id;mark\na;right\n", "has no column article_id; is it comma-separated"),
        ("", "has no column article_id"),
        ("article_id,start,end\na,9,9\n", "row 1: start and end are both whole numbers"),
        ("article_id,start,end\na,1.5,9\n", "row 1: start and end are both whole numbers"),
        ("article_id,start,end\na,1,5\nb,first,5\n", "row 2: start and end are both whole numbers"),
        ("article_id,start,end\na,1,\n", "row 1: start and end are both whole numbers"),
        ("article_id,start,end\na,-1,4\n", "row 1: start and end are both whole numbers"),
        ('article_id\n"a"b\n', "cannot read the labels"),
    ],
)
def test_rows_that_cannot_be_used(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(ReportError, match=said):
        read(tmp_path, content)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="cannot read the labels"):
        read_marks(tmp_path / "none.csv")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_bytes(b"article_id\n\xff\n")
    with pytest.raises(ReportError, match="cannot read the labels"):
        read_marks(tmp_path / "labels.csv")


@pytest.mark.parametrize(
    ("mark", "touched"),
    [
        (Mark("a"), True),
        (Mark("a", 0, 10), True),
        (Mark("a", 0, 11), True),
        (Mark("a", 19, 30), True),
        (Mark("a", 20, 30), False),
        (Mark("a", 0, 5), False),
        (Mark("a", 12, 13), True),
    ],
)
def test_what_a_row_is_about(mark: Mark, *, touched: bool) -> None:
    assert mark.touches(9, 20) is touched
