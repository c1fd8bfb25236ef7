"""Actor and recipient of an operator that swallows another event: "urged Oslo to release"."""

from __future__ import annotations

from collections.abc import Iterable

from crisiswire.coding.governing import Capture
from crisiswire.coding.matching import Match
from crisiswire.coding.parties import Parties, other
from crisiswire.coding.roles import RoleFiller
from crisiswire.parsing.clauses import Clauses
from crisiswire.resolving.records import Resolved


class CapturedParties:
    """Parties of the operators of one sentence."""

    def __init__(self, clauses: Clauses, parties: Parties, filler: RoleFiller) -> None:
        self.clauses, self.sentence = clauses, clauses.sentence
        self.parties, self.filler = parties, filler

    def parties_of(
        self,
        capture: Capture,
        own: Match | None,
        inner: Match | None,
        inner_actors: list[Resolved],
        inner_recipients: list[Resolved],
    ) -> tuple[list[Resolved], list[Resolved]]:
        """Actor: the operator's subject. Recipient: whom it addresses, else whom the governed
        event would touch."""
        i = capture.i
        if self.sentence.tokens[i].pos in ("NOUN", "ADJ"):
            actors, addressed = self.filler.roles(own) if own is not None else (inner_actors, [])
            actors = actors or inner_actors
        else:
            actors = self.parties.doers(i)
            addressed = self._addressed(i, own)
        others = other(inner_actors, actors)
        if capture.effect in ("request", "allow", "prevent"):
            themed = own is not None and inner is not None and own.theme == inner.i
            first, second = (others, addressed) if themed else (addressed, others)
            recipients = other(first, actors) or other(second, actors) or inner_recipients
        else:
            recipients = other(addressed, actors) or inner_recipients or others
        recipients = [r for r in other(recipients, actors) if not self._own_thing(r, actors)]
        if not any(r.known for r in recipients):
            recipients = other(self.filler.resorts.of_letter(i), actors) or recipients
        if capture.effect == "threaten" and not any(r.known for r in recipients):
            places = [i] if inner is None else [i, inner.i, inner.light]
            recipients = other(self._averting(places), actors) or recipients
        if not any(r.known for r in recipients):
            recipients = self._spared(capture, inner, actors) or recipients
        if capture.effect == "refuse" and not any(r.known for r in recipients):
            recipients = other(self._despite(i), actors) or recipients
        return actors, recipients

    def _own_thing(self, r: Resolved, actors: list[Resolved]) -> bool:
        return not r.actor.sectors and self.parties.own(r, actors)

    def _despite(self, i: int) -> list[Resolved]:
        """Whose pressure is withstood: "refused to resign despite calls from X"."""
        heads = self.clauses.prepositions(i).get("despite", [])
        for verb in self.clauses.complements(i):
            heads += self.clauses.prepositions(verb).get("despite", [])
        return [r for h in heads for r in self.parties.holders(h)]

    def _spared(
        self, capture: Capture, inner: Match | None, actors: list[Resolved]
    ) -> list[Resolved]:
        """Whom a threat or demand without an address concerns: those inside its object, else where
        it plays."""
        if inner is None:
            return []
        helped = capture.effect != "threaten"
        return self.filler.resorts.recipients(inner, actors, helped=helped)

    def _averting(self, places: Iterable[int | None]) -> list[Resolved]:
        """Who could avert a threat, the subjects of its condition: "unless X frees the men"."""
        heads = [place for place in places if place is not None]
        for clause in (c for head in heads for c in self.sentence.kids(head, "advcl")):
            marks = self.sentence.kids(clause.i, "mark", "advmod")
            if any(m.lower in ("unless", "if", "until") for m in marks):
                return self.parties.known(self.clauses.subjects(clause.i))
        return []

    def _addressed(self, i: int, own: Match | None) -> list[Resolved]:
        heads = self.clauses.objects(i) + self.clauses.indirect(i)
        found = [r for r in self.parties.known(heads) if r.strength >= 0.5]
        if found and (own is None or own.theme is None):
            return found
        if own is not None:
            return [r for r in self.filler.first(own, own.entry.recipient) if r.known]
        governed = self.clauses.prepositions(i)
        for prep in ("on", "upon", "to", "with", "from"):
            found = self.parties.known(governed.get(prep, []))
            if found:
                return found
        return []
