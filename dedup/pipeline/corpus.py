"""All articles of a scan as columns: words, paragraphs, roles, credits, times."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup import times
from dedup.records import FURNITURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from dedup.records import Article, Credits, Paragraph
    from dedup.tables import TokenTable
    from dedup.times import When


def in_time(articles: Iterable[Article]) -> list[Article]:
    """Order articles by time, the undated last, then by id.

    A cap that links very many like articles to the first of them then links them to the earliest,
    which is the best source for all.
    """

    def key(article: Article) -> tuple[float, str]:
        when = times.parse(article.published_at)
        return (when.earliest if when else math.inf, article.id)

    return sorted(articles, key=key)


class Prepared(NamedTuple):
    """What reading a batch of articles gives; one entry an article, tokens for all."""

    tokens: TokenTable
    paragraphs: tuple[tuple[Paragraph, ...], ...]
    credits: tuple[Credits, ...]
    layouts: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Corpus:
    """The articles of a scan, in time, with everything that was read in them.

    Attributes:
        articles: as the sources gave them.
        tokens: their words, end to end.
        paragraphs: with their final roles (boilerplate learned over the whole corpus included).
        credits: what each says about where it comes from.
        layouts, languages: one an article.
        outlets: each article's publisher key, "" where unknown.
        agencies: the catalogue id of the agency whose own article it is, else "".

    """

    articles: tuple[Article, ...]
    tokens: TokenTable
    paragraphs: tuple[tuple[Paragraph, ...], ...]
    credits: tuple[Credits, ...]
    layouts: tuple[str, ...]
    languages: tuple[str, ...]
    outlets: tuple[str, ...]
    agencies: tuple[str, ...]

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self.articles)

    @cached_property
    def by_id(self) -> list[int]:
        """The places of the articles, sorted by id: the order of every table."""
        return sorted(range(len(self)), key=lambda row: self.articles[row].id)

    @cached_property
    def whens(self) -> tuple[When | None, ...]:
        """The time of each article, None where unknown."""
        return tuple(times.parse(article.published_at) for article in self.articles)

    @cached_property
    def ledger(self) -> ParagraphColumns:
        """The paragraphs of all articles as columns."""
        return paragraph_columns(self.tokens, self.paragraphs)

    def words_of(self, article: int) -> slice:
        """The rows of an article's words in ``tokens``."""
        return slice(int(self.tokens.indptr[article]), int(self.tokens.indptr[article + 1]))


class ParagraphColumns(NamedTuple):
    """One row a paragraph: its article, the rows of its words, whether it tells the story."""

    article: NDArray[np.int32]
    first: NDArray[np.int64]
    last: NDArray[np.int64]  #: one past its last word
    counts: NDArray[np.bool_]


def paragraph_columns(
    tokens: TokenTable, paragraphs: Sequence[Sequence[Paragraph]]
) -> ParagraphColumns:
    """Lay the paragraphs of all articles out as columns."""
    sizes = np.array([len(rows) for rows in paragraphs], np.int64)
    article = np.repeat(np.arange(len(paragraphs), dtype=np.int32), sizes)
    start = np.array([p.start for rows in paragraphs for p in rows], np.int64)
    end = np.array([p.end for rows in paragraphs for p in rows], np.int64)
    counts = np.array([p.role not in FURNITURE for rows in paragraphs for p in rows], bool)
    # Offsets begin anew in each article: shift each article's into a range of its own.
    reach = max(int(tokens.start.max(initial=0)), int(end.max(initial=0))) + 1
    owner = np.repeat(np.arange(len(paragraphs)), np.diff(tokens.indptr))
    at = tokens.start + owner * reach
    return ParagraphColumns(
        article,
        np.searchsorted(at, start + article * reach),
        np.searchsorted(at, end + article * reach),
        counts,
    )
