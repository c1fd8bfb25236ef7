"""Calendar arithmetic: closed intervals of days, their shares, holidays, choice by tense.

Nothing here raises for dates near the ends of the calendar: results are clamped to
``date.min`` and ``date.max``. Weeks run from Monday to Sunday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from crisiswire.model import Precision
from crisiswire.resolving.dates_vocabulary import Holiday, vocabulary

Tense = Literal["past", "present", "future"]

UNTENSED_LOOKAHEAD = 31  # days: "May 3" in a report of April 30 is the coming May 3
YEARS_SEARCHED = 8  # around the reference; 29 February may be 8 years away


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day, both included. ``anchored`` tells that the words count from the
    event told before ("the same day"), ``event`` from one that is named right after them ("a week
    after" the vote); ``certain`` is False for a reading among several."""

    first: dt.date
    last: dt.date
    precision: Precision
    certain: bool = True
    anchored: bool = False
    event: bool = False


def shift(day: dt.date, days: float) -> dt.date:
    """``day`` moved by ``days``, clamped to the calendar."""
    number = day.toordinal() + round(days)
    return dt.date.fromordinal(min(max(number, 1), dt.date.max.toordinal()))


def day(date: dt.date) -> Interval:
    """One day."""
    return Interval(date, date, "day")


def date_or_none(year: int, month: int, number: int) -> dt.date | None:
    """The date, or None when the calendar has no such day."""
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def week(date: dt.date) -> Interval:
    """Monday to Sunday around ``date``."""
    monday = shift(date, -date.weekday())
    return Interval(monday, shift(monday, 6), "week")


def weekend(date: dt.date) -> Interval:
    """Saturday and Sunday of the week around ``date``."""
    monday = shift(date, -date.weekday())
    return Interval(shift(monday, 5), shift(monday, 6), "day")


def months(year: int, month: int, count: int, precision: Precision) -> Interval:
    """``count`` months from month ``month`` of ``year`` (which may lie outside 1 to 12)."""
    index = year * 12 + month - 1
    first = _month_start(index)
    last = _month_start(index + count)
    return Interval(first, shift(last, -1) if last > first else dt.date.max, precision)


def _month_start(index: int) -> dt.date:
    year, month = divmod(index, 12)
    if year < 1:
        return dt.date.min
    return dt.date(year, month + 1, 1) if year <= dt.MAXYEAR else dt.date.max


def calendar_unit(unit: str, date: dt.date, offset: float = 0) -> Interval:
    """The week, month, quarter, year, decade or century (else the day) around ``date``,
    moved by ``offset`` units. A century has the precision decade."""
    steps = round(offset)
    if unit == "week":
        return week(shift(date, 7 * steps))
    if unit == "weekend":
        return weekend(shift(date, 7 * steps))
    if unit == "month":
        return months(date.year, date.month + steps, 1, "month")
    if unit == "quarter":
        return months(date.year, (date.month - 1) // 3 * 3 + 1 + 3 * steps, 3, "quarter")
    if unit == "year":
        return months(date.year + steps, 1, 12, "year")
    if unit == "decade":
        return months(date.year // 10 * 10 + 10 * steps, 1, 120, "decade")
    if unit == "century":
        return months((date.year - 1) // 100 * 100 + 1 + 100 * steps, 1, 1200, "decade")
    return day(shift(date, steps))


def share(whole: Interval, part: str, unit: str | None = None) -> Interval:
    """The early, mid, late, first or last part of a calendar unit; a day stays whole.

    ``unit`` names the unit where the precision does not (a century).
    """
    steps = vocabulary().shares.get(unit or whole.precision)
    if steps is None:
        return whole
    start, end = steps[part]
    first, last = _step(whole, start), whole.last
    if end is not None:
        last = shift(_step(whole, end + 1), -1)
    return replace(whole, first=first, last=max(first, min(last, whole.last)))


def _step(whole: Interval, steps: int) -> dt.date:
    """The first day of step ``steps`` of ``whole``: a day, a month or a year."""
    if whole.precision in ("week", "month"):
        return shift(whole.first, steps)
    if whole.precision in ("quarter", "year"):
        return months(whole.first.year, whole.first.month + steps, 1, "month").first
    return months(whole.first.year + steps, 1, 12, "year").first


def before_now(reference: dt.date, number: float, unit: str) -> dt.date:
    """The day ``number`` units before ``reference`` (after, when negative)."""
    days = {"minute": 0.0, "hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0}
    if unit in days:
        return shift(reference, -number * days[unit])
    in_months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    count = min(max(number * in_months, -120_000.0), 120_000.0)
    whole = months(reference.year, reference.month - round(count), 1, "month")
    return min(shift(whole.first, reference.day - 1), whole.last)


def easter(year: int) -> dt.date:
    """Easter Sunday of the western churches (Gregorian computus)."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - epact // 28 * (1 - 29 // (epact + 1) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return dt.date(year, month, offset + 28 - 31 * (month // 4))


def orthodox_easter(year: int) -> dt.date:
    """Easter Sunday of the eastern churches (Julian computus, Gregorian date)."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, number = divmod(moon + weekday + 114, 31)
    return shift(dt.date(year, month, number + 1), year // 100 - year // 400 - 2)


def holiday_in(year: int, holiday: Holiday) -> list[Interval]:
    """When ``holiday`` falls in ``year``: empty if unknown; the lunar year may bring two."""
    if not 1 <= year <= dt.MAXYEAR:
        return []
    if holiday.dates:
        starts = [date for date in holiday.dates if date.year == year]
    elif holiday.date is not None:
        starts = [date for date in [date_or_none(year, *holiday.date)] if date]
    elif holiday.nth is not None:
        starts = [_nth_weekday(year, *holiday.nth)]
    elif holiday.easter is not None:
        starts = [shift(easter(year), holiday.easter)]
    else:
        starts = [shift(orthodox_easter(year), holiday.orthodox_easter or 0)]
    precision: Precision = "day" if holiday.days < 5 else "week" if holiday.days < 15 else "month"
    return [
        Interval(start, shift(start, holiday.days - 1), precision, holiday.certain)
        for start in starts
    ]


def _nth_weekday(year: int, month: int, weekday: int, which: int) -> dt.date:
    whole = months(year, month, 1, "month")
    if which < 0:
        return shift(whole.last, -((whole.last.weekday() - weekday) % 7) + 7 * (which + 1))
    return shift(whole.first, (weekday - whole.first.weekday()) % 7 + 7 * (which - 1))


def choose(
    in_year: Callable[[int], Sequence[Interval]],
    reference: dt.date,
    tense: Tense | None,
    word: str | None = None,
) -> Interval | None:
    """Which of the yearly occurrences is meant. ``in_year`` gives those of one year.

    ``word`` is "last" (strictly past), "next" (strictly coming), "this" or None. "This" is
    the one going on or, with no tense, that of the article's year. Without a word, the
    future tense takes the coming one and any other the most recent one, which may be going
    on; with no tense, a single day that is at most a month off is coming.
    """
    years = range(reference.year - YEARS_SEARCHED, reference.year + YEARS_SEARCHED + 1)
    found = sorted(
        (interval for year in years if 1 <= year <= dt.MAXYEAR for interval in in_year(year)),
        key=lambda interval: interval.first,
    )
    if word == "last":
        return max((i for i in found if i.last < reference), key=_first, default=None)
    if word == "this" and tense not in ("past", "future"):
        now = [i for i in found if i.first <= reference <= i.last]
        same = now or [i for i in found if i.first.year == reference.year]
        return same[0] if same else None
    coming = min((i for i in found if i.last >= reference), key=_first, default=None)
    if word == "next":
        return min((i for i in found if i.first > reference), key=_first, default=None)
    past = max((i for i in found if i.first <= reference), key=_first, default=None)
    if tense == "future":
        return coming
    near = (
        coming is not None
        and coming.precision == "day"
        and (coming.first - reference).days <= UNTENSED_LOOKAHEAD
    )
    if tense != "past" and near and coming is not None and coming != past:
        recent = past is not None and (reference - past.last).days <= UNTENSED_LOOKAHEAD
        return past if recent else replace(coming, certain=False)
    return past


def _first(interval: Interval) -> dt.date:
    return interval.first


def weekday_date(
    weekday: int, reference: dt.date, tense: Tense | None, word: str | None
) -> Interval:
    """The day meant by a weekday: the most recent one, the article's day included, unless
    the tense is future or ``word`` ("last", "this", "next", "coming") says otherwise."""
    back = (reference.weekday() - weekday) % 7
    if word == "last":
        return day(shift(reference, -(back or 7)))
    if word == "next":
        return replace(day(shift(reference, 7 - back)), certain=False)
    if word == "coming" or tense == "future":
        return day(shift(reference, (7 - back) % 7))
    if word == "this" and tense != "past":
        return day(shift(week(reference).first, weekday))
    return day(shift(reference, -back))
