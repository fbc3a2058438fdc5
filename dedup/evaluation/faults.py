"""What a report says of a newsroom set that is not so, and what it does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.evaluation.found import Said
from dedup.evaluation.newsroom import COPIED, HEAVY, UNSCORED, given
from dedup.evaluation.tables import Fault
from dedup.records import Direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.evaluation.found import Passage, Report
    from dedup.evaluation.gold import GoldArticle


def faults(gold: Sequence[GoldArticle], report: Report) -> Iterator[Fault]:
    """Yield the paragraphs that were missed or wrongly called reuse, and the wrong verdicts."""
    for article in gold:
        yield from _of_reuse(article, report.passages.get(article.id, []))
        if not article.wire:
            yield from _of_said(article, report.said.get(article.id, Said()))


def _of_reuse(article: GoldArticle, passages: Sequence[Passage]) -> Iterator[Fault]:
    taken = {
        word
        for passage in passages
        if passage.way != Direction.TO
        for word in article.inside(passage.start, passage.end)
    }
    for piece in article.pieces:
        words = range(piece.first, piece.last)
        held = len(taken.intersection(words))
        if not words:
            continue
        place = article.words[piece.first][0], article.words[piece.last - 1][1]
        said = f"{held} of the {len(words)} words said to be taken, and it is {piece.kind}"
        if piece.kind in COPIED and 2 * held < len(words):
            yield Fault("copied words", article.id, *place, said)
        elif piece.kind == HEAVY and 2 * held < len(words):
            yield Fault("heavy rewrites", article.id, *place, said)
        elif held and piece.kind not in COPIED | UNSCORED | {HEAVY}:
            yield Fault("copied words", article.id, *place, said)


def _of_said(article: GoldArticle, said: Said) -> Iterator[Fault]:
    if given(said) != article.verdict:
        words = f"{said.verdict}, and it is {article.verdict}"
        yield Fault("verdict", article.id, None, None, words)
    for name, wanted, names in (
        ("agencies", article.credited | article.uncredited, said.agencies),
        ("uncredited agencies", article.uncredited, said.uncredited),
    ):
        free = article.unasked - article.credited - article.uncredited
        if wrong := sorted(wanted - names) + sorted(names - free - wanted):
            words = f"{_listed(names)}, and it is {_listed(wanted)} ({', '.join(wrong)})"
            yield Fault(name, article.id, None, None, words)


def _listed(names: frozenset[str]) -> str:
    return " and ".join(sorted(names)) or "none"
