"""The group that one article more becomes part of, without grouping all anew.

Edges are taken by weight, and whether two groups join hangs on their members alone (`groups`). So
until the newcomer's first edge all goes as it went; from there on only that can go otherwise which
touches a group that is another one than it was.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from dedup.verdict.groups import ordered, well_linked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Key = tuple[float, str, str]

#: The place of the newcomer.
NEW = -1


class Otherwise(NamedTuple):
    """How others are linked otherwise: pairs that are no longer, and pairs that are now."""

    gone: Sequence[tuple[int, int]]
    more: Sequence[tuple[int, int, float]]


ALIKE = Otherwise((), ())


class _Was:
    """A group as it grew: what joined it when, and when it joined another one."""

    __slots__ = ("gone", "into", "joined", "member")

    def __init__(self, member: int) -> None:
        self.member = member
        self.joined: list[tuple[Key, _Was]] = []
        self.gone: Key | None = None
        self.into: _Was = self

    def at(self, key: Key) -> _Was:
        """The group that it was part of when an edge was taken."""
        group = self
        while group.gone is not None and group.gone < key:
            group = group.into
        return group

    def members(self, key: Key) -> Iterator[int]:
        """Who was in it when an edge was taken."""
        waiting = [self]
        while waiting:
            group = waiting.pop()
            yield group.member
            waiting += [other for when, other in group.joined if when < key]


class History:
    """How articles came to be grouped."""

    def __init__(self, ids: Sequence[str], edges: Mapping[tuple[int, int], float]) -> None:
        """Group the articles, and note what joined when.

        Args:
            ids: the articles' ids.
            edges: pairs of places in ``ids``, with how strongly they are joined.

        """
        self._ids = ids
        self._linked: dict[int, dict[int, Key]] = defaultdict(dict)
        groups: dict[int, _Was] = {}
        self._joined: set[Key] = set()
        for key, (a, b), joins in ordered(ids, edges):
            self._linked[a][b] = self._linked[b][a] = key
            if not joins:
                continue
            one, other = (groups.setdefault(place, _Was(place)).at(_LAST) for place in (a, b))
            self._joined.add(key)
            one.gone, one.into = key, other
            other.joined.append((key, one))
        self._groups = groups

    def newcomer(
        self,
        name: str,
        rank: int,
        links: Mapping[int, float],
        others: Otherwise = ALIKE,
    ) -> str:
        """Name the group that a newcomer becomes part of by its member with the smallest id.

        Args:
            name: the newcomer's id.
            rank: how many articles stand before it.
            links: the places of those it is linked to, with how strongly.
            others: how the others are linked otherwise.

        """
        keys: dict[int, Key] = {}
        for place, weight in links.items():
            met = self._ids[place]
            keys[place] = (-weight, *((met, name) if place < rank else (name, met)))
        members = _Anew(self, keys, others).members()
        return min(name if place == NEW else self._ids[place] for place in members)

    def key(self, a: int, b: int, weight: float) -> Key:
        """When an edge between two of them is taken."""
        return (-weight, self._ids[min(a, b)], self._ids[max(a, b)])

    def links(self, place: int) -> Mapping[int, Key]:
        """Whom an article is linked to, and when that edge is taken."""
        return self._linked.get(place, {})

    def group(self, place: int, key: Key) -> set[int]:
        """Who was grouped with an article when an edge was taken."""
        group = self._groups.get(place)
        return {place} if group is None else set(group.at(key).members(key))

    def joined(self, key: Key) -> bool:
        """Whether two groups joined by an edge."""
        return key in self._joined


_FIRST: Key = (-float("inf"), "", "")
_LAST: Key = (float("inf"), "", "")


class _Anew:
    """What goes otherwise when a newcomer is there."""

    def __init__(self, history: History, links: Mapping[int, Key], others: Otherwise) -> None:
        self._history = history
        self._new = links
        self._groups: dict[int, set[int]] = {NEW: {NEW}}  # of those whose group is another one
        self._edges = [(key, NEW, place) for place, key in links.items()]
        self._gone: dict[int, set[int]] = defaultdict(set)
        self._more: dict[int, set[int]] = defaultdict(set)
        for a, b in others.gone:
            if b in history.links(a):
                self._gone[a].add(b)
                self._gone[b].add(a)
        for a, b, weight in others.more:
            self._more[a].add(b)
            self._more[b].add(a)
            self._edges.append((history.key(a, b, weight), a, b))
        heapify(self._edges)
        for place in {*self._gone, *self._more}:  # whom they are linked to counts from the first
            self._other([place], {place}, _FIRST)

    def members(self) -> set[int]:
        """Take all edges that may go otherwise; give the newcomer's group."""
        while self._edges:
            self._take(*heappop(self._edges))
        return self._groups[NEW]

    def _take(self, key: Key, a: int, b: int) -> None:
        one, other = self._group(a, key), self._group(b, key)
        if a in other:
            return
        if well_linked(one, other, self._links):
            one |= other
            self._other(one, one, key)
        elif self._history.joined(key):
            for place, group in ((a, one), (b, other)):
                if place not in self._groups:
                    self._other(group, group, key)

    def _group(self, place: int, key: Key) -> set[int]:
        known = self._groups.get(place)
        return self._history.group(place, key) if known is None else known

    def _other(self, members: Iterable[int], group: set[int], key: Key) -> None:
        """Note that some are of another group than they were, and take their edges anew."""
        for place in list(members):
            fresh = place not in self._groups
            self._groups[place] = group
            if fresh:
                for other, when in self._history.links(place).items():
                    if when > key and other not in self._gone.get(place, ()):
                        heappush(self._edges, (when, place, other))

    def _links(self, place: int) -> set[int]:
        """Whom an article is linked to, the newcomer included."""
        if place == NEW:
            return set(self._new)
        found = set(self._history.links(place)) - self._gone.get(place, set())
        found |= self._more.get(place, set())
        return found | {NEW} if place in self._new else found
