"""Readers of the actor tables (docs/actors.md). Each rejects a bad line by file and line."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

from crisiswire.errors import DataError
from crisiswire.knowledge.files import DATA, ontology, read_csv, read_yaml
from crisiswire.knowledge.folding import fold
from crisiswire.knowledge.known import COUNTRY_KINDS, EARLIEST, LATEST, Known, Modifier, Role, Term

ACTOR_COLUMNS = (
    "name",
    "aliases",
    "kind",
    "country",
    "sectors",
    "office",
    "from",
    "to",
    "wikidata",
    "note",
)
COUNTRY_COLUMNS = ("name", "country", "kind", "from", "to", "note")
ROLE_COLUMNS = ("term", "sectors", "country", "note")
MODIFIER_COLUMNS = ("modifier", "sectors", "place", "note")
_OTHERS = re.compile(r"(?:^|; )ambiguous: ([^;]+)")
_LETTER = re.compile(r"[^\W_]")
_DAY = re.compile(r"\d{4}(-\d{1,2}){0,2}", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{3}")
_INITIALS = re.compile(r"\b[A-Z]\.(?: ?[A-Z]\.)+(?= [A-Z])")


def plural(term: str) -> str:
    """The plural of a role term, by rule; irregular ones stand in the table."""
    if " of " in term:
        head, rest = term.split(" of ", 1)
        return f"{plural(head)} of {rest}"
    if term.endswith(("s", "x", "ch", "sh")):
        return term + ("" if term.endswith("s") else "es")
    if term.endswith("man") and not term.endswith(("human", "german")):
        return term[:-3] + "men"
    if term.endswith("y") and term[-2:-1] not in "aeiou":
        return term[:-1] + "ies"
    return term + "s"


def parse_day(value: str, *, end: bool, where: str) -> dt.date:
    """A table's date (YYYY, YYYY-MM or YYYY-MM-DD) as its first or last day."""
    if not value:
        return LATEST if end else EARLIEST
    try:
        if not _DAY.fullmatch(value):
            raise ValueError(value)
        year, *rest = (int(part) for part in value.split("-"))
        month = rest[0] if rest else 12 if end else 1
        if len(rest) == 2:
            return dt.date(year, month, rest[1])
        return dt.date(year, month, calendar.monthrange(year, month)[1] if end else 1)
    except ValueError as error:
        raise DataError(
            f"{where}: date {value!r} is no day; write YYYY, YYYY-MM or YYYY-MM-DD"
        ) from error


def slug(*parts: str) -> str:
    text = fold("-".join(p for p in parts if p))
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def _sectors(value: str, where: str) -> tuple[str, ...]:
    sectors = tuple(s for s in value.split("|") if s)
    unknown = set(sectors) - set(ontology()["sectors"])
    if unknown:
        raise DataError(f"{where}: {sorted(unknown)[0]!r} is not a PLOVER sector")
    return sectors


def _country(value: str, where: str) -> str | None:
    if value and not _COUNTRY.fullmatch(value):
        raise DataError(f"{where}: country {value!r} is not a three-letter code")
    return value or None


def read_countries(path: Path) -> Iterator[tuple[str, str, str, Term]]:
    """(name, country, kind, term) of a country table."""
    for line, row in read_csv(path, COUNTRY_COLUMNS):
        where = f"{path.name}:{line}"
        country = _country(row["country"], where)
        if country is None or row["kind"] not in COUNTRY_KINDS:
            raise DataError(f"{where}: country or kind {row['kind']!r} is missing or unknown")
        sectors: tuple[str, ...] = ("PRE",) if row["note"].startswith("PRE") else ()
        if row["kind"] in ("metonym", "capital", "seat") and country != "EUR":
            sectors = ("GOV",)
        term = Term(
            country,
            sectors,
            "",
            parse_day(row["from"], end=False, where=where),
            parse_day(row["to"], end=True, where=where),
            row["note"],
            where,
        )
        yield row["name"], country, row["kind"], term


def read_actors(path: Path) -> Iterator[tuple[str, tuple[str, ...], str, Term]]:
    """(name, aliases, kind, term) of an actor table."""
    for line, row in read_csv(path, ACTOR_COLUMNS):
        where = f"{path.name}:{line}"
        if not row["name"] or not row["kind"]:
            raise DataError(f"{where}: name and kind must not be empty")
        yield row["name"], aliases(row, where), row["kind"], actor_term(row, where)


def actor_term(row: dict[str, str], where: str) -> Term:
    """The dated role of a row of an actor table. Raises DataError that begins with ``where``."""
    term = Term(
        _country(row["country"], where),
        _sectors(row["sectors"], where),
        row["office"],
        parse_day(row["from"], end=False, where=where),
        parse_day(row["to"], end=True, where=where),
        row["note"],
        where,
    )
    if term.first > term.last:
        raise DataError(f"{where}: from {row['from']} lies after to {row['to']}")
    return term


def aliases(row: dict[str, str], where: str) -> tuple[str, ...]:
    """The other names of a row of an actor table. Raises DataError for a name without letters."""
    others = tuple(a for a in row["aliases"].split("|") if a)
    odd = next((name for name in (row["name"], *others) if not _LETTER.search(name)), None)
    if odd is not None:
        raise DataError(f"{where}: name {odd!r} has no letter or digit")
    return others


def read_roles(path: Path) -> list[Role]:
    """The role lexicon."""
    out = []
    for line, row in read_csv(path, ROLE_COLUMNS):
        where = f"{path.name}:{line}"
        out.append(
            Role(
                row["term"].lower(),
                _sectors(row["sectors"], where),
                _country(row["country"], where),
                where,
            )
        )
    return out


def read_modifiers(path: Path) -> list[Modifier]:
    """The words that change a role."""
    out = []
    for line, row in read_csv(path, MODIFIER_COLUMNS):
        where = f"{path.name}:{line}"
        if row["place"] not in ("replace", "first", "last"):
            raise DataError(f"{where}: place must be replace, first or last")
        out.append(Modifier(row["modifier"].lower(), _sectors(row["sectors"], where), row["place"]))
    return out


def other_meanings(note: str) -> tuple[str, ...]:
    """What a name noted as ambiguous in a country table may mean besides: country codes and
    words such as "given name"."""
    noted = _OTHERS.search(note)
    return tuple(part.strip() for part in noted.group(1).split(",")) if noted else ()


@cache
def country_names() -> dict[str, str]:
    """Country code → English short name, with the codes above states."""
    rows: dict[str, dict[str, str]] = read_yaml(DATA / "ontology" / "countries.yaml")
    return {code: row["name"] for code, row in rows.items()}


def spellings(name: str) -> list[str]:
    """The name and, where it has two initials or more, "A.B. Lee" and "AB Lee" for "A. B. Lee"."""
    tight = _INITIALS.sub(lambda match: match.group().replace(" ", ""), name)
    bare = _INITIALS.sub(lambda match: re.sub(r"[. ]", "", match.group()), name)
    return list(dict.fromkeys((name, tight, bare)))


def actor_entities(
    tables: Iterable[Iterable[tuple[str, tuple[str, ...], str, Term]]],
) -> list[tuple[str, Known]]:
    """Each name and alias with its entity; lines of the same name are roles of one entity."""
    names: list[tuple[str, Known]] = []
    entities: dict[str, Known] = {}
    for name, aliases, kind, term in chain.from_iterable(tables):
        key = slug(name) if kind == "person" else slug(term.country or "", name)
        known = entities.setdefault(key, Known(key, name, kind))
        known.terms.append(term)
        names += [(form, known) for n in (name, *aliases) for form in spellings(n)]
    return names


def country_entities(paths: Iterable[Path]) -> list[tuple[str, Known]]:
    """Each name of the country tables with what it stands for. A name whose note says
    ``ambiguous: COG, ...`` stands for those countries too, after its own."""
    rows = [row for path in paths for row in read_countries(path)]
    own = {(fold(name), country) for name, country, _, _ in rows}
    official = country_names()
    entities: dict[tuple[str, Term], Known] = {}
    names: list[tuple[str, Known]] = []
    for name, country, kind, term in rows:
        others = (
            code
            for code in other_meanings(term.note)
            if _COUNTRY.fullmatch(code) and (fold(name), code) not in own
        )
        for code in (country, *others):
            meant = replace(term, country=code, source="")
            known = entities.get((kind, meant))
            if known is None:
                title = official.get(code, name)
                known = Known(code.lower(), title, kind, [replace(term, country=code)])
                entities[kind, meant] = known
            names.append((name, known))
    return names
