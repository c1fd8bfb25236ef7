"""Bodies and persons that the tables do not have under the words of a phrase: by the form of their
name, by title and family name, by another spelling."""

from __future__ import annotations

from collections.abc import Sequence

from crisiswire.knowledge.name_forms import LINKS, NameForm, name_forms
from crisiswire.knowledge.names import Hit, Role
from crisiswire.parsing.tree import Token
from crisiswire.resolving.near_names import NearNames
from crisiswire.resolving.phrase_owners import PhraseOwners
from crisiswire.resolving.records import Resolved


class PhraseUnlisted(PhraseOwners):
    """A noun phrase whose name no table holds."""

    others: NearNames

    def from_form(self, hit: Hit | None) -> Resolved | None:
        """A body that is in no table but shows by its name what it is: "Zambezi Holdings Ltd"."""
        inside = hit is not None and (hit.is_country or (hit.role is not None and not hit.known))
        if hit is not None and not inside:
            return None
        words = self._capitalised()
        variant = self.variant() if hit is None and len(words) > 1 else None
        if variant is not None:
            return variant
        name = self._words_of(words)
        form = name_forms().of(name.split())
        if form is None or (hit is not None and not self._begins(form, words, hit)):
            return None
        country = self.country_of_phrase() or self.place_in_phrase() or form.country
        sectors = self.modified(form.sectors, person=False)
        strength = 0.8 if country else 0.45
        why = f"{form.source}: {' '.join(form.words)}"
        return Resolved(self.actor(name, country, sectors, None), strength, why, named=True)

    def _capitalised(self) -> list[Token]:
        """The words of the name that ends at the head: capitalised, linked by "of" or "de"."""
        first = last = self.head.i
        tokens, least = self.sentence.tokens, self.words[0].i
        most = self.words[-1].i
        while first > least and (_is_name(tokens[first - 1]) or tokens[first - 1].lower in LINKS):
            first -= 1
        while last < most and (_is_name(tokens[last + 1]) or tokens[last + 1].lower in LINKS):
            last += 1
        words = tokens[first : last + 1]
        while words and words[0].lower in LINKS:
            words = words[1:]
        while words and words[-1].lower in LINKS:
            words = words[:-1]
        return words if words and _is_name(self.head) else []

    def _words_of(self, words: list[Token]) -> str:
        offset = self.sentence.start
        return self.sentence.text[words[0].start - offset : words[-1].end - offset] if words else ""

    def _begins(self, form: NameForm, words: list[Token], hit: Hit) -> bool:
        """Whether a form at the beginning of a name is more than the country or role at its end:
        "Air Madagascar"; a longer form at its end more than a role there."""
        if hit.is_country:
            return form.place != "last" and words[0].end <= hit.start
        return len(form.words) > len(hit.text.split()) and form.place == "last"

    def holder(self, roles: list[Role]) -> Resolved | None:
        """The one person of this family name who holds the office that the title names."""
        run = self.proper_name().split()
        country = self.country_of_phrase()
        known = self.others.titled(
            run[0] if len(run) > 1 else "", run[-1], roles, country, self.day
        )
        if known is None:
            return None
        term = known.at(self.day)
        why = f"{term.source}: {known.name}, {term.office}, by title and family name"
        sectors = self.modified(term.sectors, person=True)
        actor = self.actor(known.name, term.country, sectors, known.id)
        return Resolved(actor, 0.85 if len(run) == 1 else 0.75, why, named=True)

    def variant(self, roles: Sequence[Role] = ()) -> Resolved | None:
        """A known group or body, or the holder of a titled office, in another spelling."""
        words = [t for t in self._capitalised() if not roles or t.ent == "PERSON"]
        found = self.others.variants(self._words_of(words), roles, self.day) if words else []
        country = self.country_of_phrase()
        found = [k for k in found if country in (None, k.at(self.day).country)]
        if not found:
            return None
        near = self.background.countries
        known = next((k for k in found if k.at(self.day).country in near), found[0])
        term = known.at(self.day)
        actor = self.actor(known.name, term.country, term.sectors, known.id)
        return Resolved(actor, 0.7, f"{term.source}: {known.name}, spelled otherwise", named=True)


def _is_name(token: Token) -> bool:
    return token.text[:1].isupper() or token.text in ("&", "-", "'", "/") or token.tag == "POS"
