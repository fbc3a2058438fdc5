"""report.html: one self-contained page that works without a network.

Jinja2 with autoescape writes the frame and the sentences; all data lie in one JSON block, which
the page's script turns into text nodes. A content security policy admits that script and that
style by their hashes and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from dedup import times
from dedup.report import triage, wording
from dedup.report.columns import TABLES
from dedup.report.document import dumps
from dedup.report.edition import Edition
from dedup.report.flows import agency_flows, lineages, outlet_flows, principal_sources
from dedup.report.timeline import WIDTH, timelines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import TextIO

    from jinja2 import Template

    from dedup.report.columns import Columns
    from dedup.report.document import Document
    from dedup.report.flows import Agency

#: In the order in which the page needs them.
SCRIPTS = (
    "data.js",
    "dom.js",
    "words.js",
    "passages.js",
    "counting.js",
    "labels.js",
    "query.js",
    "list.js",
    "article.js",
    "compare.js",
    "story.js",
    "tables.js",
    "routes.js",
)
STYLES = ("frame.css", "views.css", "story.css")

#: Bars of the chart of agencies; the table has them all.
_MOST_AGENCIES = 20

#: Columns that the page has by other means: a paragraph is cut out of its article's text.
_LEFT_OUT = {"paragraphs": frozenset({"text", "score", "source_n"})}


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
    script, style = _joined(SCRIPTS), _joined(STYLES)
    stream.writelines(
        _template().generate(
            script=script,
            style=style,
            script_hash=_digest(script),
            style_hash=_digest(style),
            data=page_data(document, selection),
            finding=wording.finding(document),
            nothing_shared=wording.nothing_shared(document),
            limit=wording.limit(document),
            kept=len(selection.kept),
            listed=selection.listed,
            facts=_facts(document.run),
            charts=timelines(document.tables, principal_sources(document.tables)),
            width=WIDTH,
            agencies=_agency_bars(document),
        )
    )


#: A time in UTC as the run record has it.
_UTC = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::[\d.]+)?(?:Z|\+00:00)$", re.ASCII)


def _agency_bars(document: Document) -> list[tuple[str, Agency, float, float]]:
    """The agencies that most words go back to: name, figures, and how far their bar reaches."""
    names = wording.agency_names(document)
    flows = agency_flows(document.tables["sources"])[:_MOST_AGENCIES]
    most = max((flow.words for flow in flows), default=0) or 1
    return [
        (names[flow.agency], flow, flow.credited_words / most, flow.words / most) for flow in flows
    ]


def _facts(run: Mapping[str, object]) -> list[str]:
    """When and with what the report was made, as far as the run record says."""
    facts = [f"dedup {run['version']}"] if run.get("version") else []
    started = _UTC.sub(r"\1 \2 UTC", str(run.get("started_at") or ""))
    return [*facts, started] if started else facts


def page_data(document: Document, selection: triage.Selection) -> dict[str, object]:
    """The data block: tables by column, articles named by their row."""
    tables = document.tables
    place = {str(article): row for row, article in enumerate(tables["articles"]["article_id"])}
    kept = {place[article] for article in selection.kept}
    return {
        "run": document.run,
        "texts": document.text,
        "names": wording.agency_names(document),
        "columns": {column.name: column.type for column in TABLES["articles"]},
        "articles": _articles(document, place, kept),
        "paragraphs": _rows_of(tables, "paragraphs", place, kept),
        "matches": _rows_of(tables, "matches", place, kept),
        "attributions": _attributions(document, place, kept),
        "stories": tables["stories"],
        "sources": tables["sources"],
        "agency_flows": agency_flows(tables["sources"]),
        "outlet_flows": outlet_flows(tables),
        "lineages": _lineages(tables["paragraphs"], place, kept),
    }


def _articles(
    document: Document, place: Mapping[str, int], kept: set[int]
) -> dict[str, Sequence[object]]:
    table = document.tables["articles"]
    columns: dict[str, Sequence[object]] = {c.name: table[c.name] for c in TABLES["articles"]}
    near = triage.closest(document.tables["matches"])
    rows = [near.get(str(article)) for article in table["article_id"]]
    columns["closest"] = [place.get(row.other_id, -1) if row else -1 for row in rows]
    columns["shared_words"] = [row.words if row else 0 for row in rows]
    columns["longest"] = [row.longest if row else 0 for row in rows]
    sources = principal_sources(document.tables)
    found = [sources.get(str(article)) for article in table["article_id"]]
    columns["source"] = [place.get(row.other_id, -1) if row else -1 for row in found]
    columns["source_words"] = [row.words if row else 0 for row in found]
    columns["source_known"] = [int(row.known) if row else 0 for row in found]
    columns["lag"] = [row.lag if row else None for row in found]
    whens = [times.parse(str(time)) for time in table["published_at"]]
    columns["instant"] = [round(when.earliest) if when else None for when in whens]
    columns["url"], columns["authors"] = table["url"], table["authors"]
    columns["kept"] = [int(row in kept) for row in range(len(place))]
    columns["text"] = [
        text if document.text and row in kept else None for row, text in enumerate(table["text"])
    ]
    return columns


def _rows_of(
    tables: Mapping[str, Columns], name: str, place: Mapping[str, int], kept: set[int]
) -> dict[str, list[object]]:
    """The rows that touch a kept article; ids become row numbers of the list (-1: not listed)."""
    table = tables[name]
    sides = [
        [place.get(str(article), -1) for article in table[column]]
        for column in ("article_id", "other_id")
        if column in table
    ]
    rows = [row for row, ends in enumerate(zip(*sides, strict=True)) if not kept.isdisjoint(ends)]
    columns: dict[str, list[object]] = {}
    for column in TABLES[name]:
        if column.name in _LEFT_OUT.get(name, ()):
            continue
        cells = table[column.name]
        columns[column.name] = [cells[row] for row in rows]
    for column_name, side in zip(("article_id", "other_id"), sides, strict=False):
        columns[column_name] = [side[row] for row in rows]
    return columns


def _lineages(
    paragraphs: Columns, place: Mapping[str, int], kept: set[int]
) -> dict[str, list[object]]:
    """Paragraphs that follow one another, as far as the page carries their texts."""
    columns: dict[str, list[object]] = {"articles": [], "paragraphs": [], "known": []}
    for group in lineages(paragraphs):
        members = [(place.get(name, -1), n) for name, n in group.paragraphs]
        if members[0][0] in kept:
            columns["articles"].append([row for row, _ in members if row in kept])
            columns["paragraphs"].append([n for row, n in members if row in kept])
            columns["known"].append(int(group.known))
    return columns


def _attributions(
    document: Document, place: Mapping[str, int], kept: set[int]
) -> dict[str, list[object]]:
    columns = _rows_of(document.tables, "attributions", place, kept)
    if not document.text:
        columns["text"] = [""] * len(columns["text"])
    return columns


@cache
def _joined(names: Sequence[str]) -> str:
    folder = resources.files("dedup.report").joinpath("web")
    return "\n".join(folder.joinpath(name).read_text("utf-8") for name in names)


@cache
def _template() -> Template:
    import jinja2

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.PackageLoader("dedup.report", "web"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = wording.visible
    environment.policies["json.dumps_function"] = _compact
    return environment.get_template("page.html")


def _compact(value: object, **_: object) -> str:
    """JSON for the data block; Jinja2's ``tojson`` then escapes what HTML would read."""
    return dumps(value)


def _digest(code: str) -> str:
    """The hash by which the policy knows a script or a style."""
    return base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
