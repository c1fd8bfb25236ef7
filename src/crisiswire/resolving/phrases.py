"""A phrase on its own: whom it names, for ``crisiswire resolve``."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from crisiswire.parsing.tree import NOMINAL, Sentence
from crisiswire.resolving.records import Background, Resolved

if TYPE_CHECKING:
    from crisiswire.pipeline import Coder


def resolve_phrase(
    coder: Coder, phrase: str, day: dt.date, context: str = "", known_country: str | None = None
) -> Resolved | None:
    """The actor that ``phrase`` names on ``day``; ``context`` is text around it and
    ``known_country`` the country it is known to belong to. None for a phrase without words."""
    sentences = coder.parser.parse_phrase(phrase)
    if not sentences:
        return None
    sentence = sentences[0]
    hits = coder.names.find(phrase, certain=True)
    countries = [known_country] if known_country else []
    for hit in coder.names.find(context):
        if hit.known:
            code = hit.known[0].at(day).country
            if code and code not in countries:
                countries.append(code)
    background = Background(tuple(countries), countries[0] if countries else None)
    words = sentence.tokens
    head = _head(sentence)
    found = coder.resolver.resolve(sentence, head, hits, day, background, words)
    if not found.known and sentence.tokens[head].pos == "PRON":
        return replace(
            found, actor=replace(found.actor, sectors=("UNK",)), reason="a pronoun alone"
        )
    return found


def _head(sentence: Sentence) -> int:
    """The head noun: the person that a title names, else the last noun before the first
    preposition, comma or clause."""
    last = None
    for token in sentence.tokens:
        if token.head == token.i and token.pos == "PROPN" and token.ent == "PERSON":
            return token.i
    for token in sentence.tokens:
        if token.dep == "amod" and (token.tag in ("VBN", "VBG") or token.head < token.i):
            continue  # "US-backed rebels", "forces loyal to"
        if last is not None and (token.pos in ("ADP", "PUNCT", "VERB", "AUX", "CCONJ", "SCONJ")):
            if token.text in ("-", "'", ".", "/") or token.tag == "POS":
                continue
            break
        if token.pos in NOMINAL or token.pos in ("ADJ", "X"):
            last = token.i
    return last if last is not None else 0
