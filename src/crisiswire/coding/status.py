"""Whether it happened: actual, negated, future, hypothetical or historical, with a reason."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, cast

from crisiswire.coding.governing import Governing, Link
from crisiswire.coding.matching import Match
from crisiswire.coding.records import Heard
from crisiswire.knowledge.operators import Operators
from crisiswire.model import Status
from crisiswire.parsing.tree import Sentence

_PROSPECT = frozenset(
    """threat risk possibility prospect danger fear likelihood chance face specter spectre event
    case""".split()
)
TimeTold = Literal["past", "near"] | None
# Added to the logarithms of the model's probabilities; fitted on the corpus's validation part.
_RULES: Mapping[Status, float] = {
    "actual": 1.5, "negated": 3.0, "future": 4.0, "hypothetical": 1.5, "historical": 0.0
}  # fmt: skip
_TIME: Mapping[TimeTold, float] = {"past": 2.0, "near": 0.0, None: 0.0}
_NEVER_FUTURE = frozenset("AGREE AID CONSULT COOPERATE SUPPORT".split())  # AGREE is
_CONDITIONS = frozenset({"if", "unless", "provided", "lest"})
_INVERTED = frozenset({"should", "were", "had"})


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
    found = _planned(match, operators, sentence)
    verbs = [c for c in carriers if sentence.tokens[c].pos in ("VERB", "AUX")]
    for v in verbs:
        found = found or _of_verb(v, governing, sentence)
    for link in links:
        token = sentence.tokens[link.i]
        effect = operators.status_effect(token.lemma)
        deed = link.relation in ("clause", "ing") and token.lemma not in operators.saying
        if deed and governing.negated(link.i):
            return "negated", f"“{token.text}” is negated"
        if operators.saying.get(token.lemma) == "denial" and link.relation != "subject":
            return "negated", f"“{token.text}”"
        if _going_to(sentence, link):
            found = found or ("future", "going to")
        if link.relation == "purpose" and match.entry.type != "PROTEST":  # "gathered to protest"
            return found or ("hypothetical", "a purpose, not a deed")
        if token.pos == "NOUN" and token.lemma in _PROSPECT:
            return "hypothetical", f"“{token.text}”"
        short = token.lemma == "stop" and any(k.lower == "short" for k in sentence.kids(link.i))
        if effect == "negated" or short:
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


def _planned(match: Match, operators: Operators, sentence: Sentence) -> tuple[Status, str] | None:
    """ "plans a strike", "is considering sanctions", "Cairo to deport migrants"."""
    if match.light is not None:
        token = sentence.tokens[match.light]
        effect = operators.status_effect(token.lemma)
        if effect == "future":
            return "future", f"“{token.text}”"
        if effect == "hypothetical":
            return "hypothetical", f"“{token.text}”"
    token = sentence.tokens[match.i]
    if token.tag == "VB" and token.dep == "ROOT" and _infinitive(sentence, token.i):
        return "future", "a headline's infinitive"
    return None


def _going_to(sentence: Sentence, link: Link) -> bool:
    token = sentence.tokens[link.i]
    return (
        token.lower == "going" and link.relation == "clause" and _infinitive(sentence, link.below)
    )


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
        kids = {k.lower for k in sentence.kids(v, "aux", "advmod")}
        done = {"already", "have"} <= kids  # "will already have left": supposed to be past
        return ("actual", "will already have") if done else ("future", "will")
    if modal == "would":
        token = sentence.tokens[v]
        if on_condition(v, sentence):
            return "hypothetical", "would, on a condition"
        said = token.dep == "ccomp" or sentence.head(token).dep == "ccomp"
        return ("future", "would, in reported speech") if said else ("hypothetical", "would")
    if modal == "may":
        return "hypothetical", "may, might, could or can"
    if modal == "obligation":
        return "hypothetical", "must or should"
    return None


def on_condition(v: int, sentence: Sentence) -> bool:
    """Whether an if-clause, or an inverted one ("should it fail"), hangs on the verb or stands
    with the verb of saying above it."""
    head = sentence.head(sentence.tokens[v])
    for clause in (*sentence.kids(v, "advcl", "ccomp"), *sentence.kids(head.i, "advcl")):
        marks = {k.lower for k in sentence.kids(clause.i, "mark", "advmod")}
        first = sentence.tokens[sentence.subtree(clause.i)[0]]
        inverted = first.dep in ("aux", "auxpass", "ROOT", "advcl") and first.lower in _INVERTED
        if clause.i != v and (marks & _CONDITIONS or inverted):
            return True
    return False


def weigh(
    rules: Status, reason: str, kind: str, heard: Heard | None, told: TimeTold = None
) -> tuple[Status, str]:
    """One status of the rules' and the event model's, and why. ``heard`` is None without a model,
    ``kind`` the event's type, ``told`` whether a time told with the event lies more than a year
    before the article ("past") or not ("near")."""
    if heard is None:
        past = rules == "actual" and told == "past"
        return ("historical", "told of a time over a year before") if past else (rules, reason)
    scores = {s: math.log(max(p, 1e-9)) for s, p in heard.statuses.items()}
    scores[rules] += _RULES[rules]
    scores["historical"] += _TIME[told]
    if told == "near" and rules != "historical":
        del scores["historical"]
    if heard.composed and rules == "actual":  # the act is one of words, whatever they tell
        scores = {s: x for s, x in scores.items() if s in ("actual", "historical")}
    elif kind in _NEVER_FUTURE:
        ahead = scores.pop("future")
        if rules == "future" and kind != "AGREE":  # "preparing to help": not done yet, at least
            scores["hypothetical"] = max(scores["hypothetical"], ahead)
    best = max(scores, key=lambda s: scores[s])
    if best == rules:
        return rules, reason
    time = "told of a time over a year before; " if (best, told) == ("historical", "past") else ""
    return cast(Status, best), f"{time}event model {heard.statuses[best]:.2f}"
