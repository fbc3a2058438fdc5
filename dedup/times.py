"""When an article was published, as far as what it says can tell.

A time with a zone is an instant. A time without one is of unknown zone, and a date alone is the
whole of its day: of these an order is known only beyond the 14 hours that a zone can make.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache, lru_cache
from typing import NamedTuple

#: Seconds that a clock can be off from UTC: zones reach from -12 to +14 hours.
ZONES = 14 * 3600

_DAY = 24 * 3600
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 80  # characters: nothing longer is a date
_NOON = 12
_REMEMBERED = 1 << 14  # texts: many articles bear one date, and each is asked for it again


class When(NamedTuple):
    """The earliest and the latest that a time can mean, in epoch seconds on its own clock."""

    earliest: float
    latest: float
    zoned: bool  #: whether that clock is known to be UTC or at a known distance from it


@lru_cache(_REMEMBERED)
def parse(text: str) -> When | None:
    """Read a date or a time in ISO 8601, RFC 2822 or an English newspaper's form.

    ``03/04/2021`` means either of two days, and so does what is returned. The zero of the Unix
    clock is what software writes where it knows no date: it is read as none.

    Args:
        text: for instance ``2021-08-11T10:00:00+02:00``, ``Wed, 11 Aug 2021 10:00:00 GMT``,
            ``2021-08-11`` or ``Aug. 11, 2021, 10:00 am``.

    Returns:
        None where no date can be read. Never raises.

    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    try:
        when = _iso(text) or _mail(text) or _printed(text)
    except (ValueError, OverflowError):
        return None  # figures that are of no day, or of none that can be counted
    return None if when is None or when.earliest == 0 else when


def order(a: When | None, b: When | None) -> int:
    """Tell which of two times is certainly the earlier one.

    Returns:
        -1 where ``a`` is earlier for sure, 1 where it is later, 0 where nobody can know or where
        both are the same instant.

    """
    if a is None or b is None:
        return 0
    doubt = 0 if a.zoned and b.zoned else ZONES
    if a.latest + doubt < b.earliest:
        return -1
    if b.latest + doubt < a.earliest:
        return 1
    return 0


def lag_seconds(a: When | None, b: When | None) -> int | None:
    """Return ``a`` less ``b`` in seconds; None unless each is known to the day or better."""
    if a is None or b is None or max(a.latest - a.earliest, b.latest - b.earliest) > _DAY:
        return None
    return round(a.earliest - b.earliest)


def _iso(text: str) -> When | None:
    """Read what the standard library takes for ISO 8601; None for anything else."""
    try:
        return _day(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return _instant(datetime.fromisoformat(text))
    except ValueError:
        return None


def _mail(text: str) -> When | None:
    """Read a time as RFC 2822 writes it, its few zone names included; None for anything else.

    Raises:
        ValueError: where the figures are of no day, or of no hour.

    """
    if _patterns()["mail"].match(text) is None:
        return None
    from email.utils import parsedate_to_datetime  # slow to load, and few times are written so

    return _instant(parsedate_to_datetime(text))


def _printed(text: str) -> When | None:
    """Read a date as a newspaper prints it, with or without the time of the day.

    Raises:
        ValueError: where the figures are of no day, or of no hour.

    """
    found = _patterns()["printed"].fullmatch(text)
    if found is None:
        return None
    days = _days(found)
    if found["hour"] is None:
        return When(_day(days[0]).earliest, _day(days[-1]).latest, zoned=False)
    clock = _clock(found)
    moments = [_instant(datetime.combine(day, clock)) for day in days]
    return When(moments[0].earliest, moments[-1].latest, moments[0].zoned)


def _days(found: re.Match[str]) -> list[date]:
    """Return the day that a printed date means, or both where it may mean two; earlier first."""
    if found["year"]:
        return [date(int(found["year"]), int(found["month"]), int(found["day"]))]
    if found["name"] or found["name2"]:
        month = _MONTHS.index((found["name"] or found["name2"])[:3].lower()) + 1
        year, day = found["year1"] or found["year2"], found["day1"] or found["day2"]
        return [date(int(year), month, int(day))]
    if found["year4"]:
        return [date(int(found["year4"]), int(found["month4"]), int(found["day4"]))]
    year, first, second = (int(found[name]) for name in ("year3", "first", "second"))
    either = {(first, second), (second, first)}
    days = sorted(date(year, m, d) for m, d in either if m <= len(_MONTHS))
    if not days:
        message = "neither figure is a month"
        raise ValueError(message)
    return days


def _clock(found: re.Match[str]) -> time:
    """Return the time of the day in a printed date; without zone where it names none we know."""
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % _NOON + (_NOON if found["half"].lower() == "p" else 0)
    zone = None
    if found["utc"]:
        zone = UTC
    elif found["sign"]:
        minutes = int(found["zone_hour"]) * 60 + int(found["zone_minute"])
        zone = timezone(timedelta(minutes=-minutes if found["sign"] in "-−" else minutes))
    return time(hour, int(found["minute"]), int(found["second_"] or 0), tzinfo=zone)


def _day(day: date) -> When:
    """Return the whole of a day."""
    start = _instant(datetime.combine(day, time())).earliest
    return When(start, start + _DAY, zoned=False)


def _instant(moment: datetime) -> When:
    """Return an instant; one without a zone is counted as if it were UTC, and marked."""
    zoned = moment.tzinfo is not None
    # never the machine's own zone: the same input must give the same answer everywhere
    seconds = (moment if zoned else moment.replace(tzinfo=UTC)).timestamp()
    return When(seconds, seconds, zoned)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Compile the two forms that the standard library does not read, when first needed."""
    month = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    printed = rf"""
        (?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+)?
        (?: (?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})
          | (?P<day1>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<name>{month})[a-z]*[.,]?[\s-]+
            (?P<year1>\d{{4}})
          | (?P<name2>{month})[a-z]*\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})
          | (?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/(?P<year3>\d{{4}})
          | (?P<day4>\d{{1,2}})\.(?P<month4>\d{{1,2}})\.(?P<year4>\d{{4}}) )
        (?: (?:,?\s+(?:at\s+)?|T|\s*[|–-]\s*)
            (?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)(?::(?P<second_>\d\d)(?:\.\d+)?)?
            (?:\s*(?P<half>[ap])\.?m\.?)?
            (?:\s*(?:(?P<utc>z|utc|gmt)|\(?[a-z]{{2,5}}\)?
               |(?:utc|gmt)?(?P<sign>[-+−])(?P<zone_hour>\d\d):?(?P<zone_minute>\d\d)))? )?
    """
    mail = r"(?:[a-z]{3},\s+)?\d{1,2}\s+[a-z]{3}\s+\d{2,4}\s+\d{1,2}:\d\d"
    flags = re.VERBOSE | re.IGNORECASE | re.ASCII
    return {"printed": re.compile(printed, flags), "mail": re.compile(mail, flags)}
