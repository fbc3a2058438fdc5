"""Who took what from whom: of each article, of each outlet and agency, of each paragraph.

All of it is read off the tables of the report, so that a figure in a chart is a figure of a table.
"""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.report.columns import Columns, Tables


class Source(NamedTuple):
    """The article from which another took most words, or shares most with in unknown order."""

    other_id: str
    words: int
    known: bool  #: whether it is known which of the two came first
    lag: int | None  #: seconds from the one to the other, where both times are known


class Agency(NamedTuple):
    """What the articles took from an agency."""

    agency: str
    articles: int
    words: int
    credited_words: int
    lag: float | None  #: seconds, the median of the outlets' medians


class Outlet(NamedTuple):
    """What an outlet's articles took from others, and others from them."""

    publisher: str
    articles: int
    words: int
    taken: int
    given: int
    from_agencies: int


class Lineage(NamedTuple):
    """A paragraph and those that follow it; each is an article's id and a paragraph's number."""

    paragraphs: tuple[tuple[str, int], ...]  #: the earliest known first
    known: bool  #: whether the first is known to be the earliest


def principal_sources(tables: Tables) -> dict[str, Source]:
    """Of each article that shares passages, where most of its words come from directly.

    An article that took from an earlier one has that as its source; ``derived_from`` names it
    where the verdict found one. Only where nothing was taken does a passage of unknown order count.
    """
    pairs = _pair_words(tables["matches"])
    articles = tables["articles"]
    named = {
        str(one): str(other)
        for one, other in zip(articles["article_id"], articles["derived_from"], strict=True)
    }
    best: dict[str, Source] = {}
    for (one, _), source in sorted(pairs.items()):
        held = best.get(one)
        if held is None or _weight(named[one], source) > _weight(named[one], held):
            best[one] = source
    return best


def _weight(named: str, source: Source) -> tuple[bool, bool, int]:
    return source.known, source.other_id == named, source.words


def _pair_words(matches: Columns) -> dict[tuple[str, str], Source]:
    """Words that the first article of a pair took from the second, or shares with it."""
    pairs: dict[tuple[str, str], Source] = {}
    names = ("article_id", "other_id", "words", "direction", "lag_seconds")
    for row in zip(*(matches[name] for name in names), strict=True):
        one, other, words, direction = str(row[0]), str(row[1]), int(str(row[2])), row[3]
        lag = None if row[4] is None else int(str(row[4]))
        ways = [(one, other, lag)]
        if direction != Direction.FROM:
            ways.append((other, one, None if lag is None else -lag))
        for taker, giver, seconds in ways:
            held = pairs.get((taker, giver), Source(giver, 0, known=False, lag=seconds))
            known = held.known or direction == Direction.FROM
            pairs[taker, giver] = held._replace(words=held.words + words, known=known)
    return pairs


def agency_flows(sources: Columns) -> list[Agency]:
    """What went out from each agency, the greatest first: sources.csv summed over the outlets."""
    rows: dict[str, list[tuple[int, int, int, object]]] = defaultdict(list)
    names = ("agency", "articles", "words", "credited_words", "median_lag_seconds")
    for agency, *figures, lag in zip(*(sources[name] for name in names), strict=True):
        articles, words, credited = (int(str(figure)) for figure in figures)
        if agency:
            rows[str(agency)].append((articles, words, credited, lag))
    found = []
    for agency, outlets in rows.items():
        lags = [float(str(lag)) for *_, lag in outlets if lag is not None]
        articles, words, credited = (sum(column) for column in list(zip(*outlets, strict=True))[:3])
        found.append(Agency(agency, articles, words, credited, median(lags) if lags else None))
    return sorted(found, key=lambda flow: (-flow.words, flow.agency))


def outlet_flows(tables: Tables) -> list[Outlet]:
    """What went into and out of each outlet, the greatest first.

    A passage counts for the article's principal source alone, and not at all between two articles
    of one outlet, so that no word is taken twice.
    """
    articles = tables["articles"]
    outlet: dict[str, str] = {}
    figures: dict[str, list[int]] = defaultdict(lambda: [0] * 5)
    columns = (articles[name] for name in ("article_id", "publisher", "words", "wire_share"))
    for name, publisher, words, wire in zip(*columns, strict=True):
        outlet[str(name)] = str(publisher)
        totals = figures[str(publisher)]
        totals[0] += 1
        totals[1] += int(str(words))
        totals[4] += round(int(str(words)) * float(str(wire)))
    for name, source in principal_sources(tables).items():
        giver = outlet.get(source.other_id)
        if source.known and giver is not None and giver.casefold() != outlet[name].casefold():
            figures[outlet[name]][2] += source.words
            figures[giver][3] += source.words
    found = [Outlet(publisher, *totals) for publisher, totals in figures.items()]
    return sorted(found, key=lambda flow: (-flow.taken - flow.given, -flow.words, flow.publisher))


def lineages(paragraphs: Columns) -> list[Lineage]:
    """Group the paragraphs by the one that they go back to, the most followed first.

    Every paragraph has one source at most (the ledger's), so what goes back to one is a tree.
    """
    names = ("article_id", "n", "source_id", "source_n", "direction")
    source: dict[tuple[str, int], tuple[str, int]] = {}
    known: set[tuple[str, int]] = set()
    for one, n, other, m, direction in zip(*(paragraphs[name] for name in names), strict=True):
        if other and m is not None:
            source[str(one), int(str(n))] = (str(other), int(str(m)))
            if direction == Direction.FROM:
                known.add((str(one), int(str(n))))
    groups: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for place in source:
        groups[_root(place, source)].append(place)
    found = []
    for root, followers in groups.items():
        others = sorted(place for place in followers if place != root)
        if len({name for name, _ in (root, *others)}) > 1:
            found.append(Lineage((root, *others), known.issuperset(others) and root not in source))
    return sorted(found, key=lambda group: (-len(_articles(group)), group.paragraphs))


def _root(
    place: tuple[str, int], source: Mapping[tuple[str, int], tuple[str, int]]
) -> tuple[str, int]:
    """Follow a paragraph back; where two go back to each other it is the smaller one."""
    path: list[tuple[str, int]] = []
    seen: set[tuple[str, int]] = set()
    while place in source and place not in seen:
        seen.add(place)
        path.append(place)
        place = source[place]
    return min(path[path.index(place) :]) if place in seen else place


def _articles(group: Lineage) -> Sequence[str]:
    return sorted({name for name, _ in group.paragraphs})
