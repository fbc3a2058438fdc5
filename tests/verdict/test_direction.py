from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.records import Direction, Kind, SignKind
from dedup.verdict import direction
from tests.verdict.newsdesk import Desk, sign, told

if TYPE_CHECKING:
    from dedup.records import Sign

FROM, TO, UNKNOWN = Direction.FROM, Direction.TO, Direction.UNKNOWN
UPDATE, LATER = SignKind.UPDATE, SignKind.LATER_VANTAGE


def way(desk: Desk) -> Direction:
    """Which way between articles a and b, where nothing but their passages is known."""
    if not desk.shared:
        desk.shares("a", "b")
    (a, b), matches = desk.in_order(["a", "b"])
    found = direction(a, b, matches)
    back = direction(b, a, [match.turned() for match in matches])
    assert {found, back} in ({FROM, TO}, {UNKNOWN}), "either side tells the same"
    return found


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (2.0, 1.0, FROM),
        (1.0, 2.0, TO),
        (1.0, 1.0, UNKNOWN),  # a tie tells nothing
        (None, 1.0, UNKNOWN),
        (1.0, None, UNKNOWN),
        (None, None, UNKNOWN),
    ],
)
def test_the_later_one_took(a: float | None, b: float | None, expected: Direction) -> None:
    desk = Desk()
    desk.article("a", hour=a)
    desk.article("b", hour=b)
    assert way(desk) is expected


@pytest.mark.parametrize(("hours", "expected"), [(13.9, UNKNOWN), (14.1, FROM)])
def test_without_a_zone_order_is_known_beyond_fourteen_hours(
    hours: float, expected: Direction
) -> None:
    desk = Desk()
    desk.article("a", hour=hours, zoned=False)
    desk.article("b", hour=0)
    assert way(desk) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("", "reuters", FROM),
        ("reuters", "", TO),
        ("reuters", "afp", UNKNOWN),
        ("reuters", "reuters", UNKNOWN),
    ],
)
def test_an_agency_is_upstream_of_an_outlet(a: str, b: str, expected: Direction) -> None:
    desk = Desk()
    desk.article("a", agency=a)
    desk.article("b", agency=b)
    assert way(desk) is expected


def test_time_stands_above_all_other_signs() -> None:
    desk = Desk()
    desk.article("a", agency="reuters", hour=3, signs=[sign(UPDATE), sign(LATER)])
    desk.article("b", hour=4)
    assert way(desk) is TO


def test_an_agency_stands_above_what_the_texts_give_away() -> None:
    desk = Desk()
    desk.article("a", agency="reuters", signs=[sign(UPDATE), sign(LATER)])
    desk.article("b")
    assert way(desk) is TO


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ([sign(UPDATE)], UNKNOWN),  # one sign is not enough
        ([sign(LATER)], UNKNOWN),
        ([sign(UPDATE), sign(LATER, 2)], FROM),
        ([sign(LATER, 2), sign(LATER, 3)], FROM),
        ([sign(SignKind.OWN_REPORTING), sign(SignKind.OWN_REPORTING, 2)], UNKNOWN),
        ([sign(UPDATE), sign(LATER, 9)], UNKNOWN),  # a paragraph that there is not
        ([sign(UPDATE), sign(LATER, 0)], UNKNOWN),  # said in the metadata
    ],
)
def test_signs_of_a_later_writer(signs: list[Sign], expected: Direction) -> None:
    desk = Desk()
    desk.article("a", signs=signs)
    desk.article("b")
    assert way(desk) is expected


def test_a_later_point_of_view_counts_inside_what_is_shared() -> None:
    for n, expected in ((1, FROM), (4, UNKNOWN)):
        desk = Desk()
        desk.article("a", signs=[sign(UPDATE), sign(LATER, n)])
        desk.article("b")
        desk.shares("a", "b", 0, 40)
        assert way(desk) is expected


def test_equal_signs_on_both_sides_outweigh_each_other() -> None:
    desk = Desk()
    desk.article("a", signs=[sign(UPDATE), sign(LATER)])
    desk.article("b", signs=[sign(UPDATE), sign(LATER)])
    assert way(desk) is UNKNOWN


@pytest.mark.parametrize(("worn", "expected"), [(1, UNKNOWN), (2, FROM)])
def test_a_credit_worn_down_to_the_agency_shows_the_copy(worn: int, expected: Direction) -> None:
    desk = Desk()
    kinds = [Kind.ANAPHORA] * worn + [Kind.TOLD] * (2 - worn)
    desk.article(
        "a", says=[told("reuters", n, kind) for n, kind in zip((1, 3), kinds, strict=True)]
    )
    desk.article("b", says=[told("reuters", 1), told("reuters", 3)])
    desk.shares("a", "b", 0, 20)
    desk.shares("a", "b", 40, 60)
    assert way(desk) is expected


def test_a_credit_is_worn_only_where_the_other_names_it() -> None:
    desk = Desk()
    desk.article("a", says=[told("reuters", n, Kind.ANAPHORA) for n in (1, 3)])
    desk.article("b")
    desk.shares("a", "b", 0, 20)
    desk.shares("a", "b", 40, 60)
    assert way(desk) is UNKNOWN


def test_an_unresolved_anaphora_is_no_agencys() -> None:
    desk = Desk()
    desk.article("a", says=[told("", n, Kind.ANAPHORA, is_agency=False) for n in (1, 3)])
    desk.article("b", says=[told("reuters", 1), told("reuters", 3)])
    desk.shares("a", "b", 0, 20)
    desk.shares("a", "b", 40, 60)
    assert way(desk) is UNKNOWN


HOURS = st.one_of(st.none(), st.integers(0, 40).map(float))
SIGNS = st.lists(st.builds(sign, st.sampled_from(list(SignKind)), st.integers(0, 6)), max_size=4)


class Side(NamedTuple):
    """What tells an article's place in time."""

    hour: float | None
    zoned: bool
    agency: str
    signs: list[Sign]


SIDES = st.builds(Side, HOURS, st.booleans(), st.sampled_from(["", "ap"]), SIGNS)


@given(SIDES, SIDES)
def test_both_sides_always_agree(here: Side, there: Side) -> None:
    desk = Desk()
    for name, side in (("a", here), ("b", there)):
        desk.article(name, hour=side.hour, zoned=side.zoned, agency=side.agency, signs=side.signs)
    way(desk)
