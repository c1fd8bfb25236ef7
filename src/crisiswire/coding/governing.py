"""What stands above a trigger: operators that swallow it, and what they do to its status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crisiswire.knowledge.operators import Operators
from crisiswire.parsing.clauses import Clauses
from crisiswire.parsing.tree import Token

_CLAUSE = ("xcomp", "ccomp", "pcomp", "acl")
_NOUN = ("dobj", "nsubjpass", "pobj", "attr", "nsubj", "dative")
_WANTS_INFINITIVE = frozenset("tell order ask urge advise instruct command beg invite".split())
_ARGUMENTS = frozenset("nsubj nsubjpass dobj agent attr".split())
_ADVERBIAL = ("advmod", "npadvmod", "prep")
_NOBODY = frozenset("nobody none nothing no-one neither".split())
_OBLIGATION = frozenset({"must", "should", "shall", "ought"})
_NEED = frozenset({"have", "need", "ought", "got"})


@dataclass(frozen=True, slots=True)
class Link:
    """A governing word ``i`` and how the word below hangs on it: "clause", "ing" (gerund after
    a preposition), "noun" (object or governed noun), "subject" or "purpose"."""

    i: int
    relation: str
    below: int
    prep: str | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """An operator that swallows a trigger."""

    i: int
    effect: str
    relation: str


class Governing:
    """Governors of the words of one sentence."""

    def __init__(self, clauses: Clauses, operators: Operators) -> None:
        self.clauses, self.sentence = clauses, clauses.sentence
        self.operators = operators

    def chain(self, i: int) -> Iterator[Link]:
        """Governing words from the nearest outwards, to the edge of the clause complex."""
        token, seen = self.sentence.tokens[i], {i}
        while True:
            link = self._up(token)
            if link is None or link.i in seen:
                return
            seen.add(link.i)
            if link.relation != "same":
                yield link
            token = self.sentence.tokens[link.i]

    def _up(self, token: Token) -> Link | None:
        head = self.sentence.head(token)
        if head.i == token.i:
            return None
        if token.dep == "conj":
            return Link(head.i, "same", token.i)
        if head.pos == "ADP" and token.dep in ("pcomp", "pobj"):
            over = self.sentence.head(head)
            if over.pos == "ADP" or over.lower == "short":  # "stopped short of"
                over = self.sentence.head(over)
            relation = "ing" if token.dep == "pcomp" else "noun"
            if over.pos in ("VERB", "AUX", "NOUN", "ADJ"):
                return Link(over.i, relation, token.i, head.lower)
            return None
        if token.dep in _CLAUSE and token.pos in ("VERB", "AUX"):
            if token.dep == "acl" and token.tag != "VB":
                return None
            return Link(head.i, "clause", token.i)
        if token.dep == "advcl":
            to = any(t.lower == "to" for t in self.sentence.kids(token.i, "aux", "mark"))
            return Link(head.i, "purpose", token.i) if to and token.tag == "VB" else None
        if token.dep in _NOUN and head.pos in ("VERB", "AUX") and token.pos in ("NOUN", "PROPN"):
            return Link(head.i, "subject" if token.dep == "nsubj" else "noun", token.i)
        if token.dep in ("acomp", "oprd", "attr") and head.pos in ("VERB", "AUX"):
            return Link(head.i, "same", token.i)
        return None

    def capture(self, i: int) -> Capture | None:
        """The nearest operator that swallows the trigger at ``i``; transparent words and light
        verbs are passed through."""
        nominal = self.sentence.tokens[i].pos in ("NOUN", "PROPN")
        for link in self.chain(i):
            token = self.sentence.tokens[link.i]
            effect = self.operators.capturing(token.lemma)
            if effect is not None and self._takes(effect, link, token):
                return Capture(link.i, effect, link.relation)
            if link.relation in ("subject", "purpose"):
                return None
            if nominal and token.pos in ("NOUN", "ADJ"):
                return None
            light = token.lemma in self.operators.light_actor
            if not light and self.operators.status_effect(token.lemma) is None:
                return None
        return None

    def takes(self, capture: Capture, below: int) -> bool:
        """Whether the operator takes the clause of the verb ``below`` as its own."""
        link = Link(capture.i, capture.relation, below)
        token = self.sentence.tokens[capture.i]
        direct = self._up(self.sentence.tokens[below])
        return (
            direct is not None
            and direct.i == capture.i
            and self._takes(capture.effect, direct if direct.relation != "same" else link, token)
        )

    def _takes(self, effect: str, link: Link, token: Token) -> bool:
        below = self.sentence.tokens[link.below]
        states = link.relation == "clause" and self.tells(below.i)
        if states and (effect == "request" or token.lemma == "warn") and not self.obliged(below.i):
            return False
        effort = token.lemma in ("push", "press") and below.dep == "xcomp"
        if effort and not self.clauses.objects(token.i):
            return False  # "is pushing to keep its seat"
        if token.lemma == "insist" and self.modal(below.i) not in (None, "obligation"):
            return False  # "insisted that it could not pay"
        match effect:
            case "accuse":
                return link.relation in ("ing", "clause")
            case "prevent":
                return link.relation == "ing" and link.prep in ("from", "against")
            case "allow":
                return link.relation == "clause"
            case "stop":
                if any(k.lower == "short" for k in self.sentence.kids(token.i)):
                    return False  # "stopped short of condemning"
                return link.relation in ("ing", "noun") or (
                    link.relation == "clause" and below.tag == "VBG"
                )
            case "deny":  # "denied that it had shelled" tells the shelling, as not done
                return link.relation == "noun" and link.prep in (None, "of")
            case "refuse":
                return link.relation in ("clause", "ing", "noun") and link.prep in (
                    None,
                    "to",
                    "of",
                    "out",
                )
            case "threaten":
                return link.relation == "clause" or (
                    link.relation in ("noun", "ing") and link.prep in ("with", "of", "against")
                )
            case "request":
                if link.relation == "noun":
                    return link.prep == "for" or (
                        link.prep is None
                        and token.lemma in ("demand", "request", "urge", "require")
                    )
                if token.lemma == "call":  # "called Oslo to discuss" is a phone call
                    preps = {k.lower for k in self.sentence.kids(token.i, "prep")}
                    return bool(preps & {"on", "upon", "for"}) or token.pos == "NOUN"
                if link.relation == "clause" and token.lemma in _WANTS_INFINITIVE:
                    return any(k.lower == "to" for k in self.sentence.kids(below.i, "aux"))
                return (link.relation == "clause" and below.dep != "acl") or (
                    link.prep in ("for", "on", "to") and token.lemma not in _WANTS_INFINITIVE
                )
            case "promise":
                if link.relation == "noun":
                    return link.prep in ("on", "to") or (
                        link.prep is None and token.lemma in ("promise", "pledge", "offer")
                    )
                return link.relation in ("clause", "ing")
        return False

    # -- status -------------------------------------------------------------------------------

    def negated(self, i: int) -> bool:
        """Whether "not", "never" or "no" stands on the word, its auxiliaries or determiner."""
        for kid in self.sentence.kids(i):
            if kid.dep == "neg" or kid.lower in ("never", "neither"):
                return True
            if kid.lower in ("longer", "more") and self.sentence.kid(kid.i, "neg", "det"):
                return True  # "no longer"
            if kid.dep == "det" and kid.lower in ("no", "neither"):
                return True
            if kid.dep == "preconj" and kid.lower in ("neither", "nor"):
                return True
            if kid.dep in _ARGUMENTS and self._none(kid):
                return True
        return self._once_not(i)

    def _none(self, token: Token) -> bool:
        """ "nobody", "no soldier", "not one of them", "neither side", "nothing"."""
        if token.lower in _NOBODY:
            return True
        tokens = self.sentence.tokens
        return any(
            (k.lower in ("no", "neither") or (k.dep == "neg" and k.i < token.i))
            and tokens[k.i + 1].lower not in ("more", "fewer", "less")  # "no fewer than 12"
            for k in self.sentence.kids(token.i, "det", "neg", "preconj", "nummod")
        )

    def _once_not(self, i: int) -> bool:
        """ "Not once have they fired", "at no time did they fire"."""
        auxiliaries = [k.i for k in self.sentence.kids(i, "aux", "auxpass")]
        places = (k for n in (i, *auxiliaries) for k in self.sentence.kids(n, *_ADVERBIAL))
        for kid in places:
            words = [self.sentence.tokens[n].lower for n in self.sentence.subtree(kid.i)]
            if kid.i < i and words[:2] in (["not", "once"], ["at", "no"], ["in", "no"]):
                return True
        return False

    def modal(self, v: int) -> str | None:
        """The modal of a verb: "obligation", "will", "would", "may", or None."""
        for kid in self.sentence.kids(v, "aux"):
            low = kid.lower
            if low in _OBLIGATION:
                return "obligation"
            if low in ("will", "'ll", "wo"):
                return "will"
            if low == "would" or low == "'d":
                return "would"
            if low in ("may", "might", "could", "can", "ca", "cannot"):
                return "may"
        return None

    def tells(self, v: int) -> bool:
        """Whether a clause tells how things are, by no modal and no bare verb: "insisted that it
        was ready" demands nothing, "warned that they were short of food" threatens nobody."""
        finite = [self.sentence.tokens[v], *self.sentence.kids(v, "aux", "auxpass")]
        return self.modal(v) is None and any(
            t.tag in ("VBD", "VBZ") or t.lower in ("am", "are", "were") for t in finite
        )

    def obliged(self, v: int) -> bool:
        """ "must go", "has to go", "needs to go"."""
        if self.modal(v) == "obligation":
            return True
        token = self.sentence.tokens[v]
        head = self.sentence.head(token)
        to = any(t.lower == "to" for t in self.sentence.kids(v, "aux"))
        return token.dep == "xcomp" and to and head.lemma in _NEED and head.i != v

    def conditional(self, v: int) -> bool:
        """Whether the verb stands in an if-clause."""
        marks = self.sentence.kids(v, "mark")
        return any(m.lower in ("if", "unless", "whether", "should", "lest") for m in marks)
