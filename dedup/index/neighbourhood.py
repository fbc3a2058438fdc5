"""A newcomer and the few articles that it can have to do with, walked as all would be.

What hangs on all articles is told by those who know them all (`vicinity`); the rest of the walk is
the one that any articles go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup import text
from dedup.pipeline.corpus import Corpus, ParagraphColumns, is_news
from dedup.pipeline.learning import own_agency
from dedup.pipeline.proposing import Proposed, alike, cosines, within
from dedup.pipeline.sifting import Sifted, sift
from dedup.tables import QUOTED, TokenTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.attribution import Catalogue
    from dedup.index.vicinity import Newcomer, Vicinity
    from dedup.pipeline import Options
    from dedup.pipeline.corpus import Prepared
    from dedup.pipeline.standing import Holders
    from dedup.pipeline.whole import Working
    from dedup.records import Article


class Neighbourhood:
    """Answers for all articles of an index and a newcomer, to a walk of a few of them.

    Attributes:
        missing: places of articles that were asked for and are not of the walk.

    """

    def __init__(self, vicinity: Vicinity, newcomer: Newcomer) -> None:
        self._all = vicinity
        self._newcomer = newcomer
        self._places: list[int] = []  #: of each article of the walk; -1 for the newcomer
        self._rows: dict[int, int] = {}
        self.missing: set[int] = set()

    def learn(
        self,
        read: Prepared,
        articles: Sequence[Article],
        catalogue: Catalogue,
        options: Options,  # noqa: ARG002 - they were told to those who learned
    ) -> Corpus:
        """Take what was learned over all."""
        known, mine = self._all, self._newcomer
        self._places = [known.places[a.id] if a is not mine.article else -1 for a in articles]
        self._rows = {place: row for row, place in enumerate(self._places)}
        own = mine.alone
        flags = [
            known.corpus.tokens.flags[known.corpus.words_of(place)]
            if place >= 0
            else own.tokens.flags
            for place in self._places
        ]
        marks = np.concatenate(flags)
        news = np.array([is_news(article) for article in articles], bool)
        marks[text.quoted_as(read.tokens, news, mine.stated)] |= QUOTED
        columns = [
            known.paragraphs(place) if place >= 0 else own.paragraphs for place in self._places
        ]
        return Corpus(
            articles=tuple(articles),
            tokens=TokenTable(
                read.tokens.indptr, read.tokens.start, read.tokens.end, read.tokens.word, marks
            ),
            paragraphs=_together(columns, read.tokens.indptr),
            credits=read.credits,
            layouts=read.layouts,
            languages=read.languages,
            outlets=tuple(
                known.corpus.outlets[place] if place >= 0 else own.outlets[0]
                for place in self._places
            ),
            agencies=tuple(own_agency(article, catalogue) for article in articles),
        )

    def propose(self, corpus: Corpus, options: Options, working: Working) -> Proposed:  # noqa: ARG002 - as any walk is asked
        """Take the pairs that were proposed among all, and those of the newcomer."""
        rows = np.array(sorted(self._rows.get(p, -1) for p in self._newcomer.partners.tolist()))
        rows = rows[rows >= 0].astype(np.int32)
        own = np.full(len(rows), self._rows[-1], np.int32)
        left, right = np.minimum(rows, own), np.maximum(rows, own)
        near = within(corpus, left, right, options.window)
        left, right = left[near], right[near]
        cosine = cosines(corpus, left, right)
        known = self._known()
        left, right = np.append(left, known[0]), np.append(right, known[1])
        cosine = np.append(cosine, known[2])
        order = np.lexsort((right, left))
        left, right, cosine = left[order], right[order], cosine[order]
        return Proposed(
            left=left,
            right=right,
            channel=np.zeros(len(left), np.uint8),
            cosine=cosine,
            alike=alike(left, right, cosine),
            nearest=None,
            dropped={},
        )

    def _known(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
        """The pairs among the others, as they were proposed."""
        beside, proposed = self._all.pairs, self._all.walked.proposed
        found = [
            beside.pair[beside.indptr[place] : beside.indptr[place + 1]]
            for place in self._places
            if place >= 0
        ]
        pair, count = np.unique(np.concatenate([np.empty(0, np.int64), *found]), return_counts=True)
        pair = pair[count == 2]  # noqa: PLR2004 - both its articles are of the walk
        pair = np.setdiff1d(pair, self._newcomer.gone)
        row = np.zeros(len(self._all.corpus), np.int32)
        places = [place for place in self._places if place >= 0]
        row[places] = [self._rows[place] for place in places]
        return row[proposed.left[pair]], row[proposed.right[pair]], proposed.cosine[pair]

    def sift(self, corpus: Corpus, proposed: Proposed, working: Working) -> Sifted:
        """Choose of the newcomer's pairs; those of others were chosen."""
        mine, gone = self._rows[-1], set(self._all.sides(self._newcomer.gone))
        fresh = [p for p in sift(corpus, proposed, working.threads).pairs if mine in p[:2]]
        old = {
            pair._replace(left=self._rows[pair.left], right=self._rows[pair.right])
            for place in self._places
            for pair in self._all.chosen.get(place, ())
            if pair.left in self._rows and pair.right in self._rows and pair[:2] not in gone
        }
        return Sifted(sorted([*fresh, *old]), 0)

    def holders(
        self,
        corpus: Corpus,  # noqa: ARG002 - as any walk is asked
        wanted: Sequence[NDArray[np.uint64]],
    ) -> Iterator[Holders]:
        """Say who holds strings of words; who is not of the walk is noted."""
        rank = self._newcomer.rank
        for runs in wanted:
            held = self._all.holders(self._newcomer, runs)
            places = [-1 if name == rank else name - (name > rank) for name in held.earliest]
            self.missing |= {place for place in places if place not in self._rows}
            rows = [self._rows[place] for place in places if place in self._rows]
            yield held._replace(earliest=rows)


def _together(columns: Sequence[ParagraphColumns], indptr: NDArray[np.int64]) -> ParagraphColumns:
    """Put the paragraphs of single articles end to end."""
    shifted = [part.shifted(row, int(indptr[row])) for row, part in enumerate(columns)]
    return ParagraphColumns(*map(np.concatenate, zip(*shifted, strict=True)))
