"""Candidates: which articles are worth comparing at all.

Four channels propose pairs: like articles (MinHash LSH), identical paragraphs, runs of words in
common (postings of sampled shingles), and a like subject (rare word pairs). docs/engine.md is the
specification.
"""

from __future__ import annotations

from dedup.candidates.minhash import sign
from dedup.candidates.pairs import (
    DOCUMENT,
    PARAGRAPH,
    POSTINGS,
    TOPIC,
    Evidence,
    Proposal,
    propose,
)

__all__ = [
    "DOCUMENT",
    "PARAGRAPH",
    "POSTINGS",
    "TOPIC",
    "Evidence",
    "Proposal",
    "propose",
    "sign",
]
