"""What each place name of a sentence says: that something is in it, near it, goes to it, comes
from it, is aimed at it or done to it; or nothing of the kind (an owner, a government).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crisiswire.model import Place
from crisiswire.parsing.tree import NOMINAL, Sentence, Token

Relation = Literal["at", "near", "on", "goal", "source", "against", "object", "of"]

_RELATIONS: dict[str, Relation] = {
    **dict.fromkeys("in inside across within throughout along at through".split(), "at"),
    **dict.fromkeys("near outside around off beyond beside opposite".split(), "near"),
    **dict.fromkeys("on over upon".split(), "on"),
    **dict.fromkeys("to into toward towards onto for".split(), "goal"),
    "from": "source",
    "out": "source",
    "against": "against",
}
_DIRECTIONS = frozenset(
    """north south east west northeast northwest southeast southwest northward southward eastward
    westward""".split()
)
# Nouns that only say what the place is: "the city of X", "X province", "the jungle of X".
_KINDS_OF_PLACE = frozenset(
    """airbase airfield airport area archipelago avenue base basin bay bridge camp canton capital
    checkpoint city compound corridor countryside county crossing dam delta desert district
    emirate enclave exclave field forest gorge governorate gulf hamlet harbor harbour heart
    heartland heights highlands hill hills island islands jail jungle junction kibbutz lake line
    locality mall market mine mount mountain mountains municipality neighborhood neighbourhood
    north northeast northwest oblast outpost palace part parts pass peninsula place plain plains
    plant port prefecture prison province quarter refinery region republic resort river road
    settlement site sites south southeast southwest square stadium state station steppe strait
    streets street stretch stronghold territory town townlet township tract tunnel valley
    village villages waters west east zone site shore""".split()
)
_EDGES = frozenset(
    """border borders boundary coast coastline edge edges environs fringe fringes frontier gate
    gates limits outskirts perimeter shores suburb suburbs surroundings vicinity""".split()
)
_WAYS = frozenset(
    """area border bridge corridor frontier front frontline highway line midway motorway pass
    railway road roads route stretch track trail way""".split()
)
_BORDERS = frozenset({"border", "frontier", "boundary"})
_LENGTHS = frozenset({"kilometre", "kilometer", "km", "mile"})
_CLOSE = frozenset({"close", "next", "adjacent", "nearer", "closer", "opposite"})
_MODIFIES = frozenset({"compound", "nmod", "amod", "npadvmod", "nummod"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name at tokens ``first`` to ``last`` (exclusive) of a sentence; ``head`` is the
    token that the rest of the sentence sees."""

    place: Place
    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class PlaceRole:
    """How a mention stands to the word ``anchor``. ``first`` is the first token of the phrase,
    ``near`` whether only the neighbourhood of the place is meant, ``listed`` whether it is a
    further item of a list and ``owner`` whether it stands as "X's" before a finer place."""

    mention: Mention
    relation: Relation
    anchor: int
    first: int
    near: bool = False
    listed: bool = False
    owner: bool = False


def mentions_of(sentence: Sentence, places: Sequence[Place]) -> list[Mention]:
    """The places that lie in the sentence, with their tokens."""
    out = []
    for place in places:
        if not sentence.start <= place.start < sentence.end:
            continue
        inside = [t for t in sentence.tokens if t.start < place.end and t.end > place.start]
        if inside:
            span = {t.i for t in inside}
            heads = [t for t in inside if t.head not in span or t.head == t.i]
            out.append(Mention(place, inside[0].i, inside[-1].i + 1, (heads or inside)[-1].i))
    return out


def place_roles(sentence: Sentence, mentions: Sequence[Mention]) -> list[PlaceRole]:
    """The roles of the mentions that may say where something happened, in text order."""
    finder = _RoleFinder(sentence, mentions)
    found = (finder.role(mention) for mention in mentions)
    return [role for role in found if role is not None]


class _RoleFinder:
    def __init__(self, sentence: Sentence, mentions: Sequence[Mention]) -> None:
        self.sentence = sentence
        self.named = {i for m in mentions for i in range(m.first, m.last)}

    def role(self, mention: Mention) -> PlaceRole | None:
        """Climbs from the name over the words that only say what it is to the preposition or
        verb that uses it."""
        token = self.sentence.tokens[mention.head]
        near = listed = owner = False
        for _ in range(len(self.sentence.tokens)):
            head = self.sentence.head(token)
            if head.i == token.i:
                return None
            if token.dep in _MODIFIES or token.dep == "poss":
                if not self._describes(head):
                    return None
                owner = owner or head.i in self.named
                near = near or _is(head, _EDGES)
            elif token.dep == "appos" and head.pos in NOMINAL:
                pass
            elif token.dep == "conj" and head.pos in NOMINAL:
                listed = True
            elif token.dep == "pobj":
                step = self._over(head)
                if isinstance(step, tuple):
                    relation, anchor, beside = step
                    return PlaceRole(
                        mention, relation, anchor, head.i, near or beside, listed, owner
                    )
                if step is None:
                    return None
                near = near or _is(step, _EDGES)
                head = step
            elif token.dep in ("dobj", "nsubjpass"):
                return PlaceRole(mention, "object", head.i, token.i, near, listed, owner)
            else:
                return None
            token = head
        return None

    def _describes(self, noun: Token) -> bool:
        """Whether the noun after a name only says what the place is, or is a place itself."""
        return noun.i in self.named or _is(noun, _EDGES) or _is(noun, _KINDS_OF_PLACE)

    def _over(self, prep: Token) -> tuple[Relation, int, bool] | Token | None:
        """What a preposition makes of the name: a role (relation, anchor, beside), the noun to
        climb to, or None."""
        over, word = self.sentence.head(prep), prep.lower
        if word == "of":
            if over.lower in _DIRECTIONS and over.dep in ("advmod", "npadvmod", "prep"):
                return "near", over.head, True
            if over.pos in NOMINAL and (_is(over, _KINDS_OF_PLACE) or _is(over, _EDGES)):
                return over
            if over.pos == "ADP":  # outside of, out of
                relation = _RELATIONS.get(over.lower)
                return None if relation is None else (relation, over.head, relation == "near")
            return ("of", over.i, False) if over.pos in NOMINAL else None
        if word in ("with", "to", "from", "by") and _is(over, _BORDERS):
            return over
        if word == "to" and over.lower in _CLOSE:
            return "near", over.head, True
        if word == "from" and over.lower == "away":
            return "near", over.head, True
        if word == "between":
            return self._between(over)
        if word == "from" and _is(over, _LENGTHS):
            return "near", over.head, True
        relation = _RELATIONS.get(word)
        if relation is None:
            return None
        if over.pos == "ADP" and over.dep in ("prep", "advmod"):  # from inside, up to, in near
            over = self.sentence.head(over)
        return relation, over.i, relation == "near"

    def _between(self, over: Token) -> tuple[Relation, int, bool] | Token | None:
        if _is(over, _WAYS):
            up = self.sentence.head(over)
            if over.dep == "pobj" and up.pos == "ADP":
                return "near", self.sentence.head(up).i, True
            return "near", over.i, True
        return None


def _is(token: Token, words: frozenset[str]) -> bool:
    return token.lower in words or token.lemma.lower() in words
