"""One article's verdict as a record, with the spans that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dedup.errors import ReportError
from dedup.records import Attribution, Direction, Kind, Label, Relation, Reuse, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dedup.report.columns import Columns, Tables


class Evidence(NamedTuple):
    """A passage of the article aligned with one of another; offsets in code points of each."""

    start: int
    end: int
    other_id: str
    other_start: int
    other_end: int
    kind: Reuse
    score: float
    direction: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an article is, how sure that is, and why."""

    article_id: str
    label: Label
    confidence: float  #: 0 to 1
    relation: Relation
    derived_from: str  #: the article it took most words from; empty without one in the corpus
    agencies: tuple[str, ...]
    credited_agencies: tuple[str, ...]
    uncredited_agencies: tuple[str, ...]
    reasons: tuple[str, ...]  #: strongest first, each naming paragraphs
    evidence: tuple[Evidence, ...]  #: what it took, or shares in unknown order, by offset
    attributions: tuple[Attribution, ...]


def verdict_of(tables: Tables, article_id: str) -> Verdict:
    """Put one article's verdict together from the tables.

    Raises:
        ReportError: where no article has that id.

    """
    articles = tables["articles"]
    try:
        row = articles["article_id"].index(article_id)
    except ValueError:
        message = f"No article of this report has the id {article_id!r}."
        raise ReportError(message) from None
    cell = {name: cells[row] for name, cells in articles.items()}
    return Verdict(
        article_id=article_id,
        label=Label(str(cell["verdict"])),
        confidence=_real(cell["confidence"]),
        relation=Relation(str(cell["relation"])),
        derived_from=str(cell["derived_from"]),
        agencies=_strings(cell["agencies"]),
        credited_agencies=_strings(cell["credited_agencies"]),
        uncredited_agencies=_strings(cell["uncredited_agencies"]),
        reasons=_strings(cell["reasons"]),
        evidence=tuple(sorted(_evidence(tables["matches"], article_id))),
        attributions=tuple(_attributions(tables["attributions"], article_id)),
    )


def _evidence(matches: Columns, article_id: str) -> Iterator[Evidence]:
    """The passages it took; where the order is unknown, from whichever side they are listed."""
    for row in _rows(matches["article_id"], article_id):
        yield _passage({name: cells[row] for name, cells in matches.items()})
    for row in _rows(matches["other_id"], article_id):
        cell = {name: cells[row] for name, cells in matches.items()}
        if cell["direction"] != Direction.FROM:
            yield _passage(
                cell
                | {
                    "start": cell["other_start"],
                    "end": cell["other_end"],
                    "other_id": cell["article_id"],
                    "other_start": cell["start"],
                    "other_end": cell["end"],
                }
            )


def _passage(cell: Mapping[str, object]) -> Evidence:
    return Evidence(
        start=_integer(cell["start"]),
        end=_integer(cell["end"]),
        other_id=str(cell["other_id"]),
        other_start=_integer(cell["other_start"]),
        other_end=_integer(cell["other_end"]),
        kind=Reuse(str(cell["kind"])),
        score=_real(cell["score"]),
        direction=Direction(str(cell["direction"])),
    )


def _attributions(table: Columns, article_id: str) -> Iterator[Attribution]:
    for row in _rows(table["article_id"], article_id):
        yield Attribution(
            n=_integer(table["n"][row]),
            start=_integer(table["start"][row]),
            end=_integer(table["end"][row]),
            text=str(table["text"][row]),
            agency=str(table["agency"][row]),
            kind=Kind(str(table["kind"][row])),
            scope=Scope(str(table["scope"][row])),
            is_agency=bool(table["is_agency"][row]),
        )


def _rows(cells: Sequence[object], wanted: str) -> list[int]:
    return [row for row, cell in enumerate(cells) if cell == wanted]


def _strings(cell: object) -> tuple[str, ...]:
    return tuple(map(str, cell)) if isinstance(cell, tuple) else ()


def _integer(cell: object) -> int:
    return cell if isinstance(cell, int) else 0  # of a metadata attribution: no place


def _real(cell: object) -> float:
    return cell if isinstance(cell, float) else 0.0
