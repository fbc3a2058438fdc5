"""One story as the desk draws it: its timeline, and of each article whom it took most from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup import times
from dedup.report.flows import principal_sources
from dedup.report.timeline import drawing, timeline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Row = dict[str, object]
    Rows = Sequence[Mapping[str, object]]

_ARTICLE = ("article_id", "derived_from", "publisher", "published_at", "relation")
_MATCH = ("article_id", "other_id", "words", "direction", "lag_seconds")


def drawn(articles: Rows, matches: Rows) -> Row:
    """Give the chart of a story, and its flows.

    Args:
        articles: its articles' rows.
        matches: all that they share with anyone, as rows of matches.csv.

    """
    members = {str(row["article_id"]) for row in articles}
    sides = {str(row[side]) for row in matches for side in ("article_id", "other_id")}
    everyone: list[Mapping[str, object]] = [*articles]
    everyone += [{"article_id": name} for name in sorted(sides - members)]
    columns: dict[str, list[object]] = {
        name: [row.get(name) or "" for row in everyone] for name in _ARTICLE
    }
    columns["words"] = [row.get("words", 0) for row in everyone]
    shared = {name: [row[name] for row in matches] for name in _MATCH}
    sources = principal_sources({"articles": columns, "matches": shared})
    flows = []
    for row in articles:
        name, when = str(row["article_id"]), times.parse(str(row["published_at"] or ""))
        source = sources.get(name)
        flows.append(
            {
                "article_id": name,
                "instant": when.earliest if when else None,
                "source_id": source.other_id if source else None,
                "words": source.words if source else 0,
                "known": bool(source and source.known),
                "lag_seconds": source.lag if source else None,
            }
        )
    if len(articles) < 2:  # noqa: PLR2004 - an article alone has no timeline
        return {"flows": flows, "chart": None}
    chart = timeline(range(len(articles)), columns, sources)
    return {"flows": flows, "chart": {"left_out": chart.left_out, "drawing": drawing(chart)}}
