"""A step of a nightly run that may be tried again at any time, and a second that follows it.

Run it where ``seeds/`` lies; the index and the report go into the folder that is given. The steps
are plain functions: an orchestrator's ``@task`` takes them as they are::

    python examples/nightly_task.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import dedup
from dedup.integrations.tasks import ingest

if TYPE_CHECKING:
    from dedup.integrations.tasks import Receipt


def ingested(folder: str) -> Receipt:
    """Add what came in; the same again is answered by the receipt of the first run."""
    return ingest("seeds", Path(folder, "news.dedup"))


def reported(receipt: Receipt, folder: str) -> list[str]:
    """Write the tables, and name the articles whose verdict the run made or changed."""
    with dedup.Index.open(Path(folder, "news.dedup"), create=False) as index:
        index.export(Path(folder, "reports"), ("csv",))
        changes = index.changes(receipt["since"])
    return [c.article_id for c in changes if c.number <= receipt["until"]]


def nightly(folder: str) -> None:
    """Walk both steps, as an orchestrator does."""
    receipt = ingested(folder)
    print(f"{receipt['articles']} articles, entries {receipt['since']} to {receipt['until']}")
    print(*reported(receipt, folder), sep="\n")


if __name__ == "__main__":
    nightly(sys.argv[1])
