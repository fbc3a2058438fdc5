"""Scans at the edges: of next to nothing, with a reviewer's marks, of the report's own folder."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from dedup.cli import front

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

TEXT = (
    "The regional court heard on Monday how the old bridge over the northern river came to fall, "
    "and three engineers told the judges that nobody had looked at its cables for eleven years."
)
SAID = (
    "“We shall rebuild the bridge over the northern river before the winter comes, whatever it may "
    "cost this city and whoever has to pay for it in the end,” the mayor said."
)
TABLES = {"articles", "paragraphs", "matches", "attributions", "stories", "sources"}


def dedup(folder: Path, *arguments: str) -> Result:
    with contextlib.chdir(folder):
        done = CliRunner(env={"DEDUP_WORKERS": "1"}).invoke(front, arguments)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    return folder


def whole(folder: Path) -> bool:
    names = {path.name for path in (folder / "reports").iterdir()}
    return names == {f"{table}.csv" for table in TABLES} | {"report.html", "report.json"}


def test_an_empty_folder(news: Path) -> None:
    done = dedup(news.parent, "scan", "news")
    assert (done.exit_code, done.stdout) == (0, "No article could be read.\n")
    assert whole(news.parent)


def test_everything_skipped(news: Path) -> None:
    (news / "a.txt").write_text("")
    (news / "b.bin").write_bytes(b"\x00\x01")
    done = dedup(news.parent, "scan", "news")
    assert done.exit_code == 0
    said = done.stdout.splitlines()
    assert said[:3] == ["No article could be read.", "", "Skipped 2 inputs:"]
    assert [line.split(":")[0] for line in said[3:]] == ["  a.txt", "  b.bin"]
    assert whole(news.parent)
    assert dedup(news.parent, "scan", "news", "--strict").exit_code == 3


def test_one_article(news: Path) -> None:
    (news / "a.txt").write_text(TEXT)
    done = dedup(news.parent, "scan", "news")
    assert done.exit_code == 0
    assert "There is no other article to compare it with." in done.stdout
    assert done.stdout.splitlines()[-1].split() == ["unknown", "1"]
    assert whole(news.parent)


@pytest.mark.parametrize("texts", [["***"], ["***", "- - -"], ["***", TEXT]])
def test_articles_without_a_word(news: Path, texts: list[str]) -> None:
    for number, text in enumerate(texts):
        (news / f"{number}.txt").write_text(text)
    done = dedup(news.parent, "scan", "news")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1].split() == ["unknown", str(len(texts))]


def test_the_folder_of_the_report_is_no_input(news: Path) -> None:
    (news / "a.txt").write_text(TEXT)
    for _ in range(2):
        assert dedup(news.parent, "scan", ".").exit_code == 0
    document = json.loads((news.parent / "reports" / "report.json").read_text("utf-8"))
    assert [row["article_id"] for row in document["articles"]] == ["news/a.txt"]
    assert document["run"]["skipped"] == []
    refused = dedup(news.parent, "scan", "reports")
    assert refused.exit_code == 2
    assert "the report goes to this folder" in refused.stderr


def test_labels_are_honoured(news: Path) -> None:
    (news / "a.txt").write_text(TEXT)
    (news / "b.txt").write_text(TEXT)
    labels = news.parent / "labels.csv"
    labels.write_text("article_id,other_id,mark\nb.txt,a.txt,wrong\nb.txt,c.txt,wrong\n")
    assert dedup(news.parent, "scan", "news", "--labels", "labels.csv").exit_code == 0
    document = json.loads((news.parent / "reports" / "report.json").read_text("utf-8"))
    assert document["matches"] == []
    assert document["run"]["labels"] == {"applied": 1, "unused": 1}
    labels.write_text("article_id,mark\nb.txt,perhaps\n")
    done = dedup(news.parent, "scan", "news", "--labels", "labels.csv")
    assert done.exit_code == 2
    assert "labels.csv, row 1: mark must be of right, wrong, ignore" in done.stderr


def compared(news: Path) -> tuple[str, str]:
    """Two reports that share what an official said, and no more."""
    (news / "a.txt").write_text(f"The hearing goes on and nobody knows for how long.\n\n{SAID}")
    (news / "b.txt").write_text(f"Bakers of the valley met to taste chestnut bread.\n\n{SAID}")
    return "news/a.txt", "news/b.txt"


def test_a_page_without_texts_quotes_nothing(news: Path) -> None:
    sides = compared(news)
    assert (
        "Not reuse: a quotation that both report"
        in dedup(news.parent, "compare", *sides, "--explain").stdout
    )
    options = "--explain", "--out=there/both.html"
    assert dedup(news.parent, "compare", *sides, *options).exit_code == 0
    page = news.parent / "there" / "both.html"
    assert "bridge over the" in page.read_text("utf-8")
    done = dedup(news.parent, "compare", *sides, *options, "--no-text")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "bridge over the" not in page.read_text("utf-8")
    assert "to pay for it" not in page.read_text("utf-8")
    assert [path.name for path in page.parent.iterdir()] == ["both.html"]


def test_a_page_that_cannot_be_written(news: Path) -> None:
    sides = compared(news)
    (news.parent / "there").write_text("no folder")
    done = dedup(news.parent, "compare", *sides, "--out=there/both.html")
    assert done.exit_code == 2
    assert "there/both.html cannot be written: " in done.stderr


def test_a_comparison_without_texts_gives_offsets(news: Path) -> None:
    sides = compared(news)
    (news / "a.txt").write_text(TEXT)
    (news / "b.txt").write_text(f"Bread.\n\n{TEXT}")
    done = dedup(news.parent, "compare", *sides, "--no-text")
    assert done.exit_code == 0
    assert f"A characters 0:{len(TEXT) - 1}, B characters 8:{len(TEXT) + 7}" in done.stdout
    assert "bridge over the" not in done.stdout
    assert "bridge over the" in dedup(news.parent, "compare", *sides, "--text").stdout
