"""Mends for systematic mistakes of the parser, before anything reads the tree."""

from __future__ import annotations

from crisiswire.knowledge.files import verb_lemmas
from crisiswire.parsing.tree import Sentence, Token

_NAMES = frozenset("US USA UK EU UN U.S. U.N. U.K. E.U. U.S.A.".split())
_OF_STATE = frozenset({"'état", "'etat", "’état", "’etat", "'affaires", "’affaires"})


def repair(sentence: Sentence) -> Sentence:
    """The same sentence with known tagging and lemma mistakes mended, in place."""
    lemmas = verb_lemmas()
    for token in sentence.tokens:
        if token.text in _NAMES and token.pos != "PROPN":
            token.pos, token.tag = "PROPN", "NNP"
        if token.dep == "acl" and token.tag == "VBD":  # "missiles fired at the port"
            token.tag = "VBN"
        if token.pos == "NOUN" and token.lower in lemmas and sentence.kid(token.i, "nsubj"):
            token.pos, token.tag = "VERB", "VBD"
        if token.pos == "VERB" and token.lower in lemmas:
            token.lemma = lemmas[token.lower]
        if token.dep == "appos" and _listed(sentence, token):
            token.dep = "conj"  # "the United States, France and Italy"
        if token.lower == "dead" and token.dep == "amod" and token.i:
            _shot_dead(sentence, token)
        if token.lower == "general" and token.i >= 2:
            _join_title(sentence, token.i)
        if token.lower.startswith("d") and token.lower[1:] in _OF_STATE and token.i:
            _lead(sentence, token.i)
    return sentence.link()


def _listed(sentence: Sentence, token: Token) -> bool:
    """Whether a seeming apposition is one of a list of countries."""
    head = sentence.head(token)
    return token.ent == head.ent == "GPE" and sentence.kid(token.i, "conj") is not None


def _join_title(sentence: Sentence, i: int) -> None:
    """ "secretary-general of X": the last half is the head, as of any compound."""
    title, last = sentence.tokens[i - 2], sentence.tokens[i]
    if sentence.tokens[i - 1].text != "-" or last.head != title.i:
        return
    for kid in sentence.kids(title.i):
        kid.head = i
    last.head = i if title.head == title.i else title.head
    last.dep, last.pos, last.tag = title.dep, title.pos, title.tag
    title.head, title.dep = i, "compound"
    sentence.link()


def _lead(sentence: Sentence, i: int) -> None:
    """ "coup d'état": the first word is the head, the last its complement."""
    first, last = sentence.tokens[i - 1], sentence.tokens[i]
    if first.head != i or first.pos not in ("NOUN", "PROPN"):
        return
    for kid in sentence.kids(i):
        kid.head = first.i
    first.head = first.i if last.head == i else last.head
    first.dep, first.pos, first.tag = last.dep, "NOUN", "NN"
    last.head, last.dep = first.i, "nmod"
    sentence.link()


def _shot_dead(sentence: Sentence, token: Token) -> None:
    """ "shot dead scores of people": the outcome belongs to the verb."""
    verb = sentence.tokens[token.i - 1]
    if verb.pos == "VERB" and verb.lemma in ("shoot", "leave", "find", "stab"):
        token.head, token.dep = verb.i, "oprd"
        sentence.link()
