"""Mentions of parties in a sentence, and the referents that mentions of an article share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from crisiswire.knowledge.anaphors import anaphors
from crisiswire.knowledge.names import Hit
from crisiswire.parsing.clauses import Clauses
from crisiswire.parsing.mentions import mention_tokens
from crisiswire.parsing.tree import Token
from crisiswire.resolving.records import Resolved

Kind = Literal["person", "people", "group", "state", "thing"]
Reader = Callable[[int, list[Token] | None], Resolved]  # head and words of a phrase → its party

MODIFIERS = ("compound", "amod", "nmod")
_SUBJECTS = ("nsubj", "nsubjpass")
_OBJECTS = ("dobj", "dative")


@dataclass(eq=False)
class Mention:
    """A noun phrase, a name inside one (``inner``) or a pronoun that may stand for a party."""

    clauses: Clauses
    token: Token
    kind: Kind
    hit: Hit | None
    hits: Sequence[Hit]
    reader: Reader
    inner: bool = False
    number: int = 0  # of the sentence in the article
    fellow: Mention | None = None  # the noun that the mention says again, as an apposition

    @cached_property
    def left(self) -> list[Token]:
        """Words before the head that belong to it, theirs included ("KLA political leader X")."""
        kids = self.clauses.sentence.kids
        own = [k for k in kids(self.token.i, *MODIFIERS) if k.i < self.token.i]
        deep = [g for k in own for g in kids(k.i, *MODIFIERS) if g.i < self.token.i]
        return sorted((*own, *deep), key=lambda t: t.i)

    @cached_property
    def appositions(self) -> list[Token]:
        """Heads of the noun phrases that say the same: "Y, the group's leader"."""
        return [k for k in self.clauses.sentence.kids(self.token.i, "appos") if k.ent != "DATE"]

    @cached_property
    def named_by(self) -> list[Token]:
        """Apposed names of a common noun: "its leader, X"; a name after a name is another's."""
        if self.token.pos == "PROPN":
            return []
        return [a for a in self.appositions if a.pos == "PROPN" and a.tag != "NNPS"]

    @cached_property
    def words(self) -> list[Token]:
        """All words of the phrase, in text order."""
        if self.inner:
            return [*(t for t in self.left if self._in_hit(t)), self.token]
        return mention_tokens(self.clauses.sentence, self.token.i)

    def _in_hit(self, token: Token) -> bool:
        return self.hit is not None and self.hit.start <= token.start < self.hit.end

    @cached_property
    def resolved(self) -> Resolved:
        """The party that the words alone name, or the noun before an apposition."""
        own = self.reader(self.token.i, self.words if self.inner else None)
        if self.fellow is not None and self.fellow.resolved.strength > own.strength:
            return self.fellow.resolved
        return own

    @property
    def plural(self) -> bool:
        """Whether the noun counts several; an acronym ("FLNKS") is one."""
        return self.token.tag in ("NNS", "NNPS") and not self.token.text.isupper()

    @cached_property
    def weight(self) -> tuple[bool, bool, bool]:
        """How well it stands for the others of its referent."""
        return not self.inner and self.token.pos == "PROPN", self.proper, not self.inner

    @property
    def subject(self) -> bool:
        return self.token.dep in _SUBJECTS and not self.inner

    @property
    def shares_subject(self) -> bool:
        """Whether it is one of several in the subject: "X and Y agreed"."""
        sentence = self.clauses.sentence
        first = sentence.head(self.token) if self.token.dep == "conj" else self.token
        joined = sentence.kid(first.i, "conj") is not None
        return joined and first.dep in _SUBJECTS and not self.inner

    @property
    def argument(self) -> bool:
        """Whether it is subject or object of its clause."""
        return not self.inner and self.token.dep in (*_SUBJECTS, *_OBJECTS)

    @cached_property
    def proper(self) -> bool:
        """Whether a name is its head or its apposition, not a noun alone."""
        return bool(self.names)

    @cached_property
    def names(self) -> frozenset[str]:
        """Words of the name in lower case, titles left out."""
        roles = self._roles_beside()
        named = self.token.pos == "PROPN" or (self.hit is not None and bool(self.hit.known))
        own = self._run() if named else []
        out = {t.lower for t in own if self._is_name(t, roles)}
        for other in self.named_by:
            kids = self.clauses.sentence.kids(other.i, "compound")
            out |= {t.lower for t in (*kids, other) if self._is_name(t, roles)}
        return frozenset(out)

    def _run(self) -> list[Token]:
        """The head and the words of the phrase right before it."""
        run = [self.token]
        for token in reversed(self.left):
            near = token.i == run[0].i - 1 or self.clauses.tokens[run[0].i - 1].text == "-"
            if self.kind == "person" and not near:
                break  # "X and Y" read as one name
            run.insert(0, token)
        return run

    def _roles_beside(self) -> list[Hit]:
        return [h for h in self.hits if h.role is not None and not h.known]

    def _is_name(self, token: Token, roles: Iterable[Hit]) -> bool:
        if token.pos != "PROPN" or not token.text[:1].isupper():
            return False
        if token.lower in anaphors().titles:
            return False
        other = _over(self.hits, token) if token.i != self.token.i else None
        if self.kind == "person" and other is not None and other.known[0].kind != "person":
            return False
        return self.kind != "person" or not any(h.start <= token.start < h.end for h in roles)

    @cached_property
    def titles(self) -> frozenset[str]:
        """What the phrase calls the party: its common nouns and, of a person, the role terms
        before the name, in lower case."""
        nouns = [self.token, *self.appositions]
        out = {t.lemma for t in nouns if t.pos == "NOUN"}
        if self.kind == "person":
            kids = self.clauses.sentence.kids
            out |= {t.lemma for t in self.left if t.pos == "NOUN"}
            nouns += [*self.left, *(k for a in self.appositions for k in kids(a.i, *MODIFIERS))]
        for token in nouns:
            out |= {h.role.term for h in self.hits if h.role and h.start <= token.start < h.end}
        return frozenset(out)

    @cached_property
    def marks(self) -> frozenset[str]:
        """Words before the head that tell it from others of its kind: "Druze", "opposition"."""
        heads = [*self.left]
        for other in self.appositions:
            heads += self.clauses.sentence.kids(other.i, *MODIFIERS)
        return frozenset(t.lower for t in heads if t.pos in ("ADJ", "NOUN", "PROPN"))

    @cached_property
    def ids(self) -> frozenset[str]:
        """Entities that the name may mean by the tables."""
        hits = [self.hit, *(_over(self.hits, token) for token in self.named_by)]
        return frozenset(k.id for h in hits if h is not None for k in h.known)

    @cached_property
    def sex(self) -> str | None:
        """male or female where a title, a noun or the first name says so."""
        words = anaphors()
        if self.kind != "person":
            return None
        for token in (*self.left, self.token):
            found = words.titles.get(token.lower) or words.nouns.get(token.lemma)
            if found:
                return found
        run = [t for t in (*self.left, self.token) if t.lower in self.names]
        for other in self.named_by:
            run += self.clauses.sentence.kids(other.i, "compound")
        firsts = (words.first_names.get(t.lower) for t in run if t.i != self.token.i)
        return next((sex for sex in firsts if sex), None)

    def country(self) -> str | None:
        """The country that the phrase itself tells, not one guessed from the story."""
        found = self.resolved
        return found.actor.country if found.strength >= 0.7 and not found.guessed else None


@dataclass(eq=False)
class Referent:
    """Somebody or something that the mentions of an article share. ``anchor`` is the mention that
    others stand for: a name before a noun, outside other phrases."""

    kind: Kind
    anchor: Mention
    mentions: list[Mention] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    body: Referent | None = None  # the group that a person speaks for
    _sex: str | None = None
    _titles: set[str] = field(default_factory=set)
    _marks: set[str] = field(default_factory=set)
    _unread: list[Mention] = field(default_factory=list)

    def add(self, mention: Mention) -> None:
        """Another mention of the same."""
        self.mentions.append(mention)
        if mention.token.pos == "PRON":
            return
        self.names |= mention.names
        self.ids |= mention.ids
        self._unread.append(mention)
        if mention is not self.anchor and mention.weight > self.anchor.weight:
            self.anchor = mention

    def _read(self) -> None:
        for mention in self._unread:
            self._titles |= mention.titles
            self._marks |= mention.marks
            self._sex = self._sex or mention.sex
        self._unread.clear()

    @property
    def titles(self) -> set[str]:
        """What its mentions call it."""
        self._read()
        return self._titles

    @property
    def marks(self) -> set[str]:
        """The words before its nouns."""
        self._read()
        return self._marks

    @property
    def sex(self) -> str | None:
        """male or female, None where nothing tells."""
        self._read()
        return self._sex

    @sex.setter
    def sex(self, sex: str) -> None:
        self._sex = sex

    @property
    def last(self) -> Mention:
        return self.mentions[-1]

    def at(self, number: int) -> list[Mention]:
        """Its mentions in the sentence of that number."""
        if self.last.number < number:
            return []
        return [m for m in self.mentions if m.number == number]


@dataclass(frozen=True, slots=True)
class Link:
    """What a mention stands for: one antecedent, or several of a plural. ``weight`` lowers the
    strength of the antecedent; ``new`` where the words alone would not name it; ``near`` are the
    antecedents' own names in the sentence of a pronoun, where it has them."""

    antecedents: tuple[Mention, ...]
    reason: str
    weight: float
    new: bool = True
    near: tuple[Mention | None, ...] = ()


def _over(hits: Iterable[Hit], token: Token) -> Hit | None:
    """The name under a token."""
    return next((h for h in hits if h.known and h.start <= token.start < h.end), None)
