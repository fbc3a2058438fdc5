"""What a report says, in the shape in which it is scored."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

from dedup.records import Direction, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedup.result import Result

_TURNED = {Direction.FROM: Direction.TO, Direction.UNKNOWN: Direction.UNKNOWN}


class Passage(NamedTuple):
    """One side of a match: ``start:end`` of this article is shared with the other."""

    start: int
    end: int
    other: str
    other_start: int
    other_end: int
    kind: str
    way: Direction  #: seen from this article


class Named(NamedTuple):
    """An attribution; one in the metadata has no place in the text, and stands at its begin."""

    start: int
    end: int
    agency: str
    kind: str
    is_agency: bool


class Said(NamedTuple):
    """What articles.csv says of an article."""

    verdict: str = "missing"
    agencies: frozenset[str] = frozenset()
    uncredited: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Report:
    """A report by article; an article that it lacks has said nothing."""

    said: Mapping[str, Said]
    passages: Mapping[str, list[Passage]]
    attributions: Mapping[str, list[Named]]


def read(result: Result) -> Report:
    """Bring a result's tables into the shape in which they are scored."""
    said = {
        str(row["article_id"]): Said(
            str(row["verdict"]), _strings(row["agencies"]), _strings(row["uncredited_agencies"])
        )
        for row in _rows(result, "articles")
    }
    passages: dict[str, list[Passage]] = defaultdict(list)
    for row in _rows(result, "matches"):
        for article, passage in _sides(row):
            passages[article].append(passage)
    attributions: dict[str, list[Named]] = defaultdict(list)
    for row in _rows(result, "attributions"):
        agency, kind = str(row["agency"]), str(row["kind"])
        place = (0, 0) if kind == Kind.METADATA else _span(row, "start", "end")
        named = Named(*place, agency, kind, bool(row["is_agency"]))
        attributions[str(row["article_id"])].append(named)
    return Report(said, passages, attributions)


def _rows(result: Result, table: str) -> Iterator[Mapping[str, object]]:
    columns = result.tables[table]
    for row in zip(*columns.values(), strict=True):
        yield dict(zip(columns, row, strict=True))


def _sides(row: Mapping[str, object]) -> Iterator[tuple[str, Passage]]:
    """Give a match as each of its two articles sees it."""
    way = Direction(str(row["direction"]))
    here, there = _span(row, "start", "end"), _span(row, "other_start", "other_end")
    article, other, kind = str(row["article_id"]), str(row["other_id"]), str(row["kind"])
    yield article, Passage(*here, other, *there, kind, way)
    yield other, Passage(*there, article, *here, kind, _TURNED[way])


def _span(row: Mapping[str, object], start: str, end: str) -> tuple[int, int]:
    return cast("int", row[start]), cast("int", row[end])


def _strings(cell: object) -> frozenset[str]:
    return frozenset(cast("tuple[str, ...]", cell))
