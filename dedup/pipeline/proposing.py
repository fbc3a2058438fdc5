"""The candidate step: four channels propose pairs, time prunes them, likeness ranks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup import candidates, text, verify
from dedup.pipeline.comparing import weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from dedup.pipeline.corpus import Corpus

#: Words in the shingles of documents, paragraphs and runs (docs/engine.md).
_DOCUMENT, _PARAGRAPH, _RUN = 5, 3, 8
#: TF-IDF cosine from which two articles may tell of one event, close in time. With weights of a
#: background table, squared in the product, it lies far below the 0.4 of Welbers et al., whose
#: weights are those of their corpus.
SAME_EVENT = 0.15
#: Up to so many articles, the nearest pair is looked for among all where no channel proposes one.
ALL_PAIRS = 2000


class Proposed(NamedTuple):
    """What is to be compared.

    Attributes:
        pairs: places of articles, the smaller first, in an order in which articles recur soon.
        alike: pairs that may be about one event, with the cosine of the articles' words.
        nearest: the pair most alike and its cosine, None where nothing was proposed.
        dropped: what each limit left out.

    """

    pairs: list[tuple[int, int]]
    alike: list[tuple[int, int, float]]
    nearest: tuple[int, int, float] | None
    dropped: dict[str, int]


def propose(
    corpus: Corpus, window: int | None, progress: Callable[[str, int, int], None]
) -> Proposed:
    """Propose the pairs of articles that are worth comparing on their text."""
    progress("proposing", 0, 1)
    tokens, columns = corpus.tokens, corpus.ledger
    weight = _weights(corpus)
    told = np.zeros(len(tokens.word) + 1, np.int64)
    np.add.at(told, columns.first[columns.counts], 1)
    np.add.at(told, columns.last[columns.counts], -1)
    tells = np.cumsum(told[:-1]) > 0
    body = tokens.word[tells]
    before = np.concatenate(([0], np.cumsum(tells)))
    indptr = before[tokens.indptr]
    bounds = np.append(before[columns.first[columns.counts]], len(body))
    proposal = candidates.propose(
        candidates.Evidence(
            documents=text.shingle(body, indptr, _DOCUMENT),
            paragraphs=text.shingle(body, bounds, _PARAGRAPH),
            article=columns.article[columns.counts],
            counted=np.ones(len(bounds) - 1, bool),
            runs=text.shingle(body, indptr, _RUN),
            words=body,
            indptr=indptr,
            weight=weight[tells],
        )
    )
    left, right = proposal.pairs.left, proposal.pairs.right
    near = _within(corpus, left, right, window)
    left, right = left[near], right[near]
    cosine = verify.document_cosines(body, indptr, (left, right), text.background("").weight)
    rows = zip(left.tolist(), right.tolist(), cosine.tolist(), strict=True)
    alike = [row for row in rows if row[2] >= SAME_EVENT]
    progress("proposing", 1, 1)
    return Proposed(
        pairs=_side_by_side(left, right, len(corpus)),
        alike=alike,
        nearest=_nearest(left, right, cosine) or _of_all(body, indptr),
        dropped=proposal.dropped | {"pairs of articles: outside the window": int((~near).sum())},
    )


def _weights(corpus: Corpus) -> NDArray[np.float32]:
    """The weight of every word of the corpus, each article's by its own language."""
    out = np.zeros(len(corpus.tokens.word), np.float32)
    languages = np.array(corpus.languages)
    owner = np.repeat(np.arange(len(corpus)), np.diff(corpus.tokens.indptr))
    for language in sorted(set(corpus.languages)):
        rows = np.flatnonzero((languages == language)[owner])
        out[rows] = weights(corpus.tokens.word[rows], corpus.tokens.flags[rows], language)
    return out


def _within(
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


def _side_by_side(
    left: NDArray[np.int32], right: NDArray[np.int32], articles: int
) -> list[tuple[int, int]]:
    """Order the pairs so that those of one article stand near each other.

    Reading an article closely costs as much as comparing it, and only so many readings are kept:
    the reverse Cuthill-McKee order (1969) of the pairs' graph brings its neighbours together.
    """
    if not len(left):
        return []
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import reverse_cuthill_mckee

    graph = csr_array((np.ones(len(left), bool), (left, right)), shape=(articles, articles))
    place = np.empty(articles, np.int64)
    place[reverse_cuthill_mckee(graph + graph.T, symmetric_mode=True)] = np.arange(articles)
    first, last = np.minimum(place[left], place[right]), np.maximum(place[left], place[right])
    order = np.lexsort((last, first))
    return list(zip(left[order].tolist(), right[order].tolist(), strict=True))
