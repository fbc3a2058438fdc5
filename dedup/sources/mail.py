"""Mails (.eml), as wires and press offices drop them in a folder: a text, or a page's markup."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.sources import newsfields
from dedup.sources.decode import Decoded, decode
from dedup.sources.header import sniff
from dedup.sources.markup import fragment
from dedup.sources.opening import RefusedError, whole
from dedup.sources.record import Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from dedup.records import Article
    from dedup.sources.opening import Source

#: Headers that may say where a mail's text comes from.
_CREDITS = ("From", "Sender", "Organization")
_LONGEST_HEADER = 2000  # characters
_MOST_WORK = 5_000_000  # lines times parts: each line is looked at for the end of every part around


def read(source: Source, limit: int) -> Iterator[Article]:
    """Yield the one article of a mail; the sidecar's word goes before the mail's.

    Its text is the first plain part, else the first with markup. Attachments are not read.

    Raises:
        RefusedError: where it has no text, or cannot be used.

    """
    data = whole(source, limit)
    if not data.strip():
        message = "it is empty" if not data else "it is blank: nothing but white space"
        raise RefusedError(message)
    if data.count(b"\n") * data.lower().count(b"boundary") > _MOST_WORK:
        message = "it is no mail that can be taken apart (too many parts)"
        raise RefusedError(message)
    from email import errors, message_from_bytes  # slow to load, and few inputs are mails

    try:
        mail = message_from_bytes(data)
        text, note = _text([part for part in mail.walk() if _is_read(part)])
    except (RecursionError, ValueError, LookupError, errors.MessageError) as error:
        message = f"it is no mail that can be taken apart ({type(error).__name__})"
        raise RefusedError(message) from error
    name, _, address = _header(mail, "From").partition("<")
    said = {
        "title": _header(mail, "Subject"),
        "author": name.strip(' "') or address.strip(" >"),
        "publisher": _header(mail, "Organization"),
        "published_at": newsfields.first_date(_header(mail, "Date")),
        "language": _header(mail, "Content-Language"),
    }
    fields = {**sniff(text), **{key: value for key, value in said.items() if value}, **source.row}
    evidence = ((f"mail.{one.lower()}", _header(mail, one)) for one in _CREDITS)
    made = newsfields.article(
        {**fields, "text": text}, evidence, {}, Place(source.path, source.path, limit)
    )
    yield replace(made, notes=(note, *made.notes)) if note else made


def _is_read(part: Message) -> bool:
    """Whether a part of a mail is shown as its text, and no attachment."""
    is_text = part.get_content_type() in {"text/plain", "text/html"}
    return is_text and part.get_content_disposition() != "attachment"


def _text(parts: list[Message]) -> Decoded:
    """Return the first plain text among a mail's parts, else the first text with markup.

    Raises:
        RefusedError: where there is none, or it cannot be decoded.

    """
    for kind in ("text/plain", "text/html"):
        for part in parts:
            payload = part.get_payload(decode=True)
            if part.get_content_type() != kind or not isinstance(payload, bytes):
                continue
            text, note = decode(
                payload, markup=kind == "text/html", charset=part.get_content_charset("")
            )
            if kind == "text/html":
                text = fragment(text)
            if text.strip():
                return Decoded(text, note)
    message = "the mail has no text"
    raise RefusedError(message)


def _header(mail: Message, name: str) -> str:
    """Return a header's words on one line, decoded."""
    from email import errors, header

    value = str(mail.get(name, ""))[:_LONGEST_HEADER]
    with suppress(errors.MessageError, LookupError, ValueError):  # as it stands, then
        value = str(header.make_header(header.decode_header(value)))
    return " ".join(value.split())
