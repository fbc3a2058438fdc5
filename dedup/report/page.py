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

from dedup.report import triage, wording
from dedup.report.block import page_data
from dedup.report.document import dumps
from dedup.report.edition import Edition
from dedup.report.flows import agency_flows, principal_sources
from dedup.report.timeline import WIDTH, timelines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import TextIO

    from jinja2 import Template

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
            charts=timelines(document.tables, principal_sources(document.tables), selection.kept),
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
