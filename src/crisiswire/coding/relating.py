"""Forced choice: which of the 16 types holds between a given actor and recipient."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crisiswire.coding.candidates import CandidateMaker
from crisiswire.coding.encoder import NONE, EventModel
from crisiswire.coding.framing import Frame
from crisiswire.coding.matching import Match, Matcher
from crisiswire.coding.parties import Parties
from crisiswire.coding.records import Candidate
from crisiswire.knowledge.files import ontology
from crisiswire.model import Actor
from crisiswire.parsing.clauses import Clauses
from crisiswire.parsing.tree import Sentence, Token
from crisiswire.resolving.records import Background, Resolved

if TYPE_CHECKING:
    from crisiswire.pipeline import Coder

_ACTOR, _RECIPIENT = "given-actor", "given-recipient"
_PRIOR = 0.02  # so that every type keeps a probability
# What a candidate counts by which of the given parties it holds, and where.
_BOTH, _ACTOR_ONLY, _RECIPIENT_ONLY, _TURNED, _NEITHER, _BARE = 1.0, 0.55, 0.4, 0.3, 0.15, 0.1


@dataclass(frozen=True, slots=True)
class Relation:
    """The type chosen, its probability, and the probabilities of all types (sum 1)."""

    event_type: str
    confidence: float
    scores: dict[str, float]


class _GivenParties(Parties):
    """Parties of a sentence in which the words of two of them are given."""

    def __init__(self, coder: Coder, clauses: Clauses, text: str, spans: _Spans) -> None:
        hits = coder.names.find(text)
        super().__init__(clauses, coder.resolver, hits, dt.date.today(), Background())
        self.spans = spans

    def phrase(self, head: int, words: list[Token] | None = None) -> Resolved:
        found = super().phrase(head, words)
        token = self.tokens[head]
        for (start, end), name in ((self.spans.actor, _ACTOR), (self.spans.recipient, _RECIPIENT)):
            if start == end:
                continue  # not in the text
            inside = start <= token.start < end
            around = found.actor.start < end and start < found.actor.end and not inside
            if inside or (around and self._covers(found.actor, start, end)):
                actor = Actor(found.actor.text, start, end, name, name, (), name)
                return Resolved(actor, 1.0, "given")
        return found

    @staticmethod
    def _covers(actor: Actor, start: int, end: int) -> bool:
        return actor.start <= start and end <= actor.end


@dataclass(frozen=True, slots=True)
class _Spans:
    actor: tuple[int, int]
    recipient: tuple[int, int]


def relate(coder: Coder, text: str, actor: str, recipient: str) -> Relation:
    """Type of the relation from ``actor`` to ``recipient``, both words of ``text``.

    Evidence is summed over the candidates of the text, those between the given parties
    counting most; with no evidence the types keep equal probability.
    """
    spans = _find_spans(text, actor, recipient)
    scores = dict.fromkeys(ontology()["types"], _PRIOR)
    for sentence in coder.parser.parse(text):
        for kind, weight in _evidence(coder, sentence, text, spans):
            scores[kind] = max(scores[kind], weight) + 0.1 * min(scores[kind], weight)
    squares = {k: s * s for k, s in scores.items()}
    if coder.model is not None:
        judged = _judged(coder.model, text, spans)
        total = sum(squares.values())
        squares = {
            k: judged[k] * (s / total) ** coder.config.coder.lexicon_share
            for k, s in squares.items()
        }
    total = sum(squares.values())
    probabilities = {k: round(s / total, 4) for k, s in squares.items()}
    best = max(squares, key=lambda k: squares[k])
    return Relation(best, probabilities[best], probabilities)


def _judged(model: EventModel, text: str, spans: _Spans) -> dict[str, float]:
    """The trained model's probabilities of the types, given that there is an event."""
    actor, recipient = ((s,) if s[1] else () for s in (spans.actor, spans.recipient))
    frame = Frame(text, actor, recipient)
    scores = model.predict([frame], [None])[0].scores
    return {k: s + 1e-4 for k, s in scores.items() if k != NONE}


def _find_spans(text: str, actor: str, recipient: str) -> _Spans:
    first = _find(text, actor, 0)
    second = _find(text, recipient, first[1])
    return _Spans(first, second if second[1] else _find(text, recipient, 0))


def _find(text: str, words: str, start: int) -> tuple[int, int]:
    """Where the words stand from ``start`` on, not inside other words; (0, 0) if nowhere."""
    match = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(text, start)
    return match.span() if match is not None and words else (0, 0)


def _evidence(
    coder: Coder, sentence: Sentence, text: str, spans: _Spans
) -> list[tuple[str, float]]:
    clauses = Clauses(sentence)
    matches = Matcher(coder.lexicon, clauses).matches()
    parties = _GivenParties(coder, clauses, text, spans)
    maker = CandidateMaker(clauses, parties, matches, coder.operators)
    out = [(c.type, _weigh(c)) for c in maker.candidates()]
    out += [(m.entry.type, _BARE * m.entry.weight * _near(m, sentence, spans)) for m in matches]
    return out


def _weigh(c: Candidate) -> float:
    actors = {r.actor.country for r in c.actors}
    recipients = {r.actor.country for r in c.recipients}
    both = actors | recipients
    if _ACTOR in actors and (_RECIPIENT in recipients or {_ACTOR, _RECIPIENT} <= actors):
        share = _BOTH
    elif _RECIPIENT in actors and _ACTOR in recipients:
        share = _TURNED
    elif _ACTOR in actors:
        share = _ACTOR_ONLY
    elif _RECIPIENT in recipients:
        share = _RECIPIENT_ONLY
    else:
        share = _TURNED if both & {_ACTOR, _RECIPIENT} else _NEITHER
    return share * c.score * (0.85 if c.nominal else 1.0)


def _near(match: Match, sentence: Sentence, spans: _Spans) -> float:
    """1 between the two parties, less far away."""
    token = sentence.tokens[match.i]
    first, last = min(spans.actor[0], spans.recipient[0]), max(spans.actor[1], spans.recipient[1])
    if first <= token.start <= last:
        return 1.0
    gap = min(abs(token.start - first), abs(token.start - last))
    return max(0.2, 1 - gap / 200)
