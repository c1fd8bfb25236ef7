"""Personal pronouns, and which nouns they may stand for."""

from __future__ import annotations

from crisiswire.parsing.tree import Sentence, Token

SINGULAR_PERSON = frozenset("he him his she her hers himself herself".split())
THING = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
PRONOUNS = SINGULAR_PERSON | THING | PLURAL
OTHER_PRONOUNS = frozenset(
    """i we you us me my our your this that there what which who whom these those one each other
    both all others someone anyone everyone nobody nothing everything something""".split()
)


def agrees(sentence: Sentence, pronoun: Token, noun: Token) -> bool:
    """Whether the pronoun may stand for the noun, by number and kind."""
    plural = noun.tag in ("NNS", "NNPS") or sentence.kid(noun.i, "conj") is not None
    person = noun.ent == "PERSON"
    if pronoun.lower in SINGULAR_PERSON:
        return not plural and noun.ent not in ("GPE", "ORG", "NORP")
    if pronoun.lower in THING:
        return not plural and not person
    return not person
