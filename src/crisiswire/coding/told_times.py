"""Times told earlier in the article: what "two days later" and "after the vote" count from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crisiswire.coding.records import Candidate
from crisiswire.coding.time_roles import TimeReader, TimeRole, is_deed
from crisiswire.model import Precision, Span, When
from crisiswire.parsing.tree import Sentence, Token
from crisiswire.resolving.dates_calendar import shift

_REACH = 3  # sentences that a day stays in mind as what others count from
_LONG_REACH = 6  # sentences that a month or year does
_NAMED_REACH = 12  # sentences that a deed named again is looked for
_ASIDES = frozenset({"relcl", "acl", "appos"})
_VERBAL = frozenset({"VERB", "AUX"})
# What makes a noun of a verb: "arrest", "killing", "arrival", "invasion", "appointment".
_ENDINGS = ("", "ing", "al", "ion", "ation", "ment", "ure", "ance", "e", "y")
_SHORTEST = 4  # letters of a verb that a noun may be made of
# How exact an anchor must be, by the precision of what counts from it.
_ANCHORS: dict[Precision, frozenset[Precision]] = {
    "day": frozenset({"day"}),
    "week": frozenset({"day", "week"}),
}
_BACKWARDS = ("earlier", "before", "previous", "preceding", "prior", "previously", "same", "that")


@dataclass(frozen=True, slots=True)
class _Day:
    """A time told in a main clause of sentence ``index``, and the deeds and things it was told
    of (lemmas)."""

    index: int
    first: dt.date
    last: dt.date
    precision: Precision
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Deed:
    """An event with a time of its own."""

    index: int
    lemma: str
    kind: str
    sides: tuple[frozenset[str], frozenset[str]]
    when: When
    words: Span


class ToldTimes:
    """What the sentences before have told; filled in text order."""

    def __init__(self) -> None:
        self._days: list[_Day] = []
        self._deeds: list[_Deed] = []

    def settled(self, sentence: Sentence, reader: TimeReader) -> list[TimeRole]:
        """The roles of the sentence's times; those that count from another time, do. Ones whose
        anchor is unknown are left out, unless they may count from the article's day."""
        roles: list[TimeRole] = []
        later: list[TimeRole] = []
        for role in reader.roles():
            if role.mention.anchored and role.mention.event:
                later.append(role)  # what they count from may stand behind them
                continue
            found = self._counted(role, reader, sentence) if role.mention.anchored else role
            if found is not None:
                roles.append(found)
                self._learn(found, sentence)
        for role in later:
            counted = self._from_deed(role, roles, sentence, reader)
            if counted is not None:
                roles.append(counted)
                self._learn(counted, sentence)
        return roles

    # -- counting -----------------------------------------------------------------------------

    def _counted(self, role: TimeRole, reader: TimeReader, sentence: Sentence) -> TimeRole | None:
        """ "two days later", "the same month": from the latest time told that is exact enough."""
        mention = role.mention
        fine = _ANCHORS.get(mention.precision)
        for day in reversed(self._days):
            if sentence.index - day.index > (_REACH if fine else _LONG_REACH):
                break
            if fine is None or day.precision in fine:
                return reader.read(role, role.tense, day.first)
        words = mention.text.lower().split()
        return role if any(w.strip(",") in _BACKWARDS for w in words) else None

    def _from_deed(
        self, role: TimeRole, roles: list[TimeRole], sentence: Sentence, reader: TimeReader
    ) -> TimeRole | None:
        """ "a week after the vote", "the eve of the summit": from the day of the deed named; where
        it has none but the verb told with it has, that of the deed itself."""
        end = sentence.start + role.mention.end
        mark = next((t for t in sentence.tokens if t.end == end and t.dep == "mark"), None)
        deed = sentence.head(mark) if mark is not None else _noun_after(sentence, end)
        if deed is None:
            return None
        days = [r for r in roles if r.mention.precision == "day"]
        known = next((r for r in days if deed.i in (r.verb, r.noun)), None)
        anchor = known.mention.first if known is not None else self._known(deed.lemma, sentence)
        if anchor is not None:
            return reader.read(role, role.tense, anchor)
        above = next((r for r in days if r.verb == role.verb and r.noun is None), None)
        if mark is None or above is None:
            return None
        day = above.mention.first
        counted = reader.read(role, role.tense, day).mention
        turned = replace(
            counted, first=_mirrored(counted.last, day), last=_mirrored(counted.first, day)
        )
        return replace(role, verb=deed.i, path=(*role.path[:-1], deed.i), mention=turned)

    def _known(self, lemma: str, sentence: Sentence) -> dt.date | None:
        """The day of the deed of this name, told in a sentence before."""
        for day in reversed(self._days):
            near = sentence.index - day.index <= _NAMED_REACH
            if near and day.precision == "day" and any(_akin(lemma, w) for w in day.words):
                return day.first
        return None

    def _learn(self, role: TimeRole, sentence: Sentence) -> None:
        """Keeps a time of the main line of the story."""
        if role.at_noun == "aside" or role.mention.direction in ("before", "by", "until", "since"):
            return
        verb = sentence.tokens[role.verb] if role.verb is not None else None
        token = verb
        while token is not None and token.head != token.i:
            if token.dep in _ASIDES:
                return
            token = sentence.head(token)
        words = frozenset(_told_of(role, sentence, verb))
        m = role.mention
        if role.at_noun == "before" and role.noun is not None:
            noun = sentence.tokens[role.noun].lemma
            if not is_deed(noun):
                return
            words = frozenset({noun})
        self._days.append(_Day(sentence.index, m.first, m.last, m.precision, words))

    # -- the same deed ------------------------------------------------------------------------

    def keep(self, c: Candidate, when: When, words: Span | None, sentence: Sentence) -> None:
        """Remembers a dated event."""
        if words is not None and c.status == "actual":
            lemma = sentence.tokens[c.trigger].lemma
            self._deeds.append(_Deed(sentence.index, lemma, c.type, _sides(c), when, words))

    def same_deed(self, c: Candidate, sentence: Sentence) -> tuple[When, Span, int] | None:
        """Time, its words and the sentence of the latest event that is certainly the same: of
        one type, named by kindred words, between the same parties; a noun with "the"."""
        if c.status != "actual":
            return None
        token = sentence.tokens[c.trigger]
        definite = any(k.lower in ("the", "this", "that") for k in sentence.kids(token.i, "det"))
        for deed in reversed(self._deeds):
            if sentence.index - deed.index > _REACH:
                return None
            if deed.kind != c.type or not _akin(token.lemma, deed.lemma):
                continue
            same = _sides(c) == deed.sides
            if same and (definite or token.pos in _VERBAL):
                return deed.when, deed.words, deed.index
        return None


def _mirrored(date: dt.date, day: dt.date) -> dt.date:
    """As far before ``day`` as ``date`` lies after it."""
    return shift(day, (day - date).days)


def _sides(c: Candidate) -> tuple[frozenset[str], frozenset[str]]:
    """Who did it to whom, by name."""
    actors = frozenset(r.actor.name.casefold() for r in c.actors)
    return actors, frozenset(r.actor.name.casefold() for r in c.recipients)


def _told_of(role: TimeRole, sentence: Sentence, verb: Token | None) -> Iterator[str]:
    """Lemmas of the verb told with the time and of the nouns that fill its places."""
    if role.noun is not None:
        yield sentence.tokens[role.noun].lemma
    if verb is not None:
        yield verb.lemma
        yield from (k.lemma for k in sentence.kids(verb.i, "nsubj", "nsubjpass", "dobj", "attr"))


def _noun_after(sentence: Sentence, end: int) -> Token | None:
    """The head of the noun phrase that begins at or after ``end``."""
    first = next((t for t in sentence.tokens if t.start >= end and t.text.strip()), None)
    while first is not None and first.pos not in ("NOUN", "PROPN"):
        head = sentence.head(first)
        if head.i <= first.i:
            return None
        first = head
    while first is not None and first.dep in ("compound", "poss", "amod", "nmod"):
        first = sentence.head(first)
    return first


def _akin(noun: str, other: str) -> bool:
    """The same word, or a noun made of the verb: "arrest", "arrival", "bombing"."""
    if noun == other:
        return True
    for long, short in ((noun, other), (other, noun)):
        stem = short.removesuffix("e")
        if len(stem) >= _SHORTEST and long.startswith(stem) and long[len(stem) :] in _ENDINGS:
            return True
    return False
