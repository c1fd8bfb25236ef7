"""How well a time of the sentence fits an event: from told with its own words to not at all."""

from __future__ import annotations

import datetime as dt

from crisiswire.coding.records import Candidate
from crisiswire.coding.time_roles import TimeRole, is_deed
from crisiswire.knowledge.lexicon import lexicon
from crisiswire.knowledge.operators import Operators
from crisiswire.parsing.tree import Sentence, Token

# Ranks, from the surest: the event's own words, its clause, a clause joined by "and" or as a
# participle, the verb that governs it, the clause around it (reported, relative), the sentence.
OWN, CLAUSE, JOINED, ABOVE, AROUND, SENTENCE, FAR = range(7)

_VERBAL = frozenset({"VERB", "AUX"})
_ASIDES = frozenset({"relcl", "acl", "appos"})
_CONTENT = frozenset({"ccomp", "xcomp", "pcomp", "csubj", "csubjpass"})
_STANDING = frozenset({"in", "at", "on", "during", "by"})  # "was killed in Friday's raid"
_LIMITS = frozenset({"before", "until", "till", "unless", "if", "lest"})
_WORDS = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST", "AGREE", "THREATEN"})
_STATES = frozenset({"be", "become", "remain"})
_SHARING = frozenset({"pass", "refuse", "negated"})  # "tried to flee", "refused to meet"
_JUST_NOW = 1  # days: "accused X of shelling Y on Friday", printed on Friday or Saturday


class TimeRanking:
    """Ranks the times of a sentence for one event."""

    def __init__(
        self, sentence: Sentence, c: Candidate, operators: Operators, day: dt.date
    ) -> None:
        self.sentence, self.trigger, self.kind = sentence, c.trigger, c.type
        self.operators, self.day = operators, day
        self.status = c.status
        token = sentence.tokens[c.trigger]
        self.light = c.match.light if c.match is not None else None
        self.verb = self._verb_of(token)
        self._deps: dict[int, list[Token]] = {}

    @property
    def past(self) -> bool:
        """Whether the event is told in a past tense."""
        if self.verb is None:
            return False
        token = self.sentence.tokens[self.verb]
        auxiliaries = {k.lower for k in self.sentence.kids(token.i, "aux", "auxpass")}
        if auxiliaries & {"had", "has", "have", "was", "were"}:
            return True
        return token.tag == "VBD" or (
            token.tag == "VBN" and not auxiliaries and token.dep in ("ROOT", "conj", "ccomp")
        )

    @property
    def ahead(self) -> bool:
        """Whether the event is told as to come."""
        kids = self.sentence.kids(self.verb, "aux") if self.verb is not None else []
        return any(k.lower in ("will", "'ll", "shall", "wo") for k in kids)

    def distance(self, role: TimeRole) -> int:
        """Characters between the event's word and the time."""
        start = self.sentence.start + role.mention.start
        return abs(start - self.sentence.tokens[self.trigger].start)

    def rank(self, role: TimeRole) -> int:
        """One of the ranks above; FAR for a time that is not the event's."""
        if role.mention.event and not role.mention.certain:
            return FAR
        if self._defines(role):
            return OWN
        if self.trigger in role.path or (self.light is not None and self.light == role.verb):
            return self._own(role)
        aside = any(self._token(i).dep == "appos" for i in role.path[1:-1])
        if aside or role.at_noun == "aside" or self._token(self.trigger).dep == "amod":
            return FAR
        if role.verb is None:
            return SENTENCE if role.at_noun is None else FAR
        if role.at_noun == "before" and not self._at_deed(role):
            return FAR
        below = self._links(role.verb, self.trigger)
        if below is not None:
            return self._told_above(role, below)
        above = self._links(self.trigger, role.verb)
        if above is not None:
            return self._told_below(role, above)
        return self._cousin(role)

    def _defines(self, role: TimeRole) -> bool:
        """Whether the event's clause says what happened then: "last month, when rebels left"."""
        if self.verb is None:
            return False
        tokens = self.sentence.tokens
        first = tokens[self.sentence.subtree(self.verb)[0]]
        if first.lower != "when" or first.i == 0:
            return False
        comma = tokens[first.i - 1].text == "," and first.i > 1
        last = tokens[first.i - (2 if comma else 1)]
        return last.end == self.sentence.start + role.mention.end

    # -- the same clause ----------------------------------------------------------------------

    def _own(self, role: TimeRole) -> int:
        """The time hangs on the event's word, with or without a noun between."""
        if self.trigger not in role.path:  # on the light verb of a noun
            return OWN if role.at_noun is None else CLAUSE
        if role.noun is None or role.noun == self.trigger:
            return FAR if role.at_noun == "aside" else OWN
        between = role.path[: role.path.index(self.trigger)]
        if role.at_noun == "aside" or any(self._token(i).dep == "appos" for i in between[1:]):
            return FAR
        if self._at_deed(role):
            return OWN
        if role.at_noun == "before":
            return AROUND if role.mention.direction == "after" else FAR
        noun = self._token(role.noun)
        done = noun.dep == "dobj" and self.kind not in _WORDS  # "brokered a truce in May"
        if done or not is_deed(noun.lemma):
            return CLAUSE
        return SENTENCE if self._recent(role) else FAR

    def _at_deed(self, role: TimeRole) -> bool:
        """Whether the noun's time is the verb's too: "Friday's raid killed", "killed in the raid
        on Friday", "agreed at last week's summit"."""
        if role.noun is None or role.verb is None:
            return False
        noun = self._token(role.noun)
        verb = self._token(role.verb)
        if noun.dep == "nsubj" and noun.head == role.verb and is_deed(noun.lemma):
            return verb.lemma not in _STATES
        if noun.dep == "pobj" and self.sentence.head(noun).lower in _STANDING:
            return self.sentence.head(noun).head == role.verb
        return False

    # -- other clauses ------------------------------------------------------------------------

    def _told_above(self, role: TimeRole, links: list[Token]) -> int:
        """The time is told with a verb above the event. ``links`` lead up from the event."""
        if role.noun is not None and role.at_noun == "after":
            noun = self._token(role.noun)
            if noun.pos == "NOUN" and is_deed(noun.lemma) and not self._at_deed(role):
                return FAR
        deps = [t.dep for t in links if t.pos in _VERBAL or t.dep in _ASIDES or t.dep == "pcomp"]
        top = self._token(role.verb) if role.verb is not None else None
        nominal = self._token(self.trigger).pos in ("NOUN", "PROPN")
        if not deps:
            words = top is not None and (
                top.lemma in self.operators.saying or self._judges(top.lemma)
            )
            return AROUND if nominal and words else CLAUSE
        if all(dep == "conj" for dep in deps):
            return JOINED
        if any(self._marked(t, _LIMITS) or self._elsewhen(t, role) for t in links):
            return FAR
        if set(deps) <= {"conj", "advcl"}:
            return JOINED if all(t.tag == "VBG" for t in links if t.dep == "advcl") else AROUND
        if set(deps) <= {"conj", "xcomp"}:
            return ABOVE if self.status in ("actual", "historical") else AROUND
        return AROUND

    def _elsewhen(self, token: Token, role: TimeRole) -> bool:
        """Whether a clause under the time's tells of another time: "a man sentenced in absentia",
        "a camp that was bombed before", "is now held"."""
        auxiliaries = {k.lower for k in self.sentence.kids(token.i, "aux", "auxpass")}
        if token.tag == "VBN" and not auxiliaries and token.dep in ("acl", "advcl"):
            return True
        if token.dep != "relcl" or role.verb is None:
            return False
        first = self._token(self.sentence.subtree(token.i)[0])
        aside = first.i > 0 and self._token(first.i - 1).text == ","
        told_now = token.tag in ("VBZ", "VBP") or bool(auxiliaries & {"is", "are", "has", "have"})
        return token.i < role.verb or not aside or told_now or "had" in auxiliaries

    def _judges(self, lemma: str) -> bool:
        """Whether the verb is an act of words, which speaks of deeds of another time."""
        entries = lexicon().verbs.get(lemma, ())
        return any(e.type in _WORDS for e in entries)

    def _told_below(self, role: TimeRole, links: list[Token]) -> int:
        """The time is told in a clause below the event. ``links`` lead up from its verb."""
        deps = {t.dep for t in links}
        if deps & _ASIDES or any(self._marked(t, _LIMITS) for t in links):
            return FAR
        if links[0].tag == "VBN" and links[0].dep == "advcl" and self.trigger < links[0].i:
            told = self.sentence.tokens[links[0].i : role.path[0]]
            if not any(t.pos == "PUNCT" for t in told):
                return FAR  # "serves a sentence, imposed in May"
        if deps & _CONTENT:
            if self._goes_along(links):
                return JOINED
            return SENTENCE if self._recent(role) and self._closes(role) else FAR
        if deps == {"conj"}:
            fronted = role.verb is not None and role.path[0] < role.verb
            return FAR if fronted else JOINED  # "fled, and on Friday met"
        return AROUND if role.at_noun is None else FAR

    def _goes_along(self, links: list[Token]) -> bool:
        """Whether the clause below tells how or what the event does: "ceased shelling in May",
        "tried to flee", "hit the port by shelling it"."""
        trigger, below = self._token(self.trigger), links[-1]
        if len(links) == 1 and below.dep == "xcomp":
            effects = self.operators.effects.get(trigger.lemma, ())
            return below.tag == "VBG" or bool(_SHARING & set(effects))
        if len(links) == 2 and links[0].dep == "pcomp" and below.dep == "prep":
            return below.lower in ("by", "in", "while")
        return False

    def _cousin(self, role: TimeRole) -> int:
        """Neither stands above the other: fit only if no aside or content clause parts them."""
        assert role.verb is not None
        lineage = {a.i for a in self.sentence.ancestors(self._token(self.trigger))}
        token = self._token(role.verb)
        own = self._token(self.verb) if self.verb is not None else token
        if own.tag == "VBN" and own.dep in ("acl", "advcl"):
            return FAR
        while token.i not in lineage and token.head != token.i:
            if token.dep in _ASIDES | _CONTENT or self._marked(token, _LIMITS):
                return FAR
            token = self.sentence.head(token)
        return SENTENCE if role.at_noun is None else FAR

    # -- words --------------------------------------------------------------------------------

    def _token(self, i: int) -> Token:
        return self.sentence.tokens[i]

    def _verb_of(self, token: Token) -> int | None:
        """The verb of the event's clause."""
        if token.pos in _VERBAL:
            return token.i
        for up in self.sentence.ancestors(token):
            if up.pos in _VERBAL:
                return up.i
        return None

    def _links(self, top: int, below: int) -> list[Token] | None:
        """Tokens from ``below`` up to under ``top``; None if ``top`` does not stand above it."""
        token = self._token(below)
        links: list[Token] = []
        for _ in range(len(self.sentence.tokens)):
            if token.i == top:
                return links
            if token.head == token.i:
                return None
            links.append(token)
            token = self.sentence.head(token)
        return None

    def _marked(self, token: Token, words: frozenset[str]) -> bool:
        return any(k.lower in words for k in self.sentence.kids(token.i, "mark", "advmod"))

    def _recent(self, role: TimeRole) -> bool:
        """A day so near that it may as well be that of the saying."""
        m = role.mention
        age = (self.day - m.first).days
        return m.precision == "day" and m.direction == "at" and 0 <= age <= _JUST_NOW

    def _closes(self, role: TimeRole) -> bool:
        """Whether only marks follow the time, so that it may hang on any verb before."""
        end = self.sentence.start + role.mention.end
        return all(t.pos == "PUNCT" or not t.text.strip() for t in self.sentence.tokens
                   if t.start >= end)  # fmt: skip
