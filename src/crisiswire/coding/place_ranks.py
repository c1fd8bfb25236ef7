"""How well each place of a sentence fits as the place of one event.

Deeds are done to places, on the way to them and in them; words are only spoken in them, and what
they are about happens elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from crisiswire.coding.place_roles import PlaceRole
from crisiswire.knowledge.packed_places import SITES, WATERS
from crisiswire.parsing.tree import NOMINAL, Sentence, Token

DEEDS = frozenset({"ASSAULT", "MOBILIZE", "COERCE", "RETREAT", "AID", "PROTEST"})
_MOVING = frozenset({"MOBILIZE", "AID", "CONSULT", "RETREAT", "COOPERATE"})
_AIMED = frozenset({"ASSAULT", "MOBILIZE", "COERCE"})
_WORDS_ONLY = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN", "SANCTION"})
_THEMES = frozenset("about over against for on regarding concerning after at to".split())
_VISITING = frozenset("visit tour reach enter leave quit cross".split())
_SAILING = frozenset("leave depart head sail set bind embark".split())
_RESCUING = frozenset("evacuate rescue airlift free fly".split())
_MESSAGES = frozenset(
    """letter message note protest appeal warning invitation greeting telegram ultimatum
    condolence proposal offer reply complaint""".split()
)
_SITTING = frozenset("sign initial conclude hold convene open host meet attend".split())
_SPEAKERS = frozenset(
    """administration ambassador authority cabinet consulate diplomat embassy envoy government
    junta leader leadership minister ministry mission official parliament president regime source
    spokesman spokesperson spokeswoman""".split()
)
FAR = 90.0  # a rank that refuses
_FARTHEST_ABOVE = 5.0
_DEEPEST = 6  # words between a place's anchor and the event's


class Ranking:
    """How well the places of a sentence fit one event; lower is better."""

    def __init__(self, sentence: Sentence, trigger: int, kind: str) -> None:
        self.sentence, self.kind = sentence, kind
        self.trigger = sentence.tokens[trigger]
        self.core = {trigger, *self._light_verbs()}

    def _light_verbs(self) -> Iterable[int]:
        """The verb that a nominal trigger hangs on: "held talks", "clashes erupted"."""
        token = self.trigger
        if token.pos not in NOMINAL:
            return
        for up in self.sentence.ancestors(token):
            if up.pos in ("VERB", "AUX"):
                yield up.i
                return
            if up.pos not in ("ADP", "NOUN", "PROPN"):
                return

    def rank(self, role: PlaceRole) -> float:
        """The rank of the role's place as the event's; FAR or more refuses it."""
        base = self._relation(role)
        if base >= FAR:
            return base
        way = self._way(role)
        kind = role.mention.place.kind
        size = {"country": 3.0, "region": 0.6, "admin1": 0.6}.get(kind, 0.0)
        if kind in SITES:
            size = -1.2
        distance = 0.002 * abs(role.mention.first - self.trigger.i)
        near = role.near or role.relation == "near"
        beside = near * (1.5 if kind == "country" else 0.3)
        return base + way + size + distance + beside + role.listed * 0.4 + role.owner

    def _relation(self, role: PlaceRole) -> float:
        place, anchor = role.mention.place, self.sentence.tokens[role.anchor]
        whole = place.kind in ("country", "capital")
        match role.relation:
            case "at" | "near":
                return 0.0
            case "on" if place.kind in (*WATERS, *SITES, "region"):
                return 0.5 if self.kind not in _WORDS_ONLY else FAR
            case "on" | "against":
                return 0.5 if self.kind in _AIMED else FAR
            case "of":
                return self._of(whole, anchor)
            case "object":
                return self._object(whole and not role.near, anchor)
            case "goal":
                return self._goal(role, anchor)
            case "source":
                away = self.kind == "RETREAT" or anchor.lemma in _RESCUING
                return 0.4 if away else FAR

    def _of(self, whole: bool, anchor: Token) -> float:
        """The bombing of X; residents of X as those it is done to."""
        if self.kind not in _AIMED:
            return FAR
        if anchor.i in self.core:
            return 0.6
        return FAR if whole else 1.2

    def _object(self, whole: bool, anchor: Token) -> float:
        if self.kind in ("ASSAULT", "MOBILIZE"):
            return 0.5
        if anchor.lemma in _VISITING and self.kind in ("CONSULT", *DEEDS):
            return 0.5
        return 0.5 if self.kind in DEEDS and not whole else FAR

    def _goal(self, role: PlaceRole, anchor: Token) -> float:
        if self.sentence.tokens[role.first].lower == "for" and anchor.lemma not in _SAILING:
            return FAR
        if role.near and self.kind in DEEDS:
            return 1.5
        if self.kind == "ASSAULT" and self.sentence.tokens[role.first].lower in ("into", "onto"):
            return 1.0
        if self.kind not in _MOVING:
            return FAR
        objects = self.sentence.kids(role.anchor, "dobj", "nsubjpass")
        told = any(o.lemma in _MESSAGES for o in objects) or anchor.lemma in _MESSAGES
        return FAR if told else 1.5

    def _way(self, role: PlaceRole) -> float:
        """How far the place's anchor lies from the event's words in the tree."""
        anchor = self.sentence.tokens[role.anchor]
        if role.anchor in self.core:
            return self._adjoined(role)
        path = [anchor]
        for up in self.sentence.ancestors(anchor):
            if up.i in self.core:
                return self._below(role, path)
            path.append(up)
        cost = self._above(role)
        return cost if cost <= _FARTHEST_ABOVE else FAR

    def _adjoined(self, role: PlaceRole) -> float:
        """Hung on the event's own words; after words about something it is that thing's place."""
        sitting = self.trigger.lemma in _SITTING
        if self.kind not in _WORDS_ONLY or sitting or role.first < self.trigger.i:
            return 0.0
        between = self.sentence.tokens[self.trigger.i + 1 : role.first]
        return FAR if any(t.pos in ("NOUN", "PROPN", "VERB") for t in between) else 0.0

    def _below(self, role: PlaceRole, path: list[Token]) -> float:
        """Hung on something under the event's words."""
        top = path[-1]
        if top.dep in ("nsubj", "csubj", "agent"):
            return self._at_subject(role, path)
        if len(path) > _DEEPEST or any(t.dep in ("nsubj", "agent") for t in path):
            return FAR
        before = top.dep == "advcl" and top.i < self.trigger.i  # "speaking in X, he"
        if self.kind in _WORDS_ONLY and not before and self.trigger.lemma not in _SITTING:
            return FAR
        cost = 0.5 * len(path)
        loose = role.relation in ("at", "near")
        for token in path:
            if token.pos in ("VERB", "AUX"):
                if token.dep == "ccomp" or not (loose or token.dep in ("conj", "xcomp")):
                    return FAR
                cost += {"conj": 3.0, "relcl": 4.0, "acl": 3.0, "xcomp": 1.0}.get(token.dep, 6.0)
            elif token.pos == "ADP" and token.lower in _THEMES and self.kind not in _AIMED:
                cost += 2.0 if self.kind in DEEDS and token.lower in ("to", "at") else FAR
        return cost

    def _at_subject(self, role: PlaceRole, path: list[Token]) -> float:
        """Hung on who did it: gunmen in X, but no ministers or embassies."""
        if role.relation not in ("at", "near") or any(t.lemma in _SPEAKERS for t in path):
            return FAR
        if any(t.pos in ("VERB", "AUX") for t in path):
            return 7.0
        return 2.5 if self.kind not in ("REQUEST", "SUPPORT", "SANCTION") else 5.0

    def _above(self, role: PlaceRole) -> float:
        """Hung on a word above the event's, or beside it on the way up."""
        lineage = {role.anchor: 0.0}
        for up in self.sentence.ancestors(self.sentence.tokens[role.anchor]):
            lineage[up.i] = lineage.get(up.i, 0.0)
        cost, token = 0.0, self.trigger
        fronted = role.first < min(self.core)
        for up in self.sentence.ancestors(self.trigger):
            if token.i not in self.core or token.pos in ("VERB", "AUX"):
                cost += self._step(token, fronted)
            if up.i == role.anchor:
                loose = role.relation in ("at", "near") or cost <= 1.0
                return cost if loose and (fronted or self.kind not in _WORDS_ONLY) else FAR
            if up.i in lineage:
                return self._sister(role, up, cost)
            token = up
        return FAR

    def _step(self, token: Token, fronted: bool) -> float:
        """What going up from a clause to the one over it costs."""
        if token.pos not in ("VERB", "AUX"):
            return 1.0
        if token.dep == "ccomp":
            return 1.5 if fronted else FAR
        if token.dep == "conj" and self.sentence.kid(token.i, "nsubj", "nsubjpass"):
            return 4.0 if self.kind not in _WORDS_ONLY else FAR
        if token.dep == "advcl" and any(
            t.lower == "to" for t in self.sentence.kids(token.i, "aux")
        ):
            return 1.0  # "flew to X to meet"
        return {"conj": 1.0, "xcomp": 1.0, "acl": 1.5, "relcl": 2.0, "pcomp": 2.0}.get(
            token.dep, 3.0
        )

    def _sister(self, role: PlaceRole, over: Token, cost: float) -> float:
        """Hung on a neighbour under a word above: only objects of the verb above and what
        stands in them, for deeds."""
        if self.kind not in DEEDS or over.pos not in ("VERB", "AUX"):
            return FAR
        path = []
        token = self.sentence.tokens[role.anchor]
        while token.i != over.i:
            path.append(token)
            token = self.sentence.head(token)
        if any(t.pos in ("VERB", "AUX") or t.dep == "agent" for t in path):
            return FAR
        if path[-1].dep in ("nsubj", "csubj"):
            return FAR
        return cost + 1.0 + 0.5 * len(path)
