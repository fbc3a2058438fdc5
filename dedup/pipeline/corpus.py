"""All articles of a scan as columns: words, paragraphs, roles, credits, times."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup import tables, text, times
from dedup.records import FURNITURE, Paragraph, Role
from dedup.spilling import column
from dedup.tables import ASIDE, CAPITAL, NUMBER, QUOTED, BodyTable, TokenTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from dedup.records import Article, Credits
    from dedup.times import When

    Places = NDArray[np.intp] | NDArray[np.int32]

#: The roles, in the order of their codes in a column.
ROLES = tuple(Role)
_CODES = {role: code for code, role in enumerate(ROLES)}
_TELLS = np.array([role not in FURNITURE for role in ROLES])

#: Steps in a nat, where weights are added up as integers: sums do not hang on their order.
_STEPS = 16

#: Words that are worked on at a time.
WORDS = 1 << 20


def in_time(articles: Iterable[Article]) -> list[Article]:
    """Order articles by time, the undated last, then by id.

    A cap that links very many like articles to the first of them then links them to the earliest,
    which is the best source for all.
    """

    def key(article: Article) -> tuple[float, str]:
        when = times.parse(article.published_at)
        return (when.earliest if when else math.inf, article.id)

    return sorted(articles, key=key)


def is_news(article: Article) -> bool:
    """Whether an article says who published it or when; a bare text is a document like any other.

    Two reporters may find the same words, having been told them; two authors do not.
    """
    return bool(article.publisher.strip() or article.published_at)


class ParagraphColumns(NamedTuple):
    """One row a paragraph, article by article: its place, its role, whether it tells the story."""

    article: NDArray[np.int32]
    start: NDArray[np.int32]  #: code-point offset in the article's text
    end: NDArray[np.int32]
    role: NDArray[np.uint8]  #: place in ``ROLES``
    first: NDArray[np.int64]  #: row of its first word
    last: NDArray[np.int64]  #: one past its last word
    counts: NDArray[np.bool_]

    def shifted(self, articles: int, words: int) -> ParagraphColumns:
        """Give the same paragraphs where so many articles, of so many words, stand before them."""
        return self._replace(
            article=self.article + np.int32(articles),
            first=self.first + words,
            last=self.last + words,
        )

    def rows(self, article: int) -> slice:
        """Where the paragraphs of one article stand in the columns."""
        edges = np.array((article, article + 1), self.article.dtype)
        return slice(*np.searchsorted(self.article, edges).tolist())

    def of(self, article: int) -> tuple[Paragraph, ...]:
        """Give the paragraphs of one article."""
        return self.within(self.rows(article))

    def within(self, rows: slice) -> tuple[Paragraph, ...]:
        """Give the paragraphs of some rows, all those of one article."""
        places = zip(self.start[rows].tolist(), self.end[rows].tolist(), strict=True)
        roles = self.role[rows].tolist()
        return tuple(
            [
                Paragraph(n, start, end, ROLES[role])
                for n, ((start, end), role) in enumerate(zip(places, roles, strict=True), 1)
            ]
        )


class Prepared(NamedTuple):
    """What reading a batch of articles gives; one entry an article, columns for all."""

    tokens: TokenTable
    paragraphs: ParagraphColumns
    credits: tuple[Credits, ...]
    layouts: tuple[str, ...]
    languages: tuple[str, ...]


def together(parts: Iterable[Prepared], expected: int = 0) -> Prepared:
    """Put what was read of batches end to end; each is let go once it is put to the others.

    Args:
        parts: what was read of each batch.
        expected: about how many words there are at most, if that is known.

    """
    nothing = text.tokenize([])
    tokens, paragraphs = tables.Pile(TokenTable, expected), [paragraph_columns(nothing, [])]
    tokens.add(nothing)
    credited: list[Credits] = []
    layouts: list[str] = []
    languages: list[str] = []
    for part in parts:
        paragraphs.append(part.paragraphs.shifted(len(credited), tokens.rows))
        tokens.add(part.tokens)
        credited += part.credits
        layouts += part.layouts
        languages += part.languages
    columns = map(np.concatenate, zip(*paragraphs, strict=True))
    return Prepared(
        tokens=tokens.table(),
        paragraphs=ParagraphColumns(*columns),
        credits=tuple(credited),
        layouts=tuple(layouts),
        languages=tuple(languages),
    )


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
    paragraphs: ParagraphColumns
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
    def bounds(self) -> list[int]:
        """Where the paragraphs of each article begin among all, and where the last one's end."""
        articles = np.arange(len(self) + 1, dtype=self.paragraphs.article.dtype)
        bounds: list[int] = np.searchsorted(self.paragraphs.article, articles).tolist()
        return bounds

    def rows_of(self, article: int) -> slice:
        """The rows of an article's paragraphs in ``paragraphs``."""
        return slice(self.bounds[article], self.bounds[article + 1])

    @cached_property
    def twins(self) -> tuple[int, ...]:
        """For each article the first that is read just like it: itself, or one of the same text."""
        known: dict[int, int] = {}
        out = []
        for row, article in enumerate(self.articles):
            first = known.setdefault(hash(article.text), row)
            out.append(first if first != row and self._alike(first, row) else row)
        return tuple(out)

    def _alike(self, first: int, row: int) -> bool:
        """Whether two articles have their text, paragraphs, language and speech alike."""
        here, there = self.rows_of(first), self.rows_of(row)
        start, end, role = self._outlines
        return (
            self.articles[first].text == self.articles[row].text
            and start[here] == start[there]
            and end[here] == end[there]
            and role[here] == role[there]
            and self.languages[first] == self.languages[row]
            and bool(self.news[first] == self.news[row])
        )

    @cached_property
    def _outlines(self) -> tuple[memoryview, memoryview, memoryview]:
        """Where paragraphs begin and end, and their roles, quickly cut out and compared."""
        start, end, role = self.paragraphs.start, self.paragraphs.end, self.paragraphs.role
        return start.data, end.data, role.data

    @cached_property
    def news(self) -> NDArray[np.bool_]:
        """Which articles say who published them or when."""
        return np.array([is_news(article) for article in self.articles], bool)

    @cached_property
    def tells(self) -> NDArray[np.bool_]:
        """Which words stand in paragraphs that tell the story and are part of them, ``[words]``."""
        tells = column(len(self.tokens.word), np.bool_)
        for first, last in self.tokens.cuts(WORDS):
            words = slice(*self.tokens.indptr[[first, last]].tolist())
            tells[words] = self._tells(first, last)
        return tells

    def _tells(self, first: int, last: int) -> NDArray[np.bool_]:
        """Which words of some articles tell the story."""
        own = slice(*np.searchsorted(self.paragraphs.article, (first, last)).tolist())
        columns = self.paragraphs
        words = slice(*self.tokens.indptr[[first, last]].tolist())
        # Word for word: what lies before a paragraph, itself, and so on to the end.
        edges = np.column_stack((columns.first[own], columns.last[own])).ravel()
        counts = columns.counts[own]
        told = np.column_stack((np.zeros(len(counts), bool), counts)).ravel()
        sizes = np.diff(edges, prepend=words.start, append=words.stop)
        tells: NDArray[np.bool_] = np.repeat(np.append(told, False), sizes)
        tells &= self.tokens.flags[words] & ASIDE == 0
        return tells

    def weights(self, first: int, last: int) -> NDArray[np.float32]:
        """How much each word of some articles tells, in nats, ``[words]``."""
        return text.weights(self.tokens.of(first, last), self.languages[first:last])

    @cached_property
    def body(self) -> BodyTable:
        """The words that tell the story."""
        indptr = np.append(0, np.cumsum(tables.totals(self.tells, self.tokens.indptr)))
        size = int(indptr[-1])
        word, flags = column(size, np.uint64), column(size, np.uint8)
        weight, telling = column(size, np.float32), column(size, np.int32)
        for first, last in self.tokens.cuts(WORDS):
            own = slice(*indptr[[first, last]].tolist())
            tokens, begin = self.tokens.of(first, last), int(self.tokens.indptr[first])
            rows = np.flatnonzero(self.tells[begin : begin + len(tokens.word)])
            word[own], flags[own] = tokens.word[rows], tokens.flags[rows]
            weight[own] = self.weights(first, last)[rows]
            telling[own] = weight[own] * _STEPS
            others = np.where(self.news[first:last], CAPITAL | NUMBER | QUOTED, CAPITAL | NUMBER)
            named = np.repeat(others.astype(np.uint8), np.diff(indptr[first : last + 1]))
            telling[own][(flags[own] & named) > 0] = 0
        return BodyTable(indptr=indptr, word=word, weight=weight, telling=telling, flags=flags)

    def one_house(self, left: Places, right: Places) -> NDArray[np.bool_]:
        """Which pairs of articles are of one outlet, ``[pairs]``."""
        names, outlet = np.unique(np.array(self.outlets, str), return_inverse=True)
        same: NDArray[np.bool_] = (outlet[left] == outlet[right]) & (names != "")[outlet[left]]
        return same

    def strict(self, left: Places, right: Places) -> NDArray[np.bool_]:
        """Of which pairs what they share must be more than two reporters find by themselves.

        News, of one house too: its reporters tell a fact in like words as often as others do.
        """
        known: NDArray[np.bool_] = self.news[left] | self.news[right]
        return known

    def bare(self, left: Places, right: Places) -> NDArray[np.bool_]:
        """Which pairs are no two reports: nobody says who published either of them, or when.

        Where both say in their text whom they have their words from, they are reports all the same.
        """
        named = np.array([bool(one.attributions) for one in self.credits], bool)
        reports = self.news[left] | self.news[right] | (named[left] & named[right])
        bare: NDArray[np.bool_] = ~reports
        return bare

    def words_of(self, article: int) -> slice:
        """The rows of an article's words in ``tokens``."""
        return slice(int(self.tokens.indptr[article]), int(self.tokens.indptr[article + 1]))


def paragraph_columns(
    tokens: TokenTable, paragraphs: Sequence[Sequence[Paragraph]]
) -> ParagraphColumns:
    """Lay the paragraphs of all articles out as columns."""
    sizes = np.array([len(rows) for rows in paragraphs], np.int64)
    article = np.repeat(np.arange(len(paragraphs), dtype=np.int32), sizes)
    _, starts, ends, roles = (
        zip(*chain.from_iterable(paragraphs), strict=True) if article.size else [()] * 4
    )
    start, end = np.array(starts, np.int32), np.array(ends, np.int32)
    role = np.array([_CODES[role] for role in roles], np.uint8)
    first, last = text.rows_at(tokens, article, start), text.rows_at(tokens, article, end)
    return ParagraphColumns(article, start, end, role, first, last, _TELLS[role])
