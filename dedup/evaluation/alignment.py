"""How well passages are found, passage by passage: the measure of PAN's text alignment task.

Potthast, Stein, Barrón-Cedeño & Rosso (2010). Recall is the mean over the labelled passages, and
precision the mean over the reported ones, of the share of characters, of both sides together, that
the other covers; granularity is how many reported passages a found one comes in; plagdet is
F1 / log2(1 + granularity). Only what stands between a labelled pair counts, either way round.

A pair of articles is a line of ``truth.jsonl``: ``susp`` and ``src``, the ids of the one that may
have taken and of the one it may have taken from; ``spans``, the passages, each with ``susp_start``,
``susp_len``, ``src_start`` and ``src_len`` in code points; and ``category``, if it has one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from dedup.errors import ReportError
from dedup.evaluation import metrics
from dedup.evaluation.metrics import Measure
from dedup.evaluation.tables import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.evaluation.found import Report

    Values = NDArray[np.float64]
    Span = tuple[int, int]


class Region(NamedTuple):
    """A passage: a stretch of the one article and a stretch of the other."""

    here: Span
    there: Span

    def meets(self, region: Region) -> bool:
        """Tell whether the two overlap on both sides."""
        sides = zip(self, region, strict=True)
        return all(min(a[1], b[1]) > max(a[0], b[0]) for a, b in sides)

    def share_in(self, regions: Iterable[Region]) -> float:
        """Share of its characters, of both sides, that lie in those which it meets."""
        near = [region for region in regions if self.meets(region)]
        common = sum(_common(side, [region[k] for region in near]) for k, side in enumerate(self))
        return common / max(1, sum(end - start for start, end in self))


class Pair(NamedTuple):
    """A labelled pair of articles, and the passages that the one took from the other."""

    article: str
    other: str
    group: str
    regions: tuple[Region, ...]


def read_pairs(rows: Iterable[Mapping[str, object]]) -> list[Pair]:
    """Read labelled pairs.

    Raises:
        ReportError: where a row is not one.

    """
    pairs = []
    for n, row in enumerate(rows, 1):
        try:
            spans = cast("Sequence[Mapping[str, int]]", row["spans"])
            regions = tuple(Region(_span(span, "susp"), _span(span, "src")) for span in spans)
            pair = Pair(str(row["susp"]), str(row["src"]), str(row.get("category", "")), regions)
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            message = f"pair {n} of the labels is not one: {fault!r}"
            raise ReportError(message) from fault
        pairs.append(pair)
    return pairs


def _span(span: Mapping[str, int], side: str) -> Span:
    start = int(span[f"{side}_start"])
    return start, start + int(span[f"{side}_len"])


def measures(pairs: Sequence[Pair], report: Report) -> list[Measure]:
    """Score the passages, in all and by the pairs' categories; and the pairs that hold none."""
    beside = [(pair, _found(pair, report)) for pair in pairs]
    groups = sorted({pair.group for pair in pairs if pair.regions})
    out = [_passages("passages", beside)]
    for group in groups if len(groups) > 1 else ():
        own = [(pair, said) for pair, said in beside if pair.group == group]
        out.append(_passages(f"passages: {group}", own))
    clean = [bool(said) for pair, said in beside if not pair.regions]
    flags = [(int(flagged), int(not flagged)) for flagged in clean]
    return [*out, metrics.shares("pairs without a passage", ["flagged"], flags)]


def faults(pairs: Sequence[Pair], report: Report) -> Iterator[Fault]:
    """Yield the passages that were not found at all, and those that are none."""
    for pair in pairs:
        found = _found(pair, report)
        for region in pair.regions:
            if not any(region.meets(said) for said in found):
                yield Fault("passages", pair.article, *region.here, f"missed, from {pair.other}")
        for said in found:
            if not any(said.meets(region) for region in pair.regions):
                yield Fault("passages", pair.article, *said.here, f"invented, from {pair.other}")


def _found(pair: Pair, report: Report) -> list[Region]:
    return [
        Region((said.start, said.end), (said.other_start, said.other_end))
        for said in report.passages.get(pair.article, [])
        if said.other == pair.other
    ]


def _passages(name: str, beside: Iterable[tuple[Pair, Sequence[Region]]]) -> Measure:
    """Measure the passages of some pairs, counted by the article that took."""
    counts: dict[str, Values] = defaultdict(lambda: np.zeros(6))
    for pair, said in beside:
        counts[pair.article] += _counted(pair.regions, said)
    figures = {"plagdet": _plagdet, "precision": _precision, "recall": _recall}
    return Measure(name, np.array(list(counts.values())).reshape(-1, 6), figures, _basis)


def _counted(regions: Sequence[Region], said: Sequence[Region]) -> Values:
    """Sum the shares found of the labelled, and labelled of the found; count how many there are.

    Columns: shares of the labelled passages, their number, shares of the reported ones, their
    number, labelled passages found, and in how many reported ones they were.
    """
    pieces = [sum(region.meets(one) for one in said) for region in regions]
    return np.array(
        [
            sum(region.share_in(said) for region in regions),
            len(regions),
            sum(one.share_in(regions) for one in said),
            len(said),
            sum(map(bool, pieces)),
            sum(pieces),
        ]
    )


def _recall(sums: Values) -> Values:
    return metrics.ratio(sums[..., 0], sums[..., 1])


def _precision(sums: Values) -> Values:
    return metrics.ratio(sums[..., 2], sums[..., 3])


def _granularity(sums: Values) -> Values:
    return metrics.ratio(sums[..., 5], sums[..., 4])


def _plagdet(sums: Values) -> Values:
    p, r = _precision(sums), _recall(sums)
    return metrics.ratio(2 * p * r, p + r, 0.0) / np.log2(1 + _granularity(sums))


def _basis(figure: str, sums: Values) -> str:
    """Say how many passages a figure rests on, and in how many pieces they came."""
    if figure == "plagdet":
        return f"granularity {float(_granularity(sums)):.2f}"
    return f"of {int(sums[3]):,} said" if figure == "precision" else f"of {int(sums[1]):,} there"


def _common(span: Span, others: Iterable[Span]) -> int:
    """How much of a stretch lies in any of the others."""
    total, at = 0, span[0]
    for start, end in sorted(others):
        total += max(0, min(end, span[1]) - max(start, at))
        at = max(at, end)
    return total
