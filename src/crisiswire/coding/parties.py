"""Who fills an entry's roles: from places in the clause to resolved parties."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from crisiswire.coding.matching import Match
from crisiswire.coding.party_mentions import PartyMentions
from crisiswire.knowledge.lexicon import lexicon
from crisiswire.parsing.tree import Token
from crisiswire.resolving.records import Resolved

_ROLE_ID = re.compile("[a-z]{3}-[a-z]{3}")  # "irq-gov": some role, nobody of the tables
_ARMED = frozenset({"REB", "UAF"})
_JUDGING = frozenset({"terrorist", "extremist"})  # says how, not who
_JOINT = ("between", "among", "amongst", "involving")


class Parties(PartyMentions):
    """The parties that stand in the places of a sentence's predicates."""

    def owners(self, n: int) -> list[Resolved]:
        """Parties that own or modify a noun: "Kiev's X", "US military X", "X of Iran"."""
        out: list[Resolved] = []
        for kid in self.sentence.kids(n, "poss"):
            out += self.known(self.clauses.spread([kid.i]))
        return out or self._premodifiers(n)  # "both clerics' Iraqi papers"

    def _premodifiers(self, n: int) -> list[Resolved]:
        """Names and role words before the noun, adjacent ones as one mention ("US military
        strikes"), several countries as several parties ("US-Russian talks")."""
        whole = self.at(n)
        thing = self.tokens[n].lemma in lexicon().classes["WEAPONS"]  # not "roadside" of a bomb
        party = whole is not None and bool(whole.actor.sectors)  # nor "peacekeeping" of a force
        edge = self.tokens[n].start if thing or party else self.sentence.end
        mods = [
            k
            for k in self.sentence.kids(n, "compound", "amod", "nmod")
            if k.i < n and any(h.start <= k.start < h.end <= edge for h in self.hits)
        ]
        mods = [k for k in mods if k.pos in ("PROPN", "NOUN") or self._named(k)]
        runs: list[list[Token]] = []
        for kid in mods:
            extra = [
                t for t in self.sentence.kids(kid.i, "compound", "amod", "nmod") if t.i < kid.i
            ]
            if runs and kid.i - runs[-1][-1].i == 1 and not self._both_countries(runs[-1][-1], kid):
                runs[-1] += [kid]
            else:
                runs.append([*extra, kid])
        out = []
        for run in runs:
            words = self.tokens[run[0].i : run[-1].i + 1]
            if all(t.lemma in lexicon().classes["WEAPONS"] for t in words):
                continue  # "artillery fire"
            if all(t.lower in lexicon().classes["PLATFORMS"] for t in words):
                continue  # "a Twitter rant"
            if self._venue(words, self.tokens[n]):
                continue
            found = self.phrase(run[-1].i, words)
            if found.known:
                out.append(found)
        return out

    def _venue(self, words: list[Token], noun: Token) -> bool:
        """Whether a capital only says where people came together: "the Madrid conference"."""
        classes = lexicon().classes
        if noun.lemma not in classes["AGREEMENT"] | classes["TALKS"]:
            return False
        span = range(words[0].start, words[-1].end)
        over = [h for h in self.hits if h.known and h.start in span and words[-1].end == h.end]
        return bool(over) and all(h.known[0].kind == "capital" for h in over)

    def _named(self, token: Token) -> bool:
        """Whether an adjective tells who ("Iranian", "militant"), not a quality ("military")."""
        over = [h for h in self.hits if h.start <= token.start < h.end]
        armed = any(h.role is not None and _ARMED & set(h.role.sectors) for h in over)
        armed = armed and token.lower not in _JUDGING
        return armed or any(h.known for h in over)

    def _both_countries(self, a: Token, b: Token) -> bool:
        def is_country(t: Token) -> bool:
            return any(h.is_country and h.start <= t.start < h.end for h in self.hits)

        return is_country(a) and is_country(b)

    def places(
        self, match: Match, role: str, taken: list[Resolved] | None = None
    ) -> list[Resolved]:
        """Parties that stand in the given place of an entry (see docs/lexicon.md); ``taken``
        are known to stand elsewhere."""
        noun = match.entry.kind == "noun"
        carrier = match.light if noun else match.i
        content = match.i if noun else match.theme
        match role:
            case "none":
                return []
            case "subject":
                return [] if carrier is None else self.doers(carrier)
            case "object":
                if noun or carrier is None:
                    return []
                if match.theme is not None:
                    heads = self.clauses.spread([match.theme])
                    return self.known(heads) or [r for r in self._mentions(heads) if r.named]
                return self._mentions(self.clauses.objects(carrier))
            case "indirect":
                return [] if carrier is None else self.known(self.clauses.indirect(carrier))
            case "owner":
                return self._owner_chain(content, taken, match.entry.of if noun else None)
            case "clause":
                verbs = [] if carrier is None else self.clauses.complements(carrier)
                heads = [s for v in verbs for s in self.clauses.subjects(v)]
                return self.known(heads) or [r for r in self._mentions(heads) if r.named]
        return self._governed(role, carrier, content)

    def doers(self, v: int) -> list[Resolved]:
        """Those who do it; for a thing that does it (a US air strike), its owner."""
        out = []
        for s in self.clauses.subjects(v):
            found = self.at(s)
            if found is None:
                continue
            token = self.tokens[s]
            thing = token.pos == "NOUN" and not found.actor.sectors
            if token.lemma in lexicon().classes["WEAPONS"] and found.actor.country is None:
                thing = True
            carrier = self.sentence.head(token) if token.dep == "dobj" else None
            owner = self._owner_chain(s) if thing else []
            owner = other(owner, self._mentions(self.clauses.objects(v)))  # "by their guards"
            if thing and not owner and carrier is not None and carrier.i != v:
                owner = [r for r in self.doers(carrier.i) if r.known]
            out += owner or self.several(s) or [found]
        return out

    def crowds(self, v: int) -> list[Resolved]:
        """Uncounted people who do it: "thousands marched", "crowds took to the streets"."""
        out = []
        for s in self.clauses.subjects(v):
            found = self.at(s) or self.phrase(s)
            if self.tokens[s].lemma in lexicon().classes["CROWDS"] and not found.known:
                actor = replace(found.actor, sectors=("CVL",))
                out.append(Resolved(actor, 0.6, "a crowd"))
        return out

    def person(self, r: Resolved) -> bool:
        """Whether a party is somebody told by name, however little is known of him."""
        span = range(r.actor.start, r.actor.end)
        inside = (t for t in self.tokens if t.start in span)
        return r.named and any(t.ent == "PERSON" or t.pos == "PRON" for t in inside)

    def own(self, r: Resolved, actors: list[Resolved]) -> bool:
        """Whether a party or thing is one of the actors' own by its pronoun: "its troops", not "its
        ally Chad"."""
        first = next((t for t in self.tokens if t.start == r.actor.start), None)
        if first is None or first.tag != "PRP$":
            return False
        owner = self.at(first.i)
        if owner is None or not same(owner, actors):
            return False
        return r.actor.country in (None, owner.actor.country)

    def _governed_by(self, n: int, prep: str) -> list[Resolved]:
        return self.known(self.clauses.prepositions(n).get(prep, []))

    def _owner_chain(
        self, content: int | None, taken: list[Resolved] | None = None, of: str | None = None
    ) -> list[Resolved]:
        """Whose it is: possessor or modifier, else "by", "from", "of", else a clause's agent;
        ``of``: what "of" names where that is known ("the killing of ten men")."""
        if content is None:
            return []
        told = {"actor": ("of", "from"), None: ("from", "of")}.get(of, ("from",))
        for place in ("", "by", *told):
            found = self._governed_by(content, place) if place else self.owners(content)
            found = other(found, taken or [])
            if found:
                return found
        return self._reduced(content)

    def _reduced(self, n: int) -> list[Resolved]:
        """The agent of the clause on a noun: "the plan proposed by X", "the way that X acted"."""
        whole = self.at(n)
        party = whole is not None and bool(whole.actor.sectors)
        for kid in self.sentence.kids(n, "acl", "relcl"):
            passive = self.clauses.is_passive(kid.i)
            gap = not (party or passive) and n not in self.clauses.subjects(kid.i)
            if (passive and kid.dep == "acl") or (gap and kid.dep == "relcl"):
                found = self.known(self.clauses.subjects(kid.i))
                if found:
                    return found
        return []

    def _mentions(self, heads: Iterable[int]) -> list[Resolved]:
        out: list[Resolved] = []
        for i in heads:
            found = self.at(i)
            out += self.several(i) or ([] if found is None else [found])
        return out

    def _governed(self, prep: str, carrier: int | None, content: int | None) -> list[Resolved]:
        """Parties after a preposition of the trigger, its theme, its object or light verb."""
        places = [p for p in (content, carrier) if p is not None]
        if content is None and carrier is not None:
            places += self.clauses.objects(carrier)[:1]
        for place in places:
            found = self._under(place, prep)
            if found:
                return found
            for inner in self._inside_object(place, prep):
                found = self.known([inner])
                if found:
                    return found
        return []

    def _under(self, place: int, prep: str) -> list[Resolved]:
        """Parties after the preposition on a word or on its reduced clause ("the ban imposed on
        X"); where the noun after it is no party, the parties that it holds. What is said "on
        Twitter" is not said to Twitter."""
        governed = self.clauses.prepositions(place)
        kindred = {"from": ("out of",), "between": ("among", "amongst")}.get(prep, ())
        heads = [h for p in (prep, *kindred) for h in governed.get(p, [])]
        if self.tokens[place].pos == "NOUN":
            for kid in self.sentence.kids(place, "acl"):
                heads += self.clauses.prepositions(kid.i).get(prep, [])
        heads = [h for h in heads if self.tokens[h].lower not in lexicon().classes["PLATFORMS"]]
        return self.known(heads) or [r for h in heads for r in self.holders(h)]

    def holders(self, n: int, depth: int = 3) -> list[Resolved]:
        """Whom a deed or thing belongs to or concerns: "Serbia's refusal", "his pledge to Oslo"."""
        his = any(k.tag == "PRP$" for k in self.sentence.kids(n, "poss"))
        named = [] if his else self.owners(n)
        return named or self.inside(n, depth) or self.owners(n)

    def inside(self, n: int, depth: int = 3) -> list[Resolved]:
        """Parties inside a noun phrase that is none itself: "the accord with Iran", "the ban on
        imports of Egyptian fruit"."""
        if self.tokens[n].pos not in ("NOUN", "NUM", "SYM") or not depth:
            return []
        governed = self.clauses.prepositions(n)
        for prep in ("with", "of", "by", "against", "to", "on", "between", "from", "for", "in"):
            heads = governed.get(prep, [])
            found = self.known(heads)
            found = found or [r for h in heads for r in self.holders(h, depth - 1)]
            if found:
                return found
        return self._reduced(n)

    def in_clauses(self, n: int) -> list[Resolved]:
        """Parties in the clauses on a noun: "the ban on trading with X", "the ban they put on X",
        "a call for its forces to leave X"."""
        verbs = self.sentence.kids(n, "acl", "relcl")
        verbs += [
            v for p in self.sentence.kids(n, "prep") for v in self.sentence.kids(p.i, "pcomp")
        ]
        for verb in verbs:
            governed = self.clauses.prepositions(verb.i)
            heads = [
                h for p in ("on", "against", "with", "to", "from") for h in governed.get(p, [])
            ]
            told = [] if verb.dep == "relcl" else self.clauses.objects(verb.i)
            found = self.known([*heads, *told]) or self.places_named(verb.i)
            if found:
                return found
        return []

    def places_named(self, i: int, *, origins: bool = True) -> list[Resolved]:
        """Countries and towns that the clause of a trigger plays in or moves to, or, with
        ``origins``, comes from."""
        governed = self.clauses.prepositions(i)
        for prep in ("in", "into", "to", "across", "throughout", "inside", "from", "over"):
            if prep == "from" and not origins:
                continue
            found = [r for r in self.known(governed.get(prep, [])) if r.actor.country]
            if found:
                return [as_place(r) for r in found] if prep != "to" else found
        return []

    def _inside_object(self, place: int, prep: str) -> list[int]:
        """ "sanctions worth $2bn on Iran": the preposition hung on a word inside the phrase."""
        if self.tokens[place].pos not in ("NOUN", "PROPN"):
            return []
        for of in self.sentence.kids(place, "prep", "amod", "acl"):
            for pobj in self.sentence.kids(of.i, "pobj", "prep"):
                found = self.clauses.prepositions(pobj.i).get(prep)
                if found and of.lower in ("of", "worth"):
                    return found
        return []

    def joint(self, match: Match) -> list[Resolved]:
        """Parties of "between A and B", of the trigger or of what carries it."""
        token = self.tokens[match.i]
        over = token.head if token.dep == "nsubj" and match.entry.kind == "noun" else None
        for place in (match.i, match.theme, match.light, over):
            if place is None:
                continue
            for prep in _JOINT:
                found = self.known(self.clauses.prepositions(place).get(prep, []))
                if found:
                    return found
        if match.entry.kind == "noun":
            for i in self.sentence.subtree(match.i):
                token = self.tokens[i]
                if token.lower in _JOINT and token.dep == "prep" and i > match.i:
                    heads = [p.i for p in self.sentence.kids(i, "pobj")]
                    found = self.known(self.clauses.spread(heads))
                    if found:
                        return found
        return []


def as_place(r: Resolved) -> Resolved:
    """A capital as the town that it is, not the government that sits there."""
    if r.actor.sectors == ("GOV",) and r.actor.entity_id == (r.actor.country or "").lower():
        return replace(r, actor=replace(r.actor, sectors=()))
    return r


def same(a: Resolved, others: list[Resolved]) -> bool:
    """Whether the party is one of the others: the same words or the same entity. Two roles are the
    same ("the police") by their words, not by their country alone."""
    return any(a.actor.start == b.actor.start or _one_entity(a, b) for b in others)


def _one_entity(a: Resolved, b: Resolved) -> bool:
    if a.actor.entity_id != b.actor.entity_id:
        return False
    if a.actor.entity_id is None:
        return a.named and a.actor.name == b.actor.name
    role = _ROLE_ID.fullmatch(a.actor.entity_id) is not None
    return not role or a.actor.name.split()[-1:] == b.actor.name.split()[-1:]


def other(found: list[Resolved], taken: list[Resolved]) -> list[Resolved]:
    """The parties found that are not taken already."""
    return [r for r in found if not same(r, taken)]
