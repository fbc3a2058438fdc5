"""What a scan may know from before: readings of articles, and comparisons of pairs.

Nothing that is remembered hangs on what else was scanned: a reading is that of one article, and a
comparison is known by all that it was made of, the two texts with their paragraphs' roles and what
is quoted in them. So a scan that remembers gives what one gives that does not.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from dedup.pipeline.comparing import Found
from dedup.pipeline.corpus import ParagraphColumns, Prepared
from dedup.tables import TokenTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dedup.pipeline.comparing import Comparer, Pair
    from dedup.pipeline.corpus import Corpus
    from dedup.pipeline.wording import Worded
    from dedup.records import Article
    from dedup.verdict import Match
    from dedup.verify import Overlap, Passage

#: Bytes of the name of a comparison: no two ever have the same.
_NAME = 16


class Shared(NamedTuple):
    """A verified passage pair with its measures, whichever articles it was found in."""

    passage: Passage
    overlap: Overlap
    cosine: float


class Memory(Protocol):
    """Where readings and comparisons are kept from one scan to the next."""

    def reading(self, article: Article) -> Prepared | None:
        """Give what reading an article gave, None where it is not known."""

    def keep_reading(self, article: Article, reading: Prepared) -> None:
        """Remember what reading an article gave."""

    def comparison(self, name: bytes) -> Sequence[Shared] | None:
        """Give what a comparison found, None where it is not known."""

    def keep_comparison(self, name: bytes, found: Sequence[Shared]) -> None:
        """Remember what a comparison found."""

    def wording(self, name: bytes) -> Worded | None:
        """Give the wording of a match, None where it is not known."""

    def keep_wording(self, name: bytes, worded: Worded) -> None:
        """Remember the wording of a match."""


def apart(part: Prepared, rows: Iterable[int] | None = None) -> Iterator[Prepared]:
    """Yield the readings of a batch one by one, or those of some articles of it."""
    tokens, columns = part.tokens, part.paragraphs
    bounds = tokens.indptr.tolist()
    articles = np.arange(len(bounds), dtype=columns.article.dtype)
    edges = np.searchsorted(columns.article, articles).tolist()
    for row in range(len(part.layouts)) if rows is None else rows:
        first, last, own = bounds[row], bounds[row + 1], slice(edges[row], edges[row + 1])
        yield Prepared(
            tokens=TokenTable(
                tokens.indptr[row : row + 2] - first,
                tokens.start[first:last],
                tokens.end[first:last],
                tokens.word[first:last],
                tokens.flags[first:last],
            ),
            paragraphs=ParagraphColumns(
                article=columns.article[own] - columns.article.dtype.type(row),
                start=columns.start[own],
                end=columns.end[own],
                role=columns.role[own],
                first=columns.first[own] - first,
                last=columns.last[own] - first,
                counts=columns.counts[own],
            ),
            credits=part.credits[row : row + 1],
            layouts=part.layouts[row : row + 1],
            languages=part.languages[row : row + 1],
        )


class Remembered:
    """The comparisons of one corpus, and what is looked up of the matches that they found.

    It says what is known, and keeps what is not.
    """

    def __init__(self, corpus: Corpus, comparer: Comparer, memory: Memory) -> None:
        """Take the corpus, what compares its articles, and what remembers."""
        self._corpus = corpus
        self._comparer = comparer
        self._memory = memory
        self._sides: dict[int, bytes] = {}

    def recall(self, pairs: Sequence[Pair]) -> tuple[list[Found], list[Pair]]:
        """Give what is known of some pairs, and the pairs of which nothing is."""
        known: list[Found] = []
        fresh: list[Pair] = []
        for pair in pairs:
            shared = self._memory.comparison(self._name(pair))
            if shared is None:
                fresh.append(pair)
                continue
            asked = self._comparer.asked(pair)
            known.extend(Found(asked.article, asked.other, *one) for one in shared)
        return known, fresh

    def keep(self, pairs: Sequence[Pair], found: Sequence[Found]) -> None:
        """Remember what was found of some pairs, nothing included."""
        of_pair: dict[tuple[int, int], list[Shared]] = {}
        for item in found:
            places = min(item.article, item.other), max(item.article, item.other)
            of_pair.setdefault(places, []).append(Shared(*item[2:5]))
        for pair in pairs:
            places = min(pair.left, pair.right), max(pair.left, pair.right)
            self._memory.keep_comparison(self._name(pair), of_pair.get(places, ()))

    def wording(self, match: Match) -> Worded | None:
        """Give the wording of a match, None where it is not known."""
        return self._memory.wording(self._place(match))

    def keep_wording(self, match: Match, worded: Worded) -> None:
        """Remember the wording of a match."""
        self._memory.keep_wording(self._place(match), worded)

    def _place(self, match: Match) -> bytes:
        """Name a match by its two articles, and where it stands in them."""
        spans = ",".join(map(str, match[2:6])).encode()
        sides = self._side(match.article) + self._side(match.other)
        return blake2b(sides + spans, digest_size=_NAME).digest()

    def _name(self, pair: Pair) -> bytes:
        """Name a comparison by all that its outcome hangs on."""
        asked = self._comparer.asked(pair)
        how = bytes((asked.both, pair.retell, pair.strict, pair.bare))
        sides = self._side(asked.article) + self._side(asked.other)
        return blake2b(sides + how, digest_size=_NAME).digest()

    def _side(self, article: int) -> bytes:
        """Name an article by its text, its language, and what was read in it."""
        if article not in self._sides:
            corpus = self._corpus
            columns, rows = corpus.paragraphs, corpus.paragraphs.rows(article)
            said = corpus.articles[article].text.encode("utf-8", "surrogatepass")
            parts = (
                said,
                corpus.languages[article].encode("utf-8", "surrogatepass"),
                columns.start[rows].tobytes(),
                columns.end[rows].tobytes(),
                columns.role[rows].tobytes(),
                corpus.tokens.flags[corpus.words_of(article)].tobytes(),
            )
            digest = blake2b(digest_size=_NAME)
            for part in parts:
                digest.update(len(part).to_bytes(8, "little") + part)
            self._sides[article] = digest.digest()
        return self._sides[article]
