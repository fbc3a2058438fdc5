"""What the desk shows of an index: rows of its layout, looked up as they are asked for."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any, cast

from dedup.desk.laying import ROWS
from dedup.desk.replies import RefusedError
from dedup.desk.rows import addressed
from dedup.desk.story import drawn
from dedup.report.columns import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from dedup.report.columns import Columns

    Row = dict[str, object]

#: The orders of a list.
ORDERS: Mapping[str, str] = {
    "newest": "at IS NULL, at DESC, place",
    "oldest": "at IS NULL, at, place",
    "shared": "shared DESC, place",
    "silent": "uncredited DESC, place",
    "outlet": "publisher, place",
    "id": "place",
}
#: What a filter may ask of an article besides its words.
_EQUAL = ("verdict", "publisher")


class Views:
    """One layout, opened for reading.

    Attributes:
        folder: the layout's.
        stats: what the index held, and what was found in it.
        generation: how often the index had been changed, as far as the layout is sure to know.
        last: the number of the last entry of the feed then.
        whole: whether all tables are laid out, and not the list of articles alone.

    """

    def __init__(self, folder: Path) -> None:
        """Open a layout."""
        self.folder = folder
        path = (folder / ROWS).absolute().as_uri()
        self._connection = sqlite3.connect(f"{path}?mode=ro&immutable=1", uri=True)
        notes = {name: json.loads(value) for name, value in self._all("SELECT * FROM notes")}
        self.stats = cast("Row", notes["stats"])
        self.generation = cast("int", notes["generation"])
        self.last = cast("int", notes["last"])
        self.whole = cast("bool", notes["whole"])

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @property
    def names(self) -> Mapping[str, str]:
        """The names of agencies in print, by id."""
        return cast("Mapping[str, str]", self.stats["agency_names"])

    def listed(self, given: Mapping[str, object], gone: Collection[str]) -> tuple[int, list[Row]]:
        """Give a page of the articles that a filter asks for, and how many there are.

        Args:
            given: the filter (see `_filter`), ``order``, ``offset`` and ``limit``.
            gone: the ids of articles that are no longer in the index.

        """
        where, values = _filter(given, gone)
        ((total,),) = self._all(f"SELECT count(*) FROM articles {where}", values)
        query = f"SELECT place FROM articles {where} {_order(given)} LIMIT ? OFFSET ?"
        places = self._all(query, [*values, given["limit"], given["offset"]])
        return cast("int", total), self._at(places)

    def columns(self, given: Mapping[str, object], gone: Collection[str]) -> Columns:
        """Give the articles that a filter asks for, as columns of articles.csv."""
        where, values = _filter(given, gone)
        places = self._all(f"SELECT place FROM articles {where} {_order(given)}", values)
        rows = self._at(places)
        return {c.name: [row[c.name] for row in rows] for c in TABLES["articles"]}

    def article(self, name: str, gone: Collection[str]) -> Row | None:
        """Give all that is known of one article, and the list's rows of those it shares with.

        Args:
            name: its id.
            gone: the ids of articles that are no longer in the index.

        """
        place = self._place(name)
        if place is None:
            return None
        ((row, said),) = self._all("SELECT row, text FROM told WHERE place = ?", [place])
        article, text = json.loads(row), json.loads(said)
        named = article.pop("headline")
        matches, others = self._matches(place, gone)
        return {
            "article": {**article, "text": text, "headline": named},
            "paragraphs": [
                {**paragraph, "text": text[paragraph["start"] : paragraph["end"]]}
                for paragraph in self._of("paragraphs", place)
            ],
            "matches": matches,
            "attributions": self._of("attributions", place),
            "others": self._at((other,) for other in sorted(others)),
        }

    def some(self, names: Iterable[str]) -> list[Row]:
        """Give the list's rows of some articles, those that are there, by id."""
        found = {self._place(name) for name in names} - {None}
        return self._at((place,) for place in sorted(cast("set[int]", found)))

    def story(self, name: str, gone: Collection[str]) -> Row:
        """Give one story and its articles, the first published first.

        Raises:
            RefusedError: where there is none of this id.

        """
        place = self._place(name)
        found = self._rows("SELECT row FROM stories WHERE story = ?", [place])
        if not found:
            raise RefusedError(404, "the index holds no story of this id")
        places = self._all("SELECT place FROM articles WHERE story = ? ORDER BY place", [place])
        rows = [row for row in self._at(places) if row["article_id"] not in gone]
        rows.sort(key=lambda row: str(row["published_at"] or "~"))
        query = (
            "SELECT row FROM matches WHERE article IN (SELECT place FROM articles WHERE story = ?1)"
            " OR other IN (SELECT place FROM articles WHERE story = ?1) ORDER BY place"
        )
        matches = [m for m in self._rows(query, [place]) if not _gone(m, gone)]
        return {"story": found[0], "articles": rows, **drawn(rows, matches)}

    def stories(self, first: int, count: int) -> list[Row]:
        """Give some stories, those with most articles first, each under a headline."""
        query = "SELECT row, headline FROM stories ORDER BY articles DESC, place LIMIT ? OFFSET ?"
        found = self._all(query, [count, first])
        return [{**json.loads(row), "headline": json.loads(line)} for row, line in found]

    def rows(self, table: str, first: int, count: int) -> list[Row]:
        """Give some rows of a table, as report.json has them."""
        values = [first, first + count]
        if table in {"articles", "paragraphs"}:
            return [*self._with_text(table, values)]
        return self._rows(
            f"SELECT row FROM {table} WHERE place >= ? AND place < ? ORDER BY place", values
        )

    def _with_text(self, table: str, values: Iterable[object]) -> Iterator[Row]:
        """Yield rows of a table, each with what it quotes."""
        query = "SELECT row, text FROM told WHERE place >= ? AND place < ? ORDER BY place"
        if table == "paragraphs":
            query = (
                "SELECT p.row, text FROM paragraphs AS p JOIN told ON told.place = article "
                "WHERE p.place >= ? AND p.place < ? ORDER BY p.place"
            )
        for cells in self._all(query, values):
            row, text = map(json.loads, cells)
            row.pop("headline", None)
            if table == "paragraphs":
                text = text[row["start"] : row["end"]]
            yield {**row, "text": text}

    def size(self, table: str) -> int:
        """Count the rows of a table."""
        ((count,),) = self._all(f"SELECT count(*) FROM {table}")
        return cast("int", count)

    def _place(self, name: str) -> int | None:
        """Where an article stands, None where there is none of this id."""
        ((place,),) = self._all("SELECT max(place) FROM articles WHERE id = ?", [addressed(name)])
        return cast("int | None", place)

    def _matches(self, place: int, gone: Collection[str]) -> tuple[list[Row], set[int]]:
        """Give the matches of an article, and where those stand that it shares with."""
        query = (
            "SELECT article, other, row FROM matches WHERE article = ? OR other = ? ORDER BY place"
        )
        matches, others = [], set()
        for article, other, row in self._all(query, [place, place]):
            match = json.loads(row)
            if not _gone(match, gone):
                matches.append(match)
                others |= {cast("int", article), cast("int", other)}
        return matches, others - {place}

    def _at(self, places: Iterable[tuple[object, ...]]) -> list[Row]:
        """Give the list's rows of the articles at some places, in their order."""
        query = "SELECT row FROM told WHERE place = ?"
        return [json.loads(self._all(query, place)[0][0]) for place in places]

    def _of(self, table: str, article: int) -> list[Row]:
        """Give an article's rows of a table."""
        return self._rows(f"SELECT row FROM {table} WHERE article = ? ORDER BY place", [article])

    def _rows(self, query: str, values: Iterable[object] = ()) -> list[dict[str, Any]]:
        return [json.loads(row) for (row,) in self._all(query, values)]

    def _all(self, query: str, values: Iterable[object] = ()) -> list[tuple[str, ...]]:
        return self._connection.execute(query, tuple(values)).fetchall()


def _gone(match: Mapping[str, object], gone: Collection[str]) -> bool:
    """Whether one of the articles of a match is no longer there."""
    return match["article_id"] in gone or match["other_id"] in gone


def _filter(given: Mapping[str, object], gone: Collection[str]) -> tuple[str, list[object]]:
    """Say in SQL which articles are asked for.

    Args:
        given: ``q`` (words that all stand in headline, outlet, id, time, language or agencies),
            ``verdict``, ``agency``, ``publisher``, ``silent`` (an agency is not credited),
            ``id`` (these alone).
        gone: ids of articles that are left out.

    """
    asked: list[str] = []
    values: list[object] = []
    for column in _EQUAL:
        if wanted := given.get(column):
            asked.append(f"{column} = ?")
            values.append(wanted)
    if agency := given.get("agency"):
        asked.append("instr(agencies, ?)")
        values.append(f";{agency};")
    if given.get("silent"):
        asked.append("silent")
    for word in str(given.get("q") or "").casefold().split():
        asked.append("instr(words, ?)")
        values.append(word)
    for names, how in ((given.get("id"), "IN"), (gone, "NOT IN")):
        if ids := list(map(addressed, cast("Collection[str]", names or ()))):
            asked.append(f"id {how} (SELECT value FROM json_each(?))")
            values.append(json.dumps(ids))
    return (f"WHERE {' AND '.join(asked)}" if asked else ""), values


def _order(given: Mapping[str, object]) -> str:
    return f"ORDER BY {ORDERS[str(given.get('order') or 'newest')]}"
