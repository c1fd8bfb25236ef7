"""Publication dates as people write them in tables."""

from __future__ import annotations

import datetime as dt
import re

WANTED = "write it as YYYY-MM-DD, such as 2019-05-14"

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?P<rest>[T ].+)?\Z", re.ASCII | re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?P<rest>T.+)?\Z", re.ASCII | re.DOTALL)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z", re.ASCII)
_TIME = re.compile(
    r"[T ]\s?\d{1,2}(?::?\d{2}){0,2}(?:[.,]\d{1,9})?\s?(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?\Z",
    re.ASCII,
)
_YEARS = range(1000, 3000)
_MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
_PART = re.compile(r"[a-z]+|\d+", re.ASCII)
_LEAP = 8  # years until 29 February comes again, at the most


def parse_date(value: object) -> dt.date:
    """The day that ``value`` names, as written (no change of time zone).

    Takes dates, datetimes, YYYY-MM-DD, YYYYMMDD (also as a number), ISO
    datetimes, and dd/mm/yyyy or mm/dd/yyyy where only one reading is a date.

    Raises ValueError with the reason and the form wanted.
    """
    if isinstance(value, dt.datetime):
        return _in_range(value.date())
    if isinstance(value, dt.date):
        return _in_range(value)
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(f"{_shown(value)} is not a date; {WANTED}")
    text = str(value).strip()
    if slashed := _SLASHED.match(text):
        return _in_range(_from_slashes(text, *map(int, slashed.groups())))
    found = _ISO.match(text) or _COMPACT.match(text)
    if not found or (found["rest"] and not _TIME.match(found["rest"])):
        raise ValueError(f"{_shown(text)} is not a date; {WANTED}")
    try:
        day = dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise ValueError(f"{_shown(text)} is not a day of the calendar; {WANTED}") from error
    return _in_range(day)


def _from_slashes(text: str, first: int, second: int, year: int) -> dt.date:
    """The one day that ``first/second/year`` can mean."""
    days: set[dt.date] = set()
    for day, month in ((first, second), (second, first)):
        if 1 <= month <= 12 and _is_day(year, month, day):
            days.add(dt.date(year, month, day))
    if not days:
        raise ValueError(f"{_shown(text)} is not a day of the calendar; {WANTED}")
    if len(days) > 1:
        raise ValueError(f"{_shown(text)} may be either of two days; {WANTED}")
    return days.pop()


def _is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has that day."""
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def written_date(words: str, latest: dt.date) -> tuple[dt.date, bool] | None:
    """The day that a dateline's words name ("May 3", "14 May 2019") and whether they tell its
    year; without one, the last such day up to ``latest``. None for anything else, days after
    ``latest`` included."""
    parts = _PART.findall(words.lower())
    months = [_MONTHS.index(part[:3]) + 1 for part in parts if part[:3] in _MONTHS]
    numbers = [int(part) for part in parts if part.isdigit()]
    days = [number for number in numbers if 1 <= number <= 31]
    years = [number for number in numbers if number in _YEARS]
    if len(months) != 1 or len(days) != 1 or len(years) + len(days) != len(numbers):
        return None
    for year in years[:1] or range(latest.year, latest.year - _LEAP - 1, -1):
        if _is_day(year, months[0], days[0]):
            day = dt.date(year, months[0], days[0])
            if day <= latest:
                return day, bool(years)
    return None


def _in_range(day: dt.date) -> dt.date:
    if day.year not in _YEARS:
        raise ValueError(f"{day.isoformat()} has a year out of range; {WANTED}")
    return day


def _shown(value: object) -> str:
    """The value in quotes, shortened, for a message."""
    shown = str(value)
    return repr(shown if len(shown) <= 40 else shown[:40] + "…")
