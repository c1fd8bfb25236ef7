"""Codes of other data sets (COW, FIPS, CAMEO, ICEWS, GeoNames) for what the record holds.

The tables stand in ``data/exports/``; each loader rejects a bad line by file and line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crisiswire.errors import DataError
from crisiswire.knowledge.actor_tables import parse_day, read_actors, slug
from crisiswire.knowledge.files import DATA, read_csv

FOLDER = DATA / "exports"
_CODE3 = r"[A-Z]{3}"
_MAYBE3 = rf"({_CODE3})?"
_ANY = r".*"
_WORD = r".*\S.*"


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """A country elsewhere: FIPS 10-4 (empty where it has none), CAMEO, ICEWS's name."""

    fips: str
    cameo: str
    icews: str


@dataclass(frozen=True, slots=True)
class AboveCodes:
    """CAMEO codes of an actor above or across states."""

    cameo: str
    known_group: str
    type: str


@dataclass(frozen=True, slots=True)
class SectorCodes:
    """A PLOVER sector elsewhere: CAMEO actor type (empty where it has none), ICEWS's words."""

    cameo_type: str
    icews: str


@dataclass(frozen=True, slots=True)
class CameoFacts:
    """Goldstein value of a CAMEO code (-10 to 10); whether it is mutual when told without sides."""

    goldstein: float
    mutual: bool


@dataclass(frozen=True, slots=True)
class KindCodes:
    """GeoNames feature of a kind of place; PLOVER's resolution, 1 country to 5 within a town."""

    feature_class: str
    feature_code: str
    resolution: int | None


@dataclass(frozen=True, slots=True)
class DivisionCodes:
    """FIPS country of a first-order division and its own two letters (states of the USA)."""

    fips: str
    division: str


@dataclass(frozen=True, slots=True)
class _CowSpell:
    code: str
    first: dt.date
    last: dt.date


def read_table(
    path: Path, columns: dict[str, str], keys: int = 1
) -> Iterator[tuple[str, dict[str, str]]]:
    """(``file:line``, row) of a table whose columns match these patterns.

    The first ``keys`` columns together must be unique; 0 lets them repeat. Raises DataError.
    """
    seen: set[tuple[str, ...]] = set()
    for line, row in read_csv(path, tuple(columns)):
        where = f"{path.name}:{line}"
        for name, pattern in columns.items():
            if not re.fullmatch(pattern, row[name]):
                raise DataError(f"{where}: {name} {row[name]!r} must match {pattern}")
        key = tuple(row.values())[:keys]
        if keys and key in seen:
            raise DataError(f"{where}: {', '.join(key)} comes twice; keep one line")
        seen.add(key)
        yield where, row


def read_cow(path: Path) -> dict[str, list[_CowSpell]]:
    """Country → its Correlates of War numbers, each with first and last day. Raises DataError
    where two overlap."""
    out: dict[str, list[_CowSpell]] = {}
    columns = {"country": _CODE3, "cow": r"\d{1,3}", "from": _ANY, "to": _ANY}
    for where, row in read_table(path, columns, keys=0):
        first = parse_day(row["from"], end=False, where=where)
        last = parse_day(row["to"], end=True, where=where)
        others = out.setdefault(row["country"], [])
        if first > last or any(first <= s.last and s.first <= last for s in others):
            raise DataError(f"{where}: the days overlap another line or end before they begin")
        others.append(_CowSpell(row["cow"], first, last))
    return out


@cache
def _cow() -> dict[str, list[_CowSpell]]:
    return read_cow(FOLDER / "cow.csv")


def cow_code(country: str | None, day: dt.date) -> str | None:
    """The Correlates of War number of a country on a day; None where it was no state then."""
    spells = _cow().get(country or "", ())
    return next((s.code for s in spells if s.first <= day <= s.last), None)


@cache
def country_codes() -> dict[str, CountryCodes]:
    """ISO 3166 alpha-3 → codes of the country elsewhere."""
    columns = {"country": _CODE3, "fips": r"([A-Z]{2})?", "cameo": _CODE3, "icews": _WORD}
    rows = read_table(FOLDER / "countries.csv", columns)
    return {r["country"]: CountryCodes(r["fips"], r["cameo"], r["icews"]) for _, r in rows}


@cache
def above_codes() -> dict[str, AboveCodes]:
    """UNO, EUR, IGO … → CAMEO codes."""
    columns = {"country": _CODE3, "cameo": _MAYBE3, "known_group": _MAYBE3, "type": _CODE3}
    rows = read_table(FOLDER / "above_states.csv", columns)
    return {r["country"]: AboveCodes(r["cameo"], r["known_group"], r["type"]) for _, r in rows}


@cache
def known_groups() -> dict[str, str]:
    """Entity id → CAMEO known group code."""
    rows = read_table(FOLDER / "known_groups.csv", {"entity_id": r"[a-z0-9-]+", "code": _CODE3})
    return {r["entity_id"]: r["code"] for _, r in rows}


@cache
def sector_codes() -> dict[str, SectorCodes]:
    """PLOVER sector, or code above states → CAMEO actor type and ICEWS wording."""
    columns = {"sector": _CODE3, "cameo_type": _MAYBE3, "icews": _WORD}
    rows = read_table(FOLDER / "sectors.csv", columns)
    return {r["sector"]: SectorCodes(r["cameo_type"], r["icews"]) for _, r in rows}


@cache
def religion_words() -> dict[str, tuple[str, str]]:
    """Word in lower case → CAMEO religion and its branch, the branch empty where not told."""
    columns = {"word": _WORD, "religion1": _CODE3, "religion2": _MAYBE3}
    rows = read_table(FOLDER / "religions.csv", columns)
    return {r["word"].lower(): (r["religion1"], r["religion2"]) for _, r in rows}


@cache
def cameo_facts() -> dict[str, CameoFacts]:
    """CAMEO code or root → its Goldstein value and whether it is mutual."""
    columns = {"cameo": r"\d{2,4}", "goldstein": r"-?\d+(\.\d)?", "mutual": r"(yes)?"}
    out = {}
    for where, row in read_table(FOLDER / "cameo.csv", columns):
        value = float(row["goldstein"])
        if abs(value) > 10:
            raise DataError(f"{where}: goldstein {value:g} lies outside -10 to 10")
        out[row["cameo"]] = CameoFacts(value, row["mutual"] == "yes")
    return out


def cameo_of(code: str) -> CameoFacts | None:
    """The facts of a CAMEO code, else of the code that it refines; None for an unknown root."""
    found = (cameo_facts().get(code[:length]) for length in range(len(code), 1, -1))
    return next((facts for facts in found if facts is not None), None)


@cache
def place_kinds() -> dict[str, KindCodes]:
    """Kind of a place → GeoNames feature and PLOVER resolution."""
    columns = {
        "kind": _WORD,
        "feature_class": r"[AHLPRSTUV]",
        "feature_code": r"[A-Z0-9]*",
        "resolution": r"[1-5]?",
    }
    rows = read_table(FOLDER / "place_kinds.csv", columns)
    return {
        r["kind"]: KindCodes(
            r["feature_class"],
            r["feature_code"],
            int(r["resolution"]) if r["resolution"] else None,
        )
        for _, r in rows
    }


@cache
def division_codes() -> dict[tuple[str, str], DivisionCodes]:
    """(country, first-order division) → FIPS country and the division's letters."""
    columns = {"country": _CODE3, "admin1": _WORD, "fips": r"[A-Z]{2}", "division": r"([A-Z]{2})?"}
    rows = read_table(FOLDER / "divisions.csv", columns, keys=2)
    return {(r["country"], r["admin1"]): DivisionCodes(r["fips"], r["division"]) for _, r in rows}


@cache
def _offices() -> dict[str, list[tuple[str, dt.date, dt.date]]]:
    out: dict[str, list[tuple[str, dt.date, dt.date]]] = {}
    for path in _person_tables():
        for name, _, kind, term in read_actors(path):
            if kind == "person" and term.office:
                out.setdefault(slug(name), []).append((term.office, term.first, term.last))
    return out


def _person_tables() -> list[Path]:
    """The shipped tables of persons."""
    return sorted((DATA / "actors").glob("persons_*.csv"))


def office(entity_id: str | None, day: dt.date) -> str | None:
    """The office that a known person holds on that day, the latest begun of several."""
    held = [
        (first, title)
        for title, first, last in _offices().get(entity_id or "", ())
        if first <= day <= last
    ]
    return max(held)[1] if held else None
