"""Verification: what two articles really share, on their real text, with offsets on both sides."""

from dedup.verify.comparison import Comparison, Refusal, compare
from dedup.verify.measures import Overlap, Stretch, cosines, document_cosines, nearest, overlap
from dedup.verify.passages import Anchor, Passage
from dedup.verify.promise import Glance, glance, promising
from dedup.verify.reading import Reading, Words, read

__all__ = [
    "Anchor",
    "Comparison",
    "Glance",
    "Overlap",
    "Passage",
    "Reading",
    "Refusal",
    "Stretch",
    "Words",
    "compare",
    "cosines",
    "document_cosines",
    "glance",
    "nearest",
    "overlap",
    "promising",
    "read",
]
