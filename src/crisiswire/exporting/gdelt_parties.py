"""Parties and places in GDELT's terms: CAMEO actor codes and FIPS places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crisiswire.exporting.separated import field
from crisiswire.knowledge.actor_tables import country_names
from crisiswire.knowledge.export_tables import (
    DivisionCodes,
    above_codes,
    country_codes,
    division_codes,
    known_groups,
    religion_words,
    sector_codes,
)
from crisiswire.model import Actor, Place

PARTY_COLUMNS = (
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
)
GEO_COLUMNS = (
    "Type",
    "FullName",
    "CountryCode",
    "ADM1Code",
    "ADM2Code",
    "Lat",
    "Long",
    "FeatureID",
)
NO_GEO = ("0", *[""] * 7)
NO_PARTY = ("",) * len(PARTY_COLUMNS)
_COUNTRY, _STATE_US, _CITY_US, _CITY, _STATE = "12345"
_TYPES = 3
_WORD = re.compile(r"[\w'’]+")


@dataclass(frozen=True, slots=True)
class _Codes:
    country: str
    group: str
    religions: tuple[str, str]
    types: tuple[str, ...]


def party_fields(party: Actor | None) -> tuple[str, ...]:
    """The ten fields of ``PARTY_COLUMNS``, all empty for no party."""
    if party is None:
        return NO_PARTY
    codes = _codes(party)
    parts = (codes.country, codes.group, *codes.religions, *codes.types)
    if party.country in above_codes():  # IGOUNO, but USAGOV
        parts = (codes.types[0], codes.country, codes.group, *codes.religions, *codes.types[1:])
    whole = "".join(parts)
    types = (*codes.types, *[""] * _TYPES)[:_TYPES]
    name = field(party.name).upper()
    return (whole, name, codes.country, codes.group, "", *codes.religions, *types)


def _codes(party: Actor) -> _Codes:
    above = above_codes().get(party.country or "")
    known = country_codes().get(party.country or "")
    types = [sector_codes()[s].cameo_type for s in party.sectors if s in sector_codes()]
    group = known_groups().get(party.entity_id or "", "")
    country = known.cameo if known else ""
    if above is not None:
        types, group, country = [above.type, *types], group or above.known_group, above.cameo
    distinct = tuple(dict.fromkeys(code for code in types if code))
    return _Codes(country, group, _religion(party), distinct[:_TYPES])


def _religion(party: Actor) -> tuple[str, str]:
    """What the words of a party say, unless it is a bare country: Shiite clerics."""
    if party.entity_id is not None and not party.sectors:
        return "", ""
    for word in _WORD.findall(party.text.lower()):
        found = religion_words().get(word.replace("’", "'").removesuffix("'s"))
        if found is not None:
            return found
    return "", ""


def geo_fields(place: Place | None) -> tuple[str, ...]:
    """The eight fields of ``GEO_COLUMNS``; type 0 and the rest empty where no place is told."""
    if place is None:
        return NO_GEO
    country = country_codes().get(place.country or "")
    whole = place.kind == "country"
    division = _division(place)
    fips = division.fips if division else country.fips if country else ""
    adm1 = fips + division.division if division and division.division else ""
    return (
        _geo_type(place),
        _full_name(place),
        fips,
        fips if whole else adm1,
        "",
        field(place.latitude),
        field(place.longitude),
        fips if whole else "",
    )


def _division(place: Place) -> DivisionCodes | None:
    name = place.admin1 or (place.name if place.kind in ("admin1", "region") else None)
    return division_codes().get((place.country or "", name or ""))


def _geo_type(place: Place) -> str:
    american = place.country == "USA"
    if place.kind == "country":
        return _COUNTRY
    if place.kind == "admin1":
        return _STATE_US if american else _STATE
    return _CITY_US if american else _CITY


def _full_name(place: Place) -> str:
    """From the narrowest to the widest: Maracaibo, Zulia, Venezuela."""
    parts = (place.name, place.admin1, country_names().get(place.country or ""))
    return ", ".join(dict.fromkeys(field(part).replace(",", "") for part in parts if part))
