"""The data block of the page: the tables by column, articles named by their row in the list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from dedup import times
from dedup.report import triage, wording
from dedup.report.columns import TABLES
from dedup.report.flows import agency_flows, lineages, outlet_flows, principal_sources

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.report.columns import Columns, Tables
    from dedup.report.document import Document

#: Columns that the page has by other means (a paragraph is cut out of its article's text, its
#: sources stand in the matches), and those that nearly always say the same.
_LEFT_OUT = {
    "paragraphs": frozenset({"text", "words", "score", "source_id", "source_n", "direction"})
}
_MOSTLY_SAME = {"paragraphs": frozenset({"role", "reuse", "agencies", "credit"})}


def page_data(document: Document, selection: triage.Selection) -> dict[str, object]:
    """All that the page's script reads; `selection` says whose texts and passages are there."""
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


def _packed(cells: Sequence[object]) -> dict[str, object]:
    """A column as the cell that most rows have, and the others with their rows."""
    if not cells:
        return {"size": 0, "most": "", "rows": [], "cells": []}
    ((most, _),) = Counter(cells).most_common(1)
    rows = [row for row, cell in enumerate(cells) if cell != most]
    others = [cells[row] for row in rows]
    return {"size": len(cells), "most": most, "rows": rows, "cells": others}


def _rows_of(
    tables: Tables, name: str, place: Mapping[str, int], kept: set[int]
) -> dict[str, object]:
    """The rows that touch a kept article; ids become row numbers of the list (-1: not listed)."""
    table = tables[name]
    sides = [
        [place.get(str(article), -1) for article in table[column]]
        for column in ("article_id", "other_id")
        if column in table
    ]
    rows = [row for row, ends in enumerate(zip(*sides, strict=True)) if not kept.isdisjoint(ends)]
    columns: dict[str, object] = {}
    for column in TABLES[name]:
        if column.name in _LEFT_OUT.get(name, ()):
            continue
        cells = [table[column.name][row] for row in rows]
        same = column.name in _MOSTLY_SAME.get(name, ())
        columns[column.name] = _packed(cells) if same else cells
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
) -> dict[str, object]:
    columns = _rows_of(document.tables, "attributions", place, kept)
    if not document.text:
        columns["text"] = [""] * len(cast("list[object]", columns["text"]))
    return columns
