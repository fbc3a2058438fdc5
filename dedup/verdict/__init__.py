"""Verdicts: direction, origins, labels, clusters and stories, from what verification found."""

from dedup.verdict.corpus import Decided, Marked, Run, at_one_time, decide
from dedup.verdict.direction import direction
from dedup.verdict.ledger import Entry
from dedup.verdict.stories import Story
from dedup.verdict.subject import Match, Outline, Subject

__all__ = [
    "Decided",
    "Entry",
    "Marked",
    "Match",
    "Outline",
    "Run",
    "Story",
    "Subject",
    "at_one_time",
    "decide",
    "direction",
]
