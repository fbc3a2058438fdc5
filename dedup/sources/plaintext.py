"""Plain text and Markdown: one file, one article, not a character altered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.records import Article
from dedup.sources.decode import decode
from dedup.sources.header import sniff
from dedup.sources.opening import whole
from dedup.sources.record import Place, article, checked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.sources.opening import Source


def read(source: Source, limit: int) -> Iterator[Article]:
    """Yield the one article of a text file; the sidecar's word goes before the header's.

    Raises:
        RefusedError: where it cannot be used.

    """
    text, note = decode(whole(source, limit))
    checked(text, limit)
    fields = {**sniff(text), **source.row}
    if fields:
        made = article({**fields, "text": text}, Place(source.path, source.path, limit))
        notes = ((note,) if note else ()) + made.notes
    else:
        made = Article(id=source.path, text=text, path=source.path)
        notes = (note,) if note else ()
    yield replace(made, notes=notes) if notes else made
