"""Parquet: one record a row, read batch by batch (extra ``parquet``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.errors import MissingExtra
from dedup.records import Skipped
from dedup.sources.jsonlines import numbered
from dedup.sources.opening import MOST_UNPACKED, RefusedError, handle
from dedup.sources.record import KNOWN, listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from dedup.records import Article
    from dedup.sources.opening import Source

_ROWS = 64  # rows at a time


def read(source: Source, limit: int) -> Iterator[Article | Skipped]:
    """Yield the articles of a Parquet table, numbered from 1.

    Raises:
        RefusedError: where it cannot be read at all, has no column ``text``, or pyarrow is missing.

    """
    number = 0
    try:
        with handle(source, MOST_UNPACKED) as file:
            for fields in _rows(file):
                number += 1
                yield numbered(fields, number, source, limit)
    except RefusedError as error:
        if not number:
            raise
        yield Skipped(source.path, str(number + 1), f"{error}; the rest of the file was not read")
    if not number:
        message = "it holds no record"
        raise RefusedError(message)


def _rows(file: BinaryIO) -> Iterator[dict[str, object]]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise RefusedError(str(MissingExtra("reading Parquet", "parquet"))) from error
    try:
        table = pq.ParquetFile(file)
        names = table.schema_arrow.names
        if "text" not in names:
            message = f"it has no column 'text' (its columns: {listed(names)})"
            raise RefusedError(message)
        known = [name for name in KNOWN if name in names]
        for batch in table.iter_batches(batch_size=_ROWS, columns=known):
            yield from batch.to_pylist()
    except (pa.ArrowException, OSError, UnicodeError) as error:
        message = "it is no sound Parquet table"
        raise RefusedError(message) from error
