"""Who stands where around a predicate, with passive, control, relatives and "and" undone.

A :class:`Clauses` wraps one sentence and answers, for a verb, who its deep subject,
object and indirect object are and what its prepositions govern; for a noun, who owns it
and what its prepositions govern. Results are lists of token indices (heads of noun
phrases), coordination expanded. Dependency labels are spaCy's (ClearNLP) English set.
"""

from __future__ import annotations

from collections.abc import Iterable

from crisiswire.parsing.tree import NOMINAL, Sentence, Token

# Verbs whose object is the subject of their complement ("urged Iran to stop").
OBJECT_CONTROL = frozenset(
    """accuse advise allow appeal ask authorise authorize ban bar beg beseech block call challenge
    charge coax command compel convince dare direct discourage dispatch dissuade enable encourage
    exhort expect force get help implore induce instruct invite lead leave let lobby make order
    permit persuade petition prepare press pressure prevent prohibit prompt provoke push remind
    request require send spare stop suspect teach tell train trust urge want warn
    """.split()
)
# Participles that are states of their subject ("is opposed to"), not passives of a deed.
STATIVE = frozenset(
    """oppose commit determine prepare concern dedicate devote resolve poise interest dispose
    incline pledge""".split()
)
# Participles after an aside that the speaker does himself: "…, he said, adding that".
_OF_SPEECH = frozenset(
    """accuse add appeal ask blame call cite condemn demand describe insist note praise stress urge
    vow warn thank deny refer point quote speak allege argue explain claim promise threaten reject
    brush dismiss put contradict wave hint say""".split()
)
RELATIVES = frozenset({"who", "which", "that", "whom"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_VERBAL = frozenset({"VERB", "AUX"})


# Words that keep the preposition after them: "according to X" is not "to X".
_FIXED = frozenset("according due owing thanks prior contrary compared relative because".split())


class Clauses:
    """Deep grammatical relations of one sentence, worked out once per token."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self._subjects: dict[int, list[int]] = {}
        self._objects: dict[int, list[int]] = {}
        self._passive: dict[int, bool] = {}

    # -- coordination -------------------------------------------------------------------

    def spread(self, heads: Iterable[int]) -> list[int]:
        """Heads with everything that "and" adds to them, relatives replaced by antecedents."""
        out: list[int] = []
        for head in heads:
            queue = [self.antecedent(head)]
            while queue:
                i = queue.pop()
                if i in out:
                    continue
                out.append(i)
                mates = self.sentence.kids(i, "conj") if self._coordinated(i) else []
                queue += [k.i for k in mates if k.pos in NOMINAL or k.pos == "ADJ"][:1]
        return out

    def _coordinated(self, i: int) -> bool:
        """Whether a conjunction stands in the chain from ``i`` on; else "conj" is a mistake."""
        seen = {i}
        while True:
            if self.sentence.kid(i, "cc"):
                return True
            mate = self.sentence.kid(i, "conj")
            if mate is None or mate.i in seen:
                head = self.tokens[i]
                return head.dep == "conj" and self.sentence.kid(head.head, "cc") is not None
            i = mate.i
            seen.add(i)

    def antecedent(self, i: int) -> int:
        """The noun that a relative pronoun stands for, or ``i`` itself."""
        token = self.tokens[i]
        if token.lower not in RELATIVES or token.tag not in ("WDT", "WP", "IN", "DT"):
            return i
        for up in self.sentence.ancestors(token):
            if up.dep == "relcl" or (up.dep == "ccomp" and self.sentence.head(up).pos == "NOUN"):
                noun = self.sentence.head(up)
                if token.lower == "who" and noun.ent in ("GPE", "LOC") and noun.dep == "pobj":
                    over = self.sentence.head(self.sentence.head(noun))
                    if over.pos == "VERB" and over.dep in ("acl", "relcl"):
                        over = self.sentence.head(over)  # "the clans, armed by Chad, who"
                    noun = over if over.pos in NOMINAL else noun  # "men from Gao, who"
                return noun.i
        return i

    # -- verbs --------------------------------------------------------------------------

    def is_passive(self, v: int) -> bool:
        """Whether the verb's surface subject (or noun, or matrix subject) is its object."""
        if v not in self._passive:
            self._passive[v] = False  # guards against cycles
            self._passive[v] = self._find_passive(self.tokens[v])
        return self._passive[v]

    def _find_passive(self, verb: Token) -> bool:
        sent = self.sentence
        if verb.lemma in STATIVE and not sent.kid(verb.i, "agent") and verb.tag == "VBN":
            to = any(k.lower in ("to", "against") for k in sent.kids(verb.i, "prep"))
            return not (to or sent.kid(verb.i, "xcomp"))
        if sent.kid(verb.i, "auxpass", "nsubjpass"):
            return True
        if verb.tag != "VBN" or sent.kid(verb.i, "nsubj", "aux"):
            return False
        if verb.dep in ("acl", "amod"):
            return not (verb.dep == "acl" and sent.kid(verb.i, "dobj") and not self._agent(verb.i))
        if verb.dep == "advcl" or verb.dep == "ROOT":
            return not sent.kid(verb.i, "dobj")
        if verb.dep == "conj":
            return self.is_passive(verb.head)
        return sent.kid(verb.i, "agent") is not None

    def _agent(self, v: int) -> list[int]:
        """By-agents of a passive verb, also when the parser hung "by" on another word of it."""
        sent = self.sentence
        for prep in sent.kids(v, "agent", "prep"):
            found = [p.i for p in sent.kids(prep.i, "pobj") if not _is_means(p)]
            found = found if prep.lower == "by" else self._hands(prep)
            if found:
                return self.spread(found)
        for kid in sent.kids(v, "dobj", "attr", "oprd", "prep", "xcomp"):
            for i in sent.subtree(kid.i):
                token = self.tokens[i]
                theirs = self.tokens[token.head].dep in ("acl", "relcl") and token.dep == "agent"
                if token.lower == "by" and token.dep in ("prep", "agent") and i > v and not theirs:
                    found = [p.i for p in sent.kids(i, "pobj") if not _is_means(p)]
                    if found:
                        return self.spread(found)
        return []

    def _hands(self, prep: Token) -> list[int]:
        """Those "at whose hands" something is suffered."""
        hand = self.sentence.kid(prep.i, "pobj") if prep.lower == "at" else None
        if hand is None or hand.lemma != "hand":
            return []
        of = [k for k in self.sentence.kids(hand.i, "prep") if k.lower == "of"]
        return [p.i for k in of for p in self.sentence.kids(k.i, "pobj")]

    def subjects(self, v: int) -> list[int]:
        """Deep subjects: those who do it. Empty when none is told."""
        if v not in self._subjects:
            self._subjects[v] = []
            verb = self.tokens[v]
            if self.is_passive(v):
                found = self._agent(v)
                if not found and verb.dep == "conj":
                    mate = self.tokens[verb.head]
                    if self.is_passive(mate.i) and not self.sentence.kid(v, *_SUBJECTS):
                        found = self._agent(mate.i)
                for mate in [] if found else self.sentence.kids(v, "conj"):
                    if self.is_passive(mate.i) and not self.sentence.kid(mate.i, *_SUBJECTS):
                        found = self._agent(mate.i)
                self._subjects[v] = found
            else:
                self._subjects[v] = self._surface(v)
        return self._subjects[v]

    def objects(self, v: int) -> list[int]:
        """Deep objects: those it is done to."""
        if v not in self._objects:
            self._objects[v] = []
            if self.is_passive(v):
                direct = [t.i for t in self.sentence.kids(v, "dobj")]
                found = direct or self._surface(v)
            else:
                found = [t.i for t in self.sentence.kids(v, "dobj")] or self._gap(v)
                found = found or self._opposed(v)
            if not found and self.tokens[v].dep == "conj" and self._shares_object(v):
                found = self.objects(self.tokens[v].head)
            mate = self.sentence.kid(v, "conj")
            if not found and mate is not None and mate.pos == "VERB" and mate.i == v + 2:
                found = self.objects(mate.i)  # "beat and arrested the students"
            self._objects[v] = self.spread(found)
        return self._objects[v]

    def _opposed(self, v: int) -> list[int]:
        """ "is opposed to the plan": the object of a state told like a passive."""
        if self.tokens[v].lemma != "oppose" or self.tokens[v].tag != "VBN":
            return []
        to = [k for k in self.sentence.kids(v, "prep") if k.lower == "to"]
        return [p.i for k in to for p in self.sentence.kids(k.i, "pobj")]

    def _shares_object(self, v: int) -> bool:
        """ "arrested and jailed protesters": the first verb's object hangs on the second only."""
        return self.is_passive(v) and not self.sentence.kid(v, *_SUBJECTS)

    def indirect(self, v: int) -> list[int]:
        """Indirect objects: "gave Kiev tanks", "gave tanks to Kiev", "Kiev was given tanks"."""
        out: list[int] = []
        for kid in self.sentence.kids(v, "dative"):
            out += [p.i for p in self.sentence.kids(kid.i, "pobj")] if kid.pos == "ADP" else [kid.i]
        if self.is_passive(v) and self.sentence.kid(v, "dobj"):
            out += self._surface(v)
        return self.spread(out)

    def _surface(self, v: int) -> list[int]:
        """Surface subjects, own or taken over from where the grammar puts them."""
        sent, verb = self.sentence, self.tokens[v]
        own = [t.i for t in sent.kids(v, "nsubj", "nsubjpass")]
        own = [i for i in own if self.tokens[i].dep != "expl"]
        if own:
            return self.spread(own)
        head = sent.head(verb)
        match verb.dep:
            case "conj" if head.pos in _VERBAL:
                return self._of_mate(v, head)
            case "xcomp" | "ccomp" if head.pos in _VERBAL or head.pos == "ADJ":
                return self._controlled(head, verb)
            case "relcl" | "acl" | "amod":
                return self._of_noun(verb, head)
            case "advcl" if head.pos in _VERBAL:
                return self._surface(self._told_before(head, verb))
            case "acomp" if head.pos in _VERBAL:
                return self._surface(head.i)
            case "pcomp":
                return self._of_pcomp(head)
            case "prep" | "dep" | "parataxis" if head.pos in _VERBAL and verb.tag == "VBG":
                return self._surface(head.i)
        return []

    def _told_before(self, head: Token, verb: Token) -> int:
        """The verb whose subject a participle shares: "troops fired, she said, killing two" has
        the troops kill, though the parser hangs the clause on the aside."""
        told = [k for k in self.sentence.kids(head.i, "ccomp") if k.i < head.i]
        aside = told and verb.tag == "VBG" and verb.i > head.i and verb.lemma not in _OF_SPEECH
        return told[0].i if aside else head.i

    def _of_mate(self, v: int, mate: Token) -> list[int]:
        """Subject of a coordinated verb: its mate's, by voice."""
        if self.is_passive(mate.i) and not self.is_passive(v):
            return self._surface(mate.i)
        return self._surface(mate.i)

    def _controlled(self, head: Token, verb: Token) -> list[int]:
        if head.pos == "ADJ":  # ready to, willing to
            owner = self.sentence.kid(head.i, "nsubj")
            if owner is not None:
                return self.spread([owner.i])
            up = self.sentence.head(head)
            return self._surface(up.i) if up.pos in _VERBAL else []
        if head.lemma in OBJECT_CONTROL:
            direct = [t.i for t in self.sentence.kids(head.i, "dobj", "dative")]
            if self.is_passive(head.i):
                return self._surface(head.i)
            if direct:
                return self.spread(direct)
            for prep in self.sentence.kids(head.i, "prep"):
                if prep.lower in ("on", "to", "upon", "with", "for") and prep.i < verb.i:
                    found = [p.i for p in self.sentence.kids(prep.i, "pobj")]
                    if found:
                        return self.spread(found)
        if verb.dep == "ccomp" and verb.tag not in ("VB", "VBG", "VBN"):
            return []
        return self._surface(head.i)

    def _of_noun(self, verb: Token, noun: Token) -> list[int]:
        """Subject of a clause that hangs on a noun."""
        if noun.pos not in NOMINAL and noun.pos != "ADJ":
            return []
        if verb.dep == "relcl":
            has_pronoun = any(t.lower in RELATIVES for t in self.sentence.kids(verb.i))
            return [] if has_pronoun else self.spread([noun.i])
        if verb.tag == "VB" or self.sentence.kid(verb.i, "aux"):  # decision to withdraw
            owners = self.owners(noun.i)
            if owners:
                return owners
            up = self.sentence.head(noun)
            if noun.dep in ("dobj", "attr", "pobj", "nsubjpass"):
                while up.pos == "ADP" and up.head != up.i:
                    up = self.sentence.head(up)
                if up.pos in _VERBAL:
                    return self.subjects(up.i)
            return self.spread([noun.i]) if noun.dep in ("nsubj",) else []
        return [noun.i] if verb.dep == "amod" else self.spread([noun.i])

    def _of_pcomp(self, prep: Token) -> list[int]:
        """ "accused X of shelling", "retaliated by shelling", "prevented X from entering"."""
        up = self.sentence.head(prep)
        if up.pos in _VERBAL:
            if prep.lower in ("of", "from", "for", "into", "against") and up.lemma not in (
                "apologise",
                "apologize",
                "refrain",
                "abstain",
                "desist",
                "stop",
                "withdraw",
                "back",
                "retreat",
                "talk",
                "think",
                "dream",
                "claim",
                "call",
                "press",
                "push",
            ):
                objects = self.objects(up.i)
                if objects:
                    return objects
            return self._surface(up.i)
        if up.pos in NOMINAL:
            owners = self.owners(up.i)
            if owners:
                return owners
            over = self.sentence.head(up)
            if over.pos in _VERBAL:
                return self.subjects(over.i)
        return []

    def _gap(self, v: int) -> list[int]:
        """Object of a relative clause whose object is the noun: "the town that X shelled"."""
        verb = self.tokens[v]
        if verb.dep == "relcl" and self.sentence.kid(v, "nsubj"):
            subject = self.sentence.kid(v, "nsubj")
            if subject is not None and subject.lower not in RELATIVES:
                return [verb.head]
        return []

    def prepositions(self, i: int) -> dict[str, list[int]]:
        """Preposition → heads it governs, for prepositions that hang on token ``i``.

        "out of X" is found under both ``out of`` and ``of``; gerunds after the
        preposition are not nouns and are left out.
        """
        out: dict[str, list[int]] = {}
        for kid in self.sentence.kids(i, "prep", "agent", "dative", "advmod", "prt"):
            if kid.pos not in ("ADP", "SCONJ", "ADV", "PART", "ADJ", "VERB"):
                continue
            self._collect(kid, kid.lower, out)
        return out

    def _collect(self, prep: Token, name: str, out: dict[str, list[int]]) -> None:
        if prep.lower == "according":
            return  # who says so has no place in the deed
        pobj = [p.i for p in self.sentence.kids(prep.i, "pobj")]
        hands = self._hands(prep)
        if hands:
            pobj, name = hands, "by"
        if pobj:
            out.setdefault(name, []).extend(self.spread(pobj))
        for inner in self.sentence.kids(prep.i, "prep"):
            self._collect(inner, f"{name} {inner.lower}", out)
            if inner.lower in ("of", "to", "with", "from") and prep.lower not in _FIXED:
                self._collect(inner, inner.lower, out)
        for mate in self.sentence.kids(prep.i, "conj"):
            if mate.pos == "ADP":
                self._collect(mate, mate.lower, out)

    def particles(self, v: int) -> list[str]:
        """Particles and bare adverbs that may make a particle verb, in text order."""
        kids = self.sentence.kids(v, "prt", "advmod", "prep", "acomp", "oprd", "dobj", "amod")
        return [t.lower for t in kids if t.i > v and (t.dep != "dobj" or not t.children)]

    # -- nouns --------------------------------------------------------------------------

    def owners(self, n: int) -> list[int]:
        """Possessors and modifiers that may be parties: "Kiev's", "the US", "Iranian"."""
        sent = self.sentence
        owners = [t.i for t in sent.kids(n, "poss")]
        owners += [
            t.i
            for t in sent.kids(n, "compound", "amod", "nmod", "npadvmod")
            if t.pos in ("PROPN", "ADJ", "NOUN") and t.i < n
        ]
        return self.spread(owners)

    def complements(self, i: int) -> list[int]:
        """Verbs of the complement clauses of a verb or noun (infinitive, that, gerund)."""
        out = [
            t.i
            for t in self.sentence.kids(i, "xcomp", "ccomp", "acl", "relcl")
            if t.pos in _VERBAL and not (t.dep == "acl" and t.tag == "VBN")
        ]
        for prep in self.sentence.kids(i, "prep", "agent"):
            out += [t.i for t in self.sentence.kids(prep.i, "pcomp") if t.pos in _VERBAL]
        return out


def _is_means(token: Token) -> bool:
    """ "by plane", "by Friday": not one who acts."""
    return token.ent in ("DATE", "TIME", "PERCENT", "CARDINAL", "MONEY", "QUANTITY")
