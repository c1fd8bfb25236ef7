"""Countries that one side of an event lends the other."""

from __future__ import annotations

from dataclasses import replace

from crisiswire.resolving.records import Resolved

_AT_HOME = frozenset("CVL OPP PTY LAB EDU LEG JUD COP JRN AGR MED REL GOV SOC".split())
_ORGANS = frozenset("GOV LEG JUD COP MIL SPY".split())
_AMONG_STATES = frozenset("CONSULT COOPERATE AGREE AID RETREAT".split())


def share_countries(
    actors: list[Resolved], recipients: list[Resolved], kind: str
) -> tuple[list[Resolved], list[Resolved]]:
    """Both sides of an event of type ``kind`` with the countries that the other side, then one's
    fellows, lend to those who have none."""
    crossed = _share(actors, recipients, kind), _share(recipients, actors, kind)
    return _share(crossed[0], crossed[0], kind), _share(crossed[1], crossed[1], kind)


def _share(side: list[Resolved], facing: list[Resolved], kind: str) -> list[Resolved]:
    """A bare domestic role facing a state's own organs is of that state ("protesters rallied
    against the Sudanese government", "Sudanese police arrested protesters"); organs of two states
    that meet, agree or help need not be of one."""
    told = [r for r in facing if r.actor.country and not r.guessed]
    of = {r.actor.country for r in told if set(r.actor.sectors) & _AT_HOME}
    if len(of) != 1:
        return side
    country = of.pop()
    organs = {s for r in facing for s in r.actor.sectors}
    out = []
    for r in side:
        own = set(r.actor.sectors)
        home = own & _AT_HOME or (own & {"MIL", "REB", "PRM"} and organs & {"GOV", "LEG"})
        tried = organs & {"JUD", "COP", "LEG"} if r.named and not own else frozenset()
        beside = side is facing  # "the Chadian government and the rebels"
        abroad = not beside and kind in _AMONG_STATES and own & _ORGANS and organs & _ORGANS
        unsure = r.actor.country is None or (beside and r.guessed)
        shares = unsure and not abroad and (home or tried)
        out.append(_of_country(r, country) if shares else r)
    return out


def at_home(side: list[Resolved], facing: list[Resolved]) -> list[Resolved]:
    """An opposition of no named country that a state acts on is its own ("Uganda banned
    opposition rallies")."""
    states = {r.actor.country for r in facing}
    if len(states) != 1 or None in states:
        return side
    country = next(iter(states))
    own = (r.actor.country is None and "OPP" in r.actor.sectors for r in side)
    return [_of_country(r, country) if o else r for r, o in zip(side, own, strict=True)]


def _of_country(r: Resolved, country: str | None) -> Resolved:
    slug = "-".join(((country or "").lower(), *(s.lower() for s in r.actor.sectors[:1])))
    actor = replace(r.actor, country=country, entity_id=slug if r.actor.sectors else None)
    return Resolved(actor, r.strength, f"{r.reason}; country of the other side")
