"""When an article was published: what can be read, and what order it allows."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.times import ZONES, When, lag_seconds, order, parse

DAY = 24 * 3600
AUG_11 = datetime(2021, 8, 11, tzinfo=UTC).timestamp()
TEN = AUG_11 + 10 * 3600


@pytest.mark.parametrize(
    "text",
    [
        "2021-08-11T10:00:00Z",
        "2021-08-11T10:00:00+00:00",
        "2021-08-11 12:00:00+02:00",
        "2021-08-11T12:00:00 +0200",
        "20210811T100000Z",
        "2021-08-11T10:00:00.000000000Z",
        "2021-08-11 10:00 UTC",
        "2021-08-11 10:00:00 GMT",
        "Wed, 11 Aug 2021 10:00:00 GMT",
        "Wed, 11 Aug 2021 06:00:00 -0400",
        "Wed, 11 Aug 2021 05:00:00 EST",
        "11 Aug 21 10:00 GMT",
        "Wednesday, August 11, 2021 at 10:00 AM UTC",
        "Aug. 11, 2021 3:30 pm +05:30",
        "11th August 2021, 10:00 GMT",
        "  2021-08-11T10:00:00Z\n",
    ],
)
def test_instants_with_a_zone(text: str) -> None:
    assert parse(text) == When(TEN, TEN, zoned=True)


@pytest.mark.parametrize(
    "text",
    [
        "2021-08-11T10:00:00",
        "2021-08-11 10:00",
        "2021/08/11 10:00",
        "Aug 11, 2021 10:00 am",
        "Aug 11, 2021 10:00 IST",  # three countries have an IST
        "Wed, 11 Aug 2021 10:00:00 -0000",
        "11.08.2021, 10:00",
    ],
)
def test_instants_without_a_zone(text: str) -> None:
    assert parse(text) == When(TEN, TEN, zoned=False)


@pytest.mark.parametrize(
    "text",
    [
        "2021-08-11",
        "20210811",
        "2021/8/11",
        "Aug 11, 2021",
        "August 11 2021",
        "Aug. 11, 2021",
        "11 Aug 2021",
        "11-Aug-2021",
        "Wednesday, 11 August 2021",
        "11.8.2021",
    ],
)
def test_a_date_alone_is_the_whole_of_its_day(text: str) -> None:
    assert parse(text) == When(AUG_11, AUG_11 + DAY, zoned=False)


def test_a_date_of_two_readings_means_either() -> None:
    either = parse("11/08/2021")
    assert either == When(AUG_11, parse("2021-11-08").latest, zoned=False)  # type: ignore[union-attr]
    assert parse("25/12/2021") == parse("12/25/2021") == parse("2021-12-25")
    assert parse("08/08/2021") == parse("2021-08-08")


@pytest.mark.parametrize("clock", ["12:05 am", "0:05"])
def test_midnight_in_twelve_hours(clock: str) -> None:
    assert parse(f"Aug 11, 2021 {clock}") == When(AUG_11 + 300, AUG_11 + 300, zoned=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "yesterday",
        "2021",
        "2021-13-01",
        "2021-02-30",
        "2021-08-11T25:00:00Z",
        "2021-08-11T10:00:00+99:00",
        "Aug 32, 2021",
        "31/31/2021",
        "Wed, 31 Feb 2021 10:00:00 GMT",
        "Wed, 11 Foo 2021 10:00:00 GMT",
        "Aug 11, 2021 99:99",
        "0000-00-00",
        "1970-01-01",
        "1970-01-01T00:00:00Z",
        "x" * 1000,
        "2021-08-11 and so on",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse(text) is None


def test_the_first_and_the_last_year() -> None:
    first, last = parse("0001-01-01T00:00:00+14:00"), parse("9999-12-31T23:59:59-12:00")
    assert order(first, last) == -1
    assert parse("9999-12-31") is not None


def sign(a: str, b: str) -> int:
    return order(parse(a), parse(b))


def test_instants_with_zones_are_ordered_to_the_second() -> None:
    assert sign("2021-08-11T10:00:00Z", "2021-08-11T10:00:01Z") == -1
    assert sign("2021-08-11T12:00:01+02:00", "2021-08-11T10:00:00Z") == 1
    assert sign("2021-08-11T12:00:00+02:00", "2021-08-11T10:00:00Z") == 0


@pytest.mark.parametrize("zone", ["", "Z"])
def test_without_a_zone_order_is_known_only_beyond_fourteen_hours(zone: str) -> None:
    late = f"2021-08-11T20:00:00{zone}"
    assert sign("2021-08-11T06:00:00", late) == 0
    assert sign("2021-08-11T05:59:59", late) == -1
    assert sign(late, "2021-08-11T05:59:59") == 1


def test_dates_alone() -> None:
    assert sign("2021-08-11", "2021-08-11") == 0
    assert sign("2021-08-11", "2021-08-12") == 0  # either day may be over before the other begins
    assert sign("2021-08-11", "2021-08-13") == -1
    assert sign("2021-08-11", "2021-08-12T14:00:00Z") == 0
    assert sign("2021-08-11", "2021-08-12T14:00:01Z") == -1
    assert sign("2021-08-12T14:00:01Z", "2021-08-11") == 1


def test_the_clock_change_and_the_future() -> None:
    # 02:30 comes twice in the night of 31 October; the offset says which is meant
    assert sign("2021-10-31T02:30:00+02:00", "2021-10-31T02:30:00+01:00") == -1
    assert sign("2021-10-31T02:30:00", "2021-10-31T01:30:00") == 0
    assert sign("2021-08-11T10:00:00Z", "2999-01-01T00:00:00Z") == -1


def test_undated_is_of_unknown_order() -> None:
    assert order(None, parse("2021-08-11")) == order(parse("2021-08-11"), None) == 0
    assert order(None, None) == 0


def test_lags() -> None:
    ten, nine = parse("2021-08-11T10:00:00Z"), parse("2021-08-11T10:00:00+01:00")
    assert lag_seconds(ten, nine) == 3600
    assert lag_seconds(nine, ten) == -3600
    assert lag_seconds(parse("2021-08-12"), parse("2021-08-11")) == DAY
    assert lag_seconds(parse("2021-08-12"), None) is None
    assert lag_seconds(None, parse("2021-08-12")) is None
    assert lag_seconds(parse("11/08/2021"), ten) is None


def test_the_machines_own_zone_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.environ.get("TZ")
    try:
        for zone in ("Asia/Tokyo", "America/New_York"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert parse("2021-08-11 10:00") == When(TEN, TEN, zoned=False)
    finally:
        monkeypatch.delenv("TZ") if before is None else monkeypatch.setenv("TZ", before)
        time.tzset()


zones = st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
moments = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis puts the zones in
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.one_of(st.none(), zones),
)
written = moments.map(datetime.isoformat) | moments.map(lambda m: m.date().isoformat())


@given(written | st.none(), written | st.none())
def test_order_is_antisymmetric(a: str | None, b: str | None) -> None:
    left, right = (None if text is None else parse(text) for text in (a, b))
    assert order(left, right) == -order(right, left)
    lag, back = lag_seconds(left, right), lag_seconds(right, left)
    assert (lag is None and back is None) or lag == -(back or 0)


@given(st.lists(written, min_size=3, max_size=6))
def test_what_is_certainly_earlier_begins_earlier(texts: list[str]) -> None:
    whens = [when for text in texts if (when := parse(text))]
    for a, b in pairwise(whens):
        if order(a, b) < 0:
            assert a.earliest < b.earliest


@given(moments)
def test_what_is_written_can_be_read(moment: datetime) -> None:
    when = parse(moment.isoformat())
    assert when is not None
    assert when.zoned is (moment.tzinfo is not None)
    assert when.earliest == when.latest
    if moment.tzinfo:
        assert when.earliest == moment.timestamp()


@given(st.text() | st.from_regex(r"[0-9A-Za-z ,:+./-]{1,30}", fullmatch=True))
def test_any_text_is_a_time_or_none(text: str) -> None:
    when = parse(text)
    assert when is None or when.earliest <= when.latest


def test_zones_reach_fourteen_hours() -> None:
    assert ZONES == 14 * 3600
