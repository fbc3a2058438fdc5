"""The reasons behind a verdict: short sentences, strongest first, each naming its paragraphs."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from dedup.records import Direction, Kind, Scope, SignKind
from dedup.verdict import messages
from dedup.verdict.evidence import LITTLE, SEVERAL_MEDIA, media, private
from dedup.verdict.origins import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.verdict.evidence import Evidence
    from dedup.verdict.origins import Run


class Explanation:
    """Says why an article got its verdict."""

    def __init__(self, evidence: Evidence, names: Mapping[str, str]) -> None:
        """Take the evidence, and the agencies' names."""
        self.evidence = evidence
        self.subject = evidence.subject
        self.names = names

    def reasons(self, uncredited: tuple[str, ...]) -> tuple[str, ...]:
        """Short sentences, strongest first, each naming paragraphs where it has any."""
        subject = self.subject
        out = []
        if subject.agency:
            out.append(messages.OWN_ARTICLE.format(agency=self._name(subject.agency)))
        if self.evidence.shares.copied:
            out.extend(self._shared())
        out.extend(messages.UNCREDITED.format(agency=self._name(a)) for a in uncredited)
        out.extend(self._credits())
        own = [sign.n for sign in subject.credits.signs if sign.kind is SignKind.OWN_REPORTING]
        if own:
            places = _paragraphs([n for n in own if n]) or "metadata"
            out.append(messages.OWN_REPORTING.format(paragraphs=places))
        near = self.evidence.near
        silent = near - self._gave() if near else near
        if silent and self.evidence.shares.taken <= LITTLE and not subject.agency:
            names = " and ".join(self._name(agency) for agency in sorted(silent))
            out.append(messages.WOULD_SHOW.format(agency=names))
        return tuple(out) or (messages.TOO_LITTLE,)

    def _gave(self) -> set[str]:
        """The agencies whose own articles some of the words were taken from."""
        rows = self.evidence.origins.taken[self.evidence.article]
        return {self.evidence.origins.subjects[row.other].agency for row in rows}

    def _shared(self) -> list[str]:
        """What is shared, source by source, most first."""
        subjects = self.evidence.origins.subjects
        rows = self.evidence.origins.taken[self.evidence.article]
        by_source: dict[int, list[Run]] = defaultdict(list)
        for run in self.evidence.origins.of(self.evidence.article).runs:
            if run.match != NONE:
                by_source[rows[run.match].other].append(run)
        words = {other: sum(map(_length, runs)) for other, runs in by_source.items()}
        order = sorted(by_source, key=lambda other: (-words[other], subjects[other].id))
        return [self._source(other, words[other], by_source[other]) for other in order]

    def _source(self, other: int, words: int, runs: Sequence[Run]) -> str:
        """One source's sentence."""
        origins, subject = self.evidence.origins, self.subject
        source, rows = origins.subjects[other], origins.taken[self.evidence.article]
        codes = Counter[int]()
        for run in runs:
            if run.agency >= 0:
                codes[run.agency] += _length(run)
        if not any(rows[run.match].direction is Direction.FROM for run in runs):
            message, agency = messages.SHARED, ""
        elif source.agency:
            message, agency = messages.SHOWN, source.agency
        elif other in self.evidence.house:
            message, agency = messages.EARLIER, ""
        elif codes:
            most = min(codes, key=lambda code: (-codes[code], code))
            message, agency = messages.BY_CREDIT, origins.agencies[most]
        else:
            message, agency = messages.COPIED, ""
        touched = {place for run in runs for place, _ in subject.across(run.first, run.last)}
        return message.format(
            share=f"{words / max(1, len(subject.at)):.0%}",
            agency=self._name(agency),
            source=source.id,
            paragraphs=_paragraphs([place + 1 for place in touched]),
        )

    def _credits(self) -> list[str]:
        """What the article says of its sources."""
        out = []
        for row in self.subject.credits.attributions:
            if row.scope is Scope.ARTICLE and row.kind is not Kind.PHOTO:
                message = messages.CREDIT if row.agency else messages.CREDIT_UNNAMED
                place = _paragraphs([row.n]) if row.n else "metadata"
                text = " ".join(row.text.split())
                out.append(
                    message.format(agency=self._name(row.agency), text=text, paragraphs=place)
                )
        told = private(self.subject)
        for agency, rows in sorted(told.items()):
            out.append(
                messages.PRIVATE.format(agency=self._name(agency), paragraphs=_paragraphs(rows))
            )
        named = media(self.subject)
        if len(named) >= SEVERAL_MEDIA:
            places = [n for rows in named.values() for n in rows]
            names = ", ".join(self._name(agency) for agency in sorted(named))
            out.append(messages.SEVERAL.format(agency=names, paragraphs=_paragraphs(places)))
        elif named:
            ((agency, rows),) = named.items()
            if agency not in told:
                out.append(
                    messages.NAMED.format(agency=self._name(agency), paragraphs=_paragraphs(rows))
                )
        return out

    def _name(self, agency: str) -> str:
        return self.names.get(agency, agency)


def _length(run: Run) -> int:
    return run.last - run.first


def _paragraphs(numbers: Sequence[int]) -> str:
    """Write the numbers as "¶1–3, ¶7": sorted, runs joined."""
    runs: list[list[int]] = []
    for n in sorted(set(numbers)):
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return ", ".join(f"¶{a}" if a == b else f"¶{a}–{b}" for a, b in runs)
