"""The verdict on a whole corpus: every article, its ledger, the clusters and the stories."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from dedup.records import Label
from dedup.times import lag_seconds
from dedup.verdict import messages
from dedup.verdict.articles import Judge
from dedup.verdict.groups import groups
from dedup.verdict.ledger import ledger
from dedup.verdict.origins import Origins
from dedup.verdict.stories import stories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dedup.times import When
    from dedup.verdict.articles import Finding
    from dedup.verdict.ledger import Entry
    from dedup.verdict.stories import Story
    from dedup.verdict.subject import Match, Subject

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

#: Articles that are weighed at a time.
_ARTICLES = 2048
#: Two articles are of one cluster from this many shared words on, or this share of the shorter.
CLUSTER_WORDS, CLUSTER_SHARE = 40, 0.1
#: Articles further apart in time than this are not about one event by their words alone.
EVENT_SECONDS = 4 * 86_400
#: How sure it is that nothing is known of an article whose verdict a reviewer refused.
_REFUSED = 0.5


class Run(Protocol):
    """Does something to each of several things, in order, as `map` does; maybe some at once."""

    def __call__(
        self, step: Callable[[Item], Outcome], batches: Sequence[Item], /
    ) -> Iterator[Outcome]:
        """Yield ``step(batch)`` for each batch, in order."""


class Marked(NamedTuple):
    """What a reviewer says of one verdict: what it is, None where they do not say, or is not."""

    right: Label | None
    wrong: frozenset[Label]


@dataclass(frozen=True, eq=False, kw_only=True)
class Decided:
    """The verdicts on a corpus; lists have one entry an article.

    ``weighed`` are the labels before a reviewer's marks, ``findings`` honour them. ``ledgers`` hold
    the paragraphs of which there is something to say. ``events`` are the pairs about one event.
    """

    findings: list[Finding]
    weighed: list[Label]
    ledgers: list[Sequence[Entry]]
    clusters: list[int]
    stories: list[int]
    story_rows: list[Story]
    events: Mapping[tuple[int, int], float]
    origins: Origins


def decide(
    subjects: Sequence[Subject],
    matches: Sequence[Match],
    alike: Iterable[tuple[int, int, float]],
    names: Mapping[str, str],
    marked: Mapping[int, Marked] | None = None,
    run: Run = map,
) -> Decided:
    """Decide every article of a corpus.

    Args:
        subjects: the articles, in time.
        matches: the verified passage pairs, each once.
        alike: pairs of articles that may be about one event, with how alike they are.
        names: catalogue id → agency name, for the reasons.
        marked: what a reviewer says of verdicts, by the article's place.
        run: weighs some articles after others.

    """
    ids = [subject.id for subject in subjects]
    shared = _shared(subjects, matches)
    events = _events(subjects, shared, alike)
    clusters = groups(ids, shared)
    by_event = groups(ids, events) if len(events) > len(shared) else clusters
    origins = Origins(subjects, matches)
    found, ledgers = _weighed(origins, _neighbours(subjects, events), names, run)
    findings = list(found)
    for row, said in (marked or {}).items():
        findings[row] = _honoured(found[row], said)
    members: dict[int, list[int]] = {}
    for row, first in enumerate(by_event):
        members.setdefault(first, []).append(row)
    return Decided(
        findings=findings,
        weighed=[finding.label for finding in found],
        ledgers=ledgers,
        clusters=clusters,
        stories=by_event,
        story_rows=stories([members[first] for first in sorted(members)], origins, findings),
        events=events,
        origins=origins,
    )


def _weighed(
    origins: Origins, near: Mapping[int, frozenset[str]], names: Mapping[str, str], run: Run
) -> tuple[list[Finding], list[Sequence[Entry]]]:
    """Weigh the articles and enter what there is to say of their paragraphs, of twins once.

    All articles of which there is nothing to say get one and the same finding.
    """
    judge, subjects = Judge(origins, near, names), origins.subjects

    def weigh(rows: Sequence[int]) -> list[tuple[Finding, Sequence[Entry]]]:
        return [(judge.decide(row), ledger(origins, row)) for row in rows]

    first = [
        like if near.get(like) == near.get(row) else row for row, like in enumerate(origins.like)
    ]
    asked: list[int] = []
    silent: list[int] = []
    for row, subject in enumerate(subjects):
        if first[row] == row:
            said = origins.share(row) or row in near or subject.credits.attributions
            (asked if said or not subject.silent else silent).append(row)
    batches = [asked[place : place + _ARTICLES] for place in range(0, len(asked), _ARTICLES)]
    told = dict(zip(asked, chain.from_iterable(run(weigh, batches)), strict=True))
    told |= dict.fromkeys(silent, *weigh(silent[:1]))
    found, entered = zip(*[told[row] for row in first], strict=True) if first else ((), ())
    return list(found), list(entered)


def _neighbours(
    subjects: Sequence[Subject], events: Iterable[tuple[int, int]]
) -> dict[int, frozenset[str]]:
    """For the articles that have any: the other agencies with an own article on their event."""
    near: dict[int, set[str]] = defaultdict(set)
    for a, b in events:
        here, there = subjects[a].agency, subjects[b].agency
        if here != there:
            near[a].add(there)
            near[b].add(here)
    return {row: found for row, names in near.items() if (found := frozenset(names) - {""})}


def _honoured(finding: Finding, marked: Marked) -> Finding:
    """Let a reviewer's mark stand above what was found, and be the first of the reasons."""
    label, confidence, reason = finding.label, finding.confidence, ""
    if marked.right is not None:
        label, confidence, reason = marked.right, 1.0, messages.MARKED
    elif label in marked.wrong:
        reason = messages.MARKED_WRONG.format(verdict=label.replace("_", " "))
        label, confidence = Label.UNKNOWN, _REFUSED
    if not reason:
        return finding
    others = tuple(other for other in finding.reasons if other != messages.TOO_LITTLE)
    return finding._replace(label=label, confidence=confidence, reasons=(reason, *others))


def _shared(subjects: Sequence[Subject], matches: Iterable[Match]) -> dict[tuple[int, int], float]:
    """The pairs that share enough to be of one cluster, with the words they share."""
    words: dict[tuple[int, int], float] = {}
    for match in matches:
        a, b = match[:2]
        pair = (a, b) if a < b else (b, a)
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
        if at_one_time(subjects[a].when, subjects[b].when):
            edges.setdefault((min(a, b), max(a, b)), score)
    return edges


def at_one_time(a: When | None, b: When | None) -> bool:
    """Whether two articles may be about one event by when they were published."""
    lag = lag_seconds(a, b)
    return lag is None or abs(lag) <= EVENT_SECONDS
