"""JSON lines: one record a line, streamed, each line under its own limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.records import Skipped
from dedup.sources import ninjs
from dedup.sources.decode import as_utf8
from dedup.sources.jsontext import load
from dedup.sources.opening import RefusedError, chunks
from dedup.sources.record import Place, article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedup.records import Article
    from dedup.sources.opening import Source

#: Bytes that a line may have for each character that its text may have: as in ``\\u0439``.
ROOM = 6


def read(source: Source, limit: int) -> Iterator[Article | Skipped]:
    """Yield the articles of a file of JSON lines, numbered from 1, blank lines not counted.

    Raises:
        RefusedError: where it cannot be read at all.

    """
    return read_lines(as_utf8(chunks(source)), source, limit)


def read_lines(parts: Iterator[bytes], source: Source, limit: int) -> Iterator[Article | Skipped]:
    """Yield the articles of JSON lines that come as ``parts`` of a stream, in UTF-8.

    Raises:
        RefusedError: where not even the first line can be read.

    """
    number = 0
    try:
        for line in _lines(parts, ROOM * limit):
            if line is not None and not line.strip():
                continue
            number += 1
            yield _line(line, number, source, limit)
    except RefusedError as error:
        if not number:
            raise
        yield Skipped(source.path, str(number + 1), f"{error}; the rest of the file was not read")
    if not number:
        message = "it holds no record"
        raise RefusedError(message)


def _line(line: bytes | None, number: int, source: Source, limit: int) -> Article | Skipped:
    if line is None:
        reason = f"the line is over the limit of {limit:,} bytes an article"
        return Skipped(source.path, str(number), reason)
    try:
        value = load(line)
    except RefusedError as error:
        return Skipped(source.path, str(number), str(error))
    return numbered(value, number, source, limit)


def numbered(value: object, number: int, source: Source, limit: int) -> Article | Skipped:
    """Return the article that record ``number`` of a file makes, or why it makes none."""
    try:
        return recorded(value, source.row, Place(source.path, f"{source.path}#{number}", limit))
    except RefusedError as error:
        return Skipped(source.path, str(number), str(error))


def recorded(value: object, row: Mapping[str, str], place: Place) -> Article:
    """Return the article that a record makes: an item of ninjs, or fields by our own names.

    Raises:
        RefusedError: where it makes none.

    """
    if ninjs.is_item(value):
        return ninjs.article(value, row, place)
    return article(as_fields(value, row), place)


def as_fields(value: object, row: Mapping[str, str]) -> Mapping[str, object]:
    """Return a record's fields, those it leaves empty filled from its file's sidecar ``row``.

    Raises:
        RefusedError: where ``value`` is no object with fields.

    """
    if not isinstance(value, dict):
        kind = {list: "a list", str: "a text", type(None): "null"}.get(type(value), "a number")
        message = f"the record is no object with fields but {kind}"
        raise RefusedError(message)
    if not row:
        return value
    given = {name: field for name, field in value.items() if field not in (None, "")}
    return {name: field for name, field in row.items() if name != "id"} | given


def _lines(parts: Iterator[bytes], most: int) -> Iterator[bytes | None]:
    """Yield lines without their ends; None in place of one of more than ``most`` bytes."""
    held: list[bytes] = []
    size = 0
    for part in parts:
        first, *lines = part.split(b"\n")
        size += len(first)
        if size <= most:
            held.append(first)
        else:
            held.clear()  # the rest of an endless line is counted, not kept
        if not lines:
            continue
        yield None if size > most else b"".join(held)
        for line in lines[:-1]:
            yield line if len(line) <= most else None
        held, size = [lines[-1]], len(lines[-1])
    if size:
        yield None if size > most else b"".join(held)
