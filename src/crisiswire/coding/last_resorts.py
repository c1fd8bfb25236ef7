"""Recipients of deeds whose entry's places name none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crisiswire.coding.matching import Match
from crisiswire.coding.parties import Parties, as_place, other, same
from crisiswire.knowledge.lexicon import lexicon
from crisiswire.parsing.clauses import Clauses
from crisiswire.resolving.records import Resolved

_TOGETHER = frozenset({"CONSULT", "COOPERATE"})  # "talks in Geneva" are not with the Swiss
_WORDS = frozenset("AGREE SUPPORT REQUEST ACCUSE REJECT THREATEN CONCEDE".split())
_PLACING = frozenset(
    "in into to from across throughout inside near at over outside around along through".split()
)
_REASONS = frozenset("for over after despite amid following since about because".split())
_TOWARD = ("to", "against", "with", "on", "at", "from", "for", "in", "over", "as")
_NO_NOUNS = frozenset("DATE TIME MONEY PERCENT ORDINAL GPE LOC PERSON NORP".split())
_LOCAL = frozenset({"in", "at", "over", "as"})


class LastResorts:
    """Recipients that stand deeper in the sentence than an entry's places reach."""

    def __init__(self, clauses: Clauses, parties: Parties) -> None:
        self.clauses, self.sentence = clauses, clauses.sentence
        self.parties = parties

    def recipients(
        self, match: Match, actors: list[Resolved], *, helped: bool = True
    ) -> list[Resolved]:
        """Who is helped ("is helping the army prepare"), parties inside the object ("reneged on
        the accord with Iran") or what follows ("refused to answer a call from Oslo"), else the
        country where the clause plays."""
        found = other(self.parties.places(match, "clause"), actors) if helped else []
        if found:
            return found
        heads = self.clauses.indirect(match.i)
        heads += [] if match.theme is not None else self.clauses.objects(match.i)
        found = other(self.parties.known(heads), actors)
        if found:
            return found
        heads = [] if match.theme is None else self.clauses.spread([match.theme])
        heads += [o for o in self.clauses.objects(match.i) if o not in heads]
        for head in heads:
            found = other(self.parties.owners(head), actors)
            found = found or other(self.parties.inside(head), actors)
            found = found or other(self._authors(head), actors)
            found = found or self._reacted_to(head, actors)
            found = found or other(self.parties.in_clauses(head), actors)
            if found:
                return found
        found = self._astray(heads, actors) if match.entry.type == "ASSAULT" else []
        if found:
            return found
        for place in () if match.entry.type in _TOGETHER else (match.i, *heads):
            origins = match.entry.type != "ASSAULT"  # "fired from Gaza" hits others
            found = other(self.parties.places_named(place, origins=origins), actors)
            if found:
                return found
        found = self._after((match.i, *heads), actors, match.entry.type != "ASSAULT")
        if found:
            return found
        for verb in self.sentence.kids(match.i, "advcl"):  # "fired tear gas to disperse X"
            if verb.tag == "VB" and verb.lemma in lexicon().classes["DISPERSING"]:
                found = other(self.parties.known(self.clauses.objects(verb.i)), actors)
                if found:
                    return found
        for verb in self.sentence.kids(match.i, "xcomp"):  # "refused to respond to X"
            found = self.recipients(Match(verb.i, match.entry), actors, helped=False)
            if found:
                return found
        return []

    def _authors(self, head: int) -> list[Resolved]:
        """Who did what a noun sums up: "X closed the border, a step that Oslo deplored"."""
        token = self.sentence.tokens[head]
        words = self.sentence.subtree(head)
        before = self.sentence.tokens[words[0] - 1] if words[0] else None
        article = any(k.lower in ("a", "an") for k in self.sentence.kids(head, "det"))
        sums_up = article and token.lemma in lexicon().classes["SUMMING"]
        if not sums_up or before is None or before.text != ",":
            return []
        for up in self.sentence.ancestors(token):
            if up.pos == "VERB" and up.i < head:
                return [r for r in self.parties.doers(up.i) if r.known]
        return []

    def _reacted_to(self, head: int, actors: list[Resolved]) -> list[Resolved]:
        """Who did in the clause before what a noun sums up: "Oslo vetoed it, and Bern deplored
        the vote"."""
        token = self.sentence.tokens[head]
        the = any(k.lower in ("the", "this", "these") for k in self.sentence.kids(head, "det"))
        verb = self.sentence.head(token)
        if not the or token.lemma not in lexicon().classes["SUMMING"] or token.dep != "dobj":
            return []
        while verb.dep == "conj" and self.sentence.head(verb).pos == "VERB":
            verb = self.sentence.head(verb)
            found = other([r for r in self.parties.doers(verb.i) if r.known], actors)
            if found:
                return found
        return []

    def _astray(self, heads: Iterable[int], actors: list[Resolved]) -> list[Resolved]:
        """The target that the parser hung on a word between: "an attack that involved tanks on
        the camp"."""
        for head in heads:
            for clause in self.sentence.kids(head, "relcl", "acl"):
                for o in self.clauses.objects(clause.i):
                    governed = self.clauses.prepositions(o)
                    aim = [h for p in ("on", "against") for h in governed.get(p, [])]
                    found = other(self.parties.known(aim), actors)
                    if found:
                        return found
        return []

    def _after(
        self, places: Iterable[int], actors: list[Resolved], origins: bool
    ) -> list[Resolved]:
        """Parties inside what follows a preposition: "mobilised for a battle against X"; with
        ``origins``, also after "from"."""
        platforms = lexicon().classes["PLATFORMS"]
        for place in places:
            governed = self.clauses.prepositions(place)
            for prep in _TOWARD:
                if prep == "from" and not origins:
                    continue
                heads = governed.get(prep, [])
                heads = [h for h in heads if self.sentence.tokens[h].lower not in platforms]
                known = [] if prep in _LOCAL else self._agents(heads)
                heads = [h for h in heads if self.sentence.tokens[h].ent not in _NO_NOUNS]
                found = other(known or [r for h in heads for r in self.parties.holders(h)], actors)
                if found:
                    return found
        return []

    def _agents(self, heads: Iterable[int]) -> list[Resolved]:
        """The parties among the heads that can act and are nobody's own ("its forces")."""
        heads = [h for h in heads if not any(k.tag == "PRP$" for k in self.sentence.kids(h))]
        found = self.parties.known(heads)
        return [r for r in found if r.actor.sectors or r.actor.entity_id or r.named]

    def opposed(self, match: Match, actors: list[Resolved]) -> list[Resolved]:
        """Whom a protest names in its stance: "in protest at X's refusal", "in defiance of X"."""
        heads = self.clauses.prepositions(match.i).get("in", [])
        if match.light is not None:
            heads += self.clauses.prepositions(match.light).get("in", [])
        nouns = lexicon().classes["STANCES"]
        stances = [h for h in heads if self.sentence.tokens[h].lemma in nouns]
        return other([r for h in stances for r in self.parties.holders(h)], actors)

    def aimed_at(self, match: Match, actors: list[Resolved]) -> list[Resolved]:
        """Whom a protest's purpose names: "marched to denounce abuses by X"."""
        for v in (match.i, match.light):
            kids = [] if v is None else self.sentence.kids(v, "advcl", "xcomp", "acl")
            for kid in kids:
                if kid.lemma in lexicon().classes["TAKING_SIDES"]:
                    aim = other(self.parties.known(self.clauses.objects(kid.i)), actors)
                    aim = aim or self.recipients(Match(kid.i, match.entry), actors, helped=False)
                    if aim:
                        return aim
        return []

    def of_letter(self, i: int) -> list[Resolved]:
        """Whom the message goes to that carries the words: "wrote to X threatening to leave"."""
        token = self.sentence.tokens[i]
        if token.dep not in ("advcl", "acl") or token.tag != "VBG":
            return []
        up = self.sentence.head(token)
        verb = self.sentence.head(up) if up.pos == "NOUN" and up.dep == "dobj" else up
        if verb.lemma not in lexicon().classes["WRITING"]:
            return []
        heads = self.clauses.indirect(verb.i) + self.clauses.prepositions(verb.i).get("to", [])
        for o in self.clauses.objects(verb.i):
            heads += self.clauses.prepositions(o).get("to", [])
        return self.parties.known(dict.fromkeys(heads))

    def bombers(self, v: int) -> list[Resolved]:
        """Unknown attackers, known by their weapon and of the place's country: "a bombing near
        Gao killed two"."""
        governed = self.clauses.prepositions(v)
        places = [*self.clauses.subjects(v), *governed.get("in", []), *governed.get("by", [])]
        for n in places:
            token = self.sentence.tokens[n]
            if token.lemma not in lexicon().classes["INSTRUMENTS"] or token.pos != "NOUN":
                continue
            weapon = self.parties.phrase(n).actor
            country = weapon.country or self._country_around((n, v))
            if country is not None:
                told = next((r.actor for r in self.parties.owners(n) if r.known), None)
                actor = told or replace(weapon, sectors=("UAF",))
                actor = replace(actor, country=country, entity_id=None)
                return [Resolved(actor, 0.5, "unknown attackers; country of the place")]
        return []

    def _country_around(self, places: Iterable[int]) -> str | None:
        for place in places:
            for i in self.sentence.subtree(place):
                token = self.sentence.tokens[i]
                prep = self.sentence.head(token)
                prep = self.sentence.head(prep) if prep.lower == "of" else prep
                if token.dep == "pobj" and prep.lower in _PLACING:
                    found = self.parties.at(i)
                    if found is not None and found.actor.country and not found.guessed:
                        return found.actor.country
        return None

    def whereabouts(self, i: int, kind: str, actors: list[Resolved]) -> list[Resolved]:
        """The country or town that a deed without a recipient plays in, moves to or leaves. Words
        are said anywhere: for them the place must stand in what is said, or be the actor's own;
        a protest has no other country for its target."""
        if kind in _TOGETHER:
            return []
        own = {a.actor.country for a in actors}
        for t in self.sentence.subtree(i):
            token = self.sentence.tokens[t]
            prep = self.sentence.head(token)
            placed = token.dep == "pobj" and prep.lower in _PLACING and token.ent in ("GPE", "LOC")
            if t < i or not placed or self._elsewhere(t, i, kind):
                continue
            found = self.parties.at(t)
            if found is None or not found.actor.country or same(found, actors):
                continue
            said = kind in _WORDS and prep.head == i
            if found.actor.country in own or not (said or kind == "PROTEST"):
                actor = as_place(found).actor if prep.lower != "to" else found.actor
                return [Resolved(actor, 0.5, f"{found.reason}; where it plays")]
        return []

    def _elsewhere(self, t: int, i: int, kind: str) -> bool:
        """Whether token ``t`` stands in another clause below ``i``, or in the reason for it
        ("sanctions over the killings in Darfur"); money goes to its purpose."""
        for up in self.sentence.ancestors(self.sentence.tokens[t]):
            if up.i == i:
                return False
            purpose = any(k.lower == "to" for k in self.sentence.kids(up.i, "aux"))
            if up.lower in _REASONS and kind not in ("AID", "AGREE"):
                return True
            if up.dep == "advcl" and purpose:  # "gave money to promote farming in Ghana"
                continue
            if up.dep in ("relcl", "advcl", "parataxis") or (up.dep == "conj" and up.pos == "VERB"):
                return True
        return True
