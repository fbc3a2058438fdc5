"""The verdict on a whole corpus: every article, its ledger, the clusters and the stories."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Label
from dedup.times import lag_seconds
from dedup.verdict import messages
from dedup.verdict.articles import Judge
from dedup.verdict.groups import groups
from dedup.verdict.ledger import ledger
from dedup.verdict.origins import Origins
from dedup.verdict.stories import story

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dedup.verdict.articles import Finding
    from dedup.verdict.ledger import Entry
    from dedup.verdict.stories import Story
    from dedup.verdict.subject import Match, Subject

#: Two articles are of one cluster from this many shared words on, or this share of the shorter.
CLUSTER_WORDS, CLUSTER_SHARE = 40, 0.1
#: Articles further apart in time than this are not about one event by their words alone.
EVENT_SECONDS = 4 * 86_400
#: How sure it is that nothing is known of an article whose verdict a reviewer refused.
_REFUSED = 0.5


class Marked(NamedTuple):
    """What a reviewer says of one verdict: what it is, None where they do not say, or is not."""

    right: Label | None
    wrong: frozenset[Label]


@dataclass(frozen=True, eq=False, kw_only=True)
class Decided:
    """The verdicts on a corpus; lists have one entry an article.

    ``weighed`` are the labels before a reviewer's marks, ``findings`` honour them.
    """

    findings: list[Finding]
    weighed: list[Label]
    ledgers: list[list[Entry]]
    clusters: list[int]
    stories: list[int]
    story_rows: list[Story]
    origins: Origins


def decide(
    subjects: Sequence[Subject],
    matches: Sequence[Match],
    alike: Iterable[tuple[int, int, float]],
    names: Mapping[str, str],
    marked: Mapping[int, Marked] | None = None,
) -> Decided:
    """Decide every article of a corpus.

    Args:
        subjects: the articles, in time.
        matches: the verified passage pairs, each once.
        alike: pairs of articles that may be about one event, with how alike they are.
        names: catalogue id → agency name, for the reasons.
        marked: what a reviewer says of verdicts, by the article's place.

    """
    ids = [subject.id for subject in subjects]
    shared = _shared(subjects, matches)
    clusters = groups(ids, shared)
    events = _events(subjects, shared, alike)
    stories = groups(ids, events)
    members: dict[int, list[int]] = {}
    for row, first in enumerate(stories):
        members.setdefault(first, []).append(row)
    origins = Origins(subjects, matches)
    judge = Judge(subjects, origins, _neighbours(subjects, events), names)
    found = [judge.decide(row) for row in range(len(subjects))]
    said = marked or {}
    findings = [_honoured(finding, said.get(row)) for row, finding in enumerate(found)]
    return Decided(
        findings=findings,
        weighed=[finding.label for finding in found],
        ledgers=[
            list(ledger(origins, row, covered=bool(subject.article_credits())))
            for row, subject in enumerate(subjects)
        ],
        clusters=clusters,
        stories=stories,
        story_rows=[story(members[first], origins, findings) for first in sorted(members)],
        origins=origins,
    )


def _neighbours(
    subjects: Sequence[Subject], events: Iterable[tuple[int, int]]
) -> list[frozenset[str]]:
    """For each article, the other agencies with an own article on its event."""
    near: list[set[str]] = [set() for _ in subjects]
    for a, b in events:
        near[a].add(subjects[b].agency)
        near[b].add(subjects[a].agency)
    return [
        frozenset(found) - {"", subject.agency}
        for found, subject in zip(near, subjects, strict=True)
    ]


def _honoured(finding: Finding, marked: Marked | None) -> Finding:
    """Let a reviewer's mark stand above what was found, and be the first of the reasons."""
    if marked is None:
        return finding
    label, confidence, reason = finding.label, finding.confidence, ""
    if marked.right is not None:
        label, confidence, reason = marked.right, 1.0, messages.MARKED
    elif label in marked.wrong:
        reason = messages.MARKED_WRONG.format(verdict=label.replace("_", " "))
        label, confidence = Label.UNKNOWN, _REFUSED
    if not reason:
        return finding
    others = tuple(other for other in finding.reasons if other != messages.TOO_LITTLE)
    return replace(finding, label=label, confidence=confidence, reasons=(reason, *others))


def _shared(subjects: Sequence[Subject], matches: Iterable[Match]) -> dict[tuple[int, int], float]:
    """The pairs that share enough to be of one cluster, with the words they share."""
    words: dict[tuple[int, int], float] = {}
    for match in matches:
        pair = min(match.article, match.other), max(match.article, match.other)
        words[pair] = words.get(pair, 0.0) + match.words
    return {
        (a, b): count
        for (a, b), count in words.items()
        if count >= min(CLUSTER_WORDS, CLUSTER_SHARE * min(subjects[a].words, subjects[b].words))
    }


def _events(
    subjects: Sequence[Subject],
    shared: Mapping[tuple[int, int], float],
    alike: Iterable[tuple[int, int, float]],
) -> dict[tuple[int, int], float]:
    """The pairs that are about one event: what they share, or like words at about one time."""
    edges = {pair: 1.0 + words for pair, words in shared.items()}
    for a, b, score in alike:
        lag = lag_seconds(subjects[a].when, subjects[b].when)
        if lag is None or abs(lag) <= EVENT_SECONDS:
            edges.setdefault((min(a, b), max(a, b)), score)
    return edges
