"""Lexicon entries found in a sentence: which word triggers which entry, with what theme."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from crisiswire.knowledge.lexicon import NONE, Entry, Lexicon
from crisiswire.parsing.clauses import Clauses
from crisiswire.parsing.tree import Token
from crisiswire.resolving.actor_words import PARTITIVE

_PERSON_WORDS = ("person", "people", "man")
_PLACE_WORDS = ("country", "city", "town", "state")
_PERSON_PRONOUNS = frozenset("he she him her them they who whom i me us we you".split())


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that fits at token ``i``. ``theme`` is the object that the entry names (not
    a party); ``light`` the verb that carries a noun trigger, if any."""

    i: int
    entry: Entry
    theme: int | None = None
    light: int | None = None

    @property
    def rank(self) -> tuple[int, float]:
        return (self.entry.constraints, self.entry.weight)


class Matcher:
    """Matches one sentence against the lexicon."""

    def __init__(self, lexicon: Lexicon, clauses: Clauses) -> None:
        self.lexicon = lexicon
        self.clauses = clauses
        self.sentence = clauses.sentence
        self.refused: set[int] = set()  # tokens whose best entry says that they are no event

    def matches(self) -> list[Match]:
        """The best match at each token, events only, in text order."""
        found = [m for m in map(self._best, self.sentence.tokens) if m is not None]
        idle = [m for m in found if m.entry.type == NONE or self._of_nature(m.i)]
        self.refused = {i for m in idle for i in (m.i, m.theme) if i is not None}
        return [m for m in found if m.i not in self.refused]

    def _of_nature(self, i: int) -> bool:
        """Whether the weather or the like does it: "Hurricane Ida battered Cuba"."""
        subjects = self.clauses.subjects(i) if self.sentence.tokens[i].pos == "VERB" else []
        words = [t for s in subjects for t in (self.sentence.tokens[s],
                 *self.sentence.kids(s, "compound"))]  # fmt: skip
        return any(t.lower in self.lexicon.classes["NATURE"] for t in words)

    def _best(self, token: Token) -> Match | None:
        if token.pos in ("VERB", "AUX"):
            fits = self._verb(token)
        elif token.pos in ("NOUN", "PROPN"):
            fits = self._noun(token)
        elif token.pos == "ADJ" and token.tag in ("VBN", "JJ") and token.dep == "amod":
            fits = self._verb(token)
        else:
            return None
        fits = self._compound(token) or fits
        return max(fits, key=lambda m: m.rank, default=None)

    # -- verbs ----------------------------------------------------------------------------

    def _verb(self, token: Token) -> list[Match]:
        table, lemma = self.lexicon.verbs, token.lemma
        if lemma not in table and lemma.startswith("re") and lemma[2:].lstrip("-") in table:
            lemma = lemma[2:].lstrip("-")  # "reimposed"
        entries = list(table.get(lemma, ()))
        particles = self.clauses.particles(token.i) if token.pos != "ADJ" else []
        phrasal = [e for p in particles for e in table.get(f"{lemma} {p}", ())]
        if len(particles) > 1:
            phrasal += table.get(f"{lemma} {particles[0]} {particles[1]}", ())
        out = []
        for entry in chain(phrasal, entries):
            match = self._fit_verb(token, entry)
            if match is not None:
                out.append(match)
        if phrasal and any(m.entry in phrasal for m in out):  # "call off" is not "call"
            out = [m for m in out if m.entry in phrasal]
        return out

    def _fit_verb(self, token: Token, entry: Entry) -> Match | None:
        v, theme = token.i, None
        objects = self.clauses.objects(v)
        if entry.object:
            theme = next((o for o in objects if self._words(o) & entry.object), None)
            if theme is None:
                return None
        if entry.not_object and any(self._words(o) & entry.not_object for o in objects):
            return None
        if entry.intransitive and objects:
            return None
        if entry.subject or entry.not_subject:
            words = {w for s in self.clauses.subjects(v) for w in self._words(s)}
            if (entry.subject and not words & entry.subject) or words & entry.not_subject:
                return None
        if entry.prep is not None and not self._has_prep(v, theme, entry):
            return None
        return Match(v, entry, theme)

    def _has_prep(self, v: int, theme: int | None, entry: Entry) -> bool:
        assert entry.prep is not None
        governed = self.clauses.prepositions(v)
        objects = self.clauses.objects(v)[:1] if entry.kind == "verb" else []
        for place in (theme, *objects):
            if place is not None:
                for prep, heads in self.clauses.prepositions(place).items():
                    governed.setdefault(prep, []).extend(heads)
        for prep, allowed in entry.prep.items():
            heads = governed.get(prep, [])
            if heads and (not allowed or any(self._words(h) & allowed for h in heads)):
                return True
            if not allowed and not heads and prep in self.clauses.particles(v):
                return True
        return False

    # -- nouns ----------------------------------------------------------------------------

    def _noun(self, token: Token) -> list[Match]:
        entries = list(self.lexicon.nouns.get(token.lemma, ()))
        lemma = token.lemma
        long: list[Entry] = []
        for kid in self.sentence.kids(token.i, "compound", "amod", "nmod"):
            long += self.lexicon.nouns.get(f"{kid.lemma} {lemma}", ())
            long += self.lexicon.nouns.get(f"{kid.lower} {lemma}", ())
        if token.i >= 2 and self.sentence.tokens[token.i - 1].text == "-":
            first = self.sentence.tokens[token.i - 2].lower  # the parser cuts "cease-fire" up
            long += self.lexicon.nouns.get(f"{first}-{lemma}", ())
            long += self.lexicon.nouns.get(f"{first}{lemma}", ())
        for prep in self.sentence.kids(token.i, "prep"):
            for pobj in self.sentence.kids(prep.i, "pobj"):
                long += self.lexicon.nouns.get(f"{lemma} {prep.lower} {pobj.lemma}", ())
        if not entries and not long:
            return []
        light = self._light(token)
        words = {k.lemma for k in self.sentence.kids(token.i, "compound", "amod", "nmod")}
        if token.dep == "compound" or (token.pos == "PROPN" and token.ent not in ("", "EVENT")):
            return []  # "attack helicopters", names
        out = []
        for entry in chain(long, entries):
            if entry.modifier and not words & entry.modifier:
                continue
            if words & entry.not_modifier:
                continue
            if entry.prep is not None and not self._has_prep(token.i, None, entry):
                continue
            out.append(Match(token.i, entry, None, light))
        if long and any(m.entry in long for m in out):
            out = [m for m in out if m.entry in long]
        return out

    def _light(self, noun: Token) -> int | None:
        """The verb whose object (or "in N", "on N" complement) the noun is."""
        head = self.sentence.head(noun)
        while noun.dep == "conj" and head.i != noun.i:
            noun, head = head, self.sentence.head(head)
        if noun.dep == "pobj" and head.lower == "of" and self.sentence.head(head).lemma in _PHASES:
            noun = self.sentence.head(head)  # "the beginning of negotiations"
            head = self.sentence.head(noun)
        if noun.dep in ("dobj", "nsubjpass", "attr") and head.pos in ("VERB", "AUX"):
            return head.i
        if noun.dep == "pobj" and head.lower in ("in", "on", "into", "under", "out", "with", "to"):
            up = self.sentence.head(head)
            return up.i if up.pos == "VERB" else None
        kid = self.sentence.kid(noun.i, "acl", "relcl")
        if kid is not None and noun.i in self.clauses.objects(kid.i):
            return kid.i
        return None

    def _compound(self, token: Token) -> list[Match]:
        """ "US-backed rebels": the participle modifies the noun, its first half is a name."""
        entries = self.lexicon.compounds.get(token.lower) or ()
        if not entries:
            return []
        previous = self.sentence.tokens[token.i - 1] if token.i else None
        if previous is None or previous.text not in ("-", "‑", "–"):
            return []
        return [Match(token.i, e) for e in entries]

    def _words(self, i: int) -> set[str]:
        """Lemmas an object or subject may be listed under: its head's, or what it counts."""
        token = self.sentence.tokens[i]
        words = {token.lemma, token.lower}
        if token.lemma.endswith("men"):
            words.add(f"{token.lemma[:-2]}an")
        several = token.ent == "NORP" and token.tag in ("NNS", "NNPS")  # "Algerians"
        somebody = token.ent == "PERSON" or token.lower in _PERSON_PRONOUNS
        if several or somebody or token.pos == "NUM":
            words.update(_PERSON_WORDS)
        if token.ent == "MONEY":
            words.update(("money", "fund"))
        if token.ent in ("GPE", "LOC"):
            words.update(_PLACE_WORDS)
        for kid in self.sentence.kids(i, "compound", "amod"):
            words.add(f"{kid.lemma} {token.lemma}")
        for prep in self.sentence.kids(i, "prep"):
            if prep.lower == "of":
                for pobj in self.sentence.kids(prep.i, "pobj"):
                    words.add(f"{token.lemma} of {pobj.lemma}")
                    if token.lemma in PARTITIVE or token.pos == "NUM" or token.lemma in _MEASURES:
                        words |= {pobj.lemma, pobj.lower}
                        whole = self.sentence.kids(pobj.i, "compound", "amod")
                        words |= {f"{k.lemma} {pobj.lemma}" for k in whole}
        return words


_PHASES = frozenset(
    """beginning start resumption launch opening continuation round series wave number spate
    campaign string act possibility opportunity day week month hour""".split()
)
_MEASURES = frozenset(
    """deployment contingent
    shipment package series round wave number batch consignment load tonne ton supply dose
    piece set range level amount quantity kind form type spate string flurry barrage volley
    """.split()
)
