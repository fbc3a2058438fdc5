"""Our engine at its job: texts in memory to pairs of articles with aligned passages.

    python -m bench.engine FILE RESULT [CORES]

The public functions in the corridor's order: words, shingles, candidates by like articles,
like paragraphs and posted runs, then the common runs of every candidate pair; a run of eight
words is a passage. What reading closely adds (roles, weights, subjects, sentences) belongs to the
whole job: paragraphs are lines here, every word counts, and no word tells more than another, so
that no pair is proposed for its subject. ``DEDUP_BACKEND`` chooses the back end.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from bench import contest
from dedup import candidates, text, verify
from dedup.cli.memory import keep_memory
from dedup.tables import BodyTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bench.contest import Pairs
    from dedup.tables import PairTable, Pointers, RunTable, TokenTable

#: Words in the shingles of articles (docs/engine.md), and in a run that is a passage.
DOCUMENT, RUN = 5, 8
#: Articles whose lines are looked for at a time.
_BATCH = 32
_LINE_FEED = 10


def linked(texts: Sequence[str], cores: int = 1) -> Pairs:
    """Return the pairs of articles that have a passage in common."""
    tokens = text.tokenize(texts, cores)
    pairs = proposed(tokens, *lines(texts, tokens), cores).pairs
    runs = aligned(tokens, pairs, cores)
    verified = np.flatnonzero(passages(runs))
    return list(zip(pairs.left[verified].tolist(), pairs.right[verified].tolist(), strict=True))


def lines(texts: Sequence[str], tokens: TokenTable) -> tuple[Pointers, NDArray[np.int32]]:
    """Return where the words of each line begin, and its article; lines without words are none."""
    origins = np.cumsum([0] + [len(body) + 1 for body in texts])  # the articles end to end
    begin = [np.zeros(0, np.int64)]
    for first in range(0, len(texts), _BATCH):
        joined = "\n".join(["", *texts[first : first + _BATCH]])
        feeds = np.array([joined]).view(np.uint32)[: len(joined)] == _LINE_FEED
        begin.append(np.flatnonzero(feeds[:-1] > feeds[1:]) + origins[first])
    starts = np.concatenate(begin)
    article = np.searchsorted(origins, starts, side="right").astype(np.int32) - np.int32(1)
    bounds = np.append(text.rows_at(tokens, article, starts - origins[article]), tokens.indptr[-1])
    filled = np.diff(bounds) > 0
    return np.append(bounds[:-1][filled], bounds[-1]), article[filled]


def proposed(
    tokens: TokenTable, bounds: Pointers, article: NDArray[np.int32], cores: int
) -> candidates.Proposal:
    """Propose pairs: like articles, like paragraphs, runs in common."""
    return candidates.propose(
        candidates.Evidence(
            windows=text.windows,
            bounds=bounds,
            article=article,
            words=tokens.word,
            indptr=tokens.indptr,
            weight=np.broadcast_to(np.float32(0), len(tokens.word)),
        ),
        cores,
        candidates.ALL & ~candidates.TOPIC,
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
    keep_memory()  # as the command does
    given = contest.task(sys.argv[1:])
    contest.run(given, partial(linked, cores=given.cores))
