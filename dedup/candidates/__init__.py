"""Candidates: which articles are worth comparing at all.

Four channels propose pairs: like articles (MinHash LSH), identical paragraphs, runs of words in
common (postings of sampled shingles), and a like subject (rare word pairs). docs/engine.md is the
specification.
"""

from __future__ import annotations

from dedup.candidates.buckets import by_key, changes, distinct, spans
from dedup.candidates.meeting import RUN, Among, Keyed, Meeting, keyed, meet, once
from dedup.candidates.minhash import from_datasketch, sign, to_datasketch
from dedup.candidates.pairs import (
    ALL,
    DOCUMENT,
    PARAGRAPH,
    POSTINGS,
    TOPIC,
    Evidence,
    Proposal,
    propose,
)
from dedup.candidates.postings import is_posted

__all__ = [
    "ALL",
    "DOCUMENT",
    "PARAGRAPH",
    "POSTINGS",
    "RUN",
    "TOPIC",
    "Among",
    "Evidence",
    "Keyed",
    "Meeting",
    "Proposal",
    "by_key",
    "changes",
    "distinct",
    "from_datasketch",
    "is_posted",
    "keyed",
    "meet",
    "once",
    "propose",
    "sign",
    "spans",
    "to_datasketch",
]
