"""Our engine at its job: texts in memory to pairs of articles with aligned passages.

    python -m bench.engine FILE RESULT [CORES]

The public functions in the corridor's order: words, shingles, candidates by like articles, like
paragraphs and posted runs, then the common runs of every candidate pair; a run of as many words as
are posted is a passage. What reading closely adds (roles, weights, subjects, sentences) belongs to
the whole job: paragraphs are lines here, every word counts, and no word tells more than another, so
that no pair is proposed for its subject. ``DEDUP_BACKEND`` chooses the back end.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from bench import contest
from dedup import candidates, text, verify
from dedup.tables import BodyTable, TokenTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bench.contest import Pairs
    from dedup.tables import PairTable, Pointers, RunTable

#: Words in the shingles of articles and of runs (docs/engine.md).
DOCUMENT, RUN = 5, 8
#: Articles made words of at a time, where there are processors to share the work.
_BATCH = 512


def linked(texts: Sequence[str], cores: int = 1) -> Pairs:
    """Return the pairs of articles that have a passage in common."""
    tokens = tokenized(texts, cores)
    pairs = proposed(tokens, *lines(texts, tokens)).pairs
    runs = aligned(tokens, pairs, cores)
    verified = np.flatnonzero(passages(runs))
    return list(zip(pairs.left[verified].tolist(), pairs.right[verified].tolist(), strict=True))


def tokenized(texts: Sequence[str], cores: int) -> TokenTable:
    """Return the words of all texts."""
    if cores == 1 or len(texts) <= _BATCH:
        return text.tokenize(texts)
    batches = [texts[first : first + _BATCH] for first in range(0, len(texts), _BATCH)]
    with ThreadPoolExecutor(cores) as pool:
        return TokenTable.concatenate(list(pool.map(text.tokenize, batches)))


def lines(texts: Sequence[str], tokens: TokenTable) -> tuple[Pointers, NDArray[np.int32]]:
    """Return where the words of each line begin, and its article; lines without words are none."""
    begin: list[int] = []  # where each line begins, the articles end to end
    first: list[int] = []  # the first line of each article
    origin = 0
    for body in texts:
        first.append(len(begin))
        begin.append(origin)
        end = body.find("\n")
        while end >= 0:
            begin.append(origin + end + 1)
            end = body.find("\n", end + 1)
        origin += len(body) + 1
    starts = np.array([*begin, origin], np.int64)
    article = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff([*first, len(begin)]))
    place = tokens.start + np.repeat(starts[first], np.diff(tokens.indptr))
    bounds = np.searchsorted(place, starts)
    filled = np.diff(bounds) > 0
    return np.append(bounds[:-1][filled], len(place)), article[filled]


def proposed(
    tokens: TokenTable, bounds: Pointers, article: NDArray[np.int32]
) -> candidates.Proposal:
    """Propose pairs: like articles, like paragraphs, runs in common."""
    return candidates.propose(
        candidates.Evidence(
            shingle=text.shingle,
            bounds=bounds,
            article=article,
            words=tokens.word,
            indptr=tokens.indptr,
            weight=np.zeros(len(tokens.word), np.float32),
        )
    )


def aligned(tokens: TokenTable, pairs: PairTable, cores: int) -> RunTable:
    """Return the common runs of all candidate pairs."""
    alike = np.broadcast_to(np.int32(1), len(tokens.word))
    body = BodyTable(
        indptr=tokens.indptr,
        word=tokens.word,
        weight=alike.view(np.float32),
        telling=alike,
        flags=tokens.flags,
    )
    return verify.align(body, pairs.left, pairs.right, threads=cores)


def passages(runs: RunTable) -> NDArray[np.int64]:
    """Count the passages of each pair."""
    pair = np.repeat(np.arange(len(runs.indptr) - 1), np.diff(runs.indptr))
    return np.bincount(pair[runs.length >= RUN], minlength=len(runs.indptr) - 1)


if __name__ == "__main__":
    given = contest.task(sys.argv[1:])
    contest.run(given, partial(linked, cores=given.cores))
