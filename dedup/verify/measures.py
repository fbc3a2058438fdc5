"""How much two passages share: Broder's resemblance and containment, and TF-IDF cosine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.compiling import pays
from dedup.verify.counting import count_parts
from dedup.verify.reading import SEED, trigrams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfTransformer

    Words = NDArray[np.uint64]


#: Article pairs whose vectors are held at a time, at most and at least where there are several
#: threads, and that are multiplied at a time.
_PAIRS, _FEW, _BLOCK = 1 << 15, 1 << 10, 4096
#: Words that are counted at a time.
_WORDS = 1 << 20


class Stretch(NamedTuple):
    """The word hashes of one side of a match.

    Attributes:
        passage: of the passage.
        paragraphs: of the paragraphs that it touches; the same array where it is all of them.

    """

    passage: NDArray[np.uint64]
    paragraphs: NDArray[np.uint64]


class Overlap(NamedTuple):
    """Shares of shared word 3-grams, 0 to 1 (Broder 1997)."""

    resemblance: float
    containment: float
    other_containment: float


def overlap(here: Stretch, there: Stretch) -> Overlap:
    """Measure the passages' resemblance and their paragraphs' containment, both ways."""
    whole = _shares(here.paragraphs, there.paragraphs)
    if here.passage is here.paragraphs and there.passage is there.paragraphs:
        return Overlap(*whole)
    return Overlap(_shares(here.passage, there.passage)[0], *whole[1:])


def _shares(here: Words, there: Words) -> tuple[float, float, float]:
    """Jaccard of the 3-grams of two word runs, and the share of each side's found in the other."""
    if min(len(here), len(there)) < SEED:
        same = float(len(here) > 0 and np.array_equal(here, there))
        return same, same, same
    own, other, common = (_shared if pays(len(here)) else _in_common)(here, there)
    return common / (own + other - common), common / own, common / other


def _shared(here: Words, there: Words) -> tuple[int, int, int]:
    """How many distinct 3-grams two word runs have, each and together, one by one."""
    from dedup.verify import kernels

    return kernels.shared(here, there)


def _in_common(here: Words, there: Words) -> tuple[int, int, int]:
    """How many distinct 3-grams two word runs have, each and together."""
    a, b = np.unique(trigrams(here)), np.unique(trigrams(there))
    return len(a), len(b), len(np.intersect1d(a, b, assume_unique=True))


def cosines(
    sides: Sequence[tuple[Words, Words]], weight: Callable[[Words], NDArray[np.float32]]
) -> NDArray[np.float64]:
    """Return the TF-IDF cosine of each pair of word runs, shape ``[pairs]``.

    The inverse document frequencies are those of a background table, not of the corpus (scikit-
    learn's transformer applies them), so that a score depends on the two texts alone.
    """
    if not sides:
        return np.zeros(0)
    runs = [side for pair in sides for side in pair]
    indptr = np.cumsum([0] + [len(run) for run in runs])
    rows = _tfidf([(np.concatenate(runs), indptr)], weight)
    return _dot(rows[::2], rows[1::2])


def transformer_class() -> type[TfidfTransformer]:
    """Load scikit-learn's transformer; that takes a second, at best beside other work."""
    from sklearn.feature_extraction.text import TfidfTransformer

    loaded: type[TfidfTransformer] = TfidfTransformer
    return loaded


def _tfidf(
    parts: Iterable[tuple[Words, NDArray[np.int64]]],
    weight: Callable[[Words], NDArray[np.float32]],
) -> csr_matrix:
    """The unit TF-IDF vectors of runs of words, a column a distinct word.

    Args:
        parts: the words of some runs laid end to end, and where each run begins in them.
        weight: inverse document frequency of a word in a background table.

    """
    known, counts = count_parts(parts)
    if not len(known):
        return counts
    transformer = transformer_class()()
    transformer.idf_ = weight(known).astype(float)
    return transformer.transform(counts, copy=False)


def _dot(left: csr_matrix, right: csr_matrix) -> NDArray[np.float64]:
    """The inner product of each two rows, added up by ascending column."""
    products: NDArray[np.float64] = left.multiply(right) @ np.ones(left.shape[1])
    return products.clip(0.0, 1.0)


def document_cosines(
    words: Words,
    indptr: NDArray[np.int64],
    pairs: tuple[NDArray[np.int32], NDArray[np.int32]],
    weight: Callable[[Words], NDArray[np.float32]],
    *,
    threads: int = 1,
) -> NDArray[np.float64]:
    """Return the TF-IDF cosine of whole articles, pair by pair, shape ``[pairs]``.

    Args:
        words: the word hashes of all articles, end to end.
        indptr: where each article begins, ``[articles + 1]``.
        pairs: the articles to compare: two columns of places.
        weight: inverse document frequency of a word in a background table.
        threads: blocks of pairs worked on at a time; the result is the same.

    """
    left, right = pairs
    size = min(_PAIRS, max(_FEW, -(-len(left) // threads)))
    blocks = [slice(first, first + size) for first in range(0, len(left), size)]

    def work(own: slice) -> NDArray[np.float64]:
        return _cosines_of(words, indptr, (left[own], right[own]), weight)

    if threads == 1 or len(blocks) == 1:
        return np.concatenate([np.zeros(0), *map(work, blocks)])
    with ThreadPoolExecutor(threads) as pool:
        return np.concatenate([np.zeros(0), *pool.map(work, blocks)])


def _cosines_of(
    words: Words,
    indptr: NDArray[np.int64],
    pairs: tuple[NDArray[np.int32], NDArray[np.int32]],
    weight: Callable[[Words], NDArray[np.float32]],
) -> NDArray[np.float64]:
    """The cosines of some pairs."""
    taken, place = np.unique(np.concatenate(pairs), return_inverse=True)
    rows = _tfidf(_runs_of(words, indptr, taken), weight)
    left, right = place.astype(np.int32).reshape(2, -1)
    out = np.zeros(len(left))
    if pays(len(left)):
        from dedup.verify import vector_kernels

        vector_kernels.dot(
            rows.indptr, rows.indices, rows.data, (left, right), np.zeros(rows.shape[1]), out
        )
        return out.clip(0.0, 1.0)
    for first in range(0, len(left), _BLOCK):
        block = slice(first, first + _BLOCK)
        out[block] = _dot(rows[left[block]], rows[right[block]])
    return out


def _runs_of(
    words: Words, indptr: NDArray[np.int64], taken: NDArray[np.int32]
) -> Iterator[tuple[Words, NDArray[np.int64]]]:
    """Yield the words of some articles, a share of them at a time, and where each begins."""
    sizes = np.diff(indptr)[taken]
    bounds = np.append(0, np.cumsum(sizes))
    cuts = np.searchsorted(bounds, np.arange(_WORDS, bounds[-1], _WORDS)).tolist()
    for first, last in pairwise(sorted({0, *cuts, len(taken)})):
        own = bounds[first : last + 1] - bounds[first]
        shift = np.repeat(indptr[taken[first:last]] - own[:-1], sizes[first:last])
        yield words[np.arange(own[-1]) + shift], own


def nearest(
    words: Words, indptr: NDArray[np.int64], weight: Callable[[Words], NDArray[np.float32]]
) -> tuple[int, int, float]:
    """Return the two articles most alike by TF-IDF cosine; all pairs are compared.

    Args:
        words: the word hashes of all articles, end to end.
        indptr: where each article begins, ``[articles + 1]``; two articles at least.
        weight: inverse document frequency of a word in a background table.

    """
    if not len(words):
        return 0, 1, 0.0
    rows = _tfidf([(words, indptr)], weight)
    cosine = (rows @ rows.T).toarray()
    np.fill_diagonal(cosine, -1.0)
    left, right = np.unravel_index(int(cosine.argmax()), cosine.shape)
    return int(left), int(right), max(0.0, float(cosine[left, right]))
