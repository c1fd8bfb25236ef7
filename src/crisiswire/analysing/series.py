"""Events over time: counts and mean intensity by day, week or month."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import Literal

from crisiswire.storing import EventQuery, Store
from crisiswire.storing.tallies import Split, days

By = Literal["day", "week", "month"]

# The precisions of dates that are exact enough for a bucket.
EXACT: dict[By, tuple[str, ...]] = {
    "day": ("day", "article"),
    "week": ("day", "article", "week"),
    "month": ("day", "article", "week", "month"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: for each bucket a count and the mean intensity, None where nothing happened."""

    key: str
    counts: list[int]
    intensity: list[float | None]


@dataclass(frozen=True, slots=True)
class Series:
    """The buckets that have events, by their first days, and a line for each key of the split.
    ``left_out``: events whose date is less exact than a bucket."""

    by: By
    split: Split
    buckets: list[dt.date]
    lines: list[Line]
    left_out: int


@dataclass(frozen=True, slots=True)
class Bar:
    """What one bucket holds: events that begin in these days, dated with these precisions."""

    first: dt.date
    last: dt.date
    precisions: tuple[str, ...]

    def until(self, day: dt.date | None) -> dt.date:
        """The earlier of its last day and another."""
        return self.last if day is None else min(self.last, day)


def bar_of(text: str) -> Bar:
    """The bar that ``week.2019-05-13`` names. Raises ValueError for another form."""
    by, _, day = text.partition(".")
    try:
        first = dt.date.fromisoformat(day)
    except ValueError as error:
        raise ValueError(f"{text!r} is no bucket; write week.2019-05-13 ({error})") from error
    if by not in EXACT:
        raise ValueError(f"{by!r} is no length of a bucket; choose from {', '.join(EXACT)}")
    first = bucket(first, by)
    return Bar(first, _last_day(first, by), EXACT[by])


def _last_day(first: dt.date, by: By) -> dt.date:
    match by:
        case "day":
            return first
        case "week":
            return first + dt.timedelta(min(6 - first.weekday(), (dt.date.max - first).days))
        case "month":
            return first.replace(day=monthrange(first.year, first.month)[1])


def series(store: Store, query: EventQuery, by: By = "week", split: Split = "quad_class") -> Series:
    """The events that meet ``query`` over time; each counts in the bucket where it begins."""
    cells: dict[tuple[str, dt.date], list[float]] = defaultdict(lambda: [0, 0.0])
    left_out = 0
    for row in store.tally(partial(days, query, split=split)):
        if row.precision not in EXACT[by]:
            left_out += row.events
            continue
        cell = cells[row.key, bucket(row.day, by)]
        cell[0] += row.events
        cell[1] += row.intensity
    buckets = sorted({day for _, day in cells})
    lines = [
        Line(
            key,
            [int(cells[key, day][0]) if (key, day) in cells else 0 for day in buckets],
            [_mean(cells[key, day]) if (key, day) in cells else None for day in buckets],
        )
        for key in sorted({key for key, _ in cells})
    ]
    return Series(by, split, buckets, lines, left_out)


def bucket(day: dt.date, by: By) -> dt.date:
    """The first day of the bucket that ``day`` lies in; weeks begin on Monday."""
    match by:
        case "day":
            return day
        case "week":
            # The first week of the calendar begins before its first day.
            return day - dt.timedelta(min(day.weekday(), (day - dt.date.min).days))
        case "month":
            return day.replace(day=1)


def _mean(cell: list[float]) -> float:
    return round(cell[1] / cell[0], 2)
