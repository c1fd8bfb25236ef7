"""Which event of a sentence a quantity belongs to: by the clause that its words stand in, by what
befits the event's type, then by nearness."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from crisiswire.coding.quantities import QuantityMention, find_quantities
from crisiswire.coding.quantities_vocabulary import quantity_words
from crisiswire.coding.records import Candidate
from crisiswire.model import Quantity
from crisiswire.parsing.tree import Sentence, Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_VERBAL = frozenset({"VERB", "AUX"})
_OWN, _SAME, _RELATIVE, _APART = range(4)  # how far a quantity's words stand from a trigger
_UNFIT = 3  # added where the kind of quantity does not befit the event's type


class Counting:
    """The quantities of one sentence with the triggers that they belong to; ``text`` is the
    sentence as the article has it."""

    def __init__(self, sentence: Sentence, text: str, rivals: Sequence[Candidate]) -> None:
        self.sentence, self.rivals = sentence, rivals
        found = ((mention, self._owner(mention)) for mention in find_quantities(text))
        self._owned = [(_quantity(m, sentence.start), owner) for m, owner in found]

    def of(self, candidate: Candidate) -> tuple[Quantity, ...]:
        """The quantities of an event, in the order of the text."""
        return tuple(q for q, owner in self._owned if owner == candidate.trigger)

    def _owner(self, mention: QuantityMention) -> int | None:
        """The trigger that a quantity belongs to; None where it is told of something else."""
        at = self.sentence.start + mention.head_start
        head = next((t for t in self.sentence.tokens if t.end > at), None)
        if head is None:
            return None
        befitting = quantity_words().befits.get(mention.kind)
        best: tuple[tuple[int, int], int] | None = None
        for rival in self.rivals:
            fits = befitting is None or rival.type in befitting
            level = self._level(head, rival)
            bound = _APART if befitting is not None and fits else _RELATIVE if fits else _SAME
            if level > bound:
                continue
            near = abs(self.sentence.tokens[rival.trigger].start - head.start)
            cost = (level + (0 if fits else _UNFIT), near)
            if best is None or cost < best[0]:
                best = cost, rival.trigger
        return None if best is None else best[1]

    def _level(self, head: Token, rival: Candidate) -> int:
        """How far the head of a quantity stands from an event's trigger."""
        light = None if rival.match is None else rival.match.light
        triggers = {rival.trigger} if light is None else {rival.trigger, light}
        if head.i in triggers or self._below(head, triggers):
            return _OWN
        level = _OWN
        for below, up in self._steps(head):
            if self._opens(below):
                relative = below.dep in ("relcl", "acl", "appos")
                level = max(level, _RELATIVE if relative else _APART)
            if up.i in triggers:
                return level
        same = self._clause(head) in {self._clause(self.sentence.tokens[t]) for t in triggers}
        return _SAME if same else _APART

    def _steps(self, head: Token) -> list[tuple[Token, Token]]:
        """The head and what stands above it, two by two."""
        lineage = [head, *self.sentence.ancestors(head)]
        return list(pairwise(lineage))

    def _below(self, head: Token, triggers: set[int]) -> bool:
        """Whether a trigger describes the persons counted: "12 men killed in the raid"."""
        for kid in self.sentence.kids(head.i, "acl", "relcl", "appos", "prep"):
            inside = [kid.i, *(p.i for p in self.sentence.kids(kid.i, "pobj"))]
            if triggers & set(inside):
                return True
        return False

    def _opens(self, token: Token) -> bool:
        """Whether a clause with a subject of its own begins at a verb."""
        return token.pos in _VERBAL and self.sentence.kid(token.i, *_SUBJECTS) is not None

    def _clause(self, token: Token) -> int:
        """The verb with a subject of its own that a word's clause hangs on, else the root."""
        last = token
        for up in (token, *self.sentence.ancestors(token)):
            last = up
            if self._opens(up):
                break
        return last.i


def _quantity(mention: QuantityMention, start: int) -> Quantity:
    """The quantity with offsets into the article."""
    return Quantity(
        mention.kind,
        mention.value,
        mention.approximate,
        mention.text,
        start + mention.start,
        start + mention.end,
        mention.unit,
        mention.minimum,
        mention.maximum,
        mention.designation,
    )
