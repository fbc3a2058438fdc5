"""From what was found to verdicts: the verdict room hears of articles and matches, not texts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from dedup import verdict
from dedup.records import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.pipeline.comparing import Found
    from dedup.pipeline.corpus import Corpus
    from dedup.verdict import Match, Subject

#: A passage that more articles share is listed for each against its best source only.
WIDELY_SHARED = 20


def subjects(corpus: Corpus) -> list[Subject]:
    """Describe the articles to the verdict room."""
    out = []
    for row, article in enumerate(corpus.articles):
        at = corpus.tokens.start[corpus.words_of(row)]
        out.append(
            verdict.Subject(
                id=article.id,
                outlet=corpus.outlets[row],
                publisher=article.publisher,
                when=corpus.whens[row],
                agency=corpus.agencies[row],
                paragraphs=corpus.paragraphs[row],
                credits=corpus.credits[row],
                at=at,
                counts=verdict.counted(corpus.paragraphs[row], at),
            )
        )
    return out


def directed(described: Sequence[Subject], found: Sequence[Found]) -> dict[Match, Found]:
    """Turn the passage pairs so that the taker comes first, and say the direction."""
    pairs: dict[tuple[int, int], list[tuple[Match, Found]]] = defaultdict(list)
    for item in found:
        passage = item.passage
        match = verdict.Match(
            item.article,
            item.other,
            passage.start,
            passage.end,
            passage.other_start,
            passage.other_end,
            passage.words,
            passage.kind,
            passage.score,
            Direction.UNKNOWN,
            passage.anchors,
        )
        pairs[item.article, item.other].append((match, item))
    out = {}
    for (a, b), rows in sorted(pairs.items()):
        way = verdict.direction(described[a], described[b], [match for match, _ in rows])
        for match, item in rows:
            seen = match.turned() if way is Direction.TO else match
            said = Direction.UNKNOWN if way is Direction.UNKNOWN else Direction.FROM
            out[seen._replace(direction=said)] = item
    return out


def listed(matches: Mapping[Match, Found], ids: Sequence[str]) -> tuple[list[Match], int]:
    """Keep of each passage that very many articles share only the best source of each.

    Args:
        matches: the directed matches.
        ids: the articles' ids.

    Returns:
        The matches in the order of the table, and how many were left out.

    """
    by_article: dict[int, list[tuple[Match, Match]]] = defaultdict(list)
    for match in matches:
        by_article[match.article].append((match, match))
        if match.direction is Direction.UNKNOWN:
            by_article[match.other].append((match.turned(), match))
    wanted: set[Match] = set()
    for seen in by_article.values():
        rows = dict(seen)
        few = len({match.other for match in rows}) <= WIDELY_SHARED
        wanted.update(rows[match] for match in (rows if few else _best_sources(list(rows))))
    kept = [match for match in matches if match in wanted]
    kept.sort(
        key=lambda m: (ids[m.article], ids[m.other], m.start, m.end, m.other_start, m.other_end)
    )
    return kept, len(matches) - len(kept)


def _best_sources(rows: Sequence[Match]) -> list[Match]:
    """Drop a match where the passage is widely shared and another source shows more of it."""
    start = np.array([match.start for match in rows])
    end = np.array([match.end for match in rows])
    other = np.array([match.other for match in rows])
    kept = []
    for match in rows:
        middle = (match.start + match.end) // 2
        sharing = (start <= middle) & (middle < end)
        if len(np.unique(other[sharing])) <= WIDELY_SHARED:
            kept.append(match)
            continue
        best = max(
            (rows[row] for row in np.flatnonzero(sharing).tolist()),
            key=lambda m: (m.direction is Direction.FROM, m.words, -m.other, -m.start),
        )
        if best is match:
            kept.append(match)
    return kept
