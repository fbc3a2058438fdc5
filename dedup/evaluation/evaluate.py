"""Score a report against labels."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dedup.errors import ReportError, SourceError
from dedup.evaluation import alignment, faults, found, marks, newsroom
from dedup.evaluation.gold import read_newsroom, read_rows
from dedup.evaluation.tables import figures
from dedup.marks import read_marks
from dedup.result import Result, read_report

if TYPE_CHECKING:
    from pathlib import Path

    from dedup.attribution import Catalogue
    from dedup.config import Config
    from dedup.evaluation.tables import Fault, Figure

#: What the articles beside labels may be called.
TEXTS = ("articles.jsonl", "articles.jsonl.gz", "docs.jsonl", "docs.jsonl.gz")
TRUTH = "truth.jsonl"


class Evaluation(NamedTuple):
    """How well a report agrees with labels, and where it does not."""

    figures: list[Figure]
    faults: list[Fault]


def evaluate(gold: Path, report: Path | Result | None, config: Config) -> Evaluation:
    """Score a report folder, or without one a fresh scan of the articles beside the labels.

    Args:
        gold: a labels.csv, or the folder or the ``truth.jsonl`` of a newsroom set or of pairs of
            articles with their passages (`dedup.evaluation.alignment`).
        report: a folder that a scan wrote, or what a scan gave.
        config: the settings of the fresh scan.

    Raises:
        ReportError: where labels or report cannot be read.
        SourceError: where there is no report, and no articles lie beside the labels.

    """
    folder = gold if gold.is_dir() else gold.parent
    if gold.suffix.lower() == ".csv":
        judged = [mark._replace(agency=_id_of(mark.agency)) for mark in read_marks(gold)]
        if not judged:
            message = f"{gold} holds no marks"
            raise ReportError(message)
        said = _said(folder, report, config)
        return Evaluation(figures(marks.measures(judged, said)), [*marks.faults(judged, said)])
    rows = read_rows(gold / TRUTH if gold.is_dir() else gold)
    if any("susp" in row for row in rows):
        pairs = alignment.read_pairs(rows)
        said = _said(folder, report, config)
        return Evaluation(
            figures(alignment.measures(pairs, said)), [*alignment.faults(pairs, said)]
        )
    return _against_newsroom(folder, report, config)


def _against_newsroom(folder: Path, report: Path | Result | None, config: Config) -> Evaluation:
    def names_it(text: str, agency: str) -> bool:
        return any(mention.agency == agency for mention in _catalogue().find_in_field(text))

    labelled = read_newsroom(folder, _id_of)
    said = _said(folder, report, config)
    scored = newsroom.measures(labelled, said, names_it)
    return Evaluation(figures(scored), [*faults.faults(labelled, said)])


@cache
def _catalogue() -> Catalogue:
    from dedup import attribution

    return attribution.load()


def _id_of(name: str) -> str:
    """Give the catalogue id of an agency that labels name; of "AFP/Reuters" that of the first."""
    if not name:
        return ""
    first, _, _ = name.partition("/")
    return _catalogue().by_name(name) or _catalogue().by_name(first) or name.casefold()


def _said(folder: Path, report: Path | Result | None, config: Config) -> found.Report:
    if isinstance(report, Result):
        return found.read(report)
    if report is not None:
        return found.read(read_report(report))
    from dedup import detector

    texts = next((folder / name for name in TEXTS if (folder / name).is_file()), None)
    if texts is None:
        message = f"no report is given, and {folder} holds no {TEXTS[0]} to scan"
        raise SourceError(message)
    return found.read(detector.scan([str(texts)], config=config))
