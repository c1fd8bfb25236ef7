"""Actors and recipients of a match: the places that its entry names, in order of preference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from crisiswire.coding.last_resorts import LastResorts
from crisiswire.coding.matching import Match
from crisiswire.coding.parties import Parties, other, same
from crisiswire.coding.speakers import Speakers
from crisiswire.knowledge.lexicon import VERB_RECIPIENT, lexicon
from crisiswire.knowledge.operators import Operators
from crisiswire.parsing.clauses import Clauses
from crisiswire.resolving.records import Resolved

BODILY = frozenset({"SANCTION", "COERCE", "ASSAULT"})
"""Types of what may be done to a person."""
_STATES = frozenset({"remain", "become", "stay", "seem"})  # "Chad remains a war zone"
_HOSTILE = frozenset("REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION COERCE ASSAULT".split())


class RoleFiller:
    """Fills the roles of the matches of one sentence."""

    def __init__(
        self,
        clauses: Clauses,
        parties: Parties,
        matches: Mapping[int, Match],
        operators: Operators,
        speakers: Speakers,
    ) -> None:
        self.clauses, self.sentence = clauses, clauses.sentence
        self.parties, self.matches, self.operators = parties, matches, operators
        self.speakers = speakers
        self.resorts = LastResorts(clauses, parties)

    def roles(self, match: Match) -> tuple[list[Resolved], list[Resolved]]:
        """Actors and recipients of a match, by its entry's places."""
        match match.entry.kind:
            case "compound":
                return self._compound_roles(match)
            case "noun":
                return self._noun_roles(match)
        entry = match.entry
        actors = self.first(match, entry.actor)
        if not any(r.known for r in actors):
            actors = self._claimants(match) or actors
        if entry.subject and "subject" not in entry.actor:  # the subject is the instrument
            actors = [r for r in self.parties.doers(match.i) if r.known] or actors
        if entry.type == "ASSAULT" and not actors:
            actors = self._attackers(match.i)
        theme = match.theme
        moved = entry.type == "MOBILIZE" or entry.mode == "withdraw"
        if moved and not actors and theme is not None:
            sent = self.clauses.is_passive(match.i)  # "police were deployed"
            actors = self.parties.known([theme]) if sent else []
        if entry.type == "ASSAULT" and not any(r.actor.country or r.named for r in actors):
            actors = self.resorts.bombers(match.i) or actors
        against = self.resorts.opposed(match, actors) if entry.type == "PROTEST" else []
        if against:
            return actors, against
        listed = entry.recipient
        if match.theme is not None and listed == VERB_RECIPIENT and not self._people(match.theme):
            listed = (*(r for r in listed if r != "object"), "owner")
        elif match.theme is not None and "owner" in listed and self._people(match.theme):
            at = listed.index("owner")  # "freed two American hostages"
            listed = (*listed[:at], "object", *listed[at:])
        together = entry.mutual and len(actors) > 1
        recipients = self.first(match, _sides(listed) if together else listed, actors)
        if entry.type == "PROTEST" and not any(r.known for r in recipients):
            recipients = self.resorts.aimed_at(match, actors) or recipients
        bodily = entry.type in BODILY
        enough = any(r.known or (bodily and self.parties.person(r)) for r in recipients)
        if "none" not in listed and not together and not enough:
            recipients = self.resorts.recipients(match, actors) or recipients
        if entry.type == "ASSAULT":
            recipients = self._victims(match.i, recipients)
        if moved:
            recipients = _abroad(entry.type, actors, recipients)
        noun = None if match.theme is None else self.matches.get(match.theme)
        if noun is not None and noun.entry.type == entry.type and not any(r.known for r in actors):
            actors, told = self._noun_roles(noun)  # "US sanctions, imposed in 2007"
            recipients = other(recipients, actors) or told
        if not any(r.known for r in recipients):
            recipients = self._of_kindred(match, actors) or recipients
        if not any(r.known for r in recipients):
            recipients = other(self.resorts.of_letter(match.i), actors) or recipients
        if entry.mutual:
            return self._joined(match, actors, recipients)
        return actors, recipients

    def _victims(self, v: int, found: list[Resolved]) -> list[Resolved]:
        """Those killed or hurt instead of the thing that was hit: "stormed a market, killing 14
        traders"."""
        classes = lexicon().classes
        things = classes["TARGETS"] | classes["TERRITORY"]
        if any((r.actor.country and not r.guessed) or _last(r) not in things for r in found):
            return found
        for kid in self.sentence.kids(v, "advcl"):
            if kid.tag == "VBG" and kid.lemma in ("kill", "wound", "injure", "maim"):
                hurt = [r for r in self.parties.known(self.clauses.objects(kid.i))
                        if r.actor.sectors]  # fmt: skip
                if hurt:
                    return hurt
        return found

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

    def _attackers(self, v: int) -> list[Resolved]:
        """Whose attack it was that somebody died in: "killed in Israeli shelling"."""
        governed = self.clauses.prepositions(v)
        for noun in (h for p in ("in", "during") for h in governed.get(p, [])):
            told = self.matches.get(noun)
            if told is not None and told.entry.type == "ASSAULT":
                return [r for r in self.first(told, told.entry.actor) if r.known]
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

    def _claimants(self, match: Match) -> list[Resolved]:
        """Who "claimed responsibility for" it."""
        claimed = self.speakers.responsible(match.i)
        return [] if claimed is None else self.parties.known(claimed.heads)

    def first(
        self, match: Match, roles: tuple[str, ...], taken: list[Resolved] | None = None
    ) -> list[Resolved]:
        """Parties of the first place that has one known; else the first unknown object."""
        spare: list[Resolved] = []
        for role in roles:
            if role == "from" and spare and "subject" in roles:
                continue  # somebody unknown does it: "a man was expelled from X" has nobody
            if role == "speaker":  # "warned that all options are on the table"
                places = self.parties.known(self.speakers.nearest(match.i))
            else:
                places = self.parties.places(self._bare(match, role), role, taken)
            found = other(places, taken or [])
            if role == "clause" and taken:
                found = [r for r in found if not _fellow(r, taken)]
            known = [r for r in found if r.known]
            own = taken and all(self.parties.own(r, taken) and not r.actor.sectors for r in known)
            if known and not own:  # beside them whoever is told by name
                return [r for r in found if r.known or self.parties.person(r)]
            spare = spare or found
        return spare

    def _bare(self, match: Match, role: str) -> Match:
        """The match without the verb that carries it where who does that does another deed: "the
        attack was condemned by Oslo"."""
        if role != "by" or match.entry.kind != "noun" or match.light is None:
            return match
        carrier = self.sentence.tokens[match.light].lemma
        return match if self._lends(match, carrier) else replace(match, light=None)

    def _noun_roles(self, match: Match) -> tuple[list[Resolved], list[Resolved]]:
        entry = match.entry
        carrier = None if match.light is None else self.sentence.tokens[match.light].lemma
        actors = self.first(match, entry.actor) or self._claimants(match)
        of = self.parties.places(match, "of") if entry.of != "none" else []
        if entry.of == "actor" and of and not actors:
            actors = of
        if not any(a.known for a in actors):
            actors = self._culprits(match) or actors
        lent: list[Resolved] = []
        apart = entry.mode == "resign" and bool(actors)  # nobody resigns for another
        if (
            match.light is not None
            and not apart
            and match.i not in self.clauses.subjects(match.light)
        ):
            lent = [r for r in self.parties.doers(match.light) if r.known]
        turned = carrier in self.operators.light_recipient
        if turned and not actors:
            actors = self.parties.places(match, "from")  # "drew criticism from Oslo"
        if lent and not turned and self._lends(match, carrier):
            owners = [a for a in actors if not same(a, lent)]
            if self._suffered(match, owners, carrier):
                return owners, self._noun_recipients(match, owners) or lent  # "ignored X's pleas"
            actors = lent
            if owners and not entry.mutual:
                return actors, self._noun_recipients(match, actors) or owners
        recipients = lent if turned else self._noun_recipients(match, actors)
        if entry.type == "PROTEST" and not recipients:
            recipients = self.resorts.opposed(match, actors)
            recipients = recipients or self.resorts.aimed_at(match, actors)
        if entry.mutual:
            return self._joined(match, actors, recipients)
        return actors, recipients

    def _suffered(self, match: Match, owners: list[Resolved], carrier: str | None) -> bool:
        """Whether the verb's subject meets with a deed of others: "ignored Rome's complaints"."""
        noun = self.sentence.tokens[match.i]
        agents = [h for p in ("by", "from") for h in self.clauses.prepositions(match.i).get(p, [])]
        theirs = {r.actor.start for h in agents for r in self.parties.known([h])}
        before = all(r.actor.start < noun.start or r.actor.start in theirs for r in owners)
        hostile = match.entry.type in _HOSTILE and carrier not in self.operators.light_actor
        return bool(owners) and before and hostile

    def _culprits(self, match: Match) -> list[Resolved]:
        """Who is "responsible for the killing" or "behind the attack"."""
        prep = self.sentence.head(self.sentence.tokens[match.i])
        over = self.sentence.head(prep)
        blamed = prep.lower == "for" and over.lemma in ("responsible", "responsibility", "credit")
        if self.sentence.tokens[match.i].dep != "pobj" or not (blamed or prep.lower == "behind"):
            return []
        verb = over if over.pos in ("VERB", "AUX") else self.sentence.head(over)
        return [r for r in self.parties.doers(verb.i) if r.known]

    def _lends(self, match: Match, carrier: str | None) -> bool:
        """Whether the verb that carries a noun makes its subject the actor."""
        if carrier in self.operators.light_actor:
            return True
        assert match.light is not None
        if carrier in lexicon().classes["LOOKING_ON"] or carrier in self.operators.saying:
            return False
        if carrier in _STATES and match.entry.type in _HOSTILE:
            return False
        return match.light not in self.matches

    def _noun_recipients(self, match: Match, actors: list[Resolved]) -> list[Resolved]:
        entry = match.entry
        places = entry.recipient + (("of",) if entry.of == "recipient" else ())
        if entry.mutual and len(actors) > 1:
            places = _sides(places)
        found = [r for r in self.first(match, places, actors) if r.known]
        token = self.sentence.tokens[match.i]
        if found or token.dep != "nsubjpass":
            return found
        governed = self.clauses.prepositions(token.head)  # "aid was handed out to X"
        heads = (governed.get(p, []) for p in places)
        return next((f for f in (other(self.parties.known(h), actors) for h in heads) if f), [])

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


def _fellow(r: Resolved, taken: list[Resolved]) -> bool:
    """An organ of the speaker's own state: "the ministry warned that police would shoot"."""
    organ = bool(set(r.actor.sectors) & {"GOV", "COP", "MIL", "JUD"})
    return organ and any(r.actor.country in (None, t.actor.country) for t in taken)


def _sides(places: tuple[str, ...]) -> tuple[str, ...]:
    """Without where the parties come together: "talks in Geneva"."""
    return tuple(p for p in places if p not in ("in", "at"))


def _abroad(kind: str, actors: list[Resolved], found: list[Resolved]) -> list[Resolved]:
    """Recipients of a move of forces: nobody who only says whose they are."""
    spans = [range(a.actor.start, a.actor.end) for a in actors]
    own = {a.actor.country for a in actors} - {None} if kind == "MOBILIZE" else set()
    others = [r for r in found if not any(r.actor.start in span for span in spans)]
    return [r for r in others if r.actor.country not in own]


def _last(r: Resolved) -> str:
    return r.actor.text.split()[-1].lower()
