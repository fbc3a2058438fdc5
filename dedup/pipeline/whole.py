"""What only the whole set of articles can tell, asked in one place.

A walk through the corridor asks five things that hang on all articles and not on a pair of them:
what is learned over all, who is to be compared with whom, which of these pairs promise enough, and
who else holds a string of words. The articles of the walk answer for themselves; who knows more
articles than those, as an index that walks some of its own, answers for all it knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from dedup.pipeline.learning import learn
from dedup.pipeline.proposing import NOTHING, propose
from dedup.pipeline.sifting import sift
from dedup.pipeline.standing import HeldBy, holders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dedup.attribution import Catalogue
    from dedup.pipeline import Options
    from dedup.pipeline.comparing import Comparer
    from dedup.pipeline.corpus import Corpus, Prepared
    from dedup.pipeline.proposing import Proposed
    from dedup.pipeline.sifting import Sifted
    from dedup.pipeline.standing import Holders
    from dedup.records import Article


class Working(NamedTuple):
    """How a step is to work: by how many threads, and whom it tells how far it is."""

    threads: int
    progress: Callable[[str, int, int], None]


class Whole(HeldBy, Protocol):
    """Answers for all articles."""

    def learn(
        self,
        read: Prepared,
        articles: Sequence[Article],
        catalogue: Catalogue,
        options: Options,
        threads: int = 1,
    ) -> Corpus:
        """Say what is learned over all: outlets, their boilerplate, what anybody is quoted with."""

    def propose(self, corpus: Corpus, options: Options, working: Working) -> Proposed:
        """Propose the pairs that are worth comparing."""

    def sift(self, corpus: Corpus, proposed: Proposed, working: Working) -> Sifted:
        """Choose the pairs that are worth a close look."""


class Itself:
    """The articles of a walk are the whole."""

    beyond: Comparer | None = None

    def learn(
        self,
        read: Prepared,
        articles: Sequence[Article],
        catalogue: Catalogue,
        options: Options,
        threads: int = 1,
    ) -> Corpus:
        """Learn over the articles."""
        return learn(read, articles, catalogue, options, threads)

    def propose(self, corpus: Corpus, options: Options, working: Working) -> Proposed:
        """Propose pairs where at least some paragraph has words to compare."""
        columns = corpus.paragraphs
        if not (columns.counts & (columns.last > columns.first)).any():
            return NOTHING
        return propose(corpus, options.window, working.progress, working.threads)

    def sift(self, corpus: Corpus, proposed: Proposed, working: Working) -> Sifted:
        """Choose the pairs that are worth a close look."""
        return sift(corpus, proposed, working.threads)

    def holders(self, corpus: Corpus, wanted: Sequence[NDArray[np.uint64]]) -> Iterator[Holders]:
        """Yield for each string of words who holds it."""
        return holders(corpus, wanted)
