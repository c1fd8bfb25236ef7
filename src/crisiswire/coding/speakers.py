"""Who says a clause: words of saying above it, asides beside it, sources, headlines' colons."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crisiswire.knowledge.operators import Operators
from crisiswire.knowledge.saying import saying_words
from crisiswire.parsing.clauses import Clauses
from crisiswire.parsing.tree import NOMINAL, Token

_CLAUSAL = frozenset("ccomp xcomp parataxis pcomp dep acl relcl oprd".split())
_ASIDE = ("parataxis", "ccomp", "advcl", "conj", "dep", "ROOT")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_JOINED = frozenset("conj advcl relcl appos".split())
_NOBODY = frozenset("nobody none all no-one what that this there which everything nothing".split())
_OWN = ("ccomp", "xcomp", "dobj")
_VERBAL = frozenset({"VERB", "AUX"})
_REACH = 14  # tokens from the comma to the verb of saying
_LABEL = 6  # tokens that the name before or after a headline's colon may have


@dataclass(frozen=True, slots=True)
class Saying:
    """A word of saying ``i`` over a clause: its kind (statement, admission, denial, act or
    hearsay), the first and last token of the words as told, and the heads of the phrases that name
    who says it."""

    i: int
    kind: str
    first: Token
    last: Token
    heads: tuple[int, ...]

    @classmethod
    def by(cls, word: Token, kind: str, heads: Iterable[int]) -> Saying:
        """A saying of one word."""
        return cls(word.i, kind, word, word, tuple(heads))

    @property
    def start(self) -> int:
        """Where its words begin in the article."""
        return self.first.start

    @property
    def end(self) -> int:
        """Where its words end in the article."""
        return self.last.end


class Speakers:
    """Finds the sayings over the words of one sentence."""

    def __init__(self, clauses: Clauses, operators: Operators) -> None:
        self.clauses, self.sentence = clauses, clauses.sentence
        self.words = saying_words()
        self.kinds = ChainMap[str, str](dict(self.words.verbs), dict(operators.saying))
        self.plain = operators.saying

    def told(self, saying: Saying) -> str:
        """The words of a saying as the sentence has them."""
        first = self.sentence.start
        return self.sentence.text[saying.start - first : saying.end - first]

    def nearest(self, i: int) -> list[int]:
        """Heads of those who say, or warn or urge, what stands at token ``i``."""
        return next((list(s.heads) for s in self.over(i)), [])

    def over(self, i: int) -> list[Saying]:
        """The chain of sayings over token ``i``, innermost first: "officials said that the
        minister had denied it" gives the minister, then the officials."""
        found: list[Saying] = []
        below = self.sentence.tokens[i]
        lineage = [below, *self.sentence.ancestors(below)]
        inside = {t.i for t in lineage}
        for n, up in enumerate(lineage):
            path = lineage[:n]
            said = self._above(up, path[-1], i) if path else None
            if said is not None and self._covers(said.i, path):
                found.append(said)
            asides = self._asides(up, i, inside)
            found += [s for s in asides if self._covers(s.i, [*path, up])]
        found = [s for s in found if not self._parted(s.i, i)]
        if found:
            return found
        last = self._source(i) or self._label(i) or self._tail(i)
        return [] if last is None else [last]

    def _covers(self, saying: int, path: list[Token]) -> bool:
        """Whether the words of the path, from the clause below a saying down to the event, are
        still what is said. What stands before the saying is; of what follows it, clauses set
        off by a comma are the outlet's: "X fled, he said, while Y stayed", "said X had fled to
        the border, where Y waited"."""
        later = [t for t in path if t.i > saying]
        if any(self._set_off(t) for t in later):
            return False
        if not later or not self._interrupts(saying, path):
            return True
        return self._begun_before(saying, later)

    def _interrupts(self, saying: int, path: list[Token]) -> bool:
        """Whether the saying stands after or amid what it reports."""
        own = self.sentence.kids(saying, "ccomp", "parataxis")
        below = self.sentence.subtree(saying)
        return any(t.i < saying for t in own) or any(t.i not in below for t in path)

    def _begun_before(self, saying: int, later: list[Token]) -> bool:
        """ "The army, officials said, killed ten": the clause began before the saying."""
        clause = next((t for t in later if self.sentence.kid(t.i, *_SUBJECTS)), None)
        if clause is None or any(t.dep == "conj" for t in later[: later.index(clause) + 1]):
            return clause is None and not any(t.dep == "conj" for t in later)
        return any(k.i < saying for k in self.sentence.kids(clause.i, *_SUBJECTS))

    def _set_off(self, clause: Token) -> bool:
        """Whether a comma parts a clause from what it hangs on. Conditions, participles and a
        second "that" go on with what is said."""
        if clause.dep not in _JOINED or clause.tag == "VBG":
            return False
        marks = {m.lower for m in self.sentence.kids(clause.i, "mark", "advmod")}
        own = self.sentence.kid(clause.i, *_SUBJECTS) is not None
        if marks & {"if", "unless", "until", "that"} and clause.dep != "relcl":
            return False
        if clause.dep == "conj" and not own:
            return False
        first = self.sentence.subtree(clause.i)[0]
        before = [t.text for t in self.sentence.tokens[max(0, first - 3) : first]]
        return "," in before[-1:] or (clause.dep in ("conj", "advcl") and "," in before)

    def _parted(self, saying: int, i: int) -> bool:
        """Whether a semicolon stands between."""
        first, last = sorted((saying, i))
        return any(t.text == ";" for t in self.sentence.tokens[first:last])

    def responsible(self, i: int) -> Saying | None:
        """Who "claimed responsibility for" what stands at token ``i``, if anybody did."""
        token = self.sentence.tokens[i]
        for noun in (token, *self.sentence.ancestors(token)):
            verb = self.sentence.head(noun)
            if noun.lemma not in self.words.responsibility_nouns:
                continue
            if verb.lemma not in self.words.responsibility_verbs or noun.dep == "conj":
                continue
            if self.sentence.kid(verb.i, "neg") is None:
                first, last = sorted((verb, noun), key=lambda t: t.i)
                return Saying(verb.i, "claim", first, last, tuple(self._who(verb.i)))
        return None

    def anywhere(self, i: int) -> Saying | None:
        """The saying nearest to token ``i`` in the sentence, however it hangs together with it."""
        found = []
        for verb in self.sentence.tokens:
            if verb.pos in _VERBAL and verb.i != i and self._speaking(verb):
                heads = [h for h in self._who(verb.i) if h != i]
                if heads and not self._parted(verb.i, i):
                    found.append(Saying.by(verb, self.kinds[verb.lemma], heads))
        return min(found, key=lambda s: abs(s.i - i), default=None)

    def _speaking(self, verb: Token) -> bool:
        known = self.kinds.get(verb.lemma) not in (None, "act")
        return known and verb.lemma not in self.words.weak and verb.tag != "VBG"

    # -- above ----------------------------------------------------------------------------------

    def _above(self, up: Token, below: Token, i: int) -> Saying | None:
        if up.pos in _VERBAL:
            return self._verb_above(up, below, i)
        if up.pos == "NOUN" and up.lemma in self.words.nouns and self._content(below):
            heads = self.clauses.owners(up.i) or self.clauses.prepositions(up.i).get("by", [])
            return Saying.by(up, self.words.nouns[up.lemma], heads)
        return None

    def _content(self, below: Token) -> bool:
        """ "the claim that …": a clause that says what the noun of saying holds."""
        that = self.sentence.kid(below.i, "mark")
        return below.dep in ("acl", "ccomp") and that is not None and that.lower == "that"

    def _verb_above(self, verb: Token, below: Token, i: int) -> Saying | None:
        kind = self.kinds.get(verb.lemma)
        if kind is None or not self._governs(verb, below, kind):
            return None
        if self.clauses.is_passive(verb.i):
            agents = [p.i for k in self.sentence.kids(verb.i, "agent")
                      for p in self.sentence.kids(k.i, "pobj")]  # fmt: skip
            if not agents:
                return Saying(verb.i, "hearsay", self._helper_of(verb), verb, ())
            return Saying.by(verb, kind, agents)
        subjects = self._who(verb.i)
        if i in subjects:
            return None
        subjects = subjects or self._before(verb, i)
        return Saying.by(verb, kind, subjects)

    def _governs(self, verb: Token, below: Token, kind: str) -> bool:
        """Whether what hangs on the verb by ``below`` is what is said."""
        if below.dep in _CLAUSAL and below.pos in (*_VERBAL, "NOUN", "ADJ", "PROPN", "ADP", "ADV"):
            if self._beside(verb, below):
                return False
            return (
                verb.lemma not in self.words.weak
                or self._that(below)
                or self._put_first(verb, below)
            )
        if below.dep == "dobj" or (below.dep == "nsubjpass" and kind == "denial"):
            return verb.lemma in self.words.over_nouns
        return False

    def _beside(self, verb: Token, below: Token) -> bool:
        """A clause beside the verb's: joined by "and", or after it where another stands before it:
        "X fled, he said; Y stayed"."""
        if below.i < verb.i:  # "X fled, and Y answered by staying"
            return self._joined_by_and(below, verb)
        if below.dep not in ("parataxis", "dep"):
            return False
        return any(k.i < verb.i for k in self.sentence.kids(verb.i, "ccomp"))

    def _joined_by_and(self, clause: Token, verb: Token) -> bool:
        """Whether ", and" opens the clause of the verb itself."""
        tokens = self.sentence.tokens
        last = next((n for n in range(verb.i - 1, clause.i, -1) if tokens[n].text == ","), None)
        return last is not None and tokens[last + 1].dep == "cc"

    def _put_first(self, verb: Token, clause: Token) -> bool:
        """ "X fled, an inquiry found.": what is said, a comma, who says it."""
        between = self.sentence.tokens[clause.i : verb.i]
        return clause.dep == "ccomp" and any(t.text == "," for t in between)

    def _that(self, clause: Token) -> bool:
        return any(m.lower == "that" for m in self.sentence.kids(clause.i, "mark"))

    def _who(self, verb: int) -> list[int]:
        """Subjects that can be somebody."""
        tokens = self.sentence.tokens
        return [s for s in self.clauses.subjects(verb)
                if tokens[s].lower not in _NOBODY
                and not any(k.lower == "no" for k in self.sentence.kids(s, "det"))]  # fmt: skip

    def _helper_of(self, verb: Token) -> Token:
        """The "is" right before a passive, else the verb itself."""
        aux = self.sentence.kid(verb.i, "auxpass")
        return verb if aux is None or aux.i != verb.i - 1 else aux

    # -- beside ---------------------------------------------------------------------------------

    def _asides(self, up: Token, i: int, inside: set[int]) -> Iterator[Saying]:
        """ "…, officials said, …": verbs of saying with a subject and no clause of their own."""
        for kid in self.sentence.kids(up.i, *_ASIDE):
            if kid.i in inside or kid.pos not in _VERBAL or kid.lemma not in self.kinds:
                continue
            if self._aside(kid) and i not in self.sentence.subtree(kid.i):
                heads = self._who(kid.i)
                if heads:
                    yield Saying.by(kid, self.kinds[kid.lemma], heads)

    def _aside(self, verb: Token) -> bool:
        if self.sentence.kid(verb.i, "nsubj") is None or self.kinds[verb.lemma] == "act":
            return False
        marks = {m.lower for m in self.sentence.kids(verb.i, "mark", "advmod")}
        if marks & {"as"}:
            return True
        if marks & {"if", "after", "before", "because", "when", "until", "unless", "although",
                    "though", "while", "since"}:  # fmt: skip
            return False
        own = [k for k in self.sentence.kids(verb.i, *_OWN) if k.lemma != verb.lemma]
        addressed = verb.lemma in ("tell", "inform", "remind", "assure", "ask")
        own = [k for k in own if not (addressed and k.dep == "dobj")]
        return not own and verb.lemma not in self.words.weak

    # -- sources --------------------------------------------------------------------------------

    def _source(self, i: int) -> Saying | None:
        """ "according to X", "in the words of X", for the clause it hangs on."""
        tokens = self.sentence.tokens
        lowers = [t.lower for t in tokens]
        for words in self.words.sources:
            for n in range(len(tokens) - len(words)):
                if tuple(lowers[n : n + len(words)]) != words:
                    continue
                last = n + len(words) - 1
                head = self._named_after(last)
                if head is not None and head != i and self._in_clause(n, i):
                    heads = tuple(self.clauses.spread([head]))
                    return Saying(n, "statement", tokens[n], tokens[last], heads)
        return None

    def _named_after(self, last: int) -> int | None:
        """Head of the noun phrase that follows the last word of a source."""
        pobj = self.sentence.kid(last, "pobj")
        if pobj is None:
            pobj = next((t for t in self.sentence.tokens[last + 1 : last + 12]
                         if t.dep == "pobj" and t.head <= last), None)  # fmt: skip
        return None if pobj is None else pobj.i

    def _in_clause(self, n: int, i: int) -> bool:
        """Whether a source's clause holds token ``i``: not a second clause joined to it."""
        up = self.sentence.head(self.sentence.tokens[n])
        while up.pos not in _VERBAL and up.head != up.i:
            up = self.sentence.head(up)
        below = self.sentence.tokens[i]
        for verb in (below, *self.sentence.ancestors(below)):
            if verb.i == up.i:
                return True
        return up.i in self.sentence.subtree(i) or n < i

    def _label(self, i: int) -> Saying | None:
        """ "Ukraine struck depot: governor", "Police: two men held" in headlines."""
        tokens = self.sentence.tokens
        colons = [t.i for t in tokens if t.text == ":"]
        if len(colons) != 1:
            return None
        colon, last = colons[0], len(tokens) - 1
        after = range(colon + 1, last + 1 - (tokens[last].pos == "PUNCT"))
        for side in (range(colon), after):
            if i in side or not 0 < len(side) <= _LABEL:
                continue
            nominal = all(tokens[n].pos in (*NOMINAL, "ADJ", "DET", "ADP", "PART") for n in side)
            named = [n for n in side if tokens[n].pos in ("NOUN", "PROPN")]
            if nominal and named:
                head = next((n for n in named if tokens[n].head not in side), named[-1])
                return Saying.by(tokens[colon], "statement", [head])
        return None

    def _tail(self, i: int) -> Saying | None:
        """ "…, a source close to it said.": a noun phrase and a verb of saying after a comma,
        whatever the parser made of them."""
        tokens = self.sentence.tokens
        for verb in tokens[i + 1 :]:
            if verb.text == ";":
                return None
            if (
                not self._says(verb)
                or self.sentence.kid(verb.i, "ccomp", "dobj", "aux") is not None
            ):
                continue
            heads = self._before(verb, i)
            if heads:
                return Saying.by(verb, self._kind_of(verb), heads)
        return None

    def _before(self, verb: Token, i: int) -> list[int]:
        """Head of the noun phrase between the last comma after token ``i`` and the verb."""
        tokens = self.sentence.tokens
        comma = next((n for n in range(verb.i - 1, i, -1) if tokens[n].text == ","), None)
        if comma is None or verb.i - comma > _REACH:
            return []
        phrase = tokens[comma + 1 : verb.i]
        if any(t.pos in ("AUX", "SCONJ", "CCONJ") or t.tag in ("VBD", "VBZ") for t in phrase[:4]):
            return []
        nouns = [t for t in phrase if t.pos in NOMINAL and t.lower not in _NOBODY]
        first = next((t for t in nouns if not comma < t.head < verb.i), None) or next(
            (t for t in nouns if t.dep not in ("compound", "nmod", "poss")), None
        )
        return [] if first is None else [first.i]

    def _says(self, token: Token) -> bool:
        """Whether a token is a finite verb of saying, also in a headline's capitals."""
        lemma = self._lemma(token)
        finite = token.tag in ("VBD", "VBZ", "VBP", "VBN") or token.text.isupper()
        known = self.kinds.get(lemma) not in (None, "act")
        return finite and known and (lemma in self.plain or lemma not in self.words.weak)

    def _kind_of(self, token: Token) -> str:
        return self.kinds[self._lemma(token)]

    def _lemma(self, token: Token) -> str:
        if not token.text.isupper() or len(token.text) < 3:
            return token.lemma
        return token.lower if token.lower in self.plain else token.lower.removesuffix("s")
