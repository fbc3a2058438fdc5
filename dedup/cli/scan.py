"""``dedup scan``: the main job."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from dedup import conditions
from dedup.cli.events import event, watching
from dedup.cli.interrupts import go_on
from dedup.cli.memory import keep_memory, uncollected
from dedup.cli.options import read_settings, settings
from dedup.cli.terminal import say

if TYPE_CHECKING:
    from dedup.config import Config
    from dedup.result import Result

FAILED, SKIPPED = 1, 3


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@settings()
@click.pass_context
def scan(context: click.Context, /, inputs: tuple[str, ...], **given: object) -> None:
    """Read articles and write the report of where they come from.

    INPUT is any mix of files, folders and - for standard input: .txt .md .html .jsonl .ndjson .json
    (records and ninjs) .csv .tsv .parquet .xml (NewsML, NITF, RSS, Atom) .nitf .newsml .rss .atom
    .eml .warc, each also .gz.
    """
    config = read_settings(given)
    keep_memory()
    from dedup import detector

    with uncollected(), watching(config) as progress:
        event("scan started", inputs=list(inputs))
        result = detector.scan(inputs, config=config, progress=progress, exclude=config.out)
        go_on()
        written = result.write(
            config.out,
            config.formats,
            text=config.text,
            language=config.language,
            credit_line=config.credit_line,
        )
        for skipped in _skipped(result):
            event("input skipped", **skipped)
        event("report written", files=[str(path) for path in written])
    if not config.quiet:
        say(result.summary())
    context.exit(_exit_code(result, config))


def _exit_code(result: Result, config: Config) -> int:
    if conditions.met(config.conditions, result.tables["articles"]):
        return FAILED
    return SKIPPED if config.strict and _skipped(result) else 0


def _skipped(result: Result) -> list[dict[str, object]]:
    """Give the inputs that could not be used: path, record, reason."""
    return cast("list[dict[str, object]]", result.run.get("skipped", []))
