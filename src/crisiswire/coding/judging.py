"""The trained model's verdict on the candidates of an article, weighed with the lexicon's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crisiswire.coding.encoder import NONE, EventModel, Prediction
from crisiswire.coding.framing import Frame
from crisiswire.coding.records import Candidate, Heard

_PEOPLE = frozenset({"CVL", "REF", "JRN", "EDU", "CRM", "AGR"})
_COMPOSED = 2.0  # a type that grammar made ("urged to", "must leave") counts more than a word's

if TYPE_CHECKING:
    from crisiswire.coding.sentences import Proposal
    from crisiswire.parsing.tree import Sentence
    from crisiswire.resolving.records import Resolved


def judge(model: EventModel, text: str, proposals: list[Proposal], none_above: float) -> None:
    """Set type, mode, contexts and score of every candidate by the model, in one batch; drop
    those that it is surer than ``none_above`` are no events."""
    flat = [(p, c) for p in proposals for c in p.candidates]
    if not flat:
        return
    frames = [frame_of(c, p.clauses.sentence, text) for p, c in flat]
    strength = [_COMPOSED if _composed(c) else 1.0 for _, c in flat]
    predictions = model.predict(frames, [c.type or None for _, c in flat], strength)
    for (_, candidate), prediction, factor in zip(flat, predictions, strength, strict=True):
        _apply(candidate, prediction, composed=factor == _COMPOSED)
    for p in proposals:
        p.candidates = [c for c in p.candidates if c.none <= none_above and not _private(c)]


def _private(c: Candidate) -> bool:
    """Whether somebody only travels on his own account: no official's visit."""
    visit = c.type == "CONSULT" and c.mode == "visit"
    return visit and all(set(a.actor.sectors) & _PEOPLE for a in c.actors)


def frame_of(c: Candidate, sentence: Sentence, text: str) -> Frame:
    """The candidate as the model reads it, in characters of its sentence."""
    first = sentence.start

    def side(resolved: list[Resolved]) -> tuple[tuple[int, int], ...]:
        spans = {(r.actor.start, r.actor.end) for r in resolved}
        inside = [(a - first, b - first) for a, b in spans if first <= a and b <= sentence.end]
        return tuple(sorted(inside))

    token = sentence.tokens[c.trigger]
    return Frame(text[first : sentence.end], side(c.actors), side(c.recipients),
                 (token.start - first, token.end - first))  # fmt: skip


def _composed(c: Candidate) -> bool:
    """Whether grammar made the type: an operator over another event, a demand in speech, a deed
    that its doer announces."""
    return c.inner is not None or c.match is None or c.type != c.match.entry.type


def _apply(c: Candidate, p: Prediction, *, composed: bool) -> None:
    """Write the verdict into the candidate."""
    kind = (
        p.type
        if p.type != NONE
        else max((t for t in p.scores if t != NONE), key=lambda t: p.scores[t])
    )
    strength = [r.strength for r in (*c.actors, *c.recipients)]
    c.none = p.scores[NONE]
    c.why["model"] = {t: round(s, 3) for t, s in sorted(p.scores.items(), key=lambda x: -x[1])[:2]}
    if kind != c.type:
        c.type, c.mode, c.cameo = kind, p.mode, p.cameo
    else:
        c.mode, c.cameo = c.mode or p.mode, c.cameo or p.cameo
    c.contexts = p.contexts or c.contexts
    c.heard = Heard(p.statuses, p.attributions, composed)
    c.score = p.scores[kind] * sum(strength) / len(strength)
