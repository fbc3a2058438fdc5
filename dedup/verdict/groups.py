"""Clusters and stories: groups of articles joined by verified edges, never by a bridge.

Transitive closure is the classic failure: one article that shares two unrelated passages glues two
groups. So two groups join only where half of the smaller one's members are linked to the larger's
best-linked member, or to half of its members (between single and complete link).
"""

from __future__ import annotations

from collections import Counter, defaultdict
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
    grouping = _Grouping(edges)
    for _, _, _, (a, b) in sorted(
        [(-strength, ids[a], ids[b], (a, b)) for (a, b), strength in edges.items()]
    ):
        grouping.join(a, b)
    named = list(range(len(ids)))
    for group in {group.members[0]: group for group in grouping.of.values()}.values():
        first = min(group.members, key=ids.__getitem__)
        for member in group.members:
            named[member] = first
    return named


class _Group:
    """Some articles; ``best`` are those with most links to the others, ``most`` is how many."""

    __slots__ = ("best", "members", "most")

    def __init__(self, member: int) -> None:
        self.members = [member]
        self.best = {member}
        self.most = 0


class _Grouping:
    """Groups that grow; a smaller one always moves into a larger, so that few articles move."""

    def __init__(self, edges: Mapping[tuple[int, int], float]) -> None:
        """Begin with every article by itself."""
        self._linked: dict[int, set[int]] = defaultdict(set)
        for a, b in edges:
            self._linked[a].add(b)
            self._linked[b].add(a)
        self.of = {member: _Group(member) for member in self._linked}
        self._inside = Counter[int]()  # how many members of its group an article is linked to
        self._refused: set[tuple[int, int, int, int]] = set()

    def join(self, a: int, b: int) -> None:
        """Make one group of those of two linked articles, if they are linked well enough."""
        small, large = self.of[a], self.of[b]
        if small is large:
            return
        few, many = len(small.members), len(large.members)
        if few > many:
            small, large, few, many = large, small, many, few
        asked = small.members[0], few, large.members[0], many
        if asked in self._refused:
            return
        well = self._well_linked(small, large)
        if well or (few == many and self._well_linked(large, small)):
            self._move(small, large)
        else:
            self._refused.add(asked)

    def _well_linked(self, small: _Group, large: _Group) -> bool:
        """Whether half of a group is linked to a best-linked member of the other, or to half."""
        well, half = 0, len(large.members) / 2
        for member in small.members:
            linked = self._linked[member]
            well += not linked.isdisjoint(large.best) or (
                len(linked) >= half and len(linked.intersection(large.members)) >= half
            )
        return 2 * well >= len(small.members)

    def _move(self, small: _Group, large: _Group) -> None:
        """Put the members of one group into another."""
        gained = set()
        for member in small.members:
            for other in self._linked[member]:
                if self.of[other] is large:
                    self._inside[member] += 1
                    self._inside[other] += 1
                    gained.add(member)
                    gained.add(other)
        for member in small.members:
            self.of[member] = large
        large.members += small.members
        most = max(large.most, small.most, *(self._inside[member] for member in gained))
        best = large.best if large.most == most else set()
        if small.most == most:
            best |= small.best
        best |= {member for member in gained if self._inside[member] == most}
        large.best, large.most = best, most
