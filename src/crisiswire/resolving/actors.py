"""Who a noun phrase names: country, sectors and entity on a given day.

The actor tables speak first (known names under the head of the phrase), then role terms
with the nationality, owner or place that modifies them, then the parser's own entity
labels. Each answer carries its reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace

from crisiswire.knowledge.files import above_states
from crisiswire.knowledge.lexicon import abstract_nouns
from crisiswire.knowledge.names import Hit, Known, NameIndex, Role, Term
from crisiswire.parsing.mentions import mention_tokens
from crisiswire.parsing.tree import Sentence, Token
from crisiswire.resolving.actor_words import ABOVE_STATES, BODIES, GENERIC, PARTS
from crisiswire.resolving.bare_roles import OF_RECORD, bare_country
from crisiswire.resolving.near_names import NearNames
from crisiswire.resolving.phrase_unlisted import PhraseUnlisted
from crisiswire.resolving.phrase_words import merge_sectors
from crisiswire.resolving.records import Background, Resolved

_LATELY = 366  # days in which a title may outlive the office


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
        self.near_names = NearNames(index)

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
        phrase = _Phrase(
            self.index, self._place_country, sentence, head, words, hits, day, background, owner
        )
        phrase.others = self.near_names
        return phrase.resolve()

    def place_country(self, name: str, near: Iterable[str]) -> str | None:
        return self._place_country(name, near)


class _Phrase(PhraseUnlisted):
    """One noun phrase on its way to an actor."""

    def resolve(self) -> Resolved:
        hit = self._covering()
        group = self._of_group(hit)
        if group is not None:
            return group
        side = self.leaning()
        if side is not None:
            return self._following(*side)
        named = self.from_form(hit)
        if named is not None:
            return named
        if hit is not None and hit.known:
            term = self._known(hit)
            if term is not None:
                return self._from_known(hit, *term)
        follows = self.led()
        if follows is not None:
            return self._following(*follows)
        if hit is not None and hit.role:
            return self._from_role(hit, hit.role)
        if self.head.ent == "PERSON" or (self.head.pos == "PROPN" and self.left_roles()):
            return self._from_title()
        return self._from_rest()

    def _of_group(self, hit: Hit | None) -> Resolved | None:
        """ "the al-Qaeda network", "Hezbollah's militia": the armed group named before a role."""
        if hit is not None and hit.known:
            return None
        if hit is None and self.head.lemma not in PARTS:
            return None
        owner = self.owning_group()
        if owner is None:
            return None
        before, known = owner
        return replace(self._from_known(before, known, known.at(self.day)), strength=0.9)

    def _following(self, sectors: tuple[str, ...], country: str | None, why: str) -> Resolved:
        country = self.country_of_phrase() or country
        actor = self.actor(self.name(country), country, sectors, None)
        return Resolved(actor, 0.85 if country else 0.5, why)

    def _covering(self) -> Hit | None:
        """The hit under the head word; for "head of state" the term that begins there."""
        covering = [h for h in self.hits if h.start <= self.head.start < h.end]
        return covering[0] if covering else None

    # -- known names ------------------------------------------------------------------------

    def _known(self, hit: Hit) -> tuple[Known, Term] | None:
        """The known entity a hit means here, or None when the words mean another."""
        candidates = [k for k in self.meant(hit) if self._may_be(hit, k)]
        if not candidates:
            return None
        country = self.country_of_phrase(skip=hit)
        if country and not hit.is_country:
            same = [k for k in candidates if any(t.country == country for t in k.terms)]
            above = [k for k in candidates if k.terms[0].country in above_states()]
            if not same and hit.role is not None:
                return None  # "the Venezuelan Congress" is not the one in the table
            candidates = same or above or candidates
        ranked = sorted(candidates, key=self.rank)
        return ranked[0], ranked[0].at(self.day)

    def _may_be(self, hit: Hit, known: Known) -> bool:
        """A bare family name is not the known person when another first name stands by it."""
        if known.kind in ("name", "demonym") and known.distance(self.day) > 0:
            return True
        if known.kind in ("institution", "party") and self._inside_longer_name(hit):
            return False
        if known.kind == "unit" and self.head.ent in ("GPE", "LOC"):  # Jericho, not the missile
            return self.place_country(hit.text, self.near) is None
        if known.kind != "person" or " " in hit.text:
            return True
        for token in self.words:
            if token.end <= hit.start and hit.start - token.end <= 1 and token.pos == "PROPN":
                inside = any(h.start <= token.start < h.end for h in self.hits)
                first_names = {w.lower() for w in known.name.split()[:-1]}
                return inside or token.lower in first_names or token.text.endswith(".")
        return True

    def _inside_longer_name(self, hit: Hit) -> bool:
        """Whether one word that may name a body ends the name of another: "Water Congress"."""
        if " " in hit.text:
            return False
        before = next((t for t in self.words if t.end in (hit.start, hit.start - 1)), None)
        if before is None or before.pos != "PROPN" or not before.text[:1].isupper():
            return False
        return not any(h.start <= before.start < h.end for h in self.hits)

    def _from_known(self, hit: Hit, known: Known, term: Term) -> Resolved:
        country, sectors = term.country, term.sectors
        why = f"{term.source}: {known.name}" + (f", {term.office}" if term.office else "")
        if hit.is_country:
            if known.kind == "demonym" and self.counted():
                return Resolved(self.actor(hit.text, country, ("CVL",), None), 0.9, why)
            return Resolved(self.actor(known.name, country, sectors, known.id), 0.95, why)
        serves = self.serves() if known.kind == "person" else None
        if serves is not None and serves != country and not term.office:
            country, why = serves, f"{why}; serves {serves}"
        if not country:
            country = self.country_of_phrase(skip=hit)
        if known.kind != "armed_group":
            sectors = self.modified(sectors, person=known.kind == "person", name=hit)
        if known.kind == "person" and sectors == ("ELI",):
            sectors = self._still_titled(hit, term) or sectors
        strength = 0.95 if known.distance(self.day) == 0 else 0.85
        actor = self.actor(known.name, country, sectors, known.id)
        return Resolved(actor, strength, why, named=True)

    def counted(self) -> bool:
        """Whether so many people are meant, not a nation: "four Britons"."""
        return (
            self.head.tag in ("NNS", "NNPS")
            and self.sentence.kid(self.head.i, "nummod") is not None
        )

    def _still_titled(self, hit: Hit, term: Term) -> tuple[str, ...]:
        """Sectors of one who left office within the year and is still given its title."""
        if (self.day - term.first).days > _LATELY:
            return ()
        for before in self.left_hits(hit):
            role = before.role
            if role and set(role.term.split()) <= set(term.office.split()) - {"former"}:
                titled = self.modified(role.sectors, person=True, name=hit)
                return merge_sectors(titled, ("ELI",))
        return ()

    # -- roles --------------------------------------------------------------------------------

    def _from_role(self, hit: Hit, role: Role) -> Resolved:
        sectors, why = role.sectors, f"{role.source}: {role.term}"
        country = role.country or self.country_of_phrase(skip=hit)
        entity: str | None = None
        speaks_for = role.term.split()[-1] in GENERIC or self._heads_body(hit)
        body = self._body(hit) if speaks_for else None
        if body is not None:
            term = body[1]
            country, sectors = term.country or country, term.sectors or sectors
            why += f" of {body[0].name}"
        else:
            before = [h.role.sectors for h in self.left_hits(hit) if h.role]
            extra = tuple(s for group in before for s in group)
            generic = role.term.split()[-1] in GENERIC and extra
            sectors = merge_sectors(extra, sectors) if generic else merge_sectors(sectors, extra)
        sectors = ("ELI",) if self.kin() else self.modified(sectors, person=False)
        strength, guessed = 0.9, False
        if country is None:
            beside = (h.role.country for h in self.left_hits(hit) if h.role)
            country = next(filter(None, beside), None) or self.place_in_phrase()
        if country is None:
            bare = bare_country(
                self.background, self.sentence, self.head, self.words, role.term, sectors
            )
            country, strength, told = bare or (None, 0.5, "no country named")
            why += f"; {told}"
            guessed = bare is not None
        name = self.name(country)
        if country and sectors:
            entity = f"{country.lower()}-{sectors[0].lower()}"
        actor = self.actor(name, country, sectors, entity)
        return Resolved(actor, strength, why, guessed=guessed)

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
            meant = self.meant(other)
            if other is hit or not meant or other.is_country:
                continue
            if meant[0].kind != "person":
                known = min(meant, key=self.rank)
                return known, known.at(self.day)
        return None

    def _from_title(self) -> Resolved:
        """An unknown person: what the title, the nationality and the apposition say."""
        roles = self.left_roles()
        holder = self.holder(roles)
        if holder is not None:
            return holder
        variant = self.variant(roles)
        if variant is not None:
            return variant
        country = self.country_of_phrase() or self.serves() or self.place_in_phrase()
        sectors: tuple[str, ...] = ()
        for role in roles:
            sectors = merge_sectors(role.sectors, sectors)
            country = country or role.country
        sectors = self.modified(sectors, person=False)
        why = "title: " + ", ".join(r.term for r in roles) if roles else "not in the tables"
        strength = 0.85 if roles and country else 0.5 if (roles or country) else 0.35
        guessed = False
        if country is None and roles and roles[-1].term not in OF_RECORD:
            term = roles[0].term
            bare = bare_country(
                self.background, self.sentence, self.head, self.words, term, sectors
            )
            country, strength, told = bare or (None, 0.5, "no country named")
            why += f"; {told}"
            guessed = bare is not None
        actor = self.actor(self.proper_name(), country, sectors, None)
        return Resolved(actor, strength, why, named=True, guessed=guessed)

    def _abstract(self) -> bool:
        return self.head.lemma in abstract_nouns() and not self.head.ent

    def _from_rest(self) -> Resolved:
        """No known name, no role: the owner, or the place, says the country."""
        for hit in self.hits:  # "Houthi positions"
            group = hit.known and hit.known[0].kind == "armed_group"
            if group and hit.end <= self.head.start and not self.hyphened_off(hit):
                known = min(hit.known, key=self.rank)
                return replace(self._from_known(hit, known, known.at(self.day)), strength=0.8)
        if self._abstract():
            actor = self.actor(self.name(None), None, (), None)
            return Resolved(actor, 0.1, "a deed or thing, not a party")
        variant = self.variant() if self.head.text[:1].isupper() else None
        if variant is not None and self.place_words() is None:
            return variant
        country = self.country_of_phrase()
        why = "owner or nationality in the phrase"
        if self.head.pos == "PROPN" and self.head.lower in BODIES:
            wide = {t.lower for t in self.words if t.text[:1].isupper()} & ABOVE_STATES
            if wide and country is None:
                country, why = "IGO", f"“{sorted(wide)[0]}” in the name of a body"
        sectors: tuple[str, ...] = ()
        if country is None:
            place = self.place_words()
            country, why = (place[0] if place else None), "place in the phrase"
            if place and {t.i for t in self.words if t.pos != "DET"} == {t.i for t in place[1]}:
                sectors, why = ("CVL",), "a place, for its people"
        sectors = sectors or self.office_of() or self._led_role()
        sectors = self.modified(sectors, person=False)
        strength = 0.7 if country else 0.4 if sectors else 0.1
        return Resolved(
            self.actor(self.name(country), country, sectors, None),
            strength,
            why if country else "nothing known",
            named=self.head.pos == "PROPN" and self.head.text[:1].isupper(),
        )

    def _led_role(self) -> tuple[str, ...]:
        """ "the head of the police": the role that follows a general one."""
        led = [h.role.sectors for h in self.hits if h.role and h.start > self.head.start]
        return led[0] if led and self.head.lemma in GENERIC else ()
