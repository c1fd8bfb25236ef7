"""Whether it happened: actual, negated, future, hypothetical or historical, with a reason."""

from __future__ import annotations

from crisiswire.coding.governing import Governing
from crisiswire.coding.matching import Match
from crisiswire.knowledge.operators import Operators
from crisiswire.model import Status
from crisiswire.parsing.tree import Sentence

_PROSPECT = frozenset(
    """threat risk possibility prospect danger fear likelihood chance face specter spectre event
    case""".split()
)


def find_status(
    match: Match, governing: Governing, operators: Operators, sentence: Sentence
) -> tuple[Status, str]:
    """Status of the trigger of ``match`` and why; "historical" needs the date and is set later."""
    carriers = [match.i] if match.light is None else [match.i, match.light]
    links = [link for c in carriers[-1:] for link in governing.chain(c)]
    for c in carriers:
        if governing.conditional(c):
            return "hypothetical", "in an if-clause"
        if governing.negated(c) or (match.theme is not None and _no(sentence, match.theme)):
            return "negated", f"“{sentence.tokens[c].text}” is negated"
    verbs = [c for c in carriers if sentence.tokens[c].pos in ("VERB", "AUX")]
    found: tuple[Status, str] | None = None
    for v in verbs:
        found = found or _of_verb(v, governing, sentence)
    for link in links:
        token = sentence.tokens[link.i]
        effect = operators.status_effect(token.lemma)
        deed = link.relation in ("clause", "ing") and token.lemma not in operators.saying
        if deed and governing.negated(link.i):
            return "negated", f"“{token.text}” is negated"
        if link.relation == "purpose" and match.entry.type != "PROTEST":  # "gathered to protest"
            return found or ("hypothetical", "a purpose, not a deed")
        if token.pos == "NOUN" and token.lemma in _PROSPECT:
            return "hypothetical", f"“{token.text}”"
        if effect == "negated":
            return "negated", f"“{token.text}”"
        if effect in ("future", "hypothetical") and _governs(link.relation, token.pos):
            status: Status = "future" if effect == "future" else "hypothetical"
            found = found or (status, f"“{token.text}”")
        if token.lemma == "be" and link.relation == "clause" and _infinitive(sentence, link.below):
            found = found or ("future", "is to")
        if token.pos in ("VERB", "AUX") and token.lemma not in operators.saying:
            found = found or _of_verb(link.i, governing, sentence)
        elif token.lemma in operators.saying:
            break
    return found or ("actual", "told as fact")


def _infinitive(sentence: Sentence, v: int) -> bool:
    return any(k.lower == "to" for k in sentence.kids(v, "aux"))


def _governs(relation: str, pos: str) -> bool:
    return relation in ("clause", "ing") or pos == "NOUN" or relation == "noun"


def _no(sentence: Sentence, i: int) -> bool:
    return any(k.dep == "det" and k.lower == "no" for k in sentence.kids(i))


def _of_verb(v: int, governing: Governing, sentence: Sentence) -> tuple[Status, str] | None:
    modal = governing.modal(v)
    if governing.conditional(v):
        return "hypothetical", "in an if-clause"
    if modal == "will":
        return "future", "will"
    if modal == "would":
        token = sentence.tokens[v]
        said = token.dep == "ccomp" or sentence.head(token).dep == "ccomp"
        return ("future", "would, in reported speech") if said else ("hypothetical", "would")
    if modal == "may":
        return "hypothetical", "may, might, could or can"
    if modal == "obligation":
        return "hypothetical", "must or should"
    return None
