"""From matches to candidate events: type after operators, actors, recipients, status.

A candidate is one event of one sentence, before dates, places, quantities and attribution
are added. Everything that led to it is kept in ``why`` for ``crisiswire explain``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from crisiswire.coding.governing import Capture, Governing
from crisiswire.coding.matching import Match
from crisiswire.coding.parties import Parties, other, same
from crisiswire.coding.status import find_status
from crisiswire.knowledge.files import ontology
from crisiswire.knowledge.lexicon import VERB_RECIPIENT, Entry, lexicon
from crisiswire.knowledge.operators import Operators
from crisiswire.model import Status
from crisiswire.parsing.clauses import Clauses
from crisiswire.resolving.actors import Resolved

_CONFLICT = frozenset(
    {"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "THREATEN", "REJECT"}
)
_AT_HOME = frozenset(
    {
        "CVL",
        "OPP",
        "PTY",
        "LAB",
        "EDU",
        "LEG",
        "JUD",
        "COP",
        "JRN",
        "AGR",
        "MED",
        "REL",
        "GOV",
        "SOC",
    }
)
_BARE_WEIGHT = {
    "promise": 0.6,
    "refuse": 0.7,
    "threaten": 0.8,
    "request": 0.8,
    "allow": 0.55,
    "prevent": 0.6,
}
_FUTURE_AGREE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
# Types that may be told without an actor ("12 were killed") and without a recipient.
_NO_ACTOR = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "AID"})
_NO_RECIPIENT = frozenset(
    {
        "PROTEST",
        "MOBILIZE",
        "RETREAT",
        "CONSULT",
        "AGREE",
        "REQUEST",
        "REJECT",
        "CONCEDE",
        "COERCE",
        "SUPPORT",
        "THREATEN",
    }
)


@dataclass(slots=True)
class Candidate:
    """One possible event. ``score`` is the product of what speaks for it, 0 to 1."""

    trigger: int
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    actors: list[Resolved]
    recipients: list[Resolved]
    status: Status
    score: float
    nominal: bool
    match: Match | None
    inner: Match | None = None
    why: dict[str, Any] = field(default_factory=dict)


class CandidateMaker:
    """Candidates of one sentence."""

    def __init__(
        self, clauses: Clauses, parties: Parties, matches: list[Match], operators: Operators
    ) -> None:
        self.clauses, self.sentence = clauses, clauses.sentence
        self.parties, self.operators = parties, operators
        self.governing = Governing(clauses, operators)
        self.matches = {m.i: m for m in matches}
        self.consumed = {m.theme for m in matches if m.theme is not None}

    def candidates(self) -> list[Candidate]:
        """All candidates, in text order of their triggers."""
        captures: dict[int, tuple[Capture, Match]] = {}
        swallowed: set[int] = set()
        for i, match in self.matches.items():
            start = match.light if match.light is not None and self._light(match) else i
            capture = self.governing.capture(start)
            if capture is None or capture.i == i:
                continue
            swallowed.add(i)
            if capture.i not in captures or self._closer(match, captures[capture.i][1]):
                captures[capture.i] = (capture, match)
        out: list[Candidate | None] = []
        for i, match in self.matches.items():
            if i not in swallowed and i not in captures and not self._subsumed(match):
                out.append(self._plain(match))
        for i, (capture, inner) in captures.items():
            if i not in swallowed:
                out.append(self._captured(capture, inner))
        for token in self.sentence.tokens:
            if token.pos in ("VERB", "AUX") and token.i not in swallowed:
                out.append(self._obliged(token.i))
                if token.i not in captures and token.i not in self.matches:
                    out.append(self._bare_operator(token.i, token.lemma))
        return sorted((c for c in out if c is not None), key=lambda c: c.trigger)

    def _light(self, match: Match) -> bool:
        assert match.light is not None
        lemma = self.sentence.tokens[match.light].lemma
        return lemma in self.operators.light_actor or lemma in self.operators.light_recipient

    def _closer(self, a: Match, b: Match) -> bool:
        verb = a.entry.kind == "verb" and b.entry.kind != "verb"
        return verb or (a.entry.kind == b.entry.kind and a.i < b.i)

    def _subsumed(self, match: Match) -> bool:
        """A noun that is the theme, or the acting subject, of a matched verb of its own."""
        if match.entry.kind != "noun":
            return False
        if match.i in self.consumed:
            return True
        token = self.sentence.tokens[match.i]
        verb = self.matches.get(match.light if match.light is not None else token.head)
        if verb is None or verb.entry.kind != "verb":
            return False
        if match.i in self.clauses.subjects(verb.i):
            return verb.entry.type == match.entry.type
        return False

    # -- plain triggers ------------------------------------------------------------------------

    def _plain(self, match: Match) -> Candidate | None:
        actors, recipients = self.roles(match)
        status, reason = find_status(match, self.governing, self.operators, self.sentence)
        return self._finish(match.entry, match.i, actors, recipients, status, match, reason)

    def roles(self, match: Match) -> tuple[list[Resolved], list[Resolved]]:
        """Actors and recipients of a match, by its entry's places."""
        match match.entry.kind:
            case "compound":
                return self._compound_roles(match)
            case "noun":
                return self._noun_roles(match)
        entry = match.entry
        actors = self._first(match, entry.actor)
        if entry.subject and "subject" not in entry.actor:  # the subject is the instrument
            actors = [r for r in self.parties.doers(match.i) if r.known] or actors
        listed = entry.recipient
        if match.theme is not None and listed == VERB_RECIPIENT and not self._people(match.theme):
            listed = (*(r for r in listed if r != "object"), "owner")
        recipients = self._first(match, listed, actors)
        if "none" not in listed and not any(r.known for r in recipients):
            recipients = self._last_resort(match, actors) or recipients
        if entry.mutual:
            return self._joined(match, actors, recipients)
        return actors, recipients

    def _people(self, theme: int) -> bool:
        """Whether a theme is itself a party ("expelled the envoy"), not the actor's own
        ("recalled its envoy") and not a thing."""
        token = self.sentence.tokens[theme]
        if any(k.tag == "PRP$" for k in self.sentence.kids(theme, "poss")):
            return False
        found = self.parties.at(theme)
        thing = token.lemma in lexicon().classes["WEAPONS"]
        return found is not None and bool(found.actor.sectors) and not thing

    def _last_resort(self, match: Match, actors: list[Resolved]) -> list[Resolved]:
        """Parties inside the object ("reneged on the accord with Iran"), else the country where
        the clause plays."""
        heads = [] if match.theme is None else [match.theme]
        heads += self.clauses.objects(match.i)
        for head in heads:
            found = other(self.parties.owners(head) or self.parties.inside(head), actors)
            if found:
                return found
        for place in (match.i, *heads):
            found = other(self.parties.places_named(place), actors)
            if found:
                return found
        return []

    def _first(
        self, match: Match, roles: tuple[str, ...], taken: list[Resolved] | None = None
    ) -> list[Resolved]:
        """Parties of the first place that has one known; else the first unknown object."""
        spare: list[Resolved] = []
        for role in roles:
            found = other(self.parties.places(match, role, taken), taken or [])
            known = [r for r in found if r.known]
            if known:
                return known
            spare = spare or found
        return spare

    def _noun_roles(self, match: Match) -> tuple[list[Resolved], list[Resolved]]:
        entry = match.entry
        carrier = None if match.light is None else self.sentence.tokens[match.light].lemma
        actors = self._first(match, entry.actor)
        of = self.parties.places(match, "of") if entry.of != "none" else []
        if entry.of == "actor" and of and not actors:
            actors = of
        lent: list[Resolved] = []
        if match.light is not None and match.i not in self.clauses.subjects(match.light):
            lent = [r for r in self.parties.doers(match.light) if r.known]
        turned = carrier in self.operators.light_recipient
        if lent and not turned and self._lends(match, carrier):
            owners = [a for a in actors if not same(a, lent)]
            actors = lent
            if owners and not entry.mutual:
                return actors, self._noun_recipients(match, actors) or owners
        recipients = lent if turned else self._noun_recipients(match, actors)
        if entry.mutual:
            return self._joined(match, actors, recipients)
        return actors, recipients

    def _lends(self, match: Match, carrier: str | None) -> bool:
        """Whether the verb that carries a noun makes its subject the actor."""
        if carrier in self.operators.light_actor:
            return True
        assert match.light is not None
        return match.light not in self.matches and carrier not in self.operators.saying

    def _noun_recipients(self, match: Match, actors: list[Resolved]) -> list[Resolved]:
        entry = match.entry
        places = entry.recipient + (("of",) if entry.of == "recipient" else ())
        return [r for r in self._first(match, places, actors) if r.known]

    def _joined(
        self, match: Match, actors: list[Resolved], recipients: list[Resolved]
    ) -> tuple[list[Resolved], list[Resolved]]:
        """Parties of a mutual event: all in actors unless the syntax gives it sides."""
        joint = self.parties.joint(match)
        if len(joint) > 1 or (joint and not recipients):
            hosts = [a for a in actors if not same(a, joint)]
            return (hosts, joint) if hosts and match.entry.kind == "verb" else (joint, [])
        return actors, recipients

    def _compound_roles(self, match: Match) -> tuple[list[Resolved], list[Resolved]]:
        token = self.sentence.tokens[match.i]
        first = self.sentence.tokens[match.i - 2] if match.i >= 2 else None
        noun = token.head if token.dep == "amod" else None
        if first is None or noun is None:
            return [], []
        return self.parties.known([first.i]), self.parties.known([noun])

    # -- captured triggers ----------------------------------------------------------------------

    def _captured(self, capture: Capture, inner: Match) -> Candidate | None:
        own = self.matches.get(capture.i)
        if capture.effect == "accuse":
            return self._plain(own) if own is not None else None
        result = self.operators.compose(capture.effect, inner.entry.type)
        assert result is not None
        kind, mode = result
        carrier = own or replace(inner, i=capture.i, theme=None, light=None)
        inner_actors, inner_recipients = self.roles(inner)
        actors, recipients = self._captured_parties(capture, own, inner_actors, inner_recipients)
        status, reason = find_status(
            replace(carrier, light=own.light if own else None),
            self.governing,
            self.operators,
            self.sentence,
        )
        base = own.entry if own is not None else inner.entry
        keeps = own is not None and own.entry.type == kind
        entry = replace(
            base,
            type=kind,
            mode=mode or (base.mode if keeps else None),
            cameo=base.cameo if keeps and mode is None else None,
            contexts=inner.entry.contexts or base.contexts,
            weight=max(base.weight, 0.8) if own else min(0.9, inner.entry.weight),
        )
        made = self._finish(entry, capture.i, actors, recipients, status, own, reason)
        if made is not None:
            made.inner = inner
            made.why["operator"] = f"{self.sentence.tokens[capture.i].lemma}: {capture.effect}"
            made.why["governs"] = inner.entry.source
        return made

    def _bare_operator(self, i: int, lemma: str) -> Candidate | None:
        """ "promised to democratise": an operator over a predicate that is no event itself."""
        effect = self.operators.capturing(lemma)
        clauses = [v for v in self.clauses.complements(i) if v > i]
        if effect not in _BARE_WEIGHT or not clauses:
            return None
        capture = Capture(i, effect, "clause")
        if not any(self.governing.takes(capture, v) for v in clauses):
            return None
        result = self.operators.compose(effect, "")
        assert result is not None
        entry = Entry(
            result[0],
            "verb",
            (lemma,),
            f"operator {effect}",
            mode=result[1],
            weight=_BARE_WEIGHT[effect],
        )
        actors, recipients = self._captured_parties(capture, None, [], [])
        recipients = recipients or self._last_resort(Match(clauses[0], entry), actors)
        match = Match(i, entry)
        status, reason = find_status(match, self.governing, self.operators, self.sentence)
        return self._finish(entry, i, actors, recipients, status, None, reason)

    def _captured_parties(
        self,
        capture: Capture,
        own: Match | None,
        inner_actors: list[Resolved],
        inner_recipients: list[Resolved],
    ) -> tuple[list[Resolved], list[Resolved]]:
        """Actor: the operator's subject. Recipient: whom it addresses, else whom the governed
        event would touch."""
        i = capture.i
        if self.sentence.tokens[i].pos in ("NOUN", "ADJ"):
            actors, addressed = self.roles(own) if own is not None else (inner_actors, [])
            actors = actors or inner_actors
        else:
            actors = self.parties.doers(i)
            addressed = self._addressed(i, own)
        others = other(inner_actors, actors)
        if capture.effect in ("request", "allow", "prevent"):
            recipients = other(addressed, actors) or others or inner_recipients
        else:
            recipients = other(addressed, actors) or inner_recipients or others
        return actors, other(recipients, actors)

    def _addressed(self, i: int, own: Match | None) -> list[Resolved]:
        heads = self.clauses.objects(i) + self.clauses.indirect(i)
        found = [r for r in self.parties.known(heads) if r.strength >= 0.5]
        if found and (own is None or own.theme is None):
            return found
        if own is not None:
            return [r for r in self._first(own, own.entry.recipient) if r.known]
        governed = self.clauses.prepositions(i)
        for prep in ("on", "upon", "to", "with", "from"):
            found = self.parties.known(governed.get(prep, []))
            if found:
                return found
        return []

    def _obliged(self, v: int) -> Candidate | None:
        """ "X said Y must leave": a demand by the speaker, whatever the verb."""
        if not self.governing.obliged(v):
            return None
        speaker, subjects = self._speaker(v), self.parties.known(self.clauses.subjects(v))
        if self.clauses.is_passive(v) and not subjects:
            subjects = self.parties.known(self.clauses.objects(v))
        recipients = other(subjects, speaker)
        if not speaker or not recipients:
            return None
        inner = self.matches.get(v)
        result = self.operators.compose("request", inner.entry.type if inner else "")
        assert result is not None
        entry = Entry(
            result[0],
            "verb",
            (self.sentence.tokens[v].lemma,),
            "demand in speech",
            mode=result[1],
            weight=0.8,
        )
        made = self._finish(entry, v, speaker, recipients, "actual", None, "a demand in speech")
        if made is not None:
            made.inner = inner
        return made

    def _speaker(self, v: int) -> list[Resolved]:
        for link in self.governing.chain(v):
            if self.sentence.tokens[link.i].lemma in self.operators.saying:
                return self.parties.known(self.clauses.subjects(link.i))
        for up in self.sentence.ancestors(self.sentence.tokens[v]):
            for kid in self.sentence.kids(up.i, "parataxis", "ccomp"):
                if kid.lemma in self.operators.saying:
                    return self.parties.known(self.clauses.subjects(kid.i))
        return []

    # -- the candidate ----------------------------------------------------------------------------

    def _finish(
        self,
        entry: Entry,
        i: int,
        actors: list[Resolved],
        recipients: list[Resolved],
        status: Status,
        match: Match | None,
        reason: str,
    ) -> Candidate | None:
        kind, mode, status = self._aggregate(entry, i, actors, status)
        nominal = self.sentence.tokens[i].pos in ("NOUN", "PROPN")
        actors = [a for a in actors if a.known or (a.named and recipients)]
        if kind not in ("ASSAULT", "COERCE"):
            recipients = [r for r in recipients if r.known or r.named]
        things = lexicon().classes["WEAPONS"]
        recipients = [r for r in recipients if r.known or r.actor.text.split()[-1] not in things]
        recipients = other(recipients, actors)
        actors, recipients = _share_country(actors, recipients), _share_country(recipients, actors)
        if not self._enough(kind, actors, recipients, nominal, entry.mutual):
            return None
        strength = [r.strength for r in (*actors, *recipients)]
        score = entry.weight * (sum(strength) / len(strength)) * (0.85 if nominal else 1.0)
        if status == "hypothetical":
            score *= 0.8
        why = {
            "entry": entry.source,
            "trigger": self.sentence.tokens[i].lemma,
            "status": reason,
            "actors": [r.reason for r in actors],
            "recipients": [r.reason for r in recipients],
        }
        cameo = entry.cameo if kind == entry.type else None
        return Candidate(
            i,
            kind,
            mode,
            entry.contexts,
            cameo,
            actors,
            recipients,
            status,
            score,
            nominal,
            match,
            None,
            why,
        )

    def _aggregate(
        self, entry: Entry, i: int, actors: list[Resolved], status: Status
    ) -> tuple[str, str | None, Status]:
        """PLOVER's rules: future cooperation is AGREE, an announced retreat CONCEDE, a force
        that the speaker announces for himself THREATEN."""
        if status == "future":
            if entry.type in _FUTURE_AGREE:
                return "AGREE", None, "actual"
            if entry.type == "RETREAT":
                return "CONCEDE", None, "actual"
            if entry.type in _CONFLICT and entry.type not in ("REJECT", "THREATEN"):
                speaker = self._speaker(i)
                if speaker and any(same(a, speaker) for a in actors):
                    result = self.operators.compose("threaten", entry.type)
                    assert result is not None
                    return result[0], result[1], "actual"
        return entry.type, entry.mode, status

    def _enough(
        self,
        kind: str,
        actors: list[Resolved],
        recipients: list[Resolved],
        nominal: bool,
        mutual: bool,
    ) -> bool:
        """Whether the parties found make an event worth recording."""
        if nominal:
            pair = bool(actors and recipients) or (mutual and len(actors) > 1)
            return pair or bool(actors and kind in ("PROTEST", "CONSULT"))
        if actors and recipients:
            return True
        if actors:
            return kind in _NO_RECIPIENT or len(actors) > 1
        return bool(recipients) and kind in _NO_ACTOR and any(r.known for r in recipients)


def _share_country(side: list[Resolved], facing: list[Resolved]) -> list[Resolved]:
    """A bare domestic role facing a state's own organs is of that state ("protesters rallied
    against the Sudanese government", "Sudanese police arrested protesters")."""
    of = {r.actor.country for r in facing if r.actor.country and set(r.actor.sectors) & _AT_HOME}
    if len(of) != 1:
        return side
    country = of.pop()
    organs = {s for r in facing for s in r.actor.sectors}
    out = []
    for r in side:
        own = set(r.actor.sectors)
        home = own & _AT_HOME or (own & {"MIL", "REB", "PRM"} and organs & {"GOV", "LEG"})
        if r.actor.country is None and home:
            sector = r.actor.sectors[0].lower()
            actor = replace(
                r.actor, country=country, entity_id=f"{(country or '').lower()}-{sector}"
            )
            r = Resolved(actor, r.strength, f"{r.reason}; country of the other side")
        out.append(r)
    return out


def settle(candidates: list[Candidate], floor: float) -> list[Candidate]:
    """The candidates worth keeping: above the floor, one per type and pair of parties."""
    kept: list[Candidate] = []
    quads = {t: spec["quad"] for t, spec in ontology()["types"].items()}
    for c in sorted(candidates, key=lambda c: (-c.score, c.trigger)):
        if c.score < floor:
            continue
        if any(_repeats(c, k, quads) for k in kept):
            continue
        kept.append(c)
    return sorted(kept, key=lambda c: c.trigger)


def _repeats(c: Candidate, kept: Candidate, quads: dict[str, str]) -> bool:
    """The same parties told twice in one sentence by kindred words."""

    def key(side: list[Resolved]) -> set[tuple[str | None, tuple[str, ...]]]:
        return {(r.actor.country, r.actor.sectors[:1]) for r in side}

    same = key(c.actors) == key(kept.actors) and key(c.recipients) == key(kept.recipients)
    both = {(r.actor.start) for r in (*c.actors, *c.recipients)}
    within = both <= {(r.actor.start) for r in (*kept.actors, *kept.recipients)}
    if c.type == kept.type and (same or within):
        return True
    return c.nominal and (same or within) and quads[c.type] == quads[kept.type]
