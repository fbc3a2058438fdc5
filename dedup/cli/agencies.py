"""``dedup agencies``: the catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from dedup.cli.options import read_settings, settings
from dedup.cli.terminal import cells, say
from dedup.errors import CatalogueError

HEAD = ("id", "name", "type", "languages", "domains", "other names")


@click.command()
@click.argument("name", default="")
@settings("agencies")
def agencies(name: str, **given: object) -> None:
    """List the agencies and media of the catalogue, or those called NAME."""
    config = read_settings(given)
    from dedup import attribution

    catalogue = attribution.load(_extra(config.agencies))
    found = catalogue.search(name)
    if not found:
        message = f"the catalogue has nothing called {name!r}"
        raise CatalogueError(message)
    rows = [
        (
            agency.id,
            agency.name,
            agency.type.value.replace("_", " "),
            " ".join(agency.languages),
            " ".join(agency.domains),
            ", ".join(agency.names[1:]),
        )
        for agency in found
    ]
    for line in table([HEAD, *rows]):
        say(line)


def table(rows: list[tuple[str, ...]]) -> list[str]:
    """Set rows in columns, two spaces apart; the last column runs free."""
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
    return [
        "  ".join(
            [c + " " * (w - cells(c)) for c, w in zip(row, widths, strict=False)] + [row[-1]]
        ).rstrip()
        for row in rows
    ]


def _extra(file: str) -> bytes | None:
    if not file:
        return None
    try:
        return Path(file).read_bytes()
    except OSError as failure:
        message = f"cannot read {file}: {failure.strerror}"
        raise CatalogueError(message) from failure
