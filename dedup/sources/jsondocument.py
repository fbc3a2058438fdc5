"""JSON documents: an array of records, an object that holds one, or a single record."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from dedup.sources import jsonlines, ninjs
from dedup.sources.decode import as_utf8
from dedup.sources.jsontext import load, records
from dedup.sources.opening import RefusedError, chunks, over
from dedup.sources.record import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.records import Article, Skipped
    from dedup.sources.opening import Source

#: A document is parsed as a whole; one of more bytes, for each that an article may have, is not.
_MOST = 100
_HEAD = 1 << 16  # bytes
_MANY = re.compile(rb"\s*(?:\[|\{.*?:\s*\[\s*\{)", re.DOTALL)


def read(source: Source, limit: int) -> Iterator[Article | Skipped]:
    """Yield the articles of a JSON document, numbered from 1 where it has several.

    JSON lines under the name of a document, as many archives have them, are read as such.

    Raises:
        RefusedError: where it cannot be read.

    """
    parts = as_utf8(chunks(source))
    head = next(parts, b"")
    while len(head) < _HEAD and (part := next(parts, b"")):
        head += part
    if is_lines(head):
        yield from jsonlines.read_lines(chain((head,), parts), source, limit)
        return
    value = load(_rest(head, parts, limit))
    several = None if ninjs.is_item(value) else records(value)
    if several is None:
        yield jsonlines.recorded(value, source.row, Place(source.path, source.path, limit))
        return
    if not several:
        message = "it holds no record"
        raise RefusedError(message)
    for number, item in enumerate(several, 1):
        yield jsonlines.numbered(item, number, source, limit)


def is_lines(head: bytes) -> bool:
    """Whether a file that begins so is one of JSON lines: an object on the first, and more."""
    first, _, rest = head.lstrip().partition(b"\n")
    if not first.startswith(b"{") or not rest.strip():
        return False
    try:
        return isinstance(load(first), dict)
    except RefusedError:
        return False


def _rest(head: bytes, parts: Iterator[bytes], limit: int) -> bytes:
    """Return the whole document; one that is a single record is not read beyond the limit."""
    most = limit * (_MOST if _MANY.match(head[:_HEAD]) else jsonlines.ROOM)
    held, size = [head], len(head)
    for part in parts:
        held.append(part)
        size += len(part)
        if size > most:
            break
    if size > most:
        if most < _MOST * limit:
            raise over(limit)
        message = f"it is a document of over {most:,} bytes, which only JSON lines may have"
        raise RefusedError(message)
    return b"".join(held)
