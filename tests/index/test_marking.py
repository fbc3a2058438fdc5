"""A reviewer's marks in an index: kept, honoured by every verdict, told by the feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import dedup
from dedup import Article, Config, Index
from dedup.marks import Mark
from dedup.report.table import fill_csv
from tests.strategies import SENTENCES

if TYPE_CHECKING:
    from pathlib import Path

BODY = "\n\n".join(" ".join(SENTENCES[i : i + 3]) for i in (0, 3, 6))
ARTICLES = [
    Article(
        id="wire",
        text=BODY,
        publisher="Reuters",
        is_wire=True,
        agency="reuters",
        published_at="2021-08-15T08:00:00Z",
    ),
    Article(id="reprint", text=BODY, publisher="The Post", published_at="2021-08-15T10:00:00Z"),
]
RIGHT = Mark("reprint", verdict="mixed", mark="right")
WRONG = Mark("reprint", other_id="wire", mark="wrong")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.dedup"


def verdicts(index: Index) -> dict[str, str]:
    table = index.tables().tables["articles"]
    return dict(zip(map(str, table["article_id"]), map(str, table["verdict"]), strict=True))


@pytest.mark.parametrize("mark", [RIGHT, WRONG])
def test_a_mark_holds_as_it_does_in_a_scan(path: Path, tmp_path: Path, mark: Mark) -> None:
    labels = tmp_path / "labels.csv"
    with labels.open("w", newline="") as stream:
        fill_csv(stream, {name: [getattr(mark, name)] for name in Mark._fields})
    with Index.open(path) as index:
        index.add(ARTICLES)
        assert verdicts(index)["reprint"] == "wire_copy"
        revision = index.mark([mark])
        assert [answer.row["article_id"] for answer in revision.changed] == ["reprint"]
        scanned = dedup.scan(ARTICLES, config=Config(labels=str(labels)))
        assert index.tables().tables == scanned.tables
        assert verdicts(index)["reprint"] != "wire_copy"
        assert index.changes()[-1].change == "changed"
    with Index.open(path, create=False) as again:
        assert again.marks() == [mark]
        assert again.tables().tables == scanned.tables
        assert again.add([ARTICLES[0]]).changed == ()


def test_a_mark_takes_the_place_of_one_on_the_same_thing(path: Path) -> None:
    with Index.open(path) as index:
        index.add(ARTICLES)
        index.mark([WRONG])
        index.mark([WRONG._replace(mark="right"), RIGHT])
        assert index.marks() == [WRONG._replace(mark="right"), RIGHT]
        assert verdicts(index)["reprint"] == "mixed"
        assert index.mark([RIGHT]).changed == ()
        assert index.mark([], withdrawn=[WRONG, RIGHT]).changed[0].row["verdict"] == "wire_copy"
        assert index.marks() == []
        assert index.verify() == []


def test_an_answer_has_its_paragraphs(path: Path) -> None:
    with Index.open(path) as index:
        index.add(ARTICLES)
        answer = index.check(BODY)
        assert [row["n"] for row in answer.paragraphs] == [1, 2, 3]
        assert {row["article_id"] for row in answer.paragraphs} == {"-"}
        assert all(row["reuse"] == "verbatim" for row in answer.paragraphs)
        first = answer.paragraphs[0]
        assert BODY[int(str(first["start"])) : int(str(first["end"]))] == first["text"]
