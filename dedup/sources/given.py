"""Articles that a program hands over: records, mappings, a DataFrame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.records import Article, Skipped
from dedup.sources import ninjs
from dedup.sources.opening import RefusedError
from dedup.sources.record import KNOWN, Place, article, checked, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

_LIMIT = 10_000_000  # characters an article
_ROWS = 1024  # rows at a time


def from_records(items: Iterable[Article | Mapping[str, object]]) -> Iterator[Article | Skipped]:
    """Yield the articles that ``items`` are or describe; one without an id is ``#`` and its number.

    Args:
        items: articles, or mappings with the fields of a record (``text`` at least) or of ninjs.

    """
    for number, item in enumerate(items, 1):
        try:
            yield _given(item, number)
        except RefusedError as error:
            yield Skipped(_name(item), str(number), str(error))


def from_frame(frame: pd.DataFrame) -> Iterator[Article | Skipped]:
    """Yield the articles of a table's rows, its columns read as the fields of a record.

    The id is that of column ``id`` or ``article_id``, else ``#`` and the number of the row from 1.
    """
    if "text" not in frame.columns:
        reason = f"the table has no column 'text' (its columns: {listed(frame.columns)})"
        yield Skipped("", "", reason)
        return
    known = frame.loc[:, [name for name in KNOWN if name in frame.columns]]
    yield from from_records(_rows(known))


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, object]]:
    names = [str(name) for name in frame.columns]
    for start in range(0, len(frame), _ROWS):
        part = frame.iloc[start : start + _ROWS]
        cells = zip(*(part.iloc[:, at].tolist() for at in range(len(names))), strict=True)
        for row in cells:
            yield dict(zip(names, row, strict=True))


def _given(item: Article | Mapping[str, object], number: int) -> Article:
    if isinstance(item, Article):
        checked(item.text, _LIMIT)
        return item if item.id else replace(item, id=f"#{number}")
    if isinstance(item, Mapping):
        place = Place("", f"#{number}", _LIMIT)
        return ninjs.article(item, {}, place) if ninjs.is_item(item) else article(item, place)
    message = f"it is neither an article nor a record but of type {type(item).__name__}"
    raise RefusedError(message)


def _name(item: object) -> str:
    """Return what an unusable item is called in the report."""
    if isinstance(item, Article):
        return item.path or item.id
    name = item.get("id") if isinstance(item, Mapping) else None
    return name if isinstance(name, str) else ""
