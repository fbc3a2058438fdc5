"""report.html: a page that works without a network, and of a large report the parts beside it.

Jinja2 with autoescape writes the frame and the sentences; all data lie in JSON blocks, which the
page's script turns into text nodes. A content security policy admits that script and that style
by their hashes and nothing else. A browser lets no page read a file of a disk; but it shows one in
a frame, and that may hand over what it holds: a part is such a page.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.report import wording
from dedup.report.block import divided, list_data, part_data, read
from dedup.report.catalogue import catalogue
from dedup.report.counting import counts
from dedup.report.document import dumps
from dedup.report.edition import Edition
from dedup.report.flows import agency_flows
from dedup.report.frame import (
    SHARED,
    STYLES,
    as_json,
    digest,
    joined,
    policy,
    template,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.report.catalogue import Catalogue
    from dedup.report.document import Document
    from dedup.report.flows import Agency

#: In the order in which the page needs them.
SCRIPTS = (
    *SHARED,
    "parts.js",
    "labels.js",
    "query.js",
    "list.js",
    "excluding.js",
    "article.js",
    "compare.js",
    "story.js",
    "tables.js",
    "routes.js",
)

#: What one page holds with all that can be opened: a browser opens that at once without delay.
MAX_ARTICLES = 2_000
MAX_BYTES = 25_000_000
#: A part of a larger report is full from here on.
PART_BYTES = 500_000

#: Bars of the chart of agencies; the table has them all.
_MOST_AGENCIES = 20


def write_page(path: Path, document: Document) -> None:
    """Write the page, and what stands beside it, atomically.

    Raises:
        ReportError: where a file cannot be written.

    """
    with Edition(path.parent) as edition:
        fill_page(edition, path.name, document)


def fill_page(edition: Edition, name: str, document: Document) -> None:
    """Write the page into an edition (see `write_page`).

    What a small report opens stands in the page; of a large one it is in a folder beside it, in
    parts that are read when they are opened.
    """
    table = read(document)
    rows = divided(document, articles=MAX_ARTICLES, size=MAX_BYTES, part=PART_BYTES)
    count = len(table.place)
    edition.retire(f"{Path(name).stem}-parts-*", "*.html")
    inline: object = None
    parts: list[tuple[str, str]] = []
    if rows is None:
        rows = [list(range(count))]
        (inline,) = part_data(table, rows)
    else:
        folder = f"{Path(name).stem}-parts-{_mark(document)}"
        found = part_data(table, rows)
        parts = [_write_part(edition, folder, n, part) for n, part in enumerate(found, 1)]
    part_of = [0] * count
    for part, held in enumerate(rows):
        for row in held:
            part_of[row] = part
    data = list_data(table, part_of) | {"inline": inline, "parts": parts}
    data["counts"] = counts(document.tables) if parts and document.text else None
    with edition.file(name) as stream:
        stream.writelines(_written(document, data))


def _written(document: Document, data: object) -> Iterator[str]:
    script, style = joined(SCRIPTS), joined(STYLES)
    agencies = _agency_bars(document)

    def told(words: Catalogue) -> dict[str, object]:
        return {
            "name": words.say("dedup report"),
            "home": "#/list",
            "verdicts": wording.verdicts(document, words),
            "silent": wording.silent(document, words),
            "nothing_shared": wording.nothing_shared(document, words),
            "limit": wording.limit(document, words),
            "listed": len(document.tables["articles"]["article_id"]),
            "figure": words.figure,
            "run": document.run,
            "agencies": agencies,
        }

    return written(
        template("page.html"),
        told,
        language=document.language,
        title=catalogue(document.language).say("dedup report"),
        policy=policy(script, style, "frame-src 'self'"),
        script=script,
        style=style,
        data=data,
    )


def _write_part(edition: Edition, folder: str, number: int, part: object) -> tuple[str, str]:
    """Write a part: a page that hands its data to the one that opened it, and does nothing else.

    Returns:
        Its address and the hash of its data, by which the page knows it.

    """
    address = f"{folder}/{number:04}.html"
    data, script = as_json(part), joined(("part.js",))
    with edition.file(address) as stream:
        page = template("part.html")
        stream.writelines(page.generate(data=data, script=script, script_hash=digest(script)))
    return address, digest(data)


def _mark(document: Document) -> str:
    """A name for the parts of this report, which no former one has."""
    told = dumps([document.run, document.tables["articles"]["article_id"]])
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def _agency_bars(document: Document) -> list[tuple[str, Agency, float, float]]:
    """The agencies that most words go back to: name, figures, and how far their bar reaches."""
    names = wording.agency_names(document)
    flows = agency_flows(document.tables["sources"])[:_MOST_AGENCIES]
    most = max((flow.words for flow in flows), default=0) or 1
    return [
        (names[flow.agency], flow, flow.credited_words / most, flow.words / most) for flow in flows
    ]
