"""Postings of sampled shingles: articles with a run in common (docs/engine.md, "Postings").

This finds the copied sentence in two long articles, to which document signatures are blind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.candidates.buckets import gather, keep, link, slices, spans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from dedup.tables import ShingleTable

#: One shingle in so many is posted; of an article with few shingles all are.
RATE, FEW = 4, 64

#: A shingle in up to CAP articles pairs them all, in up to STOP_SHINGLE each with the first of
#: them; beyond, it is a stock phrase and counts nothing.
CAP, STOP_SHINGLE = 20, 50

#: A pair shares at least so many posted shingles.
LEAST_SHARED = 2

#: Pairs counted at a time.
_ENTRIES = 1 << 22


class Sharing(NamedTuple):
    """Pairs as `pack` makes them, and how many shingles were too common to count."""

    pairs: NDArray[np.uint64]
    stopped: int


def sharing(blocks: Iterable[ShingleTable]) -> Sharing:
    """Return the pairs of articles that share enough posted shingles.

    Args:
        blocks: the shingles of all articles, some articles at a time.

    """
    keys, held = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
    for shingles in blocks:
        place = _posted(shingles)
        keys.append(shingles.hash[place])
        held.append(np.diff(np.searchsorted(place, shingles.indptr)))
    counts = np.concatenate(held)
    articles = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    buckets = gather(np.concatenate(keys), articles)
    rare = buckets.sizes <= STOP_SHINGLE
    parts = [
        np.unique(link(run, CAP).pairs, return_counts=True)
        for run in slices(keep(buckets, rare), _ENTRIES)
    ]
    if not parts:
        return Sharing(np.empty(0, np.uint64), int((~rare).sum()))
    pairs, place = np.unique(np.concatenate([pair for pair, _ in parts]), return_inverse=True)
    shared = np.bincount(place, np.concatenate([count for _, count in parts]))
    return Sharing(pairs[shared >= LEAST_SHARED], int((~rare).sum()))


def _posted(shingles: ShingleTable) -> NDArray[np.int64]:
    """Return the places of the shingles that are posted."""
    posted = shingles.hash < np.uint64((1 << 64) // RATE)
    counts = np.diff(shingles.indptr)
    few = counts < FEW
    posted[spans(shingles.indptr[:-1][few], counts[few])] = True
    return np.flatnonzero(posted)
