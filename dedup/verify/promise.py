"""A glance before the close look: may two articles share anything that would count as reuse?

Most candidate pairs tell of one subject and share nothing. A passage needs seeds close together on
both sides; a re-telling needs an article whose names the other has nearly all. Both can be seen
from word hashes alone, long before sentences, stems and quotations are worked out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedup.tables import CAPITAL
from dedup.verify.reading import trigrams
from dedup.verify.rewrite import LEAST_WORDS, LONGER

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: So many shared 3-grams within so many words on both sides may be a passage.
SEEDS, WITHIN, WITHIN_THERE = 5, 45, 60
#: A 3-gram without a word of this weight (nats), names apart, is a phrase of the language.
TELLING = 4.0
#: With a greater share of unknown names than this an article is no re-telling: more than that room
#: allows, for words are not yet stems here.
NAMES = 0.08


@dataclass(frozen=True, eq=False, slots=True)
class Glance:
    """The counted words of one article, as far as a glance needs them.

    Attributes:
        words: how many there are.
        grams, place: its telling 3-grams, sorted, and where each stands.
        vocabulary: its distinct words, sorted.
        names: its distinct words with a capital, sorted.
        content: how many distinct words tell anything.

    """

    words: int
    grams: NDArray[np.uint64]
    place: NDArray[np.int64]
    vocabulary: NDArray[np.uint64]
    names: NDArray[np.uint64]
    content: int


def glance(
    word: NDArray[np.uint64], weight: NDArray[np.float32], flags: NDArray[np.uint8]
) -> Glance:
    """Take a first look at the counted words of an article (hashes, weights, token flags)."""
    capital = ((flags & CAPITAL) > 0) & (weight > 0)
    told = np.where(capital, 0, weight)
    heaviest = np.maximum(np.maximum(told[:-2], told[1:-1]), told[2:])
    telling = np.flatnonzero(heaviest >= TELLING)
    gram = trigrams(word)[telling]
    order = np.argsort(gram)
    vocabulary, first = np.unique(word, return_index=True)
    return Glance(
        words=len(word),
        grams=gram[order],
        place=telling[order],
        vocabulary=vocabulary,
        names=np.unique(word[capital]),
        content=int((weight[first] > 0).sum()),
    )


def promising(a: Glance, b: Glance, *, retell: bool) -> bool:
    """Whether a close look at the two may find anything; ``retell``: a re-telling too."""
    return _clustered(a, b) or (retell and (_retellable(a, b) or _retellable(b, a)))


def _clustered(a: Glance, b: Glance) -> bool:
    """Whether enough shared 3-grams stand close together on both sides."""
    if len(a.grams) == 0 or len(b.grams) == 0:
        return False
    at = np.searchsorted(b.grams, a.grams)
    at[at == len(b.grams)] = 0
    shared = np.flatnonzero(b.grams[at] == a.grams)
    if len(shared) < SEEDS:
        return False
    here, there = a.place[shared], b.place[at[shared]]
    order = np.argsort(here, kind="stable")
    here, there = here[order], there[order]
    for lag in (SEEDS - 1, SEEDS, SEEDS + 2):
        near = here[lag:] - here[:-lag] <= WITHIN
        if (near & (np.abs(there[lag:] - there[:-lag]) <= WITHIN_THERE)).any():
            return True
    return False


def _retellable(a: Glance, b: Glance) -> bool:
    """Whether ``a`` has nearly no name that ``b`` lacks, and the sizes allow a re-telling."""
    if a.words < LEAST_WORDS or b.words > LONGER * a.words:
        return False
    at = np.searchsorted(b.vocabulary, a.names)
    at[at == len(b.vocabulary)] = 0
    lacking = int((b.vocabulary[at] != a.names).sum()) if len(b.vocabulary) else len(a.names)
    return lacking <= NAMES * a.content
