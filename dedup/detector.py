"""The library's front: `scan` reads, walks the corridor and gives back a `Result`."""

from __future__ import annotations

import gc
import sys
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dedup import __version__, attribution, sources
from dedup.config import Config
from dedup.engine import Local
from dedup.errors import CatalogueError, ConfigError
from dedup.marks import read_marks
from dedup.pipeline import KNOWN, Options
from dedup.pipeline import scan as walk
from dedup.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pandas as pd
    from typing_extensions import TypeIs

    from dedup.attribution import Catalogue
    from dedup.pipeline import Known, Outcomes
    from dedup.pipeline.tabulating import Columns
    from dedup.records import Article, Skipped

    Item = str | Path | Article | Mapping[str, object]

#: Below this many articles a second process costs more than it saves.
_WORTH_FORKING = 400


def scan(
    inputs: str | Path | Iterable[str | Path | Article | Mapping[str, object]] | pd.DataFrame,
    *,
    config: Config | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    explain: bool = False,
    exclude: str | Path | None = None,
) -> Result:
    """Work out what was copied from where, paragraph by paragraph, and whether it is credited.

    Args:
        inputs: a path, several, an iterable of `Article` or dict, or a DataFrame.
        config: settings; the defaults where None. Of many articles several processes are forked,
            but not in a program with other threads, unless ``workers`` says how many.
        progress: told (step, done, of) as the scan goes on.
        explain: keep near misses in ``run["refusals"]``, with the rule that refused each.
        exclude: a folder that is no input wherever it lies, as the one a report will go to.

    Returns:
        The tables, verdicts and run record. Input that cannot be used is in ``run["skipped"]``.

    Raises:
        DedupError: where a path is not there or a setting or file cannot be used.

    """
    started = now()
    config = config or Config()
    catalogue = attribution.load(read_bytes(config.agencies, CatalogueError))
    told = Told(config, catalogue, _options(config, explain=explain))
    with without_collector():
        given = given_items(inputs, config, exclude)
        articles, skipped = sources.settle(sources.shelved(given))
        return judge(articles, told, skipped=skipped, started=started, progress=progress)


class Told(NamedTuple):
    """What a walk through the corridor is told: the settings, the agencies, the numbers."""

    config: Config
    catalogue: Catalogue
    options: Options


def judge(
    articles: Sequence[Article],
    told: Told,
    *,
    skipped: Sequence[Skipped] = (),
    started: Moment | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Result:
    """Walk articles, each id once, through the corridor, and make a `Result` of what was found.

    Args:
        articles: the articles.
        told: the settings, the agencies, the numbers.
        skipped: inputs that could not be used, for the record.
        started: when the work began, where that was before.
        progress: told (step, done, of) as the walk goes on.

    """
    begun = started or now()
    outcomes = walked(articles, told, progress)
    return result_of(outcomes, articles, told, skipped=skipped, started=begun)


def walked(
    articles: Sequence[Article],
    told: Told,
    progress: Callable[[str, int, int], None] | None = None,
    known: Known = KNOWN,
) -> Outcomes:
    """Walk articles, each id once, through the corridor; `known` is what is known from before."""
    engine = _engine(len(articles), told.config, told.catalogue)
    tell = progress or (lambda *_: None)
    return walk(articles, told.catalogue, told.options, engine, tell, known)


def result_of(
    outcomes: Outcomes,
    articles: Sequence[Article],
    told: Told,
    *,
    skipped: Sequence[Skipped] = (),
    started: Moment,
) -> Result:
    """Make a `Result` of what a walk found."""
    run = {
        "version": __version__,
        "started_at": started.at.isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - started.clock, 3),
        "catalogue_version": told.catalogue.version,
        "options": told.config.said(),
        "inputs": {"articles": len(articles), "skipped": len(skipped)},
        "skipped": [row._asdict() for row in skipped],
        "agency_names": _names(outcomes.tables, told.catalogue),
        **outcomes.run,
    }
    workers = _workers(len(articles), told.config)
    return Result(outcomes.tables, run, articles=articles, workers=workers)


class Moment(NamedTuple):
    """When something began, by the calendar and by the clock."""

    at: datetime
    clock: float


def now() -> Moment:
    """The moment that it is."""
    return Moment(datetime.now(UTC), time.monotonic())


def _workers(articles: int, config: Config) -> int:
    """How many processes work on so many articles.

    Where the program has other threads it is forked only if it asks for that: what one of them
    holds at that moment would be held in a worker for ever.
    """
    alone = config.workers or threading.active_count() == 1
    return config.processes if alone and articles >= _WORTH_FORKING else 1


def _engine(articles: int, config: Config, catalogue: Catalogue) -> Local:
    """Choose how many processes work; what all of them need is built before there are several."""
    workers = _workers(articles, config)
    if workers > 1:
        attribution.prepare(catalogue)
    return Local(workers)


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep the collector of cycles away: it would walk all articles again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _options(config: Config, *, explain: bool) -> Options:
    """The numbers that the steps take, and what the files say that the settings name."""
    return Options(
        window=config.window_seconds,
        aliases=config.outlets,
        ignored=ignored_texts(config.ignore),
        explain=explain,
        labels=read_marks(Path(config.labels)) if config.labels else (),
    )


def given_items(
    inputs: str | Path | Iterable[Item] | pd.DataFrame, config: Config, exclude: str | Path | None
) -> Iterator[Article | Skipped]:
    """Read whatever kind of input was given; paths and records may stand in one iterable."""
    if _is_frame(inputs):
        return sources.from_frame(inputs)
    items = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    paths = [str(item) for item in items if isinstance(item, (str, Path))]
    read = sources.read(
        paths,
        exclude=Path(exclude) if exclude else None,
        limit=config.max_article_mb * 1_000_000,
    )
    return chain(
        read, sources.from_records(item for item in items if not isinstance(item, (str, Path)))
    )


def _is_frame(
    inputs: str | Path | Iterable[Item] | pd.DataFrame,
) -> TypeIs[pd.DataFrame]:
    """Whether it is a DataFrame; where pandas was never loaded, nothing is."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(inputs, pandas.DataFrame)


def _names(tables: Mapping[str, Columns], catalogue: Catalogue) -> dict[str, str]:
    """The names in print of the agencies that the tables speak of, by id."""
    found = {str(agency) for agency in tables["attributions"]["agency"]}
    for cell in tables["articles"]["agencies"]:
        found.update(cell if isinstance(cell, tuple) else ())
    return {agency: catalogue.agencies[agency].name for agency in sorted(found - {""})}


def read_bytes(path: str, failure: type[Exception]) -> bytes | None:
    """The bytes of a file that a setting names, None where it names none."""
    if not path:
        return None
    try:
        return Path(path).read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise failure(message) from error


def ignored_texts(path: str) -> tuple[str, ...]:
    """The texts of an ignore file: the whole, cut at lines of three dashes."""
    content = read_bytes(path, ConfigError)
    if content is None:
        return ()
    return tuple(
        part.strip()
        for part in content.decode("utf-8-sig", "replace").split("\n---\n")
        if part.strip()
    )
