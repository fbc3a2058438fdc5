"""``dedup evaluate``: a report against labels."""

from __future__ import annotations

from pathlib import Path

import click

from dedup.cli.options import read_settings, settings
from dedup.cli.terminal import say


@click.command()
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("report", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--faults", is_flag=True, help="List what is wrong, one a line, after the figures.")
@settings("agencies", "ignore", "window", "workers")
def evaluate(gold: Path, report: Path | None, *, faults: bool, **given: object) -> None:
    """Score a REPORT against labels, with 95 % intervals.

    GOLD is a labels.csv with a reviewer's marks, or the folder or truth.jsonl of a newsroom set or
    of pairs of articles with their passages (PAN's text alignment: plagdet).
    REPORT is a folder that `dedup scan` wrote; without one, the articles.jsonl beside GOLD is
    scanned, with the options that follow.
    """
    config = read_settings(given)
    from dedup import evaluation

    found = evaluation.evaluate(gold, report, config)
    say(evaluation.render(found.figures))
    if faults and found.faults:
        say("\n" + evaluation.render_faults(found.faults))
