"""Web archives (WARC, ISO 28500): every page that was answered, read like a page on disk."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Skipped
from dedup.sources import webpage
from dedup.sources.opening import CHUNK, RefusedError, buffered, over
from dedup.sources.record import Place

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator, Mapping

    from dedup.records import Article
    from dedup.sources.opening import Source

_LONGEST_LINE = 1 << 16  # bytes; an address may be long
_MOST_LINES = 500  # of one header
_VERSION = re.compile(rb"WARC/\d\.\d+\s*")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})\b")
_PAGES = ("text/html", "application/xhtml+xml")
_CODINGS = {"gzip": 31, "x-gzip": 31, "deflate": 47}  # zlib's window bits
_ROOM = 1 << 20  # bytes that the header of an answer may have beside its page
_OK = 200


class Record(NamedTuple):
    """One record: its header, and its block if that is of an answer and not too large."""

    header: Mapping[str, str]
    block: bytes | None


def read(source: Source, limit: int) -> Iterator[Article | Skipped]:
    """Yield the pages of a web archive; the id of each is its address.

    What is no page (pictures, scripts, errors, redirects) is counted by kind and skipped with one
    sentence for each; requests and the archive's own records are passed over.

    Raises:
        RefusedError: where it is no web archive.

    """
    number = 0
    others: Counter[str] = Counter()
    try:
        for number, record in enumerate(_records(source, limit), 1):
            if record.header.get("warc-type") not in {"response", "resource"}:
                continue
            try:
                page = _page(record, source, limit, number)
            except RefusedError as error:
                yield Skipped(source.path, str(number), str(error))
            else:
                if isinstance(page, str):
                    others[page] += 1
                else:
                    yield page
    except RefusedError as error:
        if not number:
            raise
        yield Skipped(source.path, str(number + 1), f"{error}; the rest of the file was not read")
    for kind, count in sorted(others.items()):
        yield Skipped(source.path, "", f"no page in {count:,} of its records: {kind}")
    if not number:
        message = "it holds no record"
        raise RefusedError(message)


def _page(record: Record, source: Source, limit: int, number: int) -> Article | str:
    """Return the page of a record, or what it is instead."""
    header, block = record
    if block is None:
        message = f"the record is over the limit of {limit:,} bytes an article"
        raise RefusedError(message)
    kind = header.get("content-type", "")
    if header["warc-type"] == "response":
        status, answer, block = _answer(block)
        if status != _OK:
            return f"answers with status {status}" if status else "answers of no web server"
        kind = answer.get("content-type", "text/html")
        block = _decoded(block, answer, limit)
    what, _, parameters = kind.partition(";")
    if what.strip().lower() not in _PAGES:
        return what.strip().lower()[:40] or "of unknown kind"
    if len(block) > limit:
        raise over(limit)
    address = header.get("warc-target-uri", "").strip("<> ")
    row = {name: value for name, value in source.row.items() if name != "id"}
    row |= {"id": address, "url": address} if address else {}
    charset = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", parameters, re.IGNORECASE)
    place = Place(source.path, f"{source.path}#{number}", limit)
    return webpage.page(block, row, place, charset[1] if charset else "")


def _records(source: Source, limit: int) -> Iterator[Record]:
    """Yield the records one by one; a block that is too large is passed over, never held.

    Raises:
        RefusedError: where the archive is cut off or damaged.

    """
    file = buffered(source)
    while line := _line(file):
        if not line.strip():
            continue  # between records
        if not _VERSION.fullmatch(line):
            message = "it is no web archive, or one that is damaged"
            raise RefusedError(message)
        header = dict(_fields(file))
        length = header.get("content-length", "")
        if not (length.isdecimal() and len(length) < 16):  # noqa: PLR2004 - as no file is long
            message = "it is damaged: a record does not tell its length"
            raise RefusedError(message)
        is_held = int(length) <= limit + _ROOM
        parts, left = [], int(length)
        while left and (part := file.read(min(left, CHUNK))):
            left -= len(part)
            if is_held:
                parts.append(part)
        if left:
            message = "the archive is cut off"
            raise RefusedError(message)
        yield Record(header, b"".join(parts) if is_held else None)


def _fields(file: io.BufferedReader) -> Iterator[tuple[str, str]]:
    """Yield the fields of a record's header, up to the blank line that ends it."""
    for _ in range(_MOST_LINES):
        line = _line(file)
        if not line.strip():
            return
        name, _, value = line.decode("utf-8", "replace").partition(":")
        yield name.strip().lower(), value.strip()
    message = "it is damaged: a record's header does not end"
    raise RefusedError(message)


def _line(file: io.BufferedReader) -> bytes:
    line = file.readline(_LONGEST_LINE)
    if len(line) == _LONGEST_LINE:
        message = "it is no web archive, or one that is damaged"
        raise RefusedError(message)
    return line


def _answer(block: bytes) -> tuple[int, dict[str, str], bytes]:
    """Part a web server's answer into its status (0 for none), its header and its body."""
    head, _, body = block.partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    found = _STATUS.match(status)
    header: dict[str, str] = {}
    for line in lines:
        name, _, value = line.decode("latin-1").partition(":")
        header.setdefault(name.strip().lower(), value.strip())
    return (int(found[1]) if found else 0), header, body


def _decoded(body: bytes, header: Mapping[str, str], limit: int) -> bytes:
    """Undo how an answer was sent: in chunks, compressed. Some archives hold it undone already.

    What unpacks to more than the limit is cut one byte beyond it.

    Raises:
        RefusedError: where it was compressed in a way that is not read.

    """
    if "chunked" in header.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    coding = header.get("content-encoding", "").strip().lower()
    if coding in {"", "identity"}:
        return body
    if coding not in _CODINGS:
        message = f"the page is compressed in a way that is not read ({coding[:40]})"
        raise RefusedError(message)
    inflate = zlib.decompressobj(_CODINGS[coding])
    try:
        return inflate.decompress(body, limit + 1)
    except zlib.error:
        return body


def _unchunked(body: bytes) -> bytes:
    """Join the chunks of a body; one that is not in chunks stays as it is."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at)
        size = body[at:end].partition(b";")[0].strip() if 0 <= end - at <= _MOST_LINES else b""
        if not re.fullmatch(rb"[0-9a-fA-F]{1,8}", size):
            return b"".join(parts) if parts else body
        if not int(size, 16):
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + int(size, 16)])
        at = end + 4 + int(size, 16)
