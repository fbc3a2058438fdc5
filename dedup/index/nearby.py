"""What a change touches, decided anew: the newcomers, those they meet, and those who lost somebody.

A newcomer is met as the register tells (`candidates.meeting`). With those whom it meets come all
that they were found to share passages with, by however many steps, as long as there is room: only
of an article whose own partners are all there is anything said anew.
"""

from __future__ import annotations

from collections import deque
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup import candidates
from dedup.detector import now, result_of
from dedup.errors import IndexUnusableError
from dedup.index.answers import Answers, Said
from dedup.index.holdings import key
from dedup.index.listing import keys_of, moment, readings
from dedup.index.surroundings import Surroundings
from dedup.pipeline import Known
from dedup.pipeline import scan as walk
from dedup.pipeline.comparing import Comparer
from dedup.pipeline.outlets import printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dedup.candidates import Keyed
    from dedup.detector import Told
    from dedup.index.answers import Found
    from dedup.index.holdings import Entry, Holdings
    from dedup.index.register import Register
    from dedup.index.remembered import Beside as Aside
    from dedup.index.remembered import Remembered
    from dedup.pipeline import Item, Outcome, Outcomes, Walked
    from dedup.pipeline.comparing import Compared, Pair
    from dedup.pipeline.corpus import Prepared
    from dedup.records import Article
    from dedup.result import Result

#: Articles that are walked beside those that are asked about.
ROOM = 1024
#: Of whom one article is linked to by several steps so many are walked, the nearest.
CIRCLE = 64


class Beside(NamedTuple):
    """An article that is there, and what was said of it."""

    entry: Entry
    said: Said


class Weighed(NamedTuple):
    """What was decided.

    Attributes:
        answers: of the articles of the walk; only those that are said count.
        said: of each article that was decided.
        keys: of the newcomers, by channel, in the order in which they were given.
        whole: whether all that was to be looked at was.
        walked: how many articles were walked.
        before: what was said before of those that were walked and were there.
        found: what a walk of all articles found; None where not all were walked.

    """

    answers: Answers
    said: dict[str, Said]
    keys: dict[int, Keyed]
    whole: bool
    walked: int
    before: Mapping[str, Said]
    found: Found | None = None


class Here:
    """Runs steps here and now: what is asked about is little."""

    workers = 1

    def map_batches(
        self, step: Callable[[Item], Outcome], batches: Sequence[Item]
    ) -> Iterator[Outcome]:
        """Yield ``step(batch)`` for each batch, in order."""
        return map(step, batches)


class Nearby:
    """The articles of an index, asked of some of them."""

    def __init__(
        self,
        held: Holdings,
        register: Register,
        memory: Remembered | Aside,
        told: Told,
        leaving: Iterable[str] = (),
        compare: Callable[[Comparer, Sequence[Pair]], Compared] = Comparer.compare,
    ) -> None:
        """Take what is known.

        Args:
            held: the articles, and what was said of them.
            register: which of them have which keys.
            memory: readings and comparisons.
            told: the settings.
            leaving: ids of articles that are taken out, or come in another version.
            compare: compares a batch of pairs.

        """
        self._compare = compare
        self._held, self._register = held, register
        self._memory, self._told = memory, told
        self._leaving = frozenset(leaving)
        beside = [one.linked for n in self._leaving if (one := held.verdicts.get(n)) is not None]
        self._met: set[tuple[str, str]] = set()
        self._left = sorted({name for names in beside for name in names} - self._leaving)

    def weigh(
        self,
        newcomers: Sequence[Entry],
        again: Iterable[str] = (),
        room: Callable[[], float] = lambda: ROOM,
    ) -> Weighed:
        """Decide about some newcomers, and about others that this touches.

        Args:
            newcomers: articles that the register does not list.
            again: ids of articles that are there, to be answered about too.
            room: how many others may be walked, as time goes on.

        """
        told, articles = self._told, [entry.article for entry in newcomers]
        self._memory.know((entry.article, entry.name) for entry in newcomers)
        counts = self._register.printed()
        counts.update(printed(article, told.options.aliases) for article in articles)
        around: dict[str, Beside] = {}

        def fetch(numbers: Sequence[int]) -> tuple[Sequence[Article], Prepared]:
            fit = max(0, int(room()) - len(around))
            return self._read(self._register.names(numbers[:fit]))

        among = Surroundings(self._register, counts, told, fetch)
        read = readings(articles, self._memory, told)
        keys = keys_of(among.furnished(read, articles, told.catalogue, told.options), read)
        touched = [*self._left, *again]
        whole = self._take(touched, around, room) and self._meet(keys, articles, around, room)
        outcomes = self._walk(newcomers, around, among)
        whole = whole and not among.short
        articles = [*outcomes.walked.corpus.articles]
        result = result_of(outcomes, articles, told, started=now())
        said = self._said(said_of(outcomes.walked, result), newcomers, around)
        before = {name: one.said for name, one in around.items()}
        return Weighed(Answers(result), said, keys, whole, len(articles), before)

    def _meet(
        self,
        keys: dict[int, Keyed],
        newcomers: Sequence[Article],
        around: dict[str, Beside],
        room: Callable[[], float],
    ) -> bool:
        """Take those whom the newcomers meet: first those with whom they have most in common."""
        when = np.array([moment(article) for article in newcomers], np.float64)
        ids = [article.id for article in newcomers]
        met = candidates.meet(keys, when, self._register)
        order = np.argsort(-met.worded, kind="stable")
        others = self._register.names(met.other[order].tolist())
        here = met.newcomer[order].tolist()
        self._met = {(ids[row], other) for row, other in zip(here, others, strict=True)}
        if len(ids) > 1:
            among = candidates.meet(keys, when, candidates.Among(keys, when))
            rows = zip(among.newcomer.tolist(), among.other.tolist(), strict=True)
            self._met |= {(ids[row], ids[other]) for row, other in rows if row != other}
        told = set(compress(others, (met.worded[order] > 0).tolist()))
        worded = dict.fromkeys(name for name in others if name in told)
        if not self._take(worded, around, room):
            return False
        return self._take(dict.fromkeys(others), around, room, whole=False)

    def _take(
        self,
        names: Iterable[str],
        around: dict[str, Beside],
        room: Callable[[], float],
        *,
        whole: bool = True,
    ) -> bool:
        """Take some articles, each with all that it is linked to; say whether there was room.

        Who shares passages is linked by however many steps as long as they are few, who tells of
        one event by one; where an article is not wanted whole, by none.
        """
        for name in names:
            found, waiting, own = dict[str, Beside](), deque([name]), {name}
            while waiting:
                asked = waiting.popleft()
                far = len(found) >= CIRCLE and asked not in own
                if asked in found or asked in self._leaving or far:
                    continue
                found[asked] = one = around.get(asked) or self._beside(asked)
                linked = one.said.beside
                if asked == name:
                    linked += one.said.about if whole else ()
                    own.update(linked)
                waiting.extend(linked)
                if len(around) + len(found.keys() - around.keys()) > room():
                    return False
            around |= found
        return True

    def _beside(self, name: str) -> Beside:
        """Read an article that is there, and what was said of it."""
        entry, said = self._held.articles.get(name), self._held.verdicts.get(name)
        if entry is None or said is None:
            message = f"the index is damaged ({name!r} is not in it, and others say so)"
            raise IndexUnusableError(message)
        return Beside(entry, said)

    def _read(self, names: Iterable[str]) -> tuple[Sequence[Article], Prepared]:
        """Give articles that are there, with what was read in them."""
        entries = [self._beside(name).entry for name in names]
        self._memory.know_more((entry.article, entry.name) for entry in entries)
        articles = [entry.article for entry in entries]
        return articles, readings(articles, self._memory, self._told)

    def _walk(
        self, newcomers: Sequence[Entry], around: dict[str, Beside], among: Surroundings
    ) -> Outcomes:
        """Walk the newcomers and those around them."""
        entries = [*newcomers, *(one.entry for one in around.values())]
        self._memory.know((entry.article, entry.name) for entry in entries)
        numbers = self._register.numbers([key(name) for name in around])
        linked = {(name, other) for name, one in around.items() for other in one.said.linked}
        among.enter([*numbers.values()], linked | self._met)
        articles = sorted((entry.article for entry in entries), key=lambda a: a.id)
        known, told = Known(self._memory, among, self._compare), self._told
        return walk(articles, told.catalogue, told.options, Here(), lambda *_: None, known)

    def _said(
        self,
        now_said: Mapping[str, Said],
        newcomers: Sequence[Entry],
        around: Mapping[str, Beside],
    ) -> dict[str, Said]:
        """Say what is said now of the newcomers, and of all that are linked to what changed."""
        asked = {entry.article.id for entry in newcomers}
        reached, waiting = set(), [*asked, *(name for name in self._left if name in now_said)]
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += now_said[name].linked
        there = self._leaving.union(now_said)
        return {
            name: now_said[name]
            for name in sorted(reached)
            if name in asked or there.issuperset(around[name].said.linked)
        }


def said_of(walked: Walked, result: Result) -> dict[str, Said]:
    """Put what a walk said of each article together with whom it shares passages or an event.

    Standing text and an outlet's furniture link nobody.
    """
    ids = [article.id for article in walked.corpus.articles]
    beside: dict[str, set[str]] = {name: set() for name in ids}
    about: dict[str, set[str]] = {name: set() for name in ids}
    table = result.tables["matches"]
    shared = zip(map(str, table["article_id"]), map(str, table["other_id"]), strict=True)
    events = ((ids[a], ids[b]) for a, b in walked.decided.events)
    for links, pairs in ((beside, shared), (about, events)):
        for here, there in pairs:
            links[here].add(there)
            links[there].add(here)
    return {
        name: Said(row, tuple(sorted(beside[name])), tuple(sorted(about[name])))
        for name, row in Answers(result).verdicts().items()
    }
