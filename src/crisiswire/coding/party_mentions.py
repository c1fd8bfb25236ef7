"""The parties that the noun phrases of a sentence name, each resolved once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from crisiswire.knowledge.anaphors import anaphors
from crisiswire.knowledge.names import Hit, country_names
from crisiswire.parsing.clauses import Clauses
from crisiswire.parsing.mentions import mention_tokens
from crisiswire.parsing.tree import Token
from crisiswire.resolving.actor_words import RELATIONAL
from crisiswire.resolving.actors import ActorResolver
from crisiswire.resolving.coreference import Coreference
from crisiswire.resolving.coreference_mentions import Link
from crisiswire.resolving.records import Background, Resolved


class PartyMentions:
    """Resolves the noun phrases of one sentence, each once."""

    def __init__(
        self,
        clauses: Clauses,
        resolver: ActorResolver,
        hits: list[Hit],
        day: dt.date,
        background: Background,
        coreference: Coreference | None = None,
    ) -> None:
        self.clauses, self.sentence = clauses, clauses.sentence
        self.tokens = clauses.tokens
        self.resolver, self.hits, self.day = resolver, hits, day
        self.background = background
        self.coreference = coreference or Coreference(day)
        self._cache: dict[int, Resolved | None] = {}
        self._phrases: dict[int, Resolved] = {}
        self._links: dict[int, Link] | None = None

    def read_links(self) -> dict[int, Link]:
        """Head token → what it stands for, of pronouns, descriptions and names said again. At the
        first call the article's coreference takes up the sentence."""
        if self._links is None:
            self._links = {}  # filled while phrases are read that ask for it
            self.coreference.read(self.clauses, self.hits, self._literal, self._links)
            self._cache.clear()
        return self._links

    def at(self, i: int) -> Resolved | None:
        """The party at token ``i``; None for a pronoun with no clear antecedent, a time or a
        clause."""
        links = self.read_links()
        if i not in self._cache:
            self._cache[i] = None  # guards against cycles through pronouns
            self._cache[i] = self._resolve(self.tokens[i], links.get(i))
        return self._cache[i]

    def _resolve(self, token: Token, link: Link | None) -> Resolved | None:
        words = anaphors()
        lower = token.lower if token.pos != "PROPN" else ""
        none = lower in words.pronouns or lower in words.other
        none = none or token.ent in ("DATE", "TIME", "PERCENT", "MONEY", "ORDINAL")
        own = None if none or token.pos == "VERB" else self._literal(token.i, None)
        if link is None or (own is not None and own.known and not link.new):
            return own
        found = self._standing_for(token, link)
        if not found.known:  # a fuller name at least
            said = own is None or not own.known
            return found if said and found.named else own
        told = own is not None and own.known and own.strength > found.strength
        return own if told and not found.named else found

    def _standing_for(self, token: Token, link: Link, n: int = 0) -> Resolved:
        """The party of antecedent ``n``, in its own words where this sentence names it, else in
        those of the mention that stands for it."""
        found = link.antecedents[n].resolved
        near = link.near[n] if link.near else None
        words = near.words if near is not None else self._words(token)
        start, end = words[0].start, words[-1].end
        text = self.sentence.text[start - self.sentence.start : end - self.sentence.start]
        actor = replace(found.actor, text=text, start=start, end=end)
        why = f"{link.reason}; {found.reason}"
        strength = found.strength * link.weight
        return replace(found, actor=actor, strength=strength, reason=why)

    def _words(self, token: Token) -> list[Token]:
        pronoun = token.pos == "PRON" or token.lower in anaphors().pronouns
        return [token] if pronoun else mention_tokens(self.sentence, token.i)

    def _literal(self, head: int, words: list[Token] | None) -> Resolved:
        """The party that the words alone name, each phrase read once."""
        if words is not None:
            return self.phrase(head, words)
        if head not in self._phrases:
            self._phrases[head] = self.phrase(head)
        return self._phrases[head]

    def phrase(self, head: int, words: list[Token] | None = None) -> Resolved:
        """The party that the noun phrase at ``head``, or its part ``words``, names."""
        found = self.resolver.resolve(
            self.sentence, head, self.hits, self.day, self.background, words, self._its(head)
        )
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
            if kid.lower in anaphors().pronouns:
                owner = self.at(kid.i)
                return owner.actor.country if owner is not None else None
        return None

    def several(self, head: int) -> list[Resolved]:
        """The parties of a plural that stands for more than one: "the two sides", "they",
        "French and German ministers", "leaders of Chad and Niger", "countries such as Chad";
        empty for any other."""
        link = self.read_links().get(head)
        if link is not None and len(link.antecedents) > 1:
            parts = range(len(link.antecedents))
            both = [self._standing_for(self.tokens[head], link, n) for n in parts]
            return [r for r in both if r.known or r.named]
        if self.tokens[head].tag != "NNS":
            return []
        mods = self.sentence.kids(head, "amod", "compound", "nmod", "poss")
        places = self.clauses.spread(m.i for m in mods), self.clauses.prepositions(head)
        found = self.at(head)
        if found is None or found.actor.country is None:
            examples = self._examples(places[1])
            if examples:
                return examples
        for place in (places[0], places[1].get("of", []), places[1].get("from", [])):
            starts = {self.tokens[i].start for i in place}
            named = [h.known[0].at(self.day).country for h in self.hits if h.is_country
                     and any(h.start <= s < h.end for s in starts)]  # fmt: skip
            codes = [c for c in dict.fromkeys(named) if c in country_names()]
            if found is not None and len(codes) > 1:
                return [self._in_country(found, c, found.strength, found.reason) for c in codes]
        return []

    def _examples(self, governed: dict[str, list[int]]) -> list[Resolved]:
        """The parties named as some of those that a plural means."""
        such = [h for h in governed.get("as", []) if self._after_such(h)]
        return self.known([*governed.get("including", []), *such, *governed.get("like", [])])

    def _after_such(self, i: int) -> bool:
        prep = self.sentence.head(self.tokens[i])
        while prep.pos == "PROPN" or prep.dep == "conj":  # the second of "Oman and Chad"
            prep = self.sentence.head(prep)
        return prep.i > 0 and self.tokens[prep.i - 1].lower == "such"

    def _in_country(self, found: Resolved, code: str, strength: float, why: str) -> Resolved:
        """The same mention as a party of one of its countries."""
        slug = "-".join((code.lower(), *(s.lower() for s in found.actor.sectors[:1])))
        name = country_names()[code] if not found.actor.sectors else found.actor.name
        return Resolved(
            replace(found.actor, name=name, country=code, entity_id=slug), strength, why
        )

    def known(self, heads: Iterable[int]) -> list[Resolved]:
        """The parties among the heads of which something is known."""
        out: list[Resolved] = []
        for i in heads:
            found = self.at(i)
            out += self.several(i) or ([found] if found is not None and found.known else [])
        return out
