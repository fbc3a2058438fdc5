"""``dedup index``: articles come and go, and what is said of them is what one scan says."""

from __future__ import annotations

import contextlib
import json
import sys
from collections import deque
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from dedup.cli.events import event, watching
from dedup.cli.interrupts import go_on
from dedup.cli.memory import keep_memory, uncollected
from dedup.cli.options import read_settings, settings
from dedup.cli.terminal import say
from dedup.config import Config
from dedup.records import Article, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dedup.index import Index, Revision

Command = TypeVar("Command", bound="Callable[..., object]")

SKIPPED, UNUSABLE = 3, 4
#: Articles that are stored at a time.
BATCH = 1000
#: The settings that the verdicts of an index hang on.
_KEPT = ("agencies", "ignore", "labels", "window", "max_article_mb")
_WHEN = "WHEN is a date, a time, or an age such as 90d or 12h."


@click.group()
def index() -> None:
    """Keep articles in an index that grows, and ask it where a text comes from.

    INDEX is a file; the first article that is added makes it. One process writes at a time, any
    number may read. Exit code 4: the index cannot be used.
    """


_file = click.argument("path", metavar="INDEX", type=click.Path(dir_okay=False, path_type=Path))
_inputs = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
_some_inputs = click.argument("inputs", nargs=-1, metavar="[INPUT...]")
_wait = click.option(
    "--wait", default=5.0, show_default=True, metavar="SECONDS", help="For another writer to end."
)


@index.command()
@_file
@_some_inputs
@_wait
@click.option(
    "--follow",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    metavar="DIR",
    help="Then add what arrives in a folder, until interrupted.",
)
@settings(*_KEPT, "workers", "strict", "quiet", "log_format")
@click.pass_context
def add(
    context: click.Context,
    /,
    path: Path,
    inputs: tuple[str, ...],
    wait: float,
    follow: Path | None,
    **given: object,
) -> None:
    """Add articles; an id that is there already is updated.

    Prints one JSON line for each when it is stored for good: its row of articles.csv and its
    matches.
    """
    if not inputs and follow is None:
        message = "Missing argument 'INPUT...', or --follow."
        raise click.UsageError(message)
    config = read_settings(given)
    skipped = 0
    with _opened(path, config, wait=wait, create=True) as found:
        for revision in _added(found, inputs, config):
            _tell_added(revision, config)
            skipped += len(revision.skipped)
        for revision in found.follow(follow) if follow else ():
            go_on()
            _tell_added(revision, config)
    context.exit(SKIPPED if config.strict and skipped else 0)


def _tell_added(revision: Revision, config: Config) -> None:
    """Print what is said of articles that were added, and what could not be used."""
    for answer in revision.answers:
        _line(answer.said())
    _tell_skipped(revision.skipped, config)
    if revision.answers:
        _tell(revision, config, "Added")


@index.command()
@_file
@_inputs
@settings("workers", "max_article_mb", "strict", "quiet", "log_format")
@click.pass_context
def check(context: click.Context, /, path: Path, inputs: tuple[str, ...], **given: object) -> None:
    """Say of articles what adding each would say; nothing is stored.

    Prints one JSON line for each: its row of articles.csv and its matches.
    """
    config = read_settings(given)
    skipped = 0
    with _opened(path, config) as found:
        for item in _read(inputs, config):
            go_on()
            if isinstance(item, Article):
                _line(found.check(item).said())
            else:
                _tell_skipped([item], config)
                skipped += 1
    context.exit(SKIPPED if config.strict and skipped else 0)


@index.command()
@_file
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_wait
@settings("workers", "quiet", "log_format")
def remove(path: Path, ids: tuple[str, ...], wait: float, **given: object) -> None:
    """Take articles out, with everything that was stored of them."""
    config = read_settings(given)
    with _opened(path, config, wait=wait) as found:
        revision = found.remove(ids)
        _tell_skipped(revision.skipped, config)
        _tell(revision, config, "Removed")


@index.command()
@_file
@click.option("--before", required=True, metavar="WHEN", help=_WHEN)
@_wait
@settings("workers", "quiet", "log_format")
def expire(path: Path, before: str, wait: float, **given: object) -> None:
    """Take out what was published before a time; of what bears none, what was added before."""
    config = read_settings(given)
    with _opened(path, config, wait=wait) as found:
        _tell(found.expire(before=before), config, "Expired")


@index.command()
@_file
@click.option("--since", metavar="WHEN", help=f"{_WHEN} Or the number of an entry.")
def changes(path: Path, since: str | None) -> None:
    """Print the feed of changes, one JSON line an entry."""
    with _opened(path) as found:
        for change in found.changes(since):
            _line(change.said())


@index.command()
@_file
def stats(path: Path) -> None:
    """Print how much there is, of what time, and how large the files are, as JSON."""
    with _opened(path) as found:
        click.echo(json.dumps(found.stats(), indent=2, ensure_ascii=False))


@index.command()
@_file
@click.pass_context
def verify(context: click.Context, /, path: Path) -> None:
    """Look for what is wrong; exits with 4 where anything is."""
    with _opened(path) as found:
        faults = found.verify()
    for fault in faults:
        say(fault)
    if not faults:
        say(f"{path}: nothing is wrong")
    context.exit(UNUSABLE if faults else 0)


@index.command()
@_file
@_wait
@settings(*_KEPT, "workers", "quiet", "log_format")
def rebuild(path: Path, wait: float, **given: object) -> None:
    """Work everything out anew from the articles, with other settings where some are given."""
    config = read_settings(given)
    plain = read_settings({"workers": config.workers, "quiet": config.quiet})
    with _opened(path, plain, wait=wait) as found:
        told = config if any(given.get(name) for name in (*_KEPT, "config")) else None
        _tell(found.rebuild(told), config, "Rebuilt")


@index.command()
@_file
@_wait
def compact(path: Path, wait: float) -> None:
    """Make the files as small as they can be."""
    with _opened(path, wait=wait) as found:
        found.compact()


@index.command()
@_file
@click.option("--out", required=True, metavar="DIR", help="Folder for the tables.")
@click.option(
    "--format",
    "formats",
    default="csv,html,json",
    show_default=True,
    metavar="LIST",
    help="csv, html, json, parquet; comma-separated.",
)
@settings("language", "credit_line", "workers", "quiet", "log_format")
def export(path: Path, out: str, formats: str, **given: object) -> None:
    """Write the tables that a scan of the articles writes."""
    config = read_settings(given)
    with _opened(path, config) as found:
        written = found.export(
            out,
            [name.strip() for name in formats.split(",")],
            language=config.language,
            credit_line=config.credit_line,
        )
        event("report written", files=[str(file) for file in written])
        if not config.quiet:
            say(found.tables().summary())


@contextlib.contextmanager
def _opened(
    path: Path, config: Config | None = None, *, wait: float = 0.0, create: bool = False
) -> Iterator[Index]:
    """Open an index for a command."""
    keep_memory()
    from dedup.index import Index

    config = config or Config(quiet=True)
    with (
        uncollected(),
        watching(config) as progress,
        Index.open(path, config=config, create=create, wait=wait, progress=progress) as found,
    ):
        yield found


def _read(inputs: tuple[str, ...], config: Config) -> Iterator[Article | Skipped]:
    from dedup.detector import given_items

    return given_items(inputs, config, None) if inputs else iter(())


def _added(found: Index, inputs: tuple[str, ...], config: Config) -> Iterator[Revision]:
    """Add what comes, batch by batch; what comes from standard input is never waited for ahead."""
    refused: deque[tuple[Skipped, ...]] = deque()

    def batches() -> Iterator[list[Article]]:
        for batch in _batches(_read(inputs, config)):
            refused.append(tuple(item for item in batch if isinstance(item, Skipped)))
            yield [item for item in batch if isinstance(item, Article)]

    for revision in map(found.add, batches()) if "-" in inputs else found.add_all(batches()):
        yield replace(revision, skipped=refused.popleft())


def _batches(items: Iterable[Article | Skipped]) -> Iterator[list[Article | Skipped]]:
    """Cut what comes into batches."""
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        go_on()
        yield batch


def _line(row: Mapping[str, object]) -> None:
    """Print one JSON line, and let whoever waits for it have it."""
    sys.stdout.write(json.dumps(row, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def _tell_skipped(skipped: Iterable[Skipped], config: Config) -> None:
    """Say what could not be used, on standard error: standard output is for machines."""
    for path, record, reason in skipped:
        event("input skipped", path=path, record=record, reason=reason)
        if not config.quiet and config.log_format == "text":
            say(f"Skipped {path}{f'#{record}' if record else ''}: {reason}", err=True)


def _tell(revision: Revision, config: Config, done: str) -> None:
    """Say what a change brought about."""
    count = len(revision.answers) or len(revision.removed)
    event("index changed", what=done.lower(), articles=count, verdicts=len(revision.changed))
    if not config.quiet and config.log_format == "text":
        changed = f"{len(revision.changed):,} other verdicts changed"
        say(f"{done} {count:,} articles; {changed}.", err=True)
