"""Where it happened: the place phrase of the event's own clause, resolved by the gazetteer."""

from __future__ import annotations

from collections.abc import Sequence

from crisiswire.knowledge.gazetteer import Gazetteer
from crisiswire.model import Place
from crisiswire.parsing.tree import Sentence, Token
from crisiswire.resolving.places import to_place

_STATIC = frozenset(
    """in at near outside around inside across on off within throughout over along north south
    east west""".split()
)
_GOAL = frozenset({"to", "into", "toward", "towards", "for"})
_MOVING = frozenset({"MOBILIZE", "AID", "CONSULT", "RETREAT", "COOPERATE"})
_PLACE_ENTS = frozenset({"GPE", "LOC", "FAC", "ORG", "PERSON", ""})


def place_phrases(sentence: Sentence) -> list[tuple[Token, Token]]:
    """(preposition, head of the name) of every phrase that may name a place, in text order."""
    out = []
    for token in sentence.tokens:
        if token.dep == "pobj" and token.pos == "PROPN" and token.ent in _PLACE_ENTS:
            prep = sentence.head(token)
            if prep.lower in _STATIC or prep.lower in _GOAL:
                out.append((prep, token))
    return out


def place_of(
    sentence: Sentence, trigger: int, kind: str, gazetteer: Gazetteer, countries: Sequence[str]
) -> Place | None:
    """The place of the event at ``trigger``: the nearest fitting phrase under the trigger, a verb
    above it or their objects; ``countries`` rank namesakes, most likely first."""
    chain = {trigger, *(a.i for a in sentence.ancestors(sentence.tokens[trigger]))}
    best: tuple[int, Token] | None = None
    for prep, name in place_phrases(sentence):
        if prep.lower in _GOAL and kind not in _MOVING:
            continue
        over = sentence.head(prep)
        near = {over.i, *(a.i for a in list(sentence.ancestors(over))[:2])}
        if not chain & near:
            continue
        order = 2 * abs(prep.i - trigger) + (0 if prep.lower in _STATIC else 1)
        if over.pos == "PROPN" or (
            over.pos == "NOUN" and over.dep == "nsubj" and over.i != trigger
        ):
            order += 60  # "troops in X" describe the party
        if best is None or order < best[0]:
            best = (order, name)
    return None if best is None else _place(sentence, best[1], gazetteer, countries)


def name_run(sentence: Sentence, head: Token) -> list[Token]:
    """The capitalised words of a name that ends at ``head``."""
    first = head.i
    while first > 0:
        before = sentence.tokens[first - 1]
        if before.pos not in ("PROPN", "ADJ") or not before.text[:1].isupper():
            break
        first -= 1
    return sentence.tokens[first : head.i + 1]


def _place(
    sentence: Sentence, head: Token, gazetteer: Gazetteer, countries: Sequence[str]
) -> Place | None:
    run = name_run(sentence, head)
    inside = [t for p in sentence.kids(head.i, "appos") for t in (p,) if t.pos == "PROPN"]
    hints = [*(i.text for i in inside)]
    while run:
        start, end = run[0].start, run[-1].end
        text = sentence.text[start - sentence.start : end - sentence.start]
        found = gazetteer.best(text, countries=countries, hints=hints)
        if found is not None:
            return to_place(text, start, end, found)
        run = run[1:]
    return None
