"""Laying out the tables of an index, so that whatever is asked of them is looked up.

A layout is a folder: the CSV files as a scan writes them, and one SQLite file with their rows as
report.json has them, found by article, by story, and by all that a list is filtered by. It is made
by a process of its own and then never changed; the next one takes its place.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, cast

from dedup import times
from dedup.desk.rows import addressed, headline, row_at, row_of_record
from dedup.index import Glance
from dedup.report import Document, wording
from dedup.report.catalogue import LANGUAGES, catalogue
from dedup.report.columns import TABLES
from dedup.report.document import dumps
from dedup.report.table import write_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dedup.index import Index
    from dedup.report.columns import Columns, Tables
    from dedup.result import Result

    Row = dict[str, object]

#: The file of a layout that holds the rows.
ROWS = "rows.sqlite"
#: Layouts that are kept: what was asked of the former one may still be on its way out.
_KEPT = 2
#: Articles that are listed at a time.
_AT_ONCE = 512
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
  place INTEGER PRIMARY KEY, id TEXT NOT NULL, story INTEGER NOT NULL, publisher TEXT NOT NULL,
  verdict TEXT NOT NULL, agencies TEXT NOT NULL, silent INTEGER NOT NULL, shared REAL NOT NULL,
  uncredited REAL NOT NULL, at REAL, words TEXT NOT NULL);
CREATE TABLE told (place INTEGER PRIMARY KEY, row TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE paragraphs (
  place INTEGER PRIMARY KEY, article INTEGER NOT NULL, row TEXT NOT NULL);
CREATE TABLE attributions (
  place INTEGER PRIMARY KEY, article INTEGER NOT NULL, row TEXT NOT NULL);
CREATE TABLE matches (
  place INTEGER PRIMARY KEY, article INTEGER NOT NULL, other INTEGER NOT NULL, row TEXT NOT NULL);
CREATE TABLE stories (
  place INTEGER PRIMARY KEY, story INTEGER NOT NULL, articles INTEGER NOT NULL,
  headline TEXT NOT NULL, row TEXT NOT NULL);
CREATE TABLE sources (place INTEGER PRIMARY KEY, row TEXT NOT NULL);
"""
#: Made when all rows are there, which is quicker.
_LOOKED_UP_BY = """
CREATE INDEX articles_id ON articles (id);
CREATE INDEX articles_story ON articles (story);
CREATE INDEX articles_newest ON articles (at IS NULL, at DESC, place);
CREATE INDEX articles_oldest ON articles (at IS NULL, at, place);
CREATE INDEX articles_shared ON articles (shared DESC, place);
CREATE INDEX articles_silent ON articles (uncredited DESC, place);
CREATE INDEX articles_publisher ON articles (publisher, place);
CREATE INDEX paragraphs_article ON paragraphs (article);
CREATE INDEX attributions_article ON attributions (article);
CREATE INDEX matches_article ON matches (article);
CREATE INDEX matches_other ON matches (other);
CREATE INDEX stories_story ON stories (story);
CREATE INDEX stories_largest ON stories (articles DESC, place);
ANALYZE;
"""


def lay(index: Index, path: Path, folder: Path) -> Path:
    """Lay out what an index holds, where that is not done yet.

    Args:
        index: the index.
        path: its file.
        folder: where the layouts are; whatever else is there is nobody else's.

    Returns:
        The layout's folder.

    """
    with closing(Glance(path)) as glance:  # before the tables: they may be newer, never older
        generation, last = glance.generation, glance.last
    done = folder / f"{generation:012}"
    if done.exists():
        return done
    with _made(done) as part, _written(part) as connection:
        result = index.tables()
        figures = {k: v for k, v in index.stats().items() if k not in {"path", "settings"}}
        told = {**figures, **_sentences(result)}
        notes = {"stats": told, "generation": generation, "last": last, "whole": True}
        _fill(connection, _rows(result, notes))
        for name, columns in TABLES.items():
            cells = {column.name: result.tables[name][column.name] for column in columns}
            write_csv(part / f"{name}.csv", cells)
    for former in layouts(folder)[:-_KEPT]:
        shutil.rmtree(former, ignore_errors=True)
    return done


def outline(path: Path, folder: Path, names: Mapping[str, str]) -> None:
    """Lay out the list of articles alone, as the record has them, each of them in no group.

    It is older than any layout of the tables. Those of a large index take long to work out: until
    then there is something to look at.

    Args:
        path: of the index.
        folder: where the layouts are.
        names: of agencies in print, by id.

    """
    with (
        closing(Glance(path)) as glance,
        _made(folder / f"{0:012}") as part,
        _written(part) as connection,
    ):
        notes = {"stats": {"agency_names": names}, "generation": -1, "last": glance.last}
        _fill(connection, {"notes": _noted({**notes, "whole": False})})
        stored = enumerate(glance.records())
        while some := list(islice(stored, _AT_ONCE)):
            rows = [(place, row_of_record(*record)) for place, record in some]
            found_by = [_found_by(place, place, row, names) for place, row in rows]
            _fill(connection, {"articles": found_by, "told": [_told(*row) for row in rows]})


@contextmanager
def _made(done: Path) -> Iterator[Path]:
    """Make a layout in a folder that nobody looks into, and give it its name when it is whole."""
    part = Path(mkdtemp(prefix="part-", dir=done.parent))
    try:
        yield part
        part.rename(done)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


@contextmanager
def _written(part: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for the rows of a layout, which are found by many things in the end."""
    with closing(sqlite3.connect(part / ROWS)) as connection:
        connection.executescript(_SCHEMA)
        with connection:
            yield connection
        connection.executescript(_LOOKED_UP_BY)


def layouts(folder: Path) -> list[Path]:
    """Name the layouts that are there, the newest last."""
    return sorted(path for path in folder.iterdir() if path.name.isdecimal())


def _sentences(result: Result) -> Row:
    """Say what was found, what is not shared, and what could not be known, in every language."""
    document = Document(run=result.run, tables=result.tables)
    told = {
        language: {
            "finding": wording.finding(document, words),
            "nothing_shared": wording.nothing_shared(document, words),
            "limit": wording.limit(document, words),
        }
        for language, words in ((language, catalogue(language)) for language in LANGUAGES)
    }
    return {
        "sentences": told,
        "wire_in_corpus": bool(result.run.get("wire_in_corpus")),
        "verdicts": wording.verdict_counts(document),
        "agency_names": wording.agency_names(document),
    }


def _fill(
    connection: sqlite3.Connection, filled: Mapping[str, Iterable[tuple[object, ...]]]
) -> None:
    """Write rows."""
    for name, rows in filled.items():
        width = len(connection.execute(f"PRAGMA table_info({name})").fetchall())
        marks = ", ".join("?" * width)
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)


def _rows(result: Result, notes: Mapping[str, object]) -> dict[str, Iterable[tuple[object, ...]]]:
    """Give all rows of a layout."""
    tables = result.tables
    agencies = cast("Mapping[str, str]", cast("Row", notes["stats"])["agency_names"])
    places = {str(name): place for place, name in enumerate(tables["articles"]["article_id"])}
    return {
        "notes": _noted(notes),
        "articles": _articles(tables["articles"], places, agencies),
        "told": (
            _told(place, row_at("articles", tables["articles"], place)) for place in places.values()
        ),
        "paragraphs": _paragraphs(tables["paragraphs"], places),
        "attributions": _belonging("attributions", tables, places, "article_id"),
        "matches": _belonging("matches", tables, places, "article_id", "other_id"),
        "stories": _stories(tables, places),
        "sources": _belonging("sources", tables, places),
    }


def _noted(notes: Mapping[str, object]) -> Iterator[tuple[object, ...]]:
    return ((name, dumps(value)) for name, value in notes.items())


def _size(table: str, columns: Columns) -> int:
    return len(columns[TABLES[table][0].name])


def _articles(
    columns: Columns, places: Mapping[str, int], names: Mapping[str, str]
) -> Iterator[tuple[object, ...]]:
    """What articles are found by."""
    for place in range(_size("articles", columns)):
        row = row_at("articles", columns, place)
        yield _found_by(place, places[str(row["story_id"])], row, names)


def _found_by(place: int, story: int, row: Row, names: Mapping[str, str]) -> tuple[object, ...]:
    """What one article is found by."""
    agencies = cast("tuple[str, ...]", row["agencies"])
    when = times.parse(str(row["published_at"] or ""))
    return (
        place,
        addressed(str(row["article_id"])),
        story,
        addressed(str(row["publisher"] or "")),
        row["verdict"],
        f";{';'.join(agencies)};",
        int(bool(row["uncredited_agencies"])),
        row["copied_share"],
        row["uncredited_share"],
        when.earliest if when else None,
        addressed(_searched(row, agencies, names)),
    )


def _searched(row: Row, agencies: tuple[str, ...], names: Mapping[str, str]) -> str:
    """What is searched of an article."""
    words: list[object] = [headline(row, str(row["text"]))]
    words += [row[name] for name in ("article_id", "publisher", "published_at")]
    words += [row["language"], *agencies, *(names.get(agency, agency) for agency in agencies)]
    return "\n".join(str(word or "") for word in words).casefold()


def _told(place: int, row: Row) -> tuple[object, ...]:
    """An article as lists show it, under a headline, and its text."""
    text = str(row["text"])
    listed = {name: cell for name, cell in row.items() if name != "text"}
    return place, dumps({**listed, "headline": headline(row, text)}), dumps(text)


def _paragraphs(columns: Columns, places: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    """The paragraphs; their texts are the articles'."""
    bare = {**columns, "text": [""] * _size("paragraphs", columns)}
    for place in range(_size("paragraphs", columns)):
        row = row_at("paragraphs", bare, place)
        yield place, places[str(row["article_id"])], dumps(row)


def _belonging(
    table: str, tables: Tables, places: Mapping[str, int], *sides: str
) -> Iterator[tuple[object, ...]]:
    """The rows of a table, each with the places of the articles that it belongs to."""
    for place in range(_size(table, tables[table])):
        row = row_at(table, tables[table], place)
        yield place, *(places[str(row[side])] for side in sides), dumps(row)


def _stories(tables: Tables, places: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    """The stories, each under the headline of its first article."""
    for place in range(_size("stories", tables["stories"])):
        row = row_at("stories", tables["stories"], place)
        first = places[str(row["first_article_id"] or row["story_id"])]
        lead = row_at("articles", tables["articles"], first)
        named = dumps(headline(lead, str(lead["text"])))
        yield place, places[str(row["story_id"])], row["articles"], named, dumps(row)
