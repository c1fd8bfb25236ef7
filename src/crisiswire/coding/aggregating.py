"""PLOVER's rules that turn one type into another by tense, negation and who says it."""

from __future__ import annotations

from crisiswire.coding.governing import Governing
from crisiswire.coding.matching import Match
from crisiswire.coding.parties import Parties, same
from crisiswire.coding.speakers import Speakers
from crisiswire.knowledge.lexicon import Entry
from crisiswire.knowledge.operators import Operators
from crisiswire.model import Status
from crisiswire.resolving.records import Resolved

_CONFLICT = frozenset("ASSAULT COERCE SANCTION MOBILIZE PROTEST THREATEN REJECT".split())
_REFUSED = frozenset("RETREAT CONCEDE CONSULT AGREE AID COOPERATE SUPPORT".split())
_FUTURE_AGREE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})


class Aggregation:
    """The rules for one sentence."""

    def __init__(
        self, governing: Governing, operators: Operators, parties: Parties, speakers: Speakers
    ) -> None:
        self.governing, self.operators = governing, operators
        self.parties, self.speakers = parties, speakers
        self.sentence = parties.sentence

    def aggregate(
        self,
        entry: Entry,
        i: int,
        actors: list[Resolved],
        status: Status,
        match: Match | None,
        *,
        told: bool,
    ) -> tuple[str, str | None, Status]:
        """(type, mode, status): future cooperation is AGREE, an announced retreat CONCEDE, a
        force that the speaker announces for himself THREATEN; ``told``: whether anybody is known
        to whom it is done."""
        if status == "negated" and entry.type in _REFUSED and self._will_not(i):
            refused = self.operators.compose("refuse", entry.type)
            assert refused is not None
            return refused[0], refused[1], "actual"
        if status == "negated" and entry.type == "AGREE" and self._failed(i, match):
            return "REJECT", "meet", "actual"
        if status == "future":
            if entry.type in ("RETREAT", "CONCEDE") and self._own_words(i, actors):
                return "AGREE", None, "actual"
            if entry.type in _FUTURE_AGREE and (told or entry.type == "CONSULT"):
                return "AGREE", None, "actual"
            if entry.type == "RETREAT":
                return "CONCEDE", None, "actual"
            force = entry.type in _CONFLICT and entry.type not in ("REJECT", "THREATEN")
            if force and self._own_words(i, actors):
                result = self.operators.compose("threaten", entry.type)
                assert result is not None
                return result[0], result[1], "actual"
        return entry.type, entry.mode, status

    def _failed(self, i: int, match: Match | None) -> bool:
        """ "failed to reach a deal": talks that came to nothing."""
        carrier = None if match is None else match.light
        links = self.governing.chain(i if carrier is None else carrier)
        return any(self.sentence.tokens[link.i].lemma == "fail" for link in links)

    def _will_not(self, i: int) -> bool:
        """ "will not release": refused, not merely undone."""
        return self.governing.negated(i) and self.governing.modal(i) in ("will", "would")

    def _own_words(self, i: int, actors: list[Resolved]) -> bool:
        """Whether the actor himself says it: "said it will release"."""
        speaker = self.parties.known(self.speakers.nearest(i))
        return bool(speaker) and any(same(a, speaker) for a in actors)
