"""The timeline of a story: one lane an outlet, one dot an article, one arrow a source.

Distances grow with the root of the
time that passed, so that a morning stays legible beside an echo a week later. A time that is not
exact is drawn as what it may mean: a day as its whole length, an unknown zone as a broken ring.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from dedup import times
from dedup.report.wording import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.report.columns import Columns
    from dedup.report.flows import Source
    from dedup.times import When

#: A node of a drawing: its name, its attributes, and the nodes and words in it.
Node = tuple[str, "dict[str, object]", "tuple[Node | str, ...]"]

#: More dots than this no one reads; the table below the chart has them all.
MAX_DOTS = 30

WIDTH = 1000
_LANES_END, _UNDATED, _EDGE = 210, 130, 40  # widths left of, right of and beside the times
_TOP, _LANE, _BOTTOM = 44, 46, 14
_STEP = 16.0  # between two times at the least
_LABEL = 44.0  # room of one clock time
_DATE = 106.0  # room of one day
_NAME = 26  # letters of an outlet's name
_STROKE, _BROADEST = 1.5, 5.0
_CROWD = 12  # arrows from which on all are thinner


class Dot(NamedTuple):
    """An article: at a point in time, or over the day that it names."""

    row: int
    x: float
    y: float
    end: float  #: where its day ends; ``x`` where it is a point
    kind: str  #: ``exact``, ``zone`` (unknown), ``day`` or ``undated``
    taker: bool  #: whether it took from an article of the story
    clock: str  #: the time beside it, empty where there is no room


class Arrow(NamedTuple):
    """From the source to the article that took from it."""

    path: str
    width: float
    kind: str  #: the relation, or ``unknown`` where the order is


class Timeline(NamedTuple):
    """The chart of one story."""

    height: int
    lanes: tuple[tuple[str, str, float], ...]  #: an outlet, its name cut (empty: not known), place
    days: tuple[tuple[float, str], ...]
    dots: tuple[Dot, ...]
    arrows: tuple[Arrow, ...]
    left_out: int
    undated: float  #: where the articles without a time begin; 0 if there are none


def timeline(rows: Sequence[int], articles: Columns, sources: Mapping[str, Source]) -> Timeline:
    """Lay out the articles of one story.

    Args:
        rows: the story's articles in their table.
        articles: that table.
        sources: of each article its principal source (`flows.principal_sources`).

    """
    ids = {row: str(articles["article_id"][row]) for row in rows}
    kept = _busiest(rows, ids, sources)
    whens = {row: times.parse(str(articles["published_at"][row])) for row in kept}
    xs, undated = _scale(whens)
    lanes = _lanes({row: str(articles["publisher"][row]) for row in kept}, whens)
    takers = {row for row in kept if (source := sources.get(ids[row])) and source.known}
    dots = _dots(lanes, whens, xs, undated, takers)
    where = {dot.row: dot for dot in dots}
    return Timeline(
        height=_TOP + _LANE * len(lanes) + _BOTTOM,
        lanes=tuple((name, _short(name), _height(lane)) for lane, (name, _) in enumerate(lanes)),
        days=_days(whens, xs),
        dots=dots,
        arrows=_arrows(where, ids, articles, sources),
        left_out=len(rows) - len(kept),
        undated=undated if None in whens.values() else 0,
    )


def drawing(chart: Timeline) -> Node:
    """Draw a timeline as SVG: each node is its name, its attributes and what it holds.

    It says nothing in words of its own: the page writes days, and what is not known, in its
    reader's language (``timeline`` in ``story.js``).
    """
    foot = chart.height - 6
    nodes: list[Node | str] = [_day(x, day, foot, "on-day") for x, day in chart.days]
    if chart.undated:
        nodes.append(_day(chart.undated, "", foot, "undated"))
    for name, short, y in chart.lanes:
        line: Node = ("path", {"d": f"M0,{y} H{WIDTH}"}, ())
        label: Node = ("text", {"x": 4, "y": y - 5}, (short,) if short else ())
        nodes.append(("g", {"class": "lane"}, (("title", {}, (visible(name),)), line, label)))
    for arrow in chart.arrows:
        drawn = {"class": f"arrow arrow-{arrow.kind}", "d": arrow.path}
        nodes.append(("path", drawn | {"stroke-width": arrow.width}, ()))
    nodes += [_mark(dot) for dot in chart.dots]
    box: dict[str, object] = {"viewBox": f"0 0 {WIDTH} {chart.height}", "role": "group"}
    return ("svg", {"class": "timeline", **box}, tuple(nodes))


def _day(x: float, label: str, foot: int, kind: str) -> Node:
    line: Node = ("path", {"d": f"M{x},24 V{foot}"}, ())
    return (
        "g",
        {"class": "day"},
        (line, ("text", {"class": kind, "x": x + 4, "y": 18}, (label,))),
    )


def _mark(dot: Dot) -> Node:
    """A dot, or a bar over a day, which leads to its article."""
    x = round(dot.x, 1)
    shape: Node = ("circle", {"cx": x, "cy": dot.y, "r": 7}, ())
    if dot.kind == "day":
        bar = {"x": x, "y": dot.y - 7, "width": round(dot.end - dot.x, 1), "height": 14, "rx": 7}
        shape = ("rect", dict(bar), ())
    held: tuple[Node | str, ...] = (shape,)
    if dot.clock:
        held = (shape, ("text", {"x": x, "y": dot.y + 20}, (dot.clock,)))
    kind = f"dot dot-{dot.kind}{' dot-taker' if dot.taker else ''}"
    return ("a", {"class": kind, "data-row": dot.row}, held)


def _busiest(
    rows: Sequence[int], ids: Mapping[int, str], sources: Mapping[str, Source]
) -> list[int]:
    """The articles that took and gave most words, in the order of the table."""
    words: dict[str, int] = defaultdict(int)
    for row in rows:
        if source := sources.get(ids[row]):
            words[ids[row]] += source.words
            words[source.other_id] += source.words
    return sorted(sorted(rows, key=lambda row: (-words[ids[row]], row))[:MAX_DOTS])


def _scale(whens: Mapping[int, When | None]) -> tuple[dict[float, float], float]:
    """Where each moment stands, and where the articles without a time begin."""
    known = [when for when in whens.values() if when]
    moments = sorted({edge for when in known for edge in (when.earliest, when.latest)})
    undated = WIDTH - _UNDATED if len(known) < len(whens) else WIDTH
    if not moments:
        return {}, _LANES_END
    roots = [sqrt(later - earlier) for earlier, later in pairwise(moments)]
    room = undated - 2 * _EDGE - _LANES_END - _STEP * len(roots)
    unit = max(0.0, room) / sum(roots) if roots else 0.0
    step = _STEP + min(0.0, room) / max(1, len(roots))
    xs, x = {moments[0]: float(_LANES_END + _EDGE)}, float(_LANES_END + _EDGE)
    for moment, root in zip(moments[1:], roots, strict=True):
        x += step + root * unit
        xs[moment] = x
    return xs, undated


def _lanes(
    outlets: Mapping[int, str], whens: Mapping[int, When | None]
) -> list[tuple[str, list[int]]]:
    """Each outlet's articles; the outlet that was first stands on top."""
    lanes: dict[str, list[int]] = defaultdict(list)
    for row in sorted(outlets, key=lambda row: (_first(whens[row]), row)):
        lanes[outlets[row]].append(row)
    return list(lanes.items())


def _first(when: When | None) -> float:
    return when.earliest if when else float("inf")


def _dots(
    lanes: Sequence[tuple[str, list[int]]],
    whens: Mapping[int, When | None],
    xs: Mapping[float, float],
    undated: float,
    takers: set[int],
) -> tuple[Dot, ...]:
    dots = []
    for lane, (_, rows) in enumerate(lanes):
        free, waiting = 0.0, undated + _EDGE / 2
        for row in rows:
            when, y = whens[row], _height(lane)
            if when is None:
                dots.append(Dot(row, waiting, y, waiting, "undated", row in takers, ""))
                waiting += _STEP
                continue
            x, end = xs[when.earliest], xs[when.latest]
            kind = "day" if end > x else "exact" if when.zoned else "zone"
            clock = _printed(when.earliest, "%H:%M") if kind != "day" and x >= free else ""
            free = x + _LABEL if clock else free
            dots.append(Dot(row, x, y, end, kind, row in takers, clock))
    return tuple(dots)


def _height(lane: int) -> float:
    return _TOP + _LANE * lane + _LANE / 2


def _arrows(
    where: Mapping[int, Dot],
    ids: Mapping[int, str],
    articles: Columns,
    sources: Mapping[str, Source],
) -> tuple[Arrow, ...]:
    """One arrow to each article from its principal source, if both are in the chart."""
    row_of = {ids[row]: row for row in where}
    drawn: set[frozenset[int]] = set()
    arrows = []
    broadest = _BROADEST * min(1.0, _CROWD / max(1, len(where)))
    for row, dot in where.items():
        source = sources.get(ids[row])
        other = row_of.get(source.other_id) if source else None
        if source is None or other is None:
            continue
        ends = frozenset((row, other))
        if not source.known and ends in drawn:
            continue
        drawn.add(ends)
        share = min(1.0, source.words / max(1, int(str(articles["words"][row]))))
        kind = str(articles["relation"][row]) or "wire" if source.known else "unknown"
        width = _STROKE + broadest * share
        arrows.append(Arrow(_curve(where[other], dot), round(width, 1), kind))
    return tuple(arrows)


def _curve(start: Dot, end: Dot) -> str:
    """A curve from the end of one dot to the beginning of the other."""
    x, y, to_x, to_y = start.end + 8, start.y, end.x - 10, end.y
    if y == to_y:
        arc = ((x + to_x) / 2, y - 30), (to_x, to_y - 5)
        return f"M{_point(x, y - 6)} Q{' '.join(_point(*at) for at in arc)}"
    bend = max(24.0, abs(to_x - x) / 2)
    bow = (x + bend, y), (to_x - bend, to_y), (to_x, to_y)
    return f"M{_point(x, y)} C{' '.join(_point(*at) for at in bow)}"


def _point(x: float, y: float) -> str:
    return f"{x:.1f},{y:.1f}"


def _days(
    whens: Mapping[int, When | None], xs: Mapping[float, float]
) -> tuple[tuple[float, str], ...]:
    """The first moment of each day in UTC, where a label fits."""
    days: list[tuple[float, str]] = []
    seen = ""
    for moment in sorted({when.earliest for when in whens.values() if when}):
        day, x = _printed(moment, "%Y-%m-%d"), xs[moment]
        if day != seen and (not days or x - days[-1][0] > _DATE):
            days.append((round(x, 1), day))
        seen = day
    return tuple(days)


def _printed(moment: float, form: str) -> str:
    """A moment in UTC; empty at the very ends of the calendar, where a zone leads out of it."""
    try:
        return datetime.fromtimestamp(moment, UTC).strftime(form)
    except (ValueError, OverflowError, OSError):
        return ""


def _short(name: str) -> str:
    shown = visible(name)
    return shown if len(shown) <= _NAME else f"{shown[: _NAME - 1].rstrip()}…"
