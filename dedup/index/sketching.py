"""Signatures of the articles of an index, for those who work with datasketch, and theirs for us."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup import candidates, text
from dedup.candidates.pairs import DOCUMENT_WORDS
from dedup.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from datasketch import LeanMinHash
    from numpy.typing import NDArray

    from dedup.pipeline.corpus import Corpus

    Signatures = dict[str, NDArray[np.uint32]]


def signatures(corpus: Corpus) -> Signatures:
    """Sign the articles: 128 permutations of the five-word shingles of what they tell."""
    body = corpus.body
    value = candidates.sign(text.shingle(body.word, body.indptr, DOCUMENT_WORDS)).value
    return {article.id: value[row] for row, article in enumerate(corpus.articles)}


def resembling(
    known: Signatures, sketches: Mapping[str, LeanMinHash], least: float
) -> dict[str, list[tuple[str, float]]]:
    """Say which articles others' sketches resemble.

    Args:
        known: the signatures of the articles.
        sketches: of whatever, by name.
        least: the resemblance from which an article is named.

    Returns:
        For each name, ids of articles with their estimated resemblance, the likest first.

    Raises:
        ConfigError: where a sketch was made in another way, so that it does not compare.

    """
    try:
        asked = candidates.from_datasketch(sketches.values()).value
    except ValueError as fault:
        message = f"these sketches cannot be compared: {fault}"
        raise ConfigError(message) from fault
    names = sorted(known)
    value = np.array([known[name] for name in names], np.uint32)
    if len(asked) and len(value) and asked.shape[1:] != value.shape[1:]:
        message = f"these sketches have {asked.shape[1]} permutations, and not {value.shape[1]}"
        raise ConfigError(message)
    found = {}
    for sketch, row in zip(sketches, asked, strict=True):
        share = (value == row).mean(axis=1) if len(value) else np.empty(0)
        likest = np.argsort(-share, kind="stable")
        found[sketch] = [(names[n], float(share[n])) for n in likest if share[n] >= least]
    return found
