"""Score a report against labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.evaluation import found, marks, newsroom
from dedup.evaluation.gold import read_newsroom
from dedup.evaluation.tables import figures
from dedup.marks import read_marks
from dedup.result import read_report

if TYPE_CHECKING:
    from pathlib import Path

    from dedup.config import Config
    from dedup.evaluation.tables import Figure

TEXTS = "articles.jsonl"


def evaluate(gold: Path, report: Path | None, config: Config) -> list[Figure]:
    """Score a report folder, or without one a fresh scan of the articles beside the labels.

    Args:
        gold: a labels.csv, or the folder or the ``truth.jsonl`` of a newsroom set.
        report: a folder that a scan wrote.
        config: the settings of the fresh scan.

    Raises:
        ReportError: where labels or report cannot be read.
        SourceError: where there is no report, and no articles lie beside the labels.

    """
    folder = gold if gold.is_dir() else gold.parent
    if gold.suffix == ".csv":
        judged = read_marks(gold)
        return figures(marks.measures(judged, _said(folder, report, config)))
    from dedup import attribution

    catalogue = attribution.load()

    def id_of(name: str) -> str:
        first, _, _ = name.partition("/")  # "AFP/Reuters": the agency that the text came through
        return catalogue.by_name(name) or catalogue.by_name(first) or name.casefold()

    def names_it(text: str, agency: str) -> bool:
        return any(mention.agency == agency for mention in catalogue.find_in_field(text))

    labelled = read_newsroom(folder, id_of)
    return figures(newsroom.measures(labelled, _said(folder, report, config), names_it))


def _said(folder: Path, report: Path | None, config: Config) -> found.Report:
    if report is None:
        from dedup import detector

        return found.read(detector.scan([str(folder / TEXTS)], config=config))
    return found.read(read_report(report))
