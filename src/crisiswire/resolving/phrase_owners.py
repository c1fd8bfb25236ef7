"""Whose a party is: forces of a leader, wings of a group, kin and offices of one in power."""

from __future__ import annotations

import re

from crisiswire.knowledge.files import above_states
from crisiswire.knowledge.names import Hit, Known, Role, Term
from crisiswire.resolving.actor_words import ARMED, KIN, OFFICES, PARTS
from crisiswire.resolving.phrase_country import PhraseCountry
from crisiswire.resolving.phrase_words import merge_sectors

# Sector of the one who leads → sector of the armed who follow.
_FOLLOWERS = {
    "GOV": "MIL",
    "MIL": "MIL",
    "LEG": "MIL",
    "REB": "REB",
    "ELI": "REB",
    "OPP": "REB",
    "PRE": "REB",
    "REL": "REB",
    "PRM": "PRM",
    "UAF": "UAF",
    "CRM": "CRM",
    "COP": "COP",
}
_FOR_OR_AGAINST = re.compile(r"\b(pro|anti)\s?-\s?$", re.IGNORECASE)
_IN_POWER = frozenset({"GOV", "ELI", "LEG", "MIL"})


class PhraseOwners(PhraseCountry):
    """A noun phrase and those to whom the one it names belongs."""

    def owner_hits(self) -> list[Hit]:
        """Hits that stand for an owner: before the head, after its "of" or "loyal to"."""
        left = [h for h in self.hits if h.end <= self.head.start]
        of = [h for h in self.hits if h.start > self.head.start]
        return [*reversed(left), *self.allies(), *of]

    def _owner(self, *kinds: str) -> tuple[Hit, Known, Term] | None:
        for hit in self.owner_hits():
            known = [k for k in hit.known if k.kind in kinds]
            if known and self.owns(hit) and not self.hyphened_off(hit):
                best = min(known, key=self.rank)
                return hit, best, best.at(self.day)
        return None

    def owning_group(self) -> tuple[Hit, Known] | None:
        """The armed group, or the unit, whose fighters or part the phrase names: "the al-Qaeda
        network", "Hezbollah's military wing"; a country's name is none."""
        kinds = ("armed_group", "unit") if self.head.lemma in PARTS else ("armed_group",)
        found = self._owner(*kinds)
        return None if found is None else found[:2]

    def led(self) -> tuple[tuple[str, ...], str | None, str] | None:
        """Sectors, country and reason of armed men who follow someone."""
        if self.head.lemma not in ARMED:
            return None
        owner = self._owner("person", "armed_group")
        if owner is not None:
            _, known, term = owner
            sectors = self._followers(term.sectors)
            return (sectors, term.country, f"follow {known.name}") if sectors else None
        allies = [h for h in self.allies() if h.role]
        if not allies:
            return None
        words = self.sentence.text[: allies[-1].start - self.sentence.start].lower().split()
        former = "former" in words or "ousted" in words
        sectors = ("REB",) if former else self._followers(_role(allies[-1]).sectors)
        return (sectors, None, f"follow a {_role(allies[-1]).term}") if sectors else None

    @staticmethod
    def _followers(leader: tuple[str, ...]) -> tuple[str, ...]:
        follow = (_FOLLOWERS[s] for s in leader if s in _FOLLOWERS)
        return tuple(dict.fromkeys(follow))[:1]

    def leaning(self) -> tuple[tuple[str, ...], str | None, str] | None:
        """Sectors, country and reason of those for or against someone: "anti-Morsi protesters",
        "pro-Kabila forces"."""
        for hit in self.hits:
            before = self.sentence.text[: hit.start - self.sentence.start]
            lean = _FOR_OR_AGAINST.search(before)
            known = [k for k in hit.known if k.kind in ("person", "armed_group")]
            if lean is None or not known or hit.end > self.head.start:
                continue
            best = min(known, key=self.rank)
            term = best.at(self.day)
            role = next((h.role for h in self.hits if h.role and h.end >= self.head.end), None)
            armed = self.head.lemma in ARMED or (role is not None and role.sectors[:1] == ("REB",))
            if not term.country or term.country in above_states() or not (armed or role):
                return None
            base = role.sectors if role else ()
            against, ruling = lean[1].lower() == "anti", term.sectors[:1] == ("GOV",)
            if armed and not against and "PRM" not in base:
                base = self._followers(term.sectors)
            elif armed and against:
                base = ("REB",) if ruling else base or ("MIL",)
            sectors = merge_sectors(base, ("OPP",) if against and ruling else ())
            return sectors, term.country, f"{lean[1].lower()} {best.name}"
        return None

    def kin(self) -> bool:
        """Whether the phrase names a relative of one in power: "the president's wife"."""
        if self.head.lemma not in KIN:
            return False
        for hit in self.owner_hits():
            known = hit.known[0].at(self.day).sectors if hit.known and not hit.is_country else ()
            sectors = (*known, *(hit.role.sectors if hit.role else ()))
            if self.owns(hit) and _IN_POWER & set(sectors[:1]):
                return True
        return False

    def office_of(self) -> tuple[str, ...]:
        """Sectors of the one whose office, residence or spokesman the phrase names."""
        if self.head.lemma not in OFFICES:
            return ()
        sectors: tuple[str, ...] = ()
        for hit in self.owner_hits():
            if hit.role and self.owns(hit):
                sectors = merge_sectors(sectors, hit.role.sectors)
            elif hit.known and not hit.is_country and self.owns(hit):
                sectors = merge_sectors(sectors, hit.known[0].at(self.day).sectors)
            if sectors:
                break
        return sectors


def _role(hit: Hit) -> Role:
    assert hit.role is not None
    return hit.role
