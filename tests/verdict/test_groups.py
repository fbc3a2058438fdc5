from __future__ import annotations

import time
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedup.verdict.groups import groups
from tests import oracles
from tests.verdict.newsdesk import Desk

IDS = [f"{n:02}" for n in range(12)]
EDGES = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11))
    .map(sorted)
    .map(tuple)
    .filter(lambda pair: pair[0] != pair[1]),
    st.integers(1, 1000).map(float),
    max_size=25,
)
Edges = dict[tuple[int, int], float]


def complete(*members: int, weight: float = 1.0) -> Edges:
    return dict.fromkeys(combinations(sorted(members), 2), weight)


def sets(named: list[int]) -> set[frozenset[int]]:
    return {frozenset(i for i, n in enumerate(named) if n == name) for name in named}


def plainly(ids: list[str], edges: Edges) -> set[frozenset[int]]:
    """Group by the rule as it is written, looking at every member anew for every edge."""
    linked = {i: {a + b - i for a, b in edges if i in {a, b}} for i in range(len(ids))}
    found = {frozenset({i}) for i in linked}

    def well(small: frozenset[int], large: frozenset[int]) -> bool:
        most = max(len(linked[i] & large) for i in large)
        best = {i for i in large if len(linked[i] & large) == most}
        good = [i for i in small if linked[i] & best or 2 * len(linked[i] & large) >= len(large)]
        return 2 * len(good) >= len(small)

    for a, b in sorted(edges, key=lambda pair: (-edges[pair], ids[pair[0]], ids[pair[1]])):
        one, two = sorted(((next(g for g in found if i in g)) for i in (a, b)), key=len)
        if one != two and (well(one, two) or (len(one) == len(two) and well(two, one))):
            found = found - {one, two} | {one | two}
    return found


@given(EDGES)
def test_groups_are_those_of_the_rule(edges: Edges) -> None:
    assert sets(groups(IDS, edges)) == plainly(IDS, edges)


@given(EDGES)
def test_a_group_is_named_by_its_smallest_member(edges: Edges) -> None:
    found = groups(IDS, edges)
    for place, name in enumerate(found):
        assert found[name] == name
        assert IDS[name] <= IDS[place]
        assert name == min(i for i, other in enumerate(found) if other == name)


@given(EDGES)
def test_groups_lie_inside_what_is_connected_at_all(edges: Edges) -> None:
    found = groups(IDS, edges)
    whole = oracles.components(len(IDS), edges)
    assert all(whole[i] == whole[found[i]] for i in range(len(IDS)))
    assert {i for pair in edges for i in pair} >= {
        i for group in sets(found) if len(group) > 1 for i in group
    }


@given(st.lists(st.integers(0, 4), min_size=12, max_size=12))
def test_cliques_are_groups(colours: list[int]) -> None:
    edges: Edges = {}
    for colour in set(colours):
        edges |= complete(*(i for i, c in enumerate(colours) if c == colour))
    assert sets(groups(IDS, edges)) == {
        frozenset(i for i, c in enumerate(colours) if c == colour) for colour in set(colours)
    }


@example({(0, 1): 1.0, (0, 2): 3.0, (0, 3): 2.0, (1, 2): 4.0}, [1, 0, *range(2, 12)])
@given(EDGES.filter(lambda e: len(set(e.values())) == len(e)), st.permutations(range(12)))
def test_the_order_of_the_articles_makes_no_difference(edges: Edges, order: list[int]) -> None:
    place = {old: new for new, old in enumerate(order)}
    moved = {
        (min(place[a], place[b]), max(place[a], place[b])): weight
        for (a, b), weight in edges.items()
    }
    named = groups([IDS[old] for old in order], moved)
    back = {frozenset(order[i] for i in group) for group in sets(named)}
    assert back == sets(groups(IDS, edges))


@given(EDGES, st.randoms(use_true_random=False))
def test_the_order_of_the_edges_makes_no_difference(edges: Edges, random: object) -> None:
    shuffled = list(edges.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert groups(IDS, dict(shuffled)) == groups(IDS, edges)


def test_a_bridge_merges_nothing() -> None:
    left, right = complete(0, 1, 2, 3), complete(4, 5, 6, 7)
    assert sets(groups(IDS[:8], left | right | {(3, 4): 0.5})) == {
        frozenset({0, 1, 2, 3}),
        frozenset({4, 5, 6, 7}),
    }


def test_an_article_in_two_groups_glues_them_not() -> None:
    """Article 8 shares one passage with each."""
    edges = complete(0, 1, 2, 3) | complete(4, 5, 6, 7) | {(0, 8): 0.9, (4, 8): 0.8}
    found = groups(IDS[:9], edges)
    assert found[0] != found[4]
    assert sets(found) >= {frozenset({4, 5, 6, 7})}


def test_a_star_is_one_group() -> None:
    """Clients of one wire that share nothing but the wire's text."""
    assert set(groups(IDS, {(3, i) if i > 3 else (i, 3): 1.0 for i in range(12) if i != 3})) == {0}


def test_a_star_of_thousands_is_soon_one_group() -> None:
    ids = [f"{n:05}" for n in range(20_000)]
    before = time.process_time()
    assert set(groups(ids, {(0, i): float(i) for i in range(1, 20_000)})) == {0}
    assert time.process_time() - before < 5


def test_two_groups_that_many_links_do_not_join_are_asked_once() -> None:
    """All members of one are linked to the same plain member of the other."""
    size = 8_000
    ids = [f"{n:05}" for n in range(2 * size)]
    edges: Edges = {(0, i): 9.0 for i in range(1, size)}
    edges |= {(size, i): 8.0 for i in range(size + 1, 2 * size - 1)}
    edges |= {(1, i): 1.0 for i in range(size, 2 * size - 1)}
    before = time.process_time()
    found = groups(ids, edges)
    assert time.process_time() - before < 5
    assert found[0] == 0
    assert found[size] == size


def test_groups_well_linked_are_one() -> None:
    edges = complete(0, 1, 2, 3) | complete(4, 5, 6, 7)
    links = {(a, b): 0.5 for a in (0, 1, 2, 3) for b in (4, 5)}
    assert set(groups(IDS[:8], edges | links)) == {0}


def test_no_edges_no_groups() -> None:
    assert groups(IDS, {}) == list(range(12))
    assert groups([], {}) == []


# Clusters and stories of a day


@pytest.mark.parametrize(("words", "joined"), [(9, False), (10, True)])
def test_a_cluster_needs_a_share_of_the_shorter_article(words: int, *, joined: bool) -> None:
    desk = Desk()
    desk.article("a")
    desk.article("b", sizes=(100,) * 5)
    desk.took("b", "a", 0, words)
    verdicts = desk.decide()
    assert (verdicts.cluster("b") == "a") == joined
    assert (verdicts.story("b") == "a") == joined


def test_or_enough_words() -> None:
    for words, joined in ((39, False), (40, True)):
        desk = Desk()
        for name in "ab":
            desk.article(name, sizes=(100,) * 9)
        desk.shares("a", "b", 0, words)
        assert (desk.decide().cluster("b") == "a") == joined


def test_the_passages_of_a_pair_add_up() -> None:
    desk = Desk()
    for name in "ab":
        desk.article(name, sizes=(100,) * 9)
    desk.took("b", "a", 0, 20)
    desk.took("a", "b", 50, 70)
    assert desk.decide().cluster("b") == "a"


@pytest.mark.parametrize(("days", "joined"), [(0, True), (3.9, True), (4.1, False), (None, True)])
def test_a_story_is_told_at_about_one_time(days: float | None, *, joined: bool) -> None:
    desk = Desk()
    desk.article("a", hour=0)
    desk.article("b", hour=None if days is None else days * 24)
    desk.on_one_story("a", "b")
    verdicts = desk.decide()
    assert (verdicts.story("b") == "a") == joined
    assert verdicts.cluster("b") == "b", "telling of one event is not sharing words"


def test_shared_words_make_a_story_at_any_distance() -> None:
    desk = Desk()
    desk.article("a", hour=0)
    desk.article("b", hour=24 * 30)
    desk.took("b", "a")
    assert desk.decide().story("b") == "a"


NAMES = ["a", "b", "c", "d", "e", "f"]


@example(
    [("a", "c", 10), ("c", "d", 12), ("c", "e", 13), ("d", "e", 11)], ["a", "b", "d", "c", "e", "f"]
)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(5, 100)),
        max_size=9,
        unique_by=lambda row: row[2],
    ),
    st.permutations(NAMES),
)
def test_clusters_of_a_day_do_not_depend_on_the_order_of_the_articles(
    shared: list[tuple[str, str, int]], order: list[str]
) -> None:
    desk = Desk()
    for hour, name in enumerate(NAMES):
        desk.article(name, hour=hour)
    for one, two, words in shared:
        if one < two:
            desk.took(two, one, 0, words)
    first, second = desk.decide(), desk.decide(order)
    for name in NAMES:
        assert first.cluster(name) == second.cluster(name)
        assert first.story(name) == second.story(name)
        assert first[name].label is second[name].label
        assert first[name].shares == second[name].shares
        assert first.source(name) == second.source(name)
