"""All candidates of a sentence; also of predicates that no lexicon entry knows.

A verb or noun between two parties may tell an event in words that the lexicon lacks. Such a
candidate has no type until the model gives it one; without a model none is made.
"""

from __future__ import annotations

from crisiswire.coding.candidates import CandidateMaker
from crisiswire.coding.matching import Match, Matcher
from crisiswire.coding.parties import Parties, other
from crisiswire.coding.records import Candidate
from crisiswire.coding.status import find_status
from crisiswire.knowledge.lexicon import Entry, Lexicon, lexicon
from crisiswire.knowledge.operators import Operators
from crisiswire.parsing.clauses import Clauses
from crisiswire.parsing.tree import Token
from crisiswire.resolving.records import Resolved

_EMPTY = frozenset("be have do seem appear become remain include mean need want think know".split())
_AFTER_VERB = ("to", "with", "against", "on", "for", "from", "over", "of", "at", "into", "in", "by")
_AFTER_NOUN = ("to", "with", "against", "on", "for", "of", "over", "from")


def propose(
    clauses: Clauses,
    parties: Parties,
    entries: Lexicon,
    operators: Operators,
    *,
    open_frames: bool,
) -> list[Candidate]:
    """All candidates of a sentence, before any is judged or dropped, by trigger."""
    matcher = Matcher(entries, clauses)
    matches = matcher.matches()
    maker = CandidateMaker(clauses, parties, matches, operators)
    found = maker.candidates()
    if open_frames:
        taken = {i for m in matches for i in (m.i, m.theme, m.light) if i is not None}
        taken |= matcher.refused | maker.operating | {c.trigger for c in found}
        found += _open_candidates(maker, taken)
    return sorted(found, key=lambda c: c.trigger)


def _open_candidates(maker: CandidateMaker, taken: set[int]) -> list[Candidate]:
    """Candidates of the sentence's verbs and nouns that are not ``taken`` (token numbers)."""
    out = []
    idle = _EMPTY.union(maker.operators.saying)
    for token in maker.sentence.tokens:
        if token.i in taken:
            continue
        if token.pos == "VERB" and token.lemma not in idle:
            sides = _of_verb(maker, token)
        elif token.pos == "NOUN" and not token.ent:
            sides = _of_noun(maker, token)
        else:
            continue
        if sides is not None:
            out.append(_candidate(maker, token, *sides))
    return out


def _of_verb(maker: CandidateMaker, token: Token) -> tuple[list[Resolved], list[Resolved]] | None:
    """Doers and whoever stands in the object, after a preposition or inside the object."""
    if (
        token.dep in ("aux", "auxpass", "amod", "prep")
        or maker.governing.capture(token.i) is not None
    ):
        return None
    plans = maker.operators.status_effect(token.lemma) is not None
    if plans and maker.sentence.kid(token.i, "xcomp") is not None:
        return None  # "failed to help": the deed is below
    actors = [r for r in maker.parties.doers(token.i) if r.known]
    if not actors:
        return None
    weapons = lexicon().classes["WEAPONS"]  # "used rockets against X"
    tokens = maker.sentence.tokens
    heads = [o for o in maker.clauses.objects(token.i) if tokens[o].lemma not in weapons
             and not any(k.tag == "PRP$" for k in maker.sentence.kids(o, "poss"))]  # fmt: skip
    if any(maker.speakers.responsible(h) is not None for h in heads):
        return None  # "claimed responsibility for it": the deed is the event
    governed = maker.clauses.prepositions(token.i)
    places = [maker.clauses.indirect(token.i), heads, *(governed.get(p, []) for p in _AFTER_VERB)]
    if token.lemma in lexicon().classes["GIVING"]:  # "sent experts to X"
        places.insert(0, governed.get("to", []) or governed.get("into", []))
    for place in places:
        found = other(maker.parties.known(place), actors)
        if found:
            return actors, found
    found = maker.filler.resorts.recipients(Match(token.i, open_entry(token)), actors)
    return (actors, found) if found else None


def _of_noun(maker: CandidateMaker, token: Token) -> tuple[list[Resolved], list[Resolved]] | None:
    """The noun's owner and the party after its preposition: "Iran's outreach to Egypt"."""
    whole = maker.parties.at(token.i)
    if whole is not None and whole.actor.sectors:
        return None  # a party itself: "the army of Chad"
    actors = maker.parties.owners(token.i)
    governed = maker.clauses.prepositions(token.i)
    by = maker.parties.known(governed.get("by", []))
    for preposition in _AFTER_NOUN:
        found = other(maker.parties.known(governed.get(preposition, [])), by or actors)
        if found and (by or actors):
            return by or actors, found
    return None


def open_entry(token: Token) -> Entry:
    """The entry of a word that the lexicon lacks."""
    kind = "verb" if token.pos == "VERB" else "noun"
    return Entry("", kind, (token.lemma,), "the words around it")


def _candidate(
    maker: CandidateMaker, token: Token, actors: list[Resolved], recipients: list[Resolved]
) -> Candidate:
    match = Match(token.i, open_entry(token))
    status, reason = find_status(match, maker.governing, maker.operators, maker.sentence)
    why = {"entry": match.entry.source, "trigger": token.lemma, "status": reason}
    return Candidate(token.i, "", None, (), None, actors, recipients, status, 0.0,
                     token.pos == "NOUN", match, None, why)  # fmt: skip
