"""Which of a sentence's candidates are worth keeping."""

from __future__ import annotations

from collections.abc import Mapping

from crisiswire.coding.records import Candidate
from crisiswire.knowledge.files import ontology
from crisiswire.resolving.records import Resolved


def settle(
    candidates: list[Candidate], floor: float, floors: Mapping[str, float]
) -> list[Candidate]:
    """The candidates worth keeping: above the floor (``floors`` of single types go before it), one
    per type and pair of parties."""
    kept: list[Candidate] = []
    quads = {t: spec["quad"] for t, spec in ontology()["types"].items()}
    for c in sorted(candidates, key=lambda c: (-c.score, c.trigger)):
        if c.score < floors.get(c.type, floor):
            continue
        fellow = next((k for k in kept if _completes(c, k)), None)
        if fellow is not None:
            fellow.recipients = c.recipients
        elif not any(_repeats(c, k, quads) for k in kept):
            kept.append(c)
    return sorted(kept, key=lambda c: c.trigger)


def _completes(c: Candidate, kept: Candidate) -> bool:
    """Whether a noun tells whom the verb over it concerns: "agreed to a deal with X"."""
    actors = {r.actor.start for r in c.actors}
    same = c.type == kept.type and actors == {r.actor.start for r in kept.actors}
    return same and c.nominal and bool(c.recipients) and not kept.recipients


def _repeats(c: Candidate, kept: Candidate, quads: dict[str, str]) -> bool:
    """The same parties told twice in one sentence by kindred words."""

    def key(side: list[Resolved]) -> set[tuple[str | None, tuple[str, ...]]]:
        return {(r.actor.country, r.actor.sectors[:1]) for r in side}

    if (c.status == "negated") != (kept.status == "negated"):
        return False
    same = key(c.actors) == key(kept.actors) and key(c.recipients) == key(kept.recipients)
    both = {(r.actor.start) for r in (*c.actors, *c.recipients)}
    within = both <= {(r.actor.start) for r in (*kept.actors, *kept.recipients)}
    if c.type == kept.type and (same or within):
        return True
    others = {r.actor.start for r in c.actors} - {r.actor.start for r in kept.actors}
    if others and not same:  # "welcomed the mediation by Oslo"
        return False
    return c.nominal and (same or within) and quads[c.type] == quads[kept.type]
