"""Airflow, Prefect, cron: a step that may be run again at any time.

A plain function, for whichever decorator an orchestrator has::

    @task(retries=3)
    def ingested(drop: str) -> Receipt:
        return ingest(drop, "news.dedup")

A run is named by what it is given, and leaves a receipt beside the index. The same input again is
answered by the receipt; a run that was ended anywhere is taken up where it was.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

from dedup.config import Config
from dedup.detector import given_items
from dedup.errors import ConfigError, IndexUnusableError
from dedup.index import Index
from dedup.records import Article, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    Item = str | Path | Article | Mapping[str, object]

#: Seconds that a run waits for another writer to end.
WAIT = 300.0


class Receipt(TypedDict):
    """What a run did; JSON, so that it goes from one step to the next."""

    key: str  #: names the run
    content: str  #: names what it was given
    articles: int
    skipped: list[dict[str, str]]  #: ``path, record, reason`` of what could not be used
    since: (
        int  #: `Index.changes` after this entry of the feed, up to ``until``, has what it changed
    )
    until: int


def ingest(
    inputs: str | Path | Iterable[Item] | pd.DataFrame,
    index: str | Path,
    *,
    key: str = "",
    config: Config | None = None,
    wait: float = WAIT,
) -> Receipt:
    """Add articles to an index, once; give what was done, now or by an earlier run of the same.

    Args:
        inputs: whatever `dedup.scan` takes.
        index: its file; it is made where it is not there.
        key: the run's name, as an orchestrator gives one; where none, it is named by its input.
        config: the settings of the index.
        wait: seconds to wait for another writer to end.

    Raises:
        ConfigError: where a run of that name was given something else.
        IndexUnusableError: where the index cannot be written; run it again.

    """
    items = list(given_items(inputs, config or Config(), None))
    content = content_of(items)
    name = key or content
    path = _receipt(Path(index), name)
    known = _read(path)
    _refuse_other(known, name, content)
    with Index.open(index, config=config, wait=wait) as opened:
        last = _last(opened)
        if "until" in known and cast("int", known["until"]) <= last:
            return cast("Receipt", known)
        # noted before anything is stored: a run that takes this one up tells of all its changes
        since = min(cast("int", known.get("since", last)), last)
        _write(path, {"key": name, "content": content, "since": since})
        opened.add(item for item in items if isinstance(item, Article))
        until = _last(opened)
    skipped = [item._asdict() for item in items if isinstance(item, Skipped)]
    count = len(items) - len(skipped)
    receipt = Receipt(
        key=name, content=content, articles=count, skipped=skipped, since=since, until=until
    )
    _write(path, receipt)
    return receipt


def _refuse_other(known: Mapping[str, object], name: str, content: str) -> None:
    """Refuse a run whose name stands for another input.

    Raises:
        ConfigError: where it does.

    """
    if "until" in known and known.get("content") != content:
        message = f"the run {name!r} was given something else before: give this one another name"
        raise ConfigError(message)


def content_of(items: Iterable[Article | Skipped]) -> str:
    """Name articles by all that is known of them, wherever their files lie."""
    digest = blake2b(digest_size=16)
    for item in items:
        said = replace(item, path="") if isinstance(item, Article) else item
        digest.update(repr(said).encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def _last(index: Index) -> int:
    """The number of the last entry of the feed."""
    return cast("int", index.stats()["changes"])


def _receipt(index: Path, name: str) -> Path:
    """Where the receipt of a run lies: any name has a file."""
    named = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return index.with_name(f"{index.name}.receipts") / f"{named}.json"


def _read(path: Path) -> dict[str, object]:
    """Read a receipt; one that cannot be read is none, and adding again changes nothing."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, receipt: Mapping[str, object]) -> None:
    """Write a receipt, whole or not at all.

    Raises:
        IndexUnusableError: where nothing can be written beside the index.

    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as stream:
            json.dump(receipt, stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        message = f"{path} cannot be written: {(error.strerror or str(error)).lower()}"
        raise IndexUnusableError(message) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
