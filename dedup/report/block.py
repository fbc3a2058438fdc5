"""The data of the page: the list of all articles, and the parts that hold what is opened.

The list has a row for every article, by column. A part holds the texts, passages, credits and
drawings of some articles, those of one story together. A small report is one part, which stands in
the page itself; of a larger one each part is a file beside it, read when it is opened. Articles
are named by their row in the list everywhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dedup import times
from dedup.report import triage, wording
from dedup.report.columns import TABLES
from dedup.report.flows import agency_flows, lineages, outlet_flows, principal_sources
from dedup.report.timeline import drawing, timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dedup.report.columns import Columns
    from dedup.report.document import Document
    from dedup.report.flows import Lineage, Source

Cells = dict[str, object]

#: Columns that the page has by other means (a paragraph is cut out of its article's text, its
#: sources stand in the matches), and those that nearly always say the same.
_LEFT_OUT = {
    "paragraphs": frozenset({"text", "words", "score", "source_id", "source_n", "direction"})
}
_MOSTLY_SAME = {"paragraphs": frozenset({"role", "reuse", "agencies", "credit"})}
#: Tables of which a part holds the rows that touch its articles.
_PARTED = ("paragraphs", "matches", "attributions")

#: Columns of the list that are wanted only once an article is opened, or its row is saved.
_OPENED = ("path", "reasons")
#: Those that have few values, and those that name articles.
_CODED = ("publisher", "language", "verdict", "relation")
_LISTS = ("agencies", "credited_agencies", "uncredited_agencies")
_NAMING = ("derived_from", "cluster_id", "story_id")

_MOST_REUSED = 60
_PAIR = 2
_OPENING = 400  # characters from which the page makes a headline where there is none


class Table(NamedTuple):
    """A report's tables as its page needs them, worked out once."""

    document: Document
    place: Mapping[str, int]  #: the row of each article in the list
    sources: Mapping[str, Source]
    lineages: Sequence[Lineage]


def read(document: Document) -> Table:
    """Work out what list and parts both need."""
    tables = document.tables
    place = {str(article): row for row, article in enumerate(tables["articles"]["article_id"])}
    return Table(document, place, principal_sources(tables), lineages(tables["paragraphs"]))


def list_data(table: Table, part_of: Sequence[int]) -> Cells:
    """What the page's script reads before anything is opened; `part_of`: each article's part."""
    document = table.document
    tables = document.tables
    return {
        "run": document.run,
        "texts": document.text,
        "credit_line": document.credit_line,
        "names": wording.agency_names(document),
        "columns": {column.name: column.type for column in TABLES["articles"]},
        "articles": _articles(table) | {"part": _packed(part_of)},
        **{name: {column: [] for column in _columns(name)} for name in _PARTED},
        "stories": tables["stories"],
        "sources": tables["sources"],
        "agency_flows": agency_flows(tables["sources"]),
        "outlet_flows": outlet_flows(tables),
        "reused": _most_reused(table),
    }


def part_data(table: Table, parts: Sequence[Sequence[int]]) -> Iterator[Cells]:
    """The parts one after another; `parts`: the rows of each, in their order."""
    part_of = {row: part for part, rows in enumerate(parts) for row in rows}
    rows_of = {name: _rows_by_part(table, name, part_of, len(parts)) for name in _PARTED}
    groups: dict[int, list[Lineage]] = defaultdict(list)
    for group in table.lineages:
        first = table.place.get(group.paragraphs[0][0], -1)
        groups[part_of.get(first, -1)].append(group)
    stories = _stories(table.document.tables["articles"])
    for part, rows in enumerate(parts):
        yield {
            "articles": _opened(table.document, rows),
            **{name: _some(table, name, rows_of[name][part]) for name in _PARTED},
            "lineages": _followers(table, groups[part]),
            "charts": _charts(table, set(rows), stories),
        }


def _columns(name: str) -> list[str]:
    out = _LEFT_OUT.get(name, frozenset())
    return [column.name for column in TABLES[name] if column.name not in out]


def _articles(table: Table) -> Cells:
    """The columns of the list."""
    document, place = table.document, table.place
    cells = document.tables["articles"]
    columns: Cells = {c.name: cells[c.name] for c in TABLES["articles"] if c.name not in _OPENED}
    for name in _CODED + _LISTS:
        columns[name] = _coded(cells[name])
    for name in _NAMING:
        columns[name] = _naming(cells[name], place)
    ids = [str(article) for article in cells["article_id"]]
    near = triage.closest(document.tables["matches"])
    rows = [near.get(name) for name in ids]
    columns["closest"] = [place.get(row.other_id, -1) if row else -1 for row in rows]
    columns["shared_words"] = [row.words if row else 0 for row in rows]
    columns["longest"] = [row.longest if row else 0 for row in rows]
    found = [table.sources.get(name) for name in ids]
    columns["source"] = [place.get(row.other_id, -1) if row else -1 for row in found]
    columns["source_words"] = [row.words if row else 0 for row in found]
    columns["source_known"] = [int(row.known) if row else 0 for row in found]
    columns["lag"] = [row.lag if row else None for row in found]
    whens = [times.parse(str(time)) for time in cells["published_at"]]
    columns["instant"] = [round(when.earliest) if when else None for when in whens]
    columns["opening"] = _packed(
        [
            "" if title or not document.text else " ".join(str(text)[:_OPENING].split())
            for title, text in zip(cells["title"], cells["text"], strict=True)
        ]
    )
    return columns


def _coded(cells: Sequence[object]) -> Cells:
    """A column of few values as these, and which of them each row has."""
    values: dict[object, int] = {}
    codes = [values.setdefault(cell, len(values)) for cell in cells]
    return {"values": list(values), "codes": codes}


def _naming(cells: Sequence[object], place: Mapping[str, int]) -> object:
    """A column of articles' ids as their rows, -1 where it is empty."""
    known = {"": -1, **place}
    if any(str(cell) not in known for cell in cells):
        return cells
    return {"named": [known[str(cell)] for cell in cells]}


def _packed(cells: Sequence[object]) -> Cells:
    """A column as the cell that most rows have, and the others with their rows."""
    if not cells:
        return {"size": 0, "most": "", "rows": [], "cells": []}
    ((most, _),) = Counter(cells).most_common(1)
    rows = [row for row, cell in enumerate(cells) if cell != most]
    others = [cells[row] for row in rows]
    return {"size": len(cells), "most": most, "rows": rows, "cells": others}


def _rows_by_part(
    table: Table, name: str, part_of: Mapping[int, int], parts: int
) -> list[list[int]]:
    """Of each part the rows of a table that touch one of its articles."""
    cells = table.document.tables[name]
    sides = [cells[side] for side in ("article_id", "other_id") if side in cells]
    found: list[list[int]] = [[] for _ in range(parts)]
    known, touched = (), set[int]()
    for row, ends in enumerate(zip(*sides, strict=True)):
        if ends != known:
            places = [table.place.get(str(end), -1) for end in ends]
            known, touched = ends, {part_of.get(place, -1) for place in places} - {-1}
        for part in touched:
            found[part].append(row)
    return found


def _opened(document: Document, rows: Sequence[int]) -> Cells:
    """What is known of a part's articles beyond the list."""
    cells = document.tables["articles"]
    columns: Cells = {
        name: [cells[name][row] for row in rows] for name in (*_OPENED, "url", "authors")
    }
    columns["text"] = [cells["text"][row] if document.text else None for row in rows]
    return {"row": list(rows), **columns}


def _some(table: Table, name: str, rows: Sequence[int]) -> Cells:
    """Some rows of a table; articles become rows of the list (-1: not listed)."""
    cells = table.document.tables[name]
    columns: Cells = {}
    runs = _runs(rows)
    for column in _columns(name):
        some = [cell for run in runs for cell in cells[column][run]]
        if column in {"article_id", "other_id"}:
            some = [table.place.get(str(cell), -1) for cell in some]
        if column == "text" and not table.document.text:
            some = [""] * len(rows)
        same = column in _MOSTLY_SAME.get(name, ())
        columns[column] = _packed(some) if same else some
    return columns


def _runs(rows: Sequence[int]) -> list[slice]:
    """Rows that follow one another, together: a column gives them at once."""
    steps = [at for at, (row, after) in enumerate(pairwise(rows), 1) if after != row + 1]
    bounds = pairwise((0, *steps, len(rows)))
    return [slice(rows[first], rows[last - 1] + 1) for first, last in bounds if last > first]


def _followers(table: Table, groups: Sequence[Lineage]) -> dict[str, list[object]]:
    """Paragraphs that follow one another, by column."""
    columns: dict[str, list[object]] = {"articles": [], "paragraphs": [], "known": []}
    for group in groups:
        members = [(table.place.get(name, -1), n) for name, n in group.paragraphs]
        columns["articles"].append([row for row, _ in members if row >= 0])
        columns["paragraphs"].append([n for row, n in members if row >= 0])
        columns["known"].append(int(group.known))
    return columns


def _most_reused(table: Table) -> Cells:
    """The paragraphs that most outlets have, and how many others several articles have."""
    outlets = table.document.tables["articles"]["publisher"]

    def reach(group: Lineage) -> int:
        rows = (table.place.get(name, -1) for name, _ in group.paragraphs)
        return len({str(outlets[row]).casefold() for row in rows if row >= 0})

    groups = sorted(table.lineages, key=lambda group: -reach(group))
    kept = groups[:_MOST_REUSED]
    return {**_followers(table, kept), "more": len(groups) - len(kept)}


def _stories(articles: Columns) -> Mapping[str, list[int]]:
    """The rows of each story's articles."""
    members: dict[str, list[int]] = defaultdict(list)
    for row, story in enumerate(articles["story_id"]):
        members[str(story)].append(row)
    return members


def _charts(table: Table, rows: set[int], stories: Mapping[str, list[int]]) -> dict[str, object]:
    """The timelines of the stories that begin in a part; a story of one article has none."""
    charts: dict[str, object] = {}
    articles = table.document.tables["articles"]
    for story in dict.fromkeys(str(articles["story_id"][row]) for row in sorted(rows)):
        members = stories[story]
        if len(members) > 1 and members[0] in rows:
            chart = timeline(members, articles, table.sources)
            charts[story] = {"left_out": chart.left_out, "drawing": drawing(chart)}
    return charts


def weights(document: Document) -> list[int]:
    """About how many bytes of the page each article takes when it is opened."""
    weight = triage.weights(document)
    return [weight[str(name)] for name in document.tables["articles"]["article_id"]]


def divided(document: Document, *, articles: int, size: int, part: int) -> list[list[int]] | None:
    """The rows of each part, those of one story together; None where the page can hold all.

    A comparison of two is one page, whatever its size.

    Args:
        document: the report.
        articles: most articles that one page holds with all there is of them.
        size: the same in bytes.
        part: bytes from which a part is full.

    """
    cells = document.tables["articles"]
    weight = weights(document)
    if len(weight) <= articles and (sum(weight) <= size or len(weight) <= _PAIR):
        return None
    parts: list[list[int]] = []
    left = 0
    for rows in _stories(cells).values():
        if left <= 0:
            parts.append([])
            left = part
        parts[-1] += rows
        left -= sum(weight[row] for row in rows)
    return parts
