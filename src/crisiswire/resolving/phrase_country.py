"""The country that a noun phrase gives its party: by nationality, owner, "of X", "in X" or a town
that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisiswire.knowledge.files import above_states
from crisiswire.knowledge.names import Hit
from crisiswire.parsing.mentions import mention_tokens
from crisiswire.parsing.tree import Token
from crisiswire.resolving.actor_words import ALLIED, KEEPS_COUNTRY, NOT_PLACES, RELATIONAL
from crisiswire.resolving.phrase_words import PhraseWords

_HYPHENATED = re.compile(r"\s?-\s?([a-z]+)")
_LEANING = re.compile(r"\b(?:(?:pro|anti|non|post|pre)\s?-\s?|ethnic\s+)$", re.IGNORECASE)
_TOWN_OF = re.compile(r"\b(?:town|city|village|port|suburb|province|district|island) of $", re.I)
_PLACE_ENTS = frozenset({"GPE", "LOC", "FAC", "ORG", ""})
_EQUALS = frozenset({"counterpart", "colleague", "peer"})
_LONGEST_PLACE = 4  # words of a town's name


class PhraseCountry(PhraseWords):
    """A noun phrase and the country that its words give."""

    def country_of_phrase(self, skip: Hit | None = None) -> str | None:
        """Country named by a modifier, owner, "of X" or "in X" of the phrase."""
        if self.owner is not None:
            return self.owner
        relational = self.head.lemma in RELATIONAL
        best: tuple[int, str] | None = None
        for hit in self._nearby():
            if hit is skip or not self.meant(hit):
                continue
            if hit.known[0].kind == "person" and not self.owns(hit):
                continue
            above = not hit.is_country and hit.known[0].at(self.day).country in above_states()
            left = hit.end <= self.head.start
            if (above and not left) or (relational and left and not (above or self._tells(hit))):
                continue
            code = self._country_at(hit)
            if code is None or self.hyphened_off(hit):
                continue
            order = (0 if not above else 1) if left else 2  # "NATO troops in Kosovo" are NATO's
            if best is None or order < best[0]:
                best = (order, code)
        return best[1] if best else None

    def _tells(self, hit: Hit) -> bool:
        """Whether a nationality before an ally or the like is its own: "his Saudi counterpart",
        not "a Russian ally"."""
        kids = self.sentence.kids(self.head.i, "amod")
        own = any(hit.start <= k.start < hit.end for k in kids)
        return own and (self.head.lemma in _EQUALS or bool(self.sentence.kids(self.head.i, "poss")))

    def _country_at(self, hit: Hit) -> str | None:
        known = min(self.meant(hit), key=self.rank)
        code, order = known.at(self.day).country, self.background.countries
        if known.kind in ("region", "seat", "capital"):  # a namesake in the story's own country
            own = self.place_country(hit.text, order[:1])
            return own if own in order[:1] else code
        return code

    def _nearby(self) -> list[Hit]:
        """Hits of the phrase, of the "in", "from" and "of" that follow its head and of those to
        whom its head is loyal."""
        hits = list(self.hits)
        for pobj in self._governed("in", "from", "of", "for", "at"):
            first = mention_tokens(self.sentence, pobj.i)[0].start
            near = (h for h in self.around if first <= h.start <= pobj.start)
            hits += [h for h in near if h not in hits]
        return hits + [h for h in self.allies() if h not in hits]

    def _governed(self, *preps: str) -> Iterator[Token]:
        for prep in self.sentence.kids(self.head.i, "prep"):
            if prep.lower in preps:
                yield from self.sentence.kids(prep.i, "pobj")

    def allies(self) -> list[Hit]:
        """Hits of the words after "loyal to", "allied with"."""
        out: list[Hit] = []
        for kid in self.sentence.kids(self.head.i, "amod", "acl"):
            if kid.i < self.head.i or kid.lemma not in ALLIED:
                continue
            for prep in self.sentence.kids(kid.i, "prep"):
                if prep.lower in ("to", "with"):
                    for pobj in self.sentence.kids(prep.i, "pobj"):
                        words = mention_tokens(self.sentence, pobj.i)
                        first, last = words[0].start, words[-1].end
                        out += [h for h in self.around if first <= h.start and h.end <= last]
        return out

    def owns(self, hit: Hit) -> bool:
        """Whether whom the hit names owns what the phrase names: "Assad's troops", "Putin
        critics", "supporters of Maduro", "forces loyal to Haftar"."""
        after = self.sentence.text[hit.end - self.sentence.start :][:2]
        if hit.end <= self.head.start:
            return after[:1] in ("'", "’") or self.head.pos != "PROPN"
        return hit.start > self.head.start

    def hyphened_off(self, hit: Hit) -> bool:
        """Whether the name is only part of a compound such as "US-backed" or "pro-Russian", or of
        "ethnic Albanian"."""
        offset = self.sentence.start
        match = _HYPHENATED.match(self.sentence.text, hit.end - offset)
        if match is not None and match.group(1) not in KEEPS_COUNTRY:
            return True
        return _LEANING.search(self.sentence.text[: hit.start - offset]) is not None

    # -- towns and regions --------------------------------------------------------------------

    def place_in_phrase(self) -> str | None:
        """Country of a town or region that the phrase names ("Kharkiv police")."""
        found = self.place_words()
        return found[0] if found else None

    def place_words(self) -> tuple[str, list[Token]] | None:
        """Country and words of the first town or region that the phrase names."""
        for token in (*self.words, *self._governed("in", "from", "at", "near")):
            if not self._may_begin_place(token):
                continue
            run = self.name_run(token)
            own = run[run.index(token) :] if token in run else [token]
            for names in (run, *(own[:n] for n in range(_LONGEST_PLACE, 0, -1))):
                code = self.place_country(" ".join(t.text for t in names), self.near)
                if code:
                    return code, names
        return None

    def _may_begin_place(self, token: Token) -> bool:
        if (
            not token.text[0].isupper()
            or token.lower in NOT_PLACES
            or self._first_of_compound(token)
        ):
            return False
        before = self.sentence.text[: token.start - self.sentence.start]
        if _TOWN_OF.search(before):
            return True
        if token.pos not in ("PROPN", "NOUN", "ADJ") or token.ent not in _PLACE_ENTS:
            return False
        role = any(h.role and h.start <= token.start < h.end for h in self.hits)
        return (token.pos == "PROPN" or not role) and not _LEANING.search(before)

    def _first_of_compound(self, token: Token) -> bool:
        """Whether the word only begins a compound such as "Moscow-backed"."""
        after = self.sentence.tokens[token.i + 1 : token.i + 3]
        return len(after) == 2 and after[0].text == "-" and after[1].lower not in KEEPS_COUNTRY
