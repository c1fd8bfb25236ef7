"""Where it happened: of all places that the sentence names the one that the event's own words
point at; else that of the sentence before; else the dateline's.

A place that owns, speaks, is spoken of or written to is none. What a place is to an event is a
matter of its type: deeds are done to places, words only in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crisiswire.coding.place_roles import Mention, PlaceRole, mentions_of, place_roles
from crisiswire.knowledge.packed_places import SITES, WATERS
from crisiswire.model import Article, Event, Place, When
from crisiswire.parsing.tree import NOMINAL, Sentence, Token

_STATIC = frozenset(
    """in at near outside inside around across on off within throughout over along north south
    east west""".split()
)
_GOAL = frozenset({"to", "into", "toward", "towards", "for"})
_PLACE_ENTS = frozenset({"GPE", "LOC", "FAC", "ORG", "PERSON", ""})

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
_FAR = 90.0  # a rank that refuses
_FARTHEST_ABOVE = 5.0
_REACH = 2  # sentences that a place stays in mind


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when the latest deed with a place of its own happened, between whom."""

    place: Place
    sentence: int
    date: When
    countries: frozenset[str]


class Where:
    """Places of the events of one article, asked sentence by sentence in text order."""

    def __init__(self, article: Article, places: Sequence[Place]) -> None:
        masked = article.masked
        self._places = [p for p in places if not _inside(p, masked)]
        self._dateline = _dateline(places, masked)
        self._scene: Scene | None = None
        self._index = -1  # of the sentence that the next two are of
        self._mentions: list[Mention] = []
        self._roles: list[PlaceRole] = []

    def stated(self, sentence: Sentence, trigger: int, kind: str) -> tuple[Place, str] | None:
        """The place that the sentence itself gives the event of type ``kind`` at token
        ``trigger``, and why; None without one."""
        self._read(sentence)
        ranking = _Ranking(sentence, trigger, kind)
        ranks = [(ranking.rank(role), role.first, role) for role in self._roles]
        rank, _, role = min(ranks, key=lambda r: r[:2], default=(_FAR, 0, None))
        if role is None or rank >= _FAR:
            return None
        near = role.near or role.relation == "near"
        place = replace(role.mention.place, precision="near" if near else "at")
        return place, f"{role.relation} of {sentence.tokens[role.anchor].text!r}"

    def placed(self, event: Event, sentence: Sentence) -> Event:
        """The event, with a place from the text before if it has none and is a deed that goes
        on there. Remembers the places of deeds for the events that follow."""
        if event.event_type not in DEEDS or event.status != "actual":
            return event
        countries = _countries(event)
        if event.place is not None:
            self._scene = Scene(event.place, event.sentence, event.date, countries)
            return event
        if _background(event, sentence):
            return event
        self._read(sentence)
        place, reason = self._same_scene(event, countries, sentence) or self._filed(
            event, countries, sentence
        )
        if place is None:
            return event
        return replace(event, place=place, explanation={**event.explanation, "place": reason})

    def _same_scene(
        self, event: Event, countries: frozenset[str], sentence: Sentence
    ) -> tuple[Place, str] | None:
        scene = self._scene
        if scene is None or event.sentence - scene.sentence > _REACH:
            return None
        strangers = countries and not countries & {scene.place.country, *scene.countries}
        if strangers and not _the_same(event, sentence):
            return None
        if _another_day(event.date, scene.date) or self._elsewhere(sentence, scene.place):
            return None
        return replace(scene.place, precision="context"), f"as in sentence {scene.sentence}"

    def _filed(
        self, event: Event, countries: frozenset[str], sentence: Sentence
    ) -> tuple[Place | None, str]:
        place = self._dateline
        if place is None or event.sentence >= _REACH or self._elsewhere(sentence, place):
            return None, ""
        if countries and place.country not in countries:
            return None, ""
        return replace(place, precision="dateline"), "the dateline"

    def _elsewhere(self, sentence: Sentence, place: Place) -> bool:
        """Whether the sentence names another place, known or not; countries only where
        something is told of in or near them, since else they act."""
        told = [m.place for m in self._mentions if m.place.kind != "country"]
        told += [r.mention.place for r in self._roles]
        named = {i for m in self._mentions for i in range(m.first, m.last)}
        return any(
            p.country != place.country or (p.kind != "country" and p.name != place.name)
            for p in told
        ) or any(
            t.ent in ("GPE", "LOC", "FAC") and t.pos == "PROPN" and t.i not in named
            for t in sentence.tokens
        )

    def _read(self, sentence: Sentence) -> None:
        if self._index != sentence.index:
            self._index = sentence.index
            self._mentions = mentions_of(sentence, self._places)
            self._roles = place_roles(sentence, self._mentions)


class _Ranking:
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
        """The rank of the role's place as the event's; _FAR or more refuses it."""
        base = self._relation(role)
        if base >= _FAR:
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
                return 0.5 if self.kind not in _WORDS_ONLY else _FAR
            case "on" | "against":
                return 0.5 if self.kind in _AIMED else _FAR
            case "of":
                return self._of(whole, anchor)
            case "object":
                return self._object(whole and not role.near, anchor)
            case "goal":
                return self._goal(role, anchor)
            case "source":
                away = self.kind == "RETREAT" or anchor.lemma in _RESCUING
                return 0.4 if away else _FAR

    def _of(self, whole: bool, anchor: Token) -> float:
        """The bombing of X; residents of X as those it is done to."""
        if self.kind not in _AIMED:
            return _FAR
        if anchor.i in self.core:
            return 0.6
        return _FAR if whole else 1.2

    def _object(self, whole: bool, anchor: Token) -> float:
        if self.kind in ("ASSAULT", "MOBILIZE"):
            return 0.5
        if anchor.lemma in _VISITING and self.kind in ("CONSULT", *DEEDS):
            return 0.5
        return 0.5 if self.kind in DEEDS and not whole else _FAR

    def _goal(self, role: PlaceRole, anchor: Token) -> float:
        if self.sentence.tokens[role.first].lower == "for" and anchor.lemma not in _SAILING:
            return _FAR
        if role.near and self.kind in DEEDS:
            return 1.5
        if self.kind == "ASSAULT" and self.sentence.tokens[role.first].lower in ("into", "onto"):
            return 1.0
        if self.kind not in _MOVING:
            return _FAR
        objects = self.sentence.kids(role.anchor, "dobj", "nsubjpass")
        told = any(o.lemma in _MESSAGES for o in objects) or anchor.lemma in _MESSAGES
        return _FAR if told else 1.5

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
        return cost if cost <= _FARTHEST_ABOVE else _FAR

    def _adjoined(self, role: PlaceRole) -> float:
        """Hung on the event's own words; after words about something it is that thing's place."""
        sitting = self.trigger.lemma in _SITTING
        if self.kind not in _WORDS_ONLY or sitting or role.first < self.trigger.i:
            return 0.0
        between = self.sentence.tokens[self.trigger.i + 1 : role.first]
        return _FAR if any(t.pos in ("NOUN", "PROPN", "VERB") for t in between) else 0.0

    def _below(self, role: PlaceRole, path: list[Token]) -> float:
        """Hung on something under the event's words."""
        top = path[-1]
        if top.dep in ("nsubj", "csubj"):
            return self._at_subject(role, path)
        before = top.dep == "advcl" and top.i < self.trigger.i  # "speaking in X, he"
        if self.kind in _WORDS_ONLY and not before and self.trigger.lemma not in _SITTING:
            return _FAR
        cost = 0.5 * len(path)
        loose = role.relation in ("at", "near")
        for token in path:
            if token.pos in ("VERB", "AUX"):
                if token.dep == "ccomp" or not (loose or token.dep in ("conj", "xcomp")):
                    return _FAR
                cost += {"conj": 3.0, "relcl": 4.0, "acl": 3.0, "xcomp": 1.0}.get(token.dep, 6.0)
            elif token.pos == "ADP" and token.lower in _THEMES and self.kind not in _AIMED:
                cost += 2.0 if self.kind in DEEDS and token.lower in ("to", "at") else _FAR
        return cost

    def _at_subject(self, role: PlaceRole, path: list[Token]) -> float:
        """Hung on who did it: gunmen in X, but no ministers or embassies."""
        if role.relation not in ("at", "near") or any(t.lemma in _SPEAKERS for t in path):
            return _FAR
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
                return cost if fronted or self.kind not in _WORDS_ONLY else _FAR
            if up.i in lineage:
                return self._sister(role, up, cost)
            token = up
        return _FAR

    def _step(self, token: Token, fronted: bool) -> float:
        """What going up from a clause to the one over it costs."""
        if token.pos not in ("VERB", "AUX"):
            return 1.0
        if token.dep == "ccomp":
            return 1.5 if fronted else _FAR
        return {"conj": 1.0, "xcomp": 1.0, "acl": 1.5, "relcl": 2.0, "pcomp": 2.0}.get(
            token.dep, 3.0
        )

    def _sister(self, role: PlaceRole, over: Token, cost: float) -> float:
        """Hung on a neighbour under a word above: only objects of the verb above and what
        stands in them, for deeds."""
        if self.kind not in DEEDS or over.pos not in ("VERB", "AUX"):
            return _FAR
        path = []
        token = self.sentence.tokens[role.anchor]
        while token.i != over.i:
            path.append(token)
            token = self.sentence.head(token)
        if any(t.pos in ("VERB", "AUX") for t in path) or path[-1].dep in ("nsubj", "csubj"):
            return _FAR
        return cost + 1.0 + 0.5 * len(path)


def _inside(place: Place, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place.start < end for start, end in ranges)


def _dateline(places: Sequence[Place], masked: Sequence[tuple[int, int]]) -> Place | None:
    """The town that the first masked words name: the dateline's."""
    for place in places:
        if _inside(place, masked[:1]) and place.kind in ("city", "capital", *SITES):
            return place
    return None


def _another_day(date: When, scene: When) -> bool:
    """Whether the event has a time of its own that is not the scene's."""
    return date.text is not None and (date.start > scene.end or date.end < scene.start)


def _background(event: Event, sentence: Sentence) -> bool:
    """Whether the deed is told in the perfect tense, as of long standing: "has fought"."""
    return _helped_by(event, sentence, "aux", ("has", "have", "'s", "'ve"))


def _the_same(event: Event, sentence: Sentence) -> bool:
    """Whether the deed is spoken of as one already told: "the attack", "these raids"."""
    return _helped_by(event, sentence, "det", ("the", "this", "that", "these", "those", "both"))


def _helped_by(event: Event, sentence: Sentence, dep: str, words: Sequence[str]) -> bool:
    at = event.evidence.trigger.start
    trigger = next((t for t in sentence.tokens if t.start == at), None)
    return trigger is not None and any(t.lower in words for t in sentence.kids(trigger.i, dep))


def _countries(event: Event) -> frozenset[str]:
    return frozenset(a.country for a in (*event.actors, *event.recipients) if a.country)


def place_phrases(sentence: Sentence) -> list[tuple[Token, Token]]:
    """(preposition, head of the name) of every phrase that may name a place, in text order."""
    out = []
    for token in sentence.tokens:
        if token.dep == "pobj" and token.pos == "PROPN" and token.ent in _PLACE_ENTS:
            prep = sentence.head(token)
            if prep.lower in _STATIC or prep.lower in _GOAL:
                out.append((prep, token))
    return out


def name_run(sentence: Sentence, head: Token) -> list[Token]:
    """The capitalised words of a name that ends at ``head``."""
    first = head.i
    while first > 0:
        before = sentence.tokens[first - 1]
        if before.pos not in ("PROPN", "ADJ") or not before.text[:1].isupper():
            break
        first -= 1
    return sentence.tokens[first : head.i + 1]
