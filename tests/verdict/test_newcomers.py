"""One article more is grouped as it would be if all were grouped anew."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.verdict.groups import groups
from dedup.verdict.newcomers import History, Otherwise

Edges = dict[tuple[int, int], float]


def hold(ids: list[str], edges: Edges, rank: int, gone: int = 0, more: int = 0) -> None:
    """Take one article out, let it come again, and name its group as if all were grouped.

    The first ``gone`` edges of others are no longer there when it comes, the last ``more`` are new.
    """
    theirs = [pair for pair in edges if rank not in pair]
    lost, new = theirs[:gone], theirs[gone:][-more:] if more else []
    left = {pair: weight for pair, weight in edges.items() if pair not in lost}
    expected = ids[groups(ids, left)[rank]]
    others = [name for place, name in enumerate(ids) if place != rank]

    def before(place: int) -> int:
        return place - (place > rank)

    known = {
        (before(a), before(b)): w
        for (a, b), w in edges.items()
        if rank not in (a, b) and (a, b) not in new
    }
    own = {before(a + b - rank): w for (a, b), w in edges.items() if rank in (a, b)}
    taken = [(before(a), before(b)) for a, b in lost]
    added = [(before(a), before(b), edges[a, b]) for a, b in new]
    otherwise = Otherwise(taken, added)
    assert History(others, known).newcomer(ids[rank], rank, own, otherwise) == expected


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.data())
def test_any_article_of_any_graph(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 9))
    ids = data.draw(st.permutations([f"n{place}" for place in range(size)]))
    pairs = [(a, b) for a in range(size) for b in range(a + 1, size)]
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    edges = {pair: float(data.draw(st.integers(1, 4))) for pair in chosen}
    few = st.integers(0, 3)
    hold(ids, edges, data.draw(st.integers(0, size - 1)), data.draw(few), data.draw(few))


def test_many_articles_that_hang_together() -> None:
    for seed in range(60):
        generator = np.random.default_rng(seed)
        size = int(generator.integers(20, 60))
        ids = [f"n{n:02}" for n in generator.permutation(size)]
        density = generator.uniform(0.03, 0.3)
        edges = {
            (a, b): float(generator.integers(1, 30))
            for a in range(size)
            for b in range(a + 1, size)
            if generator.random() < density
        }
        for rank in generator.integers(0, size, 4).tolist():
            hold(ids, edges, rank)
            hold(ids, edges, rank, gone=7, more=5)
