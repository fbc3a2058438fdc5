"""Verification: what two articles really share, on their real text, with offsets on both sides."""

from dedup.verify.alignment import align
from dedup.verify.comparison import Comparison, Refusal, compare
from dedup.verify.measures import (
    Overlap,
    Stretch,
    cosines,
    document_cosines,
    nearest,
    overlap,
    transformer_class,
)
from dedup.verify.passages import Anchor, Passage
from dedup.verify.promise import STRETCH, covered, retellable, run_together, stretches
from dedup.verify.reading import Reading, Words, read
from dedup.verify.runs import seeds
from dedup.verify.uniqueness import ESTABLISHED, STRING, Told, Uniqueness, Wording, common_runs

__all__ = [
    "ESTABLISHED",
    "STRETCH",
    "STRING",
    "Anchor",
    "Comparison",
    "Overlap",
    "Passage",
    "Reading",
    "Refusal",
    "Stretch",
    "Told",
    "Uniqueness",
    "Wording",
    "Words",
    "align",
    "common_runs",
    "compare",
    "cosines",
    "covered",
    "document_cosines",
    "nearest",
    "overlap",
    "read",
    "retellable",
    "run_together",
    "seeds",
    "stretches",
    "transformer_class",
]
