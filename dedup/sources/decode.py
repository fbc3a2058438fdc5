"""From bytes to text: UTF-8, else a byte-order mark, else what the file declares, else a guess.

A guess is never silent: it comes with a note. Nothing but a leading byte-order mark is taken away.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from dedup.sources.opening import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF-": "a PDF document",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG\r\n": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x1f\x8b\x08": "gzip data without .gz in its name",
    b"PAR1": "a Parquet table",
    b"SQLite format 3\0": "a database",
}
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_MOST_CONTROLS = 0.05
_HEAD = 1024  # bytes looked at for controls where there is no NUL
_SAMPLE = 100_000  # bytes that a guess is made from
_USUAL = ("cp1252", "cp1251", "shift_jis", "euc_kr", "gb18030")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})"""
    rb"""|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})""",
    re.IGNORECASE,
)


class Decoded(NamedTuple):
    """A text, and what had to be guessed or repaired to get it (empty for nothing)."""

    text: str
    note: str = ""


def decode(data: bytes, *, markup: bool = False, charset: str = "") -> Decoded:
    """Decode a file's bytes.

    Args:
        data: all of its bytes.
        markup: whether it is a web page, which may declare its encoding.
        charset: the encoding that came with it, in the header of an answer or a mail.

    Raises:
        RefusedError: where the bytes are no text, or of no encoding that can be found out.

    """
    encoding = marked(data)
    if encoding:
        return _strictly(data, encoding)
    _refuse_binary(data)
    try:
        return Decoded(data.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError:
        declared = _known(charset) or (_declared(data) if markup else "")
        return _strictly(data, declared) if declared else guess(data)


def marked(head: bytes) -> str:
    """Return the encoding that a byte-order mark tells; empty for UTF-8 and where there is none."""
    if head[:1] not in b"\xff\xfe\0":
        return ""
    return next((name for mark, name in _MARKS if head.startswith(mark)), "")


def as_utf8(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a stream's bytes as UTF-8 without byte-order mark; what has no other mark stays.

    Raises:
        RefusedError: where a stream with a mark does not hold to it, or is no text at all.

    """
    head = next(chunks, b"")
    encoding = marked(head)
    if not encoding:
        _refuse_binary(head)
        yield head.removeprefix(codecs.BOM_UTF8)
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        yield decoder.decode(head).encode()
        for chunk in chunks:
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        raise _undecodable(encoding) from error


def guess(data: bytes) -> Decoded:
    """Decode bytes that are not all UTF-8 and declare nothing else.

    Mostly UTF-8 with a few damaged bytes is read as that; else charset-normalizer is asked.

    Raises:
        RefusedError: where it does not know either.

    """
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    foreign = len(text) - len(data.decode("ascii", "ignore")) - damaged
    if foreign > damaged:
        return Decoded(text.removeprefix("\ufeff"), f"{damaged} damaged bytes were replaced by �")
    encoding = _guessed(data[:_SAMPLE])
    if not encoding:
        message = "its encoding cannot be found out"
        raise RefusedError(message)
    return Decoded(data.decode(encoding, "replace"), f"decoded as {encoding} by a guess")


def sound(text: str, note: str = "") -> Decoded:
    """Return a text of a record without half characters, which nothing could write out again.

    Bytes that were no UTF-8 stand in it as surrogates (PEP 383) and are decoded: as in ``note``,
    what an earlier field of the record was decoded as, or by a guess. Other surrogates are
    replaced, one code point by one.
    """
    if text.isascii():
        return Decoded(text)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _mended(text, note)
    return Decoded(text)


def _mended(text: str, note: str) -> Decoded:
    try:
        data = text.encode("utf-8", "surrogateescape")
        if note.startswith("decoded as "):
            return Decoded(data.decode(note.split()[2], "replace"), note)
        return guess(data)
    except (UnicodeEncodeError, RefusedError):
        whole = re.sub("[\ud800-\udfff]", "�", text)
        return Decoded(whole, "half characters were replaced by �")


def _strictly(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding).removeprefix("\ufeff"))
    except (UnicodeError, LookupError) as error:
        if encoding.startswith("utf"):
            raise _undecodable(encoding) from error
        decoded = guess(data)
        return decoded._replace(note=f"not {encoding} as declared: {decoded.note}")


def _undecodable(encoding: str) -> RefusedError:
    return RefusedError(f"it is not {encoding.upper()}, as its byte-order mark says")


def _declared(data: bytes) -> str:
    """Return the encoding that a page names in its first bytes; empty for none that we know."""
    found = _DECLARED.search(data, 0, 4096)
    return _known((found[1] or found[2]).decode("ascii") if found else "")


def _known(name: str) -> str:
    """Return an encoding as Python calls it; empty for none, and for UTF, which was tried."""
    try:
        # browsers read these as the Windows page that holds them, and so do its writers
        known = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
    if known.startswith("utf"):
        return ""
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(known, known)


def _refuse_binary(data: bytes) -> None:
    if data.startswith(tuple(_MAGIC)):
        what = next(what for magic, what in _MAGIC.items() if data.startswith(magic))
        message = f"it is no text but {what}"
        raise RefusedError(message)
    head = data if b"\0" in data else data[:_HEAD]
    if len(head) - len(head.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(head):
        message = "it is binary, no text"
        raise RefusedError(message)


def _guessed(data: bytes) -> str:
    """Return the likeliest encoding of ``data``, by its best-known name; empty where unknown."""
    from charset_normalizer import from_bytes  # slow to load, and most files are UTF-8

    best = from_bytes(data).best()
    if best is None:
        return ""
    alike = {best.encoding, *best.could_be_from_charset}  # these give the very same text
    return next((name for name in _USUAL if name in alike), best.encoding)
