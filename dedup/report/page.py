"""report.html: one self-contained page that works without a network.

Jinja2 with autoescape writes the frame and the sentences; all data lie in one JSON block, which
the page's script turns into text nodes. A content security policy admits that script and that
style by their hashes and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.report import triage, wording
from dedup.report.block import page_data
from dedup.report.catalogue import catalogue
from dedup.report.edition import Edition
from dedup.report.flows import agency_flows, principal_sources
from dedup.report.frame import SHARED, STYLES, digest, joined, template, written
from dedup.report.timeline import WIDTH, timelines

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

    from dedup.report.document import Document
    from dedup.report.flows import Agency

#: In the order in which the page needs them.
SCRIPTS = (
    *SHARED,
    "labels.js",
    "query.js",
    "list.js",
    "article.js",
    "compare.js",
    "story.js",
    "tables.js",
    "routes.js",
)

#: Bars of the chart of agencies; the table has them all.
_MOST_AGENCIES = 20


def write_page(path: Path, document: Document) -> None:
    """Write report.html atomically.

    Raises:
        ReportError: where the file cannot be written.

    """
    with Edition(path.parent) as edition, edition.file(path.name) as stream:
        fill_page(stream, document)


def fill_page(stream: TextIO, document: Document) -> None:
    """Write the page to an open stream (see `write_page`)."""
    selection = triage.select(document)
    script, style = joined(SCRIPTS), joined(STYLES)
    words = catalogue(document.language)
    stream.writelines(
        written(
            template("page.html"),
            words,
            name=words.say("dedup report"),
            home="#/list",
            script=script,
            style=style,
            script_hash=digest(script),
            style_hash=digest(style),
            data=page_data(document, selection),
            finding=wording.finding(document, words),
            nothing_shared=wording.nothing_shared(document, words),
            limit=wording.limit(document, words),
            kept=len(selection.kept),
            listed=selection.listed,
            figure=words.figure,
            run=document.run,
            charts=timelines(document.tables, principal_sources(document.tables), selection.kept),
            width=WIDTH,
            agencies=_agency_bars(document),
        )
    )


def _agency_bars(document: Document) -> list[tuple[str, Agency, float, float]]:
    """The agencies that most words go back to: name, figures, and how far their bar reaches."""
    names = wording.agency_names(document)
    flows = agency_flows(document.tables["sources"])[:_MOST_AGENCIES]
    most = max((flow.words for flow in flows), default=0) or 1
    return [
        (names[flow.agency], flow, flow.credited_words / most, flow.words / most) for flow in flows
    ]
