"""The parties that the noun phrases of a sentence name, each resolved once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from crisiswire.coding.pronouns import OTHER_PRONOUNS, PRONOUNS, agrees
from crisiswire.knowledge.files import above_states
from crisiswire.knowledge.names import Hit, country_names
from crisiswire.parsing.clauses import Clauses
from crisiswire.parsing.tree import Token
from crisiswire.resolving.actor_words import RELATIONAL
from crisiswire.resolving.actors import ActorResolver
from crisiswire.resolving.records import Background, Resolved

_LAND = frozenset("country state nation republic kingdom island emirate".split())
_PAIRED = frozenset(
    """country nation side government neighbour neighbor state capital power leader party rival
    foe ally""".split()
)


class PartyMentions:
    """Resolves the noun phrases of one sentence, each once."""

    def __init__(
        self,
        clauses: Clauses,
        resolver: ActorResolver,
        hits: list[Hit],
        day: dt.date,
        background: Background,
    ) -> None:
        self.clauses, self.sentence = clauses, clauses.sentence
        self.tokens = clauses.tokens
        self.resolver, self.hits, self.day = resolver, hits, day
        self.background = background
        self._cache: dict[int, Resolved | None] = {}

    def at(self, i: int) -> Resolved | None:
        """The party at token ``i``; None for a pronoun with no clear antecedent, a time or a
        clause."""
        if i not in self._cache:
            self._cache[i] = None  # guards against cycles through pronouns
            self._cache[i] = self._resolve(self.tokens[i])
        return self._cache[i]

    def _resolve(self, token: Token) -> Resolved | None:
        if token.lower in PRONOUNS:
            return self._pronoun(token)
        if token.lower in OTHER_PRONOUNS and token.pos != "PROPN":
            return None
        if token.ent in ("DATE", "TIME", "PERCENT", "MONEY", "ORDINAL") or token.pos == "VERB":
            return None
        return self.phrase(token.i)

    def phrase(self, head: int, words: list[Token] | None = None) -> Resolved:
        """The party that the noun phrase at ``head``, or its part ``words``, names."""
        found = self.resolver.resolve(
            self.sentence, head, self.hits, self.day, self.background, words, self._its(head)
        )
        if not found.known and self.tokens[head].lemma in _LAND:
            return self._land(head, found)
        if words is None and (found.guessed or found.actor.country is None):
            return self._of_list(head, found)
        return found

    def _of_list(self, head: int, found: Resolved) -> Resolved:
        """ "Russian troops and advisers": a bare role in a list is of its first one's country."""
        token = self.tokens[head]
        first = self.sentence.head(token)
        bare = token.dep == "conj" and not self.sentence.kids(head, "det", "poss", "compound")
        if not bare or first.i > head or not found.actor.sectors:
            return found
        lead = self.at(first.i)
        if lead is None or not lead.actor.sectors or lead.guessed or lead.actor.country is None:
            return found
        return self._in_country(found, lead.actor.country, found.strength, "listed with others")

    def _its(self, head: int) -> str | None:
        """The country that a possessive pronoun of the phrase stands for."""
        token = self.tokens[head]
        first = self.sentence.head(token)
        if token.lemma in RELATIONAL:
            return None
        if token.dep == "conj" and first.i < head and not self.sentence.kids(head, "det", "poss"):
            return self._its(first.i)  # "its troops and advisers"
        for kid in self.sentence.kids(head, "poss"):
            if kid.lower in PRONOUNS:
                owner = self.at(kid.i)
                return owner.actor.country if owner is not None else None
        return None

    def _land(self, head: int, found: Resolved) -> Resolved:
        """ "the country", "the kingdom": the country named last, but for the clause's subject."""
        if not any(k.lower in ("the", "that", "this") for k in self.sentence.kids(head, "det")):
            return found
        verb = next(
            (a for a in self.sentence.ancestors(self.tokens[head]) if a.pos == "VERB"), None
        )
        subjects = self.clauses.subjects(verb.i) if verb is not None else []
        doing = {r.actor.country for r in self.known(s for s in subjects if s != head)}
        code = next((c for c in self._countries_before(head) if c not in doing), None)
        if code is None:
            return found
        actor = replace(
            found.actor, name=country_names()[code], country=code, entity_id=code.lower()
        )
        return Resolved(actor, 0.6, "the country named last")

    def _countries_before(self, head: int) -> list[str]:
        """Countries named before token ``head``, latest first, then those of sentences before."""
        start = self.tokens[head].start
        own = [
            h.known[0].at(self.day).country for h in self.hits if h.is_country and h.start < start
        ]
        return list(
            dict.fromkeys(
                c
                for c in (*reversed(own), *self.background.recent)
                if c and c not in above_states()
            )
        )

    def several(self, head: int) -> list[Resolved]:
        """The parties of a plural phrase that stands for more than one country: "the two sides",
        "French and German ministers", "leaders of Chad and Niger"; empty for any other."""
        if self.tokens[head].tag != "NNS":
            return []
        mods = self.sentence.kids(head, "amod", "compound", "nmod", "poss")
        places = self.clauses.spread(m.i for m in mods), self.clauses.prepositions(head)
        found = self.at(head)
        for place in (places[0], places[1].get("of", [])):
            starts = {self.tokens[i].start for i in place}
            named = [h.known[0].at(self.day).country for h in self.hits if h.is_country
                     and any(h.start <= s < h.end for s in starts)]  # fmt: skip
            codes = [c for c in dict.fromkeys(named) if c in country_names()]
            if found is not None and len(codes) > 1:
                return [self._in_country(found, c, found.strength, found.reason) for c in codes]
        return self.pair(head)

    def _in_country(self, found: Resolved, code: str, strength: float, why: str) -> Resolved:
        """The same mention as a party of one of its countries."""
        slug = "-".join((code.lower(), *(s.lower() for s in found.actor.sectors[:1])))
        name = country_names()[code] if not found.actor.sectors else found.actor.name
        return Resolved(
            replace(found.actor, name=name, country=code, entity_id=slug), strength, why
        )

    def pair(self, head: int) -> list[Resolved]:
        """ "the two countries", "both sides": the two countries named last."""
        token = self.tokens[head]
        count = any(
            k.lower in ("two", "both")
            for k in self.sentence.kids(head, "nummod", "det", "predet", "preconj")
        )
        if token.lemma not in _PAIRED or not count:
            return []
        found = self.resolver.resolve(self.sentence, head, self.hits, self.day, self.background)
        bare = replace(found, actor=replace(found.actor, sectors=()))
        return [
            self._in_country(bare, c, 0.6, "the two countries named last")
            for c in self._countries_before(head)[:2]
            if c in country_names()
        ]

    def _pronoun(self, token: Token) -> Resolved | None:
        """The subject of the same or a governing clause that fits the pronoun."""
        possessive = token.dep == "poss"
        seen: set[int] = {token.i}
        for verb in self.sentence.ancestors(token):
            if verb.pos not in ("VERB", "AUX"):
                continue
            subjects = [s for s in self.clauses.subjects(verb.i) if s not in seen]
            if self.clauses.is_passive(verb.i):
                subjects += [s for s in self.clauses.objects(verb.i) if s not in seen]
            own = any(self.sentence.head(self.tokens[s]).i == verb.i for s in seen)
            if own and not possessive and token.dep in ("nsubj", "nsubjpass"):
                continue
            for s in subjects:
                if self.tokens[s].lower not in PRONOUNS and agrees(
                    self.sentence, token, self.tokens[s]
                ):
                    found = self.at(s)
                    if found is not None and found.known:
                        why = f"{found.reason}; “{token.text}” stands for it"
                        return Resolved(found.actor, found.strength * 0.9, why)
        return None

    def known(self, heads: Iterable[int]) -> list[Resolved]:
        """The parties among the heads of which something is known."""
        out: list[Resolved] = []
        for i in heads:
            found = self.at(i)
            out += self.several(i) or ([found] if found is not None and found.known else [])
        return out
