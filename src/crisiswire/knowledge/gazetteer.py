"""Places by name: countries, provinces, towns of 5,000 and more, seas, regions and sites.

``data/places/gazetteer.bin`` is baked from GeoNames by scripts/bake_places.py. What its towns
lack stands in our own tables: ``places_extra.csv`` (other spellings, small towns),
``regions.csv``, ``waters.csv`` and ``sites.csv``. ``name_words.yaml`` lists names that are more
often a person or a word than a place.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crisiswire.errors import DataError
from crisiswire.knowledge.files import DATA, read_csv, read_yaml
from crisiswire.knowledge.names import country_names
from crisiswire.knowledge.packed_places import KINDS, GazetteerPlace, PackedPlaces, place_key

__all__ = ["SMALL", "Gazetteer", "GazetteerPlace", "NameWords", "gazetteer", "load_gazetteer"]

PLACES = DATA / "places"
OWN_TABLES = ("places_extra.csv", "regions.csv", "waters.csv", "sites.csv")
EXTRA_COLUMNS = ("name", "aliases", "country", "admin1", "latitude", "longitude", "kind", "note")
WORD_LISTS = frozenset(
    """english given family titles organisations areas directions links articles before_place
    locative beside namesake_countries""".split()
)
KNOWN_CITY = 500_000  # inhabitants from which "City" may be left out: New York
SMALL = 50_000  # inhabitants below which a town is little known abroad
DOUBTFUL = 200_000  # below which a town named like a person or a word needs support


@dataclass(frozen=True, slots=True)
class NameWords:
    """Word lists of name_words.yaml: ``lists`` by list name (folded words, country codes as
    written), ``abbreviations`` of states that stand after a town, ``common`` names that are
    also a word, a given or a family name."""

    lists: Mapping[str, frozenset[str]]
    abbreviations: Mapping[str, str]
    common: frozenset[str]


def read_name_words(path: Path) -> NameWords:
    """The word lists. Raises DataError naming an unknown list or a word that is no text."""
    raw = read_yaml(path)
    unknown = set(raw) ^ (WORD_LISTS | {"abbreviations"})
    if unknown:
        raise DataError(f"{path.name}: list {sorted(unknown)[0]!r} is unknown or missing")
    lists: dict[str, frozenset[str]] = {}
    for name in sorted(WORD_LISTS):
        words = raw[name].split() if isinstance(raw[name], str) else raw[name]
        if any(not isinstance(word, str) for word in words):
            raise DataError(f"{path.name}: {name} holds a word that YAML reads as no text")
        plain = name == "namesake_countries"
        lists[name] = frozenset(words if plain else map(place_key, words))
    shorts = {place_key(short): full for short, full in raw["abbreviations"].items()}
    return NameWords(lists, shorts, lists["english"] | lists["given"] | lists["family"])


class Gazetteer:
    """All places by name; see :func:`load_gazetteer`."""

    def __init__(self, packed: PackedPlaces, own: Sequence[Path], words: NameWords) -> None:
        self._packed = packed
        self.words = words
        self._own: dict[str, list[GazetteerPlace]] = {}
        self._acronyms: dict[str, list[GazetteerPlace]] = {}
        for table in own:
            for line, row in read_csv(table, EXTRA_COLUMNS):
                self._add(row, f"{table.name}:{line}")

    @property
    def size(self) -> int:
        """How many names can be looked up."""
        return (
            len(self._packed)
            + len(self._acronyms)
            + sum(not self._packed.rows(key) for key in self._own)
        )

    @property
    def codes(self) -> frozenset[str]:
        """Alpha-3 codes of all countries that have a place here."""
        return frozenset(self._packed.countries)

    def has(self, name: str) -> bool:
        """Whether any place has that name."""
        key = place_key(name)
        known = key in self._own or bool(self._packed.rows(key))
        return known or name.replace(".", "") in self._acronyms

    def has_own(self, name: str) -> bool:
        """Whether our own table has that name."""
        return place_key(name) in self._own

    def is_main(self, place: GazetteerPlace, name: str) -> bool:
        """Whether the name is the place's usual one, not some other language's."""
        key, main = place_key(name), place_key(place.name)
        if place.population >= KNOWN_CITY:
            main = main.removesuffix(" city")
        return key in (main, place_key(place.name)) or place in self._own.get(key, ())

    def lies_in(self, place: GazetteerPlace, hints: Sequence[str]) -> bool:
        """Whether the words beside a name put the place into its province or country."""
        regions, states = self._hinted(hints)
        return place.country in states or _inside(place, regions)

    def is_country(self, name: str) -> bool:
        """Whether the name is a country's."""
        return any(place.kind == "country" for place in self._named(name, place_key(name)))

    def lookup(self, name: str) -> list[GazetteerPlace]:
        """All places of that name, likeliest first: countries, our own table, then capitals
        and towns by size. Case and accents do not matter, save in acronyms (US, UAE)."""
        key = place_key(name)
        return sorted(self._named(name, key), key=lambda p: -self._prior(p, key))

    def best(
        self,
        name: str,
        *,
        countries: Sequence[str] = (),
        hints: Sequence[str] = (),
        kinds: Sequence[str] = KINDS,
    ) -> GazetteerPlace | None:
        """The place that ``name`` most likely means, or None.

        ``countries``: alpha-3 codes that the article speaks of, most important first.
        ``hints``: words that stand next to the name ("Texas", "northern Syria"). ``kinds``
        limits what may be answered. None also when only a small place fits whose name is a
        common word or a person's name and which neither countries nor hints support.
        """
        key = place_key(name)
        candidates = [p for p in self._named(name, key) if p.kind in kinds]
        if not candidates:
            return None
        regions, states = self._hinted(hints)
        found = max(
            candidates,
            key=lambda p: self.score(p, key, countries, regions, states),
        )
        hinted = found.country in states or _inside(found, regions)
        return None if self._doubtful(found, key, countries, hinted) else found

    def score(
        self,
        place: GazetteerPlace,
        key: str,
        countries: Sequence[str],
        regions: frozenset[str],
        states: frozenset[str],
    ) -> float:
        """How well a namesake fits, in powers of ten of inhabitants."""
        score = self._prior(place, key)
        if place.country in countries:
            rank = min(list(countries).index(place.country or ""), 5)
            namesakes = place.country in self.words.lists["namesake_countries"]
            score += (0.8 if namesakes else 1.8) - 0.1 * rank
        elif countries and place.country is not None and _is_own(place) and place.kind != "city":
            score -= 2.5  # our rows are for the news of their own country
        if _inside(place, regions):
            score += 6
        if place.country in states:
            score += 4
        return score

    def _prior(self, place: GazetteerPlace, key: str) -> float:
        """How likely the place is meant when nothing else is known."""
        if place.kind == "country":
            return 9.0
        if _is_own(place):
            return 5.0 if place.kind == "city" else 8.0
        score = math.log10(place.population + 100)
        score += {"capital": 0.5, "admin1": -1.0}.get(place.kind, 0.0)
        return score if self.is_main(place, key) else score - 1.5

    def _named(self, name: str, key: str) -> list[GazetteerPlace]:
        acronym = self._acronyms.get(name.replace(".", ""))
        if acronym is not None:
            return list(acronym)
        own = self._own.get(key, [])
        return [*own, *(p for p in map(self._packed.place, self._packed.rows(key)) if p not in own)]

    def _hinted(self, hints: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Keys of the provinces and codes of the countries that the hints name."""
        regions: set[str] = set()
        states: set[str] = set()
        for hint in hints:
            words = self.words.abbreviations.get(place_key(hint), hint).split()
            for first in range(len(words)):
                text = " ".join(words[first:])
                found = [
                    p
                    for p in self._named(text, place_key(text))
                    if p.kind in ("country", "admin1", "region")
                ]
                if found:
                    regions |= {place_key(p.name) for p in found if p.kind == "admin1"}
                    states |= {p.country for p in found if p.country}
                    break
        return frozenset(regions), frozenset(states)

    def _doubtful(
        self, place: GazetteerPlace, key: str, countries: Sequence[str], hinted: bool
    ) -> bool:
        town = place.kind in ("city", "capital", "admin1") and not _is_own(place)
        return (
            town
            and not hinted
            and place.population < DOUBTFUL
            and place.country not in countries
            and key in self.words.common
        )

    def _add(self, row: Mapping[str, str], where: str) -> None:
        """One row of our own table. Without coordinates it only adds names to the baked
        place of that name, country and kind."""
        if row["kind"] not in KINDS or not row["name"]:
            raise DataError(f"{where}: kind {row['kind']!r} must be one of {', '.join(KINDS)}")
        if row["country"] and row["country"] not in country_names():
            raise DataError(f"{where}: country {row['country']!r} is not an alpha-3 code")
        if row["latitude"] or row["longitude"]:
            latitude = _degrees(row["latitude"], 90, where)
            longitude = _degrees(row["longitude"], 180, where)
            place = GazetteerPlace(
                row["name"],
                row["country"] or None,
                row["admin1"] or None,
                latitude,
                longitude,
                0,
                self._number(row),
                row["kind"],
            )
        else:
            place = self._baked(row, where)
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            plain = name.replace(".", "")
            acronym = plain.isupper() and len(plain) <= 5
            table, key = (self._acronyms, plain) if acronym else (self._own, place_key(name))
            if place not in table.setdefault(key, []):
                table[key].append(place)

    def _number(self, row: Mapping[str, str]) -> int | None:
        """GeoNames id of the division or town that a row of our own table is about."""
        kind = {"region": "admin1", "city": "city"}.get(row["kind"])
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            for place in map(self._packed.place, self._packed.rows(place_key(name))):
                if (place.country, place.kind) == (row["country"], kind):
                    return place.geonames_id
        return None

    def _baked(self, row: Mapping[str, str], where: str) -> GazetteerPlace:
        for place in map(self._packed.place, self._packed.rows(place_key(row["name"]))):
            if (place.country, place.kind) == (row["country"], row["kind"]):
                return place
        raise DataError(
            f"{where}: GeoNames has no {row['kind']} {row['name']!r} in {row['country']!r}; "
            "give latitude and longitude"
        )


def _degrees(value: str, limit: int, where: str) -> float:
    try:
        degrees = float(value)
    except ValueError as error:
        raise DataError(f"{where}: {value!r} is not a number of degrees") from error
    if not abs(degrees) <= limit:
        raise DataError(f"{where}: {value} degrees lies beyond {limit}")
    return degrees


def _is_own(place: GazetteerPlace) -> bool:
    """Whether the place comes from our own table, which gives no inhabitants."""
    return place.population == 0 and place.kind not in ("country", "capital")


def _inside(place: GazetteerPlace, regions: frozenset[str]) -> bool:
    return place.admin1 is not None and place_key(place.admin1) in regions


def load_gazetteer(folder: Path = PLACES) -> Gazetteer:
    """The gazetteer of a folder that holds gazetteer.bin, OWN_TABLES and name_words.yaml.
    Raises DataError naming the file and line at fault."""
    words = read_name_words(folder / "name_words.yaml")
    own = [folder / name for name in OWN_TABLES]
    return Gazetteer(PackedPlaces(folder / "gazetteer.bin"), own, words)


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, loaded once."""
    return load_gazetteer()
