"""Heavy rewrites: an article re-told from another without a run of its words.

Similarity cannot tell a re-telling from a second reporter's piece on one event, paragraph by
paragraph or as a whole. What can is the absence of own detail (names, numbers and quoted words that
the other lacks) together with order: the other's propositions come in the other's sequence, beyond
what chance would give (a monotone alignment against shuffles of its columns).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.verify.passages import Piece
from dedup.verify.uniqueness import LISTED, clauses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.verify.likeness import Likeness

    Matrix = NDArray[np.float64]

#: With a greater share of new names and quoted words than this nobody re-tells: they report. Where
#: the order is not known, two reports on one event pass for each other more easily. Of figures more
#: is no wonder: who re-tells writes them otherwise, rounds and counts.
OWN_DETAIL, OWN_DETAIL_UNORDERED, OWN_FIGURES = 0.035, 0.015, 0.05
#: The other's propositions come in its order beyond chance from so many deviations on; articles of
#: fewer sentences have no order.
LEAST_ORDER, LEAST_SENTENCES = 2.0, 4
#: An article with fewer words that nobody is quoted with, and one of a far longer source, hold too
#: little of it for absence to tell.
LEAST_WORDS, LONGER = 80, 1.5
#: An article of which so much is known to be copied or edited is not one re-told.
COPIED = 0.35
#: This share of what an article tells, in nats, stands in the other at all.
LEAST_CONTAINMENT = 0.2
#: A sentence tells what another tells from this share of its weight on; so many sentences must.
TOLD, TOLD_SENTENCES = 0.08, 0.4
#: From this cosine on a sentence has the words of another.
SAME = 0.99
_SHUFFLES = 40
_SOFTEN = 0.05


class Retelling(NamedTuple):
    """The measures behind the decision; shares are of the article's content words."""

    names: float
    figures: float
    quotes: float
    order: float

    @property
    def taken(self) -> bool:
        """Whether it is one."""
        return self.order >= LEAST_ORDER


def retelling(like: Likeness, *, ordered: bool) -> Retelling | None:
    """Decide whether ``like.a`` as a whole is re-told from ``like.b``; None where it cannot be.

    A list of names ("Line-ups: …") is everybody's, and so many that it would pass for the story.
    ``ordered``: ``like.b`` is known to be the earlier.
    """
    a, b = like.a, like.b
    telling = np.bincount(a.sentence, a.name, len(a.lengths)) <= LISTED * a.lengths
    listed = np.bincount(a.sentence, clauses(a), len(a.lengths)) == 0
    telling &= ~listed | (like.window[2] < SAME)
    words = telling[a.sentence]
    few = min(int(telling.sum()), len(b.lengths)) < LEAST_SENTENCES
    if few or int((words & ~a.quoted).sum()) < LEAST_WORDS or len(b) > LONGER * len(a):
        return None
    content, lacking = words & (a.weight > 0), words & (like.here < 0)
    total = _distinct(a.stem[content])
    if not total or not len(like.weights):
        return None
    names, figures = (_distinct(a.stem[lacking & new]) / total for new in (a.name, a.number))
    quotes = int((lacking & a.quoted & content).sum()) / int(content.sum())
    own = names + quotes > (OWN_DETAIL if ordered else OWN_DETAIL_UNORDERED)
    if own or figures > OWN_FIGURES or _contained(like) < LEAST_CONTAINMENT:
        return None
    gain = _gain(like)[telling]
    if (gain.max(axis=1) >= TOLD).mean() < TOLD_SENTENCES:
        return None
    return Retelling(names, figures, quotes, _order(gain))


def _contained(like: Likeness) -> float:
    """The share of what an article tells that stands in the other, each stem once."""
    _stems, first = np.unique(like.a.stem, return_index=True)
    weight = like.a.weight[first]
    return float(weight[like.here[first] >= 0].sum() / max(float(weight.sum()), 1e-9))


def _distinct(stems: NDArray[np.uint64]) -> int:
    return len(set(stems.tolist()))


def retold(like: Likeness, told: Retelling, known: Sequence[Piece]) -> list[Piece]:
    """The pieces of an article that is re-told: each paragraph beside the sentences it re-tells.

    The article is re-told as a whole, so a paragraph without a counterpart of its own stands beside
    what lies between its neighbours' counterparts; one whose place the edited-copy decision knows
    already is left to it.
    """
    a, b = like.a, like.b
    gain = _gain(like)
    settled = {int(a.paragraph[a.sentence[row]]) for piece in known for row in piece[:2]}
    beside: dict[int, list[int]] = {}
    for i, j in aligned(like):
        beside.setdefault(int(a.paragraph[i]), []).append(j)
    out = []
    numbers, first = np.unique(a.paragraph, return_index=True)
    stop = np.append(first[1:], len(a.paragraph))
    before = 0
    for paragraph, top, bottom in zip(numbers.tolist(), first, stop, strict=True):
        there = beside.get(paragraph) or [before]
        before = max(there)
        if paragraph not in settled and gain[top:bottom].max() > 0.0:
            here = int(a.indptr[top]), int(a.indptr[bottom]) - 1
            place = int(b.indptr[min(there)]), int(b.indptr[before + 1]) - 1
            out.append(Piece(*here, *place, told.order, retold=True))
    return out


def aligned(like: Likeness) -> list[tuple[int, int]]:
    """The sentences that tell the same, in order: the best monotone one-to-one alignment."""
    gain = _gain(like)
    best = np.zeros((gain.shape[0] + 1, gain.shape[1] + 1))
    for i, row in enumerate(gain):
        best[i + 1, 1:] = np.maximum.accumulate(np.maximum(best[i, 1:], best[i, :-1] + row))
    pairs = []
    i, j = gain.shape
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def _gain(like: Likeness) -> Matrix:
    """Containment of each sentence of a in each of b, stems weighted by rarity inside b too."""
    spread = (like.counts > 0).sum(axis=0)
    sentences = len(like.b.lengths)
    rarity = np.log((1.0 + sentences) / np.maximum(spread, 1))
    held = like.here >= 0
    value = like.a.weight.astype(float)
    value[held] *= rarity[like.here[held]]
    value[~held] *= np.log(1.0 + sentences)
    rows = len(like.a.lengths)
    own = np.zeros((rows, like.counts.shape[1]))
    np.add.at(own, (like.a.sentence[held], like.here[held]), value[held])
    whole = np.bincount(like.a.sentence, value, rows)
    gain: Matrix = own @ (like.counts > 0).T / np.maximum(whole, 1e-9)[:, None]
    return gain


def _order(gain: Matrix) -> float:
    """How far the monotone alignment beats those of b's sentences shuffled, in deviations."""
    columns = gain.shape[1]
    orders = np.vstack((np.arange(columns), *_shuffles(columns)))
    best = np.zeros((len(orders), columns + 1))
    for row in gain:
        step = np.maximum(best[:, 1:], best[:, :-1] + row[orders])
        best[:, 1:] = np.maximum.accumulate(step, axis=1)
    totals = best[:, -1]
    return float((totals[0] - totals[1:].mean()) / (totals[1:].std() + _SOFTEN))


@cache
def _shuffles(size: int) -> tuple[NDArray[np.int64], ...]:
    """Fixed shuffles of ``size`` columns: the same for every pair and every run."""
    generator = np.random.Generator(np.random.PCG64(size))
    return tuple(generator.permutation(size) for _ in range(_SHUFFLES))
