"""What a pronoun stands for: subjects of governing clauses first, then the sentence before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crisiswire.knowledge.anaphors import anaphors
from crisiswire.knowledge.lexicon import lexicon
from crisiswire.knowledge.operators import operators
from crisiswire.parsing.tree import Token
from crisiswire.resolving.coreference_mentions import Link, Mention, Referent

if TYPE_CHECKING:
    from crisiswire.resolving.coreference import Reading

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative"})
_CONDITIONS = frozenset("if unless until".split())
_HERE, _ABOVE, _FAR = 0.9, 0.75, 0.65
_REACH = 2  # sentences back in which a person may be sought
Found = tuple[Referent, ...]


class Pronouns:
    """Resolves the pronouns of one sentence against what was read before."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.clauses = reading, reading.clauses
        self.sentence, self.tokens = reading.clauses.sentence, reading.clauses.tokens
        self._beside_it: list[Referent] = []  # arguments of the present pronoun's verb

    def link(self, token: Token, label: str) -> Link | None:
        """The link of a pronoun of class ``label`` in the third person, or None."""
        if label == "thing" and self._empty(token):
            return None
        self._beside_it = self._co_arguments(token)
        found, closed = self._governing(token, label)
        if found or closed:
            return self._made(token, found, _HERE)
        near, rivals = self._beside(token, label)
        if near or rivals:
            return self._made(token, near, _ABOVE)
        if label in ("male", "female"):
            return self._person_above(token, label)
        return self._party_above(token, label)

    def _made(self, token: Token, found: Found, weight: float) -> Link | None:
        if not found:
            return None
        why = f"“{token.text}” stands for it"
        near = tuple(self._named_here(r, token) for r in found)
        return Link(tuple(r.anchor for r in found), why, weight, near=near)

    def _named_here(self, referent: Referent, token: Token) -> Mention | None:
        """The referent's last mention in this sentence that is no pronoun."""
        own = [m for m in referent.at(self.reading.number) if m.token.i < token.i]
        return next((m for m in reversed(own) if m.token.pos != "PRON" and not m.inner), None)

    # -- the same sentence ---------------------------------------------------------------------

    def _governing(self, token: Token, label: str) -> tuple[Found, bool]:
        """Subjects of the clauses over the pronoun, the nearest that fits; and whether the search
        ends there, because a thing may be meant or another party as well."""
        mate = self._mate(token)
        if mate is not None:
            return self._fitting([mate.i], token, label), True
        inside = {token.i}
        below: Token | None = None
        for up in self.sentence.ancestors(token):
            if up.pos in ("VERB", "AUX"):
                if below is not None and label == "thing" and self._joined(below):
                    return (), False
                heads = [s for s in self._doers(up) if s not in inside]
                found = self._fitting(heads, token, label, self._collective(token, up, below))
                if not found and below is not None and below.dep in ("ccomp", "xcomp"):
                    found = self._fitting(self.clauses.objects(up.i), token, label)
                if found:
                    return self._unless_rivalled(found, token, label, up, below or token)
                heads += self._head_noun(up, token)
                if label == "thing" and any(self._thing(h) for h in heads):
                    return (), True
                below = up
            inside.add(up.i)
        return (), False

    def _head_noun(self, verb: Token, token: Token) -> list[int]:
        """The noun that a relative clause is about, for what is owned in it."""
        return [verb.head] if verb.dep == "relcl" and token.dep == "poss" else []

    def _mate(self, token: Token) -> Token | None:
        """The person before "and" for the owner after it: "X and her colleagues"."""
        noun = self.sentence.head(token)
        if token.dep != "poss" or noun.dep != "conj":
            return None
        mate = self.sentence.head(noun)
        return mate if mate.pos == "PROPN" and mate.dep != "conj" else None

    def _joined(self, verb: Token) -> bool:
        """Whether a clause with a subject of its own is only added to the one above it."""
        return verb.dep == "conj" and self.sentence.kid(verb.i, "nsubj", "nsubjpass") is not None

    def _co_arguments(self, token: Token) -> list[Referent]:
        """Parties that the pronoun cannot be, for they are arguments of its own verb."""
        verb = next((a for a in self.sentence.ancestors(token) if a.pos in ("VERB", "AUX")), None)
        if verb is None:
            return []
        commanded = self.sentence.kid(verb.i, "aux")
        told = token.dep == "nsubj" and commanded is not None and commanded.lower == "to"
        over = self.sentence.head(verb) if told else verb  # "told them to halt"
        if not told and not self._co_argument(token, verb):
            return []
        heads = [*self._doers(over), *self.clauses.objects(over.i)]
        return [r for h in heads if h != token.i for r in self.reading.referents_at(h)]

    def _doers(self, verb: Token) -> list[int]:
        subjects = self.clauses.subjects(verb.i)
        return [
            *subjects,
            *(self.clauses.objects(verb.i) if self.clauses.is_passive(verb.i) else []),
        ]

    def _co_argument(self, token: Token, verb: Token) -> bool:
        """Whether the pronoun is itself an argument of the verb, and so not its subject."""
        if token.lower.endswith(("self", "selves")) or token.dep == "poss":
            return False
        head = self.sentence.head(token)
        if token.dep == "pobj":
            return self.sentence.head(head).i == verb.i
        return token.dep in _ARGUMENTS and head.i == verb.i

    def _collective(self, token: Token, verb: Token, below: Token | None) -> bool:
        """Whether "they" may be one group or state, as British papers have it: one that says
        what they do, or does something with what is theirs."""
        if below is None:
            return token.dep == "poss"
        return below.dep == "ccomp" and verb.lemma in operators().saying and token.dep != "poss"

    def _fitting(
        self, heads: list[int], token: Token, label: str, collective: bool = False
    ) -> Found:
        """The referents at the heads that the pronoun may stand for; all for a plural."""
        referents = [r for h in heads if h < token.i for r in self.reading.referents_at(h)]
        referents = [r for r in referents if r not in self._beside_it]
        if label == "several" and len(referents) > 1:
            return tuple(dict.fromkeys(referents))
        fitting = [r for r in referents if self.fits(r, label)]
        if label == "several" and collective and not fitting:
            fitting = [r for r in referents if self.fits(r, "thing")]
        return tuple(dict.fromkeys(fitting))[:1]

    def _unless_rivalled(
        self, found: Found, token: Token, label: str, over: Token, clause: Token
    ) -> tuple[Found, bool]:
        """Nothing where "if", "when" … leaves open whether subject or object is meant."""
        marks = self.sentence.kids(clause.i, "mark", "advmod")
        if clause.dep == "advcl" and any(m.lower in _CONDITIONS for m in marks):
            rivals = self._fitting(self.clauses.objects(over.i), token, label)
            if rivals and rivals != found and token.dep != "poss":
                return (), True
        return found, True

    def _thing(self, head: int) -> bool:
        """Whether a singular noun is no party but may be "it"."""
        token = self.tokens[head]
        return token.tag in ("NN", "NNP") and not self.reading.referents_at(head)

    def _beside(self, token: Token, label: str) -> tuple[Found, bool]:
        """The only party named earlier in the sentence that fits, and whether there are more."""
        if label == "several" or (label == "thing" and token.dep != "poss"):
            return (), False
        outer = {a.i for a in self.sentence.ancestors(token)}
        out: list[Referent] = []
        for referent in self.reading.present():
            heads = [m.token for m in referent.at(self.reading.number) if not m.inner]
            heads = [h for h in heads if h.i < token.i and h.i not in outer]
            if heads and referent not in self._beside_it and self.fits(referent, label):
                out.append(referent)
        return (tuple(out), False) if len(out) == 1 else ((), bool(out))

    # -- sentences before ----------------------------------------------------------------------

    def _person_above(self, token: Token, label: str) -> Link | None:
        """The only person who fits in the nearest sentence that names one, or its subject where
        the others stand in what he says."""
        for back in range(1, _REACH + 1):
            number = self.reading.number - back
            there = [r for r in self.reading.persons() if r.at(number) and self.fits(r, label)]
            there = [r for r in there if not all(m.inner for m in r.at(number))]
            if not there:
                continue
            if len(there) > 1:
                there = self._speaking(there, number, token)
            return self._made(token, tuple(there), _ABOVE if back == 1 else _FAR)
        return None

    def _speaking(self, persons: list[Referent], number: int, token: Token) -> list[Referent]:
        """Of several persons the one who said the sentence before: where the pronoun speaks on, or
        the others are only nouns."""
        said = [r for r in persons if any(self._says(m) for m in r.at(number))]
        if len(said) != 1:
            return []
        verb = self.sentence.head(token)
        on = token.dep == "nsubj" and verb.lemma in operators().saying and verb.dep == "ROOT"
        named = [r for r in persons if r.anchor.proper]
        return said if on or named == said else []

    def _says(self, mention: Mention) -> bool:
        verb = mention.clauses.sentence.head(mention.token)
        return mention.subject and verb.dep == "ROOT" and verb.lemma in operators().saying

    def _party_above(self, token: Token, label: str) -> Link | None:
        """The subject of the sentence before, for a pronoun that does something at the head of
        its own."""
        if not self._heads_sentence(token) or not self._acts(token):
            return None
        number = self.reading.number - 1
        there = [r for r in self.reading.all() if any(m.argument for m in r.at(number))]
        there = [r for r in there if self.fits(r, label)]
        subjects = [r for r in there if any(m.subject for m in r.at(number))]
        if label == "thing":
            subjects = [r for r in subjects if r.anchor.proper]
        if len(subjects) != 1 or (label == "thing" and len(there) > 1):
            return None
        return self._made(token, tuple(subjects), _ABOVE)

    def _heads_sentence(self, token: Token) -> bool:
        """Whether the pronoun is, or owns, the subject of the sentence's main clause."""
        noun = self.sentence.head(token) if token.dep == "poss" else token
        verb = self.sentence.head(noun)
        if noun.dep not in ("nsubj", "nsubjpass") or verb.dep != "ROOT":
            return False
        before = (k for k in self.sentence.kids(verb.i, "prep") if k.i < token.i)
        return not any(k.lower in ("in", "at", "on", "inside", "near", "across") for k in before)

    def _acts(self, token: Token) -> bool:
        """Whether the pronoun's verb is one of parties: it says, does or wants something."""
        if token.dep == "poss":
            return True
        verb = self.sentence.head(token)
        if verb.lemma in operators().saying or verb.lemma in operators().effects:
            return True
        known = verb.lemma in lexicon().verbs
        if verb.dep == "relcl":
            return known
        return known and self.sentence.kid(verb.i, "dobj", "xcomp", "ccomp", "prep") is not None

    # -- agreement -----------------------------------------------------------------------------

    def fits(self, referent: Referent, label: str) -> bool:
        """Whether a pronoun of the class may stand for the referent, by kind, number and sex."""
        kind, plural = referent.kind, referent.last.plural
        if label in ("male", "female"):
            return kind == "person" and referent.sex in (None, label)
        if label == "thing":
            return kind in ("group", "state") and not (plural and referent.last.token.pos == "NOUN")
        return kind == "people" or (kind in ("group", "state") and plural)

    def _empty(self, token: Token) -> bool:
        """ "it" that stands for nothing or for no party: "it is not known", "it was burning"."""
        if token.dep == "poss" or token.lower == "itself":
            return False
        if token.dep not in ("nsubj", "nsubjpass"):
            return True  # as an object it is mostly a thing
        verb = self.sentence.head(token)
        over = self.sentence.head(verb)
        reported = verb.dep in ("ccomp", "xcomp") and over.i < token.i and over.pos == "VERB"
        if verb.pos == "AUX" or verb.lemma in ("be", "seem", "appear"):
            return not reported
        if self.sentence.kid(verb.i, "auxpass") is not None:
            return not reported
        return not reported and not self._acts(token)


def pronoun_class(token: Token) -> str | None:
    """The class of a personal pronoun, None for any other word."""
    return anaphors().pronouns.get(token.lower) if token.tag in ("PRP", "PRP$") else None
