"""Reads inputs of any kind: finds the files, picks the format's reader, turns refusals to skips."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from dedup.records import Article, Skipped
from dedup.sources import (
    columnar,
    jsondocument,
    jsonlines,
    mail,
    plaintext,
    tabular,
    warc,
    webpage,
    xmldocument,
)
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
    ".xml": xmldocument.read,
    ".nitf": xmldocument.read,
    ".newsml": xmldocument.read,
    ".rss": xmldocument.read,
    ".atom": xmldocument.read,
    ".warc": warc.read,
    ".eml": mail.read,
}
_HEAD = 4096  # bytes looked at to tell a kind
_BLANK = b"\xef\xbb\xbf \t\r\n"
#: Headers that begin a mail as a server hands it on, and nothing that somebody writes.
_MAIL = (b"Return-Path:", b"Received:", b"Delivered-To:", b"MIME-Version:", b"Message-ID:")
_JSON = re.compile(rb"\{\s*[\"}]|\[\s*[\[{\]]")
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta)\b", re.IGNORECASE
)
#: What the beginning of a file without a telling name shows it to be; the first that fits.
_SIGNS: tuple[tuple[Callable[[bytes], object], Reader], ...] = (
    (lambda start: start.startswith(b"PAR1"), columnar.read),
    (lambda start: start.startswith(b"WARC/"), warc.read),
    (lambda start: start.startswith(_MAIL), mail.read),
    (xmldocument.is_feed, xmldocument.read),
    (_JSON.match, jsondocument.read),
    (lambda start: start.startswith(b"<") and _PAGE.search(start), webpage.read),
    (lambda start: start.startswith(b"<?xml"), xmldocument.read),
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
    return chain.from_iterable(articles_of(source, limit) for source in sources)


def articles_of(source: Source | Skipped, limit: int) -> Iterator[Article | Skipped]:
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
    message = f"files of this kind ({suffix or 'no ending'}) are not read"
    raise RefusedError(message)


def _suffix(source: Source) -> str:
    """Return what a file's name ends with, lower-cased, ``.gz`` set aside."""
    name = source.file[:-3] if source.packed else source.file
    name = name[name.rfind("/") + 1 :]
    return name[name.rfind(".") :].lower() if "." in name else ""


def _sniffed(source: Source) -> tuple[Source, Reader]:
    """Tell by its first bytes what a stream, or a file with an unknown name, holds."""
    source = begun(source)
    head = next(chunks(source), b"")[:_HEAD]
    encoding = marked(head)
    start = (head.decode(encoding, "replace").encode() if encoding else head).lstrip(_BLANK)
    return source, next((reader for is_it, reader in _SIGNS if is_it(start)), plaintext.read)
