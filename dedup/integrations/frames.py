"""pandas: ``df.dedup`` says of each row of a DataFrame where its text comes from.

::

    import dedup.integrations.frames

    df.join(df.dedup.verdicts())

The frame's columns are read as the fields of a record: ``text``, and of the others those that are
there. What comes back has the frame's own index, a row for a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dedup.detector import scan
from dedup.records import Article
from dedup.report.columns import TABLES
from dedup.result.frames import frame
from dedup.sources import from_frame

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dedup.config import Config
    from dedup.index import Index
    from dedup.records import Skipped
    from dedup.result import Result

    Row = Mapping[str, object]

#: The columns of articles.csv that say what an article is: those that a frame brings are its own.
_GIVEN = frozenset({"path", "title", "publisher", "published_at", "language"})
COLUMNS = tuple(c.name for c in TABLES["articles"] if c.name not in _GIVEN)


@pd.api.extensions.register_dataframe_accessor("dedup")
class DedupAccessor:
    """What `dedup` says of the rows of a frame."""

    def __init__(self, given: pd.DataFrame) -> None:
        """Take a frame.

        Raises:
            AttributeError: where it has no column ``text``.

        """
        if "text" not in given.columns:
            message = "a frame needs a column 'text' for df.dedup"
            raise AttributeError(message)
        self._frame = given

    def scan(self, *, config: Config | None = None) -> Result:
        """Compare the rows with each other: the tables and verdicts of `dedup.scan`."""
        return scan(self._frame, config=config)

    def verdicts(
        self, result: Result | None = None, *, config: Config | None = None
    ) -> pd.DataFrame:
        """Say of each row what it is, beside the others.

        Args:
            result: what `scan` gave, where that was asked for already.
            config: settings of the scan.

        Returns:
            The columns of articles.csv that the frame does not bring, under the frame's index.
            A row that was no article, or stood behind another with its id, is empty:
            ``result.run["skipped"]`` says why.

        """
        table = (result or self.scan(config=config)).tables["articles"]
        place = {str(name): row for row, name in enumerate(table["article_id"])}

        def said(article: Article) -> Row | None:
            row = place.get(article.id)
            if row is None or table["text"][row] != article.text:
                return None
            return {name: table[name][row] for name in COLUMNS}

        return self._beside([said(item) if isinstance(item, Article) else None for item in self])

    def check(self, index: Index) -> pd.DataFrame:
        """Say of each row what adding it to an index would say of it; nothing is stored."""
        return self._beside(
            [index.check(item).row if isinstance(item, Article) else None for item in self]
        )

    def add(self, index: Index) -> pd.DataFrame:
        """Add the rows to an index, and say of each what it is beside all that is there.

        Of several rows with one id the last is what the index holds, and the others are empty.
        """
        said = {str(a.row["article_id"]): a.row for a in index.add(self._frame).answers}
        last = {item.id: at for at, item in enumerate(self) if isinstance(item, Article)}
        rows = {at: said[name] for name, at in last.items()}
        return self._beside([rows.get(at) for at in range(len(self._frame))])

    def __iter__(self) -> Iterator[Article | Skipped]:
        """Yield the article that each row is, in order, or why it is none."""
        return from_frame(self._frame)

    def _beside(self, rows: Sequence[Row | None]) -> pd.DataFrame:
        """Lay what is said of each row beside the frame."""
        places = [at for at, row in enumerate(rows) if row is not None]
        columns = {
            c.name: [_cell(row[c.name]) if c.name in row else None for row in rows if row]
            for c in TABLES["articles"]
        }
        found = frame("articles", columns)[list(COLUMNS)].astype({"words": "Int64"})
        found.index = pd.Index(places)
        return found.reindex(range(len(rows))).set_axis(self._frame.index)


def _cell(cell: object) -> object:
    """A cell as the tables hold it: lists in JSON are tuples there."""
    return tuple(cell) if isinstance(cell, list) else cell
