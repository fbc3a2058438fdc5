"""What an index holds, as the desk shows it: lists, single articles, stories, whole tables."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, cast

from dedup import times
from dedup.desk.replies import RefusedError
from dedup.report import Document, wording
from dedup.report.columns import QUOTING, TABLES, Type, json_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dedup.report.columns import Column, Columns
    from dedup.result import Result

    Row = dict[str, object]

#: Characters of a text that stand for a headline where it has none.
_OPENING = 110
#: The orders of a list: the column that decides, and whether the greatest comes first.
ORDERS: Mapping[str, tuple[str, bool]] = {
    "newest": ("published_at", True),
    "oldest": ("published_at", False),
    "shared": ("copied_share", True),
    "silent": ("uncredited_share", True),
    "outlet": ("publisher", False),
    "id": ("article_id", False),
}


class Views:
    """The tables of an index at one moment, and what is looked up in them."""

    def __init__(self, result: Result) -> None:
        """Take the tables."""
        self.tables = result.tables
        self.run = result.run
        self.names = wording.agency_names(self._document)

    @property
    def _document(self) -> Document:
        return Document(run=self.run, tables=self.tables)

    def sentences(self) -> Row:
        """Say what was found, what is not shared, and what could not be known."""
        document = self._document
        return {
            "finding": wording.finding(document),
            "nothing_shared": wording.nothing_shared(document),
            "limit": wording.limit(document),
            "wire_in_corpus": bool(self.run.get("wire_in_corpus")),
            "verdicts": wording.verdict_counts(document),
            "agency_names": self.names,
        }

    def places(self, given: Mapping[str, object]) -> list[int]:
        """Find the articles that a filter asks for, in the order that it asks for.

        Args:
            given: ``q`` (words that all stand in headline, outlet, id, time, language or agencies),
                ``verdict``, ``agency``, ``publisher``, ``silent`` (an agency is not credited),
                ``id`` (these alone), ``order``.

        """
        table = self.tables["articles"]
        rows: Iterable[int] = range(len(table["article_id"]))
        if ids := cast("list[str]", given.get("id")):
            rows = [self.place[name] for name in map(addressed, ids) if name in self.place]
        if words := str(given.get("q") or "").casefold().split():
            rows = [r for r in rows if all(word in self._haystack[r] for word in words)]
        for column in ("verdict", "publisher"):
            if wanted := given.get(column):
                rows = [row for row in rows if table[column][row] == wanted]
        if agency := given.get("agency"):
            rows = [
                row for row in rows if agency in cast("tuple[str, ...]", table["agencies"][row])
            ]
        if given.get("silent"):
            rows = [row for row in rows if table["uncredited_agencies"][row]]
        column, falling = ORDERS[str(given.get("order") or "newest")]
        if column != "published_at":
            cells = cast("Sequence[str]", table[column])
            return sorted(rows, key=lambda row: cells[row], reverse=falling)
        found = list(rows)
        dated = {
            row: when.earliest for row in found if (when := times.parse(str(table[column][row])))
        }
        undated = [row for row in found if row not in dated]
        return sorted(dated, key=lambda row: dated[row], reverse=falling) + undated

    def listed(self, row: int) -> Row:
        """Give an article as a list shows it: its row, without its text, with a headline."""
        shown = row_at("articles", self.tables["articles"], row)
        text = shown.pop("text")
        return {**shown, "headline": headline(shown, str(text or ""))}

    def article(self, name: str) -> Row:
        """Give all that is known of one article, and the list's rows of those it shares with.

        Raises:
            RefusedError: where there is none of this id.

        """
        row = self._found(self.place, name, "article")
        found = row_at("articles", self.tables["articles"], row)
        true_name = str(found["article_id"])
        matches = self._rows("matches", self._matches[true_name])
        sides = {str(m[side]) for m in matches for side in ("article_id", "other_id")}
        others = [self.place[addressed(other)] for other in sorted(sides - {true_name})]
        return {
            "article": {**found, "headline": headline(found, str(found["text"]))},
            "paragraphs": self._rows("paragraphs", self._paragraphs[true_name]),
            "matches": matches,
            "attributions": self._rows("attributions", self._attributions[true_name]),
            "others": [self.listed(other) for other in others],
            "credit_lines": credit_lines(found, self.names.get),
        }

    def story(self, name: str) -> Row:
        """Give one story and its articles, the first published first.

        Raises:
            RefusedError: where there is none of this id.

        """
        row = self._found(self._stories, name, "story")
        table = self.tables["stories"]
        times = self.tables["articles"]["published_at"]
        rows = sorted(
            self._members[str(table["story_id"][row])], key=lambda r: str(times[r]) or "~"
        )
        found = row_at("stories", table, row)
        return {"story": found, "articles": [self.listed(member) for member in rows]}

    def stories(self, first: int, count: int) -> list[Row]:
        """Give some stories, those with most articles first, each under a headline."""
        table, place = self.tables["stories"], self.place
        size = cast("Sequence[int]", table["articles"])
        rows = sorted(range(len(size)), key=lambda row: -size[row])[first : first + count]
        found = []
        for row in rows:
            story = row_at("stories", table, row)
            lead = place[addressed(str(story["first_article_id"] or story["story_id"]))]
            found.append({**story, "headline": self.listed(lead)["headline"]})
        return found

    def rows(self, table: str, first: int, count: int) -> list[Row]:
        """Give some rows of a table."""
        return self._rows(table, range(first, min(first + count, self.size(table))))

    def size(self, table: str) -> int:
        """Count the rows of a table."""
        return len(self.tables[table][TABLES[table][0].name])

    def columns(self, table: str, places: Sequence[int] | None = None) -> Columns:
        """Give the columns of a CSV table, of some of its rows where they are named."""
        cells = {c.name: self.tables[table][c.name] for c in TABLES[table]}
        if places is None:
            return cells
        return {name: [column[row] for row in places] for name, column in cells.items()}

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each article stands, by its id as an address can carry it."""
        return self._by_address("articles", "article_id")

    @cached_property
    def _stories(self) -> Mapping[str, int]:
        return self._by_address("stories", "story_id")

    @cached_property
    def _members(self) -> Mapping[str, list[int]]:
        return self._rows_by("articles", "story_id")

    @cached_property
    def _paragraphs(self) -> Mapping[str, list[int]]:
        return self._rows_by("paragraphs", "article_id")

    @cached_property
    def _attributions(self) -> Mapping[str, list[int]]:
        return self._rows_by("attributions", "article_id")

    @cached_property
    def _matches(self) -> Mapping[str, list[int]]:
        return self._rows_by("matches", "article_id", "other_id")

    @cached_property
    def _haystack(self) -> list[str]:
        """What is searched of each article."""
        return [self._searched(row) for row in range(self.size("articles"))]

    def _searched(self, row: int) -> str:
        shown = self.listed(row)
        agencies = cast("tuple[str, ...]", shown["agencies"])
        words = [shown[name] for name in ("headline", "article_id", "publisher", "published_at")]
        words += [shown["language"], *agencies, *(self.names.get(a, a) for a in agencies)]
        return "\n".join(str(word or "") for word in words).casefold()

    def _by_address(self, table: str, column: str) -> dict[str, int]:
        names = self.tables[table][column]
        return {addressed(str(name)): row for row, name in enumerate(names)}

    def _rows_by(self, table: str, *columns: str) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        sides = (self.tables[table][column] for column in columns)
        for row, names in enumerate(zip(*sides, strict=True)):
            for name in names:
                found[str(name)].append(row)
        return found

    def _rows(self, table: str, places: Iterable[int]) -> list[Row]:
        return [row_at(table, self.tables[table], row) for row in places]

    def _found(self, places: Mapping[str, int], name: str, what: str) -> int:
        row = places.get(addressed(name))
        if row is None:
            raise RefusedError(404, f"the index holds no {what} of this id")
        return row


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


def addressed(name: str) -> str:
    """An id as an address can carry it: a lone surrogate has no percent-encoding."""
    return name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def headline(row: Mapping[str, object], text: str) -> str:
    """Name an article: by its headline, else by how it begins, else by its id."""
    if row["title"]:
        return str(row["title"])
    opening = " ".join(text[: 4 * _OPENING].split())
    if len(opening) > _OPENING:
        opening = f"{opening[:_OPENING].rsplit(' ', 1)[0].rstrip(' ,;:.–-')}…"
    return opening or str(row["article_id"])


def credit_lines(row: Mapping[str, object], name_of: Callable[[str], str | None]) -> list[Row]:
    """Give a credit line for each agency that an article goes back to and does not name.

    Args:
        row: of articles.csv.
        name_of: an agency's name in print, None where it is not known.

    """
    whole = row["verdict"] in {"wire_copy", "rewritten_wire"}
    lines: list[Row] = []
    for agency in cast("Sequence[str]", row["uncredited_agencies"]):
        name = name_of(agency) or agency
        line = f"Source: {name}" if whole else f"With inputs from {name}"
        lines.append({"agency": agency, "name": name, "line": line})
    return lines
