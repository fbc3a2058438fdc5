"""Rows as the desk tells them: those of report.json, each article under a headline."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dedup import text
from dedup.index import VERDICT
from dedup.report.catalogue import LANGUAGES, catalogue
from dedup.report.columns import QUOTING, TABLES, Type, json_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dedup.records import Article
    from dedup.report.columns import Column, Columns

    Row = dict[str, object]

#: Characters of a text that stand for a headline where it has none.
_OPENING = 110


def row_at(table: str, columns: Columns, row: int) -> Row:
    """Give one row of a table as report.json has it."""
    return {c.name: _told(table, c, columns[c.name][row]) for c in json_columns(table)}


def row_of(table: str, cells: Mapping[str, object]) -> Row:
    """Give a row that stands by itself as report.json has it."""
    return {c.name: _told(table, c, cells[c.name]) for c in TABLES[table]}


def _told(table: str, column: Column, cell: object) -> object:
    """Null stands for empty text, but an article's own text is text even where it is empty."""
    if column.type is Type.TEXT and QUOTING.get(table) != column.name:
        return cell or None
    return cell


def row_of_record(article: Article, verdict: Mapping[str, object]) -> Row:
    """Give an article's row, as report.json has it, as far as the record knows it.

    Its groups are those of an article alone.

    Args:
        article: as it is stored.
        verdict: the one that is stored of it.

    """
    cells: Row = {
        "article_id": article.id,
        "words": len(text.tokenize([article.text]).start),
        "cluster_id": article.id,
        "story_id": article.id,
        **{name: verdict[name] for name in VERDICT},
    }
    columns = json_columns("articles")
    cells |= {c.name: getattr(article, c.name) for c in columns if c.name not in cells}
    return {column.name: _told("articles", column, cells[column.name]) for column in columns}


def verdict_of_record(verdict: Mapping[str, object]) -> Row:
    """Give a verdict that is stored as columns of report.json."""
    columns = (column for column in TABLES["articles"] if column.name in VERDICT)
    return {column.name: _told("articles", column, verdict[column.name]) for column in columns}


def addressed(name: str) -> str:
    """An id as an address can carry it: a lone surrogate has no percent-encoding."""
    return name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def headline(row: Mapping[str, object], said: str) -> str:
    """Name an article: by its headline, else by how its text begins, else by its id."""
    if row["title"]:
        return str(row["title"])
    opening = " ".join(said[: 4 * _OPENING].split())
    if len(opening) > _OPENING:
        opening = f"{opening[:_OPENING].rsplit(' ', 1)[0].rstrip(' ,;:.–-')}…"
    return opening or str(row["article_id"])


def credit_lines(
    row: Mapping[str, object], name_of: Callable[[str], str | None], house: str = ""
) -> list[Row]:
    """Give a credit line for each agency that an article goes back to and does not name.

    Without a line of the house's own it is in the article's language, as far as pages have it.

    Args:
        row: of articles.csv.
        name_of: an agency's name in print, None where it is not known.
        house: the house's own line, with ``{agency}`` where the name stands.

    """
    whole = row["verdict"] in {"wire_copy", "rewritten_wire"}
    whole = whole and len(cast("Sequence[str]", row["agencies"])) == 1
    language = str(row.get("language") or "").partition("-")[0]
    words = catalogue(language if language in LANGUAGES else "en")
    usual = words.say("Source: {agency}") if whole else words.say("With inputs from {agency}")
    lines: list[Row] = []
    for agency in cast("Sequence[str]", row["uncredited_agencies"]):
        name = name_of(agency) or agency
        line = (house or usual).replace("{agency}", name)
        lines.append({"agency": agency, "name": name, "line": line})
    return lines
