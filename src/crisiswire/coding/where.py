"""Where it happened: of all places that the sentence names the one that the event's own words
point at; else that of the sentence before; else the dateline's.

A place that owns, speaks, is spoken of or written to is none. What a place is to an event is a
matter of its type: deeds are done to places, words only in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crisiswire.coding.place_ranks import DEEDS, FAR, Ranking
from crisiswire.coding.place_roles import Mention, PlaceRole, mentions_of, place_roles
from crisiswire.knowledge.packed_places import SITES
from crisiswire.model import Article, Event, Place, When
from crisiswire.parsing.tree import Sentence, Token

_STATIC = frozenset(
    """in at near outside inside around across on off within throughout over along north south
    east west""".split()
)
_GOAL = frozenset({"to", "into", "toward", "towards", "for"})
_PLACE_ENTS = frozenset({"GPE", "LOC", "FAC", "ORG", "PERSON", ""})

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
        ranking = Ranking(sentence, trigger, kind)
        ranks = [(ranking.rank(role), role.first, role) for role in self._roles]
        rank, _, role = min(ranks, key=lambda r: r[:2], default=(FAR, 0, None))
        if role is None or rank >= FAR:
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
        other_day = event.date.text is None and any(t.ent == "DATE" for t in sentence.tokens)
        if other_day or _another_day(event.date, scene.date):
            return None
        if self._elsewhere(sentence, scene.place):
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
