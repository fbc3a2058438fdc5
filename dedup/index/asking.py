"""Asking about one article: what adding it would say, by a walk of its neighbourhood.

Where all that the newcomer touches stays as it is, the walk of its neighbourhood says what the walk
of all would say. Where it does not (the newcomer shows a paragraph to be an outlet's furniture,
say), all are walked.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dedup.detector import now, result_of
from dedup.index.answers import Answers
from dedup.index.neighbourhood import Neighbourhood
from dedup.pipeline import Known
from dedup.pipeline import scan as walk
from dedup.pipeline.reading import prepare
from dedup.verdict import Otherwise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dedup.index.answers import Answer
    from dedup.index.remembered import Beside
    from dedup.index.vicinity import Newcomer, Vicinity
    from dedup.pipeline import Item, Outcome, Outcomes
    from dedup.records import Article

#: How often who else holds a string of words is looked for.
_ROUNDS = 4
#: Seconds that an article adds to a walk, until that is learned; what a walk takes besides, in
#: articles; the share of the time left that is planned with; how soon the pace is learned.
_EACH, _FIXED, _PRUDENCE, _QUICKLY, _SLOWLY = 0.0005, 14, 0.6, 0.5, 0.05


class Here:
    """Runs steps here and now: what is asked about is little."""

    workers = 1

    def map_batches(
        self, step: Callable[[Item], Outcome], batches: Sequence[Item]
    ) -> Iterator[Outcome]:
        """Yield ``step(batch)`` for each batch, in order."""
        return map(step, batches)


class Pace:
    """How long a walk takes, learned from those that were made."""

    def __init__(self) -> None:
        self._each = _EACH

    def fits(self, seconds: float) -> int:
        """Give how many articles may be walked in so many seconds, fewer than none included."""
        return int(seconds * _PRUDENCE / self._each) - _FIXED

    def took(self, articles: int, seconds: float) -> None:
        """Learn from a walk; a slow one counts more than a quick one."""
        each = seconds / (articles + _FIXED)
        share = _QUICKLY if each > self._each else _SLOWLY
        self._each += share * (each - self._each)


class Asking(NamedTuple):
    """One question: what is known, who is asked about, and until when an answer is wanted.

    Attributes:
        vicinity: all articles of the index.
        memory: what is known of them.
        pace: how long walks take.
        until: a moment of the clock, None where nobody waits.

    """

    vicinity: Vicinity
    memory: Beside
    pace: Pace
    until: float | None = None

    def about(self, article: Article) -> Answer:
        """Say what adding an article would say of it; ``complete`` where that is certain."""
        vicinity, told = self.vicinity, self.vicinity.told
        reading = prepare([article], told.catalogue)
        self.memory.keep_reading(article, reading)
        newcomer = vicinity.meet(article, reading)
        around, complete = self._around(newcomer)
        for _ in range(_ROUNDS):
            near, began = Neighbourhood(vicinity, newcomer), time.monotonic()
            articles = [vicinity.corpus.articles[place] for place in sorted(around)]
            outcomes = self._walk([*articles, article], near)
            self.pace.took(len(around), time.monotonic() - began)
            more = vicinity.matched.around(near.missing) - around
            if not more:
                break
            if len(around | more) > self._room():
                complete = False
                break
            around |= more
        result = result_of(outcomes, [*articles, article], told, started=now())

        (answer,) = Answers(result).of([article.id])
        row = answer.row
        if self._room() > 0:
            row = {**row, "story_id": _story(vicinity, newcomer, outcomes)}
        else:
            complete = False
        return replace(answer, row=row, complete=complete and newcomer.certain)

    def _around(self, newcomer: Newcomer) -> tuple[set[int], bool]:
        """Choose whom to walk with a newcomer: all, or as many as there is time for."""
        found: set[int] = set()
        room = self._room()
        for partner in newcomer.partners.tolist():
            if partner not in found:
                more = found | self.vicinity.matched.around([partner])
                if len(more) > room:
                    return found, False
                found = more
        return found, True

    def _room(self) -> float:
        """How many articles may be walked in the time that is left."""
        if self.until is None:
            return math.inf
        return self.pace.fits(self.until - time.monotonic())

    def _walk(self, articles: Sequence[Article], near: Neighbourhood) -> Outcomes:
        told, known = self.vicinity.told, Known(self.memory, near)
        return walk(articles, told.catalogue, told.options, Here(), lambda *_: None, known)


def _story(vicinity: Vicinity, newcomer: Newcomer, outcomes: Outcomes) -> str:
    """The story that a newcomer becomes part of."""
    corpus, events = outcomes.walked.corpus, outcomes.walked.decided.events
    row = next(i for i, a in enumerate(corpus.articles) if a is newcomer.article)
    met = {
        vicinity.places[corpus.articles[sum(pair) - row].id]: weight
        for pair, weight in events.items()
        if row in pair
    }
    others = Otherwise(vicinity.sides(newcomer.gone), newcomer.more)
    return vicinity.events.newcomer(newcomer.article.id, newcomer.rank, met, others)
