"""One noun phrase read as an actor's name: its words, the names in and around it, and the country
and sectors that they give."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from crisiswire.knowledge.files import above_states
from crisiswire.knowledge.known import rank
from crisiswire.knowledge.names import Hit, Known, NameIndex, Role, country_names
from crisiswire.parsing.mentions import mention_tokens
from crisiswire.parsing.tree import Sentence, Token
from crisiswire.resolving.actor_words import KEEPS_COUNTRY, NOT_PLACES, PARTITIVE, RELATIONAL
from crisiswire.resolving.records import Background

PlaceCountry = Callable[[str, Iterable[str]], str | None]
_HYPHENATED = re.compile(r"\s?-\s?([a-z]+)")


class PhraseWords:
    """A noun phrase and what stands in it."""

    def __init__(
        self,
        index: NameIndex,
        place_country: PlaceCountry,
        sentence: Sentence,
        head: int,
        words: list[Token],
        hits: list[Hit],
        day: dt.date,
        background: Background,
        owner: str | None,
    ) -> None:
        self.index, self.place_country = index, place_country
        self.sentence, self.day = sentence, day
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

    def _rank(self, known: Known) -> tuple[int, int, int, int]:
        return rank(known, self.day, self.background.countries)

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

    def _serves(self) -> str | None:
        """The body above states that an apposition names: "X, the United Nations coordinator"."""
        for kid in self.sentence.kids(self.head.i, "appos"):
            words = mention_tokens(self.sentence, kid.i)
            first, last = words[0].start, words[-1].end
            for hit in self.around:
                if hit.known and first <= hit.start and hit.end <= last and not hit.is_country:
                    code = hit.known[0].at(self.day).country
                    if code in above_states():
                        return code
        return None

    def _country_of_phrase(self, skip: Hit | None = None) -> str | None:
        """Country named by a modifier, owner, "of X" or "in X" of the phrase."""
        if self.owner is not None:
            return self.owner
        relational = self.head.lemma in RELATIONAL
        best: tuple[int, str] | None = None
        for hit in self._nearby():
            if hit is skip or not hit.known or hit.known[0].kind == "person":
                continue
            above = not hit.is_country and hit.known[0].at(self.day).country in above_states()
            left = hit.end <= self.head.start
            if (above and not left) or (relational and left and not above):
                continue
            code = self._country_at(hit)
            if code is None or self._hyphened_off(hit):
                continue
            order = (0 if not above else 1) if left else 2  # "NATO troops in Kosovo" are NATO's
            if best is None or order < best[0]:
                best = (order, code)
        return best[1] if best else None

    def _country_at(self, hit: Hit) -> str | None:
        known = min(hit.known, key=self._rank)
        code, order = known.at(self.day).country, self.background.countries
        if known.kind in ("region", "seat", "capital"):  # a namesake in the story's own country
            own = self.place_country(hit.text, order[:1])
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
            if self._hyphenated(token) or token.lower in NOT_PLACES:
                continue
            if (
                token.pos == "PROPN"
                and token.text[0].isupper()
                and token.ent in ("GPE", "LOC", "FAC", "ORG", "")
            ):
                run = " ".join(t.text for t in self._name_run(token))
                for name in dict.fromkeys((run, token.text)):
                    code = self.place_country(name, self.background.countries)
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

    def _modified(
        self, sectors: tuple[str, ...], *, person: bool, name: Hit | None = None
    ) -> tuple[str, ...]:
        """Sectors after "former", "opposition", "pro-government" … before the head, or before
        the ``name`` that it stands in: a word of the name itself modifies nothing."""
        end = self.head.end if name is None else name.start
        words = self.text[: max(end - self.start, 0)].lower().split()
        keys = [*words, *(f"{a} {b}" for a, b in pairwise(words))]
        if re.search(r"\bex-", self.text, re.I):
            keys.append("ex")
        for key in keys:
            modifier = self.index.modifiers.get(key.strip(",.'\"-"))
            if modifier is None or (person and modifier.place != "replace"):
                continue
            if modifier.place == "replace":
                sectors = merge_sectors(modifier.sectors, ())
            elif modifier.place == "first":
                sectors = merge_sectors(modifier.sectors, sectors)
            else:
                sectors = merge_sectors(sectors, modifier.sectors)
        return sectors

    def _proper_name(self) -> str:
        run = [t.text for t in self._name_run(self.head) if t.pos == "PROPN"]
        return " ".join(run) or self.text

    def _name(self, country: str | None) -> str:
        text = re.sub(r"^(the|a|an|its|his|her|their)\s+", "", self.text, flags=re.I)
        text = " ".join(text.split())
        return text if text else country_names().get(country or "", self.text)


def merge_sectors(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
