"""Articles that come: in one batch, in batch after batch, in the files of a drop folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.detector import given_items, without_collector
from dedup.index.ahead import learn
from dedup.index.answers import Revision
from dedup.index.deciding import revise
from dedup.index.following import arriving
from dedup.index.revising import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from dedup.index.ahead import Read
    from dedup.index.shelf import Shelf
    from dedup.records import Article, Skipped

    Batch = str | Path | Iterable[str | Path | Article | Mapping[str, object]] | pd.DataFrame


@without_collector()
def add(shelf: Shelf, articles: Batch) -> Revision:
    """Add articles, all at once; see `Index.add`."""
    shelf.begin()
    plan = Plan(shelf.held)
    skipped = plan.take(given_items(articles, shelf.kept.config(), None))
    shelf.ahead.share(plan, shelf.memory)
    return shelf.share(revise(shelf, plan, skipped))


def add_all(shelf: Shelf, batches: Iterable[Batch]) -> Iterator[Revision]:
    """Add batch after batch; see `Index.add_all`."""
    shelf.begin()
    config = shelf.kept.config()
    given = ([*given_items(batch, config, None)] for batch in batches)
    for items, read in shelf.ahead.batches(given):
        yield _add(shelf, items, read)


@without_collector()
def _add(shelf: Shelf, items: Sequence[Article | Skipped], read: Read | None) -> Revision:
    """Add a batch that may have been read."""
    shelf.begin()
    plan = Plan(shelf.held)
    skipped = plan.take(items, read.records if read else ())
    learn(plan, shelf.memory, read)
    return shelf.share(revise(shelf, plan, skipped))


def follow(shelf: Shelf, folder: Path, every: float) -> Iterator[Revision]:
    """Add what arrives in a drop folder; see `Index.follow`."""
    limit = shelf.kept.max_article_mb * 1_000_000
    for arrivals in arriving(folder, shelf.begin(), limit, every):
        plan = Plan(shelf.held, arrivals=arrivals)
        skipped = plan.take(item for arrival in arrivals for item in arrival.items)
        shelf.ahead.share(plan, shelf.memory)
        yield shelf.share(revise(shelf, plan, skipped)) if arrivals else Revision()
