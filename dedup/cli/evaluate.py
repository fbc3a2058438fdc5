"""``dedup evaluate``: a report against labels."""

from __future__ import annotations

from pathlib import Path

import click

from dedup.cli.options import read_settings, settings
from dedup.cli.terminal import say


@click.command()
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("report", required=False, type=click.Path(exists=True, path_type=Path))
@settings("agencies", "ignore", "window", "workers")
def evaluate(gold: Path, report: Path | None, **given: object) -> None:
    """Score a REPORT against labels, with 95 % intervals.

    GOLD is a labels.csv with a reviewer's marks, or the folder or truth.jsonl of a newsroom set.
    REPORT is a folder that `dedup scan` wrote; without one, the articles.jsonl beside GOLD is
    scanned, with the options that follow.
    """
    config = read_settings(given)
    from dedup import evaluation

    say(evaluation.render(evaluation.evaluate(gold, report, config)))
