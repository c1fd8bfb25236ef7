"""Who a noun phrase names: country, sectors and entity on a given day.

The actor tables speak first (known names under the head of the phrase), then role terms
with the nationality, owner or place that modifies them, then the parser's own entity
labels. Each answer carries its reason.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

from crisiswire.knowledge.files import above_states
from crisiswire.knowledge.names import Hit, Known, NameIndex, Role, Term, country_names
from crisiswire.model import Actor
from crisiswire.parsing.mentions import mention_tokens
from crisiswire.parsing.tree import Sentence, Token
from crisiswire.resolving.actor_words import GENERIC, KEEPS_COUNTRY, PARTITIVE
from crisiswire.resolving.records import Background, Resolved

_HYPHENATED = re.compile(r"\s?-\s?([a-z]+)")


class ActorResolver:
    """Resolves noun phrases against the name index.

    ``place_country`` gives the country of a place name (or None), most likely one first
    among the given countries.
    """

    def __init__(
        self, index: NameIndex, place_country: Callable[[str, Iterable[str]], str | None]
    ) -> None:
        self.index = index
        self._place_country = place_country

    def resolve(
        self,
        sentence: Sentence,
        head: int,
        hits: list[Hit],
        day: dt.date,
        background: Background,
        words: list[Token] | None = None,
        owner: str | None = None,
    ) -> Resolved:
        """The actor that the noun phrase at token ``head`` names.

        ``hits`` are the index's hits of the sentence, article offsets; ``words`` the
        tokens of the phrase where they are not the whole noun phrase of ``head``;
        ``owner`` the country that "its" or "their" in the phrase stands for.
        """
        words = words or mention_tokens(sentence, head)
        return _Phrase(self, sentence, head, words, hits, day, background, owner).resolve()

    def place_country(self, name: str, near: Iterable[str]) -> str | None:
        return self._place_country(name, near)


class _Phrase:
    """One noun phrase on its way to an actor."""

    def __init__(
        self,
        resolver: ActorResolver,
        sentence: Sentence,
        head: int,
        words: list[Token],
        hits: list[Hit],
        day: dt.date,
        background: Background,
        owner: str | None,
    ) -> None:
        self.resolver, self.sentence, self.day = resolver, sentence, day
        self.owner = owner
        self.background = background
        self.start, self.end = words[0].start, words[-1].end
        offset = sentence.start
        self.text = sentence.text[self.start - offset : self.end - offset]
        self.words = words
        self.head = self._semantic_head(sentence.tokens[head])
        self.hits = [h for h in hits if h.start < self.end and h.end > self.start]
        self.around = hits

    def _semantic_head(self, head: Token) -> Token:
        """Through "hundreds of", "a group of" to the noun that is meant."""
        for _ in range(3):
            if head.lemma not in PARTITIVE and head.pos != "NUM":
                return head
            of = next((p for p in self.sentence.kids(head.i, "prep") if p.lower == "of"), None)
            inner = self.sentence.kid(of.i, "pobj") if of is not None else None
            if inner is None:
                return head
            head = inner
        return head

    # -- the answer -----------------------------------------------------------------------

    def resolve(self) -> Resolved:
        introduced = self._introduced()
        if introduced is not None:
            return introduced
        hit = self._covering()
        if hit is not None and hit.known:
            term = self._known(hit)
            if term is not None:
                return self._from_known(hit, *term)
        if hit is not None and hit.role:
            return self._from_role(hit, hit.role)
        if self.head.ent == "PERSON" or (self.head.pos == "PROPN" and self._left_roles()):
            return self._from_title()
        return self._from_rest()

    def _introduced(self) -> Resolved | None:
        """The person whom an earlier sentence named in full, for a bare family name."""
        if self.head.pos != "PROPN" or len([t for t in self.words if t.pos == "PROPN"]) > 1:
            return None
        found = self.background.people.get(self.head.text)
        if found is None or self._left_roles():
            return None
        actor = replace(found.actor, text=self.text, start=self.start, end=self.end)
        return Resolved(actor, found.strength * 0.95, f"{found.reason}; named above", found.named)

    def _covering(self) -> Hit | None:
        """The hit under the head word; for "head of state" the term that begins there."""
        covering = [h for h in self.hits if h.start <= self.head.start < h.end]
        return covering[0] if covering else None

    def _actor(
        self, name: str, country: str | None, sectors: tuple[str, ...], entity: str | None
    ) -> Actor:
        return Actor(self.text, self.start, self.end, name, country, sectors, entity)

    # -- known names ------------------------------------------------------------------------

    def _known(self, hit: Hit) -> tuple[Known, Term] | None:
        """The known entity a hit means here, or None when the words mean another."""
        candidates = [k for k in hit.known if self._may_be(hit, k)]
        if not candidates:
            return None
        country = self._country_of_phrase(skip=hit)
        if country and not hit.is_country:
            same = [k for k in candidates if any(t.country == country for t in k.terms)]
            above = [k for k in candidates if k.terms[0].country in above_states()]
            if not same and hit.role is not None:
                return None  # "the Venezuelan Congress" is not the one in the table
            candidates = same or above or candidates
        ranked = sorted(candidates, key=self._rank)
        return ranked[0], ranked[0].at(self.day)

    def _rank(self, known: Known) -> tuple[int, int, int]:
        country = known.at(self.day).country or ""
        order = self.background.countries
        near = order.index(country) if country in order else len(order)
        late = 0 if known.distance(self.day) == 0 else 1
        return (late, near, min(known.distance(self.day), 100_000))

    def _may_be(self, hit: Hit, known: Known) -> bool:
        """A bare family name is not the known person when another first name stands by it."""
        if known.kind in ("name", "demonym") and known.distance(self.day) > 0:
            return True
        if known.kind != "person" or " " in hit.text:
            return True
        for token in self.words:
            if token.end <= hit.start and hit.start - token.end <= 1 and token.pos == "PROPN":
                inside = any(h.start <= token.start < h.end for h in self.hits)
                first_names = {w.lower() for w in known.name.split()[:-1]}
                return inside or token.lower in first_names or token.text.endswith(".")
        return True

    def _from_known(self, hit: Hit, known: Known, term: Term) -> Resolved:
        country, sectors = term.country, term.sectors
        why = f"{term.source}: {known.name}" + (f", {term.office}" if term.office else "")
        if hit.is_country:
            return Resolved(self._actor(known.name, country, sectors, known.id), 0.95, why)
        if not country:
            country = self._country_of_phrase(skip=hit)
        sectors = self._modified(sectors, person=known.kind == "person")
        strength = 0.95 if known.distance(self.day) == 0 else 0.85
        actor = self._actor(known.name, country, sectors, known.id)
        return Resolved(actor, strength, why, named=True)

    # -- roles --------------------------------------------------------------------------------

    def _from_role(self, hit: Hit, role: Role) -> Resolved:
        sectors, why = role.sectors, f"{role.source}: {role.term}"
        country = role.country or self._country_of_phrase(skip=hit)
        entity: str | None = None
        speaks_for = role.term.split()[-1] in GENERIC or self._heads_body(hit)
        body = self._body(hit) if speaks_for else None
        if body is not None:
            term = body[1]
            country, sectors = term.country or country, term.sectors or sectors
            why += f" of {body[0].name}"
        else:
            before = [h.role.sectors for h in self._left_hits(hit) if h.role]
            extra = tuple(s for group in before for s in group)
            generic = role.term.split()[-1] in GENERIC and extra
            sectors = _merge(extra, sectors) if generic else _merge(sectors, extra)
        sectors = self._modified(sectors, person=False)
        strength = 0.9
        if country is None:
            country = self._place_in_phrase()
        if country is None and self.background.home:
            country, strength = self.background.home, 0.55
            why += "; country from the story's place"
        elif country is None:
            strength = 0.5
        name = self._name(country)
        if country and sectors:
            entity = f"{country.lower()}-{sectors[0].lower()}"
        return Resolved(self._actor(name, country, sectors, entity), strength, why)

    def _heads_body(self, hit: Hit) -> bool:
        """ "the president of the Knesset": a role right before "of" and a body's name."""
        after = next((h for h in self.hits if h.start >= hit.end), None)
        if after is None or not after.known or after.is_country:
            return False
        offset = self.sentence.start
        between = self.sentence.text[hit.end - offset : after.start - offset].split()
        return between in (["of"], ["of", "the"])

    def _body(self, hit: Hit) -> tuple[Known, Term] | None:
        """The organisation a spokesman or leader belongs to, when it is named."""
        for other in self.hits:
            if other is hit or not other.known or other.is_country:
                continue
            if other.known[0].kind != "person":
                known = min(other.known, key=self._rank)
                return known, known.at(self.day)
        return None

    def _from_title(self) -> Resolved:
        """An unknown person: what the title, the nationality and the apposition say."""
        country = self._country_of_phrase() or self._place_in_phrase()
        roles = self._left_roles()
        sectors: tuple[str, ...] = ()
        for role in roles:
            sectors = _merge(role.sectors, sectors)
            country = country or role.country
        sectors = self._modified(sectors, person=False)
        why = "title: " + ", ".join(r.term for r in roles) if roles else "not in the tables"
        strength = 0.85 if roles and country else 0.5 if (roles or country) else 0.35
        if country is None and roles and self.background.home:
            country, strength = self.background.home, 0.5
        return Resolved(
            self._actor(self._proper_name(), country, sectors, None), strength, why, named=True
        )

    def _from_rest(self) -> Resolved:
        """No known name, no role: the owner, or the place, says the country."""
        for hit in self.hits:  # "Houthi positions"
            if hit.known and hit.known[0].kind == "armed_group" and hit.end <= self.head.start:
                known = min(hit.known, key=self._rank)
                return replace(self._from_known(hit, known, known.at(self.day)), strength=0.8)
        country = self._country_of_phrase()
        why = "owner or nationality in the phrase"
        if country is None:
            country = self._place_in_phrase()
            why = "place in the phrase"
        led = [h.role.sectors for h in self.hits if h.role and h.start > self.head.start]
        of = led[0] if led and self.head.lemma in GENERIC else ()  # "the head of the police"
        sectors = self._modified(of, person=False)
        strength = 0.7 if country else 0.1
        return Resolved(
            self._actor(self._name(country), country, sectors, None),
            strength,
            why if country else "nothing known",
        )

    # -- what stands in the phrase ---------------------------------------------------------------

    def _left_hits(self, hit: Hit) -> list[Hit]:
        return [h for h in self.hits if h.end <= hit.start]

    def _left_roles(self) -> list[Role]:
        roles = [h.role for h in self.hits if h.role and h.start != self.head.start]
        for kid in self.sentence.kids(self.head.i, "appos"):
            roles += [h.role for h in self.around if h.role and h.start <= kid.start < h.end]
        if self.head.dep == "appos":
            up = self.sentence.head(self.head)
            roles += [h.role for h in self.around if h.role and h.start <= up.start < h.end]
        return roles

    def _country_of_phrase(self, skip: Hit | None = None) -> str | None:
        """Country named by a modifier, owner, "of X" or "in X" of the phrase."""
        if self.owner is not None:
            return self.owner
        best: tuple[int, str] | None = None
        for hit in self._nearby():
            if hit is skip or not hit.known or hit.known[0].kind == "person":
                continue
            if not hit.is_country and hit.known[0].at(self.day).country in above_states():
                continue
            code = self._country_at(hit)
            if code is None or self._hyphened_off(hit):
                continue
            order = 0 if hit.end <= self.head.start else 1
            if best is None or order < best[0]:
                best = (order, code)
        return best[1] if best else None

    def _country_at(self, hit: Hit) -> str | None:
        known = min(hit.known, key=self._rank)
        code, order = known.at(self.day).country, self.background.countries
        if known.kind in ("region", "seat", "capital"):  # a namesake in the story's own country
            own = self.resolver.place_country(hit.text, order[:1])
            return own if own in order[:1] else code
        return code

    def _nearby(self) -> list[Hit]:
        """Hits of the phrase and of the "in", "from" and "of" that follow its head."""
        hits = list(self.hits)
        for prep in self.sentence.kids(self.head.i, "prep"):
            if prep.lower in ("in", "from", "of", "for", "at"):
                for pobj in self.sentence.kids(prep.i, "pobj"):
                    first = mention_tokens(self.sentence, pobj.i)[0].start
                    near = (h for h in self.around if first <= h.start <= pobj.start)
                    hits += [h for h in near if h not in hits]
        return hits

    def _hyphened_off(self, hit: Hit) -> bool:
        """Whether the name only begins a compound such as "US-backed"."""
        match = _HYPHENATED.match(self.sentence.text, hit.end - self.sentence.start)
        return match is not None and match.group(1) not in KEEPS_COUNTRY

    def _hyphenated(self, token: Token) -> bool:
        """Whether the word only begins a compound such as "Moscow-backed"."""
        after = self.sentence.tokens[token.i + 1 : token.i + 3]
        return len(after) == 2 and after[0].text == "-" and after[1].lower not in KEEPS_COUNTRY

    def _place_in_phrase(self) -> str | None:
        """Country of a town or region that the phrase names ("Kharkiv police")."""
        for token in (*self.words, *self._in_words()):
            if self._hyphenated(token):
                continue
            if (
                token.pos == "PROPN"
                and token.text[0].isupper()
                and token.ent in ("GPE", "LOC", "FAC", "ORG", "")
            ):
                run = " ".join(t.text for t in self._name_run(token))
                for name in dict.fromkeys((run, token.text)):
                    code = self.resolver.place_country(name, self.background.countries)
                    if code:
                        return code
        return None

    def _in_words(self) -> list[Token]:
        out = []
        for prep in self.sentence.kids(self.head.i, "prep"):
            if prep.lower in ("in", "from", "at", "near"):
                out += self.sentence.kids(prep.i, "pobj")
        return out

    def _name_run(self, token: Token) -> list[Token]:
        """The run of capitalised tokens that ``token`` ends or stands in."""
        tokens, first, last = self.sentence.tokens, token.i, token.i
        while first > 0 and tokens[first - 1].pos == "PROPN" and tokens[first - 1].ent == token.ent:
            first -= 1
        while (
            last + 1 < len(tokens)
            and tokens[last + 1].pos == "PROPN"
            and (tokens[last + 1].ent == token.ent)
        ):
            last += 1
        return tokens[first : last + 1]

    def _modified(self, sectors: tuple[str, ...], *, person: bool) -> tuple[str, ...]:
        """Sectors after "former", "opposition", "pro-government" … before the head."""
        words = self.text[: self.head.end - self.start].lower().split()
        keys = [*words, *(f"{a} {b}" for a, b in pairwise(words))]
        if re.search(r"\bex-", self.text, re.I):
            keys.append("ex")
        for key in keys:
            modifier = self.resolver.index.modifiers.get(key.strip(",.'\"-"))
            if modifier is None or (person and modifier.place != "replace"):
                continue
            if modifier.place == "replace":
                sectors = _merge(modifier.sectors, ())
            elif modifier.place == "first":
                sectors = _merge(modifier.sectors, sectors)
            else:
                sectors = _merge(sectors, modifier.sectors)
        return sectors

    def _proper_name(self) -> str:
        run = [t.text for t in self._name_run(self.head) if t.pos == "PROPN"]
        return " ".join(run) or self.text

    def _name(self, country: str | None) -> str:
        text = re.sub(r"^(the|a|an|its|his|her|their)\s+", "", self.text, flags=re.I)
        return text if text else country_names().get(country or "", self.text)


def _merge(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
