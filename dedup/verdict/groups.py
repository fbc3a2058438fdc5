"""Clusters and stories: groups of articles joined by verified edges, never by a bridge.

Transitive closure is the classic failure: one article that shares two unrelated passages glues two
groups. So two groups join only where half of the smaller one's members are linked to the larger's
best-linked member, or to half of its members (between single and complete link).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def groups(ids: Sequence[str], edges: Mapping[tuple[int, int], float]) -> list[int]:
    """Group articles; each group is named by its member with the smallest id.

    Args:
        ids: the articles' ids.
        edges: pairs of places in ``ids``, with how strongly they are joined.

    Returns:
        For each article, the place of its group's first member.

    """
    linked: list[set[int]] = [set() for _ in ids]
    for a, b in edges:
        linked[a].add(b)
        linked[b].add(a)
    group = list(range(len(ids)))
    members: dict[int, list[int]] = {}
    for a, b in sorted(edges, key=lambda pair: (-edges[pair], ids[pair[0]], ids[pair[1]])):
        left, right = group[a], group[b]
        if left == right:
            continue
        one, two = members.get(left, [left]), members.get(right, [right])
        if _joined(one, two, linked):
            members.pop(left, None)
            members.pop(right, None)
            members[left] = one + two
            for member in two:
                group[member] = left
    first = {
        root: min(rows, key=lambda row: ids[row])
        for root, rows in ((g, members.get(g, [g])) for g in set(group))
    }
    return [first[root] for root in group]


def _joined(one: Sequence[int], two: Sequence[int], linked: Sequence[set[int]]) -> bool:
    """Whether half of the smaller group is well linked to the larger; of equals, either."""
    if len(one) == len(two):
        return _well_linked(one, two, linked) or _well_linked(two, one, linked)
    small, large = sorted((one, two), key=len)
    return _well_linked(small, large, linked)


def _well_linked(small: Sequence[int], large: Sequence[int], linked: Sequence[set[int]]) -> bool:
    """Whether half of a group is linked to a best-linked member of the other, or to half of it."""
    inside = set(large)
    links = {row: len(linked[row] & inside) for row in large}
    most = max(links.values())
    best = {row for row, count in links.items() if count == most}
    well = sum(
        not linked[row].isdisjoint(best) or 2 * len(linked[row] & inside) >= len(large)
        for row in small
    )
    return 2 * well >= len(small)
