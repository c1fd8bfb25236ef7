"""The words of time: loading and checking of ``lexicon/time.yaml``, and their patterns."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crisiswire.errors import DataError
from crisiswire.knowledge.files import DATA, read_yaml

TIME_WORDS = DATA / "lexicon" / "time.yaml"

_FIELDS = (
    "months",
    "ambiguous_months",
    "weekdays",
    "not_before_weekday",
    "seasons",
    "southern",
    "numbers",
    "days",
    "vague_numbers",
    "units",
    "parts",
    "shares",
    "ordinals",
    "decades",
    "centuries",
    "deictic",
    "before_year",
    "before_month",
    "counted",
    "holidays",
    "national_days",
    "named_days",
)
_HOLIDAY_FIELDS = {"names", "date", "nth", "easter", "orthodox_easter", "dates", "days", "certain"}
_HOLIDAY_RULES = ("date", "nth", "easter", "orthodox_easter", "dates")


@dataclass(frozen=True, slots=True)
class Holiday:
    """When a holiday falls. Exactly one of the rules ``date`` (month, day), ``nth`` (month,
    weekday, which), ``easter`` or ``orthodox_easter`` (days from it) and ``dates`` is set."""

    date: tuple[int, int] | None = None
    nth: tuple[int, int, int] | None = None
    easter: int | None = None
    orthodox_easter: int | None = None
    dates: tuple[dt.date, ...] = ()
    days: int = 1
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words (lower case) and what they mean; see ``time.yaml``. Months count from 1,
    weekdays from Monday = 0; ``southern`` are countries of the southern half of the earth and
    ``national_days`` the days of one name by country (alpha-3); ``shares`` holds the first and
    last step of a part of a unit, None for the last one."""

    months: Mapping[str, int]
    full_months: frozenset[str]
    ambiguous_months: frozenset[str]
    weekdays: Mapping[str, int]
    full_weekdays: tuple[str, ...]
    not_before_weekday: frozenset[str]
    seasons: Mapping[str, int]
    southern: frozenset[str]
    days: Mapping[str, int]
    numbers: Mapping[str, float]
    vague_numbers: Mapping[str, float]
    units: Mapping[str, str]
    parts: Mapping[str, str]
    shares: Mapping[str, Mapping[str, tuple[int, int | None]]]
    ordinals: Mapping[str, int]
    decades: Mapping[str, int]
    centuries: Mapping[str, int]
    deictic: Mapping[str, tuple[int, int]]
    before_year: frozenset[str]
    before_month: frozenset[str]
    counted: frozenset[str]
    holidays: Mapping[str, Holiday]
    national_days: Mapping[str, Mapping[str, Holiday]]
    named_days: Mapping[str, dt.date]


def alternation(words: Iterable[str]) -> str:
    """A pattern that matches any of ``words``, the longest first; spaces stay as they are."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace("\\ ", " ") for word in ordered) + ")"


def load_vocabulary(path: Path = TIME_WORDS) -> Vocabulary:
    """The words of time of ``path``. Raises DataError that names the faulty entry."""
    raw = read_yaml(path)
    missing = [f for f in _FIELDS if not isinstance(raw, dict) or f not in raw]
    if missing:
        raise DataError(f"{path.name}: {missing[0]} is missing; add it")
    try:
        return _vocabulary(raw, path)
    except (TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{path.name}: an entry has the wrong form ({error})") from error


def _vocabulary(raw: Mapping[str, Any], path: Path) -> Vocabulary:
    for name in ("months", "weekdays"):
        wanted = range(1, 13) if name == "months" else range(7)
        if sorted(raw[name]) != list(wanted):
            raise DataError(f"{path.name}: {name} must be {wanted[0]} to {wanted[-1]}, each once")
    holidays: dict[str, Holiday] = {}
    for number, row in enumerate(raw["holidays"], 1):
        holiday = _holiday(row, f"{path.name}: holidays entry {number}")
        holidays.update({str(name): holiday for name in row["names"]})
    shares = {
        unit: {part: (int(a), None if b is None else int(b)) for part, (a, b) in table.items()}
        for unit, table in raw["shares"].items()
    }
    return Vocabulary(
        months={word: n for n, words in raw["months"].items() for word in words},
        full_months=frozenset(words[0] for words in raw["months"].values()),
        ambiguous_months=frozenset(raw["ambiguous_months"]),
        weekdays={word: n for n, words in raw["weekdays"].items() for word in words},
        full_weekdays=tuple(words[0] for words in raw["weekdays"].values()),
        not_before_weekday=frozenset(raw["not_before_weekday"]),
        seasons=dict(raw["seasons"]),
        southern=frozenset(map(str, raw["southern"])),
        days={word: n for n, word in enumerate(raw["days"], 1)},
        numbers={word: float(n) for word, n in raw["numbers"].items()},
        vague_numbers={word: float(n) for word, n in raw["vague_numbers"].items()},
        units={word: unit for unit, words in raw["units"].items() for word in words},
        parts=dict(raw["parts"]),
        shares=shares,
        ordinals={str(word): int(n) for word, n in raw["ordinals"].items()},
        decades=dict(raw["decades"]),
        centuries=dict(raw["centuries"]),
        deictic={word: (int(a), int(b)) for word, (a, b) in raw["deictic"].items()},
        before_year=frozenset(raw["before_year"]),
        before_month=frozenset(raw["before_month"]),
        counted=frozenset(raw["counted"]),
        holidays=holidays,
        national_days={
            str(name): {code: Holiday(date=(int(m), int(d))) for code, (m, d) in days.items()}
            for name, days in raw["national_days"].items()
        },
        named_days={str(name): _day(day, path) for name, day in raw["named_days"].items()},
    )


def _holiday(row: Any, where: str) -> Holiday:
    if not isinstance(row, dict) or not row.get("names"):
        raise DataError(f"{where}: must be a mapping with names")
    unknown = set(row) - _HOLIDAY_FIELDS
    if unknown:
        raise DataError(f"{where}: unknown field {sorted(map(str, unknown))[0]!r}")
    if sum(rule in row for rule in _HOLIDAY_RULES) != 1:
        raise DataError(f"{where}: needs exactly one of {', '.join(_HOLIDAY_RULES)}")
    date, nth = row.get("date"), row.get("nth")
    return Holiday(
        date=None if date is None else (int(date[0]), int(date[1])),
        nth=None if nth is None else (int(nth[0]), int(nth[1]), int(nth[2])),
        easter=row.get("easter"),
        orthodox_easter=row.get("orthodox_easter"),
        dates=tuple(_day(day, where) for day in row.get("dates", ())),
        days=int(row.get("days", 1)),
        certain=bool(row.get("certain", True)),
    )


def _day(value: Any, where: object) -> dt.date:
    if not isinstance(value, dt.date):
        raise DataError(f"{where}: {value!r} is not a date such as 2019-05-03")
    return value


@cache
def vocabulary() -> Vocabulary:
    """The shipped words of time, loaded once."""
    return load_vocabulary()
