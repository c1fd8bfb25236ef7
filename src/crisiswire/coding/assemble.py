"""From candidates to finished events: date, place, speaker, quantities, identity."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from crisiswire.coding.attribution import Attributing, Deed, Told
from crisiswire.coding.counting import Counting
from crisiswire.coding.parties import Parties
from crisiswire.coding.records import Candidate
from crisiswire.coding.speakers import Speakers
from crisiswire.coding.status import weigh
from crisiswire.coding.when import Times
from crisiswire.coding.where import Where
from crisiswire.coding.wording import whole_words, worded
from crisiswire.knowledge import scales
from crisiswire.model import (
    Article,
    Event,
    EventType,
    Evidence,
    Quote,
    Span,
    Status,
)
from crisiswire.parsing.clauses import Clauses
from crisiswire.resolving.records import Resolved


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the events of a sentence are completed from."""

    article: Article
    clauses: Clauses
    parties: Parties
    speakers: Speakers
    quotes: Sequence[Quote]
    where: Where
    times: Times
    coder: str


def assemble(candidates: list[Candidate], around: Surroundings) -> list[Event]:
    """Events of one sentence, in the order of their triggers."""
    if not candidates:
        return []
    sentence = around.clauses.sentence
    text = around.article.text[sentence.start : sentence.end]
    counting = Counting(sentence, text, candidates)
    events = [_event(c, around, text, counting) for c in candidates]
    placed = (around.where.placed(event, sentence) for event in events)
    return [worded(event, around.article.text) for event in placed]


def _event(c: Candidate, around: Surroundings, text: str, counting: Counting) -> Event:
    article, sentence = around.article, around.clauses.sentence
    token = sentence.tokens[c.trigger]
    dated = around.times.of(c, sentence)
    status, reason = weigh(c.status, c.why["status"], c.type, c.heard, dated.told)
    doers, others = _once(c.actors), _once(c.recipients)
    place, placed = around.where.stated(sentence, c.trigger, c.type) or (None, "not told")
    around.times.remember(c, dated, sentence)
    told = _told(c, status, around)
    evidence = Evidence(
        text,
        sentence.start,
        sentence.end,
        Span(token.text, token.start, token.end),
    )
    why: dict[str, Any] = {
        **c.why,
        "actors": [r.reason for r in doers],
        "recipients": [r.reason for r in others],
        "date": dated.reason,
        "place": placed,
        "status": reason,
        "attribution": told.reason,
        **({"sayings": list(told.chain)} if told.chain else {}),
        **_hedges(told, article.text),
    }
    return Event(
        event_id=_identity(article, c, token.start),
        document_id=article.id,
        sentence=sentence.index,
        event_type=cast(EventType, c.type),
        mode=c.mode,
        contexts=c.contexts,
        quad_class=scales.quad_class(c.type),
        intensity=scales.intensity(c.type, c.mode),
        cameo=c.cameo or scales.cameo(c.type, c.mode),
        actors=tuple(r.actor for r in doers),
        recipients=tuple(r.actor for r in others),
        date=dated.when,
        place=place,
        status=status,
        attribution=told.attribution,
        quantities=counting.of(c),
        evidence=evidence,
        confidence=round(c.score, 3),
        coder=around.coder,
        explanation=why,
    )


def _once(resolved: list[Resolved]) -> list[Resolved]:
    """Each mention once a country."""
    out: dict[tuple[int, str | None], Resolved] = {}
    for r in resolved:
        out.setdefault((r.actor.start, r.actor.country), r)
    return list(out.values())


def _told(c: Candidate, status: Status, around: Surroundings) -> Told:
    deed = Deed(c.trigger, c.type, c.mode, status, c.actors)
    heard = None if c.heard is None else c.heard.attributions
    return Attributing(around.speakers, around.parties, around.quotes).told(deed, heard)


def _hedges(told: Told, text: str) -> dict[str, Any]:
    """The hedges for the explanation, with their offsets in the article's ``text``."""
    if not told.hedges:
        return {}
    places = [
        None if h.start is None or h.end is None else list(whole_words(text, h.start, h.end))
        for h in told.hedges
    ]
    return {"hedges": [h.text for h in told.hedges], "hedges_at": places}


def _identity(article: Article, c: Candidate, start: int) -> str:
    """The same for the same article, trigger, type and parties."""
    sides = [sorted(r.actor.start for r in side) for side in (c.actors, c.recipients)]
    key = f"{article.id}|{start}|{c.type}|{sides}"
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
