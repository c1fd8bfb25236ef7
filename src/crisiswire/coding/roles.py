"""Actors and recipients of a match: the places that its entry names, in order of preference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from crisiswire.coding.matching import Match
from crisiswire.coding.parties import Parties, other, same
from crisiswire.knowledge.lexicon import VERB_RECIPIENT, lexicon
from crisiswire.knowledge.operators import Operators
from crisiswire.parsing.clauses import Clauses
from crisiswire.resolving.records import Resolved

_AT_HOME = frozenset("CVL OPP PTY LAB EDU LEG JUD COP JRN AGR MED REL GOV SOC".split())

_TOGETHER = frozenset({"CONSULT", "COOPERATE"})  # "talks in Geneva" are not with the Swiss
_WORDS = frozenset("AGREE SUPPORT REQUEST ACCUSE REJECT THREATEN CONCEDE".split())
_PLACING = frozenset(
    "in into to from across throughout inside near at over outside around along through".split()
)
_REASONS = frozenset("for over after despite amid following since about because".split())
_STANCES = frozenset({"protest", "defiance", "opposition", "anger", "outrage"})


class RoleFiller:
    """Fills the roles of the matches of one sentence."""

    def __init__(
        self,
        clauses: Clauses,
        parties: Parties,
        matches: Mapping[int, Match],
        operators: Operators,
    ) -> None:
        self.clauses, self.sentence = clauses, clauses.sentence
        self.parties, self.matches, self.operators = parties, matches, operators

    def roles(self, match: Match) -> tuple[list[Resolved], list[Resolved]]:
        """Actors and recipients of a match, by its entry's places."""
        match match.entry.kind:
            case "compound":
                return self._compound_roles(match)
            case "noun":
                return self._noun_roles(match)
        entry = match.entry
        actors = self.first(match, entry.actor)
        if entry.subject and "subject" not in entry.actor:  # the subject is the instrument
            actors = [r for r in self.parties.doers(match.i) if r.known] or actors
        against = other(self._stance(match.i), actors) if entry.type == "PROTEST" else []
        if against:
            return actors, against
        listed = entry.recipient
        if match.theme is not None and listed == VERB_RECIPIENT and not self._people(match.theme):
            listed = (*(r for r in listed if r != "object"), "owner")
        together = entry.mutual and len(actors) > 1
        recipients = self.first(match, _sides(listed) if together else listed, actors)
        if "none" not in listed and not together and not any(r.known for r in recipients):
            recipients = self.last_resort(match, actors) or recipients
        noun = None if match.theme is None else self.matches.get(match.theme)
        if noun is not None and noun.entry.type == entry.type and not any(r.known for r in actors):
            actors, told = self._noun_roles(noun)  # "US sanctions, imposed in 2007"
            recipients = other(recipients, actors) or told
        if not any(r.known for r in recipients):
            recipients = self._of_kindred(match, actors) or recipients
        if entry.mutual:
            return self._joined(match, actors, recipients)
        return actors, recipients

    def _stance(self, v: int) -> list[Resolved]:
        """ "in protest at X's refusal", "in defiance of X"."""
        heads = self.clauses.prepositions(v).get("in", [])
        stances = [h for h in heads if self.sentence.tokens[h].lemma in _STANCES]
        return [r for h in stances for r in self.parties.holders(h)]

    def _of_kindred(self, match: Match, actors: list[Resolved]) -> list[Resolved]:
        """Recipients of an event noun of the same type that is the verb's subject or goes with it:
        "a raid on Homs killed two", "threw stones during a march against the king"."""
        governed = self.clauses.prepositions(match.i)
        beside = [
            h for p in ("during", "at", "in", "after", "following") for h in governed.get(p, [])
        ]
        for s in (*self.clauses.subjects(match.i), *beside):
            noun = self.matches.get(s)
            if noun is not None and noun.entry.type == match.entry.type:
                return self._noun_recipients(noun, actors)
        return []

    def _people(self, theme: int) -> bool:
        """Whether a theme is itself a party ("expelled the envoy"), not the actor's own
        ("recalled its envoy") and not a thing."""
        token = self.sentence.tokens[theme]
        if any(k.tag == "PRP$" for k in self.sentence.kids(theme, "poss")):
            return False
        found = self.parties.at(theme)
        thing = token.lemma in lexicon().classes["WEAPONS"]
        return found is not None and bool(found.actor.sectors) and not thing

    def last_resort(self, match: Match, actors: list[Resolved]) -> list[Resolved]:
        """Parties inside the object ("reneged on the accord with Iran"), else the country where
        the clause plays."""
        helped = other(self.parties.places(match, "clause"), actors)
        if helped:  # "is helping the army prepare"
            return helped
        heads = [] if match.theme is None else [match.theme]
        heads += self.clauses.objects(match.i)
        for head in heads:
            found = other(self.parties.owners(head), actors)
            found = found or other(self.parties.inside(head), actors)
            if found:
                return found
        for place in (match.i, *heads):
            found = other(self.parties.places_named(place), actors)
            if found:
                return found
        return []

    def whereabouts(self, i: int, kind: str, actors: list[Resolved]) -> list[Resolved]:
        """The country or town that a deed without a recipient plays in, moves to or leaves. Words
        are said anywhere: for them the place must stand in what is said, or be the actor's own;
        a protest has no other country for its target."""
        if kind in _TOGETHER:
            return []
        own = {a.actor.country for a in actors}
        for t in self.sentence.subtree(i):
            token = self.sentence.tokens[t]
            prep = self.sentence.head(token)
            placed = token.dep == "pobj" and prep.lower in _PLACING and token.ent in ("GPE", "LOC")
            if t < i or not placed or self._elsewhere(t, i, kind):
                continue
            found = self.parties.at(t)
            if found is None or not found.actor.country or same(found, actors):
                continue
            said = kind in _WORDS and prep.head == i
            if found.actor.country in own or not (said or kind == "PROTEST"):
                return [Resolved(found.actor, 0.5, f"{found.reason}; where it plays")]
        return []

    def _elsewhere(self, t: int, i: int, kind: str) -> bool:
        """Whether token ``t`` stands in another clause below ``i``, or in the reason for it
        ("sanctions over the killings in Darfur"); money goes to its purpose."""
        for up in self.sentence.ancestors(self.sentence.tokens[t]):
            if up.i == i:
                return False
            purpose = any(k.lower == "to" for k in self.sentence.kids(up.i, "aux"))
            if up.lower in _REASONS and kind not in ("AID", "AGREE"):
                return True
            if up.dep == "advcl" and purpose:  # "gave money to promote farming in Ghana"
                continue
            if up.dep in ("relcl", "advcl", "parataxis") or (up.dep == "conj" and up.pos == "VERB"):
                return True
        return True

    def first(
        self, match: Match, roles: tuple[str, ...], taken: list[Resolved] | None = None
    ) -> list[Resolved]:
        """Parties of the first place that has one known; else the first unknown object."""
        spare: list[Resolved] = []
        for role in roles:
            spoken = role == "speaker"
            places = self._speakers(match.i) if spoken else self.parties.places(match, role, taken)
            found = other(places, taken or [])
            known = [r for r in found if r.known]
            if known:
                return known
            spare = spare or found
        return spare

    def _speakers(self, i: int) -> list[Resolved]:
        """Who says it: "warned that all options are on the table"."""
        for up in self.sentence.ancestors(self.sentence.tokens[i]):
            if up.lemma in self.operators.saying or up.lemma == "warn":
                return self.parties.known(self.clauses.subjects(up.i))
        return []

    def _noun_roles(self, match: Match) -> tuple[list[Resolved], list[Resolved]]:
        entry = match.entry
        carrier = None if match.light is None else self.sentence.tokens[match.light].lemma
        actors = self.first(match, entry.actor)
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
        if entry.mutual and len(actors) > 1:
            places = _sides(places)
        return [r for r in self.first(match, places, actors) if r.known]

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


def _sides(places: tuple[str, ...]) -> tuple[str, ...]:
    """Without where the parties come together: "talks in Geneva"."""
    return tuple(p for p in places if p not in ("in", "at"))


_GUESSED = "story's place"  # how the reason of a guessed country ends


def share_country(side: list[Resolved], facing: list[Resolved]) -> list[Resolved]:
    """A bare domestic role facing a state's own organs is of that state ("protesters rallied
    against the Sudanese government", "Sudanese police arrested protesters")."""
    told = [r for r in facing if r.actor.country and not r.reason.endswith(_GUESSED)]
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
        unsure = r.actor.country is None or (beside and r.reason.endswith(_GUESSED))
        out.append(_of_country(r, country) if unsure and (home or tried) else r)
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
