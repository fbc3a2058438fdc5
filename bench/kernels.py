"""The two kernels alone: signatures beside datasketch's own, and words of a text.

    python -m bench.kernels FILE [--articles N]

Both sides of the signatures get the same hashed 5-grams and must give the same rows; datasketch's
hash function is the identity. It prints one JSON object; the time of each is the best of five.
"""

from __future__ import annotations

import argparse
import json
import time
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from datasketch import MinHash

from bench.corpus import records
from bench.engine import DOCUMENT
from bench.figures import rounded
from dedup.candidates import sign
from dedup.candidates.minhash import SCHEME, SEED
from dedup.text import shingle, tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from dedup.tables import ShingleTable

    R = TypeVar("R")

PERMUTATIONS = 128
_REPEATS = 5
_LOW = 0xFFFF_FFFF
_MICRO, _MEGA = 1e6, 1e6


def compare(texts: Sequence[str]) -> dict[str, float]:
    """Measure both kernels on these texts.

    Raises:
        ValueError: where a signature is not datasketch's.

    """
    size = sum(len(text.encode()) for text in texts) / _MEGA
    spent, tokens = best(lambda: tokenize(texts))
    shingles = shingle(tokens.word, tokens.indptr, DOCUMENT)
    ours, rows = best(lambda: sign(shingles, PERMUTATIONS).value)
    items = low_words(shingles)
    theirs, sketches = best(
        lambda: MinHash.bulk(
            items, num_perm=PERMUTATIONS, seed=SEED, scheme=SCHEME, hashfunc=_itself
        )
    )
    if not np.array_equal(rows, np.array([sketch.hashvalues for sketch in sketches])):
        message = "the signatures are not datasketch's"
        raise ValueError(message)
    return {
        "articles": len(texts),
        "shingles": len(shingles.hash),
        "sign_us_per_article": rounded(ours * _MICRO / len(texts)),
        "datasketch_us_per_article": rounded(theirs * _MICRO / len(texts)),
        "sign_ratio": rounded(theirs / ours),
        "tokenize_us_per_mb": rounded(spent * _MICRO / size),
        "tokenize_mb_per_s": rounded(size / spent),
    }


def best(work: Callable[[], R]) -> tuple[float, R]:
    """Return the least time that some work took, and what it gave."""
    times = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return min(times), result


def low_words(shingles: ShingleTable) -> list[list[int]]:
    """Return the low 32 bits of each item's hashes, as datasketch takes them."""
    low = (shingles.hash & np.uint64(_LOW)).tolist()
    bounds = shingles.indptr.tolist()
    return [low[first:last] for first, last in pairwise(bounds)]


def _itself(value: int) -> int:
    return value


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="signatures and words, each alone")
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    given = parser.parse_args()
    texts = [str(record.get("text") or "") for record in records(given.file)]
    print(json.dumps(compare(list(islice(texts, given.articles)))))


if __name__ == "__main__":
    main()
