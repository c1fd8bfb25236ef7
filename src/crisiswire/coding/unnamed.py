"""Sources that news does not name: "a senior official", "people familiar with the matter"."""

from __future__ import annotations

from dataclasses import replace

from crisiswire.knowledge.saying import saying_words
from crisiswire.model import Actor
from crisiswire.parsing.tree import Sentence
from crisiswire.resolving.records import Resolved

_TOLD_BY = ("amod", "acl", "relcl", "prep")


def is_unnamed(sentence: Sentence, head: int, party: Resolved) -> bool:
    """Whether a speaker, the noun phrase at token ``head``, is known by role only: "a minister
    who spoke on condition of anonymity"."""
    words, token = saying_words(), sentence.tokens[head]
    if token.pos == "PROPN" or token.ent == "PERSON" or token.lemma not in words.unnamed_heads:
        return False
    span = range(party.actor.start, party.actor.end)
    if any(t.ent == "PERSON" and t.start in span for t in sentence.tokens):
        return False
    if any(k.dep == "appos" and k.pos == "PROPN" for k in sentence.kids(head)):
        return False
    text = sentence.text.lower()
    if any(sign in text for sign in words.unnamed_signs):
        return True
    determiners = {k.lower for k in sentence.kids(head, "det", "nummod", "amod")}
    bare = token.tag == "NNS" and not sentence.kid(head, "det", "poss")
    return bare or bool(determiners & words.unnamed_determiners)


def with_sign(sentence: Sentence, head: int, actor: Actor) -> Actor:
    """The actor with the words that tell how the source is known: "people" becomes "people
    familiar with the matter"."""
    for kid in sentence.kids(head, *_TOLD_BY):
        inside = [sentence.tokens[i] for i in sentence.subtree(kid.i)]
        words = " ".join(t.lower for t in inside)
        follows = kid.i > head and inside[0].start - actor.end <= 1
        if follows and any(sign in words for sign in saying_words().unnamed_signs):
            end = inside[-1].end
            text = sentence.text[actor.start - sentence.start : end - sentence.start]
            name = text if actor.entity_id is None and not actor.sectors else actor.name
            return replace(actor, text=text, end=end, name=name)
    return actor
