"""Boilerplate, as far as it concerns one article that comes to very many.

A newcomer's paragraphs that stand in others are judged with these others alone: whether a paragraph
is an outlet's furniture hangs on the articles that hold it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup import text
from dedup.candidates import Posted
from dedup.pipeline.corpus import ROLES, ParagraphColumns
from dedup.pipeline.learning import ignored_keys
from dedup.records import Role
from dedup.tables import TokenTable
from dedup.text.boilerplate import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.pipeline import Walked
    from dedup.pipeline.corpus import Prepared

    Keys = NDArray[np.uint64]
    Counts = NDArray[np.int64]

_BOILERPLATE = np.uint8(ROLES.index(Role.BOILERPLATE))


class Furnished(NamedTuple):
    """A newcomer's paragraphs with what was learned, and whether others keep theirs."""

    paragraphs: ParagraphColumns
    certain: bool


class _Newcomer(NamedTuple):
    """A newcomer's paragraphs: their columns, keys and words that count, its words, its place."""

    tokens: TokenTable
    columns: ParagraphColumns
    keys: Keys
    words: Counts
    outlet: str
    rank: int

    @property
    def told(self) -> Keys:
        """The keys of the paragraphs that count."""
        return np.unique(self.keys[(self.words > 0) & (self.keys != 0)])


class Furnishing:
    """The paragraphs of all articles, by what they say."""

    def __init__(self, walked: Walked, ignored: Sequence[str]) -> None:
        """Sort the paragraphs of a walk."""
        self._corpus = walked.corpus
        columns = self._raw = walked.read.paragraphs
        self._keys = text.paragraph_keys(walked.corpus.tokens, columns.first, columns.last)
        self._words = np.where(columns.counts, columns.last - columns.first, 0)
        self._all = Posted.of(self._keys, np.arange(len(self._keys), dtype=np.int32))
        self._learned = columns.counts & ~walked.corpus.paragraphs.counts
        self._ignored = ignored_keys(ignored) if ignored else np.empty(0, np.uint64)

    def of(self, reading: Prepared, outlet: str, rank: int) -> Furnished:
        """Judge the paragraphs of a newcomer.

        Args:
            reading: of the newcomer.
            outlet: its outlet's key.
            rank: how many articles stand before it.

        """
        tokens, columns = reading.tokens, reading.paragraphs
        keys = text.paragraph_keys(tokens, columns.first, columns.last)
        words = np.where(columns.counts, columns.last - columns.first, 0)
        newcomer = _Newcomer(tokens, columns, keys, words, outlet, rank)
        asked = newcomer.told
        met = asked[self._counted(asked) > 0]
        found, certain = self._ignored, True
        if len(met):
            concerned = self._concerned(met)
            found = np.union1d(found, self._judged(concerned, newcomer))
            certain = self._as_before(concerned, found)
        furniture = np.isin(keys, found) & columns.counts
        role = np.where(furniture, _BOILERPLATE, columns.role)
        counts = columns.counts & ~furniture
        return Furnished(columns._replace(role=role, counts=counts), certain)

    def _counted(self, keys: Keys) -> Counts:
        """How many paragraphs have each key."""
        counts: Counts = self._all.key.searchsorted(keys, "right") - self._all.key.searchsorted(
            keys
        )
        return counts

    def _concerned(self, keys: Keys) -> Keys:
        """Give the keys to judge: a newcomer's, and others of whom it makes a paragraph recur.

        What recurs is left out where articles are compared; so an article of which a paragraph now
        stands elsewhere may be more or less like others than it was.
        """
        once = keys[self._counted(keys) == 1]
        articles = np.unique(self._raw.article[self._all.find(once)[1]]).tolist()
        held = [self._keys[self._raw.rows(article)] for article in articles]
        others = np.unique(np.concatenate([np.empty(0, np.uint64), *held]))
        return np.union1d(keys, others[(self._counted(others) > 1) & (others != 0)])

    def _as_before(self, keys: Keys, found: Keys) -> bool:
        """Whether all who have these paragraphs keep the role that was learned."""
        place, row = self._all.find(keys)
        told = self._raw.counts[row]
        now = np.isin(keys, found)[place]
        return bool(np.array_equal(now[told], self._learned[row[told]]))

    def _judged(self, keys: Keys, newcomer: _Newcomer) -> Keys:
        """Say which paragraphs are boilerplate.

        Those that few have are judged together, by all who have them; each that many have by a
        sample of these alone.
        """
        place, row = self._all.find(keys)
        counted = self._words[row] > 0
        place, article = place[counted], self._raw.article[row[counted]]
        own = np.isin(keys, newcomer.told)
        few: list[NDArray[np.int64]] = []
        found, asked = [np.empty(0, np.uint64)], []
        for number in range(len(keys)):
            held = np.unique(article[place == number])
            sample = self._sample(held, newcomer, own=bool(own[number]))
            if len(held) + own[number] <= SAMPLE:
                few.append(sample)
                asked.append(number)
            else:
                boilerplate = self._boilerplate(sample, newcomer)
                found.append(keys[[number]][np.isin(keys[[number]], boilerplate)])
        if few:
            boilerplate = self._boilerplate(np.unique(np.concatenate(few)), newcomer)
            found.append(keys[asked][np.isin(keys[asked], boilerplate)])
        return np.concatenate(found)

    def _sample(
        self, holders: NDArray[np.int32], newcomer: _Newcomer, *, own: bool
    ) -> NDArray[np.int64]:
        """Choose, as `text.boilerplate` does, whom to look at of those who have a paragraph."""
        moved = (holders + (holders >= newcomer.rank)).astype(np.int64)
        outlets = [self._corpus.outlets[place] for place in holders.tolist()]
        if own:
            moved, outlets = np.append(moved, newcomer.rank), [*outlets, newcomer.outlet]
        order = np.lexsort((moved, np.unique(np.array(outlets, str), return_inverse=True)[1]))
        taken = min(len(order), SAMPLE)
        return moved[order[np.arange(taken) * len(order) // max(taken, 1)]]

    def _boilerplate(self, articles: NDArray[np.int64], newcomer: _Newcomer) -> Keys:
        """Give the keys of the boilerplate of a few articles, among which the newcomer may be."""
        parts = [self._part(name, newcomer) for name in articles.tolist()]
        tokens = TokenTable.concatenate([part.tokens for part in parts])
        shifted = [
            part.columns.shifted(number, int(tokens.indptr[number]))
            for number, part in enumerate(parts)
        ]
        columns = ParagraphColumns(*map(np.concatenate, zip(*shifted, strict=True)))
        keys = np.concatenate([part.keys for part in parts])
        recurs = self._counted(keys) + _times(newcomer.keys, keys) > 1
        mask = text.boilerplate(
            keys,
            columns.article,
            [part.outlet for part in parts],
            np.concatenate([part.words for part in parts]),
            alike=text.likeness(tokens, keys, columns.first, columns.last, recurs),
        )
        return np.unique(keys[mask])

    def _part(self, name: int, newcomer: _Newcomer) -> _Newcomer:
        """One article's paragraphs; the newcomer has the name of its rank."""
        if name == newcomer.rank:
            return newcomer
        place = name - (name > newcomer.rank)
        rows = self._raw.rows(place)
        begin = int(self._corpus.tokens.indptr[place])
        columns = ParagraphColumns(*(column[rows] for column in self._raw))  # type: ignore[arg-type]  # the same columns
        return _Newcomer(
            self._corpus.tokens.of(place, place + 1),
            columns.shifted(-place, -begin),
            self._keys[rows],
            self._words[rows],
            self._corpus.outlets[place],
            place,
        )


def _times(keys: Keys, asked: Keys) -> Counts:
    """How often each of some keys stands among others."""
    ordered = np.sort(keys)
    times: Counts = ordered.searchsorted(asked, "right") - ordered.searchsorted(asked)
    return times
