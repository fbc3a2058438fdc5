"""Several processes write one report, and it is the one that a single process writes."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

import dedup
from dedup.errors import MissingExtra, ReportError
from dedup.report import page
from dedup.report.columns import TABLES
from dedup.result import Result, writing

if TYPE_CHECKING:
    from dedup.report.document import Document
    from dedup.report.edition import Edition

SEEDS = Path(__file__).parents[2] / "seeds"
FORMS = ("csv", "html", "json")


@pytest.fixture(scope="module")
def scanned() -> Result:
    return dedup.scan(SEEDS)


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("many", [0, 1])
def test_two_processes_write_what_one_does(
    scanned: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """A page that stands alone, and one with its parts beside it."""
    if many:
        monkeypatch.setattr(page, "MAX_ARTICLES", 2)
        monkeypatch.setattr(page, "MAX_BYTES", 1)
    for workers, name in ((1, "one"), (2, "two")):
        result = Result(scanned.tables, scanned.run, workers=workers)
        written = result.write(tmp_path / name, FORMS)
        assert [path.name for path in written][-2:] == ["report.html", "report.json"]
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert any("parts" in name for name in files(tmp_path / "two")) == bool(many)


def test_the_shares_of_long_tables_make_the_tables(
    scanned: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned.write(tmp_path / "one", ["csv"])
    monkeypatch.setattr(writing, "_LONG", range(1, 1 << 10))
    for workers in (2, 3, 12):
        result = Result(scanned.tables, scanned.run, workers=workers)
        written = result.write(tmp_path / f"{workers}", ["csv"])
        assert [path.stem for path in written] == list(TABLES)
        assert files(tmp_path / f"{workers}") == files(tmp_path / "one")


def test_a_failure_in_another_process_leaves_nothing(
    scanned: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(edition: Edition, _: Document) -> NoReturn:
        with edition.file("parts/0001.html") as stream:
            stream.write("begun")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(writing._WRITERS, "html", fill)
    result = Result(scanned.tables, scanned.run, workers=2)
    with pytest.raises(ReportError, match="No space left on device"):
        result.write(tmp_path, FORMS)
    assert list(tmp_path.iterdir()) == []


def test_what_is_missing_is_said_the_same_from_another_process() -> None:
    failure = MissingExtra("writing Parquet", "parquet")
    assert str(pickle.loads(pickle.dumps(failure))) == str(failure)  # noqa: S301 - our own
