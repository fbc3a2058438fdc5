"""Opens what may be opened, and hands out its bytes under a limit, unpacked."""

from __future__ import annotations

import io
import os
import stat
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Bytes read at a time.
CHUNK = 1 << 20
#: Bytes beyond which nothing packed is unpacked into one article.
MOST_UNPACKED = 64 << 20

_HIGHEST_RATIO = 100  # of unpacked to packed bytes; text seldom passes 10
_GZIP = 31  # zlib's window bits for a gzip header and trailer
_NO_ROW: Mapping[str, str] = {}


class RefusedError(Exception):
    """An input cannot be used, for the reason in its one argument; it becomes a ``Skipped``."""


class Source(NamedTuple):
    """One file or stream to be read."""

    path: str  #: as shown in the report; the id of its article where that has none of its own
    file: str  #: what the system opens; empty for a stream
    packed: bool = False  #: whether it is gzip
    named: bool = False  #: whether the user named it, so that a link may lead to it
    row: Mapping[str, str] = _NO_ROW  #: what the sidecar says of it
    stream: BinaryIO | None = None
    start: bytes = b""  #: what was already taken from the stream


def over(limit: int) -> RefusedError:
    """Return the refusal of an article that is larger than ``limit`` bytes."""
    return RefusedError(f"it is over the limit of {limit:,} bytes an article")


def whole(source: Source, limit: int) -> bytes:
    """Return all bytes of a source of one article.

    Raises:
        RefusedError: where it cannot be read, or has more than ``limit`` bytes.

    """
    if not source.packed and source.stream is None:
        return _read(source, limit)
    limit = min(limit, MOST_UNPACKED) if source.packed else limit
    parts, size = [], 0
    for chunk in chunks(source):
        size += len(chunk)
        if size > limit:
            raise over(limit)
        parts.append(chunk)
    return b"".join(parts)


def chunks(source: Source) -> Iterator[bytes]:
    """Yield the bytes of a source, unpacked, piece by piece.

    Raises:
        RefusedError: where it cannot be read, or what is packed is cut off, damaged or a bomb.

    """
    raw = _stream(source) if source.stream is not None else _file(source)
    return _unpack(raw) if source.packed else raw


def begun(source: Source) -> Source:
    """Take the first bytes of a stream, so that they can be looked at and still be read.

    Raises:
        RefusedError: where it cannot be read.

    """
    if source.stream is None:
        return source
    start = b""
    for part in _stream(source):
        start += part
        if len(start) >= CHUNK:
            break
    return source._replace(start=start, packed=start.startswith(b"\x1f\x8b"))


def buffered(source: Source) -> io.BufferedReader:
    """Return a source as a file that is read once from its beginning, unpacked, never held whole.

    Reading raises `RefusedError` where the source cannot be read on.
    """
    return io.BufferedReader(_Pieces(chunks(source)), CHUNK)


def handle(source: Source, limit: int) -> BinaryIO:
    """Return a source as a file that can be read from anywhere; what is packed, unpacked in memory.

    Raises:
        RefusedError: where it cannot be read, or unpacks to more than ``limit`` bytes.

    """
    if source.packed or source.stream is not None:
        return io.BytesIO(whole(source, limit))
    return os.fdopen(_open(source)[0], "rb")


def _read(source: Source, limit: int) -> bytes:
    """Return a regular file's bytes: one open, one read, one close for most."""
    descriptor, size = _open(source)
    try:
        if size > limit:
            raise over(limit)
        data = os.read(descriptor, size + 1)
        if len(data) == size:
            return data
        parts = [data]  # it grows, or the system knows no size (/proc): read on, to the limit
        while data and size <= limit:
            data = os.read(descriptor, CHUNK)
            size = sum(map(len, parts)) + len(data)
            parts.append(data)
        if size > limit:
            raise over(limit)
        return b"".join(parts)
    except OSError as error:
        raise _unreadable(error) from error
    finally:
        os.close(descriptor)


def _file(source: Source) -> Iterator[bytes]:
    descriptor, _ = _open(source)
    try:
        while data := os.read(descriptor, CHUNK):
            yield data
    except OSError as error:
        raise _unreadable(error) from error
    finally:
        os.close(descriptor)


def _stream(source: Source) -> Iterator[bytes]:
    if source.start:
        yield source.start
    try:
        while source.stream is not None and (data := source.stream.read(CHUNK)):
            yield data
    except OSError as error:
        raise _unreadable(error) from error


def _open(source: Source) -> tuple[int, int]:
    """Open a regular file; return its descriptor and its size in bytes."""
    # non-blocking, for opening a pipe would otherwise wait for its writer for ever
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if source.named else os.O_NOFOLLOW)
    try:
        descriptor = os.open(source.file, flags)
    except OSError as error:
        raise _unreadable(error) from error
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode):
        os.close(descriptor)
        message = "it is no regular file but a pipe, socket, device or folder"
        raise RefusedError(message)
    return descriptor, about.st_size


def _unreadable(error: OSError) -> RefusedError:
    return RefusedError(f"it cannot be read: {(error.strerror or str(error)).lower()}")


def _unpack(raw: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack gzip, of one member or several, never holding more than a chunk."""
    inflate = zlib.decompressobj(_GZIP)
    packed = unpacked = 0
    for data in raw:
        packed += len(data)
        rest = data
        while rest:
            if inflate.eof:
                rest = rest.lstrip(b"\0")  # tapes and some writers pad with zeros
                if not rest:
                    break
                inflate = zlib.decompressobj(_GZIP)
            try:
                piece = inflate.decompress(rest, CHUNK)
            except zlib.error as error:
                message = "its gzip data is damaged"
                raise RefusedError(message) from error
            unpacked += len(piece)
            if unpacked > max(MOST_UNPACKED, _HIGHEST_RATIO * packed):
                message = f"it unpacks to more than {_HIGHEST_RATIO} times its size"
                raise RefusedError(message)
            if piece:
                yield piece
            rest = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
    if packed and not inflate.eof:
        message = "its gzip data is cut off"
        raise RefusedError(message)


class _Pieces(io.RawIOBase):
    """Chunks as a file."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._held = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # as io calls it
        while not self._held:
            try:
                self._held = memoryview(next(self._parts))
            except StopIteration:
                return 0
        count = min(len(buffer), len(self._held))
        buffer[:count], self._held = self._held[:count], self._held[count:]
        return count
