"""What the actor tables know: entities with dated roles, role terms and their modifiers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

EARLIEST, LATEST = dt.date(1, 1, 1), dt.date(9999, 12, 31)
COUNTRY_KINDS = frozenset({"name", "demonym", "metonym", "capital", "seat", "region"})


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

    @property
    def governs(self) -> bool:
        return self.sectors[:1] == ("GOV",)


@dataclass(slots=True, eq=False)
class Known:
    """A known person, organisation or country with its dated roles; equal only to itself."""

    id: str
    name: str
    kind: str
    terms: list[Term] = field(default_factory=list)

    def at(self, day: dt.date) -> Term:
        """The role on that day, of several the one in government, then the latest begun; a
        person between or after roles is former elite (ELI)."""
        current = [t for t in reversed(self.terms) if t.holds(day)]
        if current:
            return max(current, key=lambda t: (t.governs, t.first))
        past = [t for t in self.terms if t.last < day and "GOV" in t.sectors]
        if self.kind == "person" and past:
            last = max(past, key=lambda t: t.last)
            note = f"former {last.office}".strip()
            return Term(last.country, ("ELI",), note, last.last, LATEST, "", last.source)
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

    def countries(self, day: dt.date) -> list[str]:
        """The countries that the name may mean on the day, the likeliest first."""
        held = [k for k in self.known if k.distance(day) == 0] or self.known
        return list(dict.fromkeys(code for k in held if (code := k.at(day).country)))

    def ranked(self, day: dt.date, countries: Sequence[str]) -> Hit:
        """The hit with what it may mean in order: roles held on the day first, then by
        ``countries``, those that the text names most often first, then who governs."""
        if len(self.known) < 2:
            return self
        order = sorted(self.known, key=lambda known: rank(known, day, countries))
        return replace(self, known=tuple(order))


def rank(known: Known, day: dt.date, countries: Sequence[str]) -> tuple[int, int, int, int]:
    """Sort key of entities with the same name, the likeliest lowest; see :meth:`Hit.ranked`."""
    distance = known.distance(day)
    term = known.at(day)
    code = term.country or ""
    near = countries.index(code) if code in countries else len(countries)
    return (int(distance > 0), near, int(not term.governs), min(distance, 100_000))
