from __future__ import annotations

import copy
import itertools
from typing import TYPE_CHECKING

import pytest

from dedup.report import timeline
from dedup.report.flows import principal_sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.report import Document
    from dedup.report.timeline import Timeline

Rows = dict[str, list[dict[str, object]]]

TIMES = (
    "2021-08-15T08:00:00+00:00",
    "2021-08-15T10:30:00Z",
    "2021-08-15T12:00:00",
    "2021-08-16",
    "",
)


@pytest.fixture
def drawn(seeds: Rows, document_of: Callable[[Rows], Document]) -> Callable[..., Timeline]:
    """Draw the seeds' story with other times."""

    def draw(published: tuple[str, ...], outlets: tuple[str, ...] = ()) -> Timeline:
        rows = copy.deepcopy(seeds)
        for row, time in zip(rows["articles"], published, strict=True):
            row["published_at"] = time
        for row, outlet in zip(rows["articles"], outlets, strict=False):
            row["publisher"] = outlet
        tables = document_of(rows).tables
        return timeline.timeline(range(5), tables["articles"], principal_sources(tables))

    return draw


def test_each_time_is_drawn_as_what_it_may_mean(drawn: Callable[..., Timeline]) -> None:
    chart = drawn(TIMES, outlets=("A", "B", "C", "D", "E"))
    assert [dot.kind for dot in chart.dots] == ["exact", "exact", "zone", "day", "undated"]
    assert [dot.clock for dot in chart.dots] == ["08:00", "10:30", "12:00", "", ""]
    assert [label for _, label in chart.days] == ["2021-08-15", "2021-08-16"]
    places = [dot.x for dot in chart.dots]
    assert places == sorted(places)
    assert places[-1] > chart.undated > 0
    day = chart.dots[3]
    assert day.end > day.x
    assert all(dot.end == dot.x for dot in chart.dots if dot is not day)


def test_an_arrow_leads_from_the_source_and_doubt_has_none(
    drawn: Callable[..., Timeline],
) -> None:
    chart = drawn(TIMES)
    (arrow,) = chart.arrows  # the seeds' passages are of unknown order: one line for the pair
    assert arrow.kind == "unknown"
    assert not any(dot.taker for dot in chart.dots)


def test_lanes_are_outlets_in_the_order_of_their_first_article(
    drawn: Callable[..., Timeline],
) -> None:
    chart = drawn(TIMES[1:2] + TIMES[:1] + TIMES[2:], outlets=("B", "A", "A", "B", "C"))
    assert [name for name, *_ in chart.lanes] == ["A", "B", "C"]
    heights = {dot.y for dot in chart.dots}
    assert len(heights) == 3
    assert chart.height > max(heights)


@pytest.mark.parametrize(
    "published",
    [
        ("",) * 5,
        ("2021-08-15T08:00:00Z",) * 5,
        ("0001-01-01T00:00:00+14:00", "9999-12-31", "9999-12-31T23:59:59-12:00", "1969-12-31", ""),
        tuple(f"2021-08-15T08:00:{second:02}Z" for second in (0, 1, 2, 3, 59)),
    ],
)
def test_any_times_stay_inside_the_frame(
    drawn: Callable[..., Timeline], published: tuple[str, ...]
) -> None:
    chart = drawn(published)
    for dot in chart.dots:
        assert 0 < dot.x <= dot.end < timeline.WIDTH + 5
        assert 0 < dot.y < chart.height
    assert (chart.undated > 0) == ("" in published)


def test_clock_times_do_not_overprint_each_other(drawn: Callable[..., Timeline]) -> None:
    chart = drawn(("2021-08-01T00:00Z", *[f"2021-08-15T08:00:{s:02}Z" for s in range(4)]))
    labelled = sorted(dot.x for dot in chart.dots if dot.clock)
    assert all(b - a >= 40 for a, b in itertools.pairwise(labelled))


def test_a_crowded_story_says_what_it_leaves_to_the_table(
    drawn: Callable[..., Timeline], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline, "MAX_DOTS", 2)
    chart = drawn(TIMES)
    assert chart.left_out == 3
    assert sorted(dot.row for dot in chart.dots) == [0, 1]  # the two that share most
    assert len(chart.arrows) == 1


def test_the_drawing_has_what_was_laid_out(drawn: Callable[..., Timeline]) -> None:
    chart = drawn(TIMES, outlets=("A", "B", "C", "D"))
    name, attributes, nodes = timeline.drawing(chart)
    assert (name, attributes["viewBox"]) == ("svg", f"0 0 {timeline.WIDTH} {chart.height}")
    marks = [node for node in nodes if node[0] == "a"]
    assert [node[1]["data-row"] for node in marks] == [dot.row for dot in chart.dots]  # type: ignore[index]
    assert "'class': 'undated'" in repr(nodes)
    lanes = [node[2][-1] for node in nodes if node[1] == {"class": "lane"}]
    assert [label[2] for label in lanes] == [("A",), ("B",), ("C",), ("D",), ()]


def test_a_long_outlet_name_is_cut_and_kept(drawn: Callable[..., Timeline]) -> None:
    name = "The \u202e Gazette of the Northern and the Southern Provinces"
    ((full, short, _), *_) = drawn(TIMES, outlets=(name,)).lanes
    assert full == name
    assert len(short) <= 26
    assert "\u202e" not in short
