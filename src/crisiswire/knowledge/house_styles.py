"""What news desks change in a report without changing what it tells: copies/house_styles.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crisiswire.knowledge.files import DATA, read_yaml
from crisiswire.knowledge.yaml_shapes import fault, mapping

_LISTS = ("empty", "titles", "units", "weekdays", "months")
_TABLES = ("phrases", "short_days", "short_months")
_NUMBERS = ("numbers", "scales")
_KEYS = frozenset({*_LISTS, *_TABLES, *_NUMBERS, "spelling"})


@dataclass(frozen=True, slots=True)
class HouseStyles:
    """Words in lower case; the file says what each list is for.

    ``phrases``: words → the words they are written as elsewhere; ``spelling``: patterns with what
    takes their place, in order; ``days``: weekday or its short form → weekday.
    """

    empty: frozenset[str]
    titles: frozenset[str]
    units: frozenset[str]
    months: Mapping[str, str]
    days: Mapping[str, str]
    phrases: Mapping[tuple[str, ...], tuple[str, ...]]
    spelling: tuple[tuple[re.Pattern[str], str], ...]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]


def load_house_styles(path: Path = DATA / "copies" / "house_styles.yaml") -> HouseStyles:
    """The tables of a file. Raises DataError naming file, line and entry of the first fault."""
    raw = mapping(read_yaml(path), path, needs=_KEYS)
    unknown = sorted(set(raw) - _KEYS)
    if unknown:
        raise fault(path, (unknown[0],), f"is unknown; use {', '.join(sorted(_KEYS))}")
    lists = {key: _words(raw[key], path, key) for key in _LISTS}
    tables = {key: _table(raw[key], path, key, str) for key in _TABLES}
    numbers = {key: _table(raw[key], path, key, int) for key in _NUMBERS}
    return HouseStyles(
        empty=frozenset(lists["empty"]),
        titles=frozenset(lists["titles"]),
        units=frozenset(lists["units"]),
        months={**{month: month for month in lists["months"]}, **tables["short_months"]},
        days={**{day: day for day in lists["weekdays"]}, **tables["short_days"]},
        phrases={tuple(k.split()): tuple(v.split()) for k, v in tables["phrases"].items()},
        spelling=tuple(_spelling(raw["spelling"], path)),
        numbers=numbers["numbers"],
        scales=numbers["scales"],
    )


@cache
def house_styles() -> HouseStyles:
    """The shipped tables."""
    return load_house_styles()


def _words(value: object, path: Path, key: str) -> list[str]:
    if not isinstance(value, str) or not value.split():
        raise fault(path, (key,), "must be words with blanks between them")
    return value.split()


def _table(value: object, path: Path, key: str, kind: type) -> dict[str, Any]:
    table = mapping(value, path, (key,))
    for word, meaning in table.items():
        if type(meaning) is not kind or not meaning:
            wanted = "a whole number" if kind is int else "words"
            raise fault(path, (key, word), f"{meaning!r} must be {wanted}")
    return table


def _spelling(value: object, path: Path) -> Iterator[tuple[re.Pattern[str], str]]:
    if not isinstance(value, list):
        raise fault(path, ("spelling",), "must be a list of [pattern, replacement]")
    for number, entry in enumerate(value):
        place = ("spelling", number)
        if not isinstance(entry, list) or [type(part) for part in entry] != [str, str]:
            raise fault(path, place, f"{entry!r} must be [pattern, replacement]")
        try:
            pattern = re.compile(entry[0])
            pattern.sub(entry[1], "")
        except (re.error, IndexError) as error:
            raise fault(path, place, f"{entry!r} is no pattern ({error})") from error
        yield pattern, entry[1]
