"""Some articles more: which of very many others each of them would be compared with.

The others are not laid out: whoever keeps their keys (a register, a shared store) says who has
which. What a channel chooses for a newcomer is what it would choose among all as far as these keys
tell: words in common in a row, paragraphs that are the same, a like subject. Resemblance of what
has no two such runs in common shows only where all are laid beside one another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from dedup.candidates import topics
from dedup.candidates.buckets import by_key, changes, pointers, ranges, spans
from dedup.candidates.items import Items
from dedup.candidates.pairs import CAP, RUN_WORDS
from dedup.candidates.postings import CAP as PAIRED
from dedup.candidates.postings import LEAST_SHARED, STOP_SHINGLE, posted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.candidates.pairs import Evidence

    Keys = NDArray[np.uint64]
    Numbers = NDArray[np.int64]

#: Channels by which a key is found.
RUN, SUBJECT, PARAGRAPH = 0, 1, 2
#: Of more articles with a paragraph so many are met, the earliest.
_SOME = 8
#: Of more than so many it is enough to hear of some.
_ENOUGH = 200
#: Seconds within which an event is told.
_DAYS = 4 * 86_400
#: Bits of a number of a pair that stands in one.
_HALF = 32


class Keyed(NamedTuple):
    """The keys of some articles in one channel, each with its article and what it weighs.

    They are sorted by key, then by article.
    """

    key: Keys
    article: Numbers
    weight: Numbers


class Holding(Protocol):
    """Whoever keeps the keys of very many articles."""

    def find(self, channel: int, keys: Keys, most: int, some: int) -> tuple[Numbers, Numbers]:
        """Say who has some keys: the place of each key, and the number of an article.

        Of a key that more than ``most`` have it is enough to name ``some``, the earliest.
        """

    def count(
        self, channel: int, keys: Keys, few: Numbers, most: int
    ) -> tuple[Numbers, Numbers, Numbers]:
        """Say who has some keys as `find` does, and how many have each.

        Of a key that more than its ``few``, and one, have the earliest is enough; of one that more
        than ``most`` have nobody need be named or counted.
        """

    def moments(self, numbers: Numbers) -> NDArray[np.float64]:
        """Say when some articles were published."""


class Meeting(NamedTuple):
    """Who would be compared with whom.

    Attributes:
        newcomer: the place of a newcomer.
        other: the number of an article that it meets, each pair once.
        worded: how much wording they have in common; 0 where it is their subject alone.

    """

    newcomer: Numbers
    other: Numbers
    worded: Numbers


class Among:
    """Newcomers as those who are there: whom they would meet of one another."""

    def __init__(self, keys: dict[int, Keyed], when: NDArray[np.float64]) -> None:
        """Take their keys, by channel, and when each was published."""
        self._keys, self._when = keys, when

    def find(self, channel: int, keys: Keys, most: int, some: int) -> tuple[Numbers, Numbers]:  # noqa: ARG002 - newcomers are few
        """Say who has some keys: the place of each key, and the place of a newcomer."""
        own = self._keys[channel]
        first = np.searchsorted(own.key, keys)
        sizes = np.searchsorted(own.key, keys, side="right") - first
        return np.repeat(np.arange(len(keys)), sizes), own.article[spans(first, sizes)]

    def count(
        self,
        channel: int,
        keys: Keys,
        few: Numbers,  # noqa: ARG002 - newcomers are few
        most: int,
    ) -> tuple[Numbers, Numbers, Numbers]:
        """Say who has some keys as `find` does, and how many have each."""
        place, number = self.find(channel, keys, most, 0)
        return place, number, np.bincount(place, minlength=len(keys))

    def moments(self, numbers: Numbers) -> NDArray[np.float64]:
        """Say when some of them were published."""
        return self._when[numbers]


def keyed(evidence: Evidence, paragraphs: Keyed) -> dict[int, Keyed]:
    """Give the keys of some articles, by channel.

    Args:
        evidence: what the channels look at.
        paragraphs: the keys of their paragraphs, and how many words each has.

    """
    runs, article = _run_keys(evidence)
    subject, about, nats = topics.in_a_row(evidence.words, evidence.indptr, evidence.weight)
    return {
        RUN: once(runs, article, np.ones(len(runs), np.int64)),
        SUBJECT: once(subject, about, topics.in_steps(nats).astype(np.int64)),
        PARAGRAPH: once(*paragraphs),
    }


def meet(newcomers: dict[int, Keyed], when: NDArray[np.float64], known: Holding) -> Meeting:
    """Say whom some newcomers would be compared with.

    A like subject alone counts only of about the same time: an event is told, and told again, in
    its days.

    Args:
        newcomers: their keys, by channel.
        when: each was published, infinity where that is unknown.
        known: who knows the others.

    """
    run = _summed(_met(newcomers[RUN], known, RUN, (PAIRED, STOP_SHINGLE, 1)))
    worded = _those(run, run.worded >= LEAST_SHARED)
    paragraph = _met(newcomers[PARAGRAPH], known, PARAGRAPH, (CAP, None, _SOME))
    subject = _summed(_met(newcomers[SUBJECT], known, SUBJECT, (topics.RARE, topics.COMMON, 1)))
    subject = _those(subject, subject.worded >= topics.SUFFICES)
    there, here = known.moments(subject.other), when[subject.newcomer]
    dated = np.isfinite(there) & np.isfinite(here)
    apart = np.subtract(there, here, out=np.zeros(len(here)), where=dated)
    near = (np.abs(apart) <= _DAYS) | _among(_packed(*subject[:2]), _packed(*run[:2]))
    subject = _those(subject, _best(subject, apart) & near)
    subject = subject._replace(worded=np.zeros(len(subject.other), np.int64))
    columns = zip(worded, paragraph, subject, strict=True)
    return _summed(Meeting(*map(np.concatenate, columns)))


def _those(meeting: Meeting, rows: NDArray[np.bool_]) -> Meeting:
    return Meeting(*(column[rows] for column in meeting))


def _packed(one: Numbers, other: Numbers) -> Numbers:
    """Give each pair of numbers as one, in the order of the pairs."""
    return one << _HALF | other


def _unpacked(pairs: Numbers) -> tuple[Numbers, Numbers]:
    """Give the numbers that `_packed` put together."""
    return pairs >> _HALF, pairs & ((1 << _HALF) - 1)


def _met(own: Keyed, known: Holding, channel: int, caps: tuple[int, int | None, int]) -> Meeting:
    """Pair newcomers with those who have a key of theirs, with what the key weighs.

    Args:
        own: the newcomers' keys.
        known: who knows the others.
        channel: of the keys.
        caps: up to how many articles with one key are all met; up to how many some of them, None
            however many there are; how many of them then: the earliest.

    """
    many, most, some = caps
    begins = changes(own.key)
    key, entry = own.key[begins], np.cumsum(begins) - 1
    others = np.bincount(entry, minlength=len(key))
    if most is None:
        place, number = known.find(channel, key, _ENOUGH, some)
        count = np.bincount(place, minlength=len(key))
    else:
        place, number, count = known.count(channel, key, many - others, most)
    place, number = _unpacked(np.sort(_packed(place, number)))
    size, total = np.bincount(place, minlength=len(key)), count + others
    crowded = (total > many) & (size > some)
    if crowded.any():
        rows = np.flatnonzero(crowded[place])
        stays = np.ones(len(place), bool)
        stays[rows] = _earliest(place[rows], known.moments(number[rows]), some)
        place, number = place[stays], number[stays]
        size = np.where(crowded, some, size)
    begin = pointers(np.bincount(place, minlength=len(key)))[:-1]
    if most is not None:
        size = np.where(total <= most, size, 0)
    rows = spans(begin[entry], size[entry])
    times = size[entry]
    return Meeting(np.repeat(own.article, times), number[rows], np.repeat(own.weight, times))


def _earliest(place: Numbers, moment: NDArray[np.float64], some: int) -> NDArray[np.bool_]:
    """Choose of each place, of which more than ``some`` follow one another, the earliest."""
    chosen, left = np.zeros(len(place), bool), np.arange(len(place))
    for _ in range(some):
        begin = np.flatnonzero(changes(place[left]))
        least = np.minimum.reduceat(moment[left], begin)
        early = np.flatnonzero(
            moment[left] == np.repeat(least, np.diff(np.append(begin, len(left))))
        )
        early = early[changes(place[left[early]])]
        chosen[left[early]] = True
        left = np.delete(left, early)
    return chosen


def _among(pairs: Numbers, known: Numbers) -> NDArray[np.bool_]:
    """Which pairs are known; these are sorted."""
    place = np.searchsorted(known, pairs)
    among: NDArray[np.bool_] = np.append(known, -1)[place] == pairs
    return among


def _summed(meeting: Meeting) -> Meeting:
    """Add up what each pair has in common."""
    pairs = _packed(meeting.newcomer, meeting.other)
    order = np.argsort(pairs)
    pairs, worded = pairs[order], meeting.worded[order]
    first = np.flatnonzero(changes(pairs))
    total = np.add.reduceat(worded, first) if len(first) else worded
    return Meeting(*_unpacked(pairs[first]), total)


def _best(meeting: Meeting, apart: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Choose of each newcomer those it shares most with, of those before it and of those after."""
    later = apart > 0
    order = np.lexsort((meeting.other, -meeting.worded, later, meeting.newcomer))
    best = np.zeros(len(order), bool)
    best[order] = ranges(np.bincount(2 * meeting.newcomer + later)) < topics.BEST
    return best


def once(key: Keys, article: NDArray[np.integer], weight: Numbers) -> Keyed:
    """Give each article each of its keys once, at its least weight.

    Args:
        key: some keys.
        article: that has each of them, in ascending order.
        weight: of each.

    """
    order = by_key(key)
    keys, owner = key[order], article[order].astype(np.int64)
    first = np.flatnonzero(changes(keys) | changes(owner))
    least = np.minimum.reduceat(weight[order], first) if len(first) else weight
    return Keyed(keys[first], owner[first], least)


def _run_keys(evidence: Evidence) -> tuple[Keys, NDArray[np.int32]]:
    """The posted shingles of articles, each with its article."""
    items = Items(evidence.windows, evidence.words, evidence.indptr, RUN_WORDS)
    keys, counts = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
    for block in items.blocks():
        place = posted(block)
        keys.append(block.hash[place])
        counts.append(np.diff(np.searchsorted(place, block.indptr)))
    held = np.concatenate(counts)
    return np.concatenate(keys), np.repeat(np.arange(len(held), dtype=np.int32), held)
