"""What an index answers: an article's row and its matches, seen from its own side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, cast, overload

from dedup import text
from dedup.records import Direction
from dedup.report.columns import TABLES, Type
from dedup.result.verdict import verdict_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dedup.pipeline import Walked
    from dedup.records import Skipped
    from dedup.result import Result, Verdict

    Row = dict[str, object]

#: The columns of articles.csv that are the verdict. The others say which article it is, and how its
#: groups are called, which a newcomer may change that is no part of where the article comes from.
VERDICT = (
    "verdict",
    "confidence",
    "agencies",
    "credited_agencies",
    "uncredited_agencies",
    "copied_share",
    "wire_share",
    "uncredited_share",
    "own_share",
    "derived_from",
    "relation",
    "reasons",
)
#: Of more than one row in so many, whole columns are taken.
_MANY = 8
#: Types of columns whose cells are tuples, which JSON has as lists.
_LISTS = (Type.LIST, Type.RANKED)
#: Which columns of the verdict those are.
_LISTED = {one.name for one in TABLES["articles"] if one.type in _LISTS} & {*VERDICT}
#: What changes its place in a match that is seen from the other side.
_SIDES = (
    ("article_id", "other_id"),
    ("start", "other_start"),
    ("end", "other_end"),
    ("n_first", "other_n_first"),
    ("n_last", "other_n_last"),
    ("containment", "other_containment"),
)


class Elsewhere(NamedTuple):
    """An article of another index that shares paragraphs with the one asked about.

    That is what the signatures of both say; where it comes from, the other index says.
    """

    record: str  #: the other index: its machine and file
    article_id: str
    paragraphs: int  #: of the one asked about, that are like one of its own
    resemblance: float  #: of the likest


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is known of one article.

    Attributes:
        row: its row of articles.csv.
        matches: its rows of matches.csv, seen from its side: ``direction`` is ``to`` where the
            other article took the passage from this one.
        paragraphs: its rows of paragraphs.csv.
        verdict: the same as a record, with the spans that it rests on.
        complete: whether everything was looked at; False only where a deadline cut it short, or
            another index is being laid into a shared store.
        elsewhere: articles of other indexes, where a store of candidates was asked.

    """

    row: Row
    matches: tuple[Row, ...]
    verdict: Verdict
    paragraphs: tuple[Row, ...] = ()
    complete: bool = True
    elsewhere: tuple[Elsewhere, ...] | None = None

    def said(self) -> Row:
        """Give the answer as one JSON object: the row, its matches, whether it is complete."""
        said = {**self.row, "matches": list(self.matches), "complete": self.complete}
        if self.elsewhere is not None:
            said["elsewhere"] = [place._asdict() for place in self.elsewhere]
        return said


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a change of an index brought about.

    Answers are put together when they are read, for whoever adds very many reads few.

    Attributes:
        answers: of the articles that were added, in their order, those already there included.
        changed: of the others whose verdict is another one now, by id.
        removed: the ids that are gone.
        skipped: what could not be used.

    """

    answers: Sequence[Answer] = ()
    changed: Sequence[Answer] = ()
    removed: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry of the feed of changes.

    Attributes:
        number: counts up, from 1.
        at: when it was stored, ISO 8601 in UTC.
        article_id: the article.
        change: ``added``, ``changed``, ``removed`` or ``expired``.
        former: what its verdict was, None where it had none.
        verdict: what it is now, None where it has none.

    """

    number: int
    at: str
    article_id: str
    change: str
    former: Row | None
    verdict: Row | None

    def said(self) -> Row:
        """Give the entry as one JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


class Said(NamedTuple):
    """What was said of an article, and with whom in view.

    Attributes:
        row: its verdict.
        beside: the ids of those it shares passages with, sorted.
        about: the ids of those that tell of one event with it, sorted.

    """

    row: Row
    beside: tuple[str, ...] = ()
    about: tuple[str, ...] = ()

    @property
    def linked(self) -> set[str]:
        """All of these."""
        return {*self.beside, *self.about}


class Found(NamedTuple):
    """What a walk found: the tables, the answers in them, and its steps."""

    result: Result
    answers: Answers
    walked: Walked


class Answers:
    """Takes the answers on single articles out of the tables of all."""

    def __init__(self, result: Result) -> None:
        """Take the tables."""
        self._tables = result.tables
        names = self._tables["articles"]["article_id"]
        self._places = {str(name): row for row, name in enumerate(names)}
        self._matches: dict[str, list[int]] = defaultdict(list)
        sides = (self._tables["matches"]["article_id"], self._tables["matches"]["other_id"])
        for row, pair in enumerate(zip(*sides, strict=True)):
            for name in pair:
                self._matches[str(name)].append(row)

    def verdicts(self) -> dict[str, Row]:
        """Give all verdicts, by id."""
        table = self._tables["articles"]
        columns = (map(_listed, table[n]) if n in _LISTED else table[n] for n in VERDICT)
        rows = zip(*columns, strict=True)
        return {
            name: dict(zip(VERDICT, row, strict=True))
            for name, row in zip(self._places, rows, strict=True)
        }

    def later(self, names: Iterable[str]) -> Sequence[Answer]:
        """Give the answers on some articles, which are put together when they are read."""
        return _Later(self, asked) if (asked := tuple(names)) else ()

    def of(self, names: Iterable[str]) -> tuple[Answer, ...]:
        """Give the answers on some articles."""
        asked = list(names)
        told = [row for name in asked for row in self._paragraphs.get(name, ())]
        matched = [row for name in asked for row in self._matches[name]]
        paragraphs, matches = self._rows("paragraphs", told), self._rows("matches", matched)
        articles = self._rows("articles", [self._places[name] for name in asked])
        return tuple(
            Answer(
                row=articles[self._places[name]],
                matches=self._seen(name, [matches[row] for row in self._matches[name]]),
                verdict=verdict_of(self._tables, name),
                paragraphs=tuple(paragraphs[row] for row in self._paragraphs.get(name, ())),
            )
            for name in asked
        )

    def _rows(self, name: str, rows: Sequence[int]) -> dict[int, Row]:
        """Give some rows of a table; of a few among many each cell is fetched by itself."""
        table, told = self._tables[name], TABLES[name]
        columns: list[Iterable[object]] = []
        for column in told:
            cells = table[column.name]
            if _MANY * len(rows) > len(cells):
                cells = [*cells]
            asked = [cells[row] for row in rows]
            columns.append(map(_listed, asked) if column.type in _LISTS else asked)
        names = [column.name for column in told]
        cells_of = zip(*columns, strict=True)
        return {
            row: dict(zip(names, of, strict=True)) for row, of in zip(rows, cells_of, strict=True)
        }

    @cached_property
    def _paragraphs(self) -> Mapping[str, list[int]]:
        """The rows of paragraphs.csv of each article."""
        rows: dict[str, list[int]] = defaultdict(list)
        for row, name in enumerate(self._tables["paragraphs"]["article_id"]):
            rows[str(name)].append(row)
        return rows

    def _seen(self, name: str, matches: Sequence[Row]) -> tuple[Row, ...]:
        """Give matches as an article sees them, in order."""
        seen = [row if row["article_id"] == name else self._turned(name, row) for row in matches]
        seen.sort(key=lambda m: (str(m["other_id"]), m["start"], m["end"], m["other_start"]))
        return tuple(seen)

    def _turned(self, name: str, row: Row) -> Row:
        """Give a match as its other article sees it."""
        turned = dict(row)
        for here, there in _SIDES:
            turned[here], turned[there] = row[there], row[here]
        lag = cast("int | None", row["lag_seconds"])
        turned["words"] = self._words(
            name, cast("int", row["other_start"]), cast("int", row["other_end"])
        )
        turned["lag_seconds"] = None if lag is None else -lag
        if row["direction"] == Direction.FROM:
            turned["direction"] = str(Direction.TO)
        return turned

    def _words(self, name: str, start: int, end: int) -> int:
        """Count the words of a stretch of an article."""
        said = str(self._tables["articles"]["text"][self._places[name]])
        first, last = text.tokenize([said]).start.searchsorted((start, end)).tolist()
        return int(last - first)


def _listed(cell: object) -> list[object]:
    """A cell of several strings, as JSON has it."""
    return list(cast("Sequence[object]", cell))


class _Later(Sequence[Answer]):
    """Answers on some articles, all of them put together when the first is read."""

    __hash__ = None  # type: ignore[assignment]  # like a list's

    def __init__(self, answers: Answers, names: tuple[str, ...]) -> None:
        self._answers, self._names = answers, names

    @cached_property
    def _made(self) -> tuple[Answer, ...]:
        return self._answers.of(self._names)

    @overload
    def __getitem__(self, place: int) -> Answer: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Answer]: ...
    def __getitem__(self, place: int | slice) -> Answer | Sequence[Answer]:
        return self._made[place]

    def __len__(self) -> int:
        return len(self._names)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._made == tuple(other)


def moved(before: Mapping[str, Said], now: Mapping[str, Said]) -> list[str]:
    """Name the articles that were there and whose verdict is another one now, sorted."""
    return sorted(
        name for name, one in now.items() if name in before and before[name].row != one.row
    )
