"""What each time expression of a sentence is told with: the verb of its clause, the noun that it
stands at, the tense in which it is to be read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from crisiswire.knowledge.lexicon import lexicon
from crisiswire.knowledge.operators import Operators
from crisiswire.parsing.tree import Sentence, Token
from crisiswire.resolving.dates import Tense, TimeMention, find_dates

# How an expression stands at the noun that it tells the time of: "Friday's talks", "talks on
# Friday"; "aside" in an apposition to it, None at no noun.
AtNoun = Literal["before", "after", "aside"] | None

_VERBAL = frozenset({"VERB", "AUX"})
_MODIFIES = frozenset({"poss", "compound", "nmod", "amod", "nummod", "npadvmod"})
_PAST_AUXILIARIES = frozenset({"had", "was", "were", "did", "has", "have", "'ve"})
_COMING_AUXILIARIES = frozenset("will 'll wo shall would 'd may might could can".split())
_COMING_WORDS = frozenset(  # what "to meet" after them is still to come
    "plan deadline intention promise pledge offer threat proposal demand call request want".split()
)
_COMING_EFFECTS = frozenset({"future", "hypothetical", "promise", "threaten", "request", "allow"})
# What is fixed ahead and so told in the present: "meets on Friday".
_FIXED_AHEAD = frozenset(
    """arrive attend begin close convene depart end expire face fly gather head hold host leave meet
    open resume return sit start take travel visit vote""".split()
)
_RECORD = frozenset("first last only most least worst best".split())  # "the first visit since"
_RECORD_REACH = 8  # words between "first" and "since"
_STEPS = 12  # words of the tree looked through on the way to a verb


@dataclass(frozen=True, slots=True)
class TimeRole:
    """A time expression and its place in the sentence.

    ``mention`` counts characters from the start of the sentence. ``path`` are the tokens from
    the expression up to ``verb`` (None in a sentence without one), ``noun`` the one that it
    stands at in the way ``at_noun`` says, ``prep`` the preposition between that noun and the
    verb.
    """

    mention: TimeMention
    path: tuple[int, ...]
    verb: int | None
    noun: int | None
    at_noun: AtNoun
    prep: str | None
    tense: Tense | None


class TimeReader:
    """The time expressions of one sentence; each is read in the tense of its own clause."""

    def __init__(
        self, sentence: Sentence, text: str, day: dt.date, country: str | None, operators: Operators
    ) -> None:
        self.sentence, self.operators = sentence, operators
        self._text, self._day, self._country = text, day, country
        self._read: dict[tuple[Tense | None, dt.date | None], Mapping[int, TimeMention]] = {}

    def roles(self) -> Iterator[TimeRole]:
        """Roles of all expressions in the order of the text."""
        found = {**self._mentions("future"), **self._mentions(None)}
        for start in sorted(found):
            role = self._role(found[start])
            if role is not None:
                yield self.read(role, role.tense)

    def read(self, role: TimeRole, tense: Tense | None, anchor: dt.date | None = None) -> TimeRole:
        """The role with its words read in another tense, or counted from ``anchor``."""
        mention = self._mentions(tense, anchor).get(role.mention.start)
        return role if mention is None else replace(role, mention=mention, tense=tense)

    def _mentions(
        self, tense: Tense | None, anchor: dt.date | None = None
    ) -> Mapping[int, TimeMention]:
        key = tense, anchor
        if key not in self._read:
            found = find_dates(
                self._text, self._day, tense=tense, anchor=anchor, country=self._country
            )
            self._read[key] = {mention.start: mention for mention in found}
        return self._read[key]

    def _role(self, mention: TimeMention) -> TimeRole | None:
        tokens = self.inside(mention)
        if not tokens or self._of_record(mention, tokens[0]):
            return None
        within = {t.i for t in tokens}
        root = next((t for t in tokens if t.head not in within or t.head == t.i), tokens[0])
        path, noun, at_noun, prep = [root.i], None, None, None
        token = root
        for _ in range(_STEPS):
            head = self.sentence.head(token)
            if head.i == token.i or head.i in path:
                break
            named = head.pos in ("NOUN", "PROPN") and not self._measures(head, mention)
            if noun is None and named and not self._glued(token, head):
                noun, at_noun = head.i, _at_noun(token)
            elif noun is not None and head.pos == "ADP" and prep is None:
                prep = head.lower
            path.append(head.i)
            token = head
            if head.pos in _VERBAL and head.dep not in ("amod", "compound"):
                break
        top = self.sentence.tokens[path[-1]]
        verb = self._clause_of(mention, tokens[0], top) if top.pos in _VERBAL else None
        if verb is not None and verb != top.i:
            path[-1] = verb
        tense = self._tense(verb, mention, noun) if verb is not None else None
        return TimeRole(mention, tuple(path), verb, noun, at_noun, prep, tense)

    def inside(self, mention: TimeMention) -> list[Token]:
        """Tokens of the words of a time expression, blanks left out."""
        start, end = self.sentence.start + mention.start, self.sentence.start + mention.end
        return [t for t in self.sentence.tokens if start <= t.start < end and t.text.strip()]

    def _measures(self, head: Token, mention: TimeMention) -> bool:
        """Whether the noun is itself a word of time: "Monday, a day after the vote"."""
        at = head.start - self.sentence.start
        every = (*self._mentions(None).values(), mention)
        return any(m.start <= at < m.end for m in every)

    def _of_record(self, mention: TimeMention, first: Token) -> bool:
        """ "the first visit since 2015" tells no time of the visit."""
        if mention.direction != "since":
            return False
        before = self.sentence.tokens[max(0, first.i - _RECORD_REACH) : first.i]
        return any(t.lower in _RECORD or t.tag in ("JJS", "RBS") for t in before)

    # -- the parser's usual mistakes ----------------------------------------------------------

    def _clause_of(self, mention: TimeMention, first: Token, verb: Token) -> int:
        """The verb told with the time, where the parser hangs the words on the wrong one."""
        head = self.sentence.head(verb)
        if verb.dep == "advcl" and head.i != verb.i:
            # "left a day after X fell", "On Monday, after X fell, Y left" tell when Y left
            marks = self.sentence.kids(verb.i, "mark")
            if any(m.i > first.i and (mention.event or self._comma(first.i, m.i)) for m in marks):
                return head.i
        if verb.dep == "ccomp" and head.i < first.i and head.lemma in self.operators.saying:
            # "said on Monday it had left" tells when it was said
            opened = [k.i for k in self.sentence.kids(verb.i, "mark", "nsubj", "nsubjpass")]
            if min(opened, default=0) > first.i and not self._comma(head.i, first.i):
                return head.i
        for kid in self.sentence.kids(verb.i, "advcl"):
            # "After X fell on Friday, Y left" tells when X fell
            if kid.i < first.i < verb.i and not self._comma(kid.i, first.i):
                return kid.i
        return verb.i

    def _comma(self, start: int, end: int) -> bool:
        return any(t.text == "," for t in self.sentence.tokens[start:end])

    def _glued(self, token: Token, noun: Token) -> bool:
        """ "On Monday rebels stormed": no Monday rebels, unlike "the Monday raid"."""
        before = self.sentence.tokens[token.i - 1] if token.i else None
        if token.dep != "compound" or before is None or before.i in noun.children:
            return False
        return before.pos == "ADP" and not is_deed(noun.lemma)

    # -- tense --------------------------------------------------------------------------------

    def _tense(self, v: int, mention: TimeMention, noun: int | None) -> Tense | None:
        """Past or future, by the verb's form and what stands above it."""
        for _ in range(_STEPS):
            token = self.sentence.tokens[v]
            told = self._by_form(token, mention, noun)
            if told is not None or token.head == v:
                return None if told == "present" else told
            noun = None
            v = token.head
        return None

    def _by_form(self, token: Token, mention: TimeMention, noun: int | None) -> Tense | None:
        """Tense of one verb; "present" where it says nothing, None where the word above does."""
        if token.dep == "pcomp":
            return "past"  # "accused of shelling", "since sending"
        auxiliaries = {k.lower for k in self.sentence.kids(token.i, "aux", "auxpass")}
        if auxiliaries & _PAST_AUXILIARIES and not (
            "to" in auxiliaries and not auxiliaries & {"have", "'ve"}
        ):
            return "past"
        if auxiliaries & _COMING_AUXILIARIES:
            return "future"
        if token.tag == "VBD" or (token.tag == "VBN" and not auxiliaries):
            return "past"
        if token.tag == "VB" and "to" in auxiliaries:
            return self._infinitive(token)
        if token.tag in ("VBZ", "VBP") or auxiliaries & {"is", "are", "'s", "'re"}:
            fixed = token.lemma in _FIXED_AHEAD or token.tag == "VBG"
            plain = noun is None and mention.direction == "at" and not mention.anchored
            return "future" if plain and fixed else "present"
        return None

    def _infinitive(self, token: Token) -> Tense | None:
        """ "plans to meet" and "is to meet" are to come, "managed to flee" as the verb above."""
        head = self.sentence.head(token)
        effects = self.operators.effects.get(head.lemma, ())
        if head.lemma in _COMING_WORDS or (head.lemma == "be" and token.dep in ("xcomp", "ccomp")):
            return "future"
        return "future" if _COMING_EFFECTS & set(effects) and "pass" not in effects else None


def is_deed(noun: str) -> bool:
    """Whether a noun tells of something done or happening: "raid", "election"."""
    return noun in lexicon().nouns or noun in lexicon().classes["ABSTRACT"]


def _at_noun(token: Token) -> AtNoun:
    """How the word below a noun stands at it."""
    if token.dep == "appos":
        return "aside"
    return "before" if token.dep in _MODIFIES else "after"
