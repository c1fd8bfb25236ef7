"""Which states belong to an organisation of governments on a given day.

The table is ``data/organisations/members.csv``; its form is described in docs/actors.md.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crisiswire.errors import DataError
from crisiswire.knowledge.actor_tables import country_names, parse_day, read_actors
from crisiswire.knowledge.files import DATA, read_csv

MEMBER_COLUMNS = ("organisation", "country", "from", "to", "note")


@dataclass(frozen=True, slots=True)
class Membership:
    """One stay of a country in an organisation, first and last day included."""

    organisation: str
    country: str
    first: dt.date
    last: dt.date
    note: str
    source: str


def read_members(path: Path, organisations: Collection[str]) -> Iterator[Membership]:
    """The rows of a table of members.

    Raises DataError with the line for an organisation that is not in ``organisations``, an
    unknown country, a date that is none, and a stay that ends before it begins or overlaps
    another of the same country.
    """
    stays: dict[tuple[str, str], list[Membership]] = defaultdict(list)
    for line, row in read_csv(path, MEMBER_COLUMNS):
        where = f"{path.name}:{line}"
        if row["organisation"] not in organisations:
            raise DataError(f"{where}: no organisation is named {row['organisation']!r}")
        if row["country"] not in country_names():
            raise DataError(f"{where}: {row['country']!r} is not a country code")
        stay = Membership(
            row["organisation"],
            row["country"],
            parse_day(row["from"], end=False, where=where),
            parse_day(row["to"], end=True, where=where),
            row["note"],
            where,
        )
        if stay.first > stay.last:
            raise DataError(f"{where}: from {row['from']} lies after to {row['to']}")
        others = stays[stay.organisation, stay.country]
        for other in others:
            if stay.first <= other.last and other.first <= stay.last:
                raise DataError(f"{where}: {stay.country} is a member already by {other.source}")
        others.append(stay)
        yield stay


@cache
def memberships() -> Mapping[str, tuple[Membership, ...]]:
    """Organisation → the stays of its members, from the shipped table."""
    actors = read_actors(DATA / "actors" / "organisations.csv")
    organisations = {name for name, _, _, _ in actors}
    table: dict[str, list[Membership]] = defaultdict(list)
    for stay in read_members(DATA / "organisations" / "members.csv", organisations):
        table[stay.organisation].append(stay)
    return {organisation: tuple(stays) for organisation, stays in table.items()}


def members(organisation: str, day: dt.date) -> frozenset[str]:
    """Codes of the countries that belong to ``organisation`` on ``day``; none where the table
    does not list it. The organisation goes by its name in organisations.csv."""
    stays = memberships().get(organisation, ())
    return frozenset(s.country for s in stays if s.first <= day <= s.last)


def organisations_of(country: str, day: dt.date) -> frozenset[str]:
    """Names of the organisations that ``country`` belongs to on ``day``."""
    return frozenset(name for name in memberships() if country in members(name, day))
