"""How far people agree who have judged the same events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crisiswire.storing.judgements import FIELDS, Judgement, positions

EVENT = "event"
_Value = Callable[[Judgement], str | None]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one question. ``events``: judged by two people or more; ``judgements`` about
    them; ``same``: events on which all say the same; ``alpha``: Krippendorff's for nominal
    values, 1 for full agreement and 0 for chance, None where all judgements say one thing or
    there are none."""

    figure: str
    events: int
    judgements: int
    same: int
    alpha: float | None

    def to_row(self) -> dict[str, object]:
        """One row of ``crisiswire evaluate --agreement``."""
        alpha = None if self.alpha is None else round(self.alpha, 4)
        return {name: getattr(self, name) for name in self.__dataclass_fields__} | {"alpha": alpha}


def agreements(judgements: Iterable[Judgement]) -> list[Agreement]:
    """On whether there is an event at all; then on each field, where nobody says there is none.

    Each person counts with the last word about an event, made blind or not.
    """
    units = [list(said.values()) for said in positions(judgements).values() if len(said) > 1]
    real = [unit for unit in units if all(j.verdict != "reject" for j in unit)]
    out = [_agreement(EVENT, units, lambda j: "no" if j.verdict == "reject" else "yes")]
    return out + [_agreement(name, real, _reader(name)) for name in FIELDS]


def _reader(name: str) -> _Value:
    return lambda judgement: _plain(judgement.wanted[name], name)


def _plain(value: Any, name: str) -> str:
    """What is compared: of parties country and sectors (the words of unknown ones) in any order,
    of dates the days, of places the gazetteer's entry."""
    match name:
        case "actors" | "recipients":
            return repr(sorted(_party(party) for party in value))
        case "date":
            return f"{value['start']}..{value['end']}"
        case "place" if value is not None:
            return str(value["geonames_id"] or value["name"])
    return str(value)


def _party(party: Mapping[str, Any]) -> str:
    known = " ".join(code for code in (party["country"], *party["sectors"]) if code)
    return known or str(party["text"])


def _agreement(name: str, units: list[list[Judgement]], value: _Value) -> Agreement:
    said = [[value(judgement) for judgement in unit] for unit in units]
    domain = sorted({v for unit in said for v in unit if v is not None})
    same = sum(len(set(unit)) == 1 for unit in said)
    alpha = None
    if len(domain) > 1:
        import krippendorff

        counts = [[unit.count(v) for v in domain] for unit in said]
        alpha = float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))
    return Agreement(name, len(said), sum(map(len, said)), same, alpha)
