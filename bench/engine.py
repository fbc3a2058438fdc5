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


def linked(texts: Sequence[str], cores: int = 1) -> Pairs:
    """Return the pairs of articles that have a passage in common."""
    tokens, begin = text.tokenize_lines(texts, cores)
    pairs = proposed(tokens, begin, cores).pairs
    runs = aligned(tokens, pairs, cores)
    verified = np.flatnonzero(passages(runs))
    return list(zip(pairs.left[verified].tolist(), pairs.right[verified].tolist(), strict=True))


def proposed(tokens: TokenTable, begin: Pointers, cores: int) -> candidates.Proposal:
    """Propose pairs: like articles, like paragraphs, runs in common.

    Args:
        tokens: the words.
        begin: the row of the first word of each paragraph.
        cores: processors to use.

    """
    article = np.searchsorted(tokens.indptr, begin, side="right").astype(np.int32) - np.int32(1)
    return candidates.propose(
        candidates.Evidence(
            windows=text.windows,
            bounds=np.append(begin, tokens.indptr[-1]),
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
