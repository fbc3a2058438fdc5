"""The candidate step: four channels propose pairs, time prunes them, likeness ranks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup import candidates, text, verify
from dedup.spilling import sums
from dedup.tables import totals

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from dedup.pipeline.corpus import Corpus

#: TF-IDF cosine from which two articles may tell of one event, close in time. With weights of a
#: background table, squared in the product, it lies far below the 0.4 of Welbers et al., whose
#: weights are those of their corpus.
SAME_EVENT = 0.15
#: Up to so many articles, the nearest pair is looked for among all where no channel proposes one.
ALL_PAIRS = 2000


class Proposed(NamedTuple):
    """What is to be compared.

    Attributes:
        left, right: places of articles, the smaller first; sorted.
        channel: which channels proposed each pair, a bit mask.
        cosine: of the words of each two articles.
        alike: pairs that may be about one event, with the cosine of the articles' words.
        nearest: the pair most alike and its cosine, None where nothing was proposed.
        dropped: what each limit left out.

    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    channel: NDArray[np.uint8]
    cosine: NDArray[np.float64]
    alike: list[tuple[int, int, float]]
    nearest: tuple[int, int, float] | None
    dropped: dict[str, int]


_NONE = np.empty(0, np.int32)
NOTHING = Proposed(
    _NONE, _NONE, np.empty(0, np.uint8), np.empty(0), alike=[], nearest=None, dropped={}
)


def propose(
    corpus: Corpus,
    window: int | None,
    progress: Callable[[str, int, int], None],
    threads: int = 1,
) -> Proposed:
    """Propose the pairs of articles that are worth comparing on their text."""
    progress("proposing", 0, 1)
    body = corpus.body
    proposal = candidates.propose(evidence(corpus), threads)
    left, right = proposal.pairs.left, proposal.pairs.right
    near = within(corpus, left, right, window)
    left, right = left[near], right[near]
    cosine = cosines(corpus, left, right, threads)
    progress("proposing", 1, 1)
    return Proposed(
        left=left,
        right=right,
        channel=proposal.pairs.channel[near],
        cosine=cosine,
        alike=alike(left, right, cosine),
        nearest=_nearest(left, right, cosine) or _of_all(body.word, body.indptr),
        dropped=proposal.dropped | {"pairs of articles: outside the window": int((~near).sum())},
    )


def evidence(corpus: Corpus) -> candidates.Evidence:
    """What the channels look at."""
    body, columns = corpus.body, corpus.paragraphs
    # Only words of paragraphs that count tell the story: each has those up to the next.
    told = totals(corpus.tells, np.append(columns.first[columns.counts], len(corpus.tells)))
    return candidates.Evidence(
        windows=text.windows,
        bounds=sums(told),
        article=columns.article[columns.counts],
        words=body.word,
        indptr=body.indptr,
        weight=body.weight,
    )


def cosines(
    corpus: Corpus, left: NDArray[np.int32], right: NDArray[np.int32], threads: int = 1
) -> NDArray[np.float64]:
    """How alike the words of the articles of each pair are."""
    weight, body = text.background("").weight, corpus.body
    return verify.document_cosines(body.word, body.indptr, (left, right), weight, threads=threads)


def alike(
    left: NDArray[np.int32], right: NDArray[np.int32], cosine: NDArray[np.float64]
) -> list[tuple[int, int, float]]:
    """Which pairs may be about one event."""
    rows = np.flatnonzero(cosine >= SAME_EVENT)
    return list(zip(left[rows].tolist(), right[rows].tolist(), cosine[rows].tolist(), strict=True))


def within(
    corpus: Corpus, left: NDArray[np.int32], right: NDArray[np.int32], window: int | None
) -> NDArray[np.bool_]:
    """Which pairs lie within the time window; a pair with an undated article always does."""
    if window is None:
        return np.ones(len(left), bool)
    first = np.array([w.earliest if w else np.nan for w in corpus.whens])
    last = np.array([w.latest if w else np.nan for w in corpus.whens])
    apart = np.maximum(first[left] - last[right], first[right] - last[left])
    near: NDArray[np.bool_] = ~(apart > window)
    return near


def _nearest(
    left: NDArray[np.int32], right: NDArray[np.int32], cosine: NDArray[np.float64]
) -> tuple[int, int, float] | None:
    """The proposed pair most alike."""
    if not len(cosine):
        return None
    best = int(cosine.argmax())
    return int(left[best]), int(right[best]), float(cosine[best])


def _of_all(body: NDArray[np.uint64], indptr: NDArray[np.int64]) -> tuple[int, int, float] | None:
    """The pair most alike of all, where none was proposed and all can be looked at."""
    if not 1 < len(indptr) - 1 <= ALL_PAIRS:
        return None
    return verify.nearest(body, indptr, text.background("").weight)
