"""Reads inputs of any kind: finds the files, picks the format's reader, turns refusals to skips."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from dedup.records import Article, Skipped
from dedup.sources import columnar, jsondocument, jsonlines, plaintext, tabular, webpage
from dedup.sources.decode import marked
from dedup.sources.opening import RefusedError, Source, begun, chunks
from dedup.sources.walk import roots, walk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Reader = Callable[[Source, int], Iterator[Article | Skipped]]

STDIN = "-"

_READERS: dict[str, Reader] = {
    ".txt": plaintext.read,
    ".md": plaintext.read,
    ".html": webpage.read,
    ".htm": webpage.read,
    ".jsonl": jsonlines.read,
    ".ndjson": jsonlines.read,
    ".json": jsondocument.read,
    ".csv": tabular.read,
    ".tsv": tabular.read,
    ".parquet": columnar.read,
}
_LATER = {".xml": "XML", ".nitf": "XML", ".rss": "feeds", ".atom": "feeds", ".warc": "web archives"}
_HEAD = 4096  # bytes looked at to tell a kind
_BLANK = b"\xef\xbb\xbf \t\r\n"
_JSON = re.compile(rb"\{\s*[\"}]|\[\s*[\[{\]]")
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta)\b", re.IGNORECASE
)


def read(
    inputs: Sequence[str],
    *,
    exclude: Path | None = None,
    limit: int = 10_000_000,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Skipped]:
    """Read articles from files, folders, patterns and ``-``.

    Args:
        inputs: what to read; the same articles come whatever their order.
        exclude: the folder that the report is written to, which is never an input.
        limit: the most bytes of a file of one article, and characters of a record's text.
        stdin: what ``-`` means; the process's own standard input if not given.

    Returns:
        An iterator over what was read and what could not be used.

    Raises:
        SourceError: at once, where an input is not there.

    """
    found = roots((one for one in inputs if one != STDIN), exclude)
    sources = walk(found, exclude, limit)
    if STDIN in inputs:
        stream = Source(STDIN, "", stream=stdin or sys.stdin.buffer)
        sources = chain((stream,), sources)
    return chain.from_iterable(_articles(source, limit) for source in sources)


def _articles(source: Source | Skipped, limit: int) -> Iterator[Article | Skipped]:
    """Yield the articles of one file; what is wrong with the whole of it is a skip."""
    if isinstance(source, Skipped):
        yield source
        return
    try:
        if source.stream is not None or (source.named and _suffix(source) not in _READERS):
            source, reader = _sniffed(source)
        else:
            reader = _reader(source)
        yield from reader(source, limit)
    except RefusedError as error:
        yield Skipped(source.path, "", str(error))


def _reader(source: Source) -> Reader:
    suffix = _suffix(source)
    if (reader := _READERS.get(suffix)) is not None:
        return reader
    if suffix in _LATER:
        message = f"{_LATER[suffix]} ({suffix}) cannot be read yet"
    else:
        message = f"files of this kind ({suffix or 'no ending'}) are not read"
    raise RefusedError(message)


def _suffix(source: Source) -> str:
    """Return what a file's name ends with, lower-cased, ``.gz`` set aside."""
    name = source.file[:-3] if source.packed else source.file
    name = name[name.rfind("/") + 1 :]
    return name[name.rfind(".") :].lower() if "." in name else ""


def _sniffed(source: Source) -> tuple[Source, Reader]:
    """Tell by its first bytes what a stream, or a file with an unknown name, holds.

    Raises:
        RefusedError: where it is of a kind that is not read.

    """
    if _suffix(source) in _LATER:
        return source, _reader(source)
    source = begun(source)
    head = next(chunks(source), b"")[:_HEAD]
    encoding = marked(head)
    start = (head.decode(encoding, "replace").encode() if encoding else head).lstrip(_BLANK)
    if start.startswith(b"PAR1"):
        return source, columnar.read
    if _JSON.match(start):
        return source, jsondocument.read
    if _PAGE.search(start) and start.startswith(b"<"):
        return source, webpage.read
    if start.startswith(b"<?xml"):
        message = "XML cannot be read yet"
        raise RefusedError(message)
    return source, plaintext.read
