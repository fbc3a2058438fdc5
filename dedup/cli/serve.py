"""``dedup serve``: the desk."""

from __future__ import annotations

from pathlib import Path

import click

from dedup.cli.options import read_settings, settings
from dedup.cli.terminal import say
from dedup.errors import MissingExtra


@click.command()
@click.argument("index", metavar="INDEX", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen."
)
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="The port there."
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="A further host name by which the desk may be called; may be repeated.",
)
@click.option(
    "--token-file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The token that must be shown, made where the file is not there; needed for any address "
    "that other machines can reach.",
)
@settings("language", "credit_line", "workers", "quiet")
def serve(
    index: Path,
    host: str,
    port: int,
    names: tuple[str, ...],
    token_file: Path | None,
    **given: object,
) -> None:
    """Open the desk: a page that says of a text, while it is typed, where it comes from.

    INDEX is one that `dedup index add` made. Ctrl-C closes the desk.
    """
    config = read_settings(given)
    try:
        from dedup.desk import Entrance
        from dedup.desk import serve as opened
    except ImportError as error:
        what = "the desk"
        raise MissingExtra(what, "desk") from error
    if not config.quiet:
        click.echo("Getting ready (a minute, the first time on a machine) …", err=True)
    opened(index, Entrance(host, port, names, token_file), config=config, tell=say)
