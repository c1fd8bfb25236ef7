"""According to whom: the speaker of a clause, the verb of saying, and whether it is a quote."""

from __future__ import annotations

from crisiswire.coding.parties import Parties
from crisiswire.knowledge.operators import Operators
from crisiswire.model import Attribution, AttributionKind
from crisiswire.parsing.clauses import Clauses
from crisiswire.parsing.tree import Token

_MATRIX = ("ccomp", "parataxis", "dep", "pcomp", "advcl")
_QUOTES = '"“”'


def find_attribution(
    trigger: int, clauses: Clauses, parties: Parties, operators: Operators
) -> Attribution:
    """Who says that the event at ``trigger`` happened; the outlet when nobody is named."""
    sentence = clauses.sentence
    token = sentence.tokens[trigger]
    quoted = _inside_quotes(clauses, trigger)
    for verb in (token, *sentence.ancestors(token)):
        if verb.i != trigger and verb.pos in ("VERB", "AUX"):
            kind = operators.saying.get(verb.lemma)
            if kind and _reports(clauses, verb, trigger):
                return _spoken(clauses, parties, verb, kind, quoted)
        for kid in sentence.kids(verb.i, "parataxis", "ccomp", "advcl", "conj"):
            if kid.i != trigger and kid.lemma in operators.saying and _aside(clauses, kid, trigger):
                return _spoken(clauses, parties, kid, operators.saying[kid.lemma], quoted)
    according = _according(clauses)
    if according is not None:
        speaker = parties.at(according)
        if speaker is not None:
            return Attribution("statement", speaker.actor, "according to", False)
    return Attribution("outlet")


def _reports(clauses: Clauses, verb: Token, trigger: int) -> bool:
    """Whether the trigger stands in the clause that the verb of saying governs."""
    for kid in clauses.sentence.kids(verb.i, *_MATRIX, "xcomp"):
        if trigger in clauses.sentence.subtree(kid.i):
            return kid.pos in ("VERB", "AUX", "NOUN", "ADJ", "PROPN")
    return False


def _aside(clauses: Clauses, verb: Token, trigger: int) -> bool:
    """ "…, officials said": a verb of saying with a subject but no complement of its own."""
    inside = trigger in clauses.sentence.subtree(verb.i)
    has_subject = clauses.sentence.kid(verb.i, "nsubj") is not None
    return has_subject and not inside and clauses.sentence.kid(verb.i, "ccomp", "dobj") is None


def _spoken(
    clauses: Clauses, parties: Parties, verb: Token, kind: str, quoted: bool
) -> Attribution:
    speaker = next((r.actor for r in map(parties.at, clauses.subjects(verb.i)) if r), None)
    if speaker is None:
        return Attribution("outlet")
    named: AttributionKind = "denial" if kind == "denial" else "quote" if quoted else "statement"
    return Attribution(named, speaker, verb.text, quoted)


def _according(clauses: Clauses) -> int | None:
    tokens = clauses.sentence.tokens
    for token in tokens:
        if token.lower == "according" and token.i + 1 < len(tokens):
            to = tokens[token.i + 1]
            pobj = clauses.sentence.kid(to.i, "pobj") or clauses.sentence.kid(token.i, "pobj")
            if to.lower == "to" and pobj is not None:
                return pobj.i
    return None


def _inside_quotes(clauses: Clauses, trigger: int) -> bool:
    """Whether an odd number of quotation marks stands before the trigger."""
    marks = sum(t.text in _QUOTES or t.text in ("``", "''") for t in clauses.tokens[:trigger])
    after = any(t.text in _QUOTES or t.text in ("``", "''") for t in clauses.tokens[trigger:])
    return marks % 2 == 1 and after
