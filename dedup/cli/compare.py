"""``dedup compare``: two texts side by side in the terminal."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from dedup.cli.columns import side_by_side
from dedup.cli.events import watching
from dedup.cli.options import read_settings, settings
from dedup.cli.terminal import clean
from dedup.errors import ReportError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedup.config import Config
    from dedup.result import Result, Verdict

    Row = Mapping[str, object]

WIDTH = 100  #: columns where there is no terminal
TEXT = click.Path(exists=True, dir_okay=False, allow_dash=True)
PAGE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("a", type=TEXT)
@click.argument("b", type=TEXT)
@click.option("--explain", is_flag=True, help="Show what came near to reuse, and why it is none.")
@click.option("--out", "page", type=PAGE, metavar="FILE", help="Write a page instead of printing.")
@settings("agencies", "ignore", "text", "language", "credit_line")
def compare(a: str, b: str, *, explain: bool, page: Path | None, **given: object) -> None:
    """Show what the texts A and B share, side by side."""
    config = read_settings(given)
    from dedup import detector

    with watching(config) as progress:
        result = detector.scan([a, b], config=config, progress=progress, explain=explain)
    if len(result.tables["articles"]["article_id"]) != 2:  # noqa: PLR2004 - one on each side
        raise SourceError(_not_two(result))
    if page:
        _write_page(result, page, config)
        return
    width = shutil.get_terminal_size((WIDTH, 0)).columns if config.text else 0
    for line in lines(result, width, explain=explain):
        click.echo(line)


def lines(result: Result, width: int, *, explain: bool) -> Iterator[str]:
    """Give the comparison of the two articles of a result, line by line.

    Texts stand side by side in ``width`` columns; where it is 0 their offsets stand there instead.
    """
    texts = dict(zip(*(result.tables["articles"][c] for c in ("article_id", "text")), strict=True))
    order = list(map(str, texts))
    for side, article in zip("AB", order, strict=True):
        yield from _verdict(side, result.verdict(article))
    matches = cast("list[Row]", result.matches.to_dict("records"))
    for n, match in enumerate(matches, 1):
        yield from ("", f"Passage {n} of {len(matches)}: {_about(match, order)}")
        here = str(texts[match["article_id"]])[_span(match, "start", "end")]
        there = str(texts[match["other_id"]])[_span(match, "other_start", "other_end")]
        yield from _sides(match, order, (here, there), width)
    if not matches:
        yield from ("", "No passage of one text is reuse of the other.")
    if explain:
        yield from _near_misses(result, order, width)


def _verdict(side: str, verdict: Verdict) -> Iterator[str]:
    label = verdict.label.replace("_", " ")
    yield clean(f"{side}  {verdict.article_id}: {label}, confidence {verdict.confidence:.2f}")
    yield from (clean(f"   {reason}") for reason in verdict.reasons)


def _about(match: Row, order: list[str]) -> str:
    """Say how close a passage is, how sure that is, and which way it went."""
    side, other = "AB" if match["article_id"] == order[0] else "BA"
    way = f"{side} from {other}" if match["direction"] == "from" else "order unknown"
    here = _numbers(match["n_first"], match["n_last"])
    there = _numbers(match["other_n_first"], match["other_n_last"])
    score = f"score {cast('float', match['score']):.2f}"
    how = f"{match['kind']}, {match['words']} words, {score}, {way}"
    return f"{how}; {side} {here}, {other} {there}"


def _numbers(first: object, last: object) -> str:
    return f"¶{first}" if first == last else f"¶{first}-{last}"


def _span(row: Row, start: str, end: str) -> slice:
    return slice(cast("int", row[start]), cast("int", row[end]))


def _sides(row: Row, order: list[str], texts: tuple[str, str], width: int) -> Iterator[str]:
    """Show the two sides of a row as A and B, whichever of them it names first."""
    here, there = texts
    if not width:
        here = f"characters {row['start']}:{row['end']}"
        there = f"characters {row['other_start']}:{row['other_end']}"
    a, b = (here, there) if row["article_id"] == order[0] else (there, here)
    yield from side_by_side(a, b, width) if width else (f"A {a}, B {b}",)


def _near_misses(result: Result, order: list[str], width: int) -> Iterator[str]:
    """Show what the texts share that is no reuse, each with the rule that kept it from being it."""
    refusals = cast("list[Row]", result.run.get("refusals", []))
    yield ""
    yield f"Shared, but not reuse: {len(refusals) or 'nothing'}"
    for refusal in refusals:
        yield from ("", f"Not reuse: {refusal['rule']}")
        sides = str(refusal["text"]), str(refusal["other_text"])
        yield from _sides(refusal, order, sides, width)


def _write_page(result: Result, page: Path, config: Config) -> None:
    """Write the report's page under a name of the user's own, whole or not at all."""
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=page.parent, prefix=".") as folder:
            (written,) = result.write(
                folder,
                ("html",),
                text=config.text,
                language=config.language,
                credit_line=config.credit_line,
            )
            written.replace(page)
    except OSError as failure:
        message = f"{page} cannot be written: {failure.strerror or failure}"
        raise ReportError(message) from failure


def _not_two(result: Result) -> str:
    """Say why there are not two texts to compare."""
    skipped = cast("list[Row]", result.run.get("skipped", []))
    reasons = [f"{row['path']}: {row['reason']}" for row in skipped]
    return "compare needs two texts, one a file; " + ("; ".join(reasons) or "these hold others")
