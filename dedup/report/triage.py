"""What the list says of each article beyond its row, and what an article weighs on the page."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedup.report.columns import Columns
    from dedup.report.document import Document

#: What one row weighs on the page, beside the texts (measured on pages of a thousand articles).
_PARAGRAPH_ROW, _MATCH_ROW, _ATTRIBUTION_ROW = 60, 110, 90


class Closest(NamedTuple):
    """The article that shares most words with another."""

    other_id: str
    words: int
    longest: int  #: words of their longest passage


def closest(matches: Columns) -> dict[str, Closest]:
    """For each article that shares a passage, the one that it shares most words with.

    Of two with equal words it is the one with the smaller id.
    """
    shared: dict[tuple[str, str], int] = defaultdict(int)
    longest: dict[tuple[str, str], int] = defaultdict(int)
    for one, other, words in _pairs(matches):
        pair = (one, other) if one < other else (other, one)
        shared[pair] += words
        longest[pair] = max(longest[pair], words)
    best: dict[str, Closest] = {}
    for pair in sorted(shared):
        for one, other in (pair, pair[::-1]):
            if one not in best or best[one].words < shared[pair]:
                best[one] = Closest(other, shared[pair], longest[pair])
    return best


def weights(document: Document) -> Mapping[str, int]:
    """About how many bytes of the page each article takes when it is opened."""
    ids = [str(article) for article in document.tables["articles"]["article_id"]]
    weight: dict[str, int] = defaultdict(int)
    if document.text:
        for name, text in zip(ids, document.tables["articles"]["text"], strict=True):
            weight[name] = len(str(text).encode(errors="replace"))
    for table, row in (
        ("paragraphs", _PARAGRAPH_ROW),
        ("matches", _MATCH_ROW),
        ("attributions", _ATTRIBUTION_ROW),
    ):
        for article in document.tables[table]["article_id"]:
            weight[str(article)] += row
    return weight


def _pairs(matches: Columns) -> list[tuple[str, str, int]]:
    rows = zip(matches["article_id"], matches["other_id"], matches["words"], strict=True)
    return [(str(one), str(other), int(str(words))) for one, other, words in rows]
