"""Everybody and everything known by name: countries, persons, organisations, roles.

Tables under ``data/actors`` and ``data/lexicon`` are read once into :class:`Known`
entities and role terms, and matched over a text in one pass (Aho-Corasick) by
:class:`NameIndex`. The tables' form is described in docs/actors.md.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from crisiswire.errors import DataError
from crisiswire.knowledge.files import DATA, ontology, read_csv, read_yaml

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
_EARLIEST, _LATEST = dt.date(1, 1, 1), dt.date(9999, 12, 31)
_COUNTRY = re.compile(r"[A-Z]{3}")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Term:
    """A role held for a time: one line of an actor table."""

    country: str | None
    sectors: tuple[str, ...]
    office: str
    first: dt.date
    last: dt.date
    note: str
    source: str

    def holds(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(slots=True)
class Known:
    """A known person, organisation or country with its dated roles."""

    id: str
    name: str
    kind: str
    terms: list[Term] = field(default_factory=list)

    def at(self, day: dt.date) -> Term:
        """The role on that day; a person between or after roles is former elite (ELI)."""
        current = [t for t in self.terms if t.holds(day)]
        if current:
            return current[-1]
        past = [t for t in self.terms if t.last < day and "GOV" in t.sectors]
        if self.kind == "person" and past:
            last = max(past, key=lambda t: t.last)
            note = f"former {last.office}".strip()
            return Term(last.country, ("ELI",), note, last.last, _LATEST, "", last.source)
        return min(self.terms, key=lambda t: self._distance(t, day))

    def distance(self, day: dt.date) -> int:
        """Days between ``day`` and the nearest role; 0 while one holds."""
        return min(self._distance(t, day) for t in self.terms)

    @staticmethod
    def _distance(term: Term, day: dt.date) -> int:
        if term.holds(day):
            return 0
        gap = (term.first - day) if term.first > day else (day - term.last)
        return gap.days


@dataclass(frozen=True, slots=True)
class Hit:
    """A name or role term found in a text at ``start:end``."""

    start: int
    end: int
    known: tuple[Known, ...]
    role: Role | None
    text: str

    @property
    def is_country(self) -> bool:
        return bool(self.known) and self.known[0].kind in COUNTRY_KINDS


@dataclass(frozen=True, slots=True)
class Role:
    """A role term (soldier, prime minister): its sectors and, for some, its country."""

    term: str
    sectors: tuple[str, ...]
    country: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Modifier:
    """A word that changes a role: former, opposition, pro-government."""

    word: str
    sectors: tuple[str, ...]
    place: str  # replace, first or last


COUNTRY_KINDS = frozenset({"name", "demonym", "metonym", "capital", "seat", "region"})


def fold(text: str) -> str:
    """Lower case without accents, one character for one: offsets stay true."""
    if text.isascii():
        return text.lower()
    return "".join(_fold_char(c) for c in text)


@cache
def _fold_char(char: str) -> str:
    if char in "’‘`´":
        return "'"
    if char in "‐‑–—":
        return "-"
    if char == "\u00a0":
        return " "
    special = {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i", "ß": "s"}
    if char in special:
        return special[char]
    base = unicodedata.normalize("NFD", char)[0]
    low = base.lower()
    return low if len(low) == 1 else char


class NameIndex:
    """All names and role terms, found in a text in one pass."""

    def __init__(
        self,
        names: Iterable[tuple[str, Known]],
        roles: Iterable[Role],
        modifiers: Iterable[Modifier],
        not_names: Iterable[str] = (),
    ) -> None:
        import ahocorasick

        table: dict[str, tuple[list[Known], list[Role], bool]] = {}
        for name, known in names:
            exact = name.isupper() and len(name) <= 5
            knowns, _, _ = table.setdefault(fold(name), ([], [], exact))
            if known not in knowns:
                knowns.append(known)
        for role in roles:
            for form in {role.term, plural(role.term)}:
                table.setdefault(fold(form), ([], [], False))[1].append(role)
        self._blocked = {fold(phrase) for phrase in not_names}
        for phrase in self._blocked:  # found, and so nothing inside it is
            table[phrase] = ([], [], False)
        self._automaton = ahocorasick.Automaton()
        for key, (knowns, found, exact) in table.items():
            role_of = found[0] if found else None
            self._automaton.add_word(key, (len(key), tuple(knowns), role_of, exact))
        self._automaton.make_automaton()
        self.modifiers = {m.word: m for m in modifiers}
        self.size = len(table)

    def find(self, text: str) -> list[Hit]:
        """Longest non-overlapping hits on whole words, in text order."""
        folded = fold(text)
        found: list[tuple[int, int, tuple[Known, ...], Role | None]] = []
        for last, (length, known, role, exact) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            if not _whole_word(folded, start, end):
                continue
            if known and not _named(text[start:end], exact):
                known = ()
            if known or role or folded[start:end] in self._blocked:
                found.append((start, end, known, role))
        found.sort(key=lambda f: (f[0], -f[1]))
        hits: list[Hit] = []
        edge = 0
        for start, end, known, role in found:
            if start < edge:
                continue
            if known or role:
                hits.append(Hit(start, end, known, role, text[start:end]))
            edge = end
        return hits


def _whole_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (_WORD.match(before) or _WORD.match(after))


def _named(original: str, exact: bool) -> bool:
    """Whether the words are written as a name: capitals where the name has them."""
    if exact:  # an acronym: NATO, and as British papers write it, Nato
        return original.isupper() or (len(original) >= 4 and original.istitle())
    return (
        original[0].isupper()
        or not original[0].isalpha()
        or any(part[:1].isupper() for part in original.split())
    )


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
        return _LATEST if end else _EARLIEST
    try:
        parts = [int(p) for p in value.split("-")]
        if len(parts) == 3:
            return dt.date(*parts)
        year, month = parts[0], parts[1] if len(parts) == 2 else (12 if end else 1)
        if not end:
            return dt.date(year, month, 1)
        following = dt.date(year + month // 12, month % 12 + 1, 1)
        return following - dt.timedelta(days=1)
    except (ValueError, TypeError) as error:
        raise DataError(f"{where}: date {value!r} is not YYYY, YYYY-MM or YYYY-MM-DD") from error


def _slug(*parts: str) -> str:
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
        yield row["name"], tuple(a for a in row["aliases"].split("|") if a), row["kind"], term


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


@cache
def country_names() -> dict[str, str]:
    """Country code → English short name, with the codes above states."""
    rows: dict[str, dict[str, str]] = read_yaml(DATA / "ontology" / "countries.yaml")
    return {code: row["name"] for code, row in rows.items()}


def load_index(folder: Path = DATA) -> NameIndex:
    """The index over all tables of ``folder``."""
    names: list[tuple[str, Known]] = []
    entities: dict[str, Known] = {}
    official = country_names()
    countries = [folder / "actors" / f for f in ("countries.csv", "countries_extra.csv")]
    for path in countries:
        for name, country, kind, term in read_countries(path):
            key = f"{country.lower()}|{kind}|{term.first}|{term.last}|{term.note}"
            known = entities.setdefault(
                key, Known(country.lower(), official.get(country, name), kind, [term])
            )
            names.append((name, known))
    for path in sorted((folder / "actors").glob("*.csv")):
        if path in countries:
            continue
        for name, aliases, kind, term in read_actors(path):
            country = term.country or ""
            key = _slug(name) if kind == "person" else _slug(country, name)
            known = entities.setdefault(key, Known(key, name, kind))
            known.terms.append(term)
            names += [(alias, known) for alias in (name, *aliases)]
    lexicon = folder / "lexicon"
    return NameIndex(
        names,
        read_roles(lexicon / "roles.csv"),
        read_modifiers(lexicon / "modifiers.csv"),
        read_yaml(lexicon / "not_names.yaml"),
    )


@cache
def name_index() -> NameIndex:
    """The shipped index, loaded once."""
    return load_index()
