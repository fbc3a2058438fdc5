"""From what was found to verdicts: the verdict room hears of articles and matches, not texts."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from dedup import verdict
from dedup.pipeline.crowding import Place, best_there, crowds
from dedup.records import Direction
from dedup.tables import totals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.pipeline import Engine
    from dedup.pipeline.comparing import Found
    from dedup.pipeline.corpus import Corpus
    from dedup.verdict import Match, Subject

#: A passage that more articles share is listed for each against its best source only.
WIDELY_SHARED = 20
LIMIT = f"passage shared by over {WIDELY_SHARED} articles"
#: Outlines of articles that are held; who asks for one asks again soon.
_OUTLINES = 1 << 12
#: Beyond so many articles one process weighs them: what others read they copy, which takes memory.
_MANY = 1 << 17


def by(engine: Engine, described: Sequence[Subject]) -> verdict.Run:
    """Choose what weighs the articles: several processes, unless there are very many articles."""
    return engine.map_batches if len(described) <= _MANY else map


def subjects(corpus: Corpus) -> list[Subject]:
    """Describe the articles to the verdict room."""
    start, tells, bounds = corpus.tokens.start, corpus.tells, corpus.tokens.indptr.tolist()
    columns, told = corpus.paragraphs, totals(tells, corpus.tokens.indptr).tolist()

    @lru_cache(_OUTLINES)
    def outline(row: int) -> verdict.Outline:
        rows, begin = corpus.rows_of(row), bounds[row]
        first, last = columns.first[rows] - begin, columns.last[rows] - begin
        places = columns.start[rows], columns.end[rows], first, last
        return verdict.Outline(*[column.tolist() for column in places])

    return [
        verdict.Subject(
            id=article.id,
            text=corpus.twins[row],
            outlet=corpus.outlets[row],
            when=corpus.whens[row],
            agency=corpus.agencies[row],
            outline=partial(outline, row),
            credits=corpus.credits[row],
            at=start[first:last],
            counts=tells[first:last],
            words=words,
        )
        for row, (article, (first, last), words) in enumerate(
            zip(corpus.articles, pairwise(bounds), told, strict=True)
        )
    ]


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
            if way is Direction.UNKNOWN:
                out[match] = item
                continue
            seen = match.turned() if way is Direction.TO else match
            out[seen._replace(direction=Direction.FROM)] = item
    return out


def listed(matches: Mapping[Match, Found], ids: Sequence[str]) -> tuple[list[Match], int]:
    """Keep of each passage that very many articles share only the best source of each.

    Args:
        matches: the directed matches.
        ids: the articles' ids.

    Returns:
        The matches in the order of the table, and how many were left out.

    """
    rows = list(matches)
    sides: list[tuple[Match, int]] = []
    for row, match in enumerate(rows):
        sides.append((match, row))
        if match.direction is Direction.UNKNOWN:
            sides.append((match.turned(), row))
    places = [Place(side.article, side.start, side.end, side.other) for side, _ in sides]
    widely = (crowds(places) > WIDELY_SHARED).tolist()
    wanted = {row for (_, row), many in zip(sides, widely, strict=True) if not many}
    crowded = {side.article for (side, _), many in zip(sides, widely, strict=True) if many}
    seen: dict[int, list[tuple[Match, int]]] = defaultdict(list)
    for side, row in sides:
        if side.article in crowded:
            seen[side.article].append((side, row))
    for passages in seen.values():
        best = best_there([side for side, _ in passages], [_rank(side) for side, _ in passages])
        wanted |= {row for place, (_, row) in enumerate(passages) if best[place] == place}
    kept = [rows[row] for row in sorted(wanted)]
    kept.sort(
        key=lambda m: (ids[m.article], ids[m.other], m.start, m.end, m.other_start, m.other_end)
    )
    return kept, len(rows) - len(kept)


def _rank(match: Match) -> tuple[bool, int, int, int]:
    """Sort key: the source that the article surely took most words from comes first."""
    return match.direction is not Direction.FROM, -match.words, match.other, match.start
