"""The actor codes of TABARI and PETRARCH dictionaries, read as country, sectors and kind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crisiswire.errors import DataError
from crisiswire.knowledge.actor_tables import country_names
from crisiswire.knowledge.files import DATA, ontology, read_csv

CODE_COLUMNS = ("code", "class", "country", "sectors", "kind", "note")
_CLASSES = ("above", "region", "state", "role", "people", "group")
_PLACES = frozenset({"above", "region", "state"})
_OWN_CODE = frozenset({"UNO", "EEC"})  # bodies above states with a country code of their own
_TABLE = DATA / "ontology" / "cameo_actors.csv"


@dataclass(frozen=True, slots=True)
class CodePart:
    """A three-letter code: its class, and the country, sectors and kind it stands for."""

    code: str
    kind_of_code: str
    country: str | None
    sectors: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class ActorCode:
    """What a whole code such as VENGOV says. ``kind`` is that of the actor tables."""

    country: str | None
    sectors: tuple[str, ...]
    kind: str


def read_codes(path: Path) -> dict[tuple[str, bool], CodePart]:
    """(code, whether it says where the actor belongs) → its meaning. Raises DataError."""
    out: dict[tuple[str, bool], CodePart] = {}
    countries, sectors = set(country_names()), set(ontology()["sectors"])
    for line, row in read_csv(path, CODE_COLUMNS):
        where = f"{path.name}:{line}"
        given = tuple(s for s in row["sectors"].split("|") if s)
        key = row["code"], row["class"] in _PLACES
        if row["class"] not in _CLASSES or key in out:
            raise DataError(f"{where}: class {row['class']!r} is unknown or {key[0]} comes twice")
        if row["country"] and row["country"] not in countries:
            raise DataError(f"{where}: country {row['country']!r} is unknown")
        if not sectors.issuperset(given):
            raise DataError(f"{where}: {row['sectors']!r} are not PLOVER sectors")
        out[key] = CodePart(key[0], row["class"], row["country"] or None, given, row["kind"])
    return out


@cache
def _codes() -> dict[tuple[str, bool], CodePart]:
    return read_codes(_TABLE)


@cache
def actor_code(text: str) -> ActorCode:
    """The meaning of a dictionary's code: a country or a body above states, then roles.

    Codes of single groups, which only follow a role or a body above states, are passed over.
    Raises ValueError that says what is wrong with the code.
    """
    if not text.isascii() or not text.isalpha() or len(text) % 3:
        raise ValueError(f"code {text!r} is not made of three-letter codes, such as VENGOV")
    parts = [text[i : i + 3].upper() for i in range(0, len(text), 3)]
    place = _place(parts[0])
    country = place.country if place is not None else None
    above = place is not None and place.kind_of_code == "above"
    roles: list[CodePart] = []
    for part in parts[1:] if place is not None else parts:
        if above and (within := _place(part)) is not None and (part, False) not in _codes():
            country = within.country if part in _OWN_CODE else country  # IGOUNO, but NGOUSA
        else:
            roles += _role(part, text, after=above or bool(roles))
    chosen = [r for r in roles if r.kind_of_code == "role"]
    if not chosen and not (place is not None and place.sectors):
        chosen = roles
    sectors = tuple(dict.fromkeys(s for r in chosen for s in r.sectors))
    sectors = sectors or (place.sectors if place is not None else ())
    if country is None and not sectors:
        raise ValueError(f"code {text!r} names no party, only a region")
    return ActorCode(country, sectors, _kind(place, chosen))


def _kind(place: CodePart | None, roles: list[CodePart]) -> str:
    """What the actor is: by the body above states, else by its first role, else a country."""
    if place is not None and (place.kind_of_code == "above" or not roles):
        return place.kind or "name"
    return roles[0].kind


def _place(part: str) -> CodePart | None:
    """The country or the body above states that a code begins with."""
    listed = _codes().get((part, True))
    if listed is None and part in country_names():
        return CodePart(part, "state", part, (), "name")
    return listed


def _role(part: str, whole: str, *, after: bool) -> list[CodePart]:
    """The role of a code; ``after`` when it follows another. Raises ValueError."""
    listed = _codes().get((part, False))
    if listed is not None:
        return [listed]
    above = _codes().get((part, True))
    if above is not None and above.kind_of_code == "above":  # USANGO, USAMNC
        return [CodePart(part, "role", None, above.sectors, above.kind)]
    if above is not None or part in country_names():  # a people abroad: BIHSRB, LBNPAL
        return [CodePart(part, "people", None, ("CVL",), "movement")]
    if after:
        return []
    raise ValueError(f"code {part!r} in {whole!r} is neither a country, a sector nor a known group")


@cache
def kind_of_sector(sector: str) -> str:
    """What an actor of a PLOVER sector most likely is; empty where nothing tells."""
    roles = (part for part in _codes().values() if part.kind_of_code == "role")
    return next((part.kind for part in roles if part.sectors == (sector,)), "")
