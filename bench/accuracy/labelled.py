"""The labelled sets: where each lies, what it is, and what a scan of it says, scanned once."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dedup
from bench import machine
from dedup import evaluation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedup import Result
    from dedup.evaluation import Evaluation, Figure

    Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "bench" / "results" / "accuracy"
READINGS = ROOT / "docs" / "readings"
#: The set that is ours and lies in the repository; the others are given by their folder.
NEWSROOM = ROOT / "tests" / "data" / "newsroom"
#: The articles of each set; the labels, where it has any, are truth.jsonl beside them.
ARTICLES = {
    "newsroom": "articles.jsonl",
    "pan13": "docs.jsonl.gz",
    "short_answers": "docs.jsonl",
    "press": "articles.jsonl.gz",
    "same_event": "articles.jsonl.gz",
}


class Sets:
    """The labelled sets that are there."""

    def __init__(self, folder: Path | None) -> None:
        """Take the folder in which those lie that the repository does not hold."""
        self.elsewhere = folder
        self._results: dict[str, Result] = {}

    def folder(self, name: str) -> Path | None:
        """Give the folder of a set, None where it is not there."""
        if name == "newsroom":
            return NEWSROOM
        folder = self.elsewhere and self.elsewhere / name
        return folder if folder and (folder / ARTICLES[name]).is_file() else None

    def path(self, name: str) -> Path:
        """Give the articles of a set that is there."""
        folder = self.folder(name)
        if folder is None:
            message = f"{name} is not there"
            raise FileNotFoundError(message)
        return folder / ARTICLES[name]

    def labels(self, name: str) -> Path:
        """Give the labels of a set that is there."""
        return self.path(name).with_name("truth.jsonl")

    def result(self, name: str) -> Result:
        """Scan a set with the options that everybody gets."""
        if name not in self._results:
            self._results[name] = dedup.scan(self.path(name))
        return self._results[name]

    def evaluated(self, name: str) -> Evaluation:
        """Score a set against its labels."""
        return evaluation.evaluate(self.labels(name), self.result(name), dedup.Config())

    def described(self, name: str) -> Json:
        """Say what a set is: how many articles, and a digest by which it is known."""
        digest = hashlib.sha256()
        for file in (self.path(name), self.labels(name)):
            if file.is_file():
                digest.update(file.read_bytes())
        return {
            "set": name,
            "articles": len(self.result(name).tables["articles"]["article_id"]),
            "digest": digest.hexdigest()[:12],
            "source": machine.source_digest(),
        }


def rows(figures: Iterable[Figure]) -> list[Json]:
    """Give figures as they are kept."""
    kept = ("measure", "figure", "value", "low", "high", "basis")
    return [
        {name: _rounded(value) for name, value in row._asdict().items() if name in kept}
        for row in figures
    ]


def _rounded(value: object) -> object:
    return round(value, 6) if isinstance(value, float) else value
