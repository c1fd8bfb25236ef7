"""One noun phrase read as an actor's name: its words, the names in and around it, and the
sectors that they give."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from crisiswire.knowledge.files import above_states, shared_names
from crisiswire.knowledge.known import rank
from crisiswire.knowledge.names import Hit, Known, NameIndex, Role, country_names, fold
from crisiswire.model import Actor
from crisiswire.parsing.mentions import mention_tokens
from crisiswire.parsing.tree import Sentence, Token
from crisiswire.resolving.actor_words import PARTITIVE
from crisiswire.resolving.records import Background

PlaceCountry = Callable[[str, Iterable[str]], str | None]


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
        self.near = background.countries
        self.start, self.end = words[0].start, words[-1].end
        offset = sentence.start
        self.text = sentence.text[self.start - offset : self.end - offset]
        self.words = words
        self.head = self.semantic_head(sentence.tokens[head])
        self.hits = [h for h in hits if h.start < self.end and h.end > self.start]
        self.around = hits

    def semantic_head(self, head: Token) -> Token:
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

    def rank(self, known: Known) -> tuple[int, int, int, int]:
        return rank(known, self.day, self.near)

    def meant(self, hit: Hit) -> list[Known]:
        """Those whom a hit may mean here; a name that bodies of many countries bear means only
        that of the country which the text is about."""
        if fold(hit.text) not in shared_names():
            return list(hit.known)
        here = self.background.setting.nation or self.background.home
        here = here or next(iter(self.near), None)
        return [k for k in hit.known if here is not None and k.terms[0].country == here]

    def left_hits(self, hit: Hit) -> list[Hit]:
        return [h for h in self.hits if h.end <= hit.start]

    def left_roles(self) -> list[Role]:
        roles = [h.role for h in self.hits if h.role and h.start != self.head.start]
        for kid in self.sentence.kids(self.head.i, "appos"):
            roles += [h.role for h in self.around if h.role and h.start <= kid.start < h.end]
        if self.head.dep == "appos":
            up = self.sentence.head(self.head)
            roles += [h.role for h in self.around if h.role and h.start <= up.start < h.end]
        return roles

    def serves(self) -> str | None:
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

    def name_run(self, token: Token) -> list[Token]:
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

    def modified(
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

    def actor(
        self, name: str, country: str | None, sectors: tuple[str, ...], entity: str | None
    ) -> Actor:
        """The party in the words of the phrase."""
        return Actor(self.text, self.start, self.end, name, country, sectors, entity)

    def proper_name(self) -> str:
        """The name that ends at the head, without the titles before it."""
        titles = [h for h in self.hits if h.role and not h.known]
        run = [t for t in self.name_run(self.head) if t.pos == "PROPN"]
        bare = [t for t in run if not any(h.start <= t.start < h.end for h in titles)]
        return " ".join(t.text for t in bare or run) or self.text

    def name(self, country: str | None) -> str:
        text = re.sub(r"^(the|a|an|its|his|her|their)\s+", "", self.text, flags=re.I)
        text = " ".join(text.split())
        return text if text else country_names().get(country or "", self.text)


def merge_sectors(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
