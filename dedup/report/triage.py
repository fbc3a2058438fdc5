"""What the list says of each article beyond its row, and what one page can hold.

The page shows every article in its list. Texts and passages are carried for the articles with
most reuse only, as far as the caps allow; `Selection` says how many that are.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.report.columns import Columns
    from dedup.report.document import Document

#: Caps of one self-contained page: a browser opens that many at once without delay.
MAX_ARTICLES = 2_000
MAX_BYTES = 25_000_000

#: What one row weighs on the page, beside the texts (measured on pages of a thousand articles).
_LIST_ROW, _PARAGRAPH_ROW, _MATCH_ROW, _ATTRIBUTION_ROW = 420, 60, 110, 90


class Closest(NamedTuple):
    """The article that shares most words with another."""

    other_id: str
    words: int
    longest: int  #: words of their longest passage


class Selection(NamedTuple):
    """The articles whose texts and passages are on the page, of all that are listed."""

    kept: frozenset[str]
    listed: int


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


def select(document: Document, *, articles: int = MAX_ARTICLES, size: int = MAX_BYTES) -> Selection:
    """Choose whose texts and passages the page carries: those with most reuse come first."""
    table = document.tables["articles"]
    ids = [str(article) for article in table["article_id"]]
    weight = _weights(document, ids)
    shared = _shared_words(document.tables["matches"])
    left = size - _LIST_ROW * len(ids)
    kept = []
    for article in sorted(ids, key=lambda name: (-shared[name], name))[:articles]:
        left -= weight[article]
        if left < 0:
            break
        kept.append(article)
    return Selection(frozenset(kept), len(ids))


def _weights(document: Document, ids: Sequence[str]) -> Mapping[str, int]:
    """About how many bytes of the page each article takes."""
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


def _shared_words(matches: Columns) -> Mapping[str, int]:
    shared: dict[str, int] = defaultdict(int)
    for one, other, words in _pairs(matches):
        shared[one] += words
        shared[other] += words
    return shared


def _pairs(matches: Columns) -> list[tuple[str, str, int]]:
    rows = zip(matches["article_id"], matches["other_id"], matches["words"], strict=True)
    return [(str(one), str(other), int(str(words))) for one, other, words in rows]
