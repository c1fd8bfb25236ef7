"""The last look at a possible event before it becomes a candidate: who of its parties counts, and
whether they are enough."""

from __future__ import annotations

from dataclasses import replace

from crisiswire.coding.aggregating import Aggregation
from crisiswire.coding.matching import Match
from crisiswire.coding.parties import Parties, other
from crisiswire.coding.records import Candidate
from crisiswire.coding.roles import BODILY, RoleFiller
from crisiswire.coding.sharing import at_home, share_countries
from crisiswire.knowledge.lexicon import Entry, abstract_nouns, lexicon
from crisiswire.model import Status
from crisiswire.resolving.records import Resolved

_NAMED = 0.5
_AT_HOME = frozenset({"COERCE", "CONCEDE", "THREATEN"})  # what states do to their opposition
# Types that may be told without an actor ("12 were killed") and without a recipient.
_NO_ACTOR = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "AID", "ACCUSE"})
_NO_RECIPIENT = frozenset(
    """PROTEST MOBILIZE RETREAT CONSULT AGREE REQUEST REJECT CONCEDE COERCE SUPPORT
    THREATEN""".split()
)
_ALONE = frozenset({"PROTEST", "CONSULT"})  # nouns that need no recipient
_ALONE_CARRIED = _ALONE | {"ASSAULT", "REQUEST", "THREATEN", "AGREE"}  # nor under a light verb
# Deeds whose recipient is never the actor's own force or people.
_ABROAD = frozenset("MOBILIZE AID AGREE COOPERATE CONSULT RETREAT REJECT THREATEN SANCTION".split())


class Finisher:
    """Finishes the candidates of one sentence."""

    def __init__(self, parties: Parties, filler: RoleFiller, aggregation: Aggregation) -> None:
        self.sentence, self.parties = parties.sentence, parties
        self.filler, self.aggregation = filler, aggregation

    def finish(
        self,
        entry: Entry,
        i: int,
        actors: list[Resolved],
        recipients: list[Resolved],
        status: Status,
        match: Match | None,
        reason: str,
    ) -> Candidate | None:
        """The candidate at token ``i``; None where its parties are not enough for an event."""
        token = self.sentence.tokens[i]
        kind, mode, status = self.aggregation.aggregate(
            entry, i, actors, status, match, told=bool(recipients)
        )
        if kind == "PROTEST" and not any(a.known for a in actors):
            actors = self.parties.crowds(i if match is None or match.light is None else match.light)
        known_only = kind == "CONSULT" or not recipients  # anybody may travel
        actors = [a for a in actors if a.known or (a.named and not known_only)]
        recipients = self._recipients(recipients, i, kind, mode, actors)
        if kind == "MOBILIZE" and self._drill(entry, i, actors):
            kind, mode = "COOPERATE", None  # a drill of several is joint
        actors, recipients = share_countries(actors, recipients, kind)
        if kind in _AT_HOME:
            recipients = at_home(recipients, actors)
        if kind == "ACCUSE" and not actors and token.dep == "amod":
            return None  # "the alleged abuses"
        if not self._enough(kind, i, actors, recipients, entry, match, status):
            return None
        if kind in BODILY:
            recipients = [self._sure(r) for r in recipients]
        strength = [r.strength for r in (*actors, *recipients)]
        nominal = self._nominal(i)
        score = entry.weight * (sum(strength) / len(strength)) * (0.85 if nominal else 1.0)
        why = {
            "entry": entry.source,
            "trigger": token.lemma,
            "status": reason,
            "actors": [r.reason for r in actors],
            "recipients": [r.reason for r in recipients],
        }
        cameo = entry.cameo if kind == entry.type else None
        score *= 0.8 if status == "hypothetical" else 1.0
        return Candidate(i, kind, mode, entry.contexts, cameo, actors, recipients, status, score,
                         nominal, match, None, why)  # fmt: skip

    def _sure(self, r: Resolved) -> Resolved:
        """A person told by name is surely the one meant, however little is known of it."""
        return replace(r, strength=max(r.strength, _NAMED)) if self.parties.person(r) else r

    def _nominal(self, i: int) -> bool:
        return self.sentence.tokens[i].pos in ("NOUN", "PROPN")

    def _recipients(
        self, found: list[Resolved], i: int, kind: str, mode: str | None, actors: list[Resolved]
    ) -> list[Resolved]:
        """Those of the recipients found that can be one, else where the deed plays."""
        if kind not in ("ASSAULT", "COERCE") and mode != "release":
            found = [r for r in found if r.known or r.named or self._asked(r, i)]
        things = lexicon().classes["WEAPONS"]
        arms = [r for r in found if r.actor.text.split()[-1] in things]
        unmanned = [r for r in arms if not r.known or r.actor.sectors == ("UAF",)]  # a bomb
        found = [r for r in found if r not in unmanned]
        found = [r for r in other(found, actors) if not self._own(r, kind, actors)]
        force = kind in ("ASSAULT", "COERCE")
        told = any(r.known or (force and not self._deed(r)) for r in found)
        if actors and not self._nominal(i) and not told:
            return self.filler.resorts.whereabouts(i, kind, actors) or found
        return found

    def _drill(self, entry: Entry, i: int, actors: list[Resolved]) -> bool:
        """Whether forces of several countries are at an exercise."""
        words = {self.sentence.tokens[i].lemma, entry.triggers[0].split()[-1]}
        several = len({a.actor.country for a in actors}) > 1
        return several and bool(words & (lexicon().classes["EXERCISE"] | {"game"}))

    def _deed(self, r: Resolved) -> bool:
        """Whether a recipient is a deed or quality rather than somebody or something."""
        token = next((t for t in self.sentence.tokens if t.end == r.actor.end), None)
        return token is not None and token.lemma in abstract_nouns()

    def _asked(self, r: Resolved, i: int) -> bool:
        """Whether an unknown party is asked or let do something: "allowed the organisers to"."""
        token = next((t for t in self.sentence.tokens if t.end == r.actor.end), None)
        if token is None or token.pos not in ("NOUN", "PROPN"):
            return False
        verb = self.sentence.head(token)
        infinitive = any(k.lower == "to" for k in self.sentence.kids(verb.i, "aux"))
        below = token.dep == "nsubj" and infinitive and verb.head == i
        above = verb.i == i and token.dep in ("dobj", "nsubjpass")
        return below or (above and bool(self.sentence.kids(i, "xcomp")))

    def _own(self, r: Resolved, kind: str, actors: list[Resolved]) -> bool:
        """Whether a recipient is the actor's own: "sent its men", "gave up his dream". States do
        act on their own people."""
        return self.parties.own(r, actors) and (kind in _ABROAD or not r.actor.sectors)

    def _enough(
        self,
        kind: str,
        i: int,
        actors: list[Resolved],
        recipients: list[Resolved],
        entry: Entry,
        match: Match | None,
        status: Status,
    ) -> bool:
        """Whether the parties found make an event worth recording."""
        carried = match is not None and match.light is not None
        if self._nominal(i):
            pair = bool(actors and recipients) or (entry.mutual and len(actors) > 1)
            alone = _ALONE_CARRIED if carried else _ALONE
            drill = kind == "COOPERATE" and carried and len({a.actor.country for a in actors}) > 1
            return pair or drill or bool(actors and kind in alone)
        if actors and recipients:
            return True
        if actors:
            themed = kind == "ASSAULT" and match is not None and match.theme is not None
            return kind in _NO_RECIPIENT or themed or len(actors) > 1
        if kind not in _NO_ACTOR or (kind == "ASSAULT" and status == "negated"):
            return False  # "were not beaten"
        held = kind == "COERCE" or entry.mode == "convict"  # "Lind was sentenced to nine years"
        return any(r.known or (held and self.parties.person(r)) for r in recipients)
