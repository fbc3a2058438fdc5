"""Twins: articles of one text that say one thing of themselves and have it from one place.

Whatever can be said of one of them can be said of all, and is worked out once. A text that is
reprinted without end, word for word, then costs hardly more than one that is printed twice.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from dedup.verdict.subject import Match, Subject


def twins(
    subjects: Sequence[Subject], taken: Sequence[Sequence[Match]], given: Sequence[Sequence[Match]]
) -> list[int]:
    """Return for each article the first that is judged just like it, mostly itself.

    Args:
        subjects: the articles.
        taken: by article, the matches by which it took or may have taken.
        given: by article, those by which others took from it; who gave has no twin.

    """
    texts = Counter(subject.text for subject in subjects)
    known: dict[Hashable, int] = {}
    return [
        known.setdefault(_known_by(subjects, row, taken[row]), row)
        if texts[subject.text] > 1 and taken[row] and not given[row]
        else row
        for row, subject in enumerate(subjects)
    ]


def _known_by(subjects: Sequence[Subject], row: int, taken: Sequence[Match]) -> Hashable:
    """All that the verdict on an article hangs on, but for the events that it is about."""
    subject = subjects[row]
    at_once = [subject.when == subjects[match.other].when for match in taken]
    said = subject.outlet, subject.agency, subject.credits
    return subject.text, *said, *at_once, *[match[1:] for match in taken]
