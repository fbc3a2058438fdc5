"""Some articles of an index among all of them: what hangs on all is looked up in the register.

The walk is the one that any articles go. Learned over these articles alone would be too little:
what others showed to be an outlet's furniture, whom a house prints, what somebody is quoted with
elsewhere, and who else holds a string of words, the register tells.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dedup import text
from dedup.candidates import RUN, is_posted
from dedup.index.register import FURNITURE, STATED
from dedup.pipeline.comparing import Comparer
from dedup.pipeline.corpus import ROLES, Corpus, is_news
from dedup.pipeline.learning import boilerplate, own_agency
from dedup.pipeline.outlets import Houses, printed
from dedup.pipeline.proposing import Proposed, alike, cosines, within
from dedup.pipeline.standing import ASKED, HELD, LASTS, OTHERS, holders, moments
from dedup.pipeline.whole import Itself
from dedup.records import Role
from dedup.tables import QUOTED, TokenTable

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.attribution import Catalogue
    from dedup.detector import Told
    from dedup.index.register import Register
    from dedup.pipeline import Options
    from dedup.pipeline.corpus import Prepared
    from dedup.pipeline.standing import Holders
    from dedup.pipeline.whole import Working
    from dedup.records import Article

    #: Gives articles by their numbers, with what was read in them: the first, as there is time.
    Fetch = Callable[[Sequence[int]], tuple[Sequence[Article], Prepared]]

#: Of more who hold a run of words only the first of each sheet are looked at.
_HOLDERS = 200
_BOILERPLATE = np.uint8(ROLES.index(Role.BOILERPLATE))


class Surroundings(Itself):
    """Answers for all articles of an index, to a walk of some of them.

    Attributes:
        short: whether there was no time to look at all who hold what two of the walk share.

    """

    def __init__(
        self, register: Register, counts: Counter[tuple[str, str]], told: Told, fetch: Fetch
    ) -> None:
        """Take what is known of all.

        Args:
            register: of the articles that are there; those of the walk may be among them.
            counts: how many articles who prints where, with those that come.
            told: the settings.
            fetch: gives articles that are not walked.

        """
        self._register = register
        self._houses = Houses(counts)
        self._told, self._fetch = told, fetch
        self._inside = np.empty(0, np.int64)
        self._pairs: Collection[tuple[str, str]] = ()
        self.short = False

    def enter(self, numbers: Sequence[int], pairs: Collection[tuple[str, str]]) -> None:
        """Say who is walked.

        Args:
            numbers: of those articles of the walk that the register lists.
            pairs: the ids of those who meet, or were linked.

        """
        self._inside = np.array(numbers, np.int64)
        self._pairs = pairs

    def propose(self, corpus: Corpus, options: Options, working: Working) -> Proposed:  # noqa: ARG002 - as any walk is asked
        """Take the pairs of those who meet, and of those who were linked."""
        rows = {article.id: row for row, article in enumerate(corpus.articles)}
        sides = [(rows[a], rows[b]) for a, b in self._pairs if a in rows and b in rows]
        places = np.unique(np.sort(np.array(sides, np.int32).reshape(-1, 2)), axis=0)
        left, right = places.T
        near = within(corpus, left, right, options.window)
        left, right = left[near], right[near]
        cosine = cosines(corpus, left, right)
        return Proposed(
            left=left,
            right=right,
            channel=np.zeros(len(left), np.uint8),
            cosine=cosine,
            alike=alike(left, right, cosine),
            nearest=None,
            dropped={},
        )

    def learn(
        self,
        read: Prepared,
        articles: Sequence[Article],
        catalogue: Catalogue,
        options: Options,
        threads: int = 1,
    ) -> Corpus:
        """Learn over the articles, and from the register what others showed."""
        del threads  # they are few
        corpus = self.furnished(read, articles, catalogue, options)
        news = np.array([*map(is_news, articles)], bool)
        return replace(corpus, tokens=self._quoted(read.tokens, news))

    def furnished(
        self,
        read: Prepared,
        articles: Sequence[Article],
        catalogue: Catalogue,
        options: Options,
    ) -> Corpus:
        """Learn what is furniture, but not what is quoted."""
        columns = read.paragraphs
        outlets = [self._houses.outlet(printed(a, options.aliases)) for a in articles]
        keys = text.paragraph_keys(read.tokens, columns.first, columns.last)
        furniture = boilerplate(read.tokens, columns, outlets, options.ignored)
        furniture |= self._register.known(FURNITURE, keys)
        furniture &= columns.counts
        return Corpus(
            articles=tuple(articles),
            tokens=read.tokens,
            paragraphs=columns._replace(
                role=np.where(furniture, _BOILERPLATE, columns.role),
                counts=columns.counts & ~furniture,
            ),
            credits=read.credits,
            layouts=read.layouts,
            languages=read.languages,
            outlets=tuple(outlets),
            agencies=tuple(own_agency(article, catalogue) for article in articles),
        )

    def _quoted(self, tokens: TokenTable, news: NDArray[np.bool_]) -> TokenTable:
        """Mark what is quoted in any article."""
        runs, begin, quoted = text.runs_said(tokens, news, (0, len(news)))
        said, begin = runs[~quoted], begin[~quoted]
        stated = self._register.known(STATED, said)
        stated[text.held(said, runs[quoted])] = True
        flags, rows = tokens.flags.copy(), begin[stated]
        for step in range(text.STATED):
            flags[rows + step] |= QUOTED
        return TokenTable(tokens.indptr, tokens.start, tokens.end, tokens.word, flags)

    def holders(self, corpus: Corpus, wanted: Sequence[NDArray[np.uint64]]) -> Iterator[Holders]:
        """Yield for each string of words who holds it, be he walked or not."""
        found = [*map(self._with, holders(corpus, wanted), self._elsewhere(wanted))]
        numbers = sorted({number for _, others in found for number in others})
        if not numbers:
            yield from (here for here, _ in found)
            return
        (articles, read), told = self._fetch(numbers), self._told
        self.short = len(articles) < len(numbers)
        beyond = self.learn(read, articles, told.catalogue, told.options)
        self.beyond = Comparer(beyond)
        when = np.nan_to_num(np.append(moments(corpus), moments(beyond)), nan=np.inf)
        place = {number: len(corpus) + row for row, number in enumerate(numbers[: len(articles)])}
        for here, asked in found:
            there = [place[number] for number in asked if number in place]
            all_of = np.array([*here.earliest, *there], np.int64)
            order = np.argsort(when[all_of], kind="stable")
            yield here._replace(earliest=all_of[order][: ASKED + 2].tolist())

    def _elsewhere(self, wanted: Sequence[NDArray[np.uint64]]) -> Iterator[NDArray[np.int64]]:
        """Yield for each string of words who holds it and is not walked."""
        sought = [np.unique(runs[is_posted(runs)]) for runs in wanted]
        every = np.unique(np.concatenate([np.empty(0, np.uint64), *sought]))
        place, number = self._register.find(RUN, every, _HOLDERS, ASKED + 2)
        other = ~np.isin(number, self._inside)
        order = np.argsort(place[other], kind="stable")
        place, number = place[other][order], number[other][order]
        bounds = np.searchsorted(place, np.arange(len(every) + 1)).tolist()
        for runs in sought:
            rows = [number[bounds[at] : bounds[at + 1]] for at in np.searchsorted(every, runs)]
            found = np.concatenate([np.empty(0, np.int64), *rows])
            numbers, counts = np.unique(found, return_counts=True)
            yield numbers[counts >= max(1, HELD * len(runs))]

    def _with(self, here: Holders, numbers: NDArray[np.int64]) -> tuple[Holders, Sequence[int]]:
        """Add those who are not walked to those who hold a string; say who is to be looked at."""
        if not len(numbers):
            return here, ()
        when = self._register.moments(numbers)
        dated = when[np.isfinite(when)].tolist()
        here = here._replace(first=min([here.first, *dated]), last=max([here.last, *dated]))
        if len(here.earliest) - 2 + len(numbers) < OTHERS and here.last - here.first <= LASTS:
            return here, ()
        room = max(0, ASKED + 2 - len(here.earliest))
        return here, numbers[np.argsort(when, kind="stable")][:room].tolist()
