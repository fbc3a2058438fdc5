"""All channels together: which articles are worth comparing (docs/engine.md, "Proposals").

A pair of articles carries the channels that proposed it, so that what comes after can tell a copied
article from a shared sentence, and both from a like subject.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates.buckets import union, unpack
from dedup.candidates.identical import expand, group, link_groups, totals
from dedup.candidates.items import Items
from dedup.candidates.lsh import DOCUMENT_BANDING, PARAGRAPH_BANDING, band_keys, resembling
from dedup.candidates.postings import STOP_SHINGLE, sharing
from dedup.candidates.topics import BEST, COMMON, related
from dedup.tables import PairTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from dedup.candidates.items import Windows
    from dedup.candidates.lsh import Banding, Each
    from dedup.tables import Flags, Offsets, Pointers, Words

#: Bits of ``PairTable.channel``.
DOCUMENT, PARAGRAPH, POSTINGS, TOPIC = 1, 2, 4, 8
ALL = DOCUMENT | PARAGRAPH | POSTINGS | TOPIC

#: Words in the shingles of articles, paragraphs and runs (docs/engine.md).
DOCUMENT_WORDS, PARAGRAPH_WORDS, RUN_WORDS = 5, 3, 6

#: A paragraph of fewer words (eight make six 3-grams) proposes nobody: names, headings, credits.
LEAST_WORDS = 8

#: Articles with the same paragraph, and items in one band's bucket, are all paired up to so many;
#: beyond, each is paired with the first of them.
CAP = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the channels look at; articles and paragraphs in ascending order.

    Attributes:
        windows: hashes the runs of words of items, as `dedup.text.windows` does.
        bounds: where each paragraph begins in ``words``, ``[paragraphs + 1]``.
        article: the article of each paragraph, ``[paragraphs]``.
        words: the words of all articles, ``[words]``.
        indptr: where each article begins in ``words``, ``[articles + 1]``.
        weight: how much each word tells, in nats; 0 for function words, ``[words]``.

    """

    windows: Windows
    bounds: Pointers
    article: Offsets
    words: Words
    indptr: Pointers
    weight: NDArray[np.float32]


class Proposal(NamedTuple):
    """Candidate pairs of articles, and what each cap left out, under a name that says of what."""

    pairs: PairTable
    dropped: dict[str, int]


class _Found(NamedTuple):
    """What one channel proposes."""

    channel: int
    pairs: NDArray[np.uint64]
    dropped: dict[str, int]


class _Work(NamedTuple):
    """How work is shared: into so many parts; ``each`` works on some at a time, as `map` does."""

    threads: int
    each: Each


def propose(evidence: Evidence, threads: int = 1, channels: int = ALL) -> Proposal:
    """Return the pairs of articles that any channel proposes.

    Every pair is returned once, with the bits of its channels. What a cap left out is counted;
    names without a count are left away.

    Args:
        evidence: what the channels look at.
        threads: how much is worked on at a time: channels, blocks, bands; the result is the same.
        channels: the bits of those that are asked.

    """
    asked = [channel for bit, channel in _CHANNELS.items() if channels & bit]
    with ThreadPoolExecutor(threads) as pool, ThreadPoolExecutor(threads) as minders:
        work = _Work(threads, map if threads == 1 else pool.map)
        parts = (map if threads == 1 else minders.map)(
            lambda channel: channel(evidence, work), asked
        )
        found = sorted(parts, key=attrgetter("channel"))
    dropped = {name: count for part in found for name, count in part.dropped.items() if count}
    return Proposal(_merge(found), dropped)


def _articles(evidence: Evidence, work: _Work) -> _Found:
    """Propose articles that are identical or resemble one another."""
    return _alike(DOCUMENT, article_items(evidence), work)


def _paragraphs(evidence: Evidence, work: _Work) -> _Found:
    """Propose articles with paragraphs that are identical or resemble one another."""
    return _alike(PARAGRAPH, paragraph_items(evidence), work)


def article_items(evidence: Evidence) -> tuple[Items, Pointers, Offsets]:
    """Return the articles, the numbers of those that have any words, and again as articles."""
    items = Items(evidence.windows, evidence.words, evidence.indptr, DOCUMENT_WORDS)
    filled = np.flatnonzero(np.diff(items.indptr))
    return items, filled, filled.astype(np.int32)


def paragraph_items(evidence: Evidence) -> tuple[Items, Pointers, Offsets]:
    """Return the paragraphs, the numbers of those that are long enough, and their articles."""
    items = Items(evidence.windows, evidence.words, evidence.bounds, PARAGRAPH_WORDS)
    told = np.flatnonzero(np.diff(evidence.bounds) >= LEAST_WORDS)
    return items, told, evidence.article[told]


def _alike(channel: int, told: tuple[Items, Pointers, Offsets], work: _Work) -> _Found:
    """Propose the articles whose items are identical or share a band.

    Of identical items the first alone has keys. Blocks of items and bands are shared among threads.
    """
    what, banding = KINDS[channel]
    items, chosen, article = told
    groups = group(totals(items.words, items.indptr)[chosen], article)
    keys = band_keys(items, chosen[groups.first], banding, work.each)
    same = link_groups(groups, CAP)
    bands = np.array_split(keys, work.threads)
    alike = list(work.each(lambda some: resembling(some, CAP), bands))
    expanded = expand(groups, *unpack(union(links.pairs for links in alike)), CAP)
    dropped = {
        f"pairs of articles: identical {what} in over {CAP}": same.dropped,
        f"pairs of {what}: LSH bucket over {CAP}": sum(links.dropped for links in alike),
        f"pairs of articles: like groups of identical {what}": expanded.dropped,
    }
    return _Found(channel, np.concatenate([same.pairs, expanded.pairs]), dropped)


#: The channels of items that resemble one another: what the items are, how signatures are cut.
KINDS: dict[int, tuple[str, Banding]] = {
    DOCUMENT: ("articles", DOCUMENT_BANDING),
    PARAGRAPH: ("paragraphs", PARAGRAPH_BANDING),
}


def _runs(evidence: Evidence, _: _Work) -> _Found:
    """Propose articles that have a run of words in common."""
    found = sharing(Items(evidence.windows, evidence.words, evidence.indptr, RUN_WORDS))
    dropped = {f"shingles: in over {STOP_SHINGLE} articles": found.stopped}
    return _Found(POSTINGS, found.pairs, dropped)


def _topics(evidence: Evidence, _: _Work) -> _Found:
    """Propose articles that tell of the same thing."""
    found = related(evidence.words, evidence.indptr, evidence.weight)
    dropped = {
        f"word pairs: in over {COMMON} articles": found.too_common,
        f"pairs of articles: not among the best {BEST} by topic": found.outranked,
    }
    return _Found(TOPIC, found.pairs, dropped)


#: What the channels do, the longest first.
_CHANNELS: dict[int, Callable[[Evidence, _Work], _Found]] = {
    TOPIC: _topics,
    PARAGRAPH: _paragraphs,
    POSTINGS: _runs,
    DOCUMENT: _articles,
}


def _merge(found: list[_Found]) -> PairTable:
    """Put the channels' pairs together: sorted, each once, with the bits of all its channels."""
    pairs = union(part.pairs for part in found)
    channel: Flags = np.zeros(len(pairs), np.uint8)
    for part in found:
        channel[np.searchsorted(pairs, part.pairs)] |= np.uint8(part.channel)
    left, right = unpack(pairs)
    return PairTable(left=left, right=right, channel=channel)
