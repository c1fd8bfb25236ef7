"""Mends for systematic mistakes of the parser, before anything reads the tree."""

from __future__ import annotations

from crisiswire.parsing.tree import Sentence

_NAMES = frozenset({"US", "USA", "UK", "EU", "UN", "U.S.", "U.N.", "U.K.", "E.U.", "U.S.A."})


def repair(sentence: Sentence) -> Sentence:
    """The same sentence with known tagging mistakes mended, in place."""
    for token in sentence.tokens:
        if token.text in _NAMES and token.pos != "PROPN":
            token.pos, token.tag = "PROPN", "NNP"
    return sentence
